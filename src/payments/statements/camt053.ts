/** Statements as camt.053 of ISO 20022 (XML), of any version: what is booked, by entry or by the transactions inside it. */
import { isPlainDate, todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import { checkedAmount, checkedCurrency, checkedReference, type BankLine } from '../bank-line.ts'
import { readVnd } from '../vnd.ts'
import { unreadable, type Statement } from './statement.ts'
import { all, attribute, readTree, textAt, type Element } from './xml-tree.ts'

const PROVIDER = 'camt.053'

/**
 * Every statement of a file.
 *
 * @throws Refusal invalid `payments.statement-unreadable`, `payments.amount-unreadable`, `payments.currency-not-dong`
 */
export async function readCamt053(bytes: Uint8Array): Promise<readonly Statement[]> {
  const statements = all(await readTree(bytes), 'Document/BkToCstmrStmt/Stmt')
  if (statements.length === 0) throw unreadable('Document/BkToCstmrStmt/Stmt')
  return statements.map(readStatement)
}

function readStatement(stmt: Element): Statement {
  const account = textAt(stmt, 'Acct/Id/IBAN', 'Acct/Id/Othr/Id')
  if (account === undefined) throw unreadable('Acct/Id')
  const opening = readBalance(stmt, ['OPBD', 'PRCD'])
  const closing = readBalance(stmt, ['CLBD'])
  const name = textAt(stmt, 'Id') ?? ''
  const lines = all(stmt, 'Ntry')
    .filter((entry) => textAt(entry, 'Sts/Cd', 'Sts') === 'BOOK')
    .flatMap((entry, place) => readEntry(entry, { account, fallback: `${name}#${place + 1}` }))
  return {
    account,
    currency: 'VND',
    ...(opening && { opening: opening.amount, openingOn: opening.on }),
    ...(closing && { closing: closing.amount, closingOn: closing.on }),
    lines,
  }
}

function readBalance(stmt: Element, kinds: readonly string[]): { amount: number; on: PlainDate } | undefined {
  const balances = all(stmt, 'Bal')
  const balance = kinds
    .map((kind) => balances.find((each) => textAt(each, 'Tp/CdOrPrtry/Cd') === kind))
    .find((found) => found !== undefined)
  if (balance === undefined) return undefined
  const amount = amountAt(balance, 'Amt')
  if (amount === undefined) throw unreadable('Bal/Amt')
  return { amount: directionOf(balance) === 'in' ? amount : -amount, on: dayAt(balance, 'Dt') }
}

/** An amount in đồng; '1000.00' is one, '1000.50' is not. */
function amountAt(element: Element, path: string): number | undefined {
  const found = all(element, path)[0]
  if (found === undefined) return undefined
  checkedCurrency(attribute(found, 'Ccy') ?? '')
  const text = /^(\d+)(?:\.0*)?$/.exec(found.text.trim())?.[1]
  const amount = text === undefined ? undefined : readVnd(text)
  return amount ?? checkedAmount(Number.NaN)
}

function directionOf(element: Element): BankLine['direction'] {
  const text = textAt(element, 'CdtDbtInd')
  if (text !== 'CRDT' && text !== 'DBIT') throw unreadable('CdtDbtInd')
  return text === 'CRDT' ? 'in' : 'out'
}

/** A day is written alone, or as a moment; one without an offset is a clock in Viet Nam. */
function momentAt(element: Element, path: string): { bookedOn: PlainDate; bookedAt?: Date } {
  const text = textAt(element, `${path}/DtTm`, `${path}/Dt`) ?? ''
  if (isPlainDate(text)) return { bookedOn: text }
  const [, moment, offset] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const at = new Date(`${moment}${offset ?? '+07:00'}`)
  if (Number.isNaN(at.getTime())) throw unreadable(path)
  return { bookedOn: todayIn(at), bookedAt: at }
}

const dayAt = (element: Element, path: string): PlainDate => momentAt(element, path).bookedOn

interface Place {
  readonly account: string
  /** what the line is called where the bank gave it no name */
  readonly fallback: string
}

/** One line for the entry; or one for each of its transactions, where their amounts make up the whole. */
function readEntry(entry: Element, place: Place): BankLine[] {
  const amount = amountAt(entry, 'Amt')
  if (amount === undefined) throw unreadable('Ntry/Amt')
  const details = all(entry, 'NtryDtls/TxDtls')
  const amounts = details.map((each) => amountAt(each, 'Amt') ?? amountAt(each, 'AmtDtls/TxAmt/Amt'))
  const whole = amounts.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0) === amount
  if (details.length > 1 && whole)
    return details.map((each, index) =>
      lineOf(entry, [each], amounts[index] ?? amount, {
        ...place,
        fallback: `${place.fallback}.${index + 1}`,
      }),
    )
  return [lineOf(entry, details, amount, place)]
}

const NO_REFERENCE = 'NOTPROVIDED'

function lineOf(entry: Element, details: readonly Element[], amount: number, place: Place): BankLine {
  const direction = directionOf(entry)
  const [only] = details.length === 1 ? details : []
  const counter = direction === 'in' ? 'DbtrAcct' : 'CdtrAcct'
  const counterAccount =
    only && textAt(only, `RltdPties/${counter}/Id/IBAN`, `RltdPties/${counter}/Id/Othr/Id`)
  const ofTransaction = only && textAt(only, 'Refs/AcctSvcrRef', 'Refs/TxId', 'Refs/EndToEndId')
  const bankReference = [ofTransaction, textAt(entry, 'AcctSvcrRef', 'NtryRef')].find(
    (each) => each !== undefined && each !== NO_REFERENCE,
  )
  const words = details.flatMap((each) => all(each, 'RmtInf/Ustrd').map(({ text }) => text.trim()))
  const content = words.length > 0 ? words.join(' ') : (textAt(entry, 'AddtlNtryInf') ?? '')
  return {
    provider: PROVIDER,
    providerReference: checkedReference(bankReference ?? place.fallback),
    ...(bankReference === undefined ? {} : { bankReference }),
    accountNumber: place.account,
    amountVnd: checkedAmount(amount),
    direction,
    currency: 'VND',
    content,
    ...momentAt(entry, 'BookgDt'),
    ...(counterAccount ? { counterAccount } : {}),
  }
}
