/** What handlers decide of money that fitted nothing: each once, under a lock of its line, with its transfers in the same commit. */
import { randomBytes } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { KEY_BYTES, makePaymentKey } from '../../../payments/payment-key.ts'
import { holdersOf } from '../../../registry/offices/store.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { peopleSince } from '../assessing/people.ts'
import { nameOfLine, orderedOf, type LineName, type Ordered } from '../law/ordering.ts'
import {
  isProposed,
  needsSecond,
  requireNotOwn,
  requireRest,
  requireSecond,
  requireSendable,
  type Act,
} from '../law/review.ts'
import { HANDLERS } from '../law/who.ts'
import { insertPayments, insertTransfers, type Transfer, type When } from '../paying/booking.ts'
import { amongPayments } from '../paying/locks.ts'
import { insertOrders, standingOf } from '../paying/orders.ts'
import { bookedPayment } from '../paying/settle.ts'
import { bookingsFor, getLine, twinsOf, type Review, type ReviewedLine } from './lines.ts'

/** Somebody decides of a line of the own organisation's account. */
export interface Deciding {
  /** made by the page; also the decision's id */
  readonly commandId: string
  readonly organisationId: string
  readonly lineId: string
  readonly reason: string
  readonly by: string
}

/**
 * The line, nobody else deciding of it meanwhile; undefined when this very command was done before, and still stands.
 *
 * @throws Refusal not-found `party-fees.bank-line-unknown`; as `requireSame` and `requireFresh`
 */
async function undecided(write: Write, act: Act, deciding: Deciding): Promise<ReviewedLine | undefined> {
  const line = await lockedLine(write, deciding.organisationId, deciding.lineId)
  const before = line.reviews.find(({ id }) => id === deciding.commandId)
  if (before) {
    requireSame(before, act, deciding)
    return undefined
  }
  await requireFresh(write, deciding)
  return line
}

/**
 * A form that was sent before and comes again: nothing is done, and what it says must still be true.
 *
 * @throws Refusal conflict `command.reused`, `party-fees.review-not-waiting` where it was withdrawn since
 */
function requireSame(before: Review, act: Act, { reason, by }: Deciding): void {
  if (before.act !== act || before.reason !== reason || before.by !== by)
    throw new Refusal('conflict', 'command.reused')
  if (before.withdrawn) throw new Refusal('conflict', 'party-fees.review-not-waiting')
}

/** @throws Refusal conflict `command.reused` */
async function requireFresh(write: Write, { commandId }: Deciding): Promise<void> {
  const elsewhere = await write.maybe(sql`select 1 from bank_line_review where id = ${commandId}`)
  if (elsewhere) throw new Refusal('conflict', 'command.reused')
}

async function lockedLine(write: Write, organisationId: string, lineId: string): Promise<ReviewedLine> {
  amongPayments(write)
  await write.rows(sql`select pg_advisory_xact_lock(hashtextextended('bank-line ' || ${lineId}::text, 0))`)
  return getLine(write, organisationId, lineId)
}

interface Kept {
  readonly act: Act
  readonly amountVnd: number
  readonly paymentId?: string
  readonly documentId?: string
  readonly sameLineId?: string
  readonly secondNeeded?: boolean
  readonly proposal?: { readonly id: string; readonly proposed: object }
}

async function keep(
  write: Write,
  { commandId, reason, by }: Deciding,
  line: ReviewedLine,
  kept: Kept,
  { at }: When,
): Promise<void> {
  await write.run(sql`
    insert into bank_line_review (id, bank_line_id, account_id, act, amount_vnd, reason, by_member, at, payment_id, document_id,
                                  same_line_id, second_needed, proposal_id, proposed)
    values (${commandId}, ${line.id}, ${line.accountId}, ${kept.act}, ${kept.amountVnd}, ${reason}, ${by}, ${at},
            ${kept.paymentId ?? null}, ${kept.documentId ?? null}, ${kept.sameLineId ?? null}, ${kept.secondNeeded ?? false},
            ${kept.proposal?.id ?? null}, ${kept.proposal ? JSON.stringify(kept.proposal.proposed) : null}::jsonb)`)
}

/**
 * Takes back what the line moved when it came (debit bank, credit unmatched): what it truly is, is booked beside it, or was
 * booked before.
 */
