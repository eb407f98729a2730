/** VietQR codes (mã VietQR) for a transfer by NAPAS 247: the text inside the picture, written and read back. */
import type { PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { crc16, readFields, writeFields, type Fields } from './emv-fields.ts'
import { isPlainAscii, withoutAccents } from './plain-ascii.ts'
import { transferLimitOn } from './transfer-limits.ts'
import { numberVi } from '../kernel/vietnamese-numbers.ts'

/** Whose account or card receives. */
export interface Payee {
  /** the six digits the State Bank gave the receiving bank (mã định danh ngân hàng) */
  readonly bin: string
  readonly account: string
  /** `account` by default */
  readonly to?: 'account' | 'card'
}

export interface VietQr extends Payee {
  readonly to: 'account' | 'card'
  /** static: for many payments; dynamic: for one */
  readonly initiation: 'static' | 'dynamic'
  /** left out: whoever pays types it */
  readonly amountVnd?: number
  /** what the transfer says (nội dung chuyển khoản) */
  readonly note?: string
  readonly billNumber?: string
}

const FORMAT = '01'
const NAPAS = 'A000000727'
const DONG = '704'
const COUNTRY = 'VN'
const INITIATIONS = { static: '11', dynamic: '12' } as const
const SERVICES = { account: 'QRIBFTTA', card: 'QRIBFTTC' } as const
const LONGEST_ACCOUNT = 19
const LONGEST_TEXT = 25
const LONGEST_QR = 512
const CRC_FIELD = '6304'

/** What is asked for: without an initiation, a code with an amount is for one payment. */
export type VietQrRequest = Payee & Partial<Pick<VietQr, 'initiation' | 'amountVnd' | 'note' | 'billNumber'>>

/**
 * Writes the text of a code.
 *
 * @param on the day, because the limit of an amount is one of its day
 * @throws Refusal invalid `payments.bank-number-wrong`, `payments.account-wrong`, `payments.amount-wrong`,
 *   `payments.note-too-long`, `payments.note-not-plain`; against-rule `payments.amount-over-limit`
 */
export function encodeVietQr(request: VietQrRequest, on: PlainDate): string {
  const {
    bin,
    account,
    to = 'account',
    amountVnd,
    initiation = amountVnd === undefined ? 'static' : 'dynamic',
  } = request
  checkPayee(bin, account, to)
  if (amountVnd !== undefined) checkAmount(amountVnd, on)
  const beneficiary = writeFields([
    ['00', NAPAS],
    [
      '01',
      writeFields([
        ['00', bin],
        ['01', account],
      ]),
    ],
    ['02', SERVICES[to]],
  ])
  const additional = writeFields([
    ['01', plainText(request.billNumber)],
    ['08', plainText(request.note)],
  ])
  const body = writeFields([
    ['00', FORMAT],
    ['01', INITIATIONS[initiation]],
    ['38', beneficiary],
    ['53', DONG],
    ['54', amountVnd?.toFixed(0)],
    ['58', COUNTRY],
    ['62', additional],
  ])
  return body + CRC_FIELD + crc16(body + CRC_FIELD)
}

function checkPayee(bin: string, account: string, to: VietQr['to']): void {
  if (!/^\d{6}$/.test(bin)) throw new Refusal('invalid', 'payments.bank-number-wrong')
  const shape = to === 'card' ? /^\d+$/ : /^[A-Za-z0-9]+$/
  if (account.length > LONGEST_ACCOUNT || !shape.test(account))
    throw new Refusal('invalid', 'payments.account-wrong', { facts: { most: LONGEST_ACCOUNT } })
}

function checkAmount(amountVnd: number, on: PlainDate): void {
  if (!Number.isSafeInteger(amountVnd) || amountVnd <= 0)
    throw new Refusal('invalid', 'payments.amount-wrong')
  const limit = transferLimitOn(on)
  if (limit === undefined) throw new Refusal('invalid', 'payments.limit-unknown', { facts: { on } })
  if (amountVnd >= limit.belowVnd)
    throw new Refusal('against-rule', 'payments.amount-over-limit', {
      citation: limit.source,
      facts: { limit: numberVi(limit.belowVnd) },
    })
}

/** The text as it may stand in a code; with accents, programs count its length in different ways. */
function plainText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const plain = withoutAccents(text)
  if (!isPlainAscii(plain)) throw new Refusal('invalid', 'payments.note-not-plain')
  if (plain.length > LONGEST_TEXT)
    throw new Refusal('invalid', 'payments.note-too-long', {
      facts: { most: LONGEST_TEXT, length: plain.length },
    })
  return plain
}

const malformed = () => new Refusal('invalid', 'payments.qr-malformed')
const foreign = () => new Refusal('invalid', 'payments.qr-not-vietqr')

/**
 * Reads the text of a code back. Fields it does not know are passed over; the order is free but for the first and the
 * last field; the checksum may be in small letters.
 *
 * @throws Refusal invalid `payments.qr-malformed`, `payments.qr-damaged`, `payments.qr-not-vietqr`
 */
export function decodeVietQr(text: string): VietQr {
  if (text.length > LONGEST_QR || !isPlainAscii(text)) throw malformed()
  const fields = readFields(text)
  const names = [...fields.keys()]
  if (names[0] !== '00' || names.at(-1) !== '63') throw malformed()
  if (fields.get('63')?.toUpperCase() !== crc16(text.slice(0, -4)))
    throw new Refusal('invalid', 'payments.qr-damaged')
  if (fields.get('00') !== FORMAT || fields.get('53') !== DONG || fields.get('58') !== COUNTRY)
    throw foreign()
  const additional = readFields(fields.get('62') ?? '')
  return {
    initiation: keyOf(INITIATIONS, fields.get('01')),
    ...readPayee(fields),
    ...optional('amountVnd', readAmount(fields.get('54'))),
    ...optional('note', additional.get('08')),
    ...optional('billNumber', additional.get('01')),
  }
}

function readPayee(fields: Fields): Pick<VietQr, 'bin' | 'account' | 'to'> {
  const beneficiary = readFields(fields.get('38') ?? '')
  if (beneficiary.get('00') !== NAPAS) throw foreign()
  const to = keyOf(SERVICES, beneficiary.get('02'))
  const receiver = readFields(beneficiary.get('01') ?? '')
  const bin = receiver.get('00') ?? ''
  const account = receiver.get('01') ?? ''
  checkPayee(bin, account, to)
  return { bin, account, to }
}

/** '10000', also '10000.00': digits after the point may only be zeros, for there is no smaller coin. */
function readAmount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const whole = /^(\d{1,13})(?:\.0*)?$/.exec(text)?.[1]
  if (text.length > 13 || whole === undefined || Number(whole) === 0) throw malformed()
  return Number(whole)
}

function keyOf<K extends string>(table: Readonly<Record<K, string>>, value: string | undefined): K {
  const found = (Object.keys(table) as K[]).find((key) => table[key] === value)
  if (found === undefined) throw foreign()
  return found
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [name in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [name in K]?: V }
}
