/** What holds of guests' months whatever the order of stays, their changes, the setting and the nights on which months are assessed: one line, one cell, no gap. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { addDays, addToMonth, firstDayOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { changeSetting } from '../../../kernel/settings.ts'
import { GUEST_PAYS_AT } from '../../../registry/guests/settings.ts'
import { keepGuest } from '../../../registry/guests/store.ts'
import { addMember } from '../../../registry/test-builders.ts'
import { monthOfCell } from '../collecting/month.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addFeeWorld, addSchedule, FEE_VND, type FeeWorld } from '../test-builders.ts'
import { assessMonth, assessMonthIn } from './assess.ts'
import { addArrears } from './lines.ts'

let made: TestDatabase
let database: Database
let world: FeeWorld

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 4 })
  world = await addFeeWorld(database)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

const FIRST = '2027-01'
const MONTHS = Array.from({ length: 10 }, (_each, index) => addToMonth(FIRST, index))
const TODAY = '2027-12-15'
const dayOf = (offset: number): PlainDate => addDays(firstDayOf(FIRST), offset)

/** Two stays, one after the other; the second may never come about. `wrote`: so many days before the first day. */
const stay = fc.record({
  wrote: fc.integer({ min: 0, max: 40 }),
  gap: fc.integer({ min: 1, max: 80 }),
  lasts: fc.integer({ min: -5, max: 200 }),
  host: fc.constantFrom('otherCell' as const, 'neighbour' as const),
})
const act = fc.oneof(
  fc.record({ kind: fc.constant('assess' as const), month: fc.nat(9), all: fc.boolean() }),
  fc.record({ kind: fc.constant('begin' as const), stay: fc.nat(1) }),
  fc.record({ kind: fc.constant('end' as const), stay: fc.nat(1), days: fc.integer({ min: -60, max: 60 }) }),
)
const values = fc.array(fc.constantFrom('temporary-cell' as const, 'official-cell' as const), {
  minLength: MONTHS.length,
  maxLength: MONTHS.length,
})

interface Days {
  host: string
  writtenOn: PlainDate
  since: PlainDate
  until: PlainDate
}

test('every month of a member stands once, where the first day of the month said when it was assessed; each other cell knows it is not its own', async () => {
  const { places } = world
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(stay, stay),
      fc.array(act, { maxLength: 14 }),
      values,
      async (two, acts, said) => {
        const memberId = await database.transaction(async (write) => {
          const id = await addMember(write, 'Đảng Viên Bất Kỳ', places.cell)
          await addSchedule(write, id, FEE_VND)
          for (const [index, value] of said.entries())
            await changeSetting(write, GUEST_PAYS_AT, {
              value,
              validFrom: firstDayOf(MONTHS[index]!),
              reason: 'thử',
              setBy: null,
            })
          return id
        })
        const plans: Days[] = []
        let offset = 0
        for (const each of two) {
          const since = dayOf(offset + each.gap)
          const end = offset + each.gap + each.lasts
          plans.push({
            host: places[each.host],
            writtenOn: addDays(since, -each.wrote),
            since,
            until: dayOf(end),
          })
          offset = Math.max(offset + each.gap, end)
        }
        const dossiers = [randomUUID(), randomUUID()]
        const begun = new Map<number, Days>()
        const expected = new Map<string, string>()

        const keep = (index: number) =>
          database.transaction(async (write) => {
            const { host, ...days } = begun.get(index)!
            await write.run(sql`
            insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at, awaited_kind, awaited_act)
            values (${dossiers[index]}, 'temporary-transfer', ${memberId}, 'active', false, 1, '{}', now(), now(), 'nobody', 'active')
            on conflict (id) do nothing`)
            await keepGuest(write, dossiers[index]!, { memberId, organisationId: host, ...days })
          })
        /** The rule told once more, day by day. */
        const cellOn = (month: string): string => {
          const first = firstDayOf(month)
          if (said[MONTHS.indexOf(month)] === 'official-cell') return places.cell
          const stays = [...begun.values()].filter(
            ({ writtenOn, since, until }) =>
              since <= first && until >= first && writtenOn.slice(0, 7) < month,
          )
          return stays[0]?.host ?? places.cell
        }
        const assess = async (month: string, all: boolean) => {
          if (!expected.has(month)) expected.set(month, cellOn(month))
          if (all) await assessMonth(database, firstDayOf(month), TODAY)
          else
            await database.transaction((write) => assessMonthIn(write, firstDayOf(month), TODAY, [memberId]))
        }

        for (const each of acts) {
          if (each.kind === 'assess') await assess(MONTHS[each.month]!, each.all)
          if (each.kind === 'begin' && !begun.has(each.stay)) {
            begun.set(each.stay, { ...plans[each.stay]! })
            await keep(each.stay)
          }
          const days = each.kind === 'end' ? begun.get(each.stay) : undefined
          if (each.kind === 'end' && days) {
            // Extended or ended earlier; never into the next stay.
            const next = each.stay === 0 ? addDays(plans[1]!.since, -1) : TODAY
            const until = addDays(days.until, each.days)
            begun.set(each.stay, { ...days, until: until < next ? until : next })
            await keep(each.stay)
          }
        }
        for (const month of MONTHS) await assess(month, false)

        const lines = await database.read.rows<{ month: string; cell: string }>(sql`
        select to_char(period, 'YYYY-MM') as month, organisation_id as cell from fee_line
         where member_id = ${memberId} and period >= ${firstDayOf(FIRST)}::date order by period`)
        expect(lines).toEqual(MONTHS.map((month) => ({ month, cell: expected.get(month) })))

        const cells = [places.cell, places.otherCell, places.neighbour]
        const month = MONTHS[two[0].gap % MONTHS.length]!
        const seen = new Map<string, string>()
        for (const cell of cells) {
          const row = (await monthOfCell(database.read, cell, month, TODAY)).find(
            (each) => each.memberId === memberId,
          )
          if (row) seen.set(cell, row.state)
        }
        const own = expected.get(month)!
        expect(seen).toEqual(
          new Map(
            own === places.cell
              ? [[own, 'to-pay']]
              : [
                  [places.cell, 'elsewhere'],
                  [own, 'to-pay'],
                ],
          ),
        )

        // Arrears of a month of somebody who was a guest go to its one cell, whoever would add them.
        if (begun.size > 0) {
          const change = { amountVnd: 10_000, reason: 'thử' }
          const took: string[] = []
          for (const cell of cells) {
            const handling = { cell, by: memberId, at: new Date(`${TODAY}T03:00:00Z`), today: TODAY }
            const asked = { memberId, period: firstDayOf(month) }
            await database
              .transaction((write) => addArrears(write, asked, { id: randomUUID(), ...change }, handling))
              .then(() => took.push(cell))
              .catch((error: { code?: string }) => expect(error.code).toBe('party-fees.arrears-elsewhere'))
          }
          expect(took).toEqual([own])
        }
      },
    ),
    { numRuns: 40 },
  )
  expect((await verifyLedger(database)).problems).toEqual([])
})
