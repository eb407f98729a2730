/** Correcting one fact of a record: judged as the import judges a row, then written with what follows from it. */
import { isUniqueViolation, sql, type Write } from '../../kernel/db.ts'
import { yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { foldName, nameSortKey } from '../../kernel/vietnamese-text.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import type { MemberField } from '../import/member-columns.ts'
import { judgeRow } from '../import/members.ts'
import type { Problem } from '../import/problems.ts'
import { listDate } from '../import/row-reader.ts'
import { PROBLEM_TEXTS } from '../import/texts.ts'
import { FACT_COLUMNS, type DatePrecision, type Member, type MemberFacts } from '../members/store.ts'

/** Facts somebody can report as wrong. Standing and organisation change by procedures, never by a correction. */
export const CORRECTABLE = [
  'fullName',
  'otherName',
  'sex',
  'birthDate',
  'ethnicity',
  'religion',
  'personalId',
  'oldIdNumber',
  'phone',
  'cardNumber',
  'cardPlace',
  'cardIssuedOn',
  'oldCardNumber',
  'joinedOn',
  'officialOn',
  'birthCountry',
  'birthProvince',
  'birthDetail',
  'birthCommune',
  'nativeCountry',
  'nativeProvince',
  'nativeDetail',
  'residenceCountry',
  'residenceProvince',
  'residenceDetail',
  'residenceCommune',
] as const satisfies readonly (keyof MemberFacts & MemberField)[]

export type CorrectableField = (typeof CORRECTABLE)[number]

export interface JudgingOptions {
  readonly today: PlainDate
  /** whether the test prefixes 003 and 099 count as valid */
  readonly allowTestPrefixes: boolean
}

/** A fact as a list would write it: what stands in the record now. */
export function listValue(
  facts: Pick<MemberFacts, CorrectableField | 'birthPrecision' | 'joinedPrecision'>,
  field: CorrectableField,
): string {
  const value = facts[field]
  if (value === null) return ''
  if (field === 'sex') return value === 'male' ? 'Nam' : 'Nữ'
  if (field === 'birthDate') return vagueDate(value, facts.birthPrecision)
  if (field === 'joinedOn') return vagueDate(value, facts.joinedPrecision)
  return field === 'officialOn' || field === 'cardIssuedOn' ? listDate(value) : value
}

function vagueDate(date: PlainDate, precision: DatePrecision): string {
  if (precision === 'year') return String(yearOf(date))
  return precision === 'month' ? listDate(date).slice(3) : listDate(date)
}

/** The record judged as a row of a list, one fact perhaps replaced by what is proposed. */
function judgeRecord(member: Member, options: JudgingOptions, change?: { field: string; value: string }) {
  const cells: Partial<Record<MemberField, Cell>> = {}
  for (const field of CORRECTABLE) {
    const text = change?.field === field ? change.value : listValue(member, field)
    if (text !== '') cells[field] = { kind: 'text', text }
  }
  cells.organisation = { kind: 'text', text: 'its own' }
  const organisation = {
    id: member.id,
    code: null,
    name: 'its own',
    path: '',
    holdsMembers: true,
    validFrom: '',
  }
  return judgeRow(
    { number: 1, cells },
    {
      ...options,
      fields: new Set(CORRECTABLE),
      matchOrganisation: () => ({ kind: 'found', organisation, how: 'exact' }),
      firstRowOf: () => undefined,
    },
  )
}

/** What in a record somebody should look at: missing, vague, or numbers that disagree (domain E.2: đúng, đủ, sạch). */
export function recordProblems(member: Member, options: JudgingOptions): Problem[] {
  return judgeRecord(member, options).problems.filter((problem) => problem.severity !== 'repaired')
}

/**
 * The facts that a correction changes.
 *
 * @param value as a list writes it: dd/mm/yyyy, Nam or Nữ; '' takes an optional fact out
 * @throws Refusal against-rule `correction.does-not-fit` {why} when an import would hold the record back for it;
 *   `correction.record-unfit` {why} when it would hold it back for another fact, which has to be corrected first
 */
export function correctedFacts(
  member: Member,
  field: CorrectableField,
  value: string,
  options: JudgingOptions,
): Partial<MemberFacts> {
  const held = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'held-back')
  const keyOf = (problem: Problem) => `${problem.code} ${problem.field}`
  const before = new Set(held(judgeRecord(member, options).problems).map(keyOf))
  const judged = judgeRecord(member, options, { field, value })
  const stillHeld = held(judged.problems)
  const brought = stillHeld.find((problem) => problem.field === field || !before.has(keyOf(problem)))
  if (brought) throw new Refusal('against-rule', 'correction.does-not-fit', asFacts(brought))
  const [other] = stillHeld
  if (other || !judged.member) throw new Refusal('against-rule', 'correction.record-unfit', asFacts(other))
  const facts: Partial<MemberFacts> = { [field]: judged.member[field] }
  if (field === 'birthDate') return { ...facts, birthPrecision: judged.member.birthPrecision }
  return field === 'joinedOn' ? { ...facts, joinedPrecision: judged.member.joinedPrecision } : facts
}

/** Which rule of the import, and its words: they are about the fact, not about the person. */
function asFacts(problem: Problem | undefined) {
  const words = problem && PROBLEM_TEXTS[problem.code].vi
  const why = words ? [words.what, words.fix].filter(Boolean).join('. ') : ''
  return {
    facts: { problem: problem?.code ?? '', why },
    fields: [{ field: 'value', code: problem?.code ?? 'unfit' }],
  }
}

/**
 * Writes corrected facts; a name brings its search and sort keys along.
 *
 * @throws Refusal conflict `correction.personal-id-taken`
 */
export async function writeFacts(write: Write, memberId: string, facts: Partial<MemberFacts>): Promise<void> {
  const columns: [string, string | null][] = Object.entries(facts).map(([name, value]) => [
    FACT_COLUMNS[name as keyof MemberFacts],
    value,
  ])
  if (facts.fullName !== undefined)
    columns.push(['name_norm', foldName(facts.fullName)], ['sort_key', nameSortKey(facts.fullName)])
  const assignments = columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  try {
    await write.run(
      sql`update member set ${sql.join([...assignments, sql`updated_at = now()`])} where id = ${memberId}`,
    )
  } catch (error) {
    if (isUniqueViolation(error, 'member_personal_id'))
      throw new Refusal('conflict', 'correction.personal-id-taken')
    throw error
  }
}
