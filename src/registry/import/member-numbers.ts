/** The numbers of a row and the sex that the personal ID confirms: repaired only where the row's own facts agree. */
import {
  checkPersonalId,
  personalIdParts,
  repairPersonalId,
  type PersonalIdRepair,
  type Sex,
} from '../../kernel/personal-id.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { foldName, nfc } from '../../kernel/vietnamese-text.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import type { MemberContext, MemberRow } from './member-context.ts'

/** What the list wants to be written. */
const SEX_WORDS: Readonly<Record<Sex, string>> = { male: 'Nam', female: 'Nữ' }

/** Other words met for it, without diacritics and marks. */
const FREE_WORDS: Readonly<Record<string, Sex>> = {
  nam: 'male',
  m: 'male',
  male: 'male',
  ong: 'male',
  nu: 'female',
  f: 'female',
  female: 'female',
  ba: 'female',
}

interface SexCell {
  readonly kind: 'as-wanted' | 'free-text' | 'unclear' | 'missing'
  readonly sex?: Sex
}

function readSex(row: MemberRow): SexCell {
  const shown = row.shown('sex')
  if (shown.trim() === '') return { kind: 'missing' }
  const text = row.text('sex') ?? ''
  const wanted = (Object.keys(SEX_WORDS) as Sex[]).find((sex) => SEX_WORDS[sex] === nfc(shown))
  if (wanted) return { kind: 'as-wanted', sex: wanted }
  const sex = FREE_WORDS[foldName(text).replace(/[^a-z]/g, '')]
  return sex === undefined ? { kind: 'unclear' } : { kind: 'free-text', sex }
}

export interface MemberNumbers {
  readonly personalId: string | undefined
  readonly sex: Sex | undefined
  readonly cardNumber: string | null
  readonly cardIssuedOn: PlainDate | null
  readonly oldCardNumber: string | null
  readonly oldIdNumber: string | null
  readonly phone: string | null
}

/** Judges personal ID, sex and card together, for they confirm each other; and the other numbers, each alone. */
export function judgeNumbers(
  row: MemberRow,
  context: MemberContext,
  birthYear: number | undefined,
): MemberNumbers {
  const sexCell = readSex(row)
  const personalId = judgePersonalId(row, context, { sex: sexCell.sex, birthYear })
  const sex = judgeSex(row, sexCell, personalId, birthYear)
  if (personalId !== undefined && sex !== undefined) {
    const findings = checkPersonalId(personalId, {
      sex,
      birthYear,
      allowTestPrefixes: context.allowTestPrefixes,
    })
    if (findings.length > 0) row.report('personal-id.disagrees', 'warning', 'personalId')
  }
  const cardNumber = judgeCard(row, personalId)
  const cardIssuedOn = row.exactDate('cardIssuedOn', 'warning')
  if (cardNumber === null && cardIssuedOn !== null) row.report('card-number.missing', 'warning', 'cardNumber')
  return {
    personalId,
    sex,
    cardNumber,
    cardIssuedOn,
    oldCardNumber: digitsOf(row, 'oldCardNumber'),
    oldIdNumber: digitsOf(row, 'oldIdNumber', 9),
    phone: digitsOf(row, 'phone', 10),
  }
}

/** The cell as `repairPersonalId` takes it. */
function rawId(row: MemberRow): string | number {
  const cell: Cell | undefined = row.cell('personalId')
  const text = row.text('personalId') ?? ''
  return cell?.kind === 'number' ? cell.value : text
}

