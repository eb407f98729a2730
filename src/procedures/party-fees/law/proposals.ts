/** What money that fitted nothing may have been meant for: open orders and members' open lines, the likeliest first. Somebody decides. */
import { foldName } from '../../../kernel/vietnamese-text.ts'
import { addingUp } from './adding-up.ts'
import type { LineName } from './ordering.ts'

export interface OpenLine extends LineName {
  readonly amountVnd: number
}

/** An order that is not paid, with those of its lines that are open. */
export interface OpenOrder {
  readonly id: string
  readonly key: string
  readonly payerId: string
  readonly payerName: string
  readonly amountVnd: number
  /** false: a line of it was paid otherwise or replaced */
  readonly whole: boolean
  readonly lines: readonly OpenLine[]
}

/** A member with the lines that are open, the earliest first. */
export interface Person {
  readonly memberId: string
  readonly fullName: string
  readonly lines: readonly OpenLine[]
}

/**
 * named: the transfer bears its key. key-nearly: one character of the key is wrong. name: the name stands in what the bank
 * wrote. amount: the sum is the same to the đồng.
 */
export type Why = 'named' | 'key-nearly' | 'name' | 'amount'

export type Proposal = { readonly why: readonly Why[]; readonly amountVnd: number } & (
  | { readonly kind: 'order'; readonly order: OpenOrder }
  /** of an order that is more than the money, or of a member */
  | { readonly kind: 'lines'; readonly name: string; readonly lines: readonly OpenLine[] }
)

const WEIGHT: Readonly<Record<Why, number>> = { named: 8, 'key-nearly': 4, name: 2, amount: 1 }
const MOST = 8

export interface Money {
  /** what is left of it */
  readonly amountVnd: number
  readonly content: string
  /** the order its key names */
  readonly orderId?: string | undefined
}

export function proposalsFor(
  money: Money,
  known: { readonly orders: readonly OpenOrder[]; readonly people: readonly Person[] },
): Proposal[] {
  const proposals = [
    ...known.orders.flatMap((order) => ofOrder(money, order)),
    ...known.people.flatMap((person) => ofPerson(money, person)),
  ]
  const weight = ({ why }: Proposal) => why.reduce((sum, each) => sum + WEIGHT[each], 0)
  const seen = new Set<string>()
  return proposals
    .toSorted((a, b) => weight(b) - weight(a))
    .filter((each) => !seen.has(linesOf(each)) && seen.add(linesOf(each)))
    .slice(0, MOST)
}

/** Two proposals for the same lines are one. */
function linesOf(proposal: Proposal): string {
  const lines = proposal.kind === 'order' ? proposal.order.lines : proposal.lines
  return lines
    .map(({ memberId, period, number }) => `${memberId} ${period} ${number}`)
    .toSorted()
    .join()
}

function ofOrder(money: Money, order: OpenOrder): Proposal[] {
  const named = order.id === money.orderId
  const nearly = !named && nearlyHolds(money.content, order.key)
  const name = holdsName(money.content, order.payerName)
  const amount = order.whole && order.amountVnd === money.amountVnd
  const why: Why[] = [
    ...(named ? ['named' as const] : []),
    ...(nearly ? ['key-nearly' as const] : []),
    ...(name ? ['name' as const] : []),
    ...(amount ? ['amount' as const] : []),
  ]
  if (!named && !nearly && !amount) return []
  if (order.whole && order.amountVnd <= money.amountVnd)
    return [{ kind: 'order', order, why, amountVnd: order.amountVnd }]
  const total = order.lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0)
  // Of an order in part paid otherwise what is open is paid, and the rest stays.
  const all = total > 0 && total <= money.amountVnd && (named || nearly) ? order.lines : undefined
  const lines = all ?? addingUp(order.lines, money.amountVnd)
  if (!lines) return []
  const amountVnd = Math.min(total, money.amountVnd)
  return [{ kind: 'lines', name: order.payerName, lines, why, amountVnd }]
}

function ofPerson(money: Money, { fullName, lines: open }: Person): Proposal[] {
  const total = open.reduce((sum, { amountVnd }) => sum + amountVnd, 0)
  const name = holdsName(money.content, fullName)
  if (!name && total !== money.amountVnd) return []
  const lines = addingUp(open, money.amountVnd)
  if (!lines) return []
  const why: Why[] = name ? ['name', 'amount'] : ['amount']
  return [{ kind: 'lines', name: fullName, lines, why, amountVnd: money.amountVnd }]
}

const MOST_LETTERS_CHANCE = 8

/** Whether the name stands in what a bank wrote, without accents, with or without its blanks. A short name must stand by itself. */
export function holdsName(content: string, fullName: string): boolean {
  const words = (text: string) =>
    foldName(text)
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  const [text, name] = [words(content), words(fullName)]
  if (name === '' || !name.includes(' ')) return false
  if (` ${text} `.includes(` ${name} `)) return true
  const tight = name.replaceAll(' ', '')
  return tight.length > MOST_LETTERS_CHANCE && text.replaceAll(' ', '').includes(tight)
}

/** Whether the key stands in what a bank wrote, with at most one character wrong, lost or too many. */
export function nearlyHolds(content: string, key: string): boolean {
  const text = foldName(content)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  for (let at = 0; at < text.length; at += 1) {
    let same = 0
    while (same < key.length && text[at + same] === key[same]) same += 1
    if (same === key.length) return true
    const [here, after] = [at + same, at + same + 1]
    if (after <= text.length && text.startsWith(key.slice(same + 1), after)) return true
    if (text.startsWith(key.slice(same + 1), here)) return true
    if (text.startsWith(key.slice(same), after)) return true
  }
  return false
}
