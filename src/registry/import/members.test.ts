/** Each kind of dirt a row can have: what is mended by name, what is held back and why, what is only doubted. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPersonalId } from '../../kernel/personal-id.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { MEMBER_COLUMNS, type MemberField } from './member-columns.ts'
import { judgeRow } from './members.ts'
import type { MemberContext } from './member-context.ts'
import { organisationNames, type NamedOrganisation } from './organisation-names.ts'
import { outcomeOf } from './problems.ts'

const TODAY = '2026-11-21'

const organisation = (
  name: string,
  path: string,
  more: Partial<NamedOrganisation> = {},
): NamedOrganisation => ({
  id: path,
  code: null,
  name,
  path,
  holdsMembers: true,
  validFrom: '2025-07-01',
  ...more,
})

const WARD = [
  organisation('Đảng bộ Phường Tân Tạo', '1.2.', { holdsMembers: false }),
  organisation('Chi bộ khu phố 2', '1.2.3.', { code: '79.021.012.000.001' }),
  organisation('Chi bộ khu phố 20', '1.2.4.'),
  organisation('Chi bộ Trường Trung học cơ sở', '1.2.5.'),
]

const context = (more: Partial<MemberContext> = {}): MemberContext => ({
  today: TODAY,
  allowTestPrefixes: true,
  fields: new Set(MEMBER_COLUMNS.map((column) => column.field)),
  matchOrganisation: organisationNames(WARD),
  firstRowOf: () => undefined,
  ...more,
})

type Value = string | number | Cell

const cellOf = (value: Value): Cell =>
  typeof value === 'string'
    ? { kind: 'text', text: value }
    : typeof value === 'number'
      ? { kind: 'number', value }
      : value

/** A row without any defect, as the clean-up list wants it. */
const CLEAN: Partial<Record<MemberField, Value>> = {
  ordinal: 1,
  listId: 'DV000001',
  fullName: 'Nguyễn Thị Trang',
  sex: 'Nữ',
  birthDate: '23/01/1984',
  ethnicity: 'Kinh',
  religion: 'Không',
  personalId: '099184705873',
  cardNumber: '099184705873',
  cardPlace: 'Thành phố Hồ Chí Minh',
  cardIssuedOn: '02/09/2025',
  oldCardNumber: '39156776',
  organisation: 'Chi bộ khu phố 2',
  birthCountry: 'Việt Nam',
  birthProvince: 'Thành phố Hồ Chí Minh',
  nativeCountry: 'Việt Nam',
  nativeProvince: 'Thành phố Hồ Chí Minh',
  residenceCountry: 'Việt Nam',
  residenceProvince: 'Thành phố Hồ Chí Minh',
  residenceDetail: '224 đường số 17',
  joinedOn: '26/10/2011',
  officialOn: '26/10/2012',
  oldIdNumber: '532347333',
  standing: 'Đang sinh hoạt đảng',
  phone: '0981206871',
}

/** The clean row with other values; an empty text takes a cell away. */
function judge(changes: Partial<Record<MemberField, Value>> = {}, more: Partial<MemberContext> = {}) {
  const cells = Object.entries({ ...CLEAN, ...changes }).filter(([, value]) => value !== '')
  return judgeRow(
    { number: 4, cells: Object.fromEntries(cells.map(([field, value]) => [field, cellOf(value)])) },
    context(more),
  )
}

const found = (changes: Partial<Record<MemberField, Value>>, more: Partial<MemberContext> = {}) =>
  judge(changes, more).problems.map(({ code, severity, field, repair }) =>
    [severity, code, field, ...(repair === undefined ? [] : [repair])].join(' '),
  )

test('a clean row is taken as it stands', () => {
  const { outcome, problems, member, organisation: cell } = judge()
  expect([outcome, problems]).toEqual(['imported', []])
  expect(cell?.name).toBe('Chi bộ khu phố 2')
  expect(member).toMatchObject({
    fullName: 'Nguyễn Thị Trang',
    sex: 'female',
    birthDate: '1984-01-23',
    birthPrecision: 'day',
    joinedOn: '2011-10-26',
    officialOn: '2012-10-26',
    standing: 'active',
    otherName: null,
  })
})

