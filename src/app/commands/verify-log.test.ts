/** A checkpoint is handed to somebody, one row is altered by the superuser, and the command says so. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuditedHouse, type AuditedHouse } from '../../../tests/audit-log.ts'
import { runCommandLine } from './command-line.ts'

let house: AuditedHouse
let folder: string
let kept: string
let roots: string

beforeAll(async () => {
  house = await openAuditedHouse()
  folder = await mkdtemp(join(tmpdir(), 'dangvu-verify-log-'))
  kept = join(folder, 'checkpoint.json')
  roots = join(folder, 'roots.pem')
  await writeFile(kept, JSON.stringify(await house.checkpoint()))
  await writeFile(roots, (await house.trust()).join(''))
})

afterAll(async () => {
  await house.close()
  await rm(folder, { recursive: true })
})

async function run(...argv: string[]) {
  let out = ''
  const exit = await runCommandLine(argv, {
    env: { DATABASE_URL: house.url, DANGVU_DATA: folder },
    out: (text) => void (out += text),
    error: () => undefined,
  })
  return { exit, out }
}

test('a whole log: exit code 0, in words and as JSON; nothing is sealed by looking', async () => {
  const said = await run('verify-log', '--checkpoint', kept, '--trust', roots)
  expect(said.exit).toBe(0)
  expect(said.out).toMatch(/^\d+ mục trong 2 khối, \d+ dòng dữ liệu, 0 tệp; /)
  expect(said.out).toMatch(/Chưa khóa vào khối: 1 mục, mục cũ nhất [\d.]+ giây trước/)
  expect(said.out).toContain('người ký được tin cậy')
  expect(said.out).toContain('Nhật ký nguyên vẹn.')
  const json = await run('verify-log', '--checkpoint', kept, '--json')
  expect(JSON.parse(json.out)).toMatchObject({ problemCount: 0, unsealed: 1, checkpoint: { trusted: null } })
  expect((await run('verify-log', '--lang', 'en')).out).toContain('The log is whole.')
})

test('without a certificate nothing is signed, and the file is not written', async () => {
  const { exit, out } = await run('checkpoint', '--out', join(folder, 'none.json'), '--json')
  expect([exit, JSON.parse(out).error.code]).toEqual([1, 'signing.no-certificate'])
  await expect(readFile(join(folder, 'none.json'))).rejects.toThrow('ENOENT')
})

test('what is no checkpoint is refused', async () => {
  const { exit, out } = await run('verify-log', '--checkpoint', roots, '--json')
  expect([exit, JSON.parse(out).error.code]).toEqual([1, 'checkpoint.unreadable'])
})

test('one row altered: exit code 1, and which row', async () => {
  await house.asSuperuser(`
    set session_replication_role = replica;
    update member set standing = 'removed' where id = '${house.memberId}'`)
  const said = await run('verify-log', '--checkpoint', kept)
  expect(said.exit).toBe(1)
  expect(said.out).toContain(`(mục `)
  expect(said.out).toContain(`member ${house.memberId}) [row-altered]`)
  expect(said.out).toContain('Nhật ký KHÔNG khớp: 1 vấn đề.')
  const { exit, out } = await run('verify-log', '--json')
  expect([exit, JSON.parse(out).problems]).toEqual([
    1,
    [{ kind: 'row-altered', subject: 'member', key: house.memberId, seq: expect.any(Number) }],
  ])
})
