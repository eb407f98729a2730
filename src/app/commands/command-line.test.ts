/** The command line as people call it: help, mistakes, JSON alone, and each command on a database of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { COMMANDS, runCommandLine } from './command-line.ts'

const DEMO = join(import.meta.dirname, '..', '..', '..', 'data', 'demo')
let testDatabase: TestDatabase
let database: Database
let folder: string

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 2 })
  folder = await mkdtemp(join(tmpdir(), 'dangvu-command-'))
})

afterAll(async () => {
  await database.close()
  await testDatabase.drop()
  await rm(folder, { recursive: true })
})

async function run(argv: string[], env: Record<string, string> = {}) {
  let out = ''
  let error = ''
  const exit = await runCommandLine(argv, {
    env,
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  })
  return { exit, out, error }
}

/** On the test's database, as a trial: the samples' personal IDs count. */
const onDatabase = (...argv: string[]) =>
  run(argv, { DATABASE_URL: testDatabase.url, DANGVU_DEMO: '1', DANGVU_DATA: folder })

describe('help', () => {
  test('in general: every command, Vietnamese first, English when asked or by LANG', async () => {
    const vietnamese = await run(['--help'], { LANG: 'C.UTF-8' })
    const commands = vietnamese.out.split('\n').filter((line) => /^ {2}\S/.test(line))
    expect(
      commands.filter((line) => line.length > 110),
      'a line fits a terminal',
    ).toEqual([])
    expect(vietnamese).toMatchObject({ exit: 0, error: '' })
    for (const { name } of COMMANDS) expect(vietnamese.out).toContain(`  ${name}`)
    expect(vietnamese.out).toContain('Các lệnh')
    expect((await run(['--help'], { LANG: 'en_GB.UTF-8' })).out).toContain('Commands')
    expect((await run(['--help', '--lang', 'en'])).out).toContain('Commands')
    expect((await run(['--lang=vi', '--help'], { LANG: 'en' })).out).toContain('Các lệnh')
  })

  test.each(COMMANDS.map(({ name }) => name))(
    '%s --help opens no database and says every flag',
    async (name) => {
      const command = COMMANDS.find((each) => each.name === name)!
      for (const language of ['vi', 'en'] as const) {
        const { exit, out } = await run([name, '--help', '--lang', language], {
          DATABASE_URL: 'postgres://127.0.0.1:1/x',
        })
        expect(exit).toBe(0)
        expect(out).toContain(command.summary[language])
        for (const flag of [...Object.keys(command.flags), 'json', 'lang', 'help'])
          expect(out).toContain(`--${flag}`)
      }
    },
  )

  test('--help --json is JSON', async () => {
    expect(JSON.parse((await run(['migrate', '--help', '--json'])).out)).toHaveProperty('help')
  })
})

describe('called wrongly: exit code 2, and what was probably meant', () => {
  test.each([
    [[], 'usage.no-command', 'lệnh'],
    [['import-memebrs', 'x'], 'usage.unknown-command', '"import-members"'],
    [['import-members', 'x.xlsx', '--dryrun'], 'usage.unknown-flag', '"--dry-run"'],
    [['import-members'], 'usage.missing', 'FILE'],
    [['import-members', 'a', 'b'], 'usage.surplus', 'b'],
    [['import-members', 'a', '--under'], 'usage.flag-value', '--under CODE'],
    [['migrate', '--json=yes'], 'usage.flag-value', '--json'],
    [['story', 'official-transfr', '--out', 'x'], 'usage.unknown-story', 'official-transfer'],
    [['story', 'official-transfer'], 'usage.missing', '--out'],
    [['grant-office', '--name', 'A'], 'usage.missing', '--personal-id, --position, --organisation, --since'],
    [['migrate', '-x'], 'usage.unknown-flag', '--x'],
  ])('%j', async (argv, code, words) => {
    const plain = await run(argv)
    expect(plain).toMatchObject({ exit: 2, out: '' })
    expect(plain.error).toContain(words)
    const json = await run([...argv, '--json'])
    expect(json.exit).toBe(2)
    if (argv.length > 0 && code !== 'usage.flag-value') {
      expect(JSON.parse(json.out)).toMatchObject({ error: { code } })
    }
  })

  test('a wrong environment', async () => {
    const { exit, out } = await run(['migrate', '--json'], { PORT: 'x' })
    expect([exit, JSON.parse(out).error.code]).toEqual([2, 'configuration'])
  })
})

