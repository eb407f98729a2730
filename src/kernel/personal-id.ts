/** The personal identification number (số định danh cá nhân): what its twelve digits say, and mending what a sheet did to them. */

import { PROVINCE_CODES, TEST_PREFIXES } from './province-codes.ts'

export type Sex = 'male' | 'female'

/** What the record says of the person, where it says it. A birth known by its year only is enough. */
export interface PersonFacts {
  readonly sex?: Sex | undefined
  readonly birthYear?: number | undefined
}

/** Whether prefixes 003 and 099 count as valid: on the demo and in tests only. */
export interface PersonalIdOptions {
  readonly allowTestPrefixes?: boolean
}

/** What can be wrong with a number. Errors make it unusable; warnings ask a human, for old papers hold mistakes (E.6). */
export type PersonalIdFinding =
  | { readonly severity: 'error'; readonly code: 'missing' | 'not-twelve-digits' }
  | { readonly severity: 'error'; readonly code: 'unknown-province' | 'test-prefix' | 'unknown-century' }
  | { readonly severity: 'warning'; readonly code: 'sex-differs' | 'birth-year-differs' }

/** The twelve digits, read: three of the province, one of century and sex, two of the birth year, six of chance. */
export interface PersonalIdParts {
  readonly provinceCode: string
  readonly sex: Sex
  readonly birthYear: number
}

/**
 * Reads a number's parts; undefined unless it has twelve digits and a century digit in use: 0/1 male/female born
 * 1900–1999, 2/3 born 2000–2099 (digits 4–9 are for later centuries). The province may be unknown.
 */
export function personalIdParts(id: string): PersonalIdParts | undefined {
  if (!/^\d{3}[0-3]\d{8}$/.test(id)) return undefined
  const centuryAndSex = Number(id[3])
  return {
    provinceCode: id.slice(0, 3),
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    birthYear: (centuryAndSex < 2 ? 1900 : 2000) + Number(id.slice(4, 6)),
  }
}

/**
 * Checks a number as it stands, against the record where that says something (domain E.6). No finding means it is in
 * order; that it belongs to the person only the population database can say.
 */
export function checkPersonalId(
  id: string,
  person: PersonFacts & PersonalIdOptions = {},
): readonly PersonalIdFinding[] {
  if (id === '') return [{ severity: 'error', code: 'missing' }]
  if (!/^\d{12}$/.test(id)) return [{ severity: 'error', code: 'not-twelve-digits' }]
  const findings: PersonalIdFinding[] = []
  const prefix = id.slice(0, 3)
  if (TEST_PREFIXES.includes(prefix)) {
    if (person.allowTestPrefixes !== true) findings.push({ severity: 'error', code: 'test-prefix' })
  } else if (!Object.hasOwn(PROVINCE_CODES, prefix)) {
    findings.push({ severity: 'error', code: 'unknown-province' })
  }
  const parts = personalIdParts(id)
  if (parts === undefined) return [...findings, { severity: 'error', code: 'unknown-century' }]
  if (person.sex !== undefined && person.sex !== parts.sex) {
    findings.push({ severity: 'warning', code: 'sex-differs' })
  }
  if (person.birthYear !== undefined && person.birthYear !== parts.birthYear) {
    findings.push({ severity: 'warning', code: 'birth-year-differs' })
  }
  return findings
}

/** Why a number was held back rather than mended. */
export type HeldBackReason =
  | 'missing'
  | 'not-digits'
  | 'too-long'
  | 'old-nine-digit'
  | 'digit-lost-inside'
  | 'sex-or-birth-year-missing'
  | 'padding-does-not-fit'

/** What became of a cell: whole as it stood, repaired by a repair that is named, or held back for a human. */
export type PersonalIdRepair =
  | { readonly kind: 'whole'; readonly id: string }
  | { readonly kind: 'repaired'; readonly id: string; readonly repair: 'zeros-restored' | 'blanks-removed' }
  | {
      readonly kind: 'held-back'
      readonly reason: HeldBackReason
      /** What the padded number got wrong, with `padding-does-not-fit`. */
      readonly findings: readonly PersonalIdFinding[]
    }

/**
 * Mends the number of a cell whose leading zeros a spreadsheet took. It is padded to twelve digits only when that gives
 * a province that exists and the very sex, century and year of the row; everything else is held back. A short number
 * that still begins with a zero was never taken for a number: its missing digit lies elsewhere.
 * A number of twelve digits is `whole`, right or wrong: `checkPersonalId` says which.
 *
 * @param raw the cell: text, or the number the spreadsheet made of it
 */
export function repairPersonalId(
  raw: string | number,
  row: PersonFacts,
  options: PersonalIdOptions = {},
): PersonalIdRepair {
  const text = String(raw).trim()
  const digits = text.replace(/\s/gu, '')
  const reason = reasonToHoldBack(digits, row)
  if (digits.length === 12 && reason === undefined) {
    return digits === text
      ? { kind: 'whole', id: digits }
      : { kind: 'repaired', id: digits, repair: 'blanks-removed' }
  }
  if (reason !== undefined) return { kind: 'held-back', reason, findings: [] }
  const id = digits.padStart(12, '0')
  const findings = checkPersonalId(id, { ...row, ...options })
  if (findings.length > 0) return { kind: 'held-back', reason: 'padding-does-not-fit', findings }
  return { kind: 'repaired', id, repair: 'zeros-restored' }
}

function reasonToHoldBack(digits: string, row: PersonFacts): HeldBackReason | undefined {
  if (digits === '') return 'missing'
  if (!/^\d+$/.test(digits)) return 'not-digits'
  if (digits.length > 12) return 'too-long'
  if (digits.length === 12) return undefined
  if (digits.length === 9) return 'old-nine-digit'
  if (digits.startsWith('0')) return 'digit-lost-inside'
  if (row.sex === undefined || row.birthYear === undefined) return 'sex-or-birth-year-missing'
  return undefined
}
