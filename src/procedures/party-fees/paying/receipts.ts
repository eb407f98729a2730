/** Receipts (biên lai): the number is the payment's; the paper is typeset, sealed and kept when somebody opens it first, and the same ever after. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { amountInWords } from '../../../kernel/vietnamese-numbers.ts'
import { headingOf } from '../../../papers/bodies.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import { loadFile, numberPaper } from '../../../papers/store.ts'
import { ancestorsOn } from '../../../registry/organisations/store.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { nameOfLine, type Asker, type LineName } from '../law/ordering.ts'
import { livingCells } from './living-cells.ts'

/** A payment as its receipt tells it, as far as the asker may read it. */
export interface Receipt {
  readonly paymentId: string
  /** of the paper: a list's has one for each member who reads only their own part */
  readonly paperId: string
  readonly number: number
  readonly year: number
  readonly paidAt: Date
  readonly onDay: PlainDate
  readonly method: 'transfer' | 'cash'
  readonly organisationId: string
  readonly organisationName: string
  readonly payerName: string
  readonly receiverName: string | null
  readonly key: string
  readonly bankReference: string | null
  /** the receipt of the payment whose money it is, where a correction moved it: '12/2026' */
  readonly movedFrom: string | null
  readonly lines: readonly {
    readonly memberId: string
    readonly fullName: string
    readonly period: PlainDate
    readonly amountVnd: number
  }[]
  /** together what it paid for others, where its payer is not told whose months the cell moved the money to */
  readonly othersVnd: number
  readonly amountVnd: number
  /** the member whose part alone is here */
  readonly extractFor: string | null
  /** all of it was paid back */
  readonly undone: boolean
  /** some of it was: only what is left stands here */
  readonly lessened: boolean
}

/**
 * A receipt for its payer and those in charge of the cell, whole; for a member whose months somebody else paid with those of
 * others, the own part of it. Where the cell moved the money to months of others, its payer reads of them together how much.

 * A receipt for its payer and those in charge of the cell, or of the one that took over from it or has its books, whole; for a member whose months somebody else paid with those of
 * others, the own part of it.
 *
 * @throws Refusal not-found `party-fees.payment-unknown`
 */
export async function getReceipt(
  read: Read,
  paymentId: string,
  asker: Asker,
  today: PlainDate,
): Promise<Receipt> {
  const row = await read.maybe<
    Omit<Receipt, 'paperId' | 'extractFor' | 'othersVnd' | 'amountVnd' | 'undone' | 'lessened' | 'lines'> & {
      payerId: string
      lines: (Receipt['lines'][number] & LineGone)[]
    }
  >(sql`
    select p.id as "paymentId", p.receipt_number as number, p.receipt_year as year, p.paid_at as "paidAt", p.on_day as "onDay",
           p.method, p.organisation_id as "organisationId", p.payer_id as "payerId", m.full_name as "payerName",
           r.full_name as "receiverName", o.key, coalesce(b.bank_reference, b.reference) as "bankReference",
           (select s.receipt_number || '/' || s.receipt_year from fee_refund f join fee_payment s on s.id = f.payment_id
             where f.moved_to = p.id) as "movedFrom",
           (select name from organisation_period z where z.organisation_id = p.organisation_id order by z.valid_from desc limit 1)
             as "organisationName",
           (select json_agg(json_build_object('memberId', l.member_id, 'fullName', x.full_name, 'period', l.period,
                                              'number', l.number, 'amountVnd', l.amount_vnd,
                                              'refunded', exists (
                                                select from ledger_transfer t where t.kind = 'refunded' and t.member_id = l.member_id
                                                   and t.period = l.period and t.line = l.number))
                                              order by x.sort_key, x.id, l.period)
              from fee_order_line l join member x on x.id = l.member_id where l.order_id = p.order_id) as lines
      from fee_payment p join fee_payment c on c.id = coalesce(p.moved_from, p.id) join fee_order o on o.id = c.order_id
      join member m on m.id = p.payer_id left join member r on r.id = p.received_by left join bank_line b on b.id = p.bank_line_id
     where p.id = ${paymentId}`)
  if (!row) throw new Refusal('not-found', 'party-fees.payment-unknown')
  const { payerId, ...receipt } = row
  const own = asker.kind === 'own' ? receipt.lines.filter(({ memberId }) => memberId === asker.memberId) : []
  const mayReadAll =
    asker.kind === 'cell'
      ? await isInCharge(read, asker.organisationId, receipt.organisationId, payerId, today)
      : asker.memberId === payerId
  if (!mayReadAll && own.length === 0) throw new Refusal('not-found', 'party-fees.payment-unknown')
  const whole = mayReadAll || own.length === receipt.lines.length
  const seen = whole ? receipt.lines : own
  const left = seen.filter(({ refunded }) => !refunded)
  const standing = left.length === 0 ? seen : left
  const amountVnd = sumOf(standing)
  const hides = asker.kind === 'own' && receipt.movedFrom !== null && own.length < seen.length
  const lines = hides ? standing.filter(({ memberId }) => memberId === asker.memberId) : standing
  const part = hides ? TO_PAYER : whole ? undefined : own[0]!.memberId
  return {
    ...receipt,
    lines,
    othersVnd: amountVnd - sumOf(lines),
    amountVnd,
    paperId: paperIdOf(paymentId, seen, part),
    extractFor: whole ? null : own[0]!.fullName,
    undone: left.length === 0,
    lessened: left.length > 0 && left.length < seen.length,
  }
}

