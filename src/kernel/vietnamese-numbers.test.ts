/** Numbers on paper: the words checked by reading them back, percentages by exact fractions, numbers and dates of documents. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from './refusal.ts'
import {
  amountInWords,
  documentDate,
  documentNumber,
  documentPlaceDate,
  numberVi,
  percentVi,
} from './vietnamese-numbers.ts'

/** Reads a number in words back: an independent little grammar of units, tens, hundreds and powers of a thousand. */
function readBack(text: string): bigint {
  const digit: Record<string, bigint> = {
    không: 0n,
    một: 1n,
    mốt: 1n,
    hai: 2n,
    ba: 3n,
    bốn: 4n,
    tư: 4n,
    năm: 5n,
    lăm: 5n,
    sáu: 6n,
    bảy: 7n,
    tám: 8n,
    chín: 9n,
  }
  let billions = 0n
  let below = 0n
  let group = 0n
  let pending = 0n
  for (const word of text
    .toLowerCase()
    .replace(/ đồng$/, '')
    .split(' ')) {
    if (word === 'linh' || word === 'lẻ') continue
    if (digit[word] !== undefined) pending = digit[word]
    else if (word === 'mười') group += 10n
    else if (word === 'mươi') group += pending * 10n
    else if (word === 'trăm') group += pending * 100n
    else if (word === 'nghìn' || word === 'triệu') {
      below += (group + pending) * (word === 'nghìn' ? 1_000n : 1_000_000n)
      group = 0n
    } else if (word === 'tỷ') {
      billions = (billions + below + group + pending) * 1_000_000_000n
      below = group = 0n
    } else throw new Error(`no such word: ${word}`)
    if (digit[word] === undefined) pending = 0n
  }
  return billions + below + group + pending
}

describe('an amount in words', () => {
  it.each([
    [0, 'Không đồng'],
    [1, 'Một đồng'],
    [4, 'Bốn đồng'],
    [5, 'Năm đồng'],
    [10, 'Mười đồng'],
    [11, 'Mười một đồng'],
    [14, 'Mười bốn đồng'],
    [15, 'Mười lăm đồng'],
    [20, 'Hai mươi đồng'],
    [21, 'Hai mươi mốt đồng'],
    [24, 'Hai mươi tư đồng'],
    [25, 'Hai mươi lăm đồng'],
    [55, 'Năm mươi lăm đồng'],
    [100, 'Một trăm đồng'],
    [101, 'Một trăm linh một đồng'],
    [104, 'Một trăm linh bốn đồng'],
    [105, 'Một trăm linh năm đồng'],
    [110, 'Một trăm mười đồng'],
    [111, 'Một trăm mười một đồng'],
    [115, 'Một trăm mười lăm đồng'],
    [121, 'Một trăm hai mươi mốt đồng'],
    [1_000, 'Một nghìn đồng'],
    [1_005, 'Một nghìn không trăm linh năm đồng'],
    [1_010, 'Một nghìn không trăm mười đồng'],
    [1_050, 'Một nghìn không trăm năm mươi đồng'],
    [10_000, 'Mười nghìn đồng'],
    [21_000, 'Hai mươi mốt nghìn đồng'],
    [23_400, 'Hai mươi ba nghìn bốn trăm đồng'],
    [753_473, 'Bảy trăm năm mươi ba nghìn bốn trăm bảy mươi ba đồng'],
    [1_000_000, 'Một triệu đồng'],
    [1_000_005, 'Một triệu không trăm linh năm đồng'],
    [1_005_000, 'Một triệu không trăm linh năm nghìn đồng'],
    [1_234_567, 'Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng'],
    [1_000_000_000, 'Một tỷ đồng'],
    [1_000_000_001, 'Một tỷ không trăm linh một đồng'],
    [2_015_000_000, 'Hai tỷ không trăm mười lăm triệu đồng'],
    [1_000_000_000_000, 'Một nghìn tỷ đồng'],
    [1_500_000_000_000, 'Một nghìn năm trăm tỷ đồng'],
    [-10_000, 'Âm mười nghìn đồng'],
  ])('%i: %s', (amount, words) => {
    expect(amountInWords(amount)).toBe(words)
    expect(amountInWords(BigInt(amount))).toBe(words)
  })

  it('beyond a billion billions', () => {
    expect(amountInWords(10n ** 18n)).toBe('Một tỷ tỷ đồng')
    expect(amountInWords(10n ** 18n + 5n)).toBe('Một tỷ tỷ không trăm linh năm đồng')
  })

  it('can read the zero as in the south', () => {
    expect(amountInWords(105, { zeroTens: 'lẻ' })).toBe('Một trăm lẻ năm đồng')
    expect(amountInWords(1_000_005, { zeroTens: 'lẻ' })).toBe('Một triệu không trăm lẻ năm đồng')
  })

  it('reads back to the same amount', () => {
    for (let n = 1; n <= 30_000; n++) {
      if (readBack(amountInWords(n)) !== BigInt(n)) expect.fail(`${n}: ${amountInWords(n)}`)
    }
    const amount = fc.oneof(
      fc.bigInt({ min: 1n, max: 10n ** 17n }),
      fc
        .array(fc.constantFrom('000', '001', '010', '015', '100', '104', '999'), {
          minLength: 1,
          maxLength: 6,
        })
        .map((groups) => (BigInt(`1${groups.join('')}`) % 10n ** 18n) + 1n),
    )
    fc.assert(
      fc.property(amount, fc.constantFrom('linh' as const, 'lẻ' as const), (n, zeroTens) => {
        const words = amountInWords(n, { zeroTens })
        expect(readBack(words)).toBe(n)
        expect(words).not.toMatch(
          / {2}|mươi một|mươi năm|một mươi|mười mốt|linh mười|nghìn nghìn|triệu nghìn/,
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('takes whole đồng only', () => {
    expect(() => amountInWords(1.5)).toThrow(RangeError)
    expect(() => amountInWords(2 ** 53)).toThrow(RangeError)
    expect(() => amountInWords(Number.NaN)).toThrow(RangeError)
  })
})

describe('a grouped number', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1657, '1.657'],
    [100_000, '100.000'],
    [5_600_000, '5.600.000'],
    [-1657, '-1.657'],
    [-100, '-100'],
  ])('%i is written %s', (value, text) => {
    expect(numberVi(value)).toBe(text)
  })

  it('groups as the platform does', () => {
    const theirs = new Intl.NumberFormat('de-DE')
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(numberVi(n)).toBe(theirs.format(n))
      }),
    )
    expect(numberVi(10n ** 20n)).toBe('100.000.000.000.000.000.000')
    expect(() => numberVi(1.5)).toThrow(RangeError)
  })
})