describe('what can be wrong with a row', () => {
  const day = (date: string): Cell => ({ kind: 'date', date })
  const CASES: readonly [string, Partial<Record<MemberField, Value>>, readonly string[]][] = [
    ['a probationary member without card', { officialOn: '', cardNumber: '', cardIssuedOn: '' }, []],
    [
      'zeros lost, the row agrees',
      { personalId: 99184705873 },
      ['repaired personal-id.zeros-lost personalId 099184705873'],
    ],
    [
      'zeros lost, another sex',
      { personalId: 99084705873, cardNumber: '', cardIssuedOn: '' },
      ['held-back personal-id.zeros-lost personalId'],
    ],
    [
      'zeros lost, another birth year',
      { personalId: 99185705873 },
      ['held-back personal-id.zeros-lost personalId'],
    ],
    [
      'zeros lost, no sex to compare',
      { personalId: 99184705873, sex: '' },
      ['held-back personal-id.zeros-lost personalId', 'held-back sex.missing sex'],
    ],
    [
      'zeros lost, no such province',
      { personalId: 5184705873 },
      ['held-back personal-id.zeros-lost personalId'],
    ],
    ['a digit lost inside', { personalId: '09918470587' }, ['held-back personal-id.malformed personalId']],
    [
      'an old number of nine digits',
      { personalId: '532347333' },
      ['held-back personal-id.malformed personalId'],
    ],
    [
      'blanks inside the ID',
      { personalId: '099 184 705 873' },
      ['repaired personal-id.blanks personalId 099184705873'],
    ],
    [
      'a number in powers of ten',
      { personalId: '9,91847E+10' },
      ['held-back personal-id.malformed personalId'],
    ],
    ['no ID', { personalId: '' }, ['held-back personal-id.missing personalId']],
    [
      'a province nobody has',
      { personalId: '999184705873', cardNumber: '', cardIssuedOn: '' },
      ['held-back personal-id.province-unknown personalId'],
    ],
    ['a sex the ID denies, written as wanted', { sex: 'Nam' }, ['warning personal-id.disagrees personalId']],
    ['a birth year the ID denies', { birthDate: '23/01/1985' }, ['warning personal-id.disagrees personalId']],
    [
      'decomposed Unicode',
      { fullName: 'Nguyễn Thị Trang'.normalize('NFD') },
      ['repaired text.decomposed fullName Nguyễn Thị Trang'],
    ],
    [
      'decomposed Unicode elsewhere',
      { ethnicity: 'Tày'.normalize('NFD') },
      ['repaired text.decomposed ethnicity Tày'],
    ],
    [
      'capitals and blanks',
      { fullName: '  NGUYỄN  THỊ TRANG ' },
      ['repaired full-name.form fullName Nguyễn Thị Trang'],
    ],
    [
      'small letters',
      { fullName: 'nguyễn thị trang' },
      ['repaired full-name.form fullName Nguyễn Thị Trang'],
    ],
    [
      'capitals, decomposed',
      { fullName: 'NGUYỄN THỊ TRANG'.normalize('NFD') },
      [
        'repaired text.decomposed fullName NGUYỄN THỊ TRANG',
        'repaired full-name.form fullName Nguyễn Thị Trang',
      ],
    ],
    ['a name that is none', { fullName: '=cmd|0' }, ['held-back full-name.implausible fullName']],
    [
      'a day of the spreadsheet',
      { birthDate: day('1984-01-23') },
      ['repaired date.from-excel birthDate 23/01/1984'],
    ],
    ['a serial without its format', { birthDate: 30_704 }, ['repaired date.from-excel birthDate 23/01/1984']],
    ['a day without padding', { birthDate: '23/1/1984' }, ['repaired date.form birthDate 23/01/1984']],
    ['a day with points and blanks', { joinedOn: ' 26.10.2011' }, ['repaired date.form joinedOn 26/10/2011']],
    [
      'a day as machines write it',
      { officialOn: '2012-10-26' },
      ['repaired date.form officialOn 26/10/2012'],
    ],
    ['a year only', { birthDate: '1984' }, ['warning date.year-only birthDate']],
    ['a year as a number', { birthDate: 1984 }, ['warning date.year-only birthDate']],
    ['a month only', { joinedOn: '10/2011' }, ['warning date.month-only joinedOn']],
    ['a year only where a day is needed', { officialOn: '2012' }, ['held-back date.not-exact officialOn']],
    ['a year of two digits', { birthDate: '23/01/84' }, ['held-back date.unreadable birthDate']],
    ['a day that no month has', { birthDate: '31/04/1984' }, ['held-back date.unreadable birthDate']],
    ['month and day the other way round', { joinedOn: '10/26/2011' }, ['held-back date.unreadable joinedOn']],
    ['no birth date', { birthDate: '' }, ['held-back field.missing birthDate']],
    ['no joining', { joinedOn: '' }, ['held-back field.missing joinedOn']],
    [
      'born tomorrow',
      { birthDate: '22/11/2026', joinedOn: '26/10/2011' },
      ['held-back date.in-future birthDate'],
    ],
    [
      'joining in the future',
      { joinedOn: '22/11/2026', officialOn: '' },
      ['held-back date.in-future joinedOn'],
    ],
    [
      'official before joining',
      { officialOn: '25/10/2011' },
      ['held-back date.official-before-joining officialOn'],
    ],
    ['official too early', { officialOn: '25/10/2012' }, ['warning date.official-early officialOn']],
    ['joined too young', { joinedOn: '22/01/2002' }, ['warning date.joined-young joinedOn']],
    [
      'a card older than its owner’s membership',
      { officialOn: '03/09/2025' },
      ['warning date.card-before-official cardIssuedOn'],
    ],
    ['sex in small letters, the ID agrees', { sex: 'nữ ' }, ['repaired sex.free-text sex Nữ']],
    ['sex as a letter, the ID agrees', { sex: 'F' }, ['repaired sex.free-text sex Nữ']],
    ['sex in free text, the ID denies it', { sex: 'Nam.' }, ['held-back sex.unclear sex']],
    [
      'sex in free text, no ID to confirm it',
      { sex: 'nữ', personalId: '' },
      ['held-back personal-id.missing personalId', 'held-back sex.unclear sex'],
    ],
    ['sex that says nothing', { sex: 'x' }, ['held-back sex.unclear sex']],
    ['no sex, the ID says it', { sex: '' }, ['repaired sex.missing sex Nữ']],
    ['no sex, the ID is doubtful', { sex: '', birthDate: '23/01/1985' }, ['held-back sex.missing sex']],
    [
      'an unknown cell',
      { organisation: 'Chi bộ khu phố 999' },
      ['held-back organisation.unknown organisation'],
    ],
    [
      'an abbreviated cell',
      { organisation: 'CB KP2' },
      ['repaired organisation.abbreviated organisation Chi bộ khu phố 2'],
    ],
    [
      'a school abbreviated',
      { organisation: 'CB THCS' },
      ['repaired organisation.abbreviated organisation Chi bộ Trường Trung học cơ sở'],
    ],
    [
      'a cell without its kind',
      { organisation: 'khu phố 02' },
      ['repaired organisation.abbreviated organisation Chi bộ khu phố 2'],
    ],
    [
      'a cell in capitals without accents',
      { organisation: 'CHI BO KHU PHO 20' },
      ['repaired organisation.form organisation Chi bộ khu phố 20'],
    ],
    ['a cell by its code', { organisation: '79021012000001' }, []],
    [
      'a committee in place of a cell',
      { organisation: 'Đảng bộ Phường Tân Tạo' },
      ['held-back organisation.holds-no-members organisation'],
    ],
    ['no cell', { organisation: '' }, ['held-back field.missing organisation']],
    ['a card issued but not numbered', { cardNumber: '' }, ['warning card-number.missing cardNumber']],
    [
      'a card that lost its zeros',
      { cardNumber: 99184705873 },
      ['repaired card-number.zeros-lost cardNumber 099184705873'],
    ],
    ['a card of the old kind', { cardNumber: '39156776' }, ['warning card-number.malformed cardNumber']],
    ['a card of another number', { cardNumber: '099184705874' }, ['warning card-number.differs cardNumber']],
    ['a telephone that lost its zero', { phone: 981206871 }, ['repaired digits.zeros-lost phone 0981206871']],
    [
      'an old number stored as a number',
      { oldCardNumber: 1043913 },
      ['warning digits.zeros-lost oldCardNumber'],
    ],
    ['something mandatory left out', { religion: '' }, ['warning field.missing religion']],
    ['exempted', { standing: 'Miễn công tác và sinh hoạt đảng', endedOn: '25/07/2025' }, []],
    ['dead', { standing: 'Từ trần', endedOn: '21/08/2026' }, []],
    ['dead, nobody says when', { standing: 'Từ trần' }, ['held-back standing.day-missing endedOn']],
    ['dead tomorrow', { standing: 'Từ trần', endedOn: '22/11/2026' }, ['held-back date.in-future endedOn']],
    ['transferred away', { standing: 'Đã chuyển sinh hoạt' }, ['held-back standing.transferred standing']],
    ['a standing nobody knows', { standing: 'khác' }, ['held-back standing.unknown standing']],
    [
      'asked to be deleted',
      { deletionRequested: 'không thuộc chi bộ' },
      ['warning deletion.requested deletionRequested'],
    ],
    [
      'an error of the spreadsheet',
      { fullName: { kind: 'error', text: '#REF!' } },
      ['held-back cell.error fullName'],
    ],
    ['a formula', { note: { kind: 'text', text: 'x', formula: true } }, ['repaired cell.formula note x']],
    ['a novel', { note: 'x'.repeat(501) }, ['held-back text.too-long note']],
    [
      'a sum below the list',
      { fullName: 'Tổng cộng: 312', birthDate: '', personalId: '', organisation: '' },
      ['held-back row.not-a-record row'],
    ],
  ]

  test.each(CASES)('%s', (_, changes, problems) => {
    expect(found(changes)).toEqual(problems)
  })

  test('every problem that is not a repair says how to mend it, every repair what it became', () => {
    for (const [, changes] of CASES)
      for (const problem of judge(changes).problems)
        expect(problem.severity === 'repaired' ? problem.repair : problem.fix).toBeTruthy()
  })
})

