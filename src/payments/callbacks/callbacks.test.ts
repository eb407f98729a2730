/** Callbacks of three go-betweens: signatures that openssl made, and everything that must not pass. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal, refusalOf } from '../../kernel/refusal.ts'
import type { RawCallback } from './callback.ts'
import { readCasso } from './casso.ts'
import { payosOrderSignature, readPayos } from './payos.ts'
import { readSepay } from './sepay.ts'
import { cassoCallback, payosCallback, sepayCallback, type SimulatedTransfer } from './signing.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const code = (ask: () => unknown) => refusalOf(ask)?.code
const hmac = (algorithm: string, secret: string, text: string) =>
  createHmac(algorithm, Buffer.from(secret)).update(Buffer.from(text, 'utf8')).digest().toString('hex')

const NOW = new Date('2026-11-26T07:02:41Z')
const STAMP = '1795676560'
const BOOKED = { bookedOn: '2026-11-26', bookedAt: new Date('2026-11-26T07:02:37Z') }

/** `printf '%s.%s' STAMP BODY | openssl dgst -sha256 -hmac sepay-secret` */
const SEPAY_SIGNATURE = 'dca92351bf1c05e84ab9dd8af5fe2cbe9626e0bb598658369e17943099fe09ea'
const SEPAY_BODY = String.raw`{"id":92704,"gateway":"Vietcombank","transactionDate":"2026-11-26 14:02:37","accountNumber":"0123499999","code":null,"content":"Nộp đảng phí DP/7 \"x\"","transferType":"in","transferAmount":15930,"accumulated":19077000,"subAccount":null,"referenceCode":"MBVCB.3278907687"}`
const SEPAY = { kind: 'signature', secret: 'sepay-secret' } as const
const sepay = (body: Uint8Array | string, headers: RawCallback['headers'] = {}): RawCallback => ({
  headers: { 'x-sepay-timestamp': STAMP, 'x-sepay-signature': `sha256=${SEPAY_SIGNATURE}`, ...headers },
  body: typeof body === 'string' ? bytes(body) : body,
})

/** The same of openssl, with -sha512 and casso-secret, over the keys in order. */
const CASSO_SIGNATURE =
  'fb5831bc0b135538483d60dd4780005bf41a7cec1d4923d4f654b17b6e5af508ded1a54f755067107cf9ed6d82218b0e4d79008553be1cf47b47b31184a9c99d'
const CASSO_BODY = String.raw`{"error":0,"data":{"id":77,"reference":"FT26330","description":"Nộp đảng phí DP/7 \"x\"","amount":15930,"runningBalance":20000000,"transactionDateTime":"2026-11-26 14:02:37","accountNumber":"0123499999","counterAccountNumber":null}}`
const CASSO = { kind: 'signature', secret: 'casso-secret' } as const
const casso = (body: string, header = `t=1795676560123,v1=${CASSO_SIGNATURE}`): RawCallback => ({
  headers: { 'x-casso-signature': header },
  body: bytes(body),
})

/** Of openssl, -sha256 and payos-key, over `accountNumber=…&amount=…`. */
const PAYOS_SIGNATURE = '8dbc8df7b9939b23ec06f1e72ce767dd43b82f0163e4ee7399dfbf0958f1f43a'
const PAYOS_DATA = {
  orderCode: 123,
  amount: 15930,
  description: 'Nộp đảng phí DP/7',
  accountNumber: '0123499999',
  reference: 'FT26330',
  transactionDateTime: '2026-11-26 14:02:37',
  currency: 'VND',
  paymentLinkId: 'pl1',
  code: '00',
  desc: 'success',
  counterAccountNumber: null,
  virtualAccountNumber: null,
}
const PAYOS = { checksumKey: 'payos-key' }
const payos = (data: unknown, signature: unknown = PAYOS_SIGNATURE): RawCallback => ({
  headers: {},
  body: bytes(JSON.stringify({ code: '00', desc: 'success', success: true, data, signature })),
})

