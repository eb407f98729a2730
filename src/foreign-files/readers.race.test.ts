/** Readers with real processes: what they read is what is read here; what is hostile ends its process and nothing else. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workbookOf } from '../spreadsheets/test-workbooks.ts'
import type { SheetRow } from '../spreadsheets/cell.ts'
import type { Sheet } from '../spreadsheets/workbook.ts'
import { BOUNDS, openReaders } from './open-readers.ts'
import { READ_HERE, type Readers } from './readers.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PROGRAM = pathToFileURL(join(ROOT, 'build', 'reader.mjs'))
let readers: Readers

beforeAll(() => {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')])
  if (status !== 0) throw new Error('the program was not built')
  readers = openReaders({ program: PROGRAM, atOnce: 2 })
})
afterAll(() => readers.close())

const PDF = Buffer.from(
  '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

async function allRows(sheets: readonly Sheet[]): Promise<SheetRow[][]> {
  return Promise.all(
    sheets.map(async (sheet) => {
      const all: SheetRow[] = []
      for await (const rows of sheet.rows()) all.push(...rows)
      return all
    }),
  )
}

test('a workbook comes out of the process as it comes out here, sheet by sheet, and again from the start', async () => {
  const rows = Array.from({ length: 3_000 }, (_, place) => [
    `Nguyễn Văn ${place}`,
    place,
    'x'.repeat(place % 90),
  ])
  const file = { bytes: workbookOf(rows), name: 'a.xlsx' }
  const here = await READ_HERE.workbook(file, {}, allRows)
  await readers.workbook(file, { long: true }, async (sheets) => {
    for await (const some of sheets[0]!.rows()) {
      expect(some[0]?.number).toBe(1)
      break // a header was found; the rest is read anew
    }
    expect(await allRows(sheets)).toEqual(here)
    expect(await allRows(sheets)).toEqual(here)
  })
})

test('refusals keep their kind, code and facts', async () => {
  const file = { bytes: PDF, name: 'a.png' }
  const here = await READ_HERE.inspect(file).catch((error: unknown) => error)
  await expect(readers.inspect(file)).rejects.toEqual(here)
  expect(await readers.inspect({ bytes: PDF, name: 'a.pdf' })).toEqual({ kind: 'pdf', pages: 1 })
  const statement = { bytes: Buffer.from(':20:1\r\n:25:1\r\n'), name: 'a.txt' }
  await expect(readers.statement(statement, '1')).rejects.toMatchObject({
    kind: 'invalid',
    code: 'payments.statement-unreadable',
    facts: { place: ':60F:' },
  })
  expect((await readers.paper(PDF, { trust: [] })).valid).toBe(false)
})

/** A reader's program that does this instead of reading. */
async function reading(body: string): Promise<URL> {
  const program = join(await mkdtemp(join(tmpdir(), 'dangvu-reader-')), 'reader.mjs')
  await writeFile(program, body)
  return pathToFileURL(program)
}

const STOPPED = { kind: 'invalid', code: 'file.reading-stopped' }
const tight = { cpuSeconds: 1, silentSeconds: 2, megabytes: 200 }
const TIGHT = { inspect: tight, paper: tight, statement: tight, workbook: tight }
const file = { bytes: PDF, name: 'a.pdf' }

test.each([
  ['turns for ever', `process.on('message', () => { for (;;); })`],
  ['says nothing', `process.on('message', () => undefined)`],
  [
    'takes memory outside the heap',
    `const kept = []; process.on('message', () => setInterval(() => kept.push(Buffer.alloc(3e7, 1)), 20))`,
  ],
  [
    'takes memory inside the heap',
    `process.on('message', () => { const kept = []; for (;;) kept.push({ kept: kept.length + 'x' }) })`,
  ],
  ['ends', `process.on('message', () => process.exit(1))`],
])('a reader that %s is ended, and whoever waits is told', async (_, body) => {
  const bad = openReaders({ program: await reading(body), atOnce: 1, bounds: TIGHT })
  await expect(bad.inspect(file)).rejects.toMatchObject(STOPPED)
  await expect(bad.workbook({ bytes: PDF, name: 'a.xlsx' }, {}, async () => 1)).rejects.toMatchObject(STOPPED)
  await bad.close()
})

