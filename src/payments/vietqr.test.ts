/** VietQR codes: known good ones, what is refused, and a decoder by other hands. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QRPay } from 'vietnam-qr-pay'
import { refusalOf } from '../kernel/refusal.ts'
import { crc16 } from './emv-fields.ts'
import { decodeVietQr, encodeVietQr, type VietQr, type VietQrRequest } from './vietqr.ts'

const DAY = '2026-11-26'
const encode = (request: VietQrRequest) => encodeVietQr(request, DAY)
const code = (ask: () => unknown) => refusalOf(ask)?.code

/** Codes that circulate, made by other programs, and what is in each. */
const KNOWN: readonly [string, VietQr][] = [
  [
    '00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E',
    {
      initiation: 'dynamic',
      bin: '970403',
      account: '0011012345678',
      to: 'account',
      amountVnd: 180_000,
      note: 'thanh toan don hang',
      billNumber: 'NPS6869',
    },
  ],
  [
    '00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F',
    { initiation: 'static', bin: '970416', account: '257678859', to: 'account' },
  ],
  [
    '00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN62150811Chuyen tien630453E6',
    {
      initiation: 'dynamic',
      bin: '970416',
      account: '257678859',
      to: 'account',
      amountVnd: 10_000,
      note: 'Chuyen tien',
    },
  ],
  [
    '00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA5303704540410005802VN62150811Chuyen tien6304BBB8',
    {
      initiation: 'dynamic',
      bin: '970416',
      account: '257678859',
      to: 'account',
      amountVnd: 1_000,
      note: 'Chuyen tien',
    },
  ],
  [
    '00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C',
    {
      initiation: 'dynamic',
      bin: '970415',
      account: '0011001932418',
      to: 'account',
      amountVnd: 120_000,
      note: 'ung ho lu lut',
    },
  ],
  [
    '00020101021138580010A000000727012800069704070114190304136010180208QRIBFTTA53037045802VN63040283',
    { initiation: 'static', bin: '970407', account: '19030413601018', to: 'account' },
  ],
  [
    '00020101021138540010A00000072701240006970422011003523509170208QRIBFTTA53037045802VN630479db',
    { initiation: 'static', bin: '970422', account: '0352350917', to: 'account' },
  ],
  [
    '00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52',
    { initiation: 'static', bin: '970403', account: '9704031101234567', to: 'card' },
  ],
]

test('the checksum is CRC-16/CCITT-FALSE', () => {
  expect(crc16('123456789')).toBe('29B1')
  expect(crc16('')).toBe('FFFF')
})

describe('known codes', () => {
  test.each(KNOWN)('%s is read', (text, content) => {
    expect(decodeVietQr(text)).toEqual(content)
  })

  test.each(KNOWN)('%s is written', (text, content) => {
    const upper = text.slice(0, -4) + text.slice(-4).toUpperCase()
    expect(encode(content)).toBe(upper)
  })

  test('one with a wrong checksum is not taken', () => {
    const right = KNOWN[3]![0]
    expect(code(() => decodeVietQr(`${right.slice(0, -4)}BBB5`))).toBe('payments.qr-damaged')
  })

  test('the example of the official document is no valid code: 0112 stands before thirteen digits', () => {
    const [before, after] = [
      '00020101021138570010A0000007270127000697040301',
      '00110123456780208QRIBFTTA53037045802VN6304',
    ]
    expect(crc16(`${before}12${after}`)).toBe('F4E5')
    expect(code(() => decodeVietQr(`${before}12${after}F4E5`))).toBe('payments.qr-malformed')
    expect(decodeVietQr(`${before}13${after}9E6F`).account).toBe('0011012345678')
    expect(encode({ bin: '970403', account: '0011012345678' })).toBe(`${before}13${after}9E6F`)
  })
})

const PAYEE = { bin: '970415', account: '113366668888' }