/** Signed as payOS does, written anew. */
function signedPayos(data: Record<string, unknown>): RawCallback {
  const text = Object.entries(data)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .reduce((all, [key, value]) => `${all}&${key}=${value ?? ''}`, '')
  return payos(data, hmac('sha256', PAYOS.checksumKey, text.slice(1)))
}

/** Signed as SePay does, written anew. */
const signedSepay = (body: string): RawCallback =>
  sepay(body, { 'x-sepay-signature': `sha256=${hmac('sha256', SEPAY.secret, `${STAMP}.${body}`)}` })

describe('SePay', () => {
  test('signed: a line', () => {
    expect(readSepay(sepay(SEPAY_BODY), SEPAY, NOW)).toEqual([
      {
        provider: 'sepay',
        providerReference: '92704',
        bankReference: 'MBVCB.3278907687',
        accountNumber: '0123499999',
        amountVnd: 15_930,
        direction: 'in',
        currency: 'VND',
        content: 'Nộp đảng phí DP/7 "x"',
        ...BOOKED,
      },
    ])
  })

  test('by its key, and only where the key is agreed', () => {
    const access = { kind: 'api-key', key: 'k-1' } as const
    const asked = (authorization?: string) => () =>
      readSepay({ headers: { authorization }, body: bytes(SEPAY_BODY) }, access, NOW)
    expect(asked('Apikey k-1')()).toHaveLength(1)
    for (const wrong of [undefined, '', 'Apikey ', 'Apikey k-2', 'Bearer k-1', 'k-1'])
      expect(code(asked(wrong))).toBe('payments.signature-wrong')
    expect(code(() => readSepay(sepay(SEPAY_BODY), access, NOW))).toBe('payments.signature-wrong')
    const byKey = { headers: { authorization: 'Apikey sepay-secret' }, body: bytes(SEPAY_BODY) }
    expect(code(() => readSepay(byKey, SEPAY, NOW))).toBe('payments.signature-wrong')
    const noKey = { kind: 'api-key', key: '' } as const
    expect(code(() => readSepay(byKey, noKey, NOW))).toBe('payments.signature-wrong')
  })

  test('any byte of the body changed is noticed', () => {
    const body = bytes(SEPAY_BODY)
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body)
      changed[at] = changed[at]! ^ 1
      expect(code(() => readSepay(sepay(changed), SEPAY, NOW))).toBe('payments.signature-wrong')
    }
  })

  test.each([
    [{ 'x-sepay-signature': undefined }],
    [{ 'x-sepay-timestamp': undefined }],
    [{ 'x-sepay-timestamp': '1795676561' }],
    [{ 'x-sepay-timestamp': '0x1' }],
    [{ 'x-sepay-signature': SEPAY_SIGNATURE }],
    [{ 'x-sepay-signature': `sha256=${SEPAY_SIGNATURE.slice(2)}` }],
    [{ 'x-sepay-signature': `sha256=${SEPAY_SIGNATURE}00` }],
    [{ 'x-sepay-signature': `sha256=${'zz'.repeat(32)}` }],
    [{ 'x-sepay-signature': [`sha256=${SEPAY_SIGNATURE}`, `sha256=${SEPAY_SIGNATURE}`] }],
  ])('%j is nobody we know', (headers) => {
    expect(code(() => readSepay(sepay(SEPAY_BODY, headers), SEPAY, NOW))).toBe('payments.signature-wrong')
  })

  test('fresh for five minutes before and after, told to nobody who cannot sign', () => {
    const at = (seconds: number) => new Date((Number(STAMP) + seconds) * 1000)
    for (const seconds of [-300, 0, 300])
      expect(readSepay(sepay(SEPAY_BODY), SEPAY, at(seconds))).toHaveLength(1)
    for (const seconds of [-301, 301])
      expect(code(() => readSepay(sepay(SEPAY_BODY), SEPAY, at(seconds)))).toBe('payments.stale')
    expect(code(() => readSepay(sepay(`${SEPAY_BODY} `), SEPAY, at(301)))).toBe('payments.signature-wrong')
  })

  test.each<[unknown, string]>([
    [0, 'payments.amount-unreadable'],
    [-1, 'payments.amount-unreadable'],
    [0.5, 'payments.amount-unreadable'],
    [10_000_000_000_001, 'payments.amount-unreadable'],
    [1e300, 'payments.amount-unreadable'],
    ['15930', 'payments.malformed'],
    [null, 'payments.malformed'],
  ])('rightly signed, an amount of %j is refused', (transferAmount, expected) => {
    const body = JSON.stringify({ ...JSON.parse(SEPAY_BODY), transferAmount })
    expect(code(() => readSepay(signedSepay(body), SEPAY, NOW))).toBe(expected)
  })

  test.each([
    '{"a":',
    '[]',
    'null',
    '"x"',
    '',
    '{}',
    '['.repeat(100_000),
    `{"id":1,"x":${'['.repeat(50)}${']'.repeat(50)}}`,
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), transactionDate: '2026-02-30 14:02:37' }),
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), transactionDate: '2026-11-26 24:00:00' }),
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), transactionDate: '2026-11-26T14:02:37Z' }),
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), transferType: 'IN' }),
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), id: {} }),
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), id: 2 ** 60 }),
    JSON.stringify({ ...JSON.parse(SEPAY_BODY), content: 'x'.repeat(300_000) }),
  ])('rightly signed, %.60s is refused as malformed', (body) => {
    expect(code(() => readSepay(signedSepay(body), SEPAY, NOW))).toBe('payments.malformed')
  })

  test('of a key that stands twice the last counts, and keys of prototypes do nothing', () => {
    const twice = SEPAY_BODY.replace('{', '{"transferAmount":1,')
    expect(readSepay(signedSepay(twice), SEPAY, NOW)[0]?.amountVnd).toBe(15_930)
    const hostile = SEPAY_BODY.replace(
      '{',
      '{"__proto__":{"transferAmount":1},"constructor":{"prototype":{}},',
    )
    expect(readSepay(signedSepay(hostile), SEPAY, NOW)[0]?.amountVnd).toBe(15_930)
    expect(({} as Record<string, unknown>).transferAmount).toBeUndefined()
  })

  test('bytes that are no UTF-8', () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d])
    const signature = createHmac('sha256', SEPAY.secret).update(`${STAMP}.`).update(body).digest('hex')
    const headers = { 'x-sepay-signature': `sha256=${signature}` }
    expect(code(() => readSepay(sepay(body, headers), SEPAY, NOW))).toBe('payments.malformed')
  })
})