test('a member is given exactly when nothing was held back', () => {
  expect(judge({ birthDate: '1984' }).member).toMatchObject({
    birthDate: '1984-01-01',
    birthPrecision: 'year',
  })
  expect(judge({ standing: 'Từ trần', endedOn: '21/08/2026' }).member?.standing).toBe('deceased')
  expect(judge({ organisation: 'Chi bộ khu phố 999' }).member).toBeUndefined()
})

test('the second of two duplicates is held back, with the row of the first', () => {
  const judged = judge({}, { firstRowOf: (id) => (id === '099184705873' ? 3 : undefined) })
  expect(judged).toMatchObject({
    outcome: 'held-back',
    problems: [{ code: 'personal-id.duplicate', fix: expect.stringContaining('dòng 3') }],
  })
  const second = judge({ personalId: 99184705873 }, { firstRowOf: () => 3 })
  expect(second.problems.map((problem) => problem.code)).toEqual([
    'personal-id.zeros-lost',
    'personal-id.duplicate',
  ])
})

test('the prefixes 003 and 099 count only where they are told to', () => {
  expect(found({}, { allowTestPrefixes: false })).toEqual([
    'held-back personal-id.province-unknown personalId',
  ])
  expect(
    found({ personalId: '079184705873', cardNumber: '079184705873' }, { allowTestPrefixes: false }),
  ).toEqual([])
})

