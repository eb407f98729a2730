/** The figures of B01/ĐP: of cells from their lines, the ledger and what they shared out; of a committee from the reports below and its own share. */
import { sql, type Read } from '../../../kernel/db.ts'
import { firstDayOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { trueOn } from '../../../registry/day.ts'
import {
  ancestorsOn,
  COLUMNS as ORGANISATION,
  type Organisation,
} from '../../../registry/organisations/store.ts'
import { together, type SentReport } from '../law/books/below.ts'
import {
  bookPeriod,
  cutOff,
  firstDayIn,
  lastDayIn,
  yearBegin,
  type BookPeriod,
} from '../law/books/book-period.ts'
import {
  addReports,
  checksOf,
  columnOf,
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
import { membersOn } from './cell-lines.ts'
import { owedAt, receivedFromBelow, remittancesOf, type Remitted } from './remittances.ts'

/** An organisation with where it stands, as books name it. */
export interface Unit extends Pick<Organisation, 'id' | 'name' | 'kind' | 'tier' | 'holdsMembers'> {
  /** itself first, then up */
  readonly chain: readonly Organisation[]
}

export async function unitOf(read: Read, organisationId: string, day: PlainDate): Promise<Unit> {
  const chain = await ancestorsOn(read, organisationId, day)
  const { id, name, kind, tier, holdsMembers } = chain[0]!
  return { id, name, kind, tier, holdsMembers, chain }
}

/** Those directly below that have to do with fees, by name. */
export function unitsBelow(read: Read, organisationId: string, day: PlainDate): Promise<Organisation[]> {
  return read.rows<Organisation>(sql`
    select ${ORGANISATION} from organisation_on(${day}::date) o
     where o.id in (select p.organisation_id from organisation_period p where p.parent_id = ${organisationId} and ${trueOn('p', day)})
       and o.tier <> 'advisory'
     order by o.name_norm collate "C", o.id`)
}

/** What cells collected between two days: by the day of the money, what was paid back taken off. */
export async function collectedBy(
  read: Read,
  cells: readonly string[],
  from: PlainDate,
  until: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const rows = await read.rows<{ id: string; collected: number }>(sql`
    select t.debit_owner as id, sum(case t.kind when 'paid' then t.amount_vnd else -t.amount_vnd end)::bigint as collected
      from ledger_transfer t
     where t.debit_owner = any(${[...cells]}::uuid[]) and t.on_day between ${from}::date and ${until}::date
       and t.kind in ('paid', 'refunded')
     group by t.debit_owner`)
  return new Map(rows.map(({ id, collected }) => [id, collected]))
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

/** The figures of organisations that hold members, from the books themselves; one question a kind of figure, however many they are. */
export async function figuresOfCells(
  read: Read,
  cells: readonly Pick<Organisation, 'id' | 'tier'>[],
  period: BookPeriod,
  today: PlainDate,
): Promise<ReadonlyMap<string, Figures>> {
  const ids = cells.map(({ id }) => id)
  const begin = firstDayOf(yearBegin(period))
  const [cut, last] = [cutOff(period, today), lastDayIn(period)]
  const [members, collected, collectedYear, made, owed] = await Promise.all([
    membersOn(read, ids, cut),
    collectedBy(read, ids, firstDayIn(period), cut),
    collectedBy(read, ids, begin, cut),
    remittancesOf(read, ids, begin, last),
    owedAt(read, ids, last, cut),
  ])
  return new Map(
    cells.map(({ id, tier }) => [
      id,
      {
        ...NO_FIGURES,
        ...shareOf(
          tier,
          made.filter(({ organisationId }) => organisationId === id),
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
  /** a cell's books as they are now; absent for a committee below */
  readonly now: Figures | undefined
}

interface SentRow {
  readonly organisationId: string
  readonly name: string
  readonly report: Report
  readonly sentOn: PlainDate
}

/** The latest of each period of the year that these organisations sent to this superior. */
async function sentTo(read: Read, superior: string, from: PlainDate, until: PlainDate): Promise<SentRow[]> {
  return read.rows<SentRow>(sql`
    select distinct on (r.organisation_id, r.period_name) r.organisation_id as "organisationId", r.period_name as name, r.report,
           r.sent_on as "sentOn"
      from fee_report r
     where r.superior_id = ${superior} and r.from_month >= ${from}::date and r.from_month <= ${until}::date
     order by r.organisation_id, r.period_name, r.number desc`)
}

export async function belowOf(
  read: Read,
  superior: string,
  period: BookPeriod,
  today: PlainDate,
): Promise<Below[]> {
  const cut = cutOff(period, today)
  const [units, sent] = await Promise.all([
    unitsBelow(read, superior, cut),
    sentTo(read, superior, firstDayIn(period), lastDayIn(period)),
  ])
  const cells = units.filter(({ holdsMembers }) => holdsMembers)
  const now = await figuresOfCells(read, cells, period, today)
  return units.map((unit): Below => {
    const own = sent.filter(({ organisationId }) => organisationId === unit.id)
    const reports: SentReport[] = own.map(({ name, report }) => ({ period: bookPeriod(name)!, report }))
    const said = together(reports, period)
    const report = 'report' in said ? said.report : undefined
    return {
      unit,
      report,
      missing: 'missing' in said ? said.missing : undefined,
      sentOn:
        report &&
        own
          .map(({ sentOn }) => sentOn)
          .toSorted()
          .at(-1),
      failed: report ? checksOf(report, period).filter(({ holds }) => !holds).length : 0,
      now: now.get(unit.id),
    }
  })
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
  const column = columnOf(unit.chain)
  if (unit.holdsMembers) {
    const figures = (await figuresOfCells(read, [unit], period, today)).get(unit.id)!
    return { report: inColumn(column, figures), below: [] }
  }
  const [cut, last] = [cutOff(period, today), lastDayIn(period)]
  const [below, made, owed, received] = await Promise.all([
    belowOf(read, unit.id, period, today),
    remittancesOf(read, [unit.id], firstDayOf(yearBegin(period)), last),
    owedAt(read, [unit.id], last, cut),
    receivedFromBelow(read, unit.id, firstDayIn(period), cut),
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
    '14': owed.get(unit.id) ?? 0,
  }
  const onItsWay = {
    dueVnd: totalOf(sum)['12'],
    receivedVnd: [...received.values()].reduce((all, each) => all + each, 0),
  }
  return { report: addReports(without, inColumn(column, mine)), below, onItsWay }
}
