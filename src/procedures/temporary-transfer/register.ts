/** Its lines in the referral register of an organisation: whom it referred out for a time or back, whom it received. */
import { LOCAL_DAY, sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { bodyName, written } from '../../papers/bodies.ts'
import type { DatePrecision } from '../../registry/members/store.ts'
import type { RegisterEntry } from '../../web/introductions.ts'
import { committeeOf, type Place } from './law/place.ts'
import { heirOf, type Stay } from './law/states.ts'

interface Row {
  readonly direction: 'out' | 'in'
  readonly on: PlainDate
  /** a letter, or a reception, of the way back */
  readonly back: boolean
  readonly hop: number | null
  readonly number: number | null
  readonly symbol: string | null
  readonly voidReason: string | null
  readonly returnSymbol: string | null
  readonly state: Stay
  readonly fullName: string
  readonly birthDate: PlainDate
  readonly birthPrecision: DatePrecision
  readonly joinedOn: PlainDate | null
  readonly joinedPrecision: DatePrecision
  readonly officialOn: PlainDate | null
  readonly cardNumber: string | null
}

/**
 * What a year enters: numbered letters; of those who came, the first day a cell was found for them; of those who are back,
 * the day it was recorded, also in the register of the committee above the cell that recorded it.
 */
const entries = (organisationId: string, year: number) => sql`
  select 'out' as direction, p.issued_on as "on", p.kind = 'temporary-return' as back, p.hop, p.number, p.symbol,
         p.void_reason as "voidReason", p.dossier_id
    from paper p
   where p.organisation_id = ${organisationId} and p.kind in ('temporary-referral', 'temporary-return')
     and p.number is not null
     and p.issued_on >= make_date(${year}, 1, 1) and p.issued_on < make_date(${year + 1}, 1, 1)
  union all
  select 'in', came."on", came.back, null, null, null, null, came.dossier_id
    from (select distinct on (e.dossier_id, e.type <> 'cell-assigned')
                 e.dossier_id, e.type <> 'cell-assigned' as back, ${LOCAL_DAY('e.at')} as "on"
            from dossier_party w
            join dossier d on d.id = w.dossier_id and d.procedure = 'temporary-transfer'
            join dossier_event e on e.dossier_id = d.id
                 and e.type in ('cell-assigned', 'return-recorded', 'member-recalled')
           where w.organisation_id = ${organisationId}
             and (e.organisation_id = ${organisationId}
                  or e.type <> 'cell-assigned' and d.state -> 'origin' @>
                     jsonb_build_array(jsonb_build_object('id', ${organisationId}::text, 'tier', 'grassroots')))
           order by e.dossier_id, e.type <> 'cell-assigned', e.number) came
   where came."on" >= make_date(${year}, 1, 1) and came."on" < make_date(${year + 1}, 1, 1)`

/** The members whom the lines of a year name. */
export async function registerSubjects(read: Read, organisationId: string, year: number): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select distinct d.subject_id as id from (${entries(organisationId, year)}) e join dossier d on d.id = e.dossier_id`)
  return rows.map(({ id }) => id)
}

/** The lines of a year; voided letters keep their number and say so. */
export async function registerLines(
  read: Read,
  organisationId: string,
  year: number,
): Promise<RegisterEntry[]> {
  const rows = await read.rows<Row>(sql`
    select e.direction, e."on", e.back, e.hop, e.number, e.symbol, e."voidReason", d.state,
           (select r.symbol from paper r where r.dossier_id = d.id and r.kind = 'temporary-return') as "returnSymbol",
           m.full_name as "fullName", m.birth_date as "birthDate", m.birth_precision as "birthPrecision",
           m.joined_on as "joinedOn", m.joined_precision as "joinedPrecision", m.official_on as "officialOn",
           m.card_number as "cardNumber"
      from (${entries(organisationId, year)}) e
      join dossier d on d.id = e.dossier_id
      join member m on m.id = d.subject_id`)
  return rows.map(lineOf)
}

function lineOf(row: Row): RegisterEntry {
  const { state, back, direction } = row
  const cell = state.origin[0]!
  const origin = heirOf(state, committeeOf(state.origin) ?? cell)
  const host = state.host && heirOf(state, state.host)
  const hostCell = state.hostCell && heirOf(state, state.hostCell)
  const boxes = [
    [cell, origin],
    [origin, host],
    [host, hostCell],
  ] as const
  const [referring, receiving] = back ? [hostCell, origin] : boxes[row.hop ?? 1]!
  const [from, to] = back ? [host, origin] : row.hop === 2 ? [host, hostCell] : [origin, host]
  const symbol = row.symbol ?? (back ? row.returnSymbol : state.referral?.numbered?.symbol)
  const notes = [back ? 'Trở về' : '', row.voidReason ? `Đã hủy: ${row.voidReason}` : '']
  const note = notes.filter(Boolean).join('; ')
  return {
    number: row.number,
    on: row.on,
    fullName: row.fullName,
    bornOn: written(row.birthDate, row.birthPrecision),
    joinedOn: row.joinedOn ? written(row.joinedOn, row.joinedPrecision) : '',
    ...(row.officialOn ? { officialOn: row.officialOn } : {}),
    ...(row.cardNumber ? { cardNumber: row.cardNumber } : {}),
    direction,
    kind: 'temporary',
    counterpart: nameOf(direction === 'out' ? to : from),
    referring: actingName(referring),
    receiving: actingName(receiving),
    ...(direction === 'in' ? { destination: nameOf(to) } : {}),
    ...(symbol ? { referralNumber: symbol } : {}),
    voided: row.voidReason !== null,
    ...(note ? { note } : {}),
  }
}

const nameOf = (place: Place | undefined) => place?.name ?? ''
const actingName = (place: Place | undefined) => (place ? bodyName(place) : '')
