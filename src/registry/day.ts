/** The day on which the registry is looked at: what counts on a day, said once, for lists and counts of every day alike. */
import { sql } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'

/** Today, and the day looked at: today's unless somebody looks back. */
export interface LookedAt {
  readonly today: PlainDate
  readonly day: PlainDate
}

export function looksBack({ today, day }: LookedAt): boolean {
  return day < today
}

/** An address within the registry on the day looked at: looking back goes on from page to page. */
export function onDay(href: string, at: LookedAt): string {
  if (!looksBack(at)) return href
  const [address = '', anchor] = href.split('#')
  const asked = `${address}${address.includes('?') ? '&' : '?'}on=${at.day}`
  return anchor === undefined ? asked : `${asked}#${anchor}`
}

/** What a dated row is called in a query, with its column. */
const column = (row: string, name: string) => sql.ref(`${row}.${name}`)

/** A row of `membership`: from the day it begins, without the day it ends. */
export function countedOn(row: string, day: PlainDate) {
  const [since, until] = [column(row, 'since'), column(row, 'until')]
  return sql<boolean>`(${since} <= ${day}::date and (${until} is null or ${day}::date < ${until}))`
}

/** A row of `office`: its last day is one of its days. */
export function heldOn(row: string, day: PlainDate) {
  const [since, until] = [column(row, 'since'), column(row, 'until')]
  return sql<boolean>`(${since} <= ${day}::date and (${until} is null or ${day}::date <= ${until}))`
}

/** A row of `organisation_period` or `organisation_kind`: `valid_to` is the first day no longer true. */
export function trueOn(row: string, day: PlainDate) {
  const [from, to] = [column(row, 'valid_from'), column(row, 'valid_to')]
  return sql<boolean>`(${from} <= ${day}::date and (${to} is null or ${day}::date < ${to}))`
}
