/** Adds one person by hand: the first administrator of a new installation, whom no list has brought yet. */
import { sql, type Write } from '../../kernel/db.ts'
import { checkPersonalId, type Sex } from '../../kernel/personal-id.ts'
import { plainDate, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { foldName, nameSortKey, tidyText } from '../../kernel/vietnamese-text.ts'

export interface PersonToAdd {
  readonly personalId: string
  readonly fullName: string
  readonly sex: Sex
  readonly birthDate: PlainDate
}

/**
 * Adds the person, counted in no organisation: a list that names them later says where.
 *
 * @returns the member's id
 * @throws Refusal invalid `member.personal-id-invalid` {finding} for a number that is none or does not fit sex and year of
 *   birth; conflict `member.personal-id-taken`
 */
export async function addPerson(
  write: Write,
  person: PersonToAdd,
  options: { allowTestPrefixes: boolean },
): Promise<string> {
  const birthDate = plainDate(person.birthDate)
  const facts = { sex: person.sex, birthYear: yearOf(birthDate), ...options }
  const [finding] = checkPersonalId(person.personalId, facts)
  if (finding)
    throw new Refusal('invalid', 'member.personal-id-invalid', { facts: { finding: finding.code } })
  const fullName = tidyText(person.fullName)
  const row = await write.maybe<{ id: string }>(sql`
    insert into member (full_name, name_norm, sort_key, sex, birth_date, personal_id)
    values (${fullName}, ${foldName(fullName)}, ${nameSortKey(fullName)}, ${person.sex}, ${birthDate}, ${person.personalId})
    on conflict (personal_id) do nothing returning id`)
  if (!row) throw new Refusal('conflict', 'member.personal-id-taken')
  return row.id
}
