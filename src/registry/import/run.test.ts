/** Whole imports: both sample wards as they came, again, on trial, out of place; and what each leaves in the registry. */
import { readFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { membershipOf, startTransit } from '../members/memberships.ts'
import { findMemberByPersonalId } from '../members/store.ts'
import { ancestorsOn, findOrganisationByCode } from '../organisations/store.ts'
import { latestImportRuns, problemsOf, reportWorkbook, withoutFormula } from './report-workbook.ts'
import { runImport, type ImportKind, type ImportReport, type ImportRequest } from './run.ts'
import { workbookOf } from '../../spreadsheets/test-workbooks.ts'

const TODAY = '2026-11-21'

type Ward = 'ward-tan-tao' | 'ward-cau-kieu'

async function freshDatabase(): Promise<{ database: Database; close(): Promise<void> }> {
  const testDatabase: TestDatabase = await createTestDatabase()
  const database = openDatabase(testDatabase.url)
  return {
    database,
    async close() {
      await database.close()
      await testDatabase.drop()
    },
  }
}

const sample = (ward: Ward, name: string) =>
  readFile(new URL(`../../../data/demo/${ward}/${name}`, import.meta.url))

async function take(database: Database, ward: Ward, kind: ImportKind, more: Partial<ImportRequest> = {}) {
  const bytes = await sample(ward, `${kind}.xlsx`)
  const request = {
    kind,
    bytes,
    fileName: `${kind}.xlsx`,
    dryRun: false,
    today: TODAY,
    allowTestPrefixes: true,
  }
  return runImport(database, { ...request, ...more })
}

/** Rows of a list, imported as a workbook. */
async function takeRows(
  database: Database,
  kind: ImportKind,
  rows: (string | number)[][],
  more: Partial<ImportRequest> = {},
) {
  const request = {
    kind,
    bytes: workbookOf(rows),
    fileName: 'ds.xlsx',
    dryRun: false,
    today: TODAY,
    allowTestPrefixes: true,
  }
  return (await runImport(database, { ...request, ...more })).report
}

const counts = ({ rows, imported, repaired, heldBack, unchanged }: ImportReport) => ({
  rows,
  imported,
  repaired,
  heldBack,
  unchanged,
})

const count = async (
  database: Database,
  table: 'member' | 'membership' | 'office' | 'organisation' | 'import_problem',
) =>
  (await database.read.one<{ count: number }>(sql`select count(*) as count from ${sql.table(table)}`)).count

/** Which problems a kind of dirt must come to, and no others. */
const CODES_OF_DIRT: Readonly<Record<string, readonly string[]>> = {
  'birth date as an Excel date': ['date.from-excel'],
  'personal id stored as a number, leading zeros lost': ['personal-id.zeros-lost'],
  'card number missing, issue date present': ['card-number.missing'],
  'personal id missing': ['personal-id.missing'],
  'personal id with 11 digits, one lost in the middle': ['personal-id.malformed'],
  'birth date without padding': ['date.form'],
  'name in capitals with blanks': ['full-name.form'],
  'name in decomposed Unicode': ['text.decomposed'],
  'birth date: year only': ['date.year-only'],
  'sex free text or missing': ['sex.free-text', 'sex.missing', 'sex.unclear'],
  'unknown cell': ['organisation.unknown'],
  'same person listed twice': ['personal-id.duplicate'],
  'official before joining': ['date.official-before-joining'],
  'cell name abbreviated': ['organisation.abbreviated'],
}

describe('both wards', () => {
  let world: Awaited<ReturnType<typeof freshDatabase>>
  const reports = new Map<string, ImportReport>()

  beforeAll(async () => {
    world = await freshDatabase()
    for (const ward of ['ward-tan-tao', 'ward-cau-kieu'] as const)
      for (const kind of ['organisations', 'members', 'offices'] as const)
        reports.set(`${ward} ${kind}`, (await take(world.database, ward, kind)).report)
  })
  afterAll(() => world.close())

  test.each(['ward-tan-tao', 'ward-cau-kieu'] as const)(
    '%s: the defects found are the dirt put in',
    async (ward) => {
      const { dirt } = JSON.parse(await sample(ward, 'dirt.json').then(String)) as {
        dirt: Record<string, number>
      }
      const report = reports.get(`${ward} members`) as ImportReport
      const found = Object.fromEntries(
        Object.keys(dirt).map((kind) => [
          kind,
          report.problems.filter((problem) => CODES_OF_DIRT[kind]?.includes(problem.code)).length,
        ]),
      )
      expect(found).toEqual(dirt)
      const all = Object.values(dirt).reduce((sum, number) => sum + number, 0)
      expect(report.problems).toHaveLength(all)
    },
  )

  test('every row has one outcome, and held back are exactly those with a problem that says so', () => {
    for (const report of reports.values()) {
      expect(report.rows).toBe(report.imported + report.repaired + report.heldBack + report.unchanged)
      const rowsOf = (severity: string) =>
        new Set(
          report.problems.filter((problem) => problem.severity === severity).map((problem) => problem.row),
        )
      const held = rowsOf('held-back')
      const mended = [...rowsOf('repaired')].filter((row) => !held.has(row))
      expect([report.heldBack, report.repaired]).toEqual([held.size, mended.length])
    }
    expect(counts(reports.get('ward-tan-tao members') as ImportReport)).toEqual({
      rows: 1660,
      imported: 1472,
      repaired: 146,
      heldBack: 42,
      unchanged: 0,
    })
    expect(counts(reports.get('ward-cau-kieu members') as ImportReport)).toEqual({
      rows: 312,
      imported: 279,
      repaired: 25,
      heldBack: 8,
      unchanged: 0,
    })
    expect(reports.get('ward-tan-tao organisations')).toMatchObject({ rows: 49, imported: 49 })
    expect(reports.get('ward-cau-kieu organisations')).toMatchObject({ rows: 19, imported: 18, unchanged: 1 })
    expect(reports.get('ward-tan-tao offices')).toMatchObject({ rows: 138, imported: 138, problems: [] })
    expect(reports.get('ward-cau-kieu offices')).toMatchObject({ rows: 43, imported: 43, problems: [] })
  })

  test('problems name the row of the sheet and what the cell shows', () => {
    const { problems } = reports.get('ward-tan-tao members') as ImportReport
    const of = (row: number) => problems.filter((problem) => problem.row === row)
    expect(of(22)).toEqual([
      {
        row: 22,
        code: 'personal-id.zeros-lost',
        severity: 'repaired',
        field: 'personalId',
        found: '99078426417',
        repair: '099078426417',
      },
    ])
    expect(of(1015)).toMatchObject([
      { code: 'organisation.abbreviated', found: 'CB KP2', repair: 'Chi bộ khu phố 2' },
    ])
    expect(of(14)).toMatchObject([
      { code: 'date.from-excel', found: '04/02/1986 (kiểu ngày)', repair: '04/02/1986' },
    ])
    expect(of(627)).toMatchObject([
      { code: 'personal-id.duplicate', fix: expect.stringContaining('dòng 626') },
    ])
    expect(of(161)).toMatchObject([{ code: 'date.year-only', severity: 'warning', found: '1978' }])
  })

  test('members stand in the cell of their own ward, with what was mended', async () => {
    const { read } = world.database
    const member = await findMemberByPersonalId(read, '099078426417')
    const membership = await membershipOf(read, member?.id ?? '')
    const chain = await ancestorsOn(read, membership?.organisationId ?? '', TODAY)
    expect(chain[1]?.name).toBe('Đảng bộ Phường Tân Tạo')
    expect(membership).toMatchObject({ standing: 'active', since: '2025-07-01', reason: 'listed' })
    const years = await read.rows(
      sql`select 1 from member where birth_precision = 'year' and birth_date::text like '%-01-01'`,
    )
    expect(years).toHaveLength(7)
    const dead = await read.rows<{ until: string; ended_on: string }>(sql`
      select s.until, m.ended_on from member m join membership s on s.member_id = m.id where m.standing = 'deceased'`)
    expect(dead).toHaveLength(6)
    expect(dead.every((row) => row.until === row.ended_on)).toBe(true)
    expect(await count(world.database, 'member')).toBe(1618 + 304)
  })

  test('imported again, in another order, nothing changes', async () => {
    const before = await world.database.read.rows(sql`select xmin::text, id from member order by id`)
    for (const ward of ['ward-cau-kieu', 'ward-tan-tao'] as const)
      for (const kind of ['members', 'organisations', 'offices'] as const) {
        const first = reports.get(`${ward} ${kind}`) as ImportReport
        const { report } = await take(world.database, ward, kind)
        expect(counts(report)).toEqual({
          rows: first.rows,
          imported: 0,
          repaired: 0,
          heldBack: first.heldBack,
          unchanged: first.rows - first.heldBack,
        })
        expect(report.problems).toEqual(first.problems)
      }
    expect(await world.database.read.rows(sql`select xmin::text, id from member order by id`)).toEqual(before)
  })

  test('the list under the wrong ward is refused as a whole', async () => {
    const wrong = take(world.database, 'ward-cau-kieu', 'members', { under: '79.021.000.000.000' })
    await expect(wrong).rejects.toMatchObject({ kind: 'invalid', code: 'import.title-names-another' })
    const nowhere = take(world.database, 'ward-cau-kieu', 'members', { under: '01.000.000.000.000' })
    await expect(nowhere).rejects.toMatchObject({ code: 'import.under-unknown' })
  })

  test('offices under a ward reach nobody outside it', async () => {
    const { report } = await take(world.database, 'ward-cau-kieu', 'offices', { under: '79.021.000.000.000' })
    expect(report).toMatchObject({ heldBack: 43, imported: 0 })
    expect(new Set(report.problems.map((problem) => problem.code))).toEqual(
      new Set(['organisation-code.unknown']),
    )
  })
})

describe('on trial', () => {
  test('nothing stays but the run and its problems, and they are those of the import itself', async () => {
    const { database, close } = await freshDatabase()
    try {
      await take(database, 'ward-cau-kieu', 'organisations')
      const progress: number[] = []
      const trial = await take(database, 'ward-cau-kieu', 'members', {
        dryRun: true,
        onProgress: (rows) => progress.push(rows),
      })
      expect(progress).toEqual([312])
      expect([await count(database, 'member'), await count(database, 'membership')]).toEqual([0, 0])
      expect(await count(database, 'import_problem')).toBe(trial.report.problems.length)
      const [run] = await latestImportRuns(database.read, null, 1)
      expect(run).toMatchObject({ id: trial.runId, dryRun: true, summary: counts(trial.report) })
      const imported = await take(database, 'ward-cau-kieu', 'members')
      expect(imported.report).toEqual(trial.report)
    } finally {
      await close()
    }
  })

  test('a file refused as a whole leaves no run', async () => {
    const { database, close } = await freshDatabase()
    try {
      await expect(
        takeRows(database, 'members', [['Họ tên', 'Giới tính', 'Ngày sinh']]),
      ).rejects.toMatchObject({
        code: 'import.columns-missing',
      })
      expect(await latestImportRuns(database.read, null)).toEqual([])
    } finally {
      await close()
    }
  })
})

describe('the report for the cell', () => {
  test('every problem is a line, held back first; formulas are only texts', async () => {
    const { database, close } = await freshDatabase()
    try {
      await take(database, 'ward-cau-kieu', 'organisations')
      const { runId, report } = await take(database, 'ward-cau-kieu', 'members')
      const workbook = new ExcelJS.Workbook()
      await workbook.xlsx.load((await reportWorkbook(database.read, runId)) as never)
      const sheet = workbook.worksheets[0]
      expect(sheet?.rowCount).toBe(3 + report.problems.length)
      expect(sheet?.getCell('A2').value).toBe(
        '312 dòng: 279 nhập, 25 nhập sau khi sửa, 8 chưa nhập, 0 không đổi',
      )
      const states = Array.from(
        { length: report.problems.length },
        (_, place) => sheet?.getCell(`D${place + 4}`).value,
      )
      expect(states).toEqual(
        [...states].sort(
          (a, b) =>
            ['Chưa nhập', 'Đã nhập, cần xem', 'Đã sửa'].indexOf(String(a)) -
            ['Chưa nhập', 'Đã nhập, cần xem', 'Đã sửa'].indexOf(String(b)),
        ),
      )
      const held = await problemsOf(database.read, runId, { severity: 'held-back', limit: 2 })
      expect(held).toHaveLength(2)
      const one = await reportWorkbook(database.read, runId, held[0]?.organisationId ?? undefined)
      expect(one.length).toBeGreaterThan(1_000)
      await expect(reportWorkbook(database.read, crypto.randomUUID())).rejects.toMatchObject({
        code: 'import.run-unknown',
      })
    } finally {
      await close()
    }
  })

  test.each(['=1+1', '+84', '-1', '@x', '\tx'])('%j is no formula', (text) => {
    expect(withoutFormula(text)).toBe(`'${text}`)
    expect(withoutFormula(`a${text}`)).toBe(`a${text}`)
  })
})

const HEADER = [
  'Họ và tên',
  'Giới tính',
  'Ngày sinh',
  'Số định danh cá nhân',
  'Tổ chức đảng đang sinh hoạt',
  'Ngày vào Đảng',
  'Ngày chính thức',
  'Trạng thái sinh hoạt',
  'Ngày ra khỏi/từ trần/miễn',
  'Số điện thoại',
  'Đề nghị xóa',
]
const AN = [
  'Trần Văn An',
  'Nam',
  '05/06/1980',
  '099080000001',
  'Chi bộ khu phố 3',
  '01/01/2005',
  '01/01/2006',
]

describe('beside what is known', () => {
  let world: Awaited<ReturnType<typeof freshDatabase>>
  let database: Database

  beforeAll(async () => {
    world = await freshDatabase()
    database = world.database
    await take(database, 'ward-tan-tao', 'organisations')
    await take(database, 'ward-cau-kieu', 'organisations')
    const titled = [['Đảng bộ Phường Tân Tạo'], HEADER, AN]
    await takeRows(database, 'members', titled)
  })
  afterAll(() => world.close())

  const again = (
    changes: Record<number, string>,
    more: Partial<ImportRequest> = { under: '79.021.000.000.000' },
  ) => takeRows(database, 'members', [HEADER, Object.assign([...AN, '', '', '', ''], changes)], more)

  test('without title and ward, a name of two wards is held back; with either it is not', async () => {
    expect(await findMemberByPersonalId(database.read, '099080000001')).toMatchObject({
      fullName: 'Trần Văn An',
    })
    expect(await again({}, {})).toMatchObject({ heldBack: 1, problems: [{ code: 'organisation.ambiguous' }] })
    expect(await again({})).toMatchObject({ unchanged: 1 })
  })

  test('a changed fact is taken and named; an empty cell erases nothing', async () => {
    const changed = await again({ 9: '0912345678' })
    expect(changed).toMatchObject({
      imported: 1,
      problems: [{ code: 'member.updated', severity: 'warning', found: 'Số điện thoại' }],
    })
    expect(await again({})).toMatchObject({ unchanged: 1, problems: [] })
    expect((await findMemberByPersonalId(database.read, '099080000001'))?.phone).toBe('0912345678')
  })

  test('in another cell: moving is a procedure', async () => {
    const moved = await again({ 4: 'Chi bộ khu phố 4' })
    expect(moved).toMatchObject({
      heldBack: 1,
      problems: [{ code: 'member.elsewhere', severity: 'held-back' }],
    })
    expect(await again({}, { under: '79.035.000.000.000' })).toMatchObject({
      problems: [{ code: 'member.elsewhere' }],
    })
  })

  test('an ID of somebody else is not given to another name and birth date', async () => {
    const other = await again({ 0: 'Lê Văn Bảy', 2: '07/08/1980' })
    expect(other).toMatchObject({ heldBack: 1, problems: [{ code: 'personal-id.of-another' }] })
    expect(await again({ 0: 'Trần Văn Ân' })).toMatchObject({ imported: 1 })
    expect(await again({})).toMatchObject({ imported: 1 })
  })

  test('in transit nothing is changed by a list; dead, the member is counted nowhere and does not come back', async () => {
    const cell = await findOrganisationByCode(database.read, '79.021.013.000.001', TODAY)
    const bay = { 0: 'Phạm Văn Bảy', 3: '099080000007' }
    expect(await again(bay)).toMatchObject({ imported: 1 })
    const member = await findMemberByPersonalId(database.read, '099080000007')
    const move = { memberId: member?.id ?? '', on: TODAY, reason: 'referred', dossierId: null }
    await database.transaction((write) => startTransit(write, { ...move, originId: cell?.id ?? '' }))
    expect(await again(bay)).toMatchObject({ problems: [{ code: 'member.in-transit' }] })

    const tam = { 0: 'Phạm Văn Tám', 3: '099080000008' }
    await again(tam)
    const dead = { ...tam, 7: 'Từ trần', 8: '20/11/2026' }
    expect(await again(dead)).toMatchObject({ imported: 1, problems: [{ code: 'member.updated' }] })
    const gone = await findMemberByPersonalId(database.read, '099080000008')
    expect(gone).toMatchObject({ standing: 'deceased', endedOn: '2026-11-20' })
    expect(await membershipOf(database.read, gone?.id ?? '')).toBeUndefined()
    expect(await again(dead)).toMatchObject({ unchanged: 1 })
    expect(await again(tam)).toMatchObject({ heldBack: 1, problems: [{ code: 'standing.ended-before' }] })
  })

  test('two imports of the same new people at once: one is done, the other is refused or finds them', async () => {
    const rows = [
      HEADER,
      ...Array.from({ length: 300 }, (_, place) =>
        Object.assign([...AN], { 3: `0990800${String(10_000 + place)}` }),
      ),
    ]
    const once = () => takeRows(database, 'members', rows, { under: '79.021.000.000.000' })
    const done = await Promise.allSettled([once(), once()])
    const codes = done.map((each) =>
      each.status === 'fulfilled' ? 'done' : (each.reason as { code: string }).code,
    )
    expect(codes).toContain('done')
    expect(codes.every((code) => code === 'done' || code === 'import.registry-changed')).toBe(true)
    expect(await once()).toMatchObject({ unchanged: 300 })
  })
})

describe('organisations', () => {
  const HEAD = ['Mã tổ chức đảng', 'Tên tổ chức đảng', 'Loại hình', 'Mã tổ chức cấp trên', 'Từ ngày']
  const CITY = ['79.000.000.000.000', 'Đảng bộ Thành phố', 'Đảng bộ tỉnh, thành phố', '']
  const WARD = ['79.021.000.000.000', 'Đảng bộ Phường', 'Đảng bộ xã, phường', '79.000.000.000.000']
  const CELL = ['79.021.001.000.001', 'Chi bộ 1', 'Chi bộ', '79.021.000.000.000']

  test('parents may stand below; each defect is named; a change needs its day', async () => {
    const { database, close } = await freshDatabase()
    try {
      const report = await takeRows(database, 'organisations', [
        HEAD,
        CELL,
        WARD,
        ['79021002000001', 'Chi bộ 2', 'chi bo', '79.021.000.000.000'],
        CELL,
        ['79.021.3', 'Chi bộ 3', 'Chi bộ', '79.021.000.000.000'],
        ['79.021.004.000.001', 'Chi bộ 4', 'Câu lạc bộ', '79.021.000.000.000'],
        ['79.021.005.000.001', 'Chi bộ 5', 'Chi bộ', '79.099.000.000.000'],
        ['79.021.006.000.001', 'Chi bộ 6', 'Chi bộ', '79.021.004.000.001'],
        CITY,
      ])
      expect(report.problems.map(({ row, code, severity }) => [row, code, severity])).toEqual([
        [4, 'organisation-code.form', 'repaired'],
        [5, 'organisation-code.duplicate', 'held-back'],
        [6, 'organisation-code.malformed', 'held-back'],
        [7, 'kind.unknown', 'held-back'],
        [8, 'organisation-code.unknown', 'held-back'],
        [9, 'parent.held-back', 'held-back'],
      ])
      expect(counts(report)).toEqual({ rows: 9, imported: 3, repaired: 1, heldBack: 5, unchanged: 0 })
      const second = await findOrganisationByCode(database.read, '79.021.002.000.001', TODAY)
      expect((await ancestorsOn(database.read, second?.id ?? '', TODAY)).map((one) => one.name)).toEqual([
        'Chi bộ 2',
        'Đảng bộ Phường',
        'Đảng bộ Thành phố',
      ])

      const renamed = (day: string) =>
        takeRows(database, 'organisations', [HEAD, [...Object.assign([...CELL], { 1: 'Chi bộ Một' }), day]])
      expect(await renamed('')).toMatchObject({ heldBack: 1, problems: [{ code: 'organisation.differs' }] })
      expect(await renamed('01/10/2026')).toMatchObject({
        imported: 1,
        problems: [{ code: 'organisation.changed' }],
      })
      expect(await renamed('')).toMatchObject({ unchanged: 1 })
      expect((await findOrganisationByCode(database.read, CELL[0] ?? '', '2026-09-30'))?.name).toBe(
        'Chi bộ 1',
      )
      expect((await findOrganisationByCode(database.read, CELL[0] ?? '', '2026-10-01'))?.name).toBe(
        'Chi bộ Một',
      )

      const under = { under: '79.021.000.000.000' }
      const outside = ['79.035.000.000.000', 'Đảng bộ Phường khác', 'Đảng bộ phường', '79.000.000.000.000']
      const inside = ['79.021.007.000.001', 'Chi bộ 7', 'Chi bộ', '79.021.000.000.000']
      expect(await takeRows(database, 'organisations', [HEAD, CITY, outside, inside], under)).toMatchObject({
        unchanged: 1,
        imported: 1,
        problems: [{ row: 3, code: 'organisation.outside' }],
      })
    } finally {
      await close()
    }
  })
})

describe('offices', () => {
  test('each defect is named; nobody gets an office by name alone', async () => {
    const { database, close } = await freshDatabase()
    try {
      await take(database, 'ward-tan-tao', 'organisations')
      await takeRows(database, 'members', [HEADER, AN], { under: '79.021.000.000.000' })
      const head = ['Số định danh cá nhân', 'Họ và tên', 'Chức vụ', 'Mã tổ chức đảng', 'Từ ngày', 'Đến ngày']
      const cell = '79.021.013.000.001'
      const office = (changes: Record<number, string | number>): (string | number)[] =>
        Object.assign(['099080000001', 'TRẦN VĂN AN', 'Bí thư chi bộ', cell, '01/07/2025', ''], changes)
      const report = await takeRows(database, 'offices', [
        head,
        office({}),
        office({}),
        office({ 4: '01/08/2025' }),
        office({ 0: 99080000001, 2: 'Phó Bí thư Chi bộ' }),
        office({ 1: 'Trần Văn Ấn Độ' }),
        office({ 0: '099080000099' }),
        office({ 0: '' }),
        office({ 2: 'Tổ trưởng' }),
        office({ 3: '79.021.999.000.001' }),
        office({ 2: 'Chi ủy viên', 5: '30/06/2025' }),
        office({ 2: 'Chi ủy viên', 4: '' }),
      ])
      expect(report.problems.map(({ row, code, severity }) => [row, code, severity])).toEqual([
        [3, 'office.duplicate', 'held-back'],
        [4, 'office.overlaps', 'held-back'],
        [5, 'personal-id.zeros-lost', 'repaired'],
        [6, 'office.name-differs', 'held-back'],
        [7, 'personal-id.unknown', 'held-back'],
        [8, 'personal-id.missing', 'held-back'],
        [9, 'office.position-unknown', 'held-back'],
        [10, 'organisation-code.unknown', 'held-back'],
        [11, 'date.until-before-since', 'held-back'],
        [12, 'field.missing', 'held-back'],
      ])
      expect(counts(report)).toEqual({ rows: 11, imported: 1, repaired: 1, heldBack: 9, unchanged: 0 })
      expect(await count(database, 'office')).toBe(2)
    } finally {
      await close()
    }
  })
})
