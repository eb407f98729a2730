/** Shares paid down (chuyển phần trích về): money of an organisation that the account above holds, paid to it and confirmed by it. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { addDays, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { pathRange } from '../../../registry/organisations/store.ts'
import { requireMayAnswerDrawing, type RemittanceActor } from '../law/remittance.ts'
import { HANDLERS } from '../law/who.ts'
import type { When } from '../paying/booking.ts'
import { lockHand, lockShares } from '../paying/locks.ts'
import { bookedConfirming, bookedPaying, movedBack, type How } from './booked.ts'
import { book, linked, requireDay } from './remit.ts'
import { findDrawing, type Drawing } from './remittances.ts'
import { inHandOf } from './unshared.ts'

/** An organisation below whose money lies here. */
export interface HeldFor {
  readonly organisationId: string
  readonly organisationName: string
  /** less what is on its way down */
  readonly heldVnd: number
  /** of it, not shared out yet: part of it will go up */
  readonly unsharedVnd: number
  /** it has an account of its own to pay to */
  readonly hasAccount: boolean
}

/** Whose money lies on this organisation's account: nobody nearer above them holds any. */
export function heldFor(read: Read, holderId: string, path: string, today: PlainDate): Promise<HeldFor[]> {
  const { from, to } = pathRange(path)
  return read.rows<HeldFor>(sql`
    select * from (
      select p.organisation_id as "organisationId", p.name as "organisationName",
             (b.debit_vnd - b.credit_vnd
              - (select coalesce(sum(d.amount_vnd), 0) from fee_drawing d
                  where d.organisation_id = p.organisation_id and d.confirmed_at is null and d.returned_at is null))::bigint as "heldVnd",
             (select coalesce(sum(u.credit_vnd - u.debit_vnd), 0)::bigint from ledger_balance u
               where u.owner = p.organisation_id and u.account in ('dues', 'receipts')) as "unsharedVnd",
             exists (select from fee_account a where a.organisation_id = p.organisation_id and a.verified_at is not null
                                                 and a.retired_at is null and a.set_aside_at is null) as "hasAccount"
        from organisation_period p
        join ledger_balance b on b.owner = p.organisation_id and b.account = 'settlement' and b.debit_vnd > b.credit_vnd
       where p.path > ${from} and p.path < ${to} and p.valid_from <= ${today}::date
         and (p.valid_to is null or ${today}::date < p.valid_to)
         and ${holderId} = (select up.id from organisation_line_up(p.organisation_id, ${today}::date) up
                              join ledger_balance h on h.owner = up.id and h.account = 'settlement' and h.credit_vnd > h.debit_vnd
                              join organisation_period hp on hp.organisation_id = up.id and hp.valid_from <= ${today}::date
                                                         and (hp.valid_to is null or ${today}::date < hp.valid_to)
                             order by length(hp.path) desc limit 1)) held
     where "heldVnd" > 0 order by "organisationName", "organisationId"`)
}

/** What was paid longer ago is written down too late to be sure of. */
const MOST_DAYS_BACK = 62

export interface PayingDown {
  /** made by the page; also the payment's id */
  readonly commandId: string
  readonly organisationId: string
  readonly amountVnd: number
  readonly how: How
  readonly on: PlainDate
  readonly reference: string | null
}

/**
 * The holder pays money down. The same act again does nothing.
 *
 * @param path of the holder
 * @throws Refusal conflict `party-fees.nothing-held`, `party-fees.more-than-held`, `party-fees.not-enough-to-send`,
 *   `command.reused`; against-rule `party-fees.no-account-below`;
 *   as `requireDay`
 */
export async function payDown(
  write: Write,
  paying: PayingDown,
  { holder, path }: { readonly holder: RemittanceActor; readonly path: string },
  when: When,
): Promise<void> {
  const { commandId, organisationId, amountVnd, how, on, reference } = paying
  await lockShares(write, organisationId)
  await lockHand(write, holder.organisationId)
  const before = await findDrawing(write, commandId)
  if (before && before.holderId !== holder.organisationId) throw new Refusal('conflict', 'command.reused')
  if (before) return
  const held = (await heldFor(write, holder.organisationId, path, when.today)).find(
    (each) => each.organisationId === organisationId,
  )
  if (!held) throw new Refusal('conflict', 'party-fees.nothing-held')
  if (amountVnd > held.heldVnd)
    throw new Refusal('conflict', 'party-fees.more-than-held', { facts: { heldVnd: held.heldVnd } })
  requireDay(on, addDays(when.today, -MOST_DAYS_BACK), when)
  if (how === 'transfer' && !held.hasAccount) throw new Refusal('against-rule', 'party-fees.no-account-below')
  const { bankVnd } = await inHandOf(write, holder.organisationId)
  if (bankVnd < amountVnd)
    throw new Refusal('conflict', 'party-fees.not-enough-to-send', {
      facts: { haveVnd: bankVnd, needVnd: amountVnd, how: 'transfer' },
    })
  await write.run(sql`
    insert into fee_drawing (id, organisation_id, holder_id, amount_vnd, how, paid_on, reference, paid_by, paid_at)
    values (${commandId}, ${organisationId}, ${holder.organisationId}, ${amountVnd}, ${how}, ${on}, ${reference},
            ${holder.memberId}, ${when.at})`)
  const made = (await findDrawing(write, commandId))!
  await book(write, bookedPaying(made), { at: when.at, today: on })
  await tell(write, made, organisationId, 'party-fees.share-paid-down', when)
}

/**
 * Whose money it is confirms that it came. The same said again does nothing.
 *
 * @throws Refusal as `requireMayAnswerDrawing`
 */
export async function confirmDrawing(
  write: Write,
  id: string,
  actor: RemittanceActor,
  when: When,
): Promise<void> {
  const it = await openDrawing(write, id, actor)
  if (it.confirmedAt !== null) return
  requireMayAnswerDrawing(it, await linked(write, actor, it.paidAt))
  await write.run(sql`
    update fee_drawing set confirmed_by = ${actor.memberId}, confirmed_at = ${when.at}::timestamptz where id = ${id}`)
  await book(write, bookedConfirming(it, it.how), when)
}

/**
 * It did not come, or not in this amount: the holder's money is moved back, with the reason. The same said again does nothing.
 *
 * @throws Refusal as `requireMayAnswerDrawing`
 */
export async function returnDrawing(
  write: Write,
  { id, reason }: { readonly id: string; readonly reason: string },
  actor: RemittanceActor,
  when: When,
): Promise<void> {
  const it = await openDrawing(write, id, actor)
  if (it.returnedAt !== null) return
  requireMayAnswerDrawing(it, await linked(write, actor, it.paidAt))
  await write.run(sql`
    update fee_drawing set returned_by = ${actor.memberId}, returned_at = ${when.at}::timestamptz, return_reason = ${reason}
     where id = ${id}`)
  await book(write, movedBack(bookedPaying(it)), when)
  await tell(write, it, it.holderId, 'party-fees.share-not-come', when)
}

async function openDrawing(write: Write, id: string, actor: RemittanceActor): Promise<Drawing> {
  await lockShares(write, actor.organisationId)
  const it = await findDrawing(write, id)
  if (!it || it.organisationId !== actor.organisationId)
    throw new Refusal('not-found', 'party-fees.drawing-unknown')
  return it
}

async function tell(
  write: Write,
  it: Drawing,
  organisationId: string,
  code: string,
  { at }: When,
): Promise<void> {
  const to = { organisationId, positions: HANDLERS }
  await recordNotice(write, { to, code, onceKey: `${code} ${it.id}`, at })
}
