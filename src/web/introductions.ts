/** What transfers and Party fees tell each other through the roof: how fees stand, and whom a cell introduced elsewhere. */
import type { PlainDate, PlainMonth } from '../kernel/plain-date.ts'

/** What the books of Party fees say of a member, for whoever writes it on a paper. */
export interface FeeStanding {
  /** the last month such that neither it nor one before is open */
  readonly paidThrough: PlainMonth
  /** what is open, the oldest month first */
  readonly open: readonly { readonly month: PlainMonth; readonly amountVnd: number }[]
}

/** A member whom the own cell introduced to another organisation by a letter. */
export interface Introduction {
  readonly memberId: string
  /** the day of the first such letter of the cell, and of the one that counts */
  readonly firstOn: PlainDate
  readonly writtenOn: PlainDate
  /** the letter is out: the member belongs to the other side as soon as it admits */
  readonly out: boolean
}
