/** Work that waits for somebody outside: tried, undone, waited for with nothing open, done once; and refused when it changed meanwhile. */
import { expect, test } from 'vitest'
import { chosenOnce, endTrial, fromOutside, waitingOutside } from './outside.ts'

/** Like a transaction: `stays` gets what was written only when the work came to its end. */
function house() {
  const stays: string[] = []
  const told: string[] = []
  const transaction =
    (work: () => Promise<string>) =>
    async (ending: () => void): Promise<string> => {
      told.push('begin')
      try {
        const written = await work()
        ending()
        stays.push(written)
        told.push('commit')
        return written
      } catch (error) {
        told.push('rollback')
        throw error
      }
    }
  const fetch = (what: string) => async () => {
    told.push(`asked for ${what}`)
    return `<${what}>`
  }
  return { stays, told, transaction, ask: (what: string) => fromOutside(what, fetch(what), '') }
}

test('what waits for nobody is done once', async () => {
  const { stays, told, transaction } = house()
  await waitingOutside(transaction(async () => 'giấy'))
  expect([stays, told]).toEqual([['giấy'], ['begin', 'commit']])
})

test('all that is wanted is asked for together, between two goings; what rests on it in a third', async () => {
  const { stays, told, transaction, ask } = house()
  const made = waitingOutside(
    transaction(async () => {
      const token = chosenOnce(() => String(Math.random()))
      const both = (await ask(`thư ${token}`)) + (await ask('phiếu'))
      if (both === '') endTrial()
      return `${both} ${await ask(`dấu trên ${both}`)}`.replaceAll(token, '#')
    }),
  )
  expect(await made).toBe('<thư #><phiếu> <dấu trên <thư #><phiếu>>')
  expect(stays).toHaveLength(1)
  expect(told.map((step) => step.replace(/thư [\d.e-]+/g, 'thư #'))).toEqual([
    'begin',
    'rollback',
    'asked for thư #',
    'asked for phiếu',
    'begin',
    'rollback',
    'asked for dấu trên <thư #><phiếu>',
    'begin',
    'commit',
  ])
})

test('what would be signed is something else than was waited for: refused, and nothing stays', async () => {
  const { stays, transaction, ask } = house()
  let number = 6
  const work = waitingOutside(transaction(() => ask(`Số ${(number += 1)}`)))
  await expect(work).rejects.toMatchObject({ kind: 'conflict', code: 'signing.changed-meanwhile' })
  expect(stays).toEqual([])
})

test('who says no, inside or outside, is heard', async () => {
  const { stays, transaction } = house()
  const said = new Error('không')
  await expect(waitingOutside(transaction(() => Promise.reject(said)))).rejects.toBe(said)
  const outside = waitingOutside(transaction(() => fromOutside('x', () => Promise.reject(said), '')))
  await expect(outside).rejects.toBe(said)
  expect(stays).toEqual([])
})
