/** Reorganisations and fees: what an organisation that ended had to collect, held and had under way goes to whoever took over, in the transaction of the reorganisation. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { successorsOf } from '../../../registry/organisations/successors.ts'
import { decisionThatEnded } from '../../../registry/reorganisation/decisions.ts'
import { sharesOf, type Share } from '../law/handing-over.ts'
import { CELL_HANDLERS } from '../law/who.ts'
import { insertTransfers, type Transfer } from '../paying/booking.ts'
import { beforePayments } from '../paying/locks.ts'
import { decidersGoAlong, reliefsGoAlong } from '../relieving/going-along.ts'
import { holdAffairs, isUnderWay, moveAffairs, takerOf } from './affairs.ts'
import { followWhatWasSaid } from './said-of.ts'

/**
 * Lines that are not paid are replaced by lines of the members' new cell; declarations and requests that wait, accounts, and
 * refunds, remittances and shares under way go along, with what was said of the place; balances are handed over. Orders to pay
 * the old lines are void by that: money that still comes for one waits to be looked at. Run again it changes nothing.
 *
 * @param touched organisations that ended or lie elsewhere now
 * @throws Refusal as `moveAffairs`
 */
export async function followReorganisation(
  write: Write,
  touched: readonly string[],
  context: Context,
): Promise<void> {
  await followWhatWasSaid(write, await goneOf(write, touched, context.today), context)
  const ended = await endedOf(write, touched, context.today)
  if (ended.length === 0) return reliefsGoAlong(write, context)
  // Payments under way come first; those after find their lines replaced.
  await beforePayments(write)
  await holdAffairs(write, ended)
  for (const id of ended) {
    const heirs = await takersOf(write, id, context.today)
    const [first] = heirs
    if (!first) continue
    const decision = (await decisionThatEnded(write, id)) ?? 'quyết định sắp xếp tổ chức đảng'
    await moveLines(write, { ended: id, heirs, reason: `Chuyển thu theo ${decision}` }, context)
    await write.run(sql`
      update fee_declaration set organisation_id = coalesce((
               select m.organisation_id from membership m
                where m.member_id = fee_declaration.member_id and m.until is null and m.organisation_id = any(${heirs}::uuid[])),
               ${first}::uuid)
       where organisation_id = ${id} and status = 'submitted'`)
    await write.run(sql`
      update fee_account set organisation_id = ${takerOf('handed_from', heirs)}, handed_from = handed_from || ${id}::uuid,
             retired_at = coalesce(retired_at, ${context.at})
       where organisation_id = ${id}`)
    const decided = await moveAffairs(write, id, heirs)
    await handOver(write, { ended: id, heirs, decided }, context)
    await decidersGoAlong(write, id, first)
  }
  await reliefsGoAlong(write, context)
}

/**
 * Whoever has the affairs of one that ended: those that took over, the first in rank first; of one into which nobody went and from
 * which nobody took over, the organisation that was above it, or is there in its place.
 */
async function takersOf(read: Read, id: string, today: PlainDate): Promise<string[]> {
  const heirs = await successorsOf(read, id, today)
  if (heirs.length > 0) return heirs
  const above = await read.maybe<{ id: string; there: boolean }>(sql`
    select t.id, not ${isGone(today)} as there from (
      select p.parent_id as id from organisation_period p
       where p.organisation_id = ${id} order by p.valid_from desc limit 1) t
     where t.id is not null`)
  if (!above) return []
  return above.there ? [above.id] : takersOf(read, above.id, today)
}

const isGone = (today: PlainDate) => sql`not exists (
  select from organisation_period p where p.organisation_id = t.id and p.valid_from <= ${today}::date
     and (p.valid_to is null or ${today}::date < p.valid_to))`

async function goneOf(read: Read, touched: readonly string[], today: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(
    sql`select t.id from unnest(${[...touched]}::uuid[]) t(id) where ${isGone(today)} order by t.id`,
  )
  return rows.map(({ id }) => id)
}

