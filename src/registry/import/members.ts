/** Judging one row of a list of members: imported, mended by name, or held back with the reason. Pure: asks no database. */
import { addMonths, compare, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { nfc, titleCaseName } from '../../kernel/vietnamese-text.ts'
import type { MemberFacts } from '../members/store.ts'
import { judgeNumbers } from './member-numbers.ts'
import { PLAIN_TEXTS, STARRED_TEXTS, type MemberField } from './member-columns.ts'
import type { MemberContext, MemberRow } from './member-context.ts'
import { judgeStanding } from './member-standing.ts'
import type { NamedOrganisation } from './organisation-names.ts'
import { outcomeOf, type Outcome, type Problem } from './problems.ts'
import { listDate, readRow, type ReadDate } from './row-reader.ts'
import type { TableRow } from '../../spreadsheets/table.ts'

export interface JudgedRow {
  readonly row: number
  readonly outcome: Exclude<Outcome, 'unchanged'>
  /** present unless held back */
  readonly member?: MemberFacts
  readonly organisation?: NamedOrganisation
  /** the row's ID, once it is a usable one: the next row with the same is the second */
  readonly personalId?: string
  readonly problems: readonly Problem[]
}

/** Judges one row; every defect becomes one problem. */
export function judgeRow(tableRow: TableRow<MemberField>, context: MemberContext): JudgedRow {
  const row = readRow(tableRow)
  if (!isRecord(row)) {
    row.report('row.not-a-record', 'held-back', 'row', { found: firstShown(tableRow) })
    return { row: row.row, outcome: 'held-back', problems: row.problems }
  }
  const fullName = judgeName(row)
  const birth = judgeBirth(row, context.today)
  const { personalId, sex, cardNumber, cardIssuedOn, oldCardNumber, oldIdNumber, phone } = judgeNumbers(
    row,
    context,
    birth && yearOf(birth.date),
  )
  const organisation = judgeOrganisation(row, context)
  const { joined, officialOn } = judgePartyDates(row, birth, context.today)
  if (cardNumber !== null && cardIssuedOn !== null && officialOn !== null && cardIssuedOn < officialOn)
    row.report('date.card-before-official', 'warning', 'cardIssuedOn')
  const { standing, endedOn } = judgeStanding(row, context)
  const texts = judgeTexts(row, context)

  const outcome = outcomeOf(row.problems)
  const judged = {
    row: row.row,
    outcome,
    problems: row.problems,
    ...(personalId === undefined ? {} : { personalId }),
  }
  if (
    outcome === 'held-back' ||
    !birth ||
    !joined ||
    !sex ||
    !fullName ||
    !organisation ||
    !personalId ||
    !standing
  )
    return judged
  const member: MemberFacts = {
    ...texts,
    fullName,
    sex,
    birthDate: birth.date,
    birthPrecision: birth.precision,
    personalId,
    cardNumber,
    cardIssuedOn,
    oldCardNumber,
    oldIdNumber,
    phone,
    joinedOn: joined.date,
    joinedPrecision: joined.precision,
    officialOn,
    standing,
    endedOn,
  }
  return { ...judged, member, organisation }
}

/** A row without a name, or with nothing but one, is a heading, a sum or a signature. */
function isRecord(row: MemberRow): boolean {
  const told = (field: MemberField) => row.shown(field).trim() !== ''
  return told('fullName') && (told('birthDate') || told('personalId') || told('organisation'))
}

function firstShown(tableRow: TableRow<MemberField>): string {
  const reader = readRow(tableRow)
  const texts = (Object.keys(tableRow.cells) as MemberField[]).map((field) => reader.shown(field).trim())
  return texts
    .filter((text) => text !== '')
    .join(' | ')
    .slice(0, 100)
}

/** Letters of any script, and what stands between the parts of a name. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}\s.,'’ʼ()-]*$/u

function judgeName(row: MemberRow): string | undefined {
  const tidy = row.text('fullName')
  if (tidy === null) return undefined
  if (!NAME.test(tidy)) {
    row.report('full-name.implausible', 'held-back', 'fullName')
    return undefined
  }
  const oneCase = tidy === tidy.toUpperCase() || tidy === tidy.toLowerCase()
  const name = oneCase ? titleCaseName(tidy) : tidy
  if (name !== nfc(row.shown('fullName')))
    row.report('full-name.form', 'repaired', 'fullName', { repair: name })
  return name
}

function judgeBirth(row: MemberRow, today: PlainDate): ReadDate | undefined {
  if (row.shown('birthDate').trim() === '') {
    row.report('field.missing', 'held-back', 'birthDate')
    return undefined
  }
  const birth = row.date('birthDate')
  if (birth === undefined || compare(birth.date, today) <= 0) return birth
  row.report('date.in-future', 'held-back', 'birthDate')
  return undefined
}

const OF_AGE_MONTHS = 18 * 12
const PROBATION_MONTHS = 12

/** Joining and official: in order, and not before they can be (the ages are warnings, domain E.6). */
function judgePartyDates(row: MemberRow, birth: ReadDate | undefined, today: PlainDate) {
  if (row.shown('joinedOn').trim() === '') row.report('field.missing', 'held-back', 'joinedOn')
  const joined = row.date('joinedOn')
  const officialOn = row.exactDate('officialOn', 'held-back')
  if (joined && compare(joined.date, today) > 0) row.report('date.in-future', 'held-back', 'joinedOn')
  if (officialOn && compare(officialOn, today) > 0) row.report('date.in-future', 'held-back', 'officialOn')
  if (joined && officialOn && officialOn < joined.date)
    row.report('date.official-before-joining', 'held-back', 'officialOn', {
      found: `${listDate(officialOn)} < ${listDate(joined.date)}`,
    })
  else if (joined?.precision === 'day' && officialOn && officialOn < addMonths(joined.date, PROBATION_MONTHS))
    row.report('date.official-early', 'warning', 'officialOn')
  if (
    birth?.precision === 'day' &&
    joined?.precision === 'day' &&
    joined.date < addMonths(birth.date, OF_AGE_MONTHS)
  )
    row.report('date.joined-young', 'warning', 'joinedOn')
  return { joined, officialOn }
}

function judgeOrganisation(row: MemberRow, context: MemberContext): NamedOrganisation | undefined {
  const name = row.text('organisation')
  if (name === null) {
    row.report('field.missing', 'held-back', 'organisation')
    return undefined
  }
  const match = context.matchOrganisation(name)
  if (match.kind === 'ambiguous') row.report('organisation.ambiguous', 'held-back', 'organisation')
  if (match.kind === 'unknown') {
    const { nearest } = match
    row.report(
      'organisation.unknown',
      'held-back',
      'organisation',
      nearest.length > 0 ? { fix: `Ghi đúng tên chi bộ. Gần nhất: ${nearest.join('; ')}.` } : {},
    )
  }
  if (match.kind !== 'found') return undefined
  if (!match.organisation.holdsMembers) {
    row.report('organisation.holds-no-members', 'held-back', 'organisation')
    return undefined
  }
  if (match.how !== 'exact')
    row.report(`organisation.${match.how}`, 'repaired', 'organisation', { repair: match.organisation.name })
  return match.organisation
}

type Texts = Pick<MemberFacts, (typeof PLAIN_TEXTS)[number] | (typeof STARRED_TEXTS)[number]>

function judgeTexts(row: MemberRow, context: MemberContext): Texts {
  const texts: Partial<Record<MemberField, string | null>> = {}
  for (const field of PLAIN_TEXTS) texts[field] = row.text(field)
  for (const field of STARRED_TEXTS) {
    texts[field] = row.text(field)
    if (texts[field] === null && context.fields.has(field)) row.report('field.missing', 'warning', field)
  }
  if (texts.deletionRequested) row.report('deletion.requested', 'warning', 'deletionRequested')
  return texts as Texts
}
