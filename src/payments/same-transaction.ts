/** Whether two lines tell of the same transfer: one from a callback, one from a statement, each with its own numbers. */
import { daysBetween } from '../kernel/plain-date.ts'
import type { BankLine } from './bank-line.ts'
import { findPaymentKeys } from './payment-key.ts'

/** `unsure`: nothing speaks against it, nothing proves it; a person looks. */
export type Sameness = 'same' | 'different' | 'unsure'

/** A transfer of an evening may be booked on the next working day, and Tết has nine days without one. */
const MOST_DAYS = 10

/** They give each line a number of their own and tell it again under that number. Banks' files do not. */
const GO_BETWEENS: ReadonlySet<string> = new Set(['sepay', 'casso', 'payos'])

const plain = (reference: string) => reference.toUpperCase().replace(/[^A-Z0-9]/g, '')

/**
 * What can be known: account, amount and direction must agree, and the days nearly. The bank's own number then decides
 * if both tell the same; a fee has the number of its transfer, but another amount. Other numbers prove little: a
 * go-between may tell another number of the bank's than its file does. A payment key does not: the same code can be paid twice on one day.
 */
export function sameTransaction(one: BankLine, other: BankLine): Sameness {
  if (one.provider === other.provider && GO_BETWEENS.has(one.provider))
    return one.providerReference === other.providerReference ? 'same' : 'different'
  const agrees =
    one.accountNumber === other.accountNumber &&
    one.amountVnd === other.amountVnd &&
    one.direction === other.direction &&
    Math.abs(daysBetween(one.bookedOn, other.bookedOn)) <= MOST_DAYS
  if (!agrees) return 'different'
  const [first, second] = [plain(one.bankReference ?? ''), plain(other.bankReference ?? '')]
  if (first !== '' && second !== '') {
    if (first === second) return 'same'
    if (one.provider === other.provider) return 'different'
  }
  const [keys, others] = [findPaymentKeys(one.content), findPaymentKeys(other.content)]
  const sharesNoKey = keys.length > 0 && others.length > 0 && !keys.some((key) => others.includes(key))
  return sharesNoKey ? 'different' : 'unsure'
}
