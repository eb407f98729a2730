/** The export of one's own data: every table that names a member is in it, or says why not; nothing of others is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '../../../tests/house.ts'
import { sql } from '../../kernel/db.ts'
import { OWN_DATA_ANSWER } from './contract.ts'
import { NOT_OWN_DATA, OWN_DATA, OWN_DATA_SCHEMA } from './own-data.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** Every column that refers to a member. */
async function columnsNamingMembers(): Promise<string[]> {
  const rows = await house.database.read.rows<{ name: string }>(sql`
    select c.conrelid::regclass::text || '.' || a.attname as name
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
     where c.contype = 'f' and c.confrelid = 'member'::regclass order by 1`)
  return rows.map(({ name }) => name)
}

test('every column that names a member is exported, or says why it is not', async () => {
  const covered = OWN_DATA.flatMap(({ covers }) => covers)
  const named = await columnsNamingMembers()
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((name) => !covered.includes(name) && NOT_OWN_DATA[name] === undefined)).toEqual([])
  expect([...covered, ...Object.keys(NOT_OWN_DATA)].filter((name) => !named.includes(name))).toEqual([])
  expect(covered.filter((name) => NOT_OWN_DATA[name] !== undefined)).toEqual([])
})

test('the sections stand in the paper that describes the form', () => {
  const paper = readFileSync(join(import.meta.dirname, '../../../docs/own-data.md'), 'utf8')
  expect(paper).toContain(OWN_DATA_SCHEMA)
  expect(OWN_DATA.filter(({ key }) => !paper.includes(`\`${key}\``))).toEqual([])
})

test('a member takes the own data along, as a file and as a page, and only the own', async () => {
  const { member, officer } = house.visitors
  const file = await house.ask(member, { url: '/my-record/export' })
  expect(file.headers['content-disposition']).toMatch(
    /^attachment; filename="du-lieu-cua-toi-\d{4}-\d\d-\d\d\.json"$/,
  )
  const data = OWN_DATA_ANSWER.parse(file.json())
  expect(Object.keys(data.sections)).toEqual(OWN_DATA.map(({ key }) => key))
  expect(data.sections.facts).toMatchObject([{ facts: { full_name: 'Đảng Viên Một', id: member.memberId } }])
  expect(data.sections.memberships).toMatchObject([{ organisation: 'Chi bộ khu phố 3', standing: 'active' }])
  expect(data.sections.sessions?.length).toBeGreaterThan(0)
  const page = await house.ask(member, { url: '/my-record/data' })
  expect(page.statusCode).toBe(200)
  for (const { title } of OWN_DATA) expect(page.body).toContain(title.vi)
  for (const { body } of [file, page]) {
    expect(body).not.toContain(officer.memberId)
    expect(body).not.toContain('Văn Thư Hai')
  }
})