describe('Casso', () => {
  const line = {
    provider: 'casso',
    providerReference: '77',
    bankReference: 'FT26330',
    accountNumber: '0123499999',
    amountVnd: 15_930,
    direction: 'in',
    currency: 'VND',
    content: 'Nộp đảng phí DP/7 "x"',
    ...BOOKED,
  }

  test('signed, in whatever order its keys stand and however its text is escaped', () => {
    expect(readCasso(casso(CASSO_BODY), CASSO, NOW)).toEqual([line])
    const { error, data } = JSON.parse(CASSO_BODY)
    const turned = { data: Object.fromEntries(Object.entries(data).reverse()), error }
    expect(readCasso(casso(JSON.stringify(turned, undefined, 2)), CASSO, NOW)).toEqual([line])
    const escaped = CASSO_BODY.replaceAll('/', String.raw`\/`).replace(
      /[^\x20-\x7e]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    expect(escaped).not.toBe(CASSO_BODY)
    expect(readCasso(casso(escaped), CASSO, NOW)).toEqual([line])
  })

  test('signed over the escapes of another language, it is not taken', () => {
    const { error, data } = JSON.parse(CASSO_BODY)
    const sorted = JSON.stringify({
      data: Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))),
      error,
    })
    expect(hmac('sha512', CASSO.secret, `1795676560123.${sorted}`)).toBe(CASSO_SIGNATURE)
    const php = hmac('sha512', CASSO.secret, `1795676560123.${sorted.replaceAll('/', String.raw`\/`)}`)
    expect(code(() => readCasso(casso(CASSO_BODY, `t=1795676560123,v1=${php}`), CASSO, NOW))).toBe(
      'payments.signature-wrong',
    )
  })

  test('any byte changed is refused, or reads the same', () => {
    const body = bytes(CASSO_BODY)
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body)
      changed[at] = changed[at]! ^ 1
      const callback = { ...casso(''), body: changed }
      expect(code(() => readCasso(callback, CASSO, NOW))).toMatch(/^payments\.(signature-wrong|malformed)$/)
    }
  })

  test.each([
    undefined,
    '',
    't=1795676560123',
    `v1=${CASSO_SIGNATURE}`,
    `t=1795676560124,v1=${CASSO_SIGNATURE}`,
    `t=,v1=${CASSO_SIGNATURE}`,
    `t=1795676560123,v2=${CASSO_SIGNATURE}`,
    ','.repeat(10_000),
  ])('the header %.40s is nobody we know', (header) => {
    const callback = { headers: { 'x-casso-signature': header }, body: bytes(CASSO_BODY) }
    expect(code(() => readCasso(callback, CASSO, NOW))).toBe('payments.signature-wrong')
  })

  test('fresh for five minutes, in milliseconds', () => {
    const at = (ms: number) => new Date(1795676560123 + ms)
    expect(readCasso(casso(CASSO_BODY), CASSO, at(300_000))).toHaveLength(1)
    expect(code(() => readCasso(casso(CASSO_BODY), CASSO, at(300_001)))).toBe('payments.stale')
    expect(code(() => readCasso(casso(CASSO_BODY), CASSO, at(-300_001)))).toBe('payments.stale')
  })

  test('a key named __proto__ is part of what is signed', () => {
    const body = CASSO_BODY.replace('{', '{"__proto__":1,')
    expect(code(() => readCasso(casso(body), CASSO, NOW))).toBe('payments.signature-wrong')
  })

  test('older: a token and a list', () => {
    const access = { kind: 'token', token: 't-1' } as const
    const data = [
      {
        id: 1,
        tid: 'A',
        description: 'vào',
        amount: 79_000,
        when: '2026-11-26 14:02:37',
        subAccId: '0123499999',
      },
      {
        id: 2,
        tid: '',
        description: null,
        amount: -50_000,
        when: '2026-11-26 14:02:37',
        bank_sub_acc_id: '0123499999',
      },
    ]
    const asked = (token: string | undefined, lines: unknown) => () =>
      readCasso(
        { headers: { 'secure-token': token }, body: bytes(JSON.stringify({ error: 0, data: lines })) },
        access,
        NOW,
      )
    expect(asked('t-1', data)()).toMatchObject([
      { providerReference: '1', bankReference: 'A', amountVnd: 79_000, direction: 'in', content: 'vào' },
      {
        providerReference: '2',
        amountVnd: 50_000,
        direction: 'out',
        accountNumber: '0123499999',
        content: '',
      },
    ])
    expect(asked('t-1', [])()).toEqual([])
    expect(code(asked('t-2', data))).toBe('payments.signature-wrong')
    expect(code(asked(undefined, data))).toBe('payments.signature-wrong')
    expect(code(asked('t-1', data[0]))).toBe('payments.malformed')
    expect(code(asked('t-1', [{ ...data[0], subAccId: '' }]))).toBe('payments.malformed')
    expect(code(asked('t-1', [data[0], { ...data[1], amount: 0 }]))).toBe('payments.amount-unreadable')
    expect(code(() => readCasso(casso(CASSO_BODY), access, NOW))).toBe('payments.signature-wrong')
  })
})

