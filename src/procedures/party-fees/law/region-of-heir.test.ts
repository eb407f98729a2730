/** Which region an organisation has that took over from others. */
import { expect, test } from 'vitest'
import { regionOfHeir } from './region-of-heir.ts'

test('those that agree hand their region on, and nothing is said twice', () => {
  expect(regionOfHeir(['II', 'II'], undefined, null)).toEqual({ region: 'II', provisional: false })
  expect(regionOfHeir(['II', 'II'], undefined, 'I')).toEqual({ region: 'II', provisional: false })
  expect(regionOfHeir(['II'], 'II', 'II')).toBeUndefined()
  expect(regionOfHeir([null, null], undefined, null)).toBeUndefined()
  expect(regionOfHeir([null], null, null)).toBeUndefined()
})

test('those that do not: the lowest wage for the time being, or its own where it was there before', () => {
  expect(regionOfHeir(['I', 'III'], undefined, null)).toEqual({ region: 'III', provisional: true })
  expect(regionOfHeir(['III', 'II', 'I'], undefined, 'I')).toEqual({ region: 'III', provisional: true })
  expect(regionOfHeir(['III'], 'I', 'I')).toEqual({ region: 'I', provisional: true })
  expect(regionOfHeir(['III'], null, null)).toEqual({ region: 'III', provisional: true })
  expect(regionOfHeir(['II', null], undefined, null)).toEqual({ region: 'II', provisional: true })
})
