/** The disk that keeps papers is really full while the press makes them: what was made stands, the rest waits, and nothing is lost or doubled. */
import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAs, commentsAtCell, confirmed, servicesOf } from '../../../../tests/residence-comments.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { openPress, type Press } from '../../../papers/press/press.ts'
import { loadFile, papersOf } from '../../../papers/store.ts'
import { verifyPaper } from '../../../signatures/verify.ts'
import type { CommentView } from '../contract.ts'
import { COMMENT_KIND } from './follow.ts'
import { sealTask } from './seal.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..', '..')
/** Room for some papers of those that are to be made. */
const ROOM_BYTES = 768 * 1024
const NAMES = Array.from({ length: 14 }, (_, index) => `Trương Văn ${index + 1}`)

let world: TransferWorld
let press: Press
let disk: { readonly at: string } | undefined

const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: 'utf8' })

/** A disk of its own on memory, of so many bytes, where the database server may write; or why there is none. */
async function mountDisk(bytes: number): Promise<{ readonly at: string } | { readonly why: string }> {
  const { rows } = await world.change('show data_directory')
  const data = (rows[0] as { data_directory: string }).data_directory
  const at = mkdtempSync(join(dirname(data), 'papers-disk-'))
  const { status, stderr, error } = run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', at)
  if (status !== 0) {
    rmSync(at, { recursive: true })
    return { why: `only root mounts a disk of its own: ${error?.message ?? stderr.trim()}` }
  }
  const { uid, gid } = statSync(data)
  mkdirSync(join(at, 'files'), { mode: 0o700 })
  for (const path of [at, join(at, 'files')]) chownSync(path, uid, gid)
  return { at }
}

const filesBytes = async () =>
  Number(
    ((await world.change(`select pg_total_relation_size('file') as bytes`)).rows[0] as { bytes: string })
      .bytes,
  )

beforeAll(async () => {
  const { status } = run(process.execPath, join(ROOT, 'scripts', 'build.mjs'))
  if (status !== 0) throw new Error('the program was not built')
  press = openPress(pathToFileURL(join(ROOT, 'build', 'press.mjs')), 2)
  world = await openTransferWorld({ connections: 8 })
  world.day('2026-11-16', '09:00')
})
afterAll(async () => {
  await press?.close()
  if (disk) {
    await world.change('alter table file set tablespace pg_default')
    await world.change('drop tablespace dangvu_papers_disk')
    run('umount', disk.at)
    rmSync(disk.at, { recursive: true, force: true })
  }
  await world?.close()
})

const make = (lastAttempt = false) => sealTask({ ...servicesOf(world), press }, {}, { lastAttempt })
const seen = (who: Visitor, id: string) => who.read<CommentView>(`/api/v1/residence-comments/${id}`)
const statusesOf = async (ids: readonly string[]) => {
  const rows = await world.database.read.rows<{ id: string; status: string }>(
    sql`select id, status from dossier where id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map(({ id, status }) => [id, status]))
}
const madeOf = (statuses: ReadonlyMap<string, string>) =>
  [...statuses].flatMap(([id, status]) => (status === 'returned-to-workplace' ? [id] : []))
const paperOf = async (id: string) => {
  const papers = (await papersOf(world.database.read, id)).filter(({ kind }) => kind === COMMENT_KIND)
  expect(papers).toHaveLength(1)
  return papers[0]!
}

test('papers that were made stand, the rest are made when there is room; people go on working and read what happened', async (context) => {
  const { wardDeputy, destinationDeputy } = world.officers
  const ids = await commentsAtCell(world, NAMES)
  await make()
  for (const id of ids) await confirmed(world, id)
  const mounted = await mountDisk((await filesBytes()) + ROOM_BYTES)
  if ('why' in mounted) return context.skip(`a full disk was not tried: ${mounted.why}`)
  disk = mounted
  const { at } = mounted
  await world.change(`create tablespace dangvu_papers_disk location '${join(at, 'files')}'`)
  await world.change('grant create on tablespace dangvu_papers_disk to public')
  await world.change('alter table file set tablespace dangvu_papers_disk')

  // Full: some are made, the others wait as they were; the job fails, so that it comes again.
  await expect(make()).rejects.toThrow('comments without a paper')
  expect(statfsSync(at).bavail * statfsSync(at).bsize).toBeLessThan(ROOM_BYTES / 4)
  const first = madeOf(await statusesOf(ids))
  expect(first.length).toBeGreaterThan(0)
  expect(first.length).toBeLessThan(ids.length)
  const bytesOfFirst = new Map<string, string>()
  for (const id of first) bytesOfFirst.set(id, (await paperOf(id)).sha256!)
  const waits = ids.find((id) => !first.includes(id))!
  expect(await seen(wardDeputy, waits)).toMatchObject({ status: 'sealing', awaited: { who: 'system' } })

  // The last attempt finds no room either, and says so to the commune; what needs no paper goes on.
  await expect(make(true)).rejects.toThrow('comments without a paper')
  const left = ids.filter((id) => !first.includes(id))
  for (const id of left)
    expect(await seen(destinationDeputy, id)).toMatchObject({
      status: 'sealing-failed',
      sealFailure: 'seal.no-room',
      awaited: { mine: true },
    })
  const page = (await destinationDeputy.get(`/residence-comments/${waits}`)).text
  expect(page).toContain('Máy chủ hết chỗ lưu giấy tờ')
  expect(page).toContain('Ký số, đóng dấu lại')
  await askAs(world, 'wardDeputy', first[0]!, { type: 'file' })

  // Room is made: the commune asks again, and only what is left is made, each once.
  const { status, stderr } = run('mount', '-o', `remount,size=${256 * 1024 * 1024}`, at)
  expect([status, stderr]).toEqual([0, ''])
  for (const id of left) {
    const answer = await destinationDeputy.post(`/api/v1/residence-comments/${id}/retry-seal`, {
      commandId: crypto.randomUUID(),
    })
    expect(answer.status).toBe(200)
  }
  await make()
  await make()
  expect(madeOf(await statusesOf(ids)).sort()).toEqual(ids.filter((id) => id !== first[0]).sort())
  const trust = await world.parts.signers.trustRoots()
  for (const id of ids) {
    const { sha256, signers } = await paperOf(id)
    expect(signers.map(({ place }) => place)).toEqual(['cell', 'organisation'])
    if (bytesOfFirst.has(id)) expect(sha256).toBe(bytesOfFirst.get(id))
    const { bytes } = await loadFile(world.database.read, sha256!)
    const verified = verifyPaper(bytes, { trust, at: world.now() })
    expect(verified).toMatchObject({ valid: true, trusted: true, unsigned: [], problems: [] })
  }
})