describe('payOS', () => {
  test('signed: a line; in whatever order the keys stand', () => {
    const line = {
      provider: 'payos',
      providerReference: 'FT26330/123',
      bankReference: 'FT26330',
      accountNumber: '0123499999',
      amountVnd: 15_930,
      direction: 'in',
      currency: 'VND',
      content: 'Nộp đảng phí DP/7',
      ...BOOKED,
    }
    expect(readPayos(payos(PAYOS_DATA), PAYOS)).toEqual([line])
    expect(readPayos(payos(Object.fromEntries(Object.entries(PAYOS_DATA).reverse())), PAYOS)).toEqual([line])
  })

  test('any field changed, taken away or added is noticed', () => {
    for (const key of Object.keys(PAYOS_DATA)) {
      const { [key as 'amount']: _, ...less } = PAYOS_DATA
      for (const data of [{ ...PAYOS_DATA, [key]: 'x' }, less])
        expect(
          code(() => readPayos(payos(data), PAYOS)),
          key,
        ).toBe('payments.signature-wrong')
    }
    expect(code(() => readPayos(payos({ ...PAYOS_DATA, more: '' }), PAYOS))).toBe('payments.signature-wrong')
    for (const signature of ['', null, 1, PAYOS_SIGNATURE.slice(1)])
      expect(code(() => readPayos(payos(PAYOS_DATA, signature), PAYOS))).toMatch(/signature-wrong|malformed/)
  })

  test('a byte changed is refused, or what is signed reads the same', () => {
    const { body } = payos(PAYOS_DATA)
    const before = JSON.stringify(readPayos(payos(PAYOS_DATA), PAYOS))
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body)
      changed[at] = changed[at]! ^ 1
      try {
        expect(JSON.stringify(readPayos({ headers: {}, body: changed }, PAYOS))).toBe(before)
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }
  })

  test('a note in which other fields are hidden is refused, though its signature agrees', () => {
    const note = 'x&orderCode=9&reference=R&transactionDateTime=2026-11-26 00:00:00&virtualAccountName='
    const honest = signedPayos({ ...PAYOS_DATA, description: note })
    expect(code(() => readPayos(honest, PAYOS))).toBe('payments.malformed')
    const text = Object.entries(PAYOS_DATA)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${key === 'description' ? note : (value ?? '')}`)
      .join('&')
    const [before, after] = text.split('virtualAccountName=') as [string, string]
    const split = Object.fromEntries(
      before
        .slice(0, -1)
        .split('&')
        .map((field) => field.split('=') as [string, string]),
    )
    const { signature } = JSON.parse(honest.body.toString()) as { signature: string }
    const turned = { ...split, orderCode: 9, amount: 15930, virtualAccountName: after }
    expect(code(() => readPayos(payos(turned, signature), PAYOS))).toBe('payments.malformed')
  })

  test.each<[Record<string, unknown>, string]>([
    [{ currency: 'USD' }, 'payments.currency-not-dong'],
    [{ currency: null }, 'payments.malformed'],
    [{ amount: 1.5 }, 'payments.amount-unreadable'],
    [{ amount: 0 }, 'payments.amount-unreadable'],
    [{ amount: '15930' }, 'payments.malformed'],
    [{ orderCode: '123' }, 'payments.malformed'],
    [{ reference: '' }, 'payments.malformed'],
    [{ reference: 'F'.repeat(98) }, 'payments.malformed'],
    [{ transactionDateTime: '26/11/2026' }, 'payments.malformed'],
    [{ accountNumber: '' }, 'payments.malformed'],
  ])('rightly signed, %j is refused', (wrong, expected) => {
    expect(code(() => readPayos(signedPayos({ ...PAYOS_DATA, ...wrong }), PAYOS))).toBe(expected)
  })

  test('lists and objects, whose content no signature covers', () => {
    const data = { ...PAYOS_DATA, items: [{ name: 'x' }] }
    expect(code(() => readPayos(payos(data), PAYOS))).toBe('payments.malformed')
  })

  test('an order is signed as the provider says', () => {
    const order = {
      amount: 15_930,
      cancelUrl: 'https://a.example/huy',
      description: 'DP7',
      orderCode: 123,
      returnUrl: 'https://a.example/ve',
    }
    expect(payosOrderSignature('payos-key', order)).toBe(
      '8b69265e2c4bc1470b52a6fb2c8bbe4f0cab90ef492c498bc20ddb9f2c861e6b',
    )
  })
})

const TRANSFER: SimulatedTransfer = {
  id: 5,
  bankReference: 'FT1',
  accountNumber: '0123499999',
  amountVnd: 15_930,
  direction: 'in',
  content: 'Nộp / phí "DP"',
  bookedAt: '2026-11-26 14:02:37',
  counterAccount: '999',
}

describe('the simulated bank', () => {
  test('is read as the go-betweens are, by each of their forms', () => {
    const told = {
      accountNumber: '0123499999',
      amountVnd: 15_930,
      direction: 'in',
      content: 'Nộp / phí "DP"',
      ...BOOKED,
    }
    const key = { kind: 'api-key', key: 'k' } as const
    const token = { kind: 'token', token: 't' } as const
    expect(readSepay(sepayCallback(TRANSFER, SEPAY, NOW), SEPAY, NOW)).toMatchObject([told])
    expect(readSepay(sepayCallback(TRANSFER, key, NOW), key, NOW)).toMatchObject([told])
    expect(readCasso(cassoCallback([TRANSFER], CASSO, NOW), CASSO, NOW)).toMatchObject([
      { ...told, counterAccount: '999' },
    ])
    const out = { ...TRANSFER, id: 6, direction: 'out' } as const
    expect(readCasso(cassoCallback([TRANSFER, out], token, NOW), token, NOW)).toMatchObject([
      told,
      { providerReference: '6', direction: 'out', amountVnd: 15_930 },
    ])
    expect(readPayos(payosCallback(TRANSFER, PAYOS), PAYOS)).toMatchObject([
      { ...told, providerReference: 'FT1/5' },
    ])
  })

  test('needs a secret', () => {
    expect(() => payosCallback(TRANSFER, { checksumKey: '' })).toThrow(RangeError)
  })
})

test('whatever comes in, signed or not, is read or refused: never a defect', () => {
  const token = { kind: 'token', token: 't' } as const
  const body = fc.oneof(
    fc.json().map(bytes),
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map(bytes),
    fc.record({ data: fc.anything(), signature: fc.anything() }).map((value) => bytes(jsonOf(value))),
  )
  fc.assert(
    fc.property(body, fc.string(), (content, header) => {
      const headers = { 'x-casso-signature': header, 'x-sepay-signature': header, authorization: header }
      const raw = { headers: { ...headers, 'x-sepay-timestamp': STAMP, 'secure-token': 't' }, body: content }
      const stamped = createHmac('sha256', SEPAY.secret).update(`${STAMP}.`).update(content).digest('hex')
      const signed = { ...raw, headers: { ...raw.headers, 'x-sepay-signature': `sha256=${stamped}` } }
      for (const ask of [
        () => readSepay(raw, SEPAY, NOW),
        () => readSepay(signed, SEPAY, NOW),
        () => readCasso(raw, CASSO, NOW),
        () => readCasso(raw, token, NOW),
        () => readPayos(raw, PAYOS),
      ])
        expect(code(ask) ?? 'payments.read').toMatch(/^payments\./)
    }),
    { numRuns: 500 },
  )
})

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return 'null'
  }
}
