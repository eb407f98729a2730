/**
 * What one act holds while others wait. Whoever holds several asks for them in the order in which they stand here, so that two never
 * wait for each other; a reorganisation, which touches everything of a body, holds them all.
 */
import { sql, type Write } from '../../../kernel/db.ts'

/** Lines are made while the tree stands still: whoever makes some, and holds something else before, asks this first. */
export function besideTheTree(write: Write): void {
  write.later(sql`select pg_advisory_xact_lock_shared(1635083369, 4)`)
}

/**
 * Payments under way come first, later ones wait: whoever replaces lines, maybe after moving their money, asks this first. The
 * triggers of lines and payments ask the same; lines are made while the tree stands still.
 */
export async function beforePayments(write: Write): Promise<void> {
  besideTheTree(write)
  await write.rows(sql`select pg_advisory_xact_lock(1635083369, 3)`)
}

/**
 * The other side of `beforePayments`: a payment beside others. Asked before anything is read of whose money it is: a
 * reorganisation that is under way says it first.
 */
export function amongPayments(write: Write): void {
  write.later(sql`select pg_advisory_xact_lock_shared(1635083369, 3)`)
}

/**
 * Lines of banks are booked one batch after the other: none numbers the receipts of a cell beside another one, or waits in the middle
 * for the totals of a province. What comes next is ready in the database, and goes on as soon as the one before is kept.
 */
export function oneBatch(write: Write): void {
  write.later(sql`select pg_advisory_xact_lock(1635083369, 5)`)
}

/** What happens to a payment's money is decided one act after the other. */
export const lockPayment = (write: Write, paymentId: string): Promise<void> =>
  lock(write, 'fee-refund', paymentId)

/** What an organisation shares out and sends moves one act after the other; where two are touched, the one below first. */
export const lockShares = (write: Write, organisationId: string): Promise<void> =>
  lock(write, 'fee-shares', organisationId)

/** What is in hand moves one act after the other: what is counted stays what is counted until the act is done. */
export const lockHand = (write: Write, organisationId: string): Promise<void> =>
  lock(write, 'fee-cash', organisationId)

async function lock(write: Write, what: string, id: string): Promise<void> {
  await write.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${what} ${id}`}, 0))`)
}
