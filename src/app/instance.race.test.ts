/** The instance as `npm start` runs it: an empty folder filled, joined, refused twice, stopped; and a real database left alone. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../../tests/database.ts'
import { openDatabase, sql } from '../kernel/db.ts'
import { runCommandLine } from './commands/command-line.ts'
import { readConfig } from './config.ts'
import { greet } from './greeting.ts'
import { startInstance, type Instance } from './instance.ts'
import { makeLog } from './logging.ts'

let folder: string
let logged = ''
const log = makeLog({ level: 'info', stream: { write: (line: string) => void (logged += line) } })
const running: Instance[] = []

beforeEach(async () => {
  logged = ''
  folder = await mkdtemp(join(tmpdir(), 'dangvu-instance-'))
})

afterEach(async () => {
  for (const instance of running.splice(0)) await instance.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}): Promise<Instance> {
  const config = readConfig({ DANGVU_DATA: folder, PORT: '0', ...env })
  const instance = await startInstance(config, { serve: true, log })
  running.push(instance)
  return instance
}

const get = (instance: Instance, path: string) =>
  fetch(`${instance.parts.publicUrl}${path}`, { redirect: 'manual', headers: { accept: 'text/html' } })
const note = () => join(folder, 'server.json')

describe('on an empty folder', () => {
  test('it is filled with the demo, answers, is ready, says whom to sign in as, and is not started twice', async () => {
    const instance = await start()
    expect(instance.demo).toBe(true)
    expect((await get(instance, '/healthz')).status).toBe(200)
    const ready = await get(instance, '/readyz')
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready' }])
    const { port } = instance.parts.config
    expect(JSON.parse(await readFile(note(), 'utf8'))).toMatchObject({ pid: process.pid, port })
    expect(instance.parts.publicUrl).toBe(`http://localhost:${port}`)

    const words = await greet(instance)
    expect(words).toContain(instance.parts.publicUrl)
    for (const role of [
      'Đảng viên xin chuyển',
      'Bí thư chi bộ',
      'Văn thư',
      'Chủ nhiệm Ủy ban Kiểm tra',
      'Quản trị hệ thống',
    ])
      expect(words).toContain(role)

    // As another process sees it: the note names somebody who lives and a server that answers.
    await writeFile(
      note(),
      JSON.stringify({ pid: process.ppid, port, url: instance.parts.publicUrl, startedAt: '' }),
    )
    await expect(start()).rejects.toThrow(`Máy chủ đã chạy ở ${instance.parts.publicUrl}`)
    await expect(start({ DANGVU_DATA: join(folder, 'other'), PORT: String(port) })).rejects.toThrow(`PORT=`)
    await writeFile(note(), JSON.stringify({ pid: process.pid, port, url: '', startedAt: '' }))

    // A command joins the running database and leaves it running.
    let out = ''
    const exit = await runCommandLine(['migrate', '--json'], {
      env: { DANGVU_DATA: folder },
      out: (text) => void (out += text),
      error: () => undefined,
    })
    expect([exit, JSON.parse(out)]).toEqual([0, { applied: [] }])
    expect((await get(instance, '/readyz')).status).toBe(200)

    const database = join(folder, 'database', 'cluster', 'data', 'postmaster.pid')
    expect(existsSync(database)).toBe(true)
    await instance.stop()
    expect([existsSync(database), existsSync(note())]).toEqual([false, false])

    // Again on the same folder: nothing is filled twice.
    const again = await start()
    const lists = await again.parts.database.read.one<{ n: number }>(
      sql`select count(*) as n from import_run`,
    )
    expect([again.demo, lists.n]).toEqual([true, 9])
  })
})

describe('on a database of one’s own', () => {
  test('a log line of a request has its id and nothing of who asked for what', async () => {
    const given = await createTestDatabase()
    const instance = await start({ DATABASE_URL: given.url })
    await get(instance, `/registry?q=${encodeURIComponent('Nguyễn Thị Chim')}&id=099086134203`)
    await get(instance, '/verify/c2VjcmV0LXRva2VuLW9mLWEtcGFwZXI')
    await fetch(`${instance.parts.publicUrl}/api/v1/session`, {
      headers: { cookie: 'dangvu=c2VjcmV0LWNvb2tpZS12YWx1ZQ', 'x-csrf-token': 'canary-token-0123456789' },
    })
    await fetch(`${instance.parts.publicUrl}/nowhere/Nguyen-Thi-Chim`, {
      method: 'POST',
      body: 'Nguyễn Thị Chim 099086134203',
    })
    const lines = logged
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const requests = lines.filter((line) => 'req' in line)
    expect(requests.length).toBeGreaterThanOrEqual(4)
    for (const line of requests) expect(line.reqId).toMatch(/^[0-9a-f-]{36}$|^req-/)
    expect(logged).not.toMatch(/Chim|Nguy|099086134203|c2VjcmV0|canary/)
    await instance.stop()
    await given.drop()
  })

  test('with DATABASE_URL alone: nothing is filled, nobody plays VNeID, nothing is signed by a test authority', async () => {
    const given = await createTestDatabase()
    const instance = await start({ DATABASE_URL: given.url })
    const { parts } = instance
    expect([instance.demo, parts.demo, parts.development, parts.relyingParty]).toEqual([
      false,
      false,
      undefined,
      undefined,
    ])
    const ready = await get(instance, '/readyz')
    const failed = ((await ready.json()) as { checks: { name: string; ok: boolean }[] }).checks.filter(
      ({ ok }) => !ok,
    )
    expect([ready.status, failed.map(({ name }) => name)]).toEqual([503, ['signing']])
    const words = await greet(instance)
    expect(words).toMatch(/VNEID_ISSUER[^]*SIGNING_FOLDER/)
    await instance.stop()
    const database = openDatabase(given.url, { connections: 1 })
    const left = await database.read.one<Record<string, number>>(sql`
      select (select count(*) from member) as members, (select count(*) from test_certificate) as keys,
             (select count(*) from instance_fact where key like 'demo%') as facts`)
    expect(left).toEqual({ members: 0, keys: 0, facts: 0 })
    await database.close()
    await given.drop()
  })

  test('with DANGVU_DEMO=1 the demo is there, and the embedded database is not', async () => {
    const given = await createTestDatabase()
    const instance = await start({ DATABASE_URL: given.url, DANGVU_DEMO: '1' })
    expect([instance.demo, instance.parts.signers.test]).toEqual([true, true])
    expect(instance.parts.development?.issuer).toMatch(/^http:\/\/localhost:\d+$/)
    expect(existsSync(join(folder, 'database'))).toBe(false)
    expect((await get(instance, '/readyz')).status).toBe(200)
    await instance.stop()
    await given.drop()
  })
})

test('a port in use is found before anything is started, and said with what to do', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve))
  const { port } = other.address() as AddressInfo
  await expect(start({ PORT: String(port) })).rejects.toThrow(`Cổng ${port} đang có chương trình khác dùng`)
  expect(existsSync(join(folder, 'database'))).toBe(false)
  await new Promise((resolve) => other.close(resolve))
})

test('so is the port of the development provider, where it would run', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  await expect(start({ PORT: String(port - 1) })).rejects.toThrow(`Cổng ${port} `)
  expect(existsSync(join(folder, 'database'))).toBe(false)
  await new Promise((resolve) => other.close(resolve))
})

test('a note left by a crash keeps nobody out', async () => {
  const given = await createTestDatabase()
  await writeFile(
    note(),
    JSON.stringify({ pid: 2 ** 22 - 1, port: 3000, url: 'http://localhost:3000', startedAt: '' }),
  )
  const instance = await start({ DATABASE_URL: given.url })
  expect((await get(instance, '/healthz')).status).toBe(200)
  await instance.stop()
  await given.drop()
})