/** In place of a member: the paper for the payer of money that was moved, without the names of others. */
const TO_PAYER = 'payer'

const sumOf = (lines: readonly { readonly amountVnd: number }[]): number =>
  lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0)

/** Of the cell itself; where it ended, of the payer's that took over from it, or of the one whose books go on with it. */
async function isInCharge(
  read: Read,
  organisationId: string,
  cell: string,
  payerId: string,
  today: PlainDate,
): Promise<boolean> {
  if (organisationId === cell) return true
  for (const members of [[payerId], []])
    if ((await livingCells(read, [cell], members, today)).get(cell) === organisationId) return true
  return false
}

interface LineGone extends LineName {
  readonly refunded: boolean
}

/** A receipt some of whose money went back is another paper; the one before is void. */
function paperIdOf(paymentId: string, lines: readonly LineGone[], extractFor: string | undefined): string {
  const first = extractFor === undefined ? paymentId : derivedId(`fee-receipt ${paymentId} ${extractFor}`)
  const gone = lines.filter(({ refunded }) => refunded).map(nameOfLine)
  return gone.length === 0 || gone.length === lines.length
    ? first
    : derivedId(`fee-receipt ${first} without ${gone.toSorted().join(', ')}`)
}

/** The papers, made or not, that tell of these members' lines of a payment: the whole receipt, the payer's, the members' extracts. */
export function receiptPapersOf(
  paymentId: string,
  lines: readonly LineGone[],
  members: readonly string[],
): string[] {
  const extracts = [...new Set(members)].map((member) =>
    paperIdOf(
      paymentId,
      lines.filter(({ memberId }) => memberId === member),
      member,
    ),
  )
  return [paperIdOf(paymentId, lines, undefined), paperIdOf(paymentId, lines, TO_PAYER), ...extracts]
}

/**
 * The receipt's paper: the one that was kept, else it is made now.
 *
 * @throws Refusal conflict `party-fees.receipt-undone`
 */
export async function openReceiptPaper(
  write: Write,
  services: PaperServices,
  receipt: Receipt,
  at: Date,
): Promise<Uint8Array> {
  if (receipt.undone) throw new Refusal('conflict', 'party-fees.receipt-undone')
  const kept = () =>
    write.maybe<{ sha256: string }>(sql`select sha256 from paper where id = ${receipt.paperId}`)
  const known = await kept()
  if (known) return (await loadFile(write, known.sha256)).bytes
  await issueReceipt(write, services, receipt, at)
  return (await loadFile(write, (await kept())!.sha256)).bytes
}

async function issueReceipt(
  write: Write,
  services: PaperServices,
  receipt: Receipt,
  at: Date,
): Promise<void> {
  const { number, year, organisationId, extractFor, othersVnd, lessened, method, movedFrom } = receipt
  const chain = await ancestorsOn(write, organisationId, receipt.onDay)
  const title = `Biên lai thu đảng phí số ${number}/${year}`
  await issue(
    write,
    services,
    {
      id: receipt.paperId,
      kind: 'fee-receipt',
      hop: null,
      dossierId: null,
      organisationId,
      title,
      content: (frame) => ({
        template: 'fee-receipt',
        data: {
          ...frame,
          heading: headingOf(chain, chain[0]!),
          receipt: { number, year, on: receipt.onDay },
          payer: receipt.payerName,
          collector: receipt.organisationName,
          method,
          ...(receipt.receiverName ? { receivedBy: receipt.receiverName } : {}),
          ...(method === 'transfer' ? { key: receipt.key } : {}),
          ...(receipt.bankReference ? { bankReference: receipt.bankReference } : {}),
          ...(movedFrom ? { movedFrom } : {}),
          paidAt: receipt.paidAt.toISOString(),
          lines: receipt.lines.map(({ fullName, period, amountVnd }) => ({
            fullName,
            month: period.slice(0, 7),
            amountVnd,
          })),
          ...(othersVnd > 0 ? { othersVnd } : {}),
          amountVnd: receipt.amountVnd,
          amountInWords: amountInWords(receipt.amountVnd),
          ...(extractFor ? { extractFor } : {}),
        },
      }),
      sign: { place: 'system', as: 'system' },
    },
    at,
  )
  // An extract, one without others' names, and what is left of a receipt bear the number in their text only: the register has it once.
  if (!extractFor && othersVnd === 0 && !lessened)
    await numberPaper(write, receipt.paperId, {
      series: 'fee-receipt',
      term: String(year),
      number,
      symbol: `Số ${number}/${year}`,
      issuedOn: receipt.onDay,
    })
}