test('a database out of reach: exit code 1, in words, without its password', async () => {
  const { exit, out, error } = await run(['migrate', '--json'], {
    DATABASE_URL: 'postgres://a:canary@127.0.0.1:1/x',
  })
  expect([exit, JSON.parse(out).error.code]).toEqual([1, 'start'])
  expect(error).toContain('DATABASE_URL')
  expect(out + error).not.toContain('canary')
})

test('migrate: says what was applied, then that nothing is left', async () => {
  const empty = await createTestDatabase({ migrated: false })
  const migrate = () => run(['migrate', '--json'], { DATABASE_URL: empty.url })
  const first = JSON.parse((await migrate()).out)
  expect(first.applied[0]).toBe('0001-base.sql')
  expect(JSON.parse((await migrate()).out)).toEqual({ applied: [] })
  await empty.drop()
})

describe('import', () => {
  const organisations = join(DEMO, 'ward-tan-tao', 'organisations.xlsx')
  const members = join(DEMO, 'ward-tan-tao', 'members.xlsx')

  test('a dry run changes nothing; then it is imported; again nothing changes', async () => {
    const city = await onDatabase('import-organisations', join(DEMO, 'city', 'organisations.csv'), '--json')
    expect(city.exit).toBe(0)
    const dry = JSON.parse(
      (await onDatabase('import-organisations', organisations, '--dry-run', '--json')).out,
    )
    const count = () => database.read.one<{ n: number }>(sql`select count(*) as n from organisation`)
    const before = await count()
    const real = JSON.parse((await onDatabase('import-organisations', organisations, '--json')).out)
    expect(real).toEqual(dry)
    expect((await count()).n).toBe(before.n + real.imported + real.repaired)
    const again = JSON.parse((await onDatabase('import-organisations', organisations, '--json')).out)
    expect(again).toMatchObject({
      rows: real.rows,
      unchanged: real.rows - real.heldBack,
      imported: 0,
      repaired: 0,
    })
  })

  test('the JSON has the members of the contract, one problem a defect, rows adding up', async () => {
    const { exit, out } = await onDatabase(
      'import-members',
      members,
      '--under',
      '79.021.000.000.000',
      '--json',
    )
    const report = JSON.parse(out)
    expect(exit).toBe(0)
    expect(Object.keys(report)).toEqual(['rows', 'imported', 'repaired', 'heldBack', 'unchanged', 'problems'])
    expect(report.rows).toBe(report.imported + report.repaired + report.heldBack + report.unchanged)
    expect(report.heldBack).toBeGreaterThan(0)
    for (const problem of report.problems) {
      expect(Object.keys(problem)).toEqual(
        expect.arrayContaining(['row', 'code', 'severity', 'field', 'found']),
      )
      const known = ['row', 'code', 'severity', 'field', 'found', 'repair', 'fix']
      expect(Object.keys(problem).filter((key) => !known.includes(key))).toEqual([])
    }
  })

  test('for people: counts, what is held back first, numbers of persons masked', async () => {
    const { out } = await onDatabase('import-members', members, '--under', '79.021.000.000.000', '--dry-run')
    expect(out).toMatch(/^\d+ dòng: \d+ được nhập, /)
    expect(out).toContain('Dòng ')
    expect(out).not.toMatch(/\d{9}/)
    const english = await onDatabase(
      'import-members',
      members,
      '--under',
      '79.021.000.000.000',
      '--dry-run',
      '--lang',
      'en',
    )
    expect(english.out).toMatch(/^\d+ rows: \d+ imported, /)
  })

  test('a file that is not there, or is no list: exit code 1, with the reason', async () => {
    const missing = JSON.parse((await onDatabase('import-members', '/nowhere.xlsx', '--json')).out)
    expect(missing.error.code).toBe('file.unreadable')
    const path = join(folder, 'letter.xlsx')
    await writeFile(path, 'Kính gửi')
    const { exit, out } = await onDatabase('import-members', path, '--json')
    expect([exit, JSON.parse(out).error.code]).toEqual([1, expect.stringMatching(/^import\./)])
  })
})