test('a cell that two wards have is ambiguous until the ward is known', () => {
  const both = [...WARD, organisation('Chi bộ khu phố 2', '1.9.1.')]
  expect(found({}, { matchOrganisation: organisationNames(both) })).toEqual([
    'held-back organisation.ambiguous organisation',
  ])
  expect(found({ organisation: 'cb kp2' }, { matchOrganisation: organisationNames(both) })).toEqual([
    'held-back organisation.ambiguous organisation',
  ])
})

test('an unknown cell is told its nearest neighbours; a wrong ID is told the card', () => {
  expect(judge({ organisation: 'Chi bộ khu phố 2A' }).problems[0]?.fix).toContain('Chi bộ khu phố 2')
  expect(judge({ personalId: '09918470587' }).problems[0]?.fix).toContain('099184705873')
})

test('columns the list does not have are not missed', () => {
  const fields = new Set<MemberField>([
    'fullName',
    'sex',
    'birthDate',
    'personalId',
    'organisation',
    'joinedOn',
    'officialOn',
  ])
  const changes = { ethnicity: '', religion: '', birthProvince: '', standing: '' }
  expect(found(changes, { fields })).toEqual([])
})

describe('whatever the cells hold', () => {
  const anyCell: fc.Arbitrary<Cell> = fc.oneof(
    fc.string().map((text): Cell => ({ kind: 'text', text })),
    fc
      .constantFrom('', 'Nam', 'nữ', '13/1/1984', '1978', '099184705873', 'CB KP2')
      .map((text): Cell => ({ kind: 'text', text })),
    fc
      .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((value): Cell => ({ kind: 'number', value })),
    fc.constant<Cell>({ kind: 'date', date: '1986-02-04' }),
    fc.constant<Cell>({ kind: 'error', text: '#N/A' }),
    fc.boolean().map((value): Cell => ({ kind: 'boolean', value, formula: true })),
  )
  const changes = fc.dictionary(fc.constantFrom(...MEMBER_COLUMNS.map((column) => column.field)), anyCell)

  test('the outcome is what the problems say, and what is taken obeys the rules', () => {
    fc.assert(
      fc.property(changes, (changed) => {
        const { outcome, problems, member, personalId } = judge(changed)
        expect(outcome).toBe(outcomeOf(problems))
        expect(member !== undefined).toBe(outcome !== 'held-back')
        if (!member) return
        expect(personalId).toBe(member.personalId)
        const findings = checkPersonalId(member.personalId, { allowTestPrefixes: true })
        expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
        expect(member.fullName).toBe(member.fullName.normalize('NFC').trim())
        expect(member.birthDate <= TODAY && (member.joinedOn ?? '') <= TODAY).toBe(true)
        if (member.officialOn !== null) expect(member.officialOn >= (member.joinedOn ?? '')).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('an ID whose zeros were taken comes back whole or is held back, never as another', () => {
    const ids = fc.integer({ min: 0, max: 999_999 }).map((tail) => `099184${String(tail).padStart(6, '0')}`)
    fc.assert(
      fc.property(
        ids,
        fc.constantFrom('Nam', 'Nữ'),
        fc.integer({ min: 1940, max: 2004 }),
        (id, sex, year) => {
          const { member } = judge({
            personalId: Number(id),
            cardNumber: '',
            sex,
            birthDate: `01/02/${year}`,
            joinedOn: '01/02/2023',
            officialOn: '',
          })
          const agrees = sex === 'Nữ' && year === 1984
          expect(member?.personalId).toBe(agrees ? id : undefined)
        },
      ),
    )
  })
})
