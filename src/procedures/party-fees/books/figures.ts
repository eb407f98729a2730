/** The figures of B01/ĐP: of cells from their lines, the ledger and what they shared out; of a committee from the reports below and its own share. */
import { sql, type Read } from '../../../kernel/db.ts'
import { firstDayOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { trueOn } from '../../../registry/day.ts'
import {
  ancestorsOn,
  COLUMNS as ORGANISATION,
  findOrganisations,
  type Organisation,
} from '../../../registry/organisations/store.ts'
import { togetherOf, type SentReport } from '../law/books/below.ts'
import {
  bookPeriod,
  cutOff,
  firstDayIn,
  lastDayIn,
  monthsIn,
  yearBegin,
  type BookPeriod,
} from '../law/books/book-period.ts'
import {
  addReports,
  checksOf,
  EMPTY_REPORT,
  inColumn,
  LEVEL_CODES,
  levelOf,
  NO_FIGURES,
  totalOf,
  type Code,
  type Figures,
  type Report,
} from '../law/books/report.ts'
import type { Period } from '../law/period.ts'
import { collectedBy, membersOn } from './cell-lines.ts'
import { byBooks, continuedOn, thereAtEndOf, type Continued } from './continued.ts'
import { columnIn } from './report-column.ts'
import { owedAt, receivedFromBelow, remittancesOf, type Remitted } from './remittances.ts'

/** An organisation with where it stands, as books name it. */
export interface Unit extends Pick<Organisation, 'id' | 'name' | 'kind' | 'tier' | 'holdsMembers'> {
  /** itself first, then up */
  readonly chain: readonly Organisation[]
  /** of what other organisations its books tell too */
  readonly continued: Continued
  /** the day it is seen on: later than was asked where it was not there yet */
  readonly day: PlainDate
}

/**
 * An organisation as it was on a day; one that was not there yet as it began, with the books of those that went into it.
 *
 * @throws Refusal not-found `organisation.unknown`
 */
export async function unitOf(read: Read, organisationId: string, asked: PlainDate): Promise<Unit> {
  const { day } = await read.one<{ day: PlainDate | null }>(sql`
    select min(greatest(p.valid_from, ${asked}::date)) as day from organisation_period p
     where p.organisation_id = ${organisationId} and (p.valid_to is null or ${asked}::date < p.valid_to)`)
  const chain = await ancestorsOn(read, organisationId, day ?? asked)
  const continued = await continuedOn(read, [organisationId], day ?? asked)
  const { id, name, kind, tier, holdsMembers } = chain[0]!
  return { id, name, kind, tier, holdsMembers, chain, continued, day: day ?? asked }
}

/** The organisation and those that went into it. */
export const booksOfUnit = ({ continued }: Pick<Unit, 'continued'>): readonly string[] => [
  ...continued.keys(),
]

/**
 * What is sent up or made public is said by who was there: figures of before are those of the organisations that went into it.
 *
 * @throws Refusal against-rule `party-fees.period-before-unit`
 */
export function requireThere({ day }: Unit, period: BookPeriod): void {
  if (day > lastDayIn(period)) throw new Refusal('against-rule', 'party-fees.period-before-unit')
}

/** Those directly below one of these that have to do with fees, by name. */
function unitsBelow(read: Read, superiors: readonly string[], day: PlainDate): Promise<Organisation[]> {
  return read.rows<Organisation>(sql`
    select ${ORGANISATION} from organisation_on(${day}::date) o
     where o.id in (select p.organisation_id from organisation_period p
                     where p.parent_id = any(${[...superiors]}::uuid[]) and ${trueOn('p', day)})
       and o.tier <> 'advisory'
     order by o.name_norm collate "C", o.id`)
}

const sumOf = (made: readonly Remitted[], key: 'keepVnd' | 'keptInLedgerVnd' | 'owedInLedgerVnd') =>
  made.reduce((all, each) => all + each[key], 0)

/** The share of an organisation itself: 04 and 12 are the ledger's, the levels are those of its documents, so that each proves the other. */
function shareOf(
  tier: string,
  made: readonly Remitted[],
  period: BookPeriod,
): Pick<Figures, Exclude<Code, '01' | '02' | '03' | '14'>> {
  const inPeriod = made.filter((each) => each.period >= period.from)
  const [ofPeriod, ofYear] = LEVEL_CODES[levelOf(tier)]
  const levels: Record<string, number> = { '05': 0, '06': 0, '07': 0, '09': 0, '10': 0, '11': 0 }
  levels[ofPeriod] = sumOf(inPeriod, 'keepVnd')
  levels[ofYear] = sumOf(made, 'keepVnd')
  return {
    ...(levels as Record<'05' | '06' | '07' | '09' | '10' | '11', number>),
    '04': sumOf(inPeriod, 'keptInLedgerVnd'),
    '08': sumOf(made, 'keptInLedgerVnd'),
    '12': sumOf(inPeriod, 'owedInLedgerVnd'),
    '13': sumOf(made, 'owedInLedgerVnd'),
  }
}

/**
 * The figures of organisations that hold members, from the books themselves; one question a kind of figure, however many they are.
 *
 * @param continued absent: as of the end of the period
 */
export async function figuresOfCells(
  read: Read,
  cells: readonly Pick<Organisation, 'id' | 'tier'>[],
  period: BookPeriod,
  today: PlainDate,
  continued?: Continued,
): Promise<ReadonlyMap<string, Figures>> {
  const begin = firstDayOf(yearBegin(period))
  const [cut, last] = [cutOff(period, today), lastDayIn(period)]
  const books =
    continued ??
    (await continuedOn(
      read,
      cells.map(({ id }) => id),
      cut,
    ))
  const ids = [...books.keys()]
  const [counted, collected, collectedYear, made, owing] = await Promise.all([
    membersOn(read, ids, cut),
    collectedBy(read, books, firstDayIn(period), cut),
    collectedBy(read, books, begin, cut),
    remittancesOf(read, ids, begin, last),
    owedAt(read, ids, last, cut),
  ])
  const [members, owed] = [byBooks(counted, books), byBooks(owing, books)]
  return new Map(
    cells.map(({ id, tier }) => [
      id,
      {
        ...NO_FIGURES,
        ...shareOf(
          tier,
          made.filter(({ organisationId }) => books.get(organisationId) === id),
          period,
        ),
        '01': members.get(id) ?? 0,
        '02': collected.get(id) ?? 0,
        '03': collectedYear.get(id) ?? 0,
        '14': owed.get(id) ?? 0,
      },
    ]),
  )
}

/** An organisation below, with what it said and what its books say now. */
export interface Below {
  readonly unit: Organisation
  /** absent: nothing, or not all, was sent */
  readonly report: Report | undefined
  readonly missing: Period | undefined
  readonly sentOn: PlainDate | undefined
  /** of what was sent */
  readonly failed: number
  /** it is not there any more and sent nothing: its books speak for it */
  readonly fromBooks: boolean
  /** a cell's books as they are now; absent for a committee below */
  readonly now: Figures | undefined
}

interface SentRow {
  readonly organisationId: string
  readonly name: string
  readonly report: Report
  readonly sentOn: PlainDate
}

/** The latest of each period that organisations sent to one of these superiors. */
async function sentTo(
  read: Read,
  superiors: readonly string[],
  from: PlainDate,
  until: PlainDate,
): Promise<SentRow[]> {
  return read.rows<SentRow>(sql`
    select distinct on (r.organisation_id, r.period_name) r.organisation_id as "organisationId", r.period_name as name, r.report,
           r.sent_on as "sentOn"
      from fee_report r
     where r.superior_id = any(${[...superiors]}::uuid[]) and r.from_month >= ${from}::date and r.from_month <= ${until}::date
     order by r.organisation_id, r.period_name, r.number desc`)
}

/** Those below at the end of the period, each with what was sent of it, and of what other organisations their books tell. */
export async function belowOf(
  read: Read,
  superiors: readonly string[],
  period: BookPeriod,
  today: PlainDate,
): Promise<{ readonly below: readonly Below[]; readonly continued: Continued }> {
  const cut = cutOff(period, today)
  const [units, sent] = await Promise.all([
    unitsBelow(read, superiors, cut),
    sentTo(read, superiors, firstDayIn(period), lastDayIn(period)),
  ])
  const continued = await continuedOn(
    read,
    units.map(({ id }) => id),
    cut,
  )
  const there = await thereAtEndOf(read, [...continued.keys()], monthsIn(period))
  const cells = units.filter(({ holdsMembers }) => holdsMembers)
  const now = await figuresOfCells(read, cells, period, today, ofCells(continued, cells))
  const living = new Set(
    (
      await findOrganisations(
        read,
        units.map(({ id }) => id),
        today,
      )
    ).map(({ id }) => id),
  )
  const reports = new Map<string, SentReport[]>()
  for (const { organisationId, name, report } of sent) {
    const own = reports.get(organisationId) ?? []
    reports.set(organisationId, [...own, { period: bookPeriod(name)!, report }])
  }
  const below: Below[] = []
  for (const unit of units) {
    const senders = (month: Period) => (there.get(month) ?? []).filter((id) => continued.get(id) === unit.id)
    const said = togetherOf(reports, unit.id, period, senders)
    const fromBooks = 'missing' in said && !living.has(unit.id)
    const report = fromBooks
      ? (await reportOf(read, await unitOf(read, unit.id, cut), period, today)).report
      : 'report' in said
        ? said.report
        : undefined
    const days = sent.filter(({ organisationId }) => continued.get(organisationId) === unit.id)
    below.push({
      unit,
      report,
      missing: 'missing' in said && !fromBooks ? said.missing : undefined,
      sentOn:
        report &&
        days
          .map(({ sentOn }) => sentOn)
          .toSorted()
          .at(-1),
      failed: report ? checksOf(report, period).filter(({ holds }) => !holds).length : 0,
      fromBooks,
      now: now.get(unit.id),
    })
  }
  return { below, continued }
}

/** Of these cells alone: figures of others are asked of their reports. */
function ofCells(continued: Continued, cells: readonly { readonly id: string }[]): Continued {
  const own = new Set(cells.map(({ id }) => id))
  return new Map([...continued].filter(([, books]) => own.has(books)))
}

/** B01 of an organisation, and for a committee what it was put together from. */
export interface ReportOf {
  readonly report: Report
  readonly below: readonly Below[]
  /** of a committee: what those below are to remit for the period, and what came from them in it */
  readonly onItsWay?: { readonly dueVnd: number; readonly receivedVnd: number }
}

export async function reportOf(
  read: Read,
  unit: Unit,
  period: BookPeriod,
  today: PlainDate,
): Promise<ReportOf> {
  const { column } = await columnIn(read, unit.chain, period.until)
  if (unit.holdsMembers) {
    const figures = (await figuresOfCells(read, [unit], period, today, unit.continued)).get(unit.id)!
    return { report: inColumn(column, figures), below: [] }
  }
  const [cut, last] = [cutOff(period, today), lastDayIn(period)]
  const books = booksOfUnit(unit)
  const [{ below }, made, owed, received] = await Promise.all([
    belowOf(read, books, period, today),
    remittancesOf(read, books, firstDayOf(yearBegin(period)), last),
    owedAt(read, books, last, cut),
    receivedFromBelow(read, books, firstDayIn(period), cut),
  ])
  const sum = below.reduce((all, { report }) => (report ? addReports(all, report) : all), EMPTY_REPORT)
  // What is to be remitted, and owed, is this organisation's own, not what those below owed it.
  const own = shareOf(unit.tier, made, period)
  const { '12': toRemit, '13': toRemitYear, ...kept } = own
  const without: Report = Object.fromEntries(
    Object.entries(sum).map(([each, figures]) => [each, { ...figures, '12': 0, '13': 0, '14': 0 }]),
  ) as unknown as Report
  const mine: Figures = {
    ...NO_FIGURES,
    ...kept,
    '12': toRemit,
    '13': toRemitYear,
    '14': byBooks(owed, unit.continued).get(unit.id) ?? 0,
  }
  const onItsWay = {
    dueVnd: totalOf(sum)['12'],
    receivedVnd: [...received.values()].reduce((all, each) => all + each, 0),
  }
  return { report: addReports(without, inColumn(column, mine)), below, onItsWay }
}