function takenBack(line: ReviewedLine, amountVnd: number, decisionId: string, paymentId?: string): Transfer {
  const [debit, credit] = line.direction === 'in' ? ['unmatched', 'bank'] : ['bank', 'unmatched']
  return {
    kind: 'matched-later',
    debit: debit!,
    debit_owner: line.owner,
    credit: credit!,
    credit_owner: line.owner,
    amount_vnd: amountVnd,
    bank_line_id: line.id,
    document_id: decisionId,
    ...(paymentId === undefined ? {} : { payment_id: paymentId }),
  }
}

function requireMoneyIn({ direction }: ReviewedLine): void {
  if (direction === 'out') throw new Refusal('against-rule', 'party-fees.review-money-out')
}

/** What the money is for: an order as it stands, or lines of one cell. */
export type AttachedTo = { readonly orderId: string } | { readonly lines: readonly LineName[] }

export interface Attaching {
  readonly to: AttachedTo
  /** who decides, and for whom */
  readonly people: readonly string[]
  /** above this sum of a line a second person must say yes */
  readonly aloneUntilVnd: number
}

/**
 * Books the money, or a part of it, as the payment it was meant to be, with its receipt; lines of several members that nobody
 * ordered together are a payment of each. More than one person may attach is proposed, and booked when a second one agrees.
 *
 * @returns how it stands: also when this command was done before
 * @throws Refusal as `orderedOf`, `requireRest`, `requireNotOwn` and `requireSame`; not-found `party-fees.bank-line-unknown`,
 *   `party-fees.order-unknown`; conflict `party-fees.order-paid`; against-rule `party-fees.review-money-out`
 */
export async function attach(
  write: Write,
  deciding: Deciding,
  { to, people, aloneUntilVnd }: Attaching,
  when: When,
): Promise<'booked' | 'proposed'> {
  const line = await lockedLine(write, deciding.organisationId, deciding.lineId)
  const before = line.reviews.find(({ id }) => id === deciding.commandId)
  if (before) {
    requireSame(before, 'attached', deciding)
    await requireSameLines(write, before, to)
    return isProposed(before) ? 'proposed' : 'booked'
  }
  await requireFresh(write, deciding)
  requireMoneyIn(line)
  const parts = await partsOf(write, line, to, when.today)
  requireNotOwn(meantBy(parts), await peopleSince(write, people, when.at))
  const amountVnd = sumOf(parts)
  requireRest(line, amountVnd)
  const decisions = parts.map((part, place) => ({ ...part, id: idOfPart(deciding.commandId, part, place) }))
  if (needsSecond(line.reviews, amountVnd, aloneUntilVnd)) {
    for (const { id, orderId, payerId, ordered } of decisions) {
      const lines = ordered.lines.map((each) => ({
        memberId: each.memberId,
        period: each.period,
        number: each.number,
        amountVnd: each.amountVnd,
      }))
      const proposal = { id: deciding.commandId, proposed: { orderId, payerId, lines } }
      const kept = { act: 'attached', amountVnd: ordered.amountVnd, secondNeeded: true, proposal } as const
      await keep(write, { ...deciding, commandId: id }, line, kept, when)
    }
    await tellSecond(write, line, deciding, meantBy(parts), when)
    return 'proposed'
  }
  const payments = await bookParts(write, line, decisions, deciding, when)
  for (const { id, ordered } of decisions) {
    const kept = { act: 'attached', amountVnd: ordered.amountVnd, paymentId: payments.get(id)! } as const
    await keep(write, { ...deciding, commandId: id }, line, kept, when)
  }
  return 'booked'
}

/** Whoever handles the owner's fees and may agree is told once: not who proposed, whose it is, or who is linked with them. */
async function tellSecond(
  write: Write,
  { owner }: ReviewedLine,
  { commandId, by }: Deciding,
  meant: readonly string[],
  { at, today }: When,
): Promise<void> {
  const kept = await peopleSince(write, [by, ...meant], at)
  const holders = await holdersOf(write, owner, HANDLERS, today)
  for (const memberId of new Set(holders.map((each) => each.memberId)))
    if (!kept.includes(memberId))
      await recordNotice(write, {
        to: { memberId },
        code: 'party-fees.bank-second',
        onceKey: `party-fees-bank-second ${commandId} ${memberId}`,
        at,
      })
}

