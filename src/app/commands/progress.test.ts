/** Progress: nothing of what is over at once, and the beginning of each step. */
import { expect, test } from 'vitest'
import { tellNowAndThen } from './progress.ts'

test('what follows at once is not told, unless it is of another step', () => {
  const told: string[] = []
  const tell = tellNowAndThen({ tell: (line) => void told.push(line) })
  tell('1/9')
  tell('places 1/2', 'places')
  tell('places 2/2', 'places')
  tell('people 1/2', 'people')
  expect(told).toEqual(['places 1/2', 'people 1/2'])
})
