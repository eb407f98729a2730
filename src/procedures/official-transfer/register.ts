/** Its lines in the referral register of an organisation: what it referred out officially or within itself, what it received. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { bodyName, written } from '../../papers/bodies.ts'
import type { DatePrecision } from '../../registry/members/store.ts'
import { ancestorsOn } from '../../registry/organisations/store.ts'
import type { RegisterEntry } from '../../web/introductions.ts'
import { grassrootsIn } from './law/route.ts'
import type { Transfer } from './law/states.ts'

interface Row {
  readonly direction: 'out' | 'in'
  readonly on: PlainDate
  readonly number: number | null
  readonly symbol: string | null
  readonly voidReason: string | null
  readonly hop: number | null
  readonly state: Transfer
  readonly fullName: string
  readonly birthDate: PlainDate
  readonly birthPrecision: DatePrecision
  readonly joinedOn: PlainDate | null
  readonly joinedPrecision: DatePrecision
  readonly officialOn: PlainDate | null
  readonly cardNumber: string | null
}

const MEMBER = sql`m.full_name as "fullName", m.birth_date as "birthDate", m.birth_precision as "birthPrecision",
  m.joined_on as "joinedOn", m.joined_precision as "joinedPrecision", m.official_on as "officialOn", m.card_number as "cardNumber"`

/** The members whom the lines of a year name. */
export async function registerSubjects(read: Read, organisationId: string, year: number): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select d.subject_id as id from paper p join dossier d on d.id = p.dossier_id
     where p.organisation_id = ${organisationId} and p.kind = 'referral' and p.number is not null
       and p.issued_on >= make_date(${year}, 1, 1) and p.issued_on < make_date(${year + 1}, 1, 1)
    union
    select d.subject_id from dossier_event e join dossier d on d.id = e.dossier_id
     where e.type = 'received-at-destination' and e.organisation_id = ${organisationId}
       and (e.data ->> 'receivedOn')::date >= make_date(${year}, 1, 1)
       and (e.data ->> 'receivedOn')::date < make_date(${year + 1}, 1, 1)`)
  return rows.map(({ id }) => id)
}

/** The lines of a year; voided letters keep their number and say so. */
export async function registerLines(
  read: Read,
  organisationId: string,
  year: number,
): Promise<RegisterEntry[]> {
  const rows = await read.rows<Row>(sql`
    select 'out' as direction, p.issued_on as "on", p.number, p.symbol, p.void_reason as "voidReason", p.hop, d.state, ${MEMBER}
      from paper p join dossier d on d.id = p.dossier_id join member m on m.id = d.subject_id
     where p.organisation_id = ${organisationId} and p.kind = 'referral' and p.number is not null
       and p.issued_on >= make_date(${year}, 1, 1) and p.issued_on < make_date(${year + 1}, 1, 1)
    union all
    select 'in', (e.data ->> 'receivedOn')::date, null, null, null, null, d.state, ${MEMBER}
      from dossier_event e
      join dossier d on d.id = e.dossier_id
      join member m on m.id = d.subject_id
     where e.type = 'received-at-destination' and e.organisation_id = ${organisationId}
       and (e.data ->> 'receivedOn')::date >= make_date(${year}, 1, 1)
       and (e.data ->> 'receivedOn')::date < make_date(${year + 1}, 1, 1)`)
  const own = (await ancestorsOn(read, organisationId, `${year}-12-31`)).find(
    (place) => place.tier === 'province',
  )?.id
  return rows.map((row) => lineOf(row, own))
}

function lineOf(row: Row, ownProvince: string | undefined): RegisterEntry {
  const { state } = row
  const last = state.hops.at(-1)
  const hop = row.hop === null ? last : state.hops[row.hop]
  const from = state.origin[grassrootsIn(state.origin)] ?? state.origin[0]!
  const receiver = state.route?.receiver
  const sameProvince = state.origin.some((place) => place.id === ownProvince)
  const reach = sameProvince ? 'inside-province' : 'outside-province'
  return {
    number: row.number,
    on: row.on,
    fullName: row.fullName,
    bornOn: written(row.birthDate, row.birthPrecision),
    joinedOn: row.joinedOn ? written(row.joinedOn, row.joinedPrecision) : '',
    ...(row.officialOn ? { officialOn: row.officialOn } : {}),
    ...(row.cardNumber ? { cardNumber: row.cardNumber } : {}),
    direction: row.direction,
    kind: state.route?.kind === 'internal' ? 'internal' : 'official',
    counterpart:
      row.direction === 'out' ? (state.answers.destinationName ?? receiver?.name ?? '') : from.name,
    referring: hop ? bodyName(hop.from) : '',
    receiving: hop ? bodyName(hop.to) : '',
    ...(row.direction === 'in' && receiver ? ({ destination: receiver.name, reach } as const) : {}),
    ...(row.symbol
      ? { referralNumber: row.symbol }
      : last?.numbered
        ? { referralNumber: last.numbered.symbol }
        : {}),
    voided: row.voidReason !== null,
    ...(row.voidReason ? { note: `Đã hủy: ${row.voidReason}` } : {}),
  }
}