describe('grant-office', () => {
  const WARD = '79.021.000.000.000'
  const grant = (...more: string[]) =>
    onDatabase('grant-office', '--organisation', WARD, '--since', '2026-01-05', '--json', ...more)
  const administrator = [
    '--personal-id',
    '099080000111',
    '--name',
    'Đỗ Quản Trị',
    '--position',
    'system-administrator',
  ]

  test('the first administrator: needs the day of birth, is added and given the office once', async () => {
    const without = await grant(...administrator)
    expect([without.exit, JSON.parse(without.out).error.code]).toEqual([1, 'member.unknown'])
    const first = JSON.parse((await grant(...administrator, '--birth-date', '1980-05-04')).out)
    expect(first).toMatchObject({ personAdded: true, unchanged: false })
    const again = JSON.parse((await grant(...administrator, '--birth-date', '1980-05-04')).out)
    expect(again).toEqual({
      memberId: first.memberId,
      officeId: first.officeId,
      personAdded: false,
      unchanged: true,
    })
    const row = await database.read.one<{ sex: string; position: string; name: string }>(sql`
      select m.sex, o.position, m.full_name as name from office o join member m on m.id = o.member_id where o.id = ${first.officeId}`)
    expect(row).toEqual({ sex: 'male', position: 'system-administrator', name: 'Đỗ Quản Trị' })
  })

  test.each([
    [
      'another name for a known ID',
      ['--personal-id', '099080000111', '--name', 'Ai Đó', '--position', 'office-chief'],
      1,
      'member.name-differs',
    ],
    [
      'an ID that is none',
      [
        '--personal-id',
        '999080000112',
        '--name',
        'A B',
        '--position',
        'office-chief',
        '--birth-date',
        '1980-01-01',
      ],
      1,
      'member.personal-id-invalid',
    ],
    [
      'an ID of another year',
      [
        '--personal-id',
        '099081000112',
        '--name',
        'A B',
        '--position',
        'office-chief',
        '--birth-date',
        '1980-01-01',
      ],
      1,
      'member.personal-id-invalid',
    ],
    [
      'a position mistyped',
      ['--personal-id', '099080000111', '--name', 'A B', '--position', 'office-cheif'],
      2,
      'usage.position',
    ],
    [
      'a date that is none',
      [
        '--personal-id',
        '099080000111',
        '--name',
        'A B',
        '--position',
        'office-chief',
        '--birth-date',
        '1980-02-30',
      ],
      2,
      'usage.flag-value',
    ],
    [
      'an organisation that is not there',
      [
        '--personal-id',
        '099080000111',
        '--name',
        'Đỗ Quản Trị',
        '--position',
        'office-chief',
        '--organisation',
        '01.001.000.000.000',
      ],
      1,
      'organisation.unknown',
    ],
  ])('%s', async (_what, argv, exit, code) => {
    const answer = await grant(...argv)
    expect([answer.exit, JSON.parse(answer.out).error.code]).toEqual([exit, code])
  })

  test('on a real database the samples’ prefixes do not count', async () => {
    const real = await createTestDatabase()
    const call = (...argv: string[]) => run(argv, { DATABASE_URL: real.url, DANGVU_DATA: folder })
    await call('import-organisations', join(DEMO, 'city', 'organisations.csv'))
    const { out } = await call(
      'grant-office',
      ...administrator,
      '--organisation',
      '79.000.000.000.000',
      '--since',
      '2026-01-05',
      '--birth-date',
      '1980-05-04',
      '--json',
    )
    expect(JSON.parse(out).error).toMatchObject({
      code: 'member.personal-id-invalid',
      facts: { finding: 'test-prefix' },
    })
    await real.drop()
  })
})

test('DANGVU_DEMO=1 on a database with other data is refused before anything is touched', async () => {
  const other = await createTestDatabase()
  const env = { DATABASE_URL: other.url, DANGVU_DATA: folder }
  await run(['import-organisations', join(DEMO, 'city', 'organisations.csv')], env)
  const { exit, error } = await run(['migrate'], { ...env, DANGVU_DEMO: '1' })
  expect(exit).toBe(1)
  expect(error).toContain('DANGVU_DEMO=1')
  await other.drop()
})
