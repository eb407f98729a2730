/** What procedures tell each other through the roof: how fees stand, whom a cell introduced elsewhere, what a register holds. */
import type { Read } from '../kernel/db.ts'
import type { PlainDate, PlainMonth } from '../kernel/plain-date.ts'
import type { RegisterLine } from '../papers/layout.ts'

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

/** A line of the referral register before it has its place there; `number` is the letter's own, null of one received. */
export type RegisterEntry = Omit<RegisterLine, 'ordinal'> & { readonly number: number | null }

/** What one procedure enters in the referral registers: all letters share one book and one series of numbers. */
export interface RegisterPart {
  /** the members whom its lines of a year name */
  subjects(read: Read, organisationId: string, year: number): Promise<readonly string[]>
  /** in any order */
  lines(read: Read, organisationId: string, year: number): Promise<readonly RegisterEntry[]>
}
