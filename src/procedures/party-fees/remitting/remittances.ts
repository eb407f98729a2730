/** Remittances and shares paid down as they are kept: reading them, one or many. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate, PlainMonth } from '../../../kernel/plain-date.ts'
import type { DrawingFacts, RemittanceFacts } from '../law/remittance.ts'
import type { Booked, How } from './booked.ts'

export interface Remittance extends Booked, RemittanceFacts {
  readonly organisationName: string
  readonly superiorName: string | null
  readonly month: PlainMonth
  readonly number: number
  readonly key: string
  readonly baseVnd: number
  readonly keepVnd: number
  readonly rule: string
  readonly dueOn: PlainDate
  readonly madeAt: Date
  readonly madeByName: string
  readonly sentOn: PlainDate | null
  readonly sentReference: string | null
  readonly sentAt: Date | null
  readonly sentByName: string | null
  readonly receivedOn: PlainDate | null
  readonly receivedAt: Date | null
  readonly receivedByName: string | null
  readonly receiptNumber: number | null
  readonly receiptYear: number | null
  readonly outLineId: string | null
  readonly inLineId: string | null
  readonly returnedAt: Date | null
  readonly returnedByName: string | null
  readonly returnReason: string | null
  // in RemittanceFacts and Booked both
  readonly organisationId: string
  readonly superiorId: string | null
  readonly remitVnd: number
  readonly heldVnd: number
}

const NAME = (
  id: string,
) => sql`(select z.name from organisation_period z where z.organisation_id = ${sql.raw(id)}
                                   order by z.valid_from desc limit 1)`
const PERSON = (id: string) => sql`(select m.full_name from member m where m.id = ${sql.raw(id)})`

const COLUMNS = sql`
  r.id, r.organisation_id as "organisationId", ${NAME('r.organisation_id')} as "organisationName",
  r.superior_id as "superiorId", ${NAME('r.superior_id')} as "superiorName", to_char(r.period, 'YYYY-MM') as month, r.number, r.key,
  r.collected_directly_vnd as "collectedVnd", r.received_from_below_vnd as "receivedVnd", r.base_vnd as "baseVnd",
  r.keep_percent::float8 as "keepPercent", r.rule, r.keep_vnd as "keepVnd", r.remit_vnd as "remitVnd", r.held_vnd as "heldVnd",
  r.due_on as "dueOn", r.made_by as "madeBy", ${PERSON('r.made_by')} as "madeByName", r.made_at as "madeAt",
  r.sent_how as "sentHow", r.sent_on as "sentOn", r.sent_reference as "sentReference", r.sent_by as "sentBy",
  ${PERSON('r.sent_by')} as "sentByName", r.sent_at as "sentAt", r.received_on as "receivedOn", r.received_at as "receivedAt",
  ${PERSON('r.received_by')} as "receivedByName", r.receipt_number as "receiptNumber", r.receipt_year as "receiptYear",
  r.out_line_id as "outLineId", r.in_line_id as "inLineId", r.returned_at as "returnedAt",
  ${PERSON('r.returned_by')} as "returnedByName", r.return_reason as "returnReason"`

export function findRemittance(read: Read, id: string): Promise<Remittance | undefined> {
  return read.maybe<Remittance>(sql`select ${COLUMNS} from fee_remittance r where r.id = ${id}`)
}

export function remittancesByKey(read: Read, keys: readonly string[]): Promise<Remittance[]> {
  return read.rows<Remittance>(
    sql`select ${COLUMNS} from fee_remittance r where r.key = any(${keys}::text[])`,
  )
}

/** So many are shown at once. */
export const MOST_SHOWN = 36

/** An organisation's own, the newest month first. */
export function remittancesOf(read: Read, organisationId: string, from = 0): Promise<Remittance[]> {
  return read.rows<Remittance>(sql`
    select ${COLUMNS} from fee_remittance r where r.organisation_id = ${organisationId}
     order by r.period desc, r.number desc limit ${MOST_SHOWN} offset ${from}`)
}

export async function countRemittances(read: Read, organisationId: string): Promise<number> {
  const { count } = await read.one<{ count: number }>(
    sql`select count(*)::int as count from fee_remittance where organisation_id = ${organisationId}`,
  )
  return count
}

/** Of a month, from below; moved back ones too. */
export function remittancesTo(read: Read, superiorId: string, month: PlainMonth): Promise<Remittance[]> {
  return read.rows<Remittance>(sql`
    select ${COLUMNS} from fee_remittance r where r.superior_id = ${superiorId} and r.period = ${`${month}-01`}::date
     order by r.organisation_id, r.number`)
}

export interface Drawing extends DrawingFacts {
  readonly id: string
  readonly organisationName: string
  readonly holderName: string
  readonly amountVnd: number
  readonly how: How
  readonly paidOn: PlainDate
  readonly reference: string | null
  readonly paidAt: Date
  readonly paidByName: string
  readonly confirmedAt: Date | null
  readonly returnedAt: Date | null
  readonly returnReason: string | null
}

const DRAWING = sql`
  d.id, d.organisation_id as "organisationId", ${NAME('d.organisation_id')} as "organisationName", d.holder_id as "holderId",
  ${NAME('d.holder_id')} as "holderName", d.amount_vnd as "amountVnd", d.how, d.paid_on as "paidOn", d.reference,
  d.paid_by as "paidBy", ${PERSON('d.paid_by')} as "paidByName", d.paid_at as "paidAt", d.confirmed_at as "confirmedAt",
  d.returned_at as "returnedAt", d.return_reason as "returnReason"`

export function findDrawing(read: Read, id: string): Promise<Drawing | undefined> {
  return read.maybe<Drawing>(sql`select ${DRAWING} from fee_drawing d where d.id = ${id}`)
}

/** Paid down to an organisation, or by it, the newest first. */
export function drawingsOf(read: Read, organisationId: string): Promise<Drawing[]> {
  return read.rows<Drawing>(sql`
    select ${DRAWING} from fee_drawing d where d.organisation_id = ${organisationId} or d.holder_id = ${organisationId}
     order by d.paid_at desc, d.id limit ${MOST_SHOWN}`)
}

/** Somebody lies below, or remitted here once. */
export async function hasBelow(read: Read, organisationId: string, today: PlainDate): Promise<boolean> {
  const { any } = await read.one<{ any: boolean }>(sql`
    select exists (select from organisation_on(${today}::date) o where o.parent_id = ${organisationId} and o.tier <> 'advisory')
             or exists (select from fee_remittance r where r.superior_id = ${organisationId}) as any`)
  return any
}
