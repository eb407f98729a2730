/** Personal IDs: each finding alone, every digit that can be lost, and the code table against its source. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonFacts } from './personal-id.ts'
import { checkPersonalId, personalIdParts, repairPersonalId } from './personal-id.ts'
import { PROVINCE_CODES, TEST_PREFIXES } from './province-codes.ts'

const codesOf = (id: string, person?: Parameters<typeof checkPersonalId>[1]) =>
  checkPersonalId(id, person).map((finding) => finding.code)

/** A person and the number that fits them. */
const fitting = fc
  .record({
    province: fc.constantFrom(...Object.keys(PROVINCE_CODES)),
    sex: fc.constantFrom('male' as const, 'female' as const),
    birthYear: fc.integer({ min: 1900, max: 2099 }),
    rest: fc.stringMatching(/^[0-9]{6}$/),
  })
  .map(({ province, sex, birthYear, rest }) => {
    const centuryAndSex = (birthYear < 2000 ? 0 : 2) + (sex === 'male' ? 0 : 1)
    return {
      sex,
      birthYear,
      id: `${province}${centuryAndSex}${String(birthYear % 100).padStart(2, '0')}${rest}`,
    }
  })

describe('the code table', () => {
  const rows = readFileSync(new URL('../../data/personal-id-province-codes.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => /^(\d{3}),"(.*)"$/.exec(line)?.slice(1) ?? [line])

  it('is the shipped list', () => {
    const issued = rows.filter(([code = '']) => !TEST_PREFIXES.includes(code))
    expect(Object.entries(PROVINCE_CODES).sort()).toEqual(issued.sort())
    expect(issued).toHaveLength(63)
    expect(rows).toHaveLength(65)
    expect(TEST_PREFIXES).toEqual(['003', '099'])
  })

  it('gives no province the test prefixes', () => {
    expect(TEST_PREFIXES.filter((prefix) => Object.hasOwn(PROVINCE_CODES, prefix))).toEqual([])
  })
})

describe('checking a number', () => {
  it.each([
    ['038085001212', { sex: 'male', birthYear: 1985 }],
    ['001185001212', { sex: 'female', birthYear: 1985 }],
    ['079205001212', { sex: 'male', birthYear: 2005 }],
    ['079305001212', { sex: 'female', birthYear: 2005 }],
    ['079300001212', { sex: 'female', birthYear: 2000 }],
    ['079099001212', { sex: 'male', birthYear: 1999 }],
    ['038085001212', {}],
  ] as const)('%s is in order for %j', (id, person) => {
    expect(checkPersonalId(id, person)).toEqual([])
  })

  it.each([
    ['', ['missing']],
    ['38085001212', ['not-twelve-digits']],
    ['0380850012123', ['not-twelve-digits']],
    ['03808500121A', ['not-twelve-digits']],
    ['038 085001212', ['not-twelve-digits']],
    ['０３８085001212', ['not-twelve-digits']],
    ['038085001212\n', ['not-twelve-digits']],
    ['005085001212', ['unknown-province']],
    ['138085001212', ['unknown-province']],
    ['038485001212', ['unknown-century']],
    ['005985001212', ['unknown-province', 'unknown-century']],
    ['099085001212', ['test-prefix']],
    ['003085001212', ['test-prefix']],
  ])('%j: %j', (id, codes) => {
    expect(codesOf(id)).toEqual(codes)
    expect(checkPersonalId(id).every((finding) => finding.severity === 'error')).toBe(true)
  })

  it('warns, no more, where the record says otherwise', () => {
    const id = '038085001212'
    expect(checkPersonalId(id, { sex: 'female' })).toEqual([{ severity: 'warning', code: 'sex-differs' }])
    expect(checkPersonalId(id, { birthYear: 1986 })).toEqual([
      { severity: 'warning', code: 'birth-year-differs' },
    ])
    expect(codesOf(id, { sex: 'female', birthYear: 2085 })).toEqual(['sex-differs', 'birth-year-differs'])
  })

  it('takes test numbers where it is told to, and checks the rest of them', () => {
    expect(codesOf('099085001212', { allowTestPrefixes: true })).toEqual([])
    expect(codesOf('003185001212', { allowTestPrefixes: true, sex: 'male' })).toEqual(['sex-differs'])
    expect(codesOf('005085001212', { allowTestPrefixes: true })).toEqual(['unknown-province'])
  })

  it('reads what every fitting number says', () => {
    fc.assert(
      fc.property(fitting, ({ id, sex, birthYear }) => {
        expect(checkPersonalId(id, { sex, birthYear })).toEqual([])
        expect(personalIdParts(id)).toEqual({ provinceCode: id.slice(0, 3), sex, birthYear })
        const other = sex === 'male' ? 'female' : 'male'
        expect(codesOf(id, { sex: other, birthYear })).toEqual(['sex-differs'])
        expect(codesOf(id, { sex, birthYear: birthYear + 1 })).toEqual(['birth-year-differs'])
      }),
    )
    expect(personalIdParts('038485001212')).toBeUndefined()
    expect(personalIdParts('38085001212')).toBeUndefined()
  })
})

describe('mending a number', () => {
  const man: PersonFacts = { sex: 'male', birthYear: 1985 }

  it.each<[string | number, string, string]>([
    ['38085001212', '038085001212', 'one zero lost'],
    [38085001212, '038085001212', 'a number of the spreadsheet'],
    ['1085001212', '001085001212', 'two zeros lost'],
    [1085001212, '001085001212', 'a number, two zeros lost'],
    [' 38085001212 ', '038085001212', 'blanks around'],
  ])('%j becomes %s (%s)', (raw, id) => {
    expect(repairPersonalId(raw, man)).toEqual({ kind: 'repaired', id, repair: 'zeros-restored' })
  })

  it('leaves twelve digits alone, right or wrong, but for blanks between them', () => {
    expect(repairPersonalId('038085001212', {})).toEqual({ kind: 'whole', id: '038085001212' })
    expect(repairPersonalId(' 038085001212\t', man)).toEqual({ kind: 'whole', id: '038085001212' })
    expect(repairPersonalId('005985001212', man)).toEqual({ kind: 'whole', id: '005985001212' })
    expect(repairPersonalId('038 085\u00a0001212', man)).toEqual({
      kind: 'repaired',
      id: '038085001212',
      repair: 'blanks-removed',
    })
  })

  it.each([
    ['', man, 'missing'],
    ['  ', man, 'missing'],
    ['3.8085E+10', man, 'not-digits'],
    ['38085001212.0', man, 'not-digits'],
    [380850012.5, man, 'not-digits'],
    [-38085001212, man, 'not-digits'],
    [Number.NaN, man, 'not-digits'],
    ["'038085001212", man, 'not-digits'],
    ['0380850012123', man, 'too-long'],
    ['123456789', man, 'old-nine-digit'],
    ['08085001212', man, 'digit-lost-inside'],
    ['03808501212', man, 'digit-lost-inside'],
    ['38085001212', { birthYear: 1985 }, 'sex-or-birth-year-missing'],
    ['38085001212', { sex: 'male' }, 'sex-or-birth-year-missing'],
    ['38085001212', {}, 'sex-or-birth-year-missing'],
    ['38085001212', { sex: 'female', birthYear: 1985 }, 'padding-does-not-fit'],
    ['38085001212', { sex: 'male', birthYear: 1984 }, 'padding-does-not-fit'],
    ['38085001212', { sex: 'male', birthYear: 2085 }, 'padding-does-not-fit'],
    ['5085001212', man, 'padding-does-not-fit'],
    ['99085001212', man, 'padding-does-not-fit'],
    ['12345', man, 'padding-does-not-fit'],
    ['0', man, 'digit-lost-inside'],
  ] as const)('%j is held back for %j: %s', (raw, person, reason) => {
    expect(repairPersonalId(raw, person)).toMatchObject({ kind: 'held-back', reason })
  })

  it('says what the padded number got wrong', () => {
    expect(repairPersonalId('5085001212', { sex: 'female', birthYear: 1985 })).toEqual({
      kind: 'held-back',
      reason: 'padding-does-not-fit',
      findings: [
        { severity: 'error', code: 'unknown-province' },
        { severity: 'warning', code: 'sex-differs' },
      ],
    })
  })

  it('mends test numbers only where they count', () => {
    const options = { allowTestPrefixes: true }
    expect(repairPersonalId('99085001212', man, options)).toMatchObject({
      kind: 'repaired',
      id: '099085001212',
    })
    expect(repairPersonalId(3085001212, man, options)).toMatchObject({ kind: 'repaired', id: '003085001212' })
    expect(repairPersonalId('3085001212', man)).toMatchObject({
      kind: 'held-back',
      reason: 'padding-does-not-fit',
    })
  })

  it('gives back every number whose leading zeros a spreadsheet took', () => {
    fc.assert(
      fc.property(fitting, ({ id, sex, birthYear }) => {
        expect(repairPersonalId(Number(id), { sex, birthYear })).toEqual({
          kind: 'repaired',
          id,
          repair: 'zeros-restored',
        })
      }),
    )
  })

  it('never makes up a number from one that lost a digit elsewhere', () => {
    fc.assert(
      fc.property(fitting, fc.integer({ min: 1, max: 11 }), ({ id, sex, birthYear }, lost) => {
        const repaired = repairPersonalId(id.slice(0, lost) + id.slice(lost + 1), { sex, birthYear })
        expect(repaired.kind).toBe('held-back')
      }),
    )
  })
})