/** @throws Refusal conflict `command.reused` where the decision was about another order or other lines */
async function requireSameLines(read: Read, before: Review, to: AttachedTo): Promise<void> {
  const { paymentId, proposed } = before
  const kept =
    proposed ??
    (await read.one<{ orderId: string; lines: LineName[] }>(sql`
      select p.order_id as "orderId",
             (select json_agg(json_build_object('memberId', l.member_id, 'period', l.period, 'number', l.number))
                from fee_order_line l where l.order_id = p.order_id) as lines
        from fee_payment p where p.id = ${paymentId}`))
  const same =
    'orderId' in to
      ? kept.orderId === to.orderId
      : // of lines of several members the decision tells those of the first
        kept.lines.every((line) => to.lines.some((each) => nameOfLine(each) === nameOfLine(line)))
  if (!same) throw new Refusal('conflict', 'command.reused')
}

/** What one payment of the money is for. */
interface Part {
  /** the order it is; null where lines were chosen */
  readonly orderId: string | null
  readonly payerId: string
  readonly ordered: Ordered
}

/** An order is one part; lines that somebody chose are one of each member whose they are, never in the name of who chose. */
async function partsOf(write: Write, line: ReviewedLine, to: AttachedTo, today: PlainDate): Promise<Part[]> {
  if ('orderId' in to) {
    const { payerId, lines } = await linesOfOrder(write, line, to.orderId)
    return [{ orderId: to.orderId, payerId, ordered: await openBelow(write, line, lines, today) }]
  }
  const { organisationId, lines } = await openBelow(write, line, to.lines, today)
  return [...new Set(lines.map(({ memberId }) => memberId))].map((payerId) => {
    const own = lines.filter(({ memberId }) => memberId === payerId)
    const amountVnd = own.reduce((sum, each) => sum + each.amountVnd, 0)
    return { orderId: null, payerId, ordered: { organisationId, lines: own, amountVnd } }
  })
}

const meantBy = (parts: readonly Part[]): string[] =>
  parts.flatMap(({ payerId, ordered }) => [payerId, ...ordered.lines.map(({ memberId }) => memberId)])

const sumOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { ordered }) => sum + ordered.amountVnd, 0)

const idOfPart = (commandId: string, { payerId }: Part, place: number): string =>
  place === 0 ? commandId : derivedId(`bank-line-part ${commandId} ${payerId}`)

/**
 * Payments with their receipts, and what they move.
 *
 * @returns the payment of each decision
 */
async function bookParts(
  write: Write,
  line: ReviewedLine,
  parts: readonly (Part & { readonly id: string })[],
  { commandId, by }: Pick<Deciding, 'commandId' | 'by'>,
  when: When,
): Promise<ReadonlyMap<string, string>> {
  const booked = parts.map((part, place) => ({
    ...part,
    orderId: part.orderId ?? derivedId(`bank-line-order ${commandId} ${part.payerId}`),
    paymentId: orderedId(when.at),
    place,
  }))
  const made = booked.filter((_, place) => parts[place]!.orderId === null)
  await insertOrders(
    write,
    made.map(({ orderId, payerId, ordered }) => ({
      id: orderId,
      key: makePaymentKey(randomBytes(KEY_BYTES)),
      payerId,
      organisationId: ordered.organisationId,
      accountId: line.accountId,
      madeBy: by,
      lines: ordered.lines,
    })),
    when.at,
  )
  const payments = booked.map(({ orderId, payerId, ordered, paymentId, place }) => ({
    id: paymentId,
    place,
    order_id: orderId,
    organisation_id: ordered.organisationId,
    payer_id: payerId,
    amount_vnd: ordered.amountVnd,
    bank_line_id: line.id,
    paid_at: line.bookedAt,
  }))
  await write.run(insertPayments(payments, when.today))
  for (const { id, ordered, paymentId } of booked) {
    const { amountVnd } = ordered
    const transfers = [
      takenBack(line, amountVnd, id, paymentId),
      ...bookedPayment(paymentId, ordered, { id: line.id, amount_vnd: amountVnd }, line.owner),
    ]
    await write.run(insertTransfers(transfers, when))
  }
  return new Map(booked.map(({ id, paymentId }) => [id, paymentId]))
}

interface NamedOrder {
  readonly payerId: string
  readonly lines: readonly LineName[]
}

