/** `fee`: the answer of the contract without a database, in words for people, and a refusal with its code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-fee-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A database that is not there: whoever asks it fails. */
const NOWHERE = { DATABASE_URL: 'postgres://127.0.0.1:1/nothing' }

async function fee(facts: unknown, ...more: string[]) {
  const path = join(folder, 'facts.json')
  await writeFile(path, typeof facts === 'string' ? facts : JSON.stringify(facts))
  let out = ''
  let error = ''
  const exit = await runCommandLine(['fee', '--facts', path, ...more], {
    env: NOWHERE,
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  })
  return { exit, out, error }
}

const C05 = { period: '2026-06', birthDate: '1986-05-19', sex: 'male', region: 'I' }

test('--json: the amount, the class and each reason with its citation, and nothing else', async () => {
  const { exit, out } = await fee(C05, '--json')
  const answer = JSON.parse(out)
  expect(exit).toBe(0)
  expect(Object.keys(answer)).toEqual(['amountVnd', 'class', 'why'])
  expect(answer).toMatchObject({ amountVnd: 15_930, class: 'TRONG_TUOI' })
  expect(answer.why).toContainEqual({
    rule: 'Mức đóng',
    citation: '01-QĐ/TW, Điều 3 khoản 2.2',
    input: '5.310.000 đ × 0,3 %',
    result: '15.930 đ',
  })
  for (const step of answer.why) expect(Object.keys(step)).toEqual(['rule', 'citation', 'input', 'result'])
})

test('for people: the amount in figures and words, the class, the reasons; English when asked', async () => {
  const { exit, out } = await fee(C05)
  expect(exit).toBe(0)
  expect(out).toContain('Đảng phí tháng 6/2026: 15.930 đ (Mười lăm nghìn chín trăm ba mươi đồng)')
  expect(out).toContain('Nhóm: TRONG_TUOI')
  expect(out).toContain('5.310.000 đ × 0,3 % → 15.930 đ')
  expect((await fee(C05, '--lang', 'en')).out).toContain('Party fee of June 2026: 15.930 đ')
})

test.each([
  ['a fact that is missing', { ...C05, region: undefined }, 'party-fees.region-missing'],
  ['a period before the tariff', { ...C05, period: '2011-03' }, 'party-fees.period-before-tariff'],
  ['a field nobody knows', { ...C05, vung: 'I' }, 'party-fees.field-unknown'],
  ['an amount with a fraction', { ...C05, pensionVnd: 0.5 }, 'party-fees.amount-fractional'],
  ['what is no JSON', '{period', 'file.not-json'],
])('%s: exit code 1, the code, and words in both languages', async (_what, facts, code) => {
  const { exit, out, error } = await fee(facts, '--json')
  expect([exit, JSON.parse(out).error.code]).toEqual([1, code])
  expect(error.trim().length).toBeGreaterThan(10)
  const english = JSON.parse((await fee(facts, '--json', '--lang', 'en')).out)
  expect(english.error.message).not.toBe(JSON.parse(out).error.message)
})

test('amounts in a refusal have dots, and the member’s own figures are not repeated', async () => {
  const { error } = await fee({ period: '2026-06', abroad: { kind: 'other', setAmountVnd: 29_999 } })
  expect(error).toContain('30.000')
  expect(error).not.toContain('29.999')
})
