/** Load: so many at once, so many of one network, heavy work in turn, and everything given back. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { refusalOf } from '../kernel/refusal.ts'
import { Load, LOAD_LIMITS, type LoadLimits } from './load.ts'

const opened: Load[] = []
const open = (limits: Partial<LoadLimits>, connections = 0) => {
  const load = new Load({ ...LOAD_LIMITS, heapShare: 1, ...limits }, () => connections)
  opened.push(load)
  return load
}
afterEach(() => opened.splice(0).forEach((load) => load.close()))

const codeOf = (ask: () => unknown) => refusalOf(ask)?.code

test('so many requests are under way and no more, until one gives its place back, once', async () => {
  const load = open({ atOnce: { known: 3, stranger: 1 } })
  const [leave] = ['a', 'b', 'c'].map((network) => load.enter('known', network))
  expect(codeOf(() => load.enter('known', 'd'))).toBe('request.overloaded')
  leave!()
  leave!()
  // what was answered within one turn of the loop counts until the next
  expect(codeOf(() => load.enter('known', 'd'))).toBe('request.overloaded')
  await nextTurn()
  load.enter('known', 'd')
  expect(codeOf(() => load.enter('known', 'e'))).toBe('request.overloaded')
})

test('one network leaves room for the others', async () => {
  const load = open({ atOnce: { known: 4, stranger: 1 }, networkShare: 1 / 2 })
  const leave = load.enter('known', 'flood')
  load.enter('known', 'flood')
  expect(codeOf(() => load.enter('known', 'flood'))).toBe('request.overloaded')
  load.enter('known', 'somebody')
  leave()
  await nextTurn()
  load.enter('known', 'flood')
})

test('however many strangers come, whoever works here is let in', () => {
  const load = open({ atOnce: { known: 1, stranger: 2 }, networkShare: 1 })
  load.enter('stranger', 'a')
  load.enter('stranger', 'b')
  expect(codeOf(() => load.enter('stranger', 'c'))).toBe('request.overloaded')
  load.enter('known', 'a')
})

test('a loop that is never idle while many are asking refuses strangers, and nobody who works here', async () => {
  const busy = { utilization: -1, connections: 10 }
  const few = open({ busy }, 9)
  const crowded = open({ busy }, 10)
  const knock = () => codeOf(() => crowded.enter('stranger', 'a')())
  await expect.poll(knock, { timeout: 30_000 }).toBe('request.overloaded')
  crowded.enter('known', 'a')
  // looked at as often: one long job alone is no overload
  for (let times = 0; times < 50; times += 1) few.enter('stranger', 'a')()
  // nor is who comes back with a body that was let in asked to draw lots once more
  for (let times = 0; times < 50; times += 1) crowded.enter('stranger', 'a', true)()
})

test('heavy work waits for its turn, in the order it came, and beyond that is told to come back', async () => {
  const load = open({ turns: { atOnce: 1, waiting: 2, waitMs: 60_000 } })
  const done = await load.takeTurn('heavy')
  const order: string[] = []
  const second = load.takeTurn('heavy').then((end) => (order.push('second'), end))
  const third = load.takeTurn('heavy').then((end) => (order.push('third'), end))
  await expect(load.takeTurn('heavy')).rejects.toMatchObject({
    kind: 'overloaded',
    code: 'request.overloaded',
    facts: { seconds: expect.any(Number) },
  })
  expect(order).toEqual([])
  done()
  done()
  ;(await second)()
  ;(await third)()
  expect(order).toEqual(['second', 'third'])
  await load.takeTurn('heavy')
})

test('who signs waits for those who sign, and not behind heavy work', async () => {
  const load = open({ turns: { atOnce: 1, waiting: 0, waitMs: 60_000 } })
  await load.takeTurn('heavy')
  await expect(load.takeTurn('heavy')).rejects.toMatchObject({ code: 'request.overloaded' })
  const signed = await load.takeTurn('signing')
  await expect(load.takeTurn('signing')).rejects.toMatchObject({ code: 'request.overloaded' })
  signed()
  await load.takeTurn('signing')
})

test('who waited too long is told so, and takes nobody’s turn', async () => {
  const load = open({ turns: { atOnce: 1, waiting: 5, waitMs: 10 } })
  const done = await load.takeTurn('heavy')
  await expect(load.takeTurn('heavy')).rejects.toMatchObject({ code: 'request.overloaded' })
  done()
  await load.takeTurn('heavy')
})

test('when the memory is nearly used up nobody comes in', () => {
  expect(codeOf(() => open({ heapShare: 0 }).enter('known', 'a'))).toBe('request.overloaded')
})