describe('what is refused', () => {
  test.each<[string, Partial<VietQrRequest>]>([
    ['payments.bank-number-wrong', { bin: '97041' }],
    ['payments.bank-number-wrong', { bin: '97041a' }],
    ['payments.bank-number-wrong', { bin: '９７０４１５' }],
    ['payments.account-wrong', { account: '' }],
    ['payments.account-wrong', { account: '1'.repeat(20) }],
    ['payments.account-wrong', { account: '1133 6666' }],
    ['payments.account-wrong', { account: 'ABC123', to: 'card' }],
    ['payments.amount-wrong', { amountVnd: 0 }],
    ['payments.amount-wrong', { amountVnd: -1 }],
    ['payments.amount-wrong', { amountVnd: 1.5 }],
    ['payments.amount-wrong', { amountVnd: Number.NaN }],
    ['payments.amount-wrong', { amountVnd: 2 ** 60 }],
    ['payments.amount-over-limit', { amountVnd: 500_000_000 }],
    ['payments.note-too-long', { note: 'a'.repeat(26) }],
    ['payments.note-too-long', { billNumber: 'a'.repeat(26) }],
    ['payments.note-not-plain', { note: 'đảng phí 党' }],
    ['payments.note-not-plain', { note: 'phí 🙂' }],
  ])('%s: %j', (expected, wrong) => {
    expect(code(() => encode({ ...PAYEE, ...wrong }))).toBe(expected)
  })

  test('an amount on a day of which no limit is known', () => {
    expect(code(() => encodeVietQr({ ...PAYEE, amountVnd: 1 }, '2021-08-31'))).toBe('payments.limit-unknown')
    expect(code(() => encodeVietQr({ ...PAYEE, amountVnd: 1 }, '2021-09-01'))).toBeUndefined()
  })

  test('the last amount, the longest note and account', () => {
    const most = { bin: '970415', account: '1'.repeat(19), amountVnd: 499_999_999, note: 'a'.repeat(25) }
    expect(decodeVietQr(encode(most))).toEqual({ ...most, to: 'account', initiation: 'dynamic' })
  })

  test('reading: another currency, another service, another country, a zero, fields twice or cut', () => {
    const sealed = (body: string) => body + crc16(body)
    const good = encode({ ...PAYEE, amountVnd: 10_000 }).slice(0, -4)
    const refused = (from: string, to: string) => {
      expect(good).toContain(from)
      return code(() => decodeVietQr(sealed(good.replace(from, to))))
    }
    expect(refused('5303704', '5303840')).toBe('payments.qr-not-vietqr')
    expect(refused('QRIBFTTA', 'QRPUSHXX')).toBe('payments.qr-not-vietqr')
    expect(refused('A000000727', 'A000000728')).toBe('payments.qr-not-vietqr')
    expect(refused('5802VN', '5802US')).toBe('payments.qr-not-vietqr')
    expect(refused('540510000', '540500000')).toBe('payments.qr-malformed')
    expect(refused('540510000', '540510.50')).toBe('payments.qr-malformed')
    expect(refused('5303704', '53037045303704')).toBe('payments.qr-malformed')
    expect(refused('000201', '010212000201')).toBe('payments.qr-malformed')
    expect(decodeVietQr(sealed(good.replace('540510000', '540810000.00'))).amountVnd).toBe(10_000)
    for (let length = 0; length < good.length; length += 1)
      expect(code(() => decodeVietQr(good.slice(0, length)))).toMatch(/^payments\./)
  })
})

test('a note loses its accents and nothing else', () => {
  expect(decodeVietQr(encode({ ...PAYEE, note: ' Đóng  đảng phí THÁNG ngữ ' })).note).toBe(
    'Dong dang phi THANG ngu',
  )
})

const anyRequest = fc.record(
  {
    bin: fc.stringMatching(/^\d{6}$/),
    account: fc.stringMatching(/^[A-Za-z0-9]{1,19}$/),
    amountVnd: fc.integer({ min: 1, max: 499_999_999 }),
    note: fc.stringMatching(/^[!-~]([ -~]{0,23}[!-~])?$/).filter((note) => !/ {2}/.test(note)),
  },
  { requiredKeys: ['bin', 'account'] },
) as fc.Arbitrary<VietQrRequest>

test('whatever is written is read back, by us and by others', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const text = encode(request)
      expect(decodeVietQr(text)).toMatchObject(request)
      const other = new QRPay(text)
      expect(other.isValid).toBe(true)
      expect(other.consumer).toEqual({ bankBin: request.bin, bankNumber: request.account })
      expect(other.provider.service).toBe('QRIBFTTA')
      expect(other.amount).toBe(request.amountVnd?.toString())
      expect(other.additionalData.purpose).toBe(request.note)
      expect(other.initMethod).toBe(request.amountVnd === undefined ? '11' : '12')
    }),
  )
})

test('what others write is read by us', () => {
  fc.assert(
    fc.property(anyRequest, ({ bin, account, amountVnd, note }) => {
      const text = QRPay.initVietQR({
        bankBin: bin,
        bankNumber: account,
        ...(amountVnd === undefined ? {} : { amount: String(amountVnd) }),
        ...(note === undefined ? {} : { purpose: note }),
      }).build()
      expect(decodeVietQr(text)).toMatchObject({
        bin,
        account,
        ...(amountVnd ? { amountVnd } : {}),
        ...(note ? { note } : {}),
      })
    }),
  )
})

test('a code with one character changed is never read as another', () => {
  const text = encode({ ...PAYEE, amountVnd: 50_000, note: 'DP7Q' })
  fc.assert(
    fc.property(fc.nat(text.length - 5), fc.stringMatching(/^[ -~]$/), (at, character) => {
      fc.pre(text[at] !== character)
      expect(code(() => decodeVietQr(text.slice(0, at) + character + text.slice(at + 1)))).toMatch(
        /^payments\.qr-/,
      )
    }),
  )
})

test('no text makes the reader fail otherwise than by a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^\d*$/)),
      (text) => void code(() => decodeVietQr(text)),
    ),
  )
})
