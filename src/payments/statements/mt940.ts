/** Statements as MT940 of SWIFT: tags at the beginning of lines, what follows belongs to them. */
import { daysBetween, isPlainDate, type PlainDate } from '../../kernel/plain-date.ts'
import { checkedAmount, checkedCurrency, checkedReference, type BankLine } from '../bank-line.ts'
import { decodeBankText } from './bank-text.ts'
import { unreadable, type Statement } from './statement.ts'

const PROVIDER = 'mt940'
const MOST_BYTES = 32 * 1024 * 1024

interface Tag {
  readonly name: string
  readonly text: string
}

/** Tags in their order; the envelope of SWIFT ({1:…{4: … -}) is left off: braces stand nowhere else. */
function tagsOf(text: string): Tag[] {
  const tags: { name: string; lines: string[] }[] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    const inside = line.replace(/^\{1:.*\{4:/, '')
    if (/^(-$|-\}|\{)/.test(inside)) continue
    const [, name, rest] = /^:(\d\d[A-Z]?):(.*)$/.exec(inside) ?? []
    if (name !== undefined) tags.push({ name, lines: [rest ?? ''] })
    else tags.at(-1)?.lines.push(inside)
  }
  return tags.map(({ name, lines }) => ({ name, text: lines.join('\n').trimEnd() }))
}

/**
 * Every statement of a file; the pages of a long one, which have balances of their own, are statements each.
 *
 * @throws Refusal invalid `payments.statement-unreadable`, `payments.amount-unreadable`, `payments.currency-not-dong`
 */
export function readMt940(bytes: Uint8Array): readonly Statement[] {
  if (bytes.length > MOST_BYTES) throw unreadable('MT940')
  const pages: Tag[][] = []
  for (const tag of tagsOf(decodeBankText(bytes))) {
    if (tag.name === '20') pages.push([])
    pages.at(-1)?.push(tag)
  }
  if (pages.length === 0) throw unreadable(':20:')
  return pages.map(readPage)
}

function readPage(tags: readonly Tag[]): Statement {
  const textOf = (...names: readonly string[]) => tags.find(({ name }) => names.includes(name))?.text
  const account = /^(?:.*\/)?([A-Za-z0-9]+)/.exec(
    textOf('25', '25P')
      ?.split('\n')[0]
      ?.replace(/[\s.-]/g, '') ?? '',
  )?.[1]
  if (account === undefined) throw unreadable(':25:')
  const opening = readBalance(textOf('60F', '60M'), ':60F:')
  const closing = readBalance(textOf('62F', '62M'), ':62F:')
  const page = `${textOf('20') ?? ''}/${textOf('28C') ?? ''}`
  const lines: BankLine[] = []
  tags.forEach(({ name, text }, place) => {
    if (name !== '61') return
    const next = tags[place + 1]
    const content = next?.name === '86' ? next.text.replaceAll('\n', ' ') : ''
    lines.push(readLine(text, content, account, `${page}#${lines.length + 1}`))
  })
  return {
    account,
    currency: 'VND',
    opening: opening.amount,
    openingOn: opening.on,
    closing: closing.amount,
    closingOn: closing.on,
    lines,
  }
}

/** 'C261126VND1000000,' */
function readBalance(text: string | undefined, place: string): { amount: number; on: PlainDate } {
  const [, side, day, currency, amount] = /^([CD])(\d{6})([A-Z]{3})([\d,]+)\s*$/.exec(text ?? '') ?? []
  if (side === undefined) throw unreadable(place)
  checkedCurrency(currency ?? '')
  const value = amountOf(amount ?? '')
  return { amount: side === 'C' || value === 0 ? value : -value, on: dayOf(day ?? '', place) }
}

/** '1000000,' and '1000000,00': the comma is always there, for a fraction that đồng do not have. */
function amountOf(text: string): number {
  const whole = /^(\d{1,15}),0*$/.exec(text)?.[1]
  return whole === undefined ? checkedAmount(Number.NaN) : Number(whole)
}

/** 'YYMMDD' of this century. */
function dayOf(text: string, place: string): PlainDate {
  const day = `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  if (!isPlainDate(day)) throw unreadable(place)
  return day
}

/** Value date, booking day, side (R: taken back), third letter of the currency, amount, kind, references, more words. */
const LINE =
  /^(\d{6})(\d{4})?(R?[CD]|E[CD])([A-Z])?([\d,]{1,16})([A-Z][A-Z0-9]{3})([^\n]*?)(?:\/\/([^\n]*))?(?:\n([\s\S]*))?$/

const NO_REFERENCE = 'NONREF'

function readLine(text: string, content: string, account: string, fallback: string): BankLine {
  const [, valueDay = '', monthDay, side = '', , amount = '', , own = '', bank = '', more = ''] =
    LINE.exec(text) ?? []
  if (side === '') throw unreadable(':61:')
  const valueOn = dayOf(valueDay, ':61:')
  const bankReference = [bank.trim(), own.trim()].find((each) => each !== '' && each !== NO_REFERENCE)
  return {
    provider: PROVIDER,
    providerReference: checkedReference(bankReference ?? fallback),
    ...(bankReference === undefined ? {} : { bankReference }),
    accountNumber: account,
    amountVnd: checkedAmount(amountOf(amount)),
    direction: side === 'C' || side === 'EC' || side === 'RD' ? 'in' : 'out',
    currency: 'VND',
    content: content || more.replaceAll('\n', ' '),
    bookedOn: monthDay === undefined ? valueOn : bookedNear(valueOn, monthDay),
  }
}

/** The booking has no year: it is the one that brings it nearest to the value date. */
function bookedNear(valueOn: PlainDate, monthDay: string): PlainDate {
  const year = Number(valueOn.slice(0, 4))
  const days = [year - 1, year, year + 1]
    .map((each) => `${each}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`)
    .filter(isPlainDate)
  const [first, ...others] = days
  if (first === undefined) throw unreadable(':61:')
  const distance = (day: PlainDate) => Math.abs(daysBetween(valueOn, day))
  return others.reduce((best, day) => (distance(day) < distance(best) ? day : best), first)
}
