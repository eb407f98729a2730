/** Lines of statements known again: names that no file changes, numbers, whole days, and what a person must say. */
import { describe, expect, test } from 'vitest'
import type { BankLine } from './bank-line.ts'
import { makePaymentKey } from './payment-key.ts'
import { statementReferences, toldBefore, type KnownLine } from './told-before.ts'

const KEY = makePaymentKey(Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2))
const OTHER_KEY = makePaymentKey(Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1))

const line = (more: Partial<BankLine> = {}): BankLine => ({
  provider: 'camt.053',
  providerReference: 'x',
  accountNumber: '0123499999',
  amountVnd: 15_930,
  direction: 'in',
  currency: 'VND',
  content: `CT DEN ${KEY}`,
  bookedOn: '2026-11-26',
  ...more,
})
const callback = (id: string, more: Partial<BankLine> = {}): KnownLine => ({
  id,
  line: line({ provider: 'sepay', providerReference: id, ...more }),
  references: [id],
  formats: [],
})
const ask = (lines: readonly BankLine[], known: readonly KnownLine[]) =>
  toldBefore(lines, statementReferences(lines), known)

describe('names', () => {
  test('a transfer and its fee under one number, the number again on another day, lines without a number alike', () => {
    const lines = [
      line({ bankReference: '001' }),
      line({ bankReference: '001', direction: 'out', amountVnd: 1_100 }),
      line({ bankReference: '001', bookedOn: '2026-11-27' }),
      line(),
      line(),
      line({ content: 'khác' }),
    ]
    const names = statementReferences(lines)
    expect(new Set(names).size).toBe(lines.length)
    expect(names.slice(0, 3)).toEqual([
      '001/2026-11-26/15930',
      '001/2026-11-26/-1100',
      '001/2026-11-27/15930',
    ])
    expect(names[4]).toBe(`${names[3]}/2`)
    expect(statementReferences(lines.slice(3))).toEqual(names.slice(3))
  })

  test('accents, blanks and capitals do not change it; a long number stays within what is kept', () => {
    const [one, other] = [line({ content: 'Nộp  đảng phí' }), line({ content: 'NOP DANG PHI' })]
    expect(statementReferences([one])).toEqual(statementReferences([other]))
    const [long = ''] = statementReferences([line({ bankReference: 'F'.repeat(100) })])
    expect(long.length).toBeLessThanOrEqual(100)
    expect([long]).not.toEqual(statementReferences([line({ bankReference: 'G'.repeat(100) })]))
  })
})

describe('known again', () => {
  test('by its name in a file before, also where a callback told it first', () => {
    const lines = [line({ bankReference: 'FT1' }), line({ bankReference: 'FT2' })]
    const [name = ''] = statementReferences(lines)
    const known = [{ ...callback('a'), references: ['a', name], formats: ['camt.053'] }]
    expect(ask(lines, known)).toEqual([{ is: 'known', id: 'a', by: 'reference' }, { is: 'new' }])
  })

  test('by the bank’s number, whatever days lie between', () => {
    const known = [callback('a', { bankReference: 'ft-1' }), callback('b', { bankReference: 'FT2' })]
    expect(ask([line({ bankReference: 'FT2', bookedOn: '2026-11-30' })], known)).toEqual([
      { is: 'known', id: 'b', by: 'number' },
    ])
  })

  test('a fee under the number of the transfer is another line', () => {
    const fee = line({ bankReference: 'FT1', amountVnd: 1_100, direction: 'out', content: 'phi' })
    expect(ask([line({ bankReference: 'FT1' }), fee], [callback('a', { bankReference: 'FT1' })])).toEqual([
      { is: 'known', id: 'a', by: 'number' },
      { is: 'new' },
    ])
  })

  test('by whole days: one code paid twice, told once, is one known line and one new', () => {
    expect(ask([line(), line()], [callback('a')])).toEqual([
      { is: 'known', id: 'a', by: 'days' },
      { is: 'new' },
    ])
    expect(ask([line(), line()], [callback('a'), callback('b')]).map(({ is }) => is)).toEqual([
      'known',
      'known',
    ])
  })

  test('without a key, those with the same words are taken for each other first', () => {
    const known = [callback('hai', { content: 'Nguyen Hai' }), callback('mot', { content: 'Nguyễn Một' })]
    expect(ask([line({ content: 'NGUYEN MOT' }), line({ content: 'nguyen hai' })], known)).toEqual([
      { is: 'known', id: 'mot', by: 'days' },
      { is: 'known', id: 'hai', by: 'days' },
    ])
  })

  test('without a key, words that do not agree are for a person; what the bank writes around them does not matter', () => {
    const known = [callback('a', { content: 'Nguyễn Một nộp' })]
    expect(ask([line({ content: 'NOP TIEN MAT' })], known)).toEqual([
      { is: 'unsure', ids: ['a'], sameKey: false },
    ])
    expect(ask([line({ content: 'MB.77 NGUYEN MOT NOP; tu 9' })], known).map(({ is }) => is)).toEqual([
      'known',
    ])
    expect(ask([line({ content: '' })], known).map(({ is }) => is)).toEqual(['unsure'])
  })

  test('the edges of its days: the last day is in it, the day after is not', () => {
    const lines = [line({ bookedOn: '2026-11-20', amountVnd: 5 }), line({ bookedOn: '2026-11-26' })]
    const on = (bookedOn: string) => ask(lines, [callback('a', { bookedOn })])[1]
    expect(on('2026-11-26')).toEqual({ is: 'known', id: 'a', by: 'days' })
    expect(on('2026-11-20')).toEqual({ is: 'known', id: 'a', by: 'days' })
    expect(on('2026-11-27')).toEqual({ is: 'unsure', ids: ['a'], sameKey: true })
    expect(on('2026-11-19')).toEqual({ is: 'unsure', ids: ['a'], sameKey: true })
    expect(on('2026-12-07')).toEqual({ is: 'new' })
  })

  test('another key is another line; a key on one side only is for a person', () => {
    expect(ask([line({ content: OTHER_KEY })], [callback('a')])).toEqual([{ is: 'new' }])
    expect(ask([line({ content: 'nop tien' })], [callback('a')])).toEqual([
      { is: 'unsure', ids: ['a'], sameKey: false },
    ])
  })

  test('what this form of file told before is known by its name alone', () => {
    const known = [{ ...callback('a'), formats: ['camt.053'] }]
    expect(ask([line({ bankReference: 'FT9' })], known)).toEqual([{ is: 'new' }])
    expect(ask([line({ bankReference: 'FT9', provider: 'mt940' })], known).map(({ is }) => is)).toEqual([
      'known',
    ])
  })

  test('another amount, another direction, nothing known', () => {
    expect(ask([line({ amountVnd: 15_931 })], [callback('a')])).toEqual([{ is: 'new' }])
    expect(ask([line({ direction: 'out' })], [callback('a')])).toEqual([{ is: 'new' }])
    expect(ask([], [callback('a')])).toEqual([])
  })
})
