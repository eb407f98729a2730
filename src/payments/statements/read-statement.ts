/** A statement out of a file of any of the three forms: told by its content, of one account, added up. */
import { Refusal } from '../../kernel/refusal.ts'
import { readCamt053 } from './camt053.ts'
import { readMt940 } from './mt940.ts'
import { checkStatement, type Statement } from './statement.ts'
import type { StatementProfile } from './table-profiles.ts'
import { readTableStatement } from './table-statement.ts'

export type StatementFormat = 'camt.053' | 'mt940' | 'table'

/** More in one file is a year of a large account: handed in by months, each can be looked at. */
export const MOST_STATEMENT_LINES = 20_000

const LOOKED_AT_BYTES = 4096

/** By its first bytes and its name. @throws Refusal invalid `payments.statement-format-unknown` */
export function formatOf(bytes: Uint8Array, fileName: string): StatementFormat {
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, LOOKED_AT_BYTES))
  if (/^(\xef\xbb\xbf)?\s*</.test(beginning)) return 'camt.053'
  if (/(^|[\r\n}{:])(\{1:|:20:)/.test(beginning) && /:25P?:/.test(beginning)) return 'mt940'
  if (/\.(xlsx|xls|csv|txt)$/i.test(fileName)) return 'table'
  throw new Refusal('invalid', 'payments.statement-format-unknown')
}

/**
 * The one statement of this account in the file; pages and days that follow each other are one.
 *
 * @throws Refusal invalid as the readers and `checkStatement`, `payments.statement-other-account`,
 *   `payments.statement-too-long`
 */
export async function readStatement(
  file: { readonly bytes: Uint8Array; readonly name: string },
  account: string,
  profile?: StatementProfile,
): Promise<{ readonly format: StatementFormat; readonly statement: Statement }> {
  const { bytes, name } = file
  const format = formatOf(bytes, name)
  const all =
    format === 'camt.053'
      ? await readCamt053(bytes)
      : format === 'mt940'
        ? readMt940(bytes)
        : [await readTableStatement(bytes, name, account, profile)]
  const own = all.filter((each) => plain(each.account) === plain(account))
  if (own.length === 0) throw new Refusal('invalid', 'payments.statement-other-account')
  const statement = joined(own, account)
  if (statement.lines.length > MOST_STATEMENT_LINES)
    throw new Refusal('invalid', 'payments.statement-too-long', { facts: { most: MOST_STATEMENT_LINES } })
  checkStatement(statement)
  return { format, statement }
}

const plain = (account: string): string => account.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** From the first opening to the last closing balance; a page that is missing between is missed by the sum. */
function joined(pages: readonly Statement[], account: string): Statement {
  for (const page of pages) checkStatement(page)
  const inOrder = pages.toSorted((a, b) => (a.openingOn ?? '').localeCompare(b.openingOn ?? ''))
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!]
  return {
    account,
    currency: 'VND',
    ...(first.opening === undefined ? {} : { opening: first.opening }),
    ...(first.openingOn === undefined ? {} : { openingOn: first.openingOn }),
    ...(last.closing === undefined ? {} : { closing: last.closing }),
    ...(last.closingOn === undefined ? {} : { closingOn: last.closingOn }),
    lines: inOrder.flatMap(({ lines }) => lines.map((line) => ({ ...line, accountNumber: account }))),
  }
}