describe('a percentage', () => {
  it.each([
    [5921, 7976, '74,24%'],
    [350_459, 365_911, '95,78%'],
    [0, 7976, '0,00%'],
    [7976, 7976, '100,00%'],
    [1, 3, '33,33%'],
    [2, 3, '66,67%'],
    [1, 20_000, '0,01%'],
    [1, 20_001, '0,00%'],
    [86, 100, '86,00%'],
    [15, 1, '1.500,00%'],
    [0, 0, '–'],
    [5, 0, '–'],
    [-1, 3, '-33,33%'],
    [-1, 30_000, '0,00%'],
  ])('%i of %i is %s', (numerator, denominator, text) => {
    expect(percentVi(numerator, denominator)).toBe(text)
    expect(percentVi(BigInt(numerator), BigInt(denominator))).toBe(text)
  })

  it.each([
    [0.6804, '68,04%'],
    [0.68045, '68,05%'],
    [0.680449, '68,04%'],
    [1.00005, '100,01%'],
    [0, '0,00%'],
    [1e-7, '0,00%'],
    [5e-5, '0,01%'],
    [1e21, '100.000.000.000.000.000.000.000,00%'],
  ])('the ratio %d is %s, its half rounded up as it is written', (ratio, text) => {
    expect(percentVi(ratio)).toBe(text)
  })

  it('is exact for every pair', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 10 ** 6 }),
        fc.integer({ min: 1, max: 10 ** 6 }),
        (numerator, denominator) => {
          const [whole = '', decimals = ''] = percentVi(numerator, denominator).replace('%', '').split(',')
          const hundredths = BigInt(whole.replaceAll('.', '') + decimals)
          const twice = 2n * (BigInt(numerator) * 10_000n - hundredths * BigInt(denominator))
          expect(twice >= -BigInt(denominator) && twice < BigInt(denominator)).toBe(true)
          expect(decimals).toHaveLength(2)
        },
      ),
    )
  })

  it('of no number is no percentage', () => {
    expect(() => percentVi(Number.NaN)).toThrow(RangeError)
    expect(() => percentVi(1, Infinity)).toThrow(RangeError)
  })
})

describe('on a Party document', () => {
  it('a number has at least two digits', () => {
    expect([1, 7, 9, 10, 65, 100, 1584].map(documentNumber)).toEqual([
      '01',
      '07',
      '09',
      '10',
      '65',
      '100',
      '1584',
    ])
    for (const none of [0, -1, 1.5, Number.NaN]) expect(() => documentNumber(none)).toThrow(RangeError)
  })

  it.each([
    ['2026-01-05', 'Hàm Liêm, ngày 05 tháng 01 năm 2026'],
    ['2026-02-10', 'Hàm Liêm, ngày 10 tháng 02 năm 2026'],
    ['2026-03-09', 'Hàm Liêm, ngày 09 tháng 3 năm 2026'],
    ['2026-10-31', 'Hàm Liêm, ngày 31 tháng 10 năm 2026'],
    ['2026-12-01', 'Hàm Liêm, ngày 01 tháng 12 năm 2026'],
  ])('%s is written %s', (date, line) => {
    expect(documentPlaceDate('Hàm Liêm', date)).toBe(line)
    expect(`Hàm Liêm, ${documentDate(date)}`).toBe(line)
  })

  it('only January and February carry a zero', () => {
    const months = Array.from({ length: 12 }, (_, n) => `2026-${String(n + 1).padStart(2, '0')}-15`)
    expect(months.map((date) => documentDate(date).split(' ')[3])).toEqual([
      '01',
      '02',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
      '12',
    ])
    expect(refusalOf(() => documentDate('2026-02-30'))?.code).toBe('date.invalid')
  })
})
