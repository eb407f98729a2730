/**
 * What a plan asks of the database in a country of 20,000 cells: to be looked at, to be applied and to be taken back, nothing
 * that grows with the country is read whole, and nobody's offices are sought through everybody's.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { instantAt } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import type { WorkCalendar } from '../../kernel/working-time.ts'
import { heirsOf } from '../organisations/successors.ts'
import { applyPlan } from './apply.ts'
import type { Plan } from './law/plan.ts'
import { savePlan, type Reorganisation } from './plans.ts'
import { previewOf } from './preview.ts'
import { countryOf, type Unit } from './replay/country.ts'
import { fillOldCountry } from './replay/fill.ts'
import { NEW_SINCE, secretaryOffice } from './replay/province-plan.ts'
import { undoPlan } from './undo.ts'

/** Forty provinces of 25 communes. */
const UNITS: readonly Unit[] = Array.from({ length: 40 }, (_, p) => String(p)).flatMap((code): Unit[] => [
  { level: 'province', provinceCode: code, code, name: `Tỉnh ${code}`, predecessors: 'giữ nguyên' },
  ...Array.from({ length: 25 }, (_each, index): Unit => {
    return {
      level: 'commune',
      provinceCode: code,
      code: `${code}-${index}`,
      name: `Xã ${index}`,
      predecessors: 'giữ nguyên',
    }
  }),
])

/** A dossier for one member in ten, waiting for the commune, on its way through cell and commune. */
const DOSSIERS = `
  insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at, awaited_kind, awaited_organisation, awaited_act)
    select gen_random_uuid(), 'x', s.member_id, 'x', true, 1, '{}', now(), now(), 'organisation', p.parent_id, 'x'
      from membership s join organisation_period p using (organisation_id) where right(s.member_id::text, 1) = 'a' or right(s.member_id::text, 1) = '7';
  insert into dossier_party (dossier_id, organisation_id, stage)
    select d.id, d.awaited_organisation, 'now' from dossier d union all
    select d.id, s.organisation_id, 'past' from dossier d join membership s on s.member_id = d.subject_id;
  insert into office (member_id, position, organisation_id, since, source)
    select distinct on (organisation_id) member_id, 'cell-secretary', organisation_id, '2025-06-01'::date, 'x' from membership;
  analyze`

let made: TestDatabase
let database: Database
let plan: Plan
let saved: Reorganisation
let context: Context

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url)
  const country = countryOf(UNITS)
  const owner = new pg.Client(made.url)
  await owner.connect()
  await fillOldCountry(owner, country, { seed: 'x', cells: 20, members: 40 })
  const [province] = country.provinces
  const from = province!.old.slice(0, 3).map(({ id }) => id)
  const deputy = await database.read.one<{ memberId: string }>(sql`
    select member_id as "memberId" from office where organisation_id = ${province!.id}`)
  const body = {
    id: randomUUID(),
    code: null,
    name: 'Đảng bộ Xã Mới',
    kind: 'commune',
    parentId: province!.id,
  }
  plan = {
    title: 'x',
    decision: { number: '1', issuer: 'x', signedOn: NEW_SINCE },
    effectiveOn: NEW_SINCE,
    bodies: [body],
    steps: [{ type: 'merge', from, into: body.id }],
    continuing: [secretaryOffice(from[0]!)],
  }
  const at = instantAt(NEW_SINCE, 8 * 60)
  const hat = { position: 'committee-standing-deputy', organisationId: province!.id }
  context = {
    actor: { kind: 'person', memberId: deputy.memberId, hat, signedInAt: at },
    at,
    today: NEW_SINCE,
    calendar: {} as WorkCalendar,
    settings: DEFAULT_SETTINGS,
  }
  const asked = { id: randomUUID(), commandId: randomUUID(), underId: province!.id, plan }
  saved = await savePlan(database, asked, context)
  await owner.query(DOSSIERS)
  await owner.end()
}, 60_000)
afterAll(async () => {
  await database.close()
  await made.drop()
})

/** Runs everything as it is asked, each statement's plan kept first. */
function explaining(write: Write, plans: string[]): Write {
  const keep: <T>(query: Parameters<Read['rows']>[0], run: () => Promise<T>) => Promise<T> = async (
    query,
    run,
  ) => {
    const lines = await write.rows<{ 'QUERY PLAN': string }>(sql`explain ${query}`)
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
    return run()
  }
  return {
    rows: (query) => keep(query, () => write.rows(query)),
    one: (query) => keep(query, () => write.one(query)),
    maybe: (query) => keep(query, () => write.maybe(query)),
    run: (query) => keep(query, () => write.run(query)),
    later: (query) => write.later(query),
  }
}

/** @returns the plans of all it asks; nothing stays of it */
async function plansOf(act: (write: Write) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const nothingStays = new Error('nothing stays')
  await database
    .transaction(async (write) => {
      await write.run(sql`set local random_page_cost = 1.1`) // a table of this size lies in memory
      await act(explaining(write, plans))
      throw nothingStays
    })
    .catch((error: unknown) => {
      if (error !== nothingStays) throw error
    })
  return plans
}

function expectNear(plans: readonly string[]): void {
  for (const each of plans) {
    expect(each).not.toMatch(
      /Seq Scan on (member|membership|office|organisation|organisation_period|dossier|dossier_party)\b/,
    )
    expect(each).not.toMatch(/office_held_once/)
  }
}

test('to be looked at', async () => {
  const plans = await plansOf((write) => previewOf(write, saved))
  expect(plans.length).toBeGreaterThan(10)
  expectNear(plans)
})

test('to be applied, and to be taken back', async () => {
  const { id, underId } = saved
  const applying = { id, underId, plan, by: saved.draftedBy }
  const plans = await plansOf(async (write) => {
    const applied = await applyPlan(write, applying, context, async () => [])
    expect(applied).toMatchObject({ organisations: 64, offices: 3 })
    const [step] = plan.steps
    const ended = step?.type === 'merge' ? step.from : []
    expect((await heirsOf(write, ended, NEW_SINCE)).size).toBe(3)
    await undoPlan(write, applying, NEW_SINCE, context, async () => [])
  })
  expect(plans.length).toBeGreaterThan(20)
  expectNear(plans)
})
