/** Many in pieces: at least one round each time, nobody left out or acted on twice, and what was told only for its own session. */
import { expect, test } from 'vitest'
import { inPieces, openTold, sealTold } from './pieces.ts'

const double = (value: number) => Promise.resolve(2 * value)

test('pieces put together are the whole, in order', async () => {
  const items = [1, 2, 3, 4, 5, 6, 7]
  const done: number[] = []
  let rest: readonly number[] = items
  let pieces = 0
  while (rest.length > 0) {
    const piece = await inPieces(rest, 3, double, 0)
    done.push(...piece.results)
    rest = piece.rest
    pieces += 1
  }
  expect(done).toEqual([2, 4, 6, 8, 10, 12, 14])
  expect(pieces).toBe(3)
  expect(await inPieces(items, 2, double)).toEqual({ results: done, rest: [] })
})

test('what was told comes back in its session, and in no other', () => {
  const session = { csrf: 'a'.repeat(43) }
  const told = [{ id: '1', title: 'Nguyễn Văn Một', ok: false, about: 'Chưa giới thiệu.' }]
  const sealed = sealTold(session, told)
  expect(sealed).not.toContain('Nguyễn')
  expect(openTold(session, sealed)).toEqual(told)
  expect(openTold({ csrf: 'b'.repeat(43) }, sealed)).toEqual([])
  expect(openTold(session, undefined)).toEqual([])
  expect(openTold(session, 'x')).toEqual([])
})