/** Those that are not there any more and had to do with fees. */
async function endedOf(read: Read, touched: readonly string[], today: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select t.id from unnest(${[...touched]}::uuid[]) t(id)
     where ${isGone(today)}
       and (exists (select from fee_line l where l.organisation_id = t.id)
            or exists (select from ledger_balance b where b.owner = t.id)
            or exists (select from fee_account a where a.organisation_id = t.id)
            or exists (select from fee_relief r where r.decider_id = t.id and r.status = 'granted')
            or ${isUnderWay(sql`t.id`)}
            or exists (select from fee_declaration d where d.organisation_id = t.id and d.status = 'submitted'))
     order by t.id`)
  return rows.map(({ id }) => id)
}

interface Moving {
  readonly ended: string
  /** the first in rank first */
  readonly heirs: readonly string[]
  readonly reason: string
}

interface MovedLine {
  readonly memberId: string
  readonly period: PlainDate
  readonly number: number
  readonly cell: string
  readonly amountVnd: number
  readonly last: number
  readonly waiting: boolean
}

/** Each open line again, due to the cell that took the member over, or has the guest now; of somebody who is elsewhere, to the first that took over. */
async function moveLines(write: Write, { ended, heirs, reason }: Moving, context: Context): Promise<void> {
  const lines = await write.rows<MovedLine>(sql`
    select l.member_id as "memberId", l.period, l.number, l.amount_vnd as "amountVnd", l.waiting,
           coalesce((select m.organisation_id from membership m
                      where m.member_id = l.member_id and m.until is null and m.organisation_id = any(${[...heirs]}::uuid[])),
                    (select g.organisation_id from guest_stay g
                      where g.member_id = l.member_id and g.organisation_id = any(${[...heirs]}::uuid[]) order by g.since desc limit 1),
                    ${heirs[0]}::uuid) as cell,
           (select max(x.number) from fee_line x where x.member_id = l.member_id and x.period = l.period) as last
      from fee_line_now l
     where l.organisation_id = ${ended} and not l.replaced and l.payment_id is null and l.amount_vnd > 0
     order by l.member_id, l.period, l.number`)
  if (lines.length === 0) return
  const numbers = new Map<string, number>()
  const rows = lines.map(({ memberId, period, number, cell, amountVnd, last, waiting }) => {
    const next = (numbers.get(`${memberId} ${period}`) ?? last) + 1
    numbers.set(`${memberId} ${period}`, next)
    return {
      id: orderedId(context.at),
      member_id: memberId,
      period,
      number: next,
      replaces: number,
      organisation_id: cell,
      amount_vnd: amountVnd,
      waiting,
    }
  })
  const moved = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, member_id uuid, period date,
    number smallint, replaces smallint, organisation_id uuid, amount_vnd bigint, waiting boolean)`
  const { actor, at, today } = context
  const by = actor.kind === 'person' ? actor.memberId : null
  await write.run(sql`
    insert into fee_line (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, replaces, made_on)
    select t.member_id, t.period, t.number, t.organisation_id, 'replacement', l.class, l.base_vnd, l.amount_vnd, t.replaces, ${today}::date
      from ${moved} join fee_line l on l.member_id = t.member_id and l.period = t.period and l.number = t.replaces`)
  await write.run(sql`
    insert into fee_change (id, member_id, period, number, replaces, kind, amount_vnd, reason, made_by, made_at)
    select id, member_id, period, number, replaces, 'moved', amount_vnd, ${reason}, ${by}::uuid, ${at}::timestamptz from ${moved}`)
  await write.run(sql`
    insert into fee_waiting (member_id, period, number, organisation_id)
    select member_id, period, number, organisation_id from ${moved} where waiting`)
  await tell(write, lines, at)
}

/** Each cell that took lines over learns how many, of how many people. */
async function tell(write: Write, lines: readonly MovedLine[], at: Date): Promise<void> {
  for (const cell of new Set(lines.map((line) => line.cell))) {
    const own = lines.filter((line) => line.cell === cell)
    const facts = { lines: own.length, people: new Set(own.map(({ memberId }) => memberId)).size }
    const to = { organisationId: cell, positions: CELL_HANDLERS }
    await recordNotice(write, { to, code: 'party-fees.taken-over', facts, at })
  }
}

interface HandingOver {
  readonly ended: string
  /** the first in rank first */
  readonly heirs: readonly string[]
  /** by account: what goes with the affairs it stands for, as they went */
  readonly decided: ReadonlyMap<string, readonly Share[]>
}

/**
 * What is in hand, on accounts and owed goes along; where a merger is taken back, each has again what it brought. What is owed
 * because of an affair under way goes with that affair.
 */
async function handOver(
  write: Write,
  { ended, heirs, decided }: HandingOver,
  context: Context,
): Promise<void> {
  const balances = await write.rows<{ account: string; balanceVnd: number }>(sql`
    select account, debit_vnd - credit_vnd as "balanceVnd" from ledger_balance
     where owner = ${ended} and debit_vnd <> credit_vnd order by account`)
  const gave = await write.rows<{ account: string; heir: string; gaveVnd: number }>(sql`
    select account, heir, sum(amount)::bigint as "gaveVnd"
      from (select debit as account, credit_owner as heir, amount_vnd as amount from ledger_transfer
             where kind = 'handed-over' and debit_owner = ${ended}
            union all
            select credit, debit_owner, -amount_vnd from ledger_transfer
             where kind = 'handed-over' and credit_owner = ${ended}) handed
     group by account, heir`)
  const transfers = balances.flatMap(({ account, balanceVnd }) => {
    const taking = heirs.map((id) => ({
      id,
      gaveVnd: gave.find((each) => each.account === account && each.heir === id)?.gaveVnd ?? 0,
    }))
    const shares = decided.get(account) ?? sharesOf(balanceVnd, taking)
    return shares.map((share) => handedOver(account, ended, share.heir, share.balanceVnd))
  })
  if (transfers.length > 0) await write.run(insertTransfers(transfers, context))
}

/** @param balanceVnd debits less credits */
function handedOver(account: string, from: string, to: string, balanceVnd: number): Transfer {
  const [debitOwner, creditOwner] = balanceVnd > 0 ? [to, from] : [from, to]
  return {
    kind: 'handed-over',
    debit: account,
    debit_owner: debitOwner,
    credit: account,
    credit_owner: creditOwner,
    amount_vnd: Math.abs(balanceVnd),
  }
}
