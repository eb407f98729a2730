/** Members (đảng viên) as the registry knows them: one by id or number, and their lists within organisations. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Sex } from '../../kernel/personal-id.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** How exactly a date of an old file is known. A date known to the year is kept as 1 January. */
export type DatePrecision = 'day' | 'month' | 'year'

/** active and exempt are counted; exempt: miễn công tác và sinh hoạt; left: ra khỏi Đảng; removed: xóa tên. */
export type Standing = 'active' | 'exempt' | 'left' | 'removed' | 'deceased'

/** The facts of a member, named as the fields of the clean-up list (domain E.4). */
export interface MemberFacts {
  /** the id of the list the member came with; only meaningful within that list */
  readonly listId: string | null
  readonly fullName: string
  readonly otherName: string | null
  readonly sex: Sex
  readonly birthDate: PlainDate
  readonly birthPrecision: DatePrecision
  readonly ethnicity: string | null
  readonly religion: string | null
  /** số định danh cá nhân, twelve digits */
  readonly personalId: string
  readonly cardNumber: string | null
  readonly cardPlace: string | null
  readonly cardIssuedOn: PlainDate | null
  /** số thẻ theo Quyết định 85 */
  readonly oldCardNumber: string | null
  readonly birthCountry: string | null
  readonly birthProvince: string | null
  readonly birthDetail: string | null
  readonly nativeCountry: string | null
  readonly nativeProvince: string | null
  readonly nativeDetail: string | null
  readonly residenceCountry: string | null
  readonly residenceProvince: string | null
  readonly residenceDetail: string | null
  readonly birthCommune: string | null
  readonly residenceCommune: string | null
  readonly joinedOn: PlainDate | null
  readonly joinedPrecision: DatePrecision
  /** null: a probationary member (đảng viên dự bị) */
  readonly officialOn: PlainDate | null
  /** số CMND 9 số */
  readonly oldIdNumber: string | null
  readonly phone: string | null
  readonly note: string | null
  readonly standing: Standing
  readonly endedOn: PlainDate | null
  readonly deletionRequested: string | null
}

export interface Member extends MemberFacts {
  readonly id: string
  /** số lý lịch */
  readonly cvNumber: string | null
}

/** Every fact and the column that keeps it. */
export const FACT_COLUMNS: Readonly<Record<keyof MemberFacts, string>> = {
  listId: 'list_id',
  fullName: 'full_name',
  otherName: 'other_name',
  sex: 'sex',
  birthDate: 'birth_date',
  birthPrecision: 'birth_precision',
  ethnicity: 'ethnicity',
  religion: 'religion',
  personalId: 'personal_id',
  cardNumber: 'card_number',
  cardPlace: 'card_place',
  cardIssuedOn: 'card_issued_on',
  oldCardNumber: 'old_card_number',
  birthCountry: 'birth_country',
  birthProvince: 'birth_province',
  birthDetail: 'birth_detail',
  nativeCountry: 'native_country',
  nativeProvince: 'native_province',
  nativeDetail: 'native_detail',
  residenceCountry: 'residence_country',
  residenceProvince: 'residence_province',
  residenceDetail: 'residence_detail',
  birthCommune: 'birth_commune',
  residenceCommune: 'residence_commune',
  joinedOn: 'joined_on',
  joinedPrecision: 'joined_precision',
  officialOn: 'official_on',
  oldIdNumber: 'old_id_number',
  phone: 'phone',
  note: 'note',
  standing: 'standing',
  endedOn: 'ended_on',
  deletionRequested: 'deletion_requested',
}

/** The facts of `member m`, each under its name in `MemberFacts`. */
export const FACTS = sql.join(
  Object.entries(FACT_COLUMNS).map(([name, column]) => sql`m.${sql.ref(column)} as ${sql.ref(name)}`),
)

const MEMBER = sql`m.id, m.cv_number as "cvNumber", ${FACTS}`

export async function findMember(read: Read, id: string): Promise<Member | undefined> {
  return read.maybe<Member>(sql`select ${MEMBER} from member m where m.id = ${id}`)
}

/** @throws Refusal not-found `member.unknown` */
export async function getMember(read: Read, id: string): Promise<Member> {
  const member = await findMember(read, id)
  if (!member) throw new Refusal('not-found', 'member.unknown')
  return member
}

/** By the whole personal ID, wherever the member belongs. */
export async function findMemberByPersonalId(read: Read, personalId: string): Promise<Member | undefined> {
  return read.maybe<Member>(sql`select ${MEMBER} from member m where m.personal_id = ${personalId}`)
}

/** Probationary (dự bị) on a day: joined, not yet official. */
export function isProbationary(member: Pick<Member, 'officialOn'>, day: PlainDate): boolean {
  return member.officialOn === null || member.officialOn > day
}
