/** What the books know that a line of the bank's may have been meant for: open orders, members whose name it bears or whose sum it is. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { foldName } from '../../../kernel/vietnamese-text.ts'
import { proposalsFor, type OpenOrder, type Person, type Proposal } from '../law/proposals.ts'
import type { ReviewedLine } from './lines.ts'

/** An account of more cells than these is a province's: there orders are found by their keys, members by a search. */
const MOST_CELLS = 300
const MOST_ORDERS = 50
const MOST_PEOPLE = 40
const ORDER_DAYS = 400

/** Enough of a key, from either end, that one wrong character leaves one of the two whole. */
const KEY_PART = 7

export async function proposalsOf(read: Read, line: ReviewedLine, today: PlainDate): Promise<Proposal[]> {
  if (line.direction === 'out' || line.restVnd === 0) return []
  const cells = await cellsBelow(read, line.owner, today)
  const [orders, people] = await Promise.all([
    openOrders(read, line, cells),
    cells.length > MOST_CELLS ? [] : peopleMeant(read, line, cells),
  ])
  const money = { amountVnd: line.restVnd, content: line.content, orderId: line.order?.id }
  return proposalsFor(money, { orders, people })
}

/** The owner and all below it. */
async function cellsBelow(read: Read, owner: string, today: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select distinct p.organisation_id as id
      from organisation_period own
      join organisation_period p on p.path >= own.path and p.path < left(own.path, -1) || '/'
       and p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to)
     where own.organisation_id = ${owner} and own.valid_from <= ${today}::date
       and (own.valid_to is null or ${today}::date < own.valid_to)`)
  return rows.map(({ id }) => id)
}

const OPEN = sql`l.amount_vnd > 0 and not l.replaced and l.payment_id is null and not l.waiting`
const LINE_JSON = sql`json_build_object('memberId', l.member_id, 'period', l.period, 'number', l.number, 'amountVnd', l.amount_vnd)`

/** Letters and digits only, as keys are looked for. */
const tight = (content: string): string =>
  foldName(content)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

function openOrders(read: Read, line: ReviewedLine, cells: readonly string[]): Promise<OpenOrder[]> {
  const text = tight(line.content)
  return read.rows(sql`
    select o.id, o.key, o.payer_id as "payerId", m.full_name as "payerName", o.amount_vnd as "amountVnd",
           coalesce(n.lines, '[]') as lines, coalesce(n.sum, 0) = o.amount_vnd as whole
      from fee_order o join member m on m.id = o.payer_id
      cross join lateral (
        select json_agg(${LINE_JSON} order by l.period, l.member_id) as lines, sum(l.amount_vnd) as sum
          from fee_order_line x join fee_line_now l on l.member_id = x.member_id and l.period = x.period and l.number = x.number
         where x.order_id = o.id and ${OPEN}) n
     where o.organisation_id = any(${[...cells]}::uuid[]) and o.account_id = ${line.accountId}
       and o.made_at > ${line.bookedAt}::timestamptz - make_interval(days => ${ORDER_DAYS})
       and not exists (select from fee_payment p where p.order_id = o.id)
       and (o.id = ${line.order?.id ?? null} or o.amount_vnd = ${line.restVnd}
            or position(left(o.key, ${KEY_PART}) in ${text}) > 0 or position(right(o.key, ${KEY_PART}) in ${text}) > 0)
     order by o.id = ${line.order?.id ?? null} desc nulls last, o.made_at desc limit ${MOST_ORDERS}`)
}

function peopleMeant(read: Read, line: ReviewedLine, cells: readonly string[]): Promise<Person[]> {
  const words = foldName(line.content)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return read.rows(sql`
    select m.id as "memberId", m.full_name as "fullName", json_agg(${LINE_JSON} order by l.period, l.number) as lines
      from fee_line_now l join member m on m.id = l.member_id
     where l.organisation_id = any(${[...cells]}::uuid[]) and ${OPEN}
     group by m.id
    having position(m.name_norm in ${words}) > 0
        or position(replace(m.name_norm, ' ', '') in ${words.replaceAll(' ', '')}) > 0
        or sum(l.amount_vnd) = ${line.restVnd}
     order by m.sort_key, m.id limit ${MOST_PEOPLE}`)
}

/** Members below the account's owner whose name holds what was typed, with what is open of each. */
export async function searchPeople(
  read: Read,
  owner: string,
  typed: string,
  today: PlainDate,
): Promise<Person[]> {
  const cells = await cellsBelow(read, owner, today)
  return read.rows(sql`
    select m.id as "memberId", m.full_name as "fullName", json_agg(${LINE_JSON} order by l.period, l.number) as lines
      from fee_line_now l join member m on m.id = l.member_id
     where l.organisation_id = any(${[...cells]}::uuid[]) and ${OPEN} and position(${foldName(typed)} in m.name_norm) > 0
     group by m.id order by m.sort_key, m.id limit ${MOST_PEOPLE}`)
}
