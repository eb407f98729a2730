/** A statement on its way into the books: read, compared with what was told before, looked at, and then kept and settled. */
import type { Readers } from '../../../foreign-files/readers.ts'
import { LOCAL_DAY, sql, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { addDays, instantAt, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { isReference, type BankLine } from '../../../payments/bank-line.ts'
import { findPaymentKeys } from '../../../payments/payment-key.ts'
import type { StatementFormat } from '../../../payments/statements/read-statement.ts'
import type { Statement } from '../../../payments/statements/statement.ts'
import { profileOf, type AssignedColumns } from '../../../payments/statements/table-profiles.ts'
import { statementReferences, toldBefore, type KnownLine, type Told } from '../../../payments/told-before.ts'
import { derivedId } from '../../../web/command-ids.ts'
import type { Outcome } from '../law/outcome.ts'
import { transactionAgain } from '../paying/again.ts'
import type { When } from '../paying/booking.ts'
import { settleLines, tryLines, type ToldLine } from '../paying/settle.ts'
import { columnsFor, dropFile, findKept, type StatementFile } from './files.ts'
import { knownAsBooked } from './acts.ts'
import { BOOKED_DAYS, TIGHT } from './lines.ts'

/** Lines settled in one commit. */
const AT_A_TIME = 256

/** A transfer of an evening is booked on the next working day, and Tết has nine days without one. */
const DAYS_AROUND = 11

/** What a statement is read with. */
interface Reading {
  readonly database: Database
  readonly readers: Readers
}

/** A line of the statement with what is known of it. */
export interface PlannedLine {
  /** from 1 */
  readonly place: number
  readonly line: BankLine
  readonly reference: string
  readonly told: Told
  /** what would become of it as a line of its own */
  readonly outcome: Outcome
}

export interface Planned {
  readonly format: StatementFormat
  readonly fromDay: PlainDate
  readonly toDay: PlainDate
  readonly openingVnd: number
  readonly closingVnd: number
  readonly lines: readonly PlannedLine[]
  /** what may be told again, for lines that nobody is sure of */
  readonly known: ReadonlyMap<string, { readonly bookedOn: PlainDate; readonly content: string }>
}

/**
 * Reads a file and compares it with what is known; nothing is kept.
 *
 * @throws Refusal as `readStatement`
 */
export async function planImport(
  { database: { read }, readers }: Reading,
  organisationId: string,
  { account, bytes, name }: StatementFile,
): Promise<Planned> {
  const assigned = await columnsFor(read, organisationId, account.bin)
  const { format, statement } = await readByColumns(readers, { bytes, name }, account.number, assigned)
  const references = statementReferences(statement.lines)
  const days = daysOf(statement)
  const known = await knownAround(read, account.id, account.number, days)
  const told = toldBefore(statement.lines, references, known)
  const outcomes = await tryLines(
    read,
    statement.lines.map((line, place) => toldLine(line, references[place]!, account.id)),
  )
  return {
    format,
    ...days,
    openingVnd: statement.opening!,
    closingVnd: statement.closing!,
    lines: statement.lines.map((line, place) => ({
      place: place + 1,
      line,
      reference: references[place]!,
      told: told[place]!,
      outcome: outcomes[place]!,
    })),
    known: new Map(known.map(({ id, line: { bookedOn, content } }) => [id, { bookedOn, content }])),
  }
}

const OTHER_COLUMNS: ReadonlySet<string> = new Set(['import.no-header', 'import.columns-missing'])

/** By the columns somebody assigned; a file of the bank's that has none of them is read by the usual words. */
async function readByColumns(
  readers: Readers,
  file: { readonly bytes: Uint8Array; readonly name: string },
  account: string,
  assigned: AssignedColumns | undefined,
) {
  if (!assigned) return readers.statement(file, account)
  try {
    return await readers.statement(file, account, profileOf(assigned))
  } catch (error) {
    if (error instanceof Refusal && OTHER_COLUMNS.has(error.code)) return readers.statement(file, account)
    throw error
  }
}

/** From the day of the opening balance, or the first line's, to that of the closing balance. */
function daysOf({ lines, openingOn, closingOn }: Statement): { fromDay: PlainDate; toDay: PlainDate } {
  const days = [...lines.map(({ bookedOn }) => bookedOn), openingOn, closingOn]
    .filter((day) => day !== undefined)
    .toSorted()
  const [fromDay, toDay] = [days[0], days.at(-1)]
  if (fromDay === undefined || toDay === undefined) throw new Refusal('invalid', 'party-fees.statement-empty')
  return { fromDay, toDay }
}

function toldLine(line: BankLine, reference: string, accountId: string): ToldLine {
  const keys = findPaymentKeys(line.content)
  return {
    accountId,
    reference,
    ...(isReference(line.bankReference) ? { bankReference: line.bankReference } : {}),
    amountVnd: line.amountVnd,
    direction: line.direction,
    content: line.content,
    bookedAt: line.bookedAt ?? instantAt(line.bookedOn, 0),
    source: 'statement',
    ...(keys.length === 1 ? { key: keys[0]! } : {}),
  }
}

interface KnownRow extends Omit<BankLine, 'provider' | 'providerReference' | 'accountNumber' | 'currency'> {
  readonly id: string
  readonly source: ToldLine['source']
  readonly reference: string
  readonly bankNumber: string | null
  readonly told: readonly { readonly reference: string; readonly format: StatementFormat }[] | null
}

/** What is known in these days and around them. */
async function knownAround(
  read: Read,
  accountId: string,
  accountNumber: string,
  { fromDay, toDay }: { readonly fromDay: PlainDate; readonly toDay: PlainDate },
): Promise<KnownLine[]> {
  const rows = await read.rows<KnownRow>(sql`
    select b.id, b.source, b.reference, b.bank_reference as "bankNumber", b.amount_vnd as "amountVnd", b.direction, b.content,
           ${LOCAL_DAY('b.booked_at')} as "bookedOn",
           (select json_agg(json_build_object('reference', l.reference, 'format', s.format))
              from bank_statement_line l join bank_statement s on s.id = l.statement_id where l.bank_line_id = b.id) as told
      from bank_line b
     where b.account_id = ${accountId}
       and b.booked_at between ${instantAt(addDays(fromDay, -DAYS_AROUND), 0)} and ${instantAt(addDays(toDay, DAYS_AROUND), 0)}
     order by b.booked_at, b.id`)
  return rows.map(({ id, source, reference, bankNumber, told, ...line }) => ({
    id,
    line: {
      ...line,
      provider: source === 'statement' ? (told?.[0]?.format ?? 'statement') : source,
      providerReference: reference,
      accountNumber,
      currency: 'VND',
      ...(bankNumber === null ? {} : { bankReference: bankNumber }),
    },
    references: [reference, ...(told ?? []).map((each) => each.reference)],
    formats: (told ?? []).map(({ format }) => format),
  }))
}

/** What somebody said of lines that nobody could be sure of: the known line it is, or 'other'; by the line's place. */
export type Said = ReadonlyMap<number, string>

export interface Kept {
  readonly statementId: string
  readonly lines: number
  readonly fresh: number
  readonly waiting: number
}

/**
 * Keeps the statement and settles what was not told before. Asked for again, or broken off and asked for again, nothing is
 * booked twice: a line is known by its name.
 *
 * @throws Refusal as `planImport`; invalid `party-fees.statement-unsure`
 */
export async function keepStatement(
  reading: Reading,
  organisationId: string,
  file: StatementFile,
  said: Said,
  who: When & { readonly by: string },
): Promise<Kept> {
  const { database } = reading
  const planned = await planImport(reading, organisationId, file)
  const lines = planned.lines.map((each) => ({ ...each, is: decided(each, said) }))
  const fresh = lines.filter(({ is }) => is.id === undefined)
  let waiting = 0
  for (let start = 0; start < fresh.length; start += AT_A_TIME) {
    const batch = fresh
      .slice(start, start + AT_A_TIME)
      .map(({ line, reference }) => toldLine(line, reference, file.account.id))
    const settled = await settleLines(database, batch, who)
    waiting += settled.filter(({ outcome }) => outcome !== 'matched').length
  }
  await transactionAgain(database, async (write) => {
    if (await findKept(write, file.account.id, file.sha256)) return
    await insertStatement(write, file, planned, lines, who)
    await dropFile(write, file.id)
  })
  await explainOut(database, organisationId, file.account.id, who)
  return { statementId: file.id, lines: lines.length, fresh: fresh.length, waiting }
}

/** Two lines cannot be the same known one: of those said so, the first is, and the others are open again. */
export function eachOnce(said: Said): Said {
  const seen = new Set<string>()
  return new Map(
    [...said].filter(([, id]) => {
      const again = seen.has(id)
      seen.add(id)
      return id === 'other' || !again
    }),
  )
}

type Decided = {
  readonly id: string | undefined
  readonly how: 'new' | 'reference' | 'number' | 'days' | 'person'
}

/** @throws Refusal invalid `party-fees.statement-unsure` */
function decided({ told, place }: PlannedLine, said: Said): Decided {
  if (told.is === 'new') return { id: undefined, how: 'new' }
  if (told.is === 'known') return { id: told.id, how: told.by }
  const answer = said.get(place)
  if (answer === 'other') return { id: undefined, how: 'new' }
  if (answer !== undefined && told.ids.includes(answer)) return { id: answer, how: 'person' }
  throw new Refusal('invalid', 'party-fees.statement-unsure')
}

async function insertStatement(
  write: Write,
  { id, account, name, sha256 }: StatementFile,
  planned: Planned,
  lines: readonly (PlannedLine & { readonly is: Decided })[],
  { at, by }: When & { readonly by: string },
): Promise<void> {
  const { format, fromDay, toDay, openingVnd, closingVnd } = planned
  await write.run(sql`
    insert into bank_statement (id, account_id, format, from_day, to_day, opening_vnd, closing_vnd, lines, file_name, sha256,
                                kept_by, kept_at)
    values (${id}, ${account.id}, ${format}, ${fromDay}, ${toDay}, ${openingVnd}, ${closingVnd}, ${lines.length}, ${name}, ${sha256},
            ${by}, ${at})`)
  const rows = lines.map(({ place, reference, line, is }) => ({
    place,
    reference,
    booked_on: line.bookedOn,
    known: is.how,
    bank_line_id: is.id ?? null,
  }))
  await write.run(sql`
    insert into bank_statement_line (statement_id, place, bank_line_id, reference, booked_on, known)
    select ${id}, t.place, coalesce(t.bank_line_id, b.id), t.reference, t.booked_on, t.known
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(place int, reference text, booked_on date, known text,
             bank_line_id uuid)
      left join bank_line b on b.account_id = ${account.id} and b.reference = t.reference and t.bank_line_id is null`)
}

/** Money out that bears the number under which somebody noted down what was sent back: it is that. */
async function explainOut(
  database: Database,
  organisationId: string,
  accountId: string,
  who: When & { readonly by: string },
): Promise<void> {
  const found = await database.read.rows<{ lineId: string; documentId: string; reference: string }>(sql`
    with noted as (
      select id, amount_vnd, sent_reference as reference, sent_on as day from bank_line_review
       where account_id = ${accountId} and act = 'sent-back'
      union all
      select id, amount_vnd, bank_reference, paid_on from fee_refund
       where paying_id = ${organisationId} and status in ('paid-out', 'closed'))
    select b.id as "lineId", n.id as "documentId", n.reference
      from noted n join bank_line b on b.account_id = ${accountId} and b.direction = 'out' and b.outcome = 'out'
       and b.amount_vnd = n.amount_vnd and ${TIGHT('b.bank_reference')} = ${TIGHT('n.reference')}
       and ${LOCAL_DAY('b.booked_at')} between n.day - ${BOOKED_DAYS}::int and n.day + ${BOOKED_DAYS}::int
     where not exists (select from bank_line_review x where x.bank_line_id = b.id and x.withdrawn_at is null)
       and not exists (select from bank_line_review x where x.account_id = ${accountId} and x.document_id = n.id)
     order by b.id, n.id`)
  const seen = new Set<string>()
  for (const { lineId, documentId, reference } of found) {
    if (seen.has(lineId) || seen.has(documentId)) continue
    seen.add(lineId).add(documentId)
    const deciding = {
      commandId: derivedId(`bank-line-known ${lineId}`),
      organisationId,
      lineId,
      reason: `Số tham chiếu ${reference}`,
      by: who.by,
    }
    await transactionAgain(database, (write) => knownAsBooked(write, deciding, documentId, who))
  }
}