function judgePersonalId(
  row: MemberRow,
  context: MemberContext,
  person: { sex: Sex | undefined; birthYear: number | undefined },
): string | undefined {
  const raw = rawId(row)
  const repair = repairPersonalId(raw, person, { allowTestPrefixes: context.allowTestPrefixes })
  if (repair.kind === 'held-back') {
    reportUnusable(row, repair)
    return undefined
  }
  const { id } = repair
  if (
    checkPersonalId(id, { allowTestPrefixes: context.allowTestPrefixes }).some(
      (finding) => finding.severity === 'error',
    )
  ) {
    row.report('personal-id.province-unknown', 'held-back', 'personalId')
    return undefined
  }
  if (repair.kind === 'repaired') {
    const code = repair.repair === 'zeros-restored' ? 'personal-id.zeros-lost' : 'personal-id.blanks'
    row.report(code, 'repaired', 'personalId', { repair: id })
  }
  const first = context.firstRowOf(id)
  if (first !== undefined)
    row.report('personal-id.duplicate', 'held-back', 'personalId', {
      fix: `Trùng với dòng ${first}: giữ một dòng; nếu là hai người thì sửa số định danh.`,
    })
  return id
}

function reportUnusable(row: MemberRow, repair: Extract<PersonalIdRepair, { kind: 'held-back' }>): void {
  if (repair.reason === 'missing') return row.report('personal-id.missing', 'held-back', 'personalId')
  const padded = repair.reason === 'padding-does-not-fit' || repair.reason === 'sex-or-birth-year-missing'
  if (padded) return row.report('personal-id.zeros-lost', 'held-back', 'personalId')
  // E.6: card and ID were the same in every case compared; a hint for the human, never a repair
  const card = row.shown('cardNumber').trim()
  const hint = /^\d{12}$/.test(card) ? ` Số thẻ ghi ${card}: thường trùng với số định danh.` : ''
  row.report('personal-id.malformed', 'held-back', 'personalId', {
    fix: `Đối chiếu căn cước và ghi đủ 12 số.${hint}`,
  })
}

/** A sex not written as the list wants it is taken only when the personal ID confirms it. */
function judgeSex(
  row: MemberRow,
  { kind, sex }: SexCell,
  personalId: string | undefined,
  birthYear: number | undefined,
): Sex | undefined {
  if (kind === 'as-wanted') return sex
  const parts = personalId === undefined ? undefined : personalIdParts(personalId)
  const confirmed = parts !== undefined && parts.birthYear === birthYear ? parts.sex : undefined
  if (kind === 'missing') {
    if (confirmed) row.report('sex.missing', 'repaired', 'sex', { repair: SEX_WORDS[confirmed] })
    else row.report('sex.missing', 'held-back', 'sex')
    return confirmed
  }
  if (kind === 'free-text' && sex !== undefined && sex === confirmed) {
    row.report('sex.free-text', 'repaired', 'sex', { repair: SEX_WORDS[sex] })
    return sex
  }
  row.report('sex.unclear', 'held-back', 'sex')
  return undefined
}

/** Twelve digits (38-HD/BTCTW), usually the personal ID: a number that lost its zeros is restored only when it is. */
function judgeCard(row: MemberRow, personalId: string | undefined): string | null {
  const text = row.text('cardNumber')?.replace(/\s/g, '') ?? null
  if (text === null) return null
  if (/^\d{12}$/.test(text)) {
    if (personalId !== undefined && text !== personalId)
      row.report('card-number.differs', 'warning', 'cardNumber')
    return text
  }
  if (/^\d+$/.test(text) && text.padStart(12, '0') === personalId) {
    row.report('card-number.zeros-lost', 'repaired', 'cardNumber', { repair: personalId })
    return personalId
  }
  row.report('card-number.malformed', 'warning', 'cardNumber')
  return text
}

/** Digits of a number whose zeros may be lost: restored when the right length is known, else only warned about. */
function digitsOf(
  row: MemberRow,
  field: 'oldCardNumber' | 'oldIdNumber' | 'phone',
  length?: number,
): string | null {
  const text = row.text(field)
  if (text === null || row.cell(field)?.kind !== 'number') return text
  if (length !== undefined && text.length === length - 1) {
    row.report('digits.zeros-lost', 'repaired', field, { repair: `0${text}` })
    return `0${text}`
  }
  if (text.length !== length) row.report('digits.zeros-lost', 'warning', field)
  return text
}
