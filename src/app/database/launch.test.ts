/** How much memory PostgreSQL is given: by what it holds and by what the machine has. */
import { expect, test } from 'vitest'
import { memorySettings } from './launch.ts'

const GB = 1024 ** 3

test('a small database takes little, a large one a quarter of its size, none more than a quarter of the machine', () => {
  const buffers = (data: number, memory: number) => memorySettings(data, memory).shared_buffers
  expect(buffers(0, 24 * GB)).toBe('64MB')
  expect(buffers(0.2 * GB, 24 * GB)).toBe('64MB')
  expect(buffers(10 * GB, 24 * GB)).toBe('2560MB')
  expect(buffers(400 * GB, 24 * GB)).toBe('6144MB')
  expect(memorySettings(10 * GB, 4 * GB)).toEqual({
    shared_buffers: '1024MB',
    effective_cache_size: '2048MB',
  })
})
