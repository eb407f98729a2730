/** Which organisation a list means: titles that name a committee, names written otherwise, and how far apart names are. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  editDistance,
  organisationInTitles,
  organisationNames,
  type NamedOrganisation,
} from './organisation-names.ts'

const organisation = (name: string, path: string, holdsMembers = false): NamedOrganisation => ({
  id: path,
  code: null,
  name,
  path,
  holdsMembers,
  validFrom: '2025-07-01',
})

const CITY = organisation('Đảng bộ Thành phố Hồ Chí Minh', '1.')
const WARD = organisation('Đảng bộ Phường Tân Tạo', '1.2.')
const LONGER = organisation('Đảng bộ Phường Tân Tạo A', '1.3.')
const OTHER = organisation('Đảng bộ Phường Cầu Kiệu', '1.4.')
const CELL = organisation('Chi bộ khu phố 2', '1.2.5.', true)
const ALL = [CITY, WARD, LONGER, OTHER, CELL]

describe('the committee a title names', () => {
  test.each<[string, string[], NamedOrganisation | undefined]>([
    ['in capitals, decomposed', ['DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ PHƯỜNG TÂN TẠO'.normalize('NFD')], WARD],
    ['the deepest of a chain', ['Đảng bộ Thành phố Hồ Chí Minh', 'Đảng bộ phường Cầu Kiệu'], OTHER],
    ['the longer of two names', ['Đảng bộ Phường Tân Tạo A'], LONGER],
    ['not a name that only begins alike', ['Đảng bộ Phường Tân Tạo An'], WARD],
    ['two wards: none', ['Đảng bộ Phường Tân Tạo và Đảng bộ Phường Cầu Kiệu'], undefined],
    ['a cell is no ward', ['Chi bộ khu phố 2'], undefined],
    ['nothing known', ['Danh sách'], undefined],
  ])('%s', (_, titles, expected) => {
    expect(organisationInTitles(titles, ALL)).toBe(expected)
  })
})

test('a number is a word of its own: khu phố 2 is not khu phố 20', () => {
  const match = organisationNames([CELL, organisation('Chi bộ khu phố 20', '1.2.6.', true)])
  expect(match('CB KP20')).toMatchObject({ kind: 'found', organisation: { path: '1.2.6.' } })
  expect(match('CB KP 2.')).toMatchObject({ kind: 'found', organisation: { path: '1.2.5.' } })
  expect(match('CB KP 200')).toMatchObject({ kind: 'unknown' })
})

test('the distance of names is one: the same at nothing, alike both ways, no longer than a detour', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(editDistance(a, a)).toBe(0)
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
    }),
  )
  expect(editDistance('khu pho 2', 'khu pho 20')).toBe(1)
})
