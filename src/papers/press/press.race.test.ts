/** The press with real workers: whole papers, refusals that keep their words, keys that stay here, workers that are lost. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleKeys, signedAt } from '../../signatures/examples.ts'
import { verifyPaper } from '../../signatures/verify.ts'
import { RESIDENCE_COMMENT } from '../examples.ts'
import type { Making } from './make.ts'
import { HERE, openPress, type Press } from './press.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const PROGRAM = pathToFileURL(join(ROOT, 'build', 'press.mjs'))
let press: Press

beforeAll(() => {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')])
  if (status !== 0) throw new Error('the program was not built')
  press = openPress(PROGRAM, 2)
})
afterAll(() => press.close())

const of = { template: 'residence-comment' as const, data: RESIDENCE_COMMENT }
const signed: Making = { of, place: 'cell', at: signedAt(0) }
const FILL = { 'confirmed-on': 'Tân Tạo, ngày 05 tháng 12 năm 2026' }

test('papers of the press are the papers made here, and both signatures verify', async () => {
  const { person, organisation, root } = await exampleKeys()
  const made = await Promise.all(Array.from({ length: 12 }, () => press.make(signed, person)))
  const here = await HERE.make(signed, person)
  for (const paper of made) expect(Buffer.compare(paper, here)).toBe(0)
  const seal = { of: made[0]!, place: 'organisation', at: signedAt(1), fill: FILL }
  const whole = verifyPaper(await press.make(seal, organisation), { trust: [root.certificatePem] })
  expect(whole).toMatchObject({ valid: true, trusted: true, unsigned: [], problems: [], fields: FILL })
  expect(whole.signatures.map(({ place }) => place)).toEqual(['cell', 'organisation'])
})

test('an expired certificate, a place that is taken, a key that does not answer: each fails alone, in its own words', async () => {
  const { person } = await exampleKeys()
  const late = press.make({ ...signed, at: new Date('2040-01-01T00:00:00Z') }, person)
  const deaf = press.make(signed, { ...person, sign: () => Promise.reject(new Error('token removed')) })
  const first = press.make(signed, person)
  await expect(late).rejects.toMatchObject({ kind: 'against-rule', code: 'signature.certificate-not-valid' })
  await expect(deaf).rejects.toThrow('token removed')
  const twice = press.make({ ...signed, of: await first }, person)
  await expect(twice).rejects.toMatchObject({ kind: 'conflict', code: 'paper.place-taken' })
})

/** A worker's program that ends at once the first time it is started, and every time when there is no `then`. */
async function dying(then?: URL): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-press-'))
  const mark = JSON.stringify(join(folder, 'died'))
  const program = join(folder, 'dying.mjs')
  const second = then ? `if (existsSync(${mark})) await import('${then.href}')\nelse ` : ''
  const die = `{ writeFileSync(${mark}, ''); process.exit(1) }`
  await writeFile(program, `import { existsSync, writeFileSync } from 'node:fs'\n${second}${die}\n`)
  return pathToFileURL(program)
}

test('what a lost worker had in hand is made by another one', async () => {
  const { person } = await exampleKeys()
  const shaky = openPress(await dying(PROGRAM), 1)
  const papers = await Promise.all([1, 2, 3, 4].map(() => shaky.make(signed, person)))
  expect(papers).toHaveLength(4)
  await shaky.close()
})

test('a paper that two workers were lost over is given up, and nobody waits for ever', async () => {
  const { person } = await exampleKeys()
  const deadly = openPress(await dying(), 2)
  const all = await Promise.allSettled([1, 2, 3, 4, 5].map(() => deadly.make(signed, person)))
  expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'))
  await deadly.close()
})

test('a closed press says so', async () => {
  const { person } = await exampleKeys()
  const short = openPress(PROGRAM, 1)
  const under = short.make(signed, person)
  const closed = short.close()
  await expect(under).rejects.toThrow('the press')
  await closed
  await expect(short.make(signed, person)).rejects.toThrow('the press is closed')
})
