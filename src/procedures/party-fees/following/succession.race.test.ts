/** A reorganisation and money at one moment: whoever comes first, both end well, and the ledger knows one truth. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import type { PersonActor } from '../../../kernel/actor.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { calendarFrom } from '../../../kernel/working-time.ts'
import { grantOffice } from '../../../registry/offices/store.ts'
import { know } from '../../../registry/reorganisation/know.ts'
import { savePlan, signPlan } from '../../../registry/reorganisation/plans.ts'
import { digestOf, seenNow } from '../../../registry/reorganisation/seen.ts'
import { addMember, FOUNDED } from '../../../registry/test-builders.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { transactionAgain } from '../paying/again.ts'
import { takeCash, undoCash } from '../paying/cash.ts'
import { lockHand } from '../paying/locks.ts'
import { settleLines } from '../paying/settle.ts'
import { approveRefund, checkRefund, payOutRefund } from '../refunding/steps.ts'
import { addFeeWorld, addHandling, addRefund, MONTH, type FeeWorld } from '../test-builders.ts'
import { followReorganisation } from './succession.ts'

const WHEN = { at: new Date('2026-06-08T03:00:00Z'), today: '2026-06-08' } as const

let made: TestDatabase
let database: Database
let world: FeeWorld
let cell: string

beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 12 })
  world = await addFeeWorld(database)
  cell = world.places.cell
})
afterEach(async () => {
  const { problems } = await verifyLedger(database)
  await database.close()
  await made.drop()
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

async function officer(position: string): Promise<PersonActor> {
  const organisationId = world.places.city
  return database.transaction(async (write) => {
    const memberId = await addMember(write, position, world.places.neighbour)
    const office = { memberId, position, organisationId, since: FOUNDED, source: 'kiểm thử' }
    const hat = { position, organisationId, officeId: await grantOffice(write, office) }
    return { kind: 'person', memberId, hat, signedInAt: WHEN.at }
  })
}

/** A decision that the cell ends and goes into its neighbour, waiting for the signature. @returns what signs it */
async function planned(): Promise<() => Promise<unknown>> {
  const [planner, signer] = [await officer('commission-head'), await officer('committee-standing-deputy')]
  const about = { ...WHEN, calendar: calendarFrom({ holidays: () => [] }), settings: DEFAULT_SETTINGS }
  const { city: underId, neighbour } = world.places
  const plan = {
    title: 'Sắp xếp',
    decision: { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Thành ủy', signedOn: WHEN.today },
    effectiveOn: WHEN.today,
    bodies: [],
    steps: [{ type: 'dissolve', organisation: cell, to: neighbour } as const],
    continuing: [],
  }
  const id = randomUUID()
  await savePlan(database, { id, commandId: randomUUID(), underId, plan }, {
    ...about,
    actor: planner,
  } as Context)
  const digest = digestOf(plan, seenNow(plan, await know(database.read, underId, plan)))
  const asked = { id, commandId: randomUUID(), digest }
  return () =>
    signPlan(database, asked, { ...about, actor: signer } as Context, async (write, touched, context) => {
      await followReorganisation(write, touched, context)
      return []
    })
}

const handling = (name: string) => addHandling(database, name, cell)

/** Cash of a member. @returns the payment's id */
async function paidInCash(member: string, receivedBy: string): Promise<string> {
  const lines = [{ memberId: member, period: MONTH, number: 0 }]
  const taken = { commandId: randomUUID(), cellId: cell, lines, receivedBy }
  await transactionAgain(database, (write) => takeCash(write, taken, WHEN))
  const { id } = await database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${member}`,
  )
  return id
}

async function checkedRefund(member: string): Promise<string> {
  const id = await addRefund(database, member, cell)
  const checked = { holderReason: 'kiểm thử', rightVnd: new Map<string, number>() }
  await checkRefund(database, id, checked, await handling('Người Đối Chiếu'))
  return id
}

/** 'done' or the refusal's code; anything else nobody was told a reason for. */
async function outcomeOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const waiting = async (): Promise<number> => {
  const { count } = await database.read.one<{ count: number }>(sql`
    select count(*) as count from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`)
  return count
}

/** Each begins while the cell's cash is held by somebody else, the next when the one before waits; then all go on. */
async function together(acts: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const doing: Promise<string>[] = []
  await database.transaction(async (write) => {
    await lockHand(write, cell)
    for (const act of acts) {
      doing.push(outcomeOf(act()))
      await expect.poll(waiting, { interval: 5, timeout: 30_000 }).toBe(doing.length)
    }
  })
  return Promise.all(doing)
}

async function deadlocks(): Promise<number> {
  const { count } = await database.read.one<{ count: number }>(
    sql`select deadlocks as count from pg_stat_database where datname = current_database()`,
  )
  return count
}

test.each<['a refund of cash is approved' | 'cash is taken' | 'cash is given back', 'first' | 'second']>([
  ['a refund of cash is approved', 'first'],
  ['a refund of cash is approved', 'second'],
  ['cash is taken', 'first'],
  ['cash is taken', 'second'],
  ['cash is given back', 'first'],
  ['cash is given back', 'second'],
])(
  '%s, %s of the two, while its cell ends: both end well, and neither waits for the other for ever',
  async (what, place) => {
    const [payer, other] = [world.members[0]!, world.members[1]!]
    const taker = (await handling('Người Thu')).by
    const paymentId = await paidInCash(payer, taker)
    const refund = what === 'a refund of cash is approved' ? await checkedRefund(payer) : ''
    const approver = await handling('Người Duyệt')
    const undone = { paymentId, cellId: cell, reason: 'Ghi nhầm.', by: taker }
    const act = {
      'a refund of cash is approved': () => approveRefund(database, refund, approver),
      'cash is taken': () => paidInCash(other, taker),
      'cash is given back': () => transactionAgain(database, (write) => undoCash(write, undone, WHEN)),
    }[what]
    const sign = await planned()
    const outcomes = await together(place === 'first' ? [act, sign] : [sign, act])
    expect(outcomes[place === 'first' ? 1 : 0]).toBe('done')
    if (place === 'first') expect(outcomes[0]).toBe('done')
    expect(await deadlocks()).toBe(0)
  },
)

test('refunds approved and paid out, cash taken and given back, all at once with the end of their cell', async () => {
  const [one, two, three] = world.members as [string, string, string]
  const taker = (await handling('Người Thu')).by
  await paidInCash(one, taker)
  const paymentId = await paidInCash(two, taker)
  const id = await checkedRefund(one)
  const people = [await handling('Người Duyệt'), await handling('Người Duyệt Hai')]
  const sign = await planned()
  const undone = { paymentId, cellId: cell, reason: 'Ghi nhầm.', by: taker }
  const outcomes = await Promise.all(
    [
      ...people.map((each) => () => approveRefund(database, id, each)),
      () => paidInCash(three, taker),
      sign,
      () => transactionAgain(database, (write) => undoCash(write, undone, WHEN)),
      ...people.map((each) => () => payOutRefund(database, id, { on: WHEN.today, reference: 'FT1' }, each)),
    ].map((act) => outcomeOf(act())),
  )
  expect(outcomes[3]).toBe('done')
})

test('money that the bank tells of while the owner of its account ends is booked to who took the account over', async () => {
  const told = {
    accountId: world.account,
    reference: 'FT-DURING',
    amountVnd: 123_000,
    direction: 'in' as const,
    content: 'khong ro',
    bookedAt: WHEN.at,
    source: 'sepay' as const,
  }
  const outcomes = await together([await planned(), () => settleLines(database, [told], WHEN)])
  expect(outcomes).toEqual(['done', 'done'])
  const booked = await database.read.rows<{ owner: string }>(
    sql`select debit_owner as owner from ledger_transfer where kind = 'unmatched'`,
  )
  expect(booked).toEqual([{ owner: world.places.neighbour }])
})
