/** A remittance's life: the month shared out, sent, received or moved back; each step once, its money in the ledger in the same commit. */
import { randomBytes } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { firstDayOf, yearOf, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { settingsOn } from '../../../kernel/settings.ts'
import { voidPapers } from '../../../papers/store.ts'
import { KEY_BYTES, makePaymentKey } from '../../../payments/payment-key.ts'
import { peopleSince } from '../assessing/people.ts'
import { remitUntil, sharesOf } from '../law/allocation.ts'
import {
  requireMayReceive,
  requireMayReturn,
  requireMaySend,
  type RemittanceActor,
} from '../law/remittance.ts'
import { HANDLERS } from '../law/who.ts'
import { insertTransfers, type Transfer, type When } from '../paying/booking.ts'
import { amongPayments, lockHand, lockShares } from '../paying/locks.ts'
import {
  bookedLine,
  bookedReceiving,
  bookedSending,
  bookedSharing,
  movedBack,
  toSend,
  type How,
} from './booked.ts'
import { allocationIn, standingIn } from './place.ts'
import { findRemittance, type Remittance } from './remittances.ts'
import { heldAbove, inHandOf, sumOf, unsharedOf } from './unshared.ts'

export async function book(write: Write, transfers: readonly Transfer[], when: When): Promise<void> {
  if (transfers.length > 0) await write.run(insertTransfers(transfers, when))
}

/**
 * The remittance, where the actor's organisation made it or is the one above.
 *
 * @throws Refusal not-found `party-fees.remittance-unknown`
 */
export async function getRemittance(read: Read, id: string, organisationId: string): Promise<Remittance> {
  const found = await findRemittance(read, id)
  if (!found || ![found.organisationId, found.superiorId].includes(organisationId))
    throw new Refusal('not-found', 'party-fees.remittance-unknown')
  return found
}

/** Who acts, with everybody who stood in for them since the first step. */
export async function linked(read: Read, actor: RemittanceActor, since: Date): Promise<RemittanceActor> {
  return { ...actor, people: await peopleSince(read, actor.people, since) }
}

export interface Sharing {
  /** made by the page; also the remittance's id */
  readonly commandId: string
  readonly organisationId: string
  readonly month: PlainMonth
  readonly by: string
}

/**
 * Shares out what came in until the end of the month and is not shared out yet. The oldest month comes first. The part for
 * the level above goes to the organisation that is above on this very day; of it, what the account above holds is there at
 * once. The same act again does nothing.
 *
 * @throws Refusal conflict `party-fees.nothing-to-share`, `command.reused`; against-rule `party-fees.share-other-month`, and
 *   as `allocationOf`
 */
export async function shareOut(write: Write, sharing: Sharing, when: When): Promise<void> {
  const { commandId, organisationId, month, by } = sharing
  const { at, today } = when
  amongPayments(write)
  await lockShares(write, organisationId)
  const before = await findRemittance(write, commandId)
  if (before && before.organisationId !== organisationId) throw new Refusal('conflict', 'command.reused')
  if (before) return
  const [oldest] = await unsharedOf(write, organisationId, today)
  if (!oldest || oldest.month > month)
    throw new Refusal('conflict', 'party-fees.nothing-to-share', { facts: { month } })
  if (oldest.month < month)
    throw new Refusal('against-rule', 'party-fees.share-other-month', { facts: { month: oldest.month } })
  const standing = await standingIn(write, organisationId, today)
  const allocation = await allocationIn(write, standing, month, today)
  const baseVnd = sumOf(oldest)
  const { keepVnd, remitVnd } = sharesOf(baseVnd, allocation.keepPercent)
  const superiorId = standing.superior?.id ?? null
  const heldVnd = superiorId === null ? 0 : Math.min(remitVnd, await heldAbove(write, organisationId, today))
  const settings = await settingsOn(write, today)
  await write.run(sql`
    insert into fee_remittance (id, organisation_id, superior_id, period, number, key, collected_directly_vnd,
        received_from_below_vnd, base_vnd, keep_percent, rule, keep_vnd, remit_vnd, held_vnd, due_on, made_by, made_at)
    select ${commandId}, ${organisationId}, ${superiorId}::uuid, ${firstDayOf(month)}::date,
           (select coalesce(max(number) + 1, 0) from fee_remittance
             where organisation_id = ${organisationId} and period = ${firstDayOf(month)}::date),
           ${makePaymentKey(randomBytes(KEY_BYTES))}, ${oldest.collectedVnd}::bigint, ${oldest.receivedVnd}::bigint,
           ${baseVnd}::bigint, ${allocation.keepPercent}::numeric, ${allocation.rule}, ${keepVnd}::bigint, ${remitVnd}::bigint,
           ${heldVnd}::bigint, ${remitUntil(month, standing.organisation.tier, settings)}::date, ${by}, ${at}::timestamptz`)
  const made = (await findRemittance(write, commandId))!
  await book(write, bookedSharing(made), when)
  if (remitVnd > 0 && heldVnd === remitVnd) {
    await markSent(write, made, { how: 'held-above', on: today, reference: null, by: null }, at)
    await markReceived(write, made, { on: today, by: null }, at)
  }
}

/**
 * Money moved on a day that has come, and not before it could.
 *
 * @throws Refusal invalid `party-fees.day-to-come`, `party-fees.day-too-early`
 */
export function requireDay(on: PlainDate, first: PlainDate, { today }: When): void {
  if (on > today) throw new Refusal('invalid', 'party-fees.day-to-come')
  if (on < first) throw new Refusal('invalid', 'party-fees.day-too-early', { facts: { first } })
}

interface SentAs {
  readonly how: How | 'held-above'
  readonly on: PlainDate
  readonly reference: string | null
  /** absent where the bank told first, or the account above held it */
  readonly by: string | null
}

async function markSent(write: Write, { id }: Remittance, sent: SentAs, at: Date): Promise<void> {
  await write.run(sql`
    update fee_remittance set sent_how = ${sent.how}, sent_on = ${sent.on}::date, sent_reference = ${sent.reference},
           sent_by = ${sent.by}::uuid, sent_at = ${at}::timestamptz where id = ${id}`)
}

/** With the next number of the superior's receipts in the year: of two at one moment the second asks again. */
async function markReceived(
  write: Write,
  { id, superiorId }: Remittance,
  received: { readonly on: PlainDate; readonly by: string | null },
  at: Date,
): Promise<void> {
  const year = yearOf(received.on)
  await write.run(sql`
    update fee_remittance set received_on = ${received.on}::date, received_by = ${received.by}::uuid,
           received_at = ${at}::timestamptz, receipt_year = ${year}::smallint,
           receipt_number = 1 + coalesce((select max(o.receipt_number) from fee_remittance o
                                           where o.superior_id = ${superiorId} and o.receipt_year = ${year}::smallint), 0)
     where id = ${id}`)
}

export interface Sending {
  readonly id: string
  readonly how: How
  readonly on: PlainDate
  readonly reference: string | null
}

/**
 * The organisation says that the money left, by transfer or in cash. The same said again does nothing.
 *
 * @throws Refusal conflict `party-fees.not-enough-to-send`; as `requireMaySend`, `requireDay`
 */
export async function send(
  write: Write,
  sending: Sending,
  actor: RemittanceActor,
  when: When,
): Promise<void> {
  const { id, how, on, reference } = sending
  await lockShares(write, actor.organisationId)
  await lockHand(write, actor.organisationId)
  const it = await getRemittance(write, id, actor.organisationId)
  if (it.sentAt !== null && it.sentBy === actor.memberId && it.sentHow === how && it.sentOn === on) return
  requireMaySend(it, actor)
  requireDay(on, firstDayOf(it.month), when)
  const { bankVnd, cashVnd } = await inHandOf(write, actor.organisationId)
  const haveVnd = how === 'cash' ? cashVnd : bankVnd
  if (haveVnd < toSend(it))
    throw new Refusal('conflict', 'party-fees.not-enough-to-send', {
      facts: { haveVnd, needVnd: toSend(it), how },
    })
  await sendNow(write, it, { how, on, reference, by: actor.memberId }, when)
}

/** Sent, with nothing more to be asked. */
export async function sendNow(
  write: Write,
  it: Remittance,
  sent: SentAs & { readonly how: How },
  when: When,
): Promise<void> {
  await markSent(write, it, sent, when.at)
  await book(write, bookedSending(it, sent.how), { at: when.at, today: sent.on })
  if (it.superiorId !== null)
    await recordNotice(write, {
      to: { organisationId: it.superiorId, positions: HANDLERS },
      code: 'party-fees.remittance-came',
      facts: { month: it.month },
      onceKey: `party-fees-came ${it.id}`,
      at: when.at,
    })
}

/**
 * The organisation above says that the money came. The same said again does nothing.
 *
 * @throws Refusal as `requireMayReceive`, `requireDay`
 */
export async function receive(
  write: Write,
  { id, on }: { readonly id: string; readonly on: PlainDate },
  actor: RemittanceActor,
  when: When,
): Promise<void> {
  const before = await getRemittance(write, id, actor.organisationId)
  await lockShares(write, before.organisationId)
  const it = await getRemittance(write, id, actor.organisationId)
  if (it.receivedAt !== null && it.superiorId === actor.organisationId && it.returnedAt === null) return
  requireMayReceive(it, await linked(write, actor, it.madeAt))
  requireDay(on, it.sentOn!, when)
  await receiveNow(write, it, { on, by: actor.memberId, how: it.sentHow as How }, when)
}

/** Received, with nothing more to be asked. */
export async function receiveNow(
  write: Write,
  it: Remittance,
  received: { readonly on: PlainDate; readonly by: string | null; readonly how: How },
  when: When,
): Promise<void> {
  const { superiorId } = it
  if (superiorId === null) throw new Error('what goes out of this system is received by nobody in it')
  await markReceived(write, it, received, when.at)
  await book(write, bookedReceiving({ ...it, superiorId }, received.how), {
    at: when.at,
    today: received.on,
  })
  await recordNotice(write, {
    to: { organisationId: it.organisationId, positions: HANDLERS },
    code: 'party-fees.remittance-received',
    facts: { month: it.month },
    onceKey: `party-fees-received ${it.id}`,
    at: when.at,
  })
}

/**
 * Moves all of it back: by the organisation above, or by another officer of the organisation. What was shared out is then
 * open again. The same asked again does nothing.
 *
 * @throws Refusal as `requireMayReturn`; conflict `party-fees.remittance-shared-on`, `party-fees.remittance-side-ended`
 */
export async function giveBack(
  write: Write,
  { id, reason }: { readonly id: string; readonly reason: string },
  actor: RemittanceActor,
  when: When,
): Promise<void> {
  const before = await getRemittance(write, id, actor.organisationId)
  await lockShares(write, before.organisationId)
  if (before.superiorId !== null && before.heldVnd > 0) await lockShares(write, before.superiorId)
  const it = await getRemittance(write, id, actor.organisationId)
  if (it.returnedAt !== null) return
  requireMayReturn(it, await linked(write, actor, it.madeAt))
  if (!(await areSidesThere(write, it, when.today)))
    throw new Refusal('conflict', 'party-fees.remittance-side-ended')
  if (it.superiorId !== null && it.heldVnd > 0) await requireNotSharedOn(write, it.superiorId, it.heldVnd)
  const booked = [
    ...bookedSharing(it),
    ...(it.sentHow === 'transfer' || it.sentHow === 'cash' ? bookedSending(it, it.sentHow) : []),
    ...(it.outLineId === null
      ? []
      : bookedLine(id, it.organisationId, { id: it.outLineId, direction: 'out', amountVnd: toSend(it) })),
  ]
  await write.run(sql`
    update fee_remittance set returned_by = ${actor.memberId}, returned_at = ${when.at}::timestamptz, return_reason = ${reason}
     where id = ${id}`)
  await book(write, movedBack(booked), when)
  await voidPapers(write, [id], reason, when.at)
  const other = actor.organisationId === it.organisationId ? it.superiorId : it.organisationId
  if (other !== null && it.sentAt !== null)
    await recordNotice(write, {
      to: { organisationId: other, positions: HANDLERS },
      code: 'party-fees.remittance-returned',
      facts: { month: it.month },
      onceKey: `party-fees-returned ${it.id}`,
      at: when.at,
    })
}

/**
 * Both sides are there. What is under way goes to who took over and is moved back there; what was finished before stays in
 * the books of the body that ended, which were closed and handed over.
 */
export async function areSidesThere(
  read: Read,
  { organisationId, superiorId }: Pick<Remittance, 'organisationId' | 'superiorId'>,
  today: PlainDate,
): Promise<boolean> {
  const sides = [organisationId, ...(superiorId === null ? [] : [superiorId])]
  const { there } = await read.one<{ there: number }>(sql`
    select count(*) as there from organisation_period p
     where p.organisation_id = any(${sides}::uuid[]) and p.valid_from <= ${today}::date
       and (p.valid_to is null or ${today}::date < p.valid_to)`)
  return there === sides.length
}

/** What the level above has shared out itself is not taken from it any more. */
async function requireNotSharedOn(write: Write, superiorId: string, amountVnd: number): Promise<void> {
  const { left } = await write.one<{ left: number }>(sql`
    select coalesce(sum(credit_vnd - debit_vnd), 0)::bigint as left from ledger_balance
     where owner = ${superiorId} and account = 'receipts'`)
  if (left < amountVnd) throw new Refusal('conflict', 'party-fees.remittance-shared-on')
}