/** An order on this very account. */
async function linesOfOrder(read: Read, { accountId }: ReviewedLine, orderId: string): Promise<NamedOrder> {
  const order = await read.maybe<NamedOrder & { paid: boolean }>(sql`
    select o.payer_id as "payerId", exists (select from fee_payment p where p.order_id = o.id) as paid,
           (select json_agg(json_build_object('memberId', l.member_id, 'period', l.period, 'number', l.number))
              from fee_order_line l where l.order_id = o.id) as lines
      from fee_order o where o.id = ${orderId} and o.account_id = ${accountId}`)
  if (!order) throw new Refusal('not-found', 'party-fees.order-unknown')
  if (order.paid) throw new Refusal('conflict', 'party-fees.order-paid')
  return order
}

/** Lines that are open, of one cell that is the account's owner or lies below it; others are as unknown as those there are not. */
async function openBelow(
  read: Read,
  { owner }: ReviewedLine,
  lines: readonly LineName[],
  today: PlainDate,
): Promise<Ordered> {
  const found = await standingOf(read, lines)
  const cells = [...new Set(found.map(({ organisationId }) => organisationId))]
  const { below } = await read.one<{ below: string[] }>(sql`
    select coalesce(json_agg(cell), '[]') as below from unnest(${cells}::uuid[]) cell
     where exists (select from organisation_line_up(cell, ${today}::date) up where up.id = ${owner})`)
  const own = found.filter(({ organisationId }) => below.includes(organisationId))
  const cell = own[0]?.organisationId ?? owner
  if (new Set(own.map(({ organisationId }) => organisationId)).size > 1)
    throw new Refusal('against-rule', 'party-fees.lines-of-two-cells')
  return orderedOf(lines, own, { kind: 'cell', organisationId: cell })
}

export interface Sent {
  readonly on: PlainDate
  /** as the bank calls the transfer back */
  readonly reference: string
}

/**
 * Decides that what is left goes back to who sent it. Up to `aloneUntilVnd` it is noted down as sent in the same act; above,
 * it waits for a second person first.
 *
 * @throws Refusal as `attach`; invalid `party-fees.sent-back-how`, `party-fees.day-to-come`, `party-fees.sent-before-it-came`
 */
export async function sendBack(
  write: Write,
  deciding: Deciding,
  { sent, aloneUntilVnd }: { readonly sent: Sent | undefined; readonly aloneUntilVnd: number },
  when: When,
): Promise<void> {
  const line = await undecided(write, 'sent-back', deciding)
  if (!line) return
  requireMoneyIn(line)
  requireRest(line, line.restVnd)
  const secondNeeded = line.restVnd > aloneUntilVnd
  if (!secondNeeded && !sent) throw new Refusal('invalid', 'party-fees.sent-back-how')
  await keep(write, deciding, line, { act: 'sent-back', amountVnd: line.restVnd, secondNeeded }, when)
  if (secondNeeded) await tellSecond(write, line, deciding, [], when)
  if (!secondNeeded && sent)
    await noteSent(
      write,
      line,
      { id: deciding.commandId, amountVnd: line.restVnd },
      { sent, by: deciding.by },
      when,
    )
}

/** An act on a decision that waits. */
export interface OnDecision {
  readonly organisationId: string
  readonly lineId: string
  readonly decisionId: string
  readonly by: string
  readonly people: readonly string[]
}

async function decisionOf(
  write: Write,
  { organisationId, lineId, decisionId }: OnDecision,
): Promise<{ line: ReviewedLine; decision: Review }> {
  const line = await lockedLine(write, organisationId, lineId)
  const decision = line.reviews.find(({ id }) => id === decisionId)
  if (!decision) throw new Refusal('not-found', 'party-fees.review-unknown')
  return { line, decision }
}

/**
 * The second person says yes: to money being sent back, or to what it is attached to, which is then booked. Again by the same
 * one, nothing happens.
 *
 * @throws Refusal as `agreeable`; not-found `party-fees.review-unknown`, `party-fees.bank-line-unknown`
 */