test('after a lost reader the next file is read by a new one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-reader-'))
  const program = join(folder, 'reader.mjs')
  await writeFile(program, 'process.exit(1)')
  const shaky = openReaders({ program: pathToFileURL(program), atOnce: 1 })
  await expect(shaky.inspect(file)).rejects.toMatchObject(STOPPED)
  await writeFile(program, await readFile(PROGRAM))
  expect(await shaky.inspect(file)).toEqual({ kind: 'pdf', pages: 1 })
  await shaky.close()
})

test('a reader has no variables, reads no other file, writes none and starts nothing', async () => {
  const probe = await reading(`
    import { readFileSync, writeFileSync } from 'node:fs'
    import { spawnSync } from 'node:child_process'
    import { Worker } from 'node:worker_threads'
    const of = (act) => { try { act(); return 'allowed' } catch (error) { return error.code } }
    process.on('message', ({ id, reading }) => reading && process.send({ id, read: {
      variables: Object.keys(process.env).filter((name) => !name.startsWith('NODE_CHANNEL')),
      read: of(() => readFileSync('/etc/passwd')),
      write: of(() => writeFileSync(new URL('x', import.meta.url), 'x')),
      start: of(() => spawnSync('true')),
      thread: of(() => new Worker('1', { eval: true })),
    } }))
    process.on('message', () => undefined)`)
  const probed = openReaders({ program: probe, atOnce: 1 })
  const denied = 'ERR_ACCESS_DENIED'
  // it answers before it is asked to go on: the first question takes what was said
  expect(await probed.inspect(file)).toEqual({
    variables: [],
    read: denied,
    write: denied,
    start: denied,
    thread: denied,
  })
  await probed.close()
})

/** Reckoning, streams in memory, and who asks; nothing that leaves the process. */
const NODE_PARTS = ['node:async_hooks', 'node:crypto', 'node:path', 'node:stream', 'node:zlib']

test('the built reader reaches no network, no disk and no package', async () => {
  const built = await readFile(PROGRAM, 'utf8')
  const imported = [...built.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, name]) => name!)
  expect([...new Set(imported)].sort()).toEqual(NODE_PARTS)
  expect(built).not.toMatch(/\bfetch\(|WebSocket|process\.binding/)
})

test('a reader that was abandoned in the middle of a list does not cost the next file anything', async () => {
  const big = workbookOf(Array.from({ length: 20_000 }, (_, place) => [`a${place}`, 'b'.repeat(50)]))
  await expect(
    readers.workbook({ bytes: big, name: 'a.xlsx' }, {}, async (sheets) => {
      for await (const _ of sheets[0]!.rows()) throw new Error('enough')
    }),
  ).rejects.toThrow('enough')
  expect(await readers.inspect(file)).toEqual({ kind: 'pdf', pages: 1 })
})

test('of many who come at once those beyond the line are asked to come again', async () => {
  const slow = openReaders({
    program: await reading(`process.on('message', () => undefined)`),
    atOnce: 1,
    bounds: TIGHT,
  })
  const all = Array.from({ length: 40 }, () =>
    slow.inspect(file).catch((error: { code: string }) => error.code),
  )
  const closed = new Promise((resolve) => setTimeout(resolve, 300)).then(() => slow.close())
  const codes = await Promise.all(all)
  expect(codes.filter((code) => code === 'file.readers-busy').length).toBeGreaterThanOrEqual(9)
  await closed
})

test('bounds are there for every kind of file', () => {
  for (const bounds of Object.values(BOUNDS)) expect(Math.min(...Object.values(bounds))).toBeGreaterThan(0)
})
