/** Time-stamps asked for while signing: an honest authority, openssl as another one, every lie we know, and silence. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  HONEST,
  lies,
  POLICY,
  startTimeAuthority,
  type TimeAuthority,
} from '../../../tests/time-authority.ts'
import { CELL_REFERRAL, RESIDENCE_COMMENT } from '../../papers/examples.ts'
import { renderPaper } from '../../papers/render.ts'
import { issueTestCertificate } from '../authority.ts'
import { readPem } from '../certificates.ts'
import { exampleKeys } from '../examples.ts'
import { preparePaper } from '../prepare.ts'
import { signPaper } from '../seal.ts'
import { verifyPaper } from '../verify.ts'
import { askForStamp, TimestampError } from './authority.ts'
import { readTimestamp } from './stamp.ts'
import { openStamper } from './stamper.ts'

const NOW = new Date('2026-08-05T02:12:33Z')
const SIGNATURE = Buffer.from('giá trị chữ ký')
let authority: TimeAuthority
let moment = 0
beforeAll(async () => void (authority = await startTimeAuthority(() => NOW)))
afterAll(() => authority.close())
beforeEach(() => {
  authority.manner = HONEST
  authority.asked = 0
  moment = 0
})

const settings = (url = authority.url, root = authority.root.certificatePem) => ({
  url,
  policy: POLICY,
  roots: async () => readPem(root),
  now: () => NOW,
})
const ask = () => askForStamp(settings(), SIGNATURE)

test('an honest authority proves the moment, and is named', async () => {
  const stamp = readTimestamp(await ask(), SIGNATURE, readPem(authority.root.certificatePem))
  expect(stamp).toMatchObject({ at: NOW, by: 'TSA thử (TEST)', trusted: true, policy: POLICY })
})

test('every lie is found, each for what it is', async () => {
  const found: Record<string, string> = {}
  const expected: Record<string, string> = {}
  for (const [what, [why, manner]] of Object.entries(await lies(authority.root))) {
    authority.manner = manner
    expected[what] = why
    found[what] = await ask().then(
      () => 'believed',
      (error: unknown) => (error instanceof TimestampError ? error.why : String(error)),
    )
  }
  expect(Object.keys(found).length).toBeGreaterThanOrEqual(20)
  expect(found).toEqual(expected)
}, 30_000)

test('nobody at that address', async () => {
  const silent = askForStamp(settings('http://127.0.0.1:1/'), SIGNATURE)
  await expect(silent).rejects.toMatchObject({ why: 'away' })
})

test('without a stamp a paper is signed all the same, and the verifier says which it is', async () => {
  const { person, root } = await exampleKeys()
  const changes: (string | undefined)[] = []
  const stamper = openStamper({
    ask: (value) => askForStamp(settings(), value),
    now: () => moment,
    onChange: (why) => changes.push((why as TimestampError | undefined)?.why),
  })
  const stamped = { ...person, stamp: stamper.stamp }
  const prepared = preparePaper(await renderPaper({ template: 'referral', data: CELL_REFERRAL }))
  const trust = { trust: [root.certificatePem], trustTimestamps: [authority.root.certificatePem] }
  const proven = await signPaper(prepared, { place: 'person', key: stamped, at: NOW })
  expect(verifyPaper(proven, trust)).toMatchObject({
    trusted: true,
    signatures: [{ timestamped: true, timestampedBy: 'TSA thử (TEST)' }],
  })
  expect(verifyPaper(proven, { trust: [root.certificatePem] })).toMatchObject({
    trusted: true,
    signatures: [{ timestamped: false, timestampedBy: 'TSA thử (TEST)' }],
  })
  authority.manner = async () => ({ status: 500 })
  const plain = await signPaper(prepared, { place: 'person', key: stamped, at: NOW })
  const report = verifyPaper(plain, trust)
  expect(report).toMatchObject({ trusted: true, signatures: [{ timestamped: false }] })
  expect(report.signatures[0]).not.toHaveProperty('timestampedBy')
  expect(changes).toEqual([])
})

test('a stamp a minute ahead of the next signature breaks no order', async () => {
  const { person, organisation, root } = await exampleKeys()
  authority.manner = (parts, key, response) =>
    HONEST({ ...parts, at: new Date(NOW.getTime() + 60_000) }, key, response)
  const rendered = await renderPaper({ template: 'residence-comment', data: RESIDENCE_COMMENT })
  const [cell, body] = rendered.places
  const stamp = (value: Uint8Array) => askForStamp(settings(), value)
  const once = await signPaper(preparePaper(rendered), {
    place: cell!.name,
    key: { ...person, stamp },
    at: NOW,
  })
  const twice = await signPaper(once, { place: body!.name, key: organisation, at: NOW })
  const trust = [root.certificatePem, authority.root.certificatePem]
  expect(verifyPaper(twice, { trust }).problems).toEqual([])
  const hourAhead = new Date(NOW.getTime() + 3_600_000)
  authority.manner = (parts, key, response) => HONEST({ ...parts, at: hourAhead }, key, response)
  const ahead = await signPaper(preparePaper(rendered), {
    place: cell!.name,
    key: { ...person, stamp: (value) => askForStamp({ ...settings(), now: () => hourAhead }, value) },
    at: NOW,
  })
  const late = await signPaper(ahead, { place: body!.name, key: organisation, at: NOW })
  expect(verifyPaper(late, { trust }).problems).toMatchObject([{ code: 'signature.time-order' }])
})

const noPdfsig = spawnSync('pdfsig', ['-v']).error !== undefined
if (noPdfsig)
  process.stderr.write('SKIPPED: pdfsig judges no time-stamps here: apt-get install -y poppler-utils\n')

test.skipIf(noPdfsig)(
  'pdfsig takes every signature of a paper whose signatures carry time-stamps',
  async () => {
    const { person, organisation } = await exampleKeys()
    const rendered = await renderPaper({ template: 'residence-comment', data: RESIDENCE_COMMENT })
    const [cell, body] = rendered.places
    const stamp = (value: Uint8Array) => askForStamp(settings(), value)
    const stamped = (place: { name: string }, key: typeof person) => ({
      place: place.name,
      key: { ...key, stamp },
      at: NOW,
    })
    const once = await signPaper(preparePaper(rendered), stamped(cell!, person))
    const file = join(await mkdtemp(join(tmpdir(), 'dangvu-ts-')), 'paper.pdf')
    await writeFile(file, await signPaper(once, stamped(body!, organisation)))
    expect(authority.asked).toBe(2)
    const said = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout
    expect(said.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(2)
    expect(said.match(/Total document signed/g)).toHaveLength(1)
  },
)

test('two failures and nobody asks for half a minute; then one does, and all do when it answers', async () => {
  const changes: (string | undefined)[] = []
  const stamper = openStamper({
    ask: (value) => askForStamp(settings(), value),
    now: () => moment,
    onChange: (why) => changes.push((why as TimestampError | undefined)?.why),
  })
  const many = async (count: number) => {
    const stamps = await Promise.all(Array.from({ length: count }, () => stamper.stamp(SIGNATURE)))
    return stamps.filter((stamp) => stamp !== undefined).length
  }
  authority.manner = async () => ({ status: 500 })
  expect([await many(1), await many(1)]).toEqual([0, 0])
  expect([await many(2_000), authority.asked, changes]).toEqual([0, 2, ['status']])
  moment = 29_999
  expect([await many(10), authority.asked]).toEqual([0, 2])
  moment = 30_000
  expect([await many(10), authority.asked], 'one of ten asks').toEqual([0, 3])
  moment = 30_000 + 59_999
  expect([await many(10), authority.asked], 'twice as long now').toEqual([0, 3])
  authority.manner = HONEST
  moment += 1
  expect(await many(1)).toBe(1)
  expect([await many(10), changes]).toEqual([10, ['status', undefined]])
})

test('questions asked together that fail together pause once; roots that cannot be read cost stamps and no paper', async () => {
  const told: string[] = []
  let fail = () => undefined as void
  const failing = new Promise<never>((_, reject) => (fail = () => reject(new Error('no roots'))))
  const stamper = openStamper({
    ask: () => failing,
    now: () => moment,
    onChange: (why) => told.push(why?.message ?? 'well'),
  })
  const eight = Promise.all(Array.from({ length: 8 }, () => stamper.stamp(SIGNATURE)))
  moment = 3_000
  fail()
  expect([await eight, told]).toEqual([Array<undefined>(8).fill(undefined), ['no roots']])
  // of the pause half a minute, not ten
  let asked = 0
  const again = openStamper({
    ask: () => ((asked += 1), failing),
    now: () => moment,
    onChange: () => undefined,
  })
  await Promise.all(Array.from({ length: 8 }, () => again.stamp(SIGNATURE)))
  moment += 30_000
  await again.stamp(SIGNATURE)
  expect(asked).toBe(9)
})

test('openssl as the authority, and as the judge of ours', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-ts-'))
  const at = (name: string) => join(folder, name)
  const { root } = authority
  const validity = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2040-01-01T00:00:00Z') }
  const stored = await issueTestCertificate(root, { name: 'openssl', kind: 'timestamp' }, validity)
  await writeFile(at('key.pem'), stored.privateKeyPem)
  await writeFile(at('cert.pem'), stored.certificatePem)
  await writeFile(at('root.pem'), root.certificatePem)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const digest of ['sha256', 'sha512']) {
    await writeFile(
      at('ts.cnf'),
      `[tsa]\ndefault_tsa=t\n[t]\nserial=${at('serial')}\ndefault_policy=${POLICY}\ndigests=sha256\nsigner_digest=${digest}\naccuracy=secs:1\nordering=no\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=${digest === 'sha256' ? 'sha256' : 'sha1'}\n`,
    )
    authority.manner = async ({ query }) => {
      await writeFile(at('query'), query)
      const signer = ['-signer', at('cert.pem'), '-inkey', at('key.pem')]
      openssl(
        'ts',
        '-reply',
        '-config',
        at('ts.cnf'),
        '-queryfile',
        at('query'),
        ...signer,
        '-out',
        at('reply'),
      )
      return { body: await readFile(at('reply')) }
    }
    const token = await askForStamp({ ...settings(), now: () => new Date() }, SIGNATURE)
    const stamp = readTimestamp(token, SIGNATURE, readPem(root.certificatePem))
    expect(stamp).toMatchObject({ by: 'openssl (TEST)', trusted: true })
  }
  authority.manner = HONEST
  await writeFile(at('token'), await ask())
  await writeFile(at('data'), SIGNATURE)
  const judged = openssl(
    'ts',
    '-verify',
    '-in',
    at('token'),
    '-token_in',
    '-data',
    at('data'),
    '-CAfile',
    at('root.pem'),
  )
  expect(judged.toString()).toContain('Verification: OK')
})
