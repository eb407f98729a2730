/** `verify-pdf`: 0 only for a paper that is whole and signed by whom one trusts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { TRANSFER_REQUEST } from '../../papers/examples.ts'
import { renderPaper } from '../../papers/render.ts'
import { makeTestAuthority } from '../../signatures/authority.ts'
import { preparePaper } from '../../signatures/prepare.ts'
import { signPaper } from '../../signatures/seal.ts'
import { openTestSigners } from '../test-signing.ts'
import { runCommandLine } from './command-line.ts'

let testDatabase: TestDatabase
let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'dangvu-verify-'))
  const database = openDatabase(testDatabase.url, { connections: 2 })
  const signers = openTestSigners(database, { now: () => new Date() })
  const prepared = preparePaper(await renderPaper({ template: 'transfer-request', data: TRANSFER_REQUEST }))
  const signed = await signPaper(prepared, {
    place: 'system',
    key: await signers.forSystem(),
    at: new Date(),
  })
  const changed = Uint8Array.from(signed)
  changed[2000] = changed[2000]! ^ 1
  const stranger = await makeTestAuthority('Người khác', {
    from: new Date('2026-01-01'),
    to: new Date('2036-01-01'),
  })
  await writeFile(at('signed.pdf'), signed)
  await writeFile(at('changed.pdf'), changed)
  await writeFile(at('roots.pem'), (await signers.trustRoots()).join('\n'))
  await writeFile(at('stranger.pem'), stranger.certificatePem)
  await database.close()
})

afterAll(async () => {
  await testDatabase.drop()
  await rm(folder, { recursive: true })
})

async function verify(file: string, trust: string | undefined, env: Record<string, string>) {
  let out = ''
  const argv = ['verify-pdf', at(file), '--json', ...(trust === undefined ? [] : ['--trust', at(trust)])]
  const exit = await runCommandLine(argv, { env, out: (text) => void (out += text), error: () => undefined })
  const { valid, trusted, test: isTest, error } = JSON.parse(out)
  return error ? { exit, error: error.code } : { exit, valid, trusted, test: isTest }
}

/** Of a trial on the test's database, of a real one on the same, and nowhere. */
const trial = () => ({ DATABASE_URL: testDatabase.url, DANGVU_DEMO: '1', DANGVU_DATA: at('nothing') })
const real = () => ({ DATABASE_URL: testDatabase.url, DANGVU_DATA: at('nothing') })
const nowhere = () => ({ DANGVU_DATA: at('nothing') })

test('signed by this installation: valid and trusted, by its own roots or by the file', async () => {
  expect(await verify('signed.pdf', undefined, trial())).toEqual({
    exit: 0,
    valid: true,
    trusted: true,
    test: true,
  })
  expect(await verify('signed.pdf', 'roots.pem', nowhere())).toMatchObject({ exit: 0, trusted: true })
})

test.each([
  ['a stranger’s root', 'signed.pdf', 'stranger.pem', nowhere],
  ['no root at all, where no installation is', 'signed.pdf', undefined, nowhere],
  ['a real installation trusts no test authority', 'signed.pdf', undefined, real],
])('%s: whole, but not trusted', async (_what, file, trust, env) => {
  expect(await verify(file, trust, env())).toEqual({ exit: 1, valid: true, trusted: false, test: true })
})

test('one bit changed: not valid, whoever is trusted', async () => {
  expect(await verify('changed.pdf', 'roots.pem', nowhere())).toMatchObject({
    exit: 1,
    valid: false,
    trusted: false,
  })
})

test('what is no PDF, no PEM or no file', async () => {
  expect(await verify('roots.pem', 'roots.pem', nowhere())).toMatchObject({ exit: 1, valid: false })
  expect(await verify('signed.pdf', 'signed.pdf', nowhere())).toEqual({
    exit: 1,
    error: 'trust.no-certificate',
  })
  expect(await verify('missing.pdf', undefined, nowhere())).toEqual({ exit: 1, error: 'file.unreadable' })
})
