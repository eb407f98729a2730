/** Hostile files, handed in wherever a file is taken: refused in words, nothing of them kept, everybody else served meanwhile. */
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'
import { sql } from '../kernel/db.ts'
import { addAccount, addVisitor } from '../procedures/party-fees/test-builders.ts'
import { partsOf, workbookOf, zipOf } from '../spreadsheets/test-workbooks.ts'

let house: House
/** who hands a file in there, and with what fields before it; by the route's address */
let doors: Readonly<Record<string, { who: Visitor; id?: string; fields?: Readonly<Record<string, string>> }>>

beforeAll(async () => {
  house = await openHouse()
  const { member, administrator, nobody } = house.visitors
  const finance = await addVisitor(house, 'Tài Chính Năm', 'finance-officer', house.world.cell)
  const account = await house.database.transaction((write) => addAccount(write, house.world.cell))
  const id = await draft('official-transfers')
  const stay = await draft('temporary-transfers')
  const attached = { role: 'decision', confidentiality: 'NON_SECRET' }
  doors = {
    '/transfers/:id/files': { who: member, id, fields: attached },
    '/api/v1/official-transfers/:id/files': { who: member, id, fields: attached },
    '/temporary-transfers/:id/files': { who: member, id: stay, fields: attached },
    '/api/v1/temporary-transfers/:id/files': { who: member, id: stay, fields: attached },
    '/import': { who: administrator, fields: { kind: 'members' } },
    '/api/v1/imports': { who: administrator, fields: { kind: 'members' } },
    '/fees/bank': { who: finance, fields: { account } },
    '/verify': { who: nobody },
    '/verify/:token': { who: nobody },
    '/api/v1/verify': { who: nobody },
  }
})
afterAll(() => house.close())

async function draft(path: string): Promise<string> {
  const id = randomUUID()
  const made = await house.ask(house.visitors.member, {
    method: 'POST',
    url: `/api/v1/${path}/${id}/save-draft`,
    payload: { commandId: randomUUID(), reason: 'residence' },
  })
  expect(made.statusCode, made.body).toBe(200)
  return id
}

const latin = (text: string) => Buffer.from(text, 'latin1')
const PAGES =
  '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n'
const LOOP = `%PDF-1.7\n${PAGES}xref\n0 1\n0000000000 65535 f \ntrailer<</Size 4/Root 1 0 R/Prev AT>>\nstartxref\nAT\n%%EOF\n`
const WORKBOOK = workbookOf([['Họ và tên'], ['Nguyễn Văn A']])

const FILES: Readonly<Record<string, readonly [name: string, bytes: Buffer]>> = {
  'a zip bomb': [
    'a.xlsx',
    zipOf(partsOf('', [{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(50_000_000) }])),
  ],
  'a PDF of 300,000 objects': ['a.pdf', latin(`%PDF-1.7\n${'1 0 obj<<'.repeat(300_000)}\n%%EOF`)],
  'a PDF that is a workbook as well': ['a.pdf', Buffer.concat([latin(`%PDF-1.7\n${PAGES}`), WORKBOOK])],
  'a workbook that was cut off': ['a.xlsx', WORKBOOK.subarray(0, WORKBOOK.length / 2)],
  'a page with a script, called a PDF': ['a.pdf', latin('<!doctype html><script>alert(1)</script>')],
  'a program, called a workbook': [
    'a.xlsx',
    Buffer.concat([Buffer.from('7f454c460201', 'hex'), Buffer.alloc(9_000)]),
  ],
}

function formOf(fields: Readonly<Record<string, string>>, [name, bytes]: readonly [string, Buffer]): Buffer {
  const field = (key: string, value: string) =>
    `--x\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`
  const before = Object.entries(fields)
    .map(([key, value]) => field(key, value))
    .join('')
  const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return Buffer.concat([Buffer.from(before + head), bytes, Buffer.from('\r\n--x--\r\n')])
}

const kept = async () =>
  (await house.database.read.one<{ files: number }>(sql`select count(*)::int as files from file`)).files

/** A file that is kept until its owner looks through it is refused there. */
async function handIn(url: string, file: readonly [string, Buffer]): Promise<LightMyRequestResponse> {
  const { who, id = '', fields = {} } = doors[url]!
  const answer = await house.ask(who, {
    method: 'POST',
    url: url.replace(':id', id).replace(':token', 'ABCDEFGHIJKLMNOPQRSTUV'),
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: formOf({ csrf: who.csrf, commandId: randomUUID(), ...fields }, file),
  })
  const { location } = answer.headers
  return answer.statusCode === 303 && location ? house.ask(who, { url: location }) : answer
}

test('every door that takes a file is tried', () => {
  const taking = house.server.routeTable.filter(({ takesFile, url }) => takesFile && !url.endsWith('/remove'))
  expect(taking.map(({ url }) => url).sort()).toEqual(Object.keys(doors).sort())
})

const isChecked = (url: string) => url.includes('/verify')

/** Whoever checks a file is told what was found; everybody else that it was not taken; and the next one is served. */
async function tryAt(urls: readonly string[], file: readonly [string, Buffer]): Promise<void> {
  for (const url of urls) {
    const { statusCode, body } = await handIn(url, file)
    const said = `${url}: ${statusCode} ${body.slice(0, 300)}`
    if (isChecked(url)) {
      expect(statusCode, said).toBe(200)
      if (url.startsWith('/api/')) expect(body).toMatch(/"result":"(unreadable|unsigned|broken)"/)
      else expect(body, url).not.toContain('Tệp nguyên vẹn')
    } else expect([400, 409, 422], said).toContain(statusCode)
    expect((await house.ask(house.visitors.nobody, { url: '/about' })).statusCode).toBe(200)
  }
}

test.each(Object.entries(FILES))('%s is refused at every door', async (_what, file) => {
  const before = await kept()
  await tryAt(Object.keys(doors), file)
  expect(await kept()).toBe(before)
})

test('a PDF whose table leads back to itself is read to its end, and is no paper of ours', async () => {
  const at = String(LOOP.indexOf('xref\n0')).padStart(3, '0')
  const before = await kept()
  await tryAt(Object.keys(doors).filter(isChecked), ['a.pdf', latin(LOOP.replaceAll('AT', at))])
  expect(await kept()).toBe(before)
})
