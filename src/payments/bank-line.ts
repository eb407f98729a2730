/** A line of an account (giao dịch ngân hàng), wherever it was told from: a callback, a statement, a simulated bank. */
import { instantAt, isPlainDate, todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { isAmount } from './vnd.ts'

export interface BankLine {
  /** who told of it: 'sepay', 'casso', 'payos', 'camt.053', 'mt940', 'table' */
  readonly provider: string
  /** what the same provider calls this line each time it tells of it: the key by which doubles are known */
  readonly providerReference: string
  /** the number the bank gave the transaction, where it is told */
  readonly bankReference?: string
  readonly accountNumber: string
  readonly amountVnd: number
  readonly direction: 'in' | 'out'
  readonly currency: 'VND'
  /** what the bank writes of it (nội dung) */
  readonly content: string
  /** the day in Viet Nam on which it was booked */
  readonly bookedOn: PlainDate
  /** the moment, where more than the day is told */
  readonly bookedAt?: Date
  readonly counterAccount?: string
}

/** A field of something from outside that cannot be used; only its name is told, never what was in it. */
export function malformed(field: string): Refusal {
  return new Refusal('invalid', 'payments.malformed', { facts: { field } })
}

const LONGEST_REFERENCE = 100

/** Whether it is a number that can be kept: there, and no longer than any bank's. */
export function isReference(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= LONGEST_REFERENCE
}

/** @throws Refusal invalid `payments.malformed` for a reference nobody would give */
export function checkedReference(text: string): string {
  if (text.length > LONGEST_REFERENCE) throw malformed('reference')
  return text
}

/** @throws Refusal invalid `payments.amount-unreadable` for a fraction, a zero, or more than anybody moves */
export function checkedAmount(value: number): number {
  if (!isAmount(value)) throw new Refusal('invalid', 'payments.amount-unreadable')
  return value
}

/** @throws Refusal invalid `payments.currency-not-dong` */
export function checkedCurrency(currency: string): 'VND' {
  if (currency !== 'VND') throw new Refusal('invalid', 'payments.currency-not-dong')
  return currency
}

/** 'YYYY-MM-DD hh:mm:ss' as clocks in Viet Nam show it, without an offset; the moment, and its day. */
export function bookedAt(text: string, field: string): { bookedAt: Date; bookedOn: PlainDate } {
  const [, date, hour, minute, second] =
    /^(\d{4}-\d\d-\d\d)[ T]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text) ?? []
  if (!isPlainDate(date)) throw malformed(field)
  const start = instantAt(date, Number(hour) * 60 + Number(minute))
  const at = new Date(start.getTime() + Number(second) * 1000)
  return { bookedAt: at, bookedOn: todayIn(at) }
}
