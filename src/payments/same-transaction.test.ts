/** When two lines are one transfer, when not, and when nobody can say. */
import { expect, test } from 'vitest'
import type { BankLine } from './bank-line.ts'
import { makePaymentKey } from './payment-key.ts'
import { sameTransaction } from './same-transaction.ts'

const KEY = makePaymentKey(Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2))
const OTHER_KEY = makePaymentKey(Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1))

const TOLD: BankLine = {
  provider: 'sepay',
  providerReference: '92704',
  bankReference: 'FT 26330.1',
  accountNumber: '0123499999',
  amountVnd: 15_930,
  direction: 'in',
  currency: 'VND',
  content: `MBVCB ${KEY} CT tu 1`,
  bookedOn: '2026-11-26',
  bookedAt: new Date('2026-11-26T07:02:37Z'),
}
const { bankReference: _, bookedAt: _at, ...WITHOUT } = TOLD
const BOOKED: BankLine = { ...WITHOUT, provider: 'mt940', providerReference: 'X', bankReference: 'ft263301' }
const UNNAMED: BankLine = { ...WITHOUT, provider: 'table', providerReference: 'Y' }

test.each<[string, BankLine, BankLine, string]>([
  ['the same number of the bank, written otherwise', TOLD, BOOKED, 'same'],
  ['booked after a weekend', TOLD, { ...BOOKED, bookedOn: '2026-11-30' }, 'same'],
  ['told twice by one go-between', TOLD, { ...TOLD, content: '' }, 'same'],
  ['two lines of one go-between', TOLD, { ...TOLD, providerReference: '92705' }, 'different'],
  ['two lines of one file', BOOKED, { ...BOOKED, bankReference: 'FT263302' }, 'different'],
  ['another amount: the fee of the transfer', TOLD, { ...BOOKED, amountVnd: 1_100 }, 'different'],
  ['another direction: paid back', TOLD, { ...BOOKED, direction: 'out' }, 'different'],
  ['another account', TOLD, { ...BOOKED, accountNumber: '9' }, 'different'],
  ['another month', TOLD, { ...BOOKED, bookedOn: '2026-12-26' }, 'different'],
  ['no number, the same key: one code can be paid twice', TOLD, UNNAMED, 'unsure'],
  ['another number of the bank', TOLD, { ...BOOKED, bankReference: 'TRACE9' }, 'unsure'],
  ['no number, another key', TOLD, { ...UNNAMED, content: OTHER_KEY }, 'different'],
  ['no number, no key', TOLD, { ...UNNAMED, content: 'nop tien' }, 'unsure'],
])('%s', (_what, one, other, expected) => {
  expect(sameTransaction(one, other)).toBe(expected)
  expect(sameTransaction(other, one)).toBe(expected)
})