export async function confirmSecond(write: Write, on: OnDecision, when: When): Promise<Act> {
  const { line, decision } = await decisionOf(write, on)
  if (decision.confirmedBy === on.by) return decision.act
  const parts = await agreeable(write, line, decision, on.people, when.today)
  if (decision.act === 'attached') await agree(write, line, decision, { by: on.by, parts }, when)
  else
    await write.run(sql`
      update bank_line_review set confirmed_by = ${on.by}, confirmed_at = ${when.at} where id = ${decision.id}`)
  return decision.act
}

type ProposedPart = Part & { readonly id: string }

/**
 * Whether these people may be the second person now: the page asks before it offers, the act before it books.
 *
 * @returns what would be booked; nothing where money goes back
 * @throws Refusal as `requireSecond`, `requireNotOwn`, `linesOfOrder`, `orderedOf`; conflict `party-fees.review-lines-changed`
 */
export async function agreeable(
  read: Read,
  line: ReviewedLine,
  decision: Review,
  reading: readonly string[],
  today: PlainDate,
): Promise<ProposedPart[]> {
  const people = await peopleSince(read, reading, new Date(decision.at))
  requireSecond(decision, people)
  if (decision.act !== 'attached') return []
  const proposed = togetherWith(line, decision.proposalId)
  requireNotOwn(
    proposed.flatMap((each) => [
      each.proposed!.payerId,
      ...each.proposed!.lines.map(({ memberId }) => memberId),
    ]),
    people,
  )
  const parts: ProposedPart[] = []
  for (const each of proposed) parts.push(await asItStands(read, line, each, today))
  return parts
}

/** One part of what was proposed, in the lines that stand now. */
async function asItStands(
  read: Read,
  line: ReviewedLine,
  { id, proposed, amountVnd }: Review,
  today: PlainDate,
): Promise<ProposedPart> {
  const { orderId, payerId, lines } = proposed!
  if (orderId !== null) await linesOfOrder(read, line, orderId)
  const now = await inTheirPlace(read, lines)
  const ordered = await openBelow(read, line, now, today).catch((error: unknown) => {
    const gone = error instanceof Refusal && error.code === 'party-fees.line-unknown'
    throw gone ? new Refusal('conflict', 'party-fees.review-lines-changed') : error
  })
  if (ordered.amountVnd !== amountVnd) throw new Refusal('conflict', 'party-fees.review-lines-changed')
  // An order names its own lines: others that came in their place are ordered anew.
  const named = new Set(lines.map(nameOfLine))
  const same = ordered.lines.every((each) => named.has(nameOfLine(each)))
  return { id, orderId: same ? orderId : null, payerId, ordered }
}

/** Each line, or the one that stands in its place since: of a cell that ended, that of the cell that took over. */
function inTheirPlace(read: Read, lines: readonly LineName[]): Promise<LineName[]> {
  return read.rows(sql`
    select a.member_id as "memberId", a.period, fee_line_in_place(a.member_id, a.period, a.number) as number
      from unnest(${lines.map(({ memberId }) => memberId)}::uuid[], ${lines.map(({ period }) => period)}::date[],
                  ${lines.map(({ number }) => number)}::smallint[]) as a(member_id, period, number)`)
}

/** Books all that was proposed in one act. */
async function agree(
  write: Write,
  line: ReviewedLine,
  { proposalId, by: proposedBy }: Review,
  { by, parts }: { readonly by: string; readonly parts: readonly ProposedPart[] },
  when: When,
): Promise<void> {
  const payments = await bookParts(write, line, parts, { commandId: proposalId!, by: proposedBy }, when)
  for (const [id, paymentId] of payments)
    await write.run(sql`
      update bank_line_review set payment_id = ${paymentId}, confirmed_by = ${by}, confirmed_at = ${when.at} where id = ${id}`)
}

const togetherWith = ({ reviews }: ReviewedLine, proposalId: string | null): Review[] =>
  reviews.filter((each) => each.proposalId !== null && each.proposalId === proposalId)

/**
 * Takes away the decision to send back before money left, or a proposal before anybody agreed: by either of the two. The line
 * waits again.
 *
 * @throws Refusal conflict `party-fees.review-not-waiting`
 */
export async function withdraw(
  write: Write,
  on: OnDecision & { readonly reason: string },
  { at }: When,
): Promise<void> {
  const { line, decision } = await decisionOf(write, on)
  if (decision.withdrawn) return
  const waits = decision.act === 'sent-back' ? decision.sentOn === null : isProposed(decision)
  if (!waits) throw new Refusal('conflict', 'party-fees.review-not-waiting')
  const ids = [decision.id, ...togetherWith(line, decision.proposalId).map(({ id }) => id)]
  await write.run(sql`
    update bank_line_review set withdrawn_by = ${on.by}, withdrawn_at = ${at}, withdrawn_reason = ${on.reason}
     where id = any(${[...new Set(ids)]}::uuid[])`)
}

