/** The referral register (sổ giới thiệu sinh hoạt đảng, Mẫu 10-SHĐ) of one organisation: what it referred out, what it received. */
import { createHash } from 'node:crypto'
import { sql, type Database, type Read } from '../../../kernel/db.ts'
import { todayIn, type PlainDate } from '../../../kernel/plain-date.ts'
import { bodyName, headingOf, seatOf, written } from '../../../papers/bodies.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import type { ReferralRegisterPaper, RegisterLine } from '../../../papers/layout.ts'
import { loadFile } from '../../../papers/store.ts'
import type { DatePrecision } from '../../../registry/members/store.ts'
import { ancestorsOn } from '../../../registry/organisations/store.ts'
import { placeOf } from '../gather.ts'
import { grassrootsIn, type Place } from '../law/route.ts'
import type { Transfer } from '../law/states.ts'

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

/** The lines of a year in the order of their days; voided letters keep their number and say so. */
export async function registerLines(
  read: Read,
  organisationId: string,
  year: number,
): Promise<RegisterLine[]> {
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
       and (e.data ->> 'receivedOn')::date < make_date(${year + 1}, 1, 1)
     order by 2, 1, 3`)
  const own = (await ancestorsOn(read, organisationId, `${year}-12-31`)).find(
    (place) => place.tier === 'province',
  )?.id
  return rows.map((row, index) => lineOf(row, index + 1, own))
}

function lineOf(row: Row, ordinal: number, ownProvince: string | undefined): RegisterLine {
  const { state } = row
  const last = state.hops.at(-1)
  const hop = row.hop === null ? last : state.hops[row.hop]
  const from = state.origin[grassrootsIn(state.origin)] ?? state.origin[0]!
  const receiver = state.route?.receiver
  const sameProvince = state.origin.some((place) => place.id === ownProvince)
  const reach = sameProvince ? 'inside-province' : 'outside-province'
  return {
    ordinal,
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

/** The register of a year as a paper's data. */
export async function registerPaper(
  read: Read,
  organisationId: string,
  year: number,
  today: PlainDate,
): Promise<{ data: Omit<ReferralRegisterPaper, 'title' | 'madeAt' | 'verifyUrl' | 'test'>; place: Place }> {
  const chain = (await ancestorsOn(read, organisationId, today)).map(placeOf)
  const place = chain[0]!
  return {
    place,
    data: {
      heading: headingOf(chain, place, place.tier === 'advisory'),
      from: `${year}-01-01`,
      to: today < `${year}-12-31` ? today : `${year}-12-31`,
      lines: await registerLines(read, organisationId, year),
      place: seatOf(chain, place),
      on: today,
      signing: { position: 'XÁC NHẬN CỦA HỆ THỐNG', name: 'Trích từ sổ điện tử', seal: false },
    },
  }
}

/** The register of a year as a PDF the system's seal keeps whole; the same content of a day is issued once. */
export async function issueRegister(
  database: Database,
  services: PaperServices,
  organisationId: string,
  year: number,
  at: Date,
): Promise<Uint8Array> {
  return database.transaction(async (write) => {
    const { data } = await registerPaper(write, organisationId, year, todayIn(at))
    const contentDigest = createHash('sha256').update(JSON.stringify(data)).digest('hex')
    const issued = () =>
      write.maybe<{ sha256: string }>(sql`
        select sha256 from paper
         where organisation_id = ${organisationId} and kind = 'referral-register' and content_digest = ${contentDigest}`)
    const known = await issued()
    if (known) return (await loadFile(write, known.sha256)).bytes
    await issue(
      write,
      services,
      {
        kind: 'referral-register',
        hop: null,
        dossierId: null,
        organisationId,
        title: `Sổ giới thiệu sinh hoạt đảng ${year}`,
        contentDigest,
        content: (frame) => ({ template: 'referral-register', data: { ...frame, ...data } }),
        sign: { place: 'person', as: 'system' },
      },
      at,
    )
    return (await loadFile(write, (await issued())!.sha256)).bytes
  })
}
