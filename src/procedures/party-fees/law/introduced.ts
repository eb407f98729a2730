/** Which cell collects the months around a letter of introduction (cách ghi giấy giới thiệu, one source): the one that wrote it through that month, whoever admits after it. */
import { addDays, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { periodsFrom, type Period } from './period.ts'

/** A letter as it is known: the first the cell wrote, and the one that counts. */
export interface Letter {
  readonly firstOn: PlainDate
  readonly writtenOn: PlainDate
  /** nobody has admitted, and it was not taken back */
  readonly out: boolean
}

/** True while a month is nobody's yet: the letter is out, and the month is after the letter's. */
export function isLeftOpen({ writtenOn, out }: Letter, period: Period): boolean {
  return out && period > monthOf(writtenOn)
}

/** A month of an introduced member, and the day on which whoever counts the member collects it. */
export interface OwnedMonth {
  readonly period: Period
  readonly day: PlainDate
}

/**
 * The months from the first letter to today. Through the letter's month they are the cell's that wrote it, which counted the
 * member on the day before; later ones belong to whoever counts the member today, once the letter is out no longer.
 */
export function ownedMonths(letter: Letter, today: PlainDate): OwnedMonth[] {
  const before = addDays(letter.writtenOn, -1)
  return periodsFrom(monthOf(letter.firstOn), monthOf(today))
    .filter((period) => !isLeftOpen(letter, period))
    .map((period) => ({ period, day: period <= monthOf(letter.writtenOn) ? before : today }))
}
