/** How papers name bodies and places, on chains as they really stand. */
import { expect, test } from 'vitest'
import { aPlace } from '../law/builders.ts'
import { OFFICERS } from '../law/rules.ts'
import { bodyName, signingBlock } from '../../../papers/bodies.ts'
import { pathOf } from './paper-words.ts'

const CITY = aPlace('Đảng bộ Thành phố Hồ Chí Minh', 'province')
const WARD = aPlace('Đảng bộ Phường Tân Tạo', 'grassroots')
const CELL = aPlace('Chi bộ khu phố 3', 'cell')

test('a body acts under its own name: the committee of an organisation, the city’s as Thành ủy, a cell as itself', () => {
  expect([CITY, WARD, CELL].map(bodyName)).toEqual([
    'Thành ủy Hồ Chí Minh',
    'Đảng ủy Phường Tân Tạo',
    'Chi bộ khu phố 3',
  ])
})

test('whoever may sign has words to sign with', () => {
  for (const position of Object.values(OFFICERS.sign).flat())
    expect(signingBlock(position, 'Lê A', true, false).position).toMatch(
      /^(BÍ THƯ|PHÓ BÍ THƯ|TRƯỞNG BAN|PHÓ TRƯỞNG BAN)/,
    )
})

test('papers name the cell, its grassroots organisation and what is above', () => {
  expect(pathOf([CELL, WARD, CITY])).toEqual({ cell: CELL.name, grassroots: WARD.name, superior: CITY.name })
  expect(pathOf([WARD, CITY])).toEqual({ grassroots: WARD.name, superior: CITY.name })
  expect(pathOf([CITY])).toEqual({ grassroots: CITY.name })
})

test('a committee that still stands below a commune made grassroots is not the one papers name: the letter’s way goes by the outermost', () => {
  const school = aPlace('Đảng bộ Trường A', 'grassroots')
  expect(pathOf([CELL, school, WARD, CITY])).toEqual({
    cell: CELL.name,
    grassroots: WARD.name,
    superior: CITY.name,
  })
})
