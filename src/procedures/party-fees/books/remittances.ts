/** What organisations shared out and remitted, as the books read it: what was returned counts as never made. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Period } from '../law/period.ts'

export interface Remitted {
  readonly id: string
  readonly organisationId: string
  readonly superiorId: string | null
  readonly period: Period
  readonly baseVnd: number
  readonly keepPercent: number
  readonly keepVnd: number
  readonly remitVnd: number
  readonly sentOn: PlainDate | null
  readonly receivedOn: PlainDate | null
  /** who took it, or the organisation it went to */
  readonly receiver: string | null
  /** what the ledger says was kept and became owed by it */
  readonly keptInLedgerVnd: number
  readonly owedInLedgerVnd: number
}

/** Whose it was when it was made: the books that shared out tell of it, whoever finishes it. */
const MAKER = sql`coalesce(r.handed_from[1], r.organisation_id)`

/** Made by one of these, said so that both indexes serve. */
const madeBy = (organisations: readonly string[]) => sql`
  r.id in (select o.id from fee_remittance o where o.organisation_id = any(${[...organisations]}::uuid[]) and o.handed_from = '{}'
           union all
           select h.id from fee_remittance h where h.handed_from <> '{}' and h.handed_from[1] = any(${[...organisations]}::uuid[]))`

const COLUMNS = sql`r.id, ${MAKER} as "organisationId", r.superior_id as "superiorId", to_char(r.period, 'YYYY-MM') as period,
  r.base_vnd as "baseVnd", r.keep_percent::float8 as "keepPercent", r.keep_vnd as "keepVnd", r.remit_vnd as "remitVnd",
  r.sent_on as "sentOn", r.received_on as "receivedOn",
  coalesce((select m.full_name from member m where m.id = r.received_by),
           (select p.name from organisation_period p where p.organisation_id = r.superior_id order by p.valid_from desc limit 1)) as receiver,
  k."keptInLedgerVnd", k."owedInLedgerVnd"`

const LEDGER = sql`lateral (
  select coalesce(sum(t.amount_vnd) filter (where t.kind = 'retained'), 0)::bigint as "keptInLedgerVnd",
         coalesce(sum(t.amount_vnd) filter (where t.kind = 'owed'), 0)::bigint as "owedInLedgerVnd"
    from ledger_transfer t
   where t.credit_owner = any(r.handed_from || r.organisation_id) and t.kind in ('retained', 'owed') and t.kind <> 'paid'
     and t.document_id = r.id and t.credit in ('retained', 'owed')) k`

/** Made by these organisations for months of the stretch, in order. */
export function remittancesOf(
  read: Read,
  organisations: readonly string[],
  from: PlainDate,
  until: PlainDate,
): Promise<Remitted[]> {
  return read.rows<Remitted>(sql`
    select ${COLUMNS} from fee_remittance r, ${LEDGER}
     where ${madeBy(organisations)} and r.returned_at is null
       and r.period between ${from}::date and ${until}::date
     order by 2, r.period, r.made_at, r.number`)
}

/** What an organisation still owed at the end of a day, of the months up to `until`: shared out, and not sent by then. */
export async function owedAt(
  read: Read,
  organisations: readonly string[],
  until: PlainDate,
  day: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const rows = await read.rows<{ id: string; owed: number }>(sql`
    select ${MAKER} as id, sum(r.remit_vnd - r.held_vnd)::bigint as owed from fee_remittance r
     where ${madeBy(organisations)} and r.returned_at is null and r.period <= ${until}::date
       and (r.sent_on is null or r.sent_on > ${day}::date)
     group by 1`)
  return new Map(rows.map(({ id, owed }) => [id, owed]))
}

/** What came from organisations below between two days, by the day of its receipt; by the organisation it came from. */
export async function receivedFromBelow(
  read: Read,
  superiors: readonly string[],
  from: PlainDate,
  until: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const rows = await read.rows<{ id: string; received: number }>(sql`
    select ${MAKER} as id, sum(r.remit_vnd)::bigint as received from fee_remittance r
     where r.superior_id = any(${[...superiors]}::uuid[]) and r.returned_at is null
       and r.received_on between ${from}::date and ${until}::date
     group by 1`)
  return new Map(rows.map(({ id, received }) => [id, received]))
}
