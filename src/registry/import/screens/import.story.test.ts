/** A list comes in: handed in, tried, looked at, imported from the same bytes; hostile files are refused in words. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { grantOffice } from '../../offices/store.ts'
import { addMember, FOUNDED } from '../../test-builders.ts'
import { HISTORY, IMPORT, PROGRESS } from './contract.ts'
import { IMPORT_TASK, importTask } from '../job.ts'
import { openWorkbook } from '../../../spreadsheets/workbook.ts'

let house: House
let officer: Visitor
let foreign: Visitor
let secretary: Visitor

async function person(name: string, position: string, organisationId: string): Promise<Visitor> {
  return house.database
    .transaction(async (write) => {
      const memberId = await addMember(write, name, house.world.cell)
      const officeId = await grantOffice(write, {
        memberId,
        position,
        organisationId,
        since: FOUNDED,
        source: 'kiểm thử',
      })
      return { kind: 'officer' as const, memberId, officeId, csrf: '', cookies: {} }
    })
    .then((visitor) => house.signIn(visitor))
}

beforeAll(async () => {
  house = await openHouse()
  officer = await person('Cán Bộ Phường', 'building-officer', house.world.ward)
  foreign = await person('Cán Bộ Phường Khác', 'building-officer', house.world.otherWard)
  secretary = await person('Bí Thư Chi Bộ', 'cell-secretary', house.world.cell)
})
afterAll(() => house.close())

const sample = (kind: string) =>
  readFile(new URL(`../../../../data/demo/ward-tan-tao/${kind}.xlsx`, import.meta.url))

/** A multipart body as a browser sends it: the fields, then the file. */
function multipart(fields: Record<string, string>, file?: { name: string; bytes: Uint8Array }) {
  const line = `----${randomUUID()}`
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${line}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  if (file)
    parts.push(
      Buffer.from(
        `--${line}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\n` +
          'content-type: application/octet-stream\r\n\r\n',
      ),
      Buffer.from(file.bytes),
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${line}--\r\n`))
  return {
    payload: Buffer.concat(parts),
    headers: { 'content-type': `multipart/form-data; boundary=${line}` },
  }
}

const hand = (
  who: Visitor,
  kind: string,
  bytes: Uint8Array,
  more: Record<string, string> = {},
  name = 'danh-sach.xlsx',
) =>
  house.ask(who, {
    method: 'POST',
    url: '/api/v1/imports',
    ...multipart({ kind, ...more }, { name, bytes }),
  })

/** What the worker does with the job that was planned. */
const work = (attemptId: string) => importTask(house.parts, { attemptId, act: 'work' })

const view = async (who: Visitor, id: string, query = '') => {
  const answer = await house.ask(who, { url: `/api/v1/imports/${id}${query}` })
  return answer.json()
}

const confirm = (who: Visitor, id: string) =>
  house.ask(who, { method: 'POST', url: `/api/v1/imports/${id}/run`, payload: {} })

const count = async (table: string) =>
  (await house.database.read.one<{ count: number }>(sql`select count(*) as count from ${sql.ref(table)}`))
    .count

async function handIn(who: Visitor, kind: string, bytes: Uint8Array): Promise<string> {
  const answer = await hand(who, kind, bytes)
  expect(answer.statusCode).toBe(202)
  return answer.json<{ id: string }>().id
}

describe('a ward’s lists', () => {
  test('are tried first, and a trial writes nothing', async () => {
    const bytes = await sample('organisations')
    const before = await count('organisation')
    const id = await handIn(officer, 'organisations', bytes)
    expect(await view(officer, id)).toMatchObject({ stage: 'trying', runId: null, confirmable: false })
    const waiting = await house.ask(officer, { url: `/import/${id}` })
    expect(waiting.body).toContain('Đang kiểm tra thử danh sách')
    expect(waiting.body).toMatch(/http-equiv="refresh" content="5"/)
    const progress = (await house.ask(officer, { url: `/api/v1/imports/${id}/progress` })).json()
    expect(PROGRESS.parse(progress)).toEqual({ done: 0, finished: false })

    await work(id)
    const tried = await view(officer, id)
    expect(IMPORT.parse(tried)).toEqual(tried)
    expect(tried).toMatchObject({ stage: 'tried', confirmable: true, underName: 'Đảng bộ Phường Tân Tạo' })
    expect(await count('organisation')).toBe(before)
    const { figures } = IMPORT.parse(tried)
    expect(figures?.rows).toBeGreaterThan(20)
    expect(figures?.rows).toBe(
      (figures?.imported ?? 0) +
        (figures?.repaired ?? 0) +
        (figures?.heldBack ?? 0) +
        (figures?.unchanged ?? 0),
    )

    expect((await confirm(officer, id)).statusCode).toBe(202)
    await work(id)
    const done = IMPORT.parse(await view(officer, id))
    expect(done).toMatchObject({ stage: 'imported', confirmedBy: 'Cán Bộ Phường' })
    expect(done.figures).toEqual(figures)
    expect(await count('organisation')).toBe(before + (figures?.imported ?? 0) + (figures?.repaired ?? 0))
  })

  test('of members: every problem is there by row, narrowed by outcome, kind, cell and words', async () => {
    const id = await handIn(officer, 'members', await sample('members'))
    await work(id)
    const all = IMPORT.parse(await view(officer, id))
    expect(all.problemsFound).toBeGreaterThan(20)
    const held = IMPORT.parse(await view(officer, id, '?severity=held-back'))
    expect(held.problemsFound).toBeGreaterThan(3)
    expect(held.problems.every((problem) => problem.severity === 'held-back')).toBe(true)
    const zeros = IMPORT.parse(await view(officer, id, '?code=personal-id.zeros-lost'))
    expect(zeros.problemsFound).toBeGreaterThan(0)
    const subject = held.problems[0]?.subject ?? ''
    const plain = subject.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
    const byName = IMPORT.parse(await view(officer, id, `?q=${encodeURIComponent(plain)}`))
    expect(byName.problems.some((problem) => problem.subject === subject)).toBe(true)
    const row = held.problems[0]?.row ?? 0
    expect(IMPORT.parse(await view(officer, id, `?q=${row}`)).problems.map((one) => one.row)).toContain(row)

    const page = await house.ask(officer, { url: `/import/${id}?severity=held-back` })
    expect(page.body).toContain('Nhập thật danh sách này')
    expect(page.body).toContain(subject)
    const cell = /problems\.xlsx\?organisation=([0-9a-f-]{36})/.exec(page.body)?.[1] ?? ''
    const rowsOf = async (query: string) => {
      const answer = await house.ask(officer, { url: `/import/${id}/problems.xlsx${query}` })
      const [sheet] = await openWorkbook(answer.rawPayload, 'a.xlsx')
      let rows = 0
      for await (const piece of sheet?.rows() ?? []) rows += piece.length
      return rows
    }
    const whole = await rowsOf('')
    expect(whole).toBe(all.problemsFound + 3)
    expect(await rowsOf(`?organisation=${cell}`)).toBeLessThan(whole)

    await confirm(officer, id)
    await work(id)
    expect(IMPORT.parse(await view(officer, id)).figures).toEqual(all.figures)
  })

  test('imported again change nothing', async () => {
    const members = await count('member')
    const id = await handIn(officer, 'members', await sample('members'))
    await work(id)
    const { figures } = IMPORT.parse(await view(officer, id))
    expect(figures).toMatchObject({ imported: 0, repaired: 0 })
    const page = await house.ask(officer, { url: `/import/${id}` })
    expect(page.body).toContain('Không có dòng nào để ghi')
    expect(page.body).not.toContain(`action="/import/${id}/run"`)
    await confirm(officer, id)
    await work(id)
    expect(await count('member')).toBe(members)
  })

  test('asked for twice are imported once, also when the job broke off before it could say so', async () => {
    const id = await handIn(officer, 'offices', await sample('offices'))
    await work(id)
    for (const _ of [1, 2]) expect((await confirm(officer, id)).statusCode).toBe(202)
    const attempt = await house.database.read.one<{ stage: string }>(
      sql`select stage from import_attempt where id = ${id}`,
    )
    expect(attempt.stage).toBe('importing')
    await work(id)
    const runs = await count('import_run')
    // as if the process had died between the import and its note
    await house.database.transaction((write) =>
      write.run(
        sql`update import_attempt set stage = 'importing', run = null, bytes = ${Buffer.from([0])} where id = ${id}`,
      ),
    )
    await work(id)
    expect(await count('import_run')).toBe(runs)
    expect(IMPORT.parse(await view(officer, id)).stage).toBe('imported')
  })

  test('leave their bytes behind no longer than they are needed', async () => {
    const kept = await house.database.read.one<{ count: number }>(
      sql`select count(*) as count from import_attempt where stage = 'imported' and bytes is not null`,
    )
    expect(kept.count).toBe(0)
    const id = await handIn(officer, 'offices', await sample('offices'))
    await work(id)
    await importTask(house.parts, { attemptId: id, act: 'forget' })
    expect(IMPORT.parse(await view(officer, id))).toMatchObject({ stage: 'dropped', confirmable: false })
    expect((await confirm(officer, id)).json()).toMatchObject({ status: 409, code: 'import.not-tried' })
  })

  test('are remembered: who, when, what came of it', async () => {
    const history = (await house.ask(officer, { url: '/api/v1/imports' })).json()
    expect(HISTORY.parse(history)).toEqual(history)
    expect(HISTORY.parse(history).lines).toHaveLength(5)
    expect(HISTORY.parse(history).lines.every(({ by }) => by === 'Cán Bộ Phường')).toBe(true)
    const page = await house.ask(officer, { url: '/import' })
    expect(page.body).toContain('Đã nhập')
    expect((await house.ask(foreign, { url: '/api/v1/imports' })).json()).toEqual({ lines: [], more: false })
  })

  test('are worked on by a job that exists when the list does', async () => {
    const jobs = await house.database.read.rows<{ task: string }>(
      sql`select task_identifier as task from graphile_worker.jobs where task_identifier = ${IMPORT_TASK}`,
    )
    expect(jobs.length).toBeGreaterThan(5)
  })
})

describe('who may', () => {
  test('an importer of another ward finds neither the import nor its file', async () => {
    const id = await handIn(officer, 'offices', await sample('offices'))
    for (const url of [`/import/${id}`, `/import/${id}/problems.xlsx`, `/api/v1/imports/${id}`])
      expect((await house.ask(foreign, { url })).statusCode, url).toBe(404)
    for (const act of ['run', 'drop']) {
      const answer = await house.ask(foreign, {
        method: 'POST',
        url: `/api/v1/imports/${id}/${act}`,
        payload: {},
      })
      expect(answer.statusCode, act).toBe(404)
    }
  })

  test('a cell’s secretary does not import, nor anybody for an organisation beside', async () => {
    const bytes = await sample('members')
    expect((await hand(secretary, 'members', bytes)).json()).toMatchObject({
      status: 403,
      code: 'import.not-your-office',
    })
    expect((await house.ask(secretary, { url: '/import' })).statusCode).toBe(403)
    const beside = await hand(officer, 'members', bytes, { under: house.world.otherWard })
    expect(beside.statusCode).toBe(404)
  })

  test('the list of another ward is refused by its title, though its cells have the same names', async () => {
    const answer = await hand(foreign, 'members', await sample('members'))
    const { id } = answer.json<{ id: string }>()
    await work(id)
    const refused = await view(foreign, id)
    expect(refused).toMatchObject({ stage: 'refused', refusal: { code: 'import.title-names-another' } })
    const page = await house.ask(foreign, { url: `/import/${id}` })
    expect(page.body).toContain('Danh sách này của đảng bộ khác')
    expect(page.body).toContain('Đảng bộ Phường Tân Tạo')
  })

  test('a form that is not of this session is refused before its file is read', async () => {
    const answer = await house.ask(officer, {
      method: 'POST',
      url: '/import',
      ...multipart({ csrf: 'x', kind: 'members' }, { name: 'a.xlsx', bytes: await sample('members') }),
      cookies: { ...officer.cookies },
    })
    expect(answer.statusCode).toBe(303) // the header of the session counts
    const without = await house.server.inject({
      method: 'POST',
      url: '/import',
      cookies: { ...officer.cookies },
      ...multipart({ csrf: 'x', kind: 'members' }, { name: 'a.xlsx', bytes: await sample('members') }),
    })
    expect(without.statusCode).toBe(403)
  })
})

describe('files that are no lists', () => {
  const HOSTILE: readonly (readonly [what: string, name: string, bytes: Buffer, code: string])[] = [
    [
      'an old workbook',
      'a.xlsx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'import.encrypted-or-old',
    ],
    ['a program by another name', 'a.xlsx', Buffer.from('MZ\u0090\u0000\u0003\u0000'), 'import.name-differs'],
    ['a PDF', 'a.pdf', Buffer.from('%PDF-1.7\n'), 'import.not-a-list'],
    [
      'a zip cut off',
      'a.xlsx',
      Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(40)]),
      'import.damaged',
    ],
    ['letters of another code', 'a.csv', Buffer.from([0x54, 0xea, 0x6e, 0x0a]), 'import.not-utf8'],
  ]

  test.each(HOSTILE)(
    '%s (%s) is refused in words, and the form is there again',
    async (_what, name, bytes, code) => {
      const told = await hand(officer, 'members', bytes, {}, name)
      expect(told.json()).toMatchObject({ status: 400, code })
      const page = await house.ask(officer, {
        method: 'POST',
        url: '/import',
        ...multipart({ kind: 'offices' }, { name, bytes }),
      })
      expect(page.statusCode).toBe(400)
      expect(page.body).toContain('name="kind" type="radio" value="offices" checked')
    },
  )

  test('no file at all, and a kind nobody knows', async () => {
    const none = await house.ask(officer, {
      method: 'POST',
      url: '/import',
      ...multipart({ kind: 'members' }),
    })
    expect(none.statusCode).toBe(400)
    const odd = await hand(officer, 'people', await sample('members'))
    expect(odd.json()).toMatchObject({ status: 400, code: 'request.invalid' })
  })

  test('a table without our columns is refused when it is read', async () => {
    const id = await hand(officer, 'members', Buffer.from('a,b\n1,2\n'), {}, 'a.csv')
    const attempt = id.json<{ id: string }>().id
    await work(attempt)
    expect(await view(officer, attempt)).toMatchObject({
      stage: 'refused',
      refusal: { code: 'import.no-header' },
    })
  })

  test('a job that breaks says so at its last attempt, and is not waited for', async () => {
    const id = await handIn(officer, 'offices', await sample('offices'))
    await house.database.transaction((write) =>
      write.run(sql`update import_attempt set bytes = ${Buffer.from([0])} where id = ${id}`),
    )
    await expect(work(id)).rejects.toThrow('gone or changed')
    expect(await view(officer, id)).toMatchObject({ stage: 'trying' })
    await expect(importTask(house.parts, { attemptId: id, act: 'work' }, true)).rejects.toThrow()
    expect(await view(officer, id)).toMatchObject({ stage: 'refused', refusal: { code: 'import.failed' } })
  })
})
