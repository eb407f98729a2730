/** Affairs under way when an organisation ends: refunds, remittances and shares paid down go to whoever took over, and are finished there. */
import type { RawBuilder } from 'kysely'
import { sql, type Write } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Share } from '../law/handing-over.ts'
import { lockHand, lockPayment, lockShares } from '../paying/locks.ts'

const OPEN_REFUND = sql`status in ('asked', 'checked', 'approved')`
const OPEN_REMITTANCE = sql`received_at is null and returned_at is null`
const OPEN_DRAWING = sql`confirmed_at is null and returned_at is null`

/** Something under way names the organisation. */
export const isUnderWay = (id: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  exists (select from fee_refund where ${OPEN_REFUND} and (organisation_id = ${id} or paying_id = ${id}))
  or exists (select from fee_remittance where ${OPEN_REMITTANCE} and (organisation_id = ${id} or superior_id = ${id}))
  or exists (select from fee_drawing where ${OPEN_DRAWING} and (organisation_id = ${id} or holder_id = ${id})))`

/** Who takes it: where a merger is taken back, whoever brought it; else the first in rank. */
export const takerOf = (
  trail: 'handed_from' | 'paying_from' | 'superior_from' | 'holder_from',
  heirs: readonly string[],
): RawBuilder<unknown> => sql`coalesce(
  (select was.id from unnest(${sql.ref(trail)}) with ordinality as was(id, place)
    where was.id = any(${[...heirs]}::uuid[]) order by was.place desc limit 1), ${heirs[0]}::uuid)`

/** Nobody else acts on money of these organisations, or on what is under way with them, until this transaction is over. */
export async function holdAffairs(write: Write, ended: readonly string[]): Promise<void> {
  const ids = sql`any(${[...ended]}::uuid[])`
  const payments = await write.rows<{ id: string }>(sql`
    select distinct payment_id as id from fee_refund
     where ${OPEN_REFUND} and (organisation_id = ${ids} or paying_id = ${ids}) order by 1`)
  for (const { id } of payments) await lockPayment(write, id)
  // From below upwards: whoever lies deeper has the longer way up.
  const sharing = await write.rows<{ id: string }>(sql`
    select s.id from (select unnest(${[...ended]}::uuid[]) as id
                      union select organisation_id from fee_remittance where ${OPEN_REMITTANCE} and superior_id = ${ids}) s
     order by (select cardinality(string_to_array(p.path, '.')) from organisation_period p
                where p.organisation_id = s.id order by p.valid_from desc limit 1) desc, s.id`)
  for (const { id } of sharing) await lockShares(write, id)
  for (const id of ended.toSorted()) await lockHand(write, id)
}

/**
 * Moves what is under way, whatever side of it the organisation was; everything is held.
 *
 * @returns by account of the ledger: what is owed because of what moved, and to whom it moved
 * @throws Refusal conflict `party-fees.under-way-between`
 */
export async function moveAffairs(
  write: Write,
  ended: string,
  heirs: readonly string[],
): Promise<ReadonlyMap<string, readonly Share[]>> {
  const refunds = await moveRefunds(write, ended, heirs)
  const owed = await moveRemittances(write, ended, heirs)
  await moveDrawings(write, ended, heirs)
  return new Map([
    ['refunds', refunds],
    ['owed', owed],
  ])
}

interface Moved {
  readonly heir: string
  readonly owedVnd: number
}

/** Of each heir, what it owes from now on. */
function sharesOfMoved(moved: readonly Moved[]): Share[] {
  const owed = new Map<string, number>()
  for (const { heir, owedVnd } of moved) owed.set(heir, (owed.get(heir) ?? 0) + owedVnd)
  return [...owed].filter(([, vnd]) => vnd !== 0).map(([heir, vnd]) => ({ heir, balanceVnd: -vnd }))
}

async function moveRefunds(write: Write, ended: string, heirs: readonly string[]): Promise<Share[]> {
  const moved = await write.rows<Moved>(sql`
    update fee_refund set organisation_id = ${takerOf('handed_from', heirs)}, handed_from = handed_from || ${ended}::uuid
     where organisation_id = ${ended} and ${OPEN_REFUND}
    returning organisation_id as heir, case when status = 'approved' then amount_vnd else 0 end as "owedVnd"`)
  await write.run(sql`
    update fee_refund set paying_id = ${takerOf('paying_from', heirs)}, paying_from = paying_from || ${ended}::uuid
     where paying_id = ${ended} and ${OPEN_REFUND}`)
  return sharesOfMoved(moved)
}

async function moveRemittances(write: Write, ended: string, heirs: readonly string[]): Promise<Share[]> {
  const open = await write.rows<{ id: string; heir: string; other: string | null }>(sql`
    select id, ${takerOf('handed_from', heirs)} as heir, superior_id as other from fee_remittance
     where organisation_id = ${ended} and ${OPEN_REMITTANCE} order by period, number`)
  const moved: Moved[] = []
  for (const { id, heir, other } of open) {
    if (heir === other) throw between('remittance')
    // Numbers run on where the one that took over shared out the same month.
    moved.push(
      await write.one<Moved>(sql`
        update fee_remittance r set organisation_id = ${heir}, handed_from = handed_from || ${ended}::uuid,
               number = (select coalesce(max(o.number) + 1, 0) from fee_remittance o
                          where o.organisation_id = ${heir} and o.period = r.period)
         where id = ${id}
        returning organisation_id as heir, case when sent_at is null then remit_vnd - held_vnd else 0 end as "owedVnd"`),
    )
  }
  const above = await write.maybe(sql`
    select 1 from fee_remittance
     where superior_id = ${ended} and ${OPEN_REMITTANCE} and organisation_id = ${takerOf('superior_from', heirs)} limit 1`)
  if (above) throw between('remittance')
  await write.run(sql`
    update fee_remittance set superior_id = ${takerOf('superior_from', heirs)}, superior_from = superior_from || ${ended}::uuid
     where superior_id = ${ended} and ${OPEN_REMITTANCE}`)
  return sharesOfMoved(moved)
}

async function moveDrawings(write: Write, ended: string, heirs: readonly string[]): Promise<void> {
  const within = await write.maybe(sql`
    select 1 from fee_drawing
     where ${OPEN_DRAWING} and (organisation_id = ${ended} and holder_id = ${takerOf('handed_from', heirs)}
                                or holder_id = ${ended} and organisation_id = ${takerOf('holder_from', heirs)}) limit 1`)
  if (within) throw between('drawing')
  await write.run(sql`
    update fee_drawing set organisation_id = ${takerOf('handed_from', heirs)}, handed_from = handed_from || ${ended}::uuid
     where organisation_id = ${ended} and ${OPEN_DRAWING}`)
  await write.run(sql`
    update fee_drawing set holder_id = ${takerOf('holder_from', heirs)}, holder_from = holder_from || ${ended}::uuid
     where holder_id = ${ended} and ${OPEN_DRAWING}`)
}

/** Two sides become one: nobody would be left to answer the other. */
const between = (what: 'remittance' | 'drawing'): Refusal =>
  new Refusal('conflict', 'party-fees.under-way-between', { facts: { what } })