/**
 * Notes down that the money went back. The same once more changes nothing.
 *
 * @throws Refusal as `requireSendable`; invalid `party-fees.day-to-come`, `party-fees.sent-before-it-came`
 */
export async function recordSent(write: Write, on: OnDecision, sent: Sent, when: When): Promise<void> {
  const { line, decision } = await decisionOf(write, on)
  if (decision.sentOn === sent.on && decision.sentReference === sent.reference) return
  requireSendable(decision)
  await noteSent(write, line, decision, { sent, by: on.by }, when)
}

async function noteSent(
  write: Write,
  line: ReviewedLine,
  { id, amountVnd }: { readonly id: string; readonly amountVnd: number },
  { sent, by }: { readonly sent: Sent; readonly by: string },
  { at, today }: When,
): Promise<void> {
  if (sent.on > today) throw new Refusal('invalid', 'party-fees.day-to-come')
  if (sent.on < line.bookedOn) throw new Refusal('invalid', 'party-fees.sent-before-it-came')
  await write.run(sql`
    update bank_line_review set sent_on = ${sent.on}, sent_reference = ${sent.reference}, sent_by = ${by} where id = ${id}`)
  const back: Transfer = {
    kind: 'sent-back',
    debit: 'unmatched',
    debit_owner: line.owner,
    credit: 'bank',
    credit_owner: line.owner,
    amount_vnd: amountVnd,
    bank_line_id: line.id,
    document_id: id,
  }
  await write.run(insertTransfers([back], { at, today: sent.on }))
}

/**
 * The ledger had it already: cash that was paid in, something received or paid by hand. The line's own booking is taken back.
 *
 * @throws Refusal as `requireRest`; conflict `party-fees.booking-gone`
 */
export async function knownAsBooked(
  write: Write,
  deciding: Deciding,
  documentId: string,
  when: When,
): Promise<void> {
  const line = await undecided(write, 'booked', deciding)
  if (!line) return
  requireRest(line, line.amountVnd)
  // Two lines of one account and one booking: the second waits for the first, and then finds it gone.
  await write.rows(
    sql`select pg_advisory_xact_lock(hashtextextended('bank-line-document ' || ${documentId}::text, 0))`,
  )
  const bookings = await bookingsFor(write, line)
  if (!bookings.some((each) => each.documentId === documentId))
    throw new Refusal('conflict', 'party-fees.booking-gone')
  await keep(write, deciding, line, { act: 'booked', amountVnd: line.amountVnd, documentId }, when)
  await write.run(insertTransfers([takenBack(line, line.amountVnd, deciding.commandId)], when))
}

/**
 * Another line tells the same money: this one is taken back.
 *
 * @throws Refusal as `requireRest`; conflict `party-fees.twin-gone`
 */
export async function toldTwice(
  write: Write,
  deciding: Deciding,
  sameLineId: string,
  when: When,
): Promise<void> {
  const line = await undecided(write, 'told-twice', deciding)
  if (!line) return
  requireRest(line, line.amountVnd)
  await write.rows(
    sql`select pg_advisory_xact_lock(hashtextextended('bank-line-twins ' || ${line.accountId}::text, 0))`,
  )
  const twins = await twinsOf(write, line)
  if (!twins.some(({ id }) => id === sameLineId)) throw new Refusal('conflict', 'party-fees.twin-gone')
  await keep(write, deciding, line, { act: 'told-twice', amountVnd: line.amountVnd, sameLineId }, when)
  await write.run(insertTransfers([takenBack(line, line.amountVnd, deciding.commandId)], when))
}

/** It is no fee: what is left of it stays on the account, with a note. @throws Refusal as `requireRest` */
export async function leave(write: Write, deciding: Deciding, when: When): Promise<void> {
  const line = await undecided(write, 'left', deciding)
  if (!line) return
  requireRest(line, line.restVnd)
  await keep(write, deciding, line, { act: 'left', amountVnd: line.restVnd }, when)
}
