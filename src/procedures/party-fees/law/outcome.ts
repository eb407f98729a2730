/** What a bank's line (dòng sao kê) means for the orders that wait: decided here, from what is known, for many lines at once. */

/**
 * matched: the order is paid; out: money that left; the others wait for somebody: unknown (no order has such a key on this
 * account), under-paid, over-paid, duplicate (the order was paid already), already-paid (a line of the order was, by
 * another order, or was replaced).
 */
export type Outcome =
  'matched' | 'unknown' | 'under-paid' | 'over-paid' | 'duplicate' | 'already-paid' | 'out'

/** A line that is due, as an order names it. */
export interface OrderedLine {
  readonly memberId: string
  /** 'YYYY-MM-01' */
  readonly period: string
  readonly number: number
  readonly amountVnd: number
  /** paid by another order, or replaced by another line */
  readonly taken: boolean
}

/** An order as it stands before the lines that are judged. */
export interface KnownOrder {
  readonly id: string
  readonly accountId: string
  readonly amountVnd: number
  readonly paid: boolean
  readonly lines: readonly OrderedLine[]
}

export interface BankMoney {
  readonly accountId: string
  readonly direction: 'in' | 'out'
  readonly amountVnd: number
  /** the payment key found in its content */
  readonly key?: string
}

export interface Judged<Line, Order> {
  readonly line: Line
  readonly outcome: Outcome
  /** the order its key names, paid by it or not */
  readonly order: Order | undefined
}

/** Judges lines in their order: what an earlier one pays, a later one finds paid. The amount must be the order's to the đồng. */
export function judge<Line extends BankMoney, Order extends KnownOrder>(
  lines: readonly Line[],
  orders: ReadonlyMap<string, Order>,
): Judged<Line, Order>[] {
  const paidOrders = new Set<string>()
  const paidLines = new Set<string>()

  function outcomeOf(line: BankMoney, order: KnownOrder | undefined): Outcome {
    if (line.direction === 'out') return 'out'
    if (!order) return 'unknown'
    if (order.paid || paidOrders.has(order.id)) return 'duplicate'
    if (line.amountVnd < order.amountVnd) return 'under-paid'
    if (line.amountVnd > order.amountVnd) return 'over-paid'
    if (order.lines.some((each) => each.taken || paidLines.has(nameOf(each)))) return 'already-paid'
    return 'matched'
  }

  return lines.map((line) => {
    const named = line.key === undefined || line.direction === 'out' ? undefined : orders.get(line.key)
    const order = named?.accountId === line.accountId ? named : undefined
    const outcome = outcomeOf(line, order)
    if (outcome === 'matched' && order) {
      paidOrders.add(order.id)
      for (const each of order.lines) paidLines.add(nameOf(each))
    }
    return { line, outcome, order }
  })
}

function nameOf({ memberId, period, number }: OrderedLine): string {
  return `${memberId} ${period} ${number}`
}
