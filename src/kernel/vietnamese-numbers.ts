/** Numbers as Vietnamese papers write them: grouped, as percentages, in words, as document numbers and dates. */

import type { PlainDate } from './plain-date.ts'
import { plainDate } from './plain-date.ts'

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const BILLION = 1_000_000_000n

/** How the zero between hundreds and units is read: 'linh' (north, the default) or 'lẻ' (south). */
export type ZeroTens = 'linh' | 'lẻ'

function wholeNumber(value: bigint | number): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError('a whole number is needed (bigint beyond 2^53)')
  }
  return BigInt(value)
}

/** 1657 → '1.657'. Whole numbers only. */
export function numberVi(value: bigint | number): string {
  const digits = wholeNumber(value).toString()
  return digits.replace(/\B(?=(\d{3})+$)/g, '.')
}

/** 0–999 in words; `full` reads the leading zeros too ('không trăm linh năm'). */
function hundreds(value: number, full: boolean, zeroTens: ZeroTens): string[] {
  const hundred = Math.floor(value / 100)
  const ten = Math.floor(value / 10) % 10
  const unit = value % 10
  const words: string[] = []
  const reads = full || hundred > 0
  if (reads) words.push(DIGITS[hundred] ?? '', 'trăm')
  if (ten > 1) words.push(DIGITS[ten] ?? '', 'mươi')
  else if (ten === 1) words.push('mười')
  else if (unit > 0 && reads) words.push(zeroTens)
  if (unit > 0) words.push(unitAfter(ten, unit))
  return words
}

/** The unit's word changes after tens: hai mươi mốt, hai mươi tư, mười lăm. */
function unitAfter(ten: number, unit: number): string {
  if (ten > 1 && unit === 1) return 'mốt'
  if (ten > 1 && unit === 4) return 'tư'
  if (ten > 0 && unit === 5) return 'lăm'
  return DIGITS[unit] ?? ''
}

/** Below a billion: triệu, nghìn, units; empty groups are silent. `full` as in `hundreds`. */
function belowBillion(value: number, full: boolean, zeroTens: ZeroTens): string[] {
  const words: string[] = []
  for (const [size, name] of [
    [1_000_000, 'triệu'],
    [1_000, 'nghìn'],
    [1, ''],
  ] as const) {
    const group = Math.floor(value / size) % 1000
    if (group === 0) continue
    words.push(...hundreds(group, full || words.length > 0, zeroTens))
    if (name !== '') words.push(name)
  }
  return words
}

function words(value: bigint, zeroTens: ZeroTens): string[] {
  if (value < BILLION) return belowBillion(Number(value), false, zeroTens)
  const rest = belowBillion(Number(value % BILLION), true, zeroTens)
  return [...words(value / BILLION, zeroTens), 'tỷ', ...rest]
}

/**
 * An amount of money in words: 10000 → 'Mười nghìn đồng', 1000005 → 'Một triệu không trăm linh năm đồng'.
 *
 * @param amountVnd whole đồng; a debt reads 'Âm …'
 */
export function amountInWords(amountVnd: bigint | number, options: { zeroTens?: ZeroTens } = {}): string {
  const value = wholeNumber(amountVnd)
  const zeroTens = options.zeroTens ?? 'linh'
  const read = value === 0n ? ['không'] : words(value < 0n ? -value : value, zeroTens)
  const text = [...(value < 0n ? ['âm'] : []), ...read, 'đồng'].join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A number as an exact fraction of its shortest decimal writing: 0.6804 → 6804 / 10000. */
function fractionOf(value: bigint | number): { numerator: bigint; denominator: bigint } {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
  if (match === null) throw new RangeError('a finite number is needed')
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = match
  const digits = BigInt(sign + whole + decimals)
  const power = Number(exponent) - decimals.length
  return power >= 0
    ? { numerator: digits * 10n ** BigInt(power), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-power) }
}

/**
 * A share with two decimals and a decimal comma, rounded half up: (350459, 365911) → '95,78%', (0.6804) → '68,04%'.
 * A denominator of 0 gives '–', never 0 % or 100 % (domain I.7).
 */
export function percentVi(numerator: bigint | number, denominator: bigint | number = 1): string {
  const above = fractionOf(numerator)
  const below = fractionOf(denominator)
  if (below.numerator === 0n) return '–'
  const top = above.numerator * below.denominator * 10_000n
  const bottom = above.denominator * below.numerator
  const negative = top < 0n !== bottom < 0n
  const [t, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom]
  const hundredths = (2n * t + b) / (2n * b)
  const text = `${numberVi(hundredths / 100n)},${(hundredths % 100n).toString().padStart(2, '0')}%`
  return negative && hundredths > 0n ? `-${text}` : text
}

/** The number of a Party document, at least two digits: 7 → '07' (domain B.4). */
export function documentNumber(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError('documents are numbered from 1')
  return String(number).padStart(2, '0')
}

/**
 * The line of place and date: 'Hàm Liêm, ngày 05 tháng 01 năm 2026'. Days below 10 and the months January and February
 * carry a leading zero, other months do not (05-HD/VPTW; domain B.5).
 */
export function documentPlaceDate(place: string, date: PlainDate): string {
  return `${place}, ${documentDate(date)}`
}

/** 'ngày 05 tháng 3 năm 2026', as in `documentPlaceDate`. */
export function documentDate(date: PlainDate): string {
  const [year = '', month = '', day = ''] = plainDate(date).split('-')
  return `ngày ${day} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${Number(year)}`
}
