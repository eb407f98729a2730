/** `vietqr`: the text alone on standard output, refusals in words, and no database. */
import { expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'

async function run(...argv: string[]) {
  let out = ''
  let error = ''
  const exit = await runCommandLine(['vietqr', ...argv], {
    env: { DATABASE_URL: 'postgres://127.0.0.1:1/x', LANG: 'vi' },
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  })
  return { exit, out, error }
}

const TO = ['--bin', '970416', '--account', '257678859']

test('with an amount for one payment, without for many', async () => {
  expect(await run(...TO, '--amount', '10000', '--note', 'Chuyển tiền')).toEqual({
    exit: 0,
    out: '00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN62150811Chuyen tien630453E6\n',
    error: '',
  })
  expect((await run(...TO)).out).toBe(
    '00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F\n',
  )
})

test('to a card', async () => {
  expect((await run('--bin', '970403', '--account', '9704031101234567', '--card')).out).toContain(
    '0208QRIBFTTC',
  )
})

test('as JSON, with the bank; one that the list does not have is told on the side', async () => {
  const { out } = await run(...TO, '--json')
  expect(JSON.parse(out)).toMatchObject({
    payload: expect.stringMatching(/AE9F$/),
    bank: { shortName: 'ACB' },
  })
  const { exit, out: other, error } = await run('--bin', '123456', '--account', '1', '--json')
  expect([exit, JSON.parse(other).bank]).toEqual([0, null])
  expect(error).toContain('123456')
})

test.each([
  [['--bin', '9704', '--account', '1'], 1, 'payments.bank-number-wrong', 'sáu chữ số'],
  [['--bin', '970416', '--account', '1'.repeat(20)], 1, 'payments.account-wrong', '19'],
  [[...TO, '--amount', '0'], 1, 'payments.amount-wrong', 'đồng'],
  [[...TO, '--amount=-5'], 1, 'payments.amount-wrong', 'đồng'],
  [[...TO, '--amount', '1.5'], 1, 'payments.amount-wrong', 'đồng'],
  [[...TO, '--amount', '500000000'], 1, 'payments.amount-over-limit', '500.000.000'],
  [[...TO, '--amount', '50k'], 2, 'usage.flag-value', '--amount 50000'],
  [[...TO, '--note', 'a'.repeat(26)], 1, 'payments.note-too-long', '25'],
  [[...TO, '--note', '党'], 1, 'payments.note-not-plain', 'chữ'],
  [['--bin', '970416'], 2, 'usage.missing', '--account'],
])('%j is refused', async (argv, exit, code, words) => {
  const plain = await run(...argv)
  expect(plain).toMatchObject({ exit, out: '' })
  expect(plain.error).toContain(words)
  expect(JSON.parse((await run(...argv, '--json')).out)).toMatchObject({ error: { code } })
})
