/** Money from the bank against a model: any lines in any order, any number of times, in any batches, at once: nothing is lost or booked twice. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { addMember } from '../../../registry/test-builders.ts'
import { assessMonthIn } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addFeeWorld, addOrder, addSchedule, FEE_VND, MONTH, type FeeWorld } from '../test-builders.ts'
import { settleLines, type ToldLine } from './settle.ts'

const WHEN = { at: new Date('2026-06-05T03:00:00Z'), today: '2026-06-05' } as const

let made: TestDatabase
let database: Database
let world: FeeWorld

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 6 })
  world = await addFeeWorld(database)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

/** Orders of three fresh members: the first's line, the first's and the second's (from another phone), the third's. */
const ORDERED = [[0], [0, 1], [2]] as const

async function freshOrders(): Promise<string[]> {
  return database.transaction(async (write) => {
    const members: string[] = []
    for (let number = 0; number < 3; number += 1) {
      const id = await addMember(write, 'Đảng Viên Mới', world.places.cell)
      await addSchedule(write, id, FEE_VND)
      members.push(id)
    }
    await assessMonthIn(write, MONTH, MONTH, members)
    const keys: string[] = []
    for (const chosen of ORDERED) {
      const order = { organisationId: world.places.cell, accountId: world.account }
      keys.push(await addOrder(write, { ...order, members: chosen.map((place) => members[place]!) }))
    }
    return keys
  })
}

/** A line as chance makes it: which order it names, by how much it is wrong, which of four references it bears. */
interface Chance {
  readonly order: number
  readonly wrongBy: number
  readonly reference: number
  readonly out: boolean
}

const CHANCE: fc.Arbitrary<Chance> = fc.record({
  order: fc.integer({ min: 0, max: 3 }),
  wrongBy: fc.constantFrom(0, 0, 0, -1, 1),
  reference: fc.integer({ min: 0, max: 6 }),
  out: fc.constantFrom(false, false, false, true),
})
const BATCHES = fc.array(fc.array(CHANCE, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })

let runs = 0

function lineOf({ order, wrongBy, reference, out }: Chance, keys: readonly string[], run: number): ToldLine {
  const key = keys[order]
  return {
    accountId: world.account,
    reference: `${run}-${reference}`,
    amountVnd: (ORDERED[order]?.length ?? 1) * FEE_VND + wrongBy,
    direction: out ? 'out' : 'in',
    content: key ?? 'tien cha',
    bookedAt: WHEN.at,
    source: 'sepay',
    ...(key === undefined ? {} : { key }),
  }
}

/** The same in ten plain lines: what each line must be answered when they come one after the other. */
function model(chances: readonly Chance[]) {
  const told = new Map<number, string>()
  const paidOrders = new Set<number>()
  const paidMembers = new Set<number>()
  return chances.map(({ order, wrongBy, reference, out }) => {
    const before = told.get(reference)
    if (before !== undefined) return { outcome: before, repeated: true }
    const members = ORDERED[order]
    let outcome = 'matched'
    if (out) outcome = 'out'
    else if (!members) outcome = 'unknown'
    else if (paidOrders.has(order)) outcome = 'duplicate'
    else if (wrongBy !== 0) outcome = wrongBy < 0 ? 'under-paid' : 'over-paid'
    else if (members.some((member) => paidMembers.has(member))) outcome = 'already-paid'
    if (outcome === 'matched') {
      paidOrders.add(order)
      for (const member of members!) paidMembers.add(member)
    }
    told.set(reference, outcome)
    return { outcome, repeated: false }
  })
}

test('one batch after the other, each line is answered as the model says, and the ledger is clean', async () => {
  await fc.assert(
    fc.asyncProperty(BATCHES, async (batches) => {
      const run = (runs += 1)
      const keys = await freshOrders()
      const answers = []
      for (const batch of batches)
        answers.push(
          ...(await settleLines(
            database,
            batch.map((chance) => lineOf(chance, keys, run)),
            WHEN,
          )),
        )
      expect(answers).toEqual(model(batches.flat()))
    }),
    { numRuns: 40 },
  )
  expect((await verifyLedger(database)).problems).toEqual([])
})

test('all batches at once: a line has one answer, an order and a member’s line are paid once, and the ledger is clean', async () => {
  await fc.assert(
    fc.asyncProperty(BATCHES, async (batches) => {
      const run = (runs += 1)
      const keys = await freshOrders()
      const told = batches.map((batch) => batch.map((chance) => lineOf(chance, keys, run)))
      const answers = (await Promise.all(told.map((lines) => settleLines(database, lines, WHEN)))).flat()
      const byReference = new Map<string, Set<string>>()
      told.flat().forEach(({ reference }, index) => {
        const outcomes = byReference.get(reference) ?? new Set()
        byReference.set(reference, outcomes.add(answers[index]!.outcome))
      })
      for (const outcomes of byReference.values()) expect(outcomes.size).toBe(1)
      const fresh = answers.filter(({ repeated }) => !repeated)
      expect(fresh.length).toBe(byReference.size)
      const { lines, payments } = await database.read.one<{ lines: number; payments: number }>(sql`
        select count(*) as lines, count(*) filter (where outcome = 'matched') as payments
          from bank_line where reference like ${`${run}-%`}`)
      expect(lines).toBe(byReference.size)
      expect(payments).toBe(fresh.filter(({ outcome }) => outcome === 'matched').length)
    }),
    { numRuns: 40 },
  )
  expect((await verifyLedger(database)).problems).toEqual([])
})
