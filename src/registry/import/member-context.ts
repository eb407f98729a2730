/** What a row of a list of members is judged against, and the row as it is read. */
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { MemberField } from './member-columns.ts'
import type { NameMatch } from './organisation-names.ts'
import type { RowReader } from './row-reader.ts'

/** What a row is judged against. */
export interface MemberContext {
  readonly today: PlainDate
  /** whether prefixes 003 and 099 count as valid: the demo and tests */
  readonly allowTestPrefixes: boolean
  /** the columns the list has: only what could have been filled in is missed */
  readonly fields: ReadonlySet<MemberField>
  matchOrganisation(name: string): NameMatch
  /** the first row of this list with that personal ID, if there was one */
  firstRowOf(personalId: string): number | undefined
}

export type MemberRow = RowReader<MemberField>
