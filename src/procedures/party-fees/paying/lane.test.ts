import { expect, test } from 'vitest'
import { openLane } from './lane.ts'

/** Work that ends when it is told to, and what it was given. */
function slowWork() {
  const given: (readonly number[])[] = []
  const ends: ((error?: Error) => void)[] = []
  const work = (items: readonly number[]) =>
    new Promise<readonly number[]>((resolve, reject) => {
      given.push(items)
      ends.push((error) => (error ? reject(error) : resolve(items.map((item) => item * 10))))
    })
  return { given, ends, work }
}

test('two batches are under way; what comes meanwhile goes together, at most so many', async () => {
  const { given, ends, work } = slowWork()
  const lane = openLane(work, 3)
  const answers = [1, 2, 3, 4, 5, 6].map((item) => lane.submit(item))
  expect(given).toEqual([[1], [2]])
  ends[0]!()
  expect(await answers[0]).toBe(10)
  expect(given).toEqual([[1], [2], [3, 4, 5]])
  ends[1]!()
  expect(await answers[1]).toBe(20)
  expect(given.at(-1)).toEqual([6])
  ends[2]!()
  ends[3]!()
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60])
})

test('one that cannot be done does not stop those that came with it', async () => {
  const lane = openLane((items: readonly number[]) => {
    if (items.includes(3)) return Promise.reject(new Error('not 3'))
    return Promise.resolve(items)
  }, 10)
  const answers = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => lane.submit(item)))
  expect(answers.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  await expect(lane.submit(6)).resolves.toBe(6)
})
