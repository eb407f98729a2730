/** Reorganisations on a registry of two wards: what each kind of step leaves, before and after its day, and back again. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import type { PersonActor } from '../../kernel/actor.ts'
import { openDatabase, sql, type Database, type Write } from '../../kernel/db.ts'
import { addDays, instantAt, type PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import type { WorkCalendar } from '../../kernel/working-time.ts'
import { grantOffice, holdersOf } from '../offices/store.ts'
import { changeOrganisation } from '../organisations/changes.ts'
import { childrenOn } from '../organisations/counting.ts'
import { findOrganisation, subtreeOn } from '../organisations/store.ts'
import { predecessorsOn } from '../organisations/succession.ts'
import { heirsOf } from '../organisations/successors.ts'
import { addMember, addOrganisation, addTwoWards } from '../test-builders.ts'
import { know } from './know.ts'
import type { NewBody, Plan, Step } from './law/plan.ts'
import { applyDue, cancelPlan, findReorganisation, rivalsOf, savePlan, signPlan, takeBack } from './plans.ts'
import { previewOf } from './preview.ts'
import { digestOf, differences, seenNow } from './seen.ts'

const DAY = '2026-09-01'
const YESTERDAY = addDays(DAY, -1)
const NOBODY_FOLLOWS = async () => []

let made: TestDatabase
let database: Database
let place: Awaited<ReturnType<typeof addTwoWards>>
let planner: PersonActor
let signer: PersonActor

beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url)
  await database.transaction(async (write) => {
    place = await addTwoWards(write)
    for (const [cell, count] of [
      [place.cell, 3],
      [place.neighbour, 2],
      [place.otherCell, 4],
    ] as const)
      for (let nth = 1; nth <= count; nth += 1) await addMember(write, `Người ${nth}`, cell)
    planner = await officer(write, 'commission-head')
    signer = await officer(write, 'committee-standing-deputy')
  })
})
afterEach(async () => {
  await database.close()
  await made.drop()
})

async function officer(write: Parameters<typeof addMember>[0], position: string): Promise<PersonActor> {
  const memberId = await addMember(write, `Cán bộ ${position}`, place.cell)
  const organisationId = place.city
  const officeId = await grantOffice(write, {
    memberId,
    position,
    organisationId,
    since: '2025-07-01',
    source: 'x',
  })
  return {
    kind: 'person',
    memberId,
    hat: { position, organisationId, officeId },
    signedInAt: instantAt(DAY, 8 * 60),
  }
}

function contextOf(actor: PersonActor | 'clock', today: PlainDate = DAY): Context {
  const at = instantAt(today, 8 * 60)
  return {
    actor: actor === 'clock' ? { kind: 'clock' } : { ...actor, signedInAt: at },
    at,
    today,
    calendar: {} as WorkCalendar,
    settings: DEFAULT_SETTINGS,
  }
}

function planOf(steps: readonly Step[], more: Partial<Plan> = {}): Plan {
  const decision = { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Thành ủy', signedOn: YESTERDAY }
  return { title: 'Sắp xếp', decision, effectiveOn: DAY, bodies: [], steps, continuing: [], ...more }
}

const newWard = (): NewBody => ({
  id: randomUUID(),
  code: '79.099.000.000.000',
  name: 'Đảng bộ Phường Tân Kiệu',
  kind: 'commune',
  parentId: place.city,
})

async function draft(plan: Plan, id = randomUUID()): Promise<string> {
  await savePlan(database, { id, commandId: randomUUID(), underId: place.city, plan }, contextOf(planner))
  return id
}

async function digest(id: string): Promise<string> {
  const { plan, underId } = (await findReorganisation(database.read, id))!
  return digestOf(plan, seenNow(plan, await know(database.read, underId, plan)))
}

async function sign(id: string, today = DAY) {
  const asked = { id, commandId: randomUUID(), digest: await digest(id) }
  return signPlan(database, asked, contextOf(signer, today), NOBODY_FOLLOWS)
}

const applied = async (plan: Plan): Promise<string> => {
  const id = await draft(plan)
  await sign(id)
  return id
}

const undo = (id: string, today: PlainDate) =>
  takeBack(
    database,
    { id, commandId: randomUUID(), reason: 'nhầm' },
    contextOf(signer, today),
    NOBODY_FOLLOWS,
  )

/** Names and members of every organisation of the city on a day, as one text. */
async function pictureOn(day: PlainDate): Promise<string[]> {
  const tree = await subtreeOn(database.read, place.city, day)
  const counts = await database.read.rows<{ id: string; count: number }>(sql`
    select organisation_id as id, count(*) as count from membership
     where since <= ${day}::date and (until is null or ${day}::date < until) group by 1`)
  const countOf = new Map(counts.map((row) => [row.id, row.count]))
  const parentOf = new Map(tree.map((each) => [each.id, each.name]))
  return tree
    .map((each) => `${parentOf.get(each.parentId ?? '') ?? ''} / ${each.name}: ${countOf.get(each.id) ?? 0}`)
    .sort()
}

const refusalCode = async (act: Promise<unknown>): Promise<string> => {
  const error: unknown = await act.catch((thrown: unknown) => thrown)
  return error instanceof Refusal ? `${error.code} ${JSON.stringify(error.facts)}` : 'no refusal'
}

test('two wards merge into a new one: cells and members go along, the past stays, going back restores all', async () => {
  const before = await pictureOn(DAY)
  const ward = newWard()
  const id = await applied(
    planOf([{ type: 'merge', from: [place.ward, place.otherWard], into: ward.id }], { bodies: [ward] }),
  )
  expect(await findReorganisation(database.read, id)).toMatchObject({ status: 'applied', appliedOn: DAY })
  expect(await pictureOn(YESTERDAY)).toEqual(before)
  const after = await pictureOn(DAY)
  expect(after).toEqual(
    before
      .flatMap((line) =>
        /\/ Đảng bộ Phường/.test(line) ? [] : [line.replace(/^Đảng bộ Phường (Tân Tạo|Cầu Kiệu)/, ward.name)],
      )
      .concat(`Đảng bộ Thành phố Hồ Chí Minh / ${ward.name}: 0`)
      .sort(),
  )
  expect(await findOrganisation(database.read, place.ward, DAY)).toBeUndefined()
  expect(
    [...(await heirsOf(database.read, [place.ward, place.otherWard], DAY)).values()].map(
      ({ id: heir }) => heir,
    ),
  ).toEqual([ward.id, ward.id])
  const [counted] = (await childrenOn(database.read, place.city, DAY)).filter((each) => each.id === ward.id)
  expect(counted).toMatchObject({ active: 11, children: 3 })

  const pastOf = (organisationId: string, today: PlainDate, day: PlainDate) =>
    predecessorsOn(database.read, organisationId, { today, day })
  expect((await pastOf(ward.id, DAY, YESTERDAY)).sort()).toEqual([place.ward, place.otherWard].sort())

  await undo(id, addDays(DAY, 10))
  // Each ward is itself again; what both were together is neither's to look at.
  expect(await pastOf(place.ward, addDays(DAY, 10), addDays(DAY, 5))).toEqual([])
  expect(await pictureOn(addDays(DAY, 9))).toEqual(after)
  expect(await pictureOn(addDays(DAY, 10))).toEqual(before)
})

test('merged and taken back time and again: who took over last is the heir of all before', async () => {
  const wards: string[] = []
  for (let round = 0; round < 6; round += 1) {
    const ward = { ...newWard(), code: null }
    const day = addDays(DAY, 2 * round)
    wards.push(ward.id)
    const steps: Step[] = [{ type: 'merge', from: [place.ward, place.otherWard], into: ward.id }]
    const id = await draft(planOf(steps, { bodies: [ward], effectiveOn: day }))
    await sign(id, day)
    if (round < 5) await undo(id, addDays(day, 1))
  }
  const last = wards.pop()!
  const ended = [place.ward, place.otherWard, ...wards]
  const heirs = await heirsOf(database.read, ended, addDays(DAY, 10))
  expect(ended.map((id) => heirs.get(id)?.id)).toEqual(ended.map(() => last))
})

test('taken back on the same day, nothing is left of it but its own record', async () => {
  const periods = () =>
    database.read.rows(sql`select organisation_id, valid_from, valid_to, name, path from organisation_period
      where valid_to is null or valid_to > valid_from order by 1, 2`)
  const before = await periods()
  const ward = newWard()
  const id = await applied(
    planOf([{ type: 'merge', from: [place.ward, place.otherWard], into: ward.id }], { bodies: [ward] }),
  )
  await undo(id, DAY)
  expect(await periods()).toEqual(before)
  const named = await database.read.maybe(
    sql`select name from organisation_period where organisation_id = ${ward.id}`,
  )
  expect(named).toEqual({ name: ward.name })
})

test('one ward goes into the other, and a cell of it elsewhere', async () => {
  const third = await database.transaction((write) =>
    addOrganisation(write, 'Đảng bộ Phường Hạnh Thông', 'commune', place.city),
  )
  await applied(
    planOf([
      { type: 'merge', from: [place.otherWard, place.ward], into: place.ward },
      { type: 'move', organisation: place.neighbour, to: third },
      { type: 'rename', organisation: place.ward, name: 'Đảng bộ Phường Tân Tạo Mới' },
    ]),
  )
  expect(await pictureOn(DAY)).toEqual(
    [
      ' / Đảng bộ Thành phố Hồ Chí Minh: 0',
      'Đảng bộ Thành phố Hồ Chí Minh / Ban Tổ chức Thành ủy: 0',
      'Đảng bộ Thành phố Hồ Chí Minh / Đảng bộ Phường Tân Tạo Mới: 0',
      'Đảng bộ Thành phố Hồ Chí Minh / Đảng bộ Phường Hạnh Thông: 0',
      'Đảng bộ Phường Tân Tạo Mới / Chi bộ khu phố 3: 5',
      'Đảng bộ Phường Tân Tạo Mới / Chi bộ khu phố 3: 4',
      'Đảng bộ Phường Hạnh Thông / Chi bộ khu phố 10: 2',
    ].sort(),
  )
})

test('cells merge: every member is counted in exactly one, also those on their way', async () => {
  await database.transaction((write) =>
    write.run(sql`
      with one as (update membership set until = ${YESTERDAY} where id = (
        select id from membership where organisation_id = ${place.cell} and until is null order by id limit 1) returning *)
      insert into membership (member_id, organisation_id, standing, since, reason)
      select member_id, organisation_id, 'in-transit', ${YESTERDAY}, 'x' from one`),
  )
  const id = await applied(
    planOf([{ type: 'merge', from: [place.cell, place.neighbour], into: place.neighbour }]),
  )
  const now = await database.read.rows(sql`
    select standing, count(*) from membership where organisation_id = ${place.neighbour} and until is null group by 1 order by 1`)
  expect(now).toEqual([
    { standing: 'active', count: 6 },
    { standing: 'in-transit', count: 1 },
  ])
  await undo(id, addDays(DAY, 3))
  const back = await database.read.rows(sql`
    select standing, count(*) from membership where organisation_id = ${place.cell} and until is null group by 1 order by 1`)
  expect(back).toEqual([
    { standing: 'active', count: 4 },
    { standing: 'in-transit', count: 1 },
  ])
})

test('a cell is split: named members go, the rest goes to the other part; dissolved again, all come together', async () => {
  const [first] = await database.read.rows<{ id: string }>(sql`
    select member_id as id from membership where organisation_id = ${place.otherCell} and until is null limit 1`)
  const parts = ['3A', '3B'].map((name): NewBody => ({
    id: randomUUID(),
    code: null,
    name: `Chi bộ khu phố ${name}`,
    kind: 'cell',
    parentId: place.otherWard,
  }))
  const split: Step = {
    type: 'split',
    from: place.otherCell,
    parts: [{ into: parts[0]!.id, organisations: [], members: [first!.id] }],
    rest: parts[1]!.id,
  }
  await applied(planOf([split], { bodies: parts }))
  const counts = async (day: PlainDate) => (await pictureOn(day)).filter((line) => line.includes('khu phố 3'))
  expect(
    (await counts(DAY))
      .filter((line) => /3[AB]/.test(line))
      .map((line) => line.at(-1))
      .sort(),
  ).toEqual(['1', '3'])
  const later = addDays(DAY, 5)
  const dissolve = planOf([{ type: 'dissolve', organisation: parts[0]!.id, to: parts[1]!.id }], {
    effectiveOn: later,
  })
  const id = await draft(dissolve)
  await sign(id, later)
  expect((await counts(later)).filter((line) => /3[AB]/.test(line)).map((line) => line.at(-1))).toEqual(['4'])
})

test('offices of a body that ends are over; chosen ones go on in the successor; going back gives them back', async () => {
  const grant = (organisationId: string, position: string) =>
    database.transaction(async (write) => {
      const memberId = await addMember(write, `Giữ ${position}`, place.cell)
      return grantOffice(write, { memberId, position, organisationId, since: '2025-07-01', source: 'x' })
    })
  const secretary = await grant(place.ward, 'committee-secretary')
  await grant(place.otherWard, 'committee-secretary')
  const ward = newWard()
  const id = await applied(
    planOf([{ type: 'merge', from: [place.ward, place.otherWard], into: ward.id }], {
      bodies: [ward],
      continuing: [secretary],
    }),
  )
  const holders = async (organisationId: string, day: PlainDate) =>
    (await holdersOf(database.read, organisationId, ['committee-secretary'], day)).length
  expect(await holders(place.ward, YESTERDAY)).toBe(1)
  expect(await holders(ward.id, DAY)).toBe(1)
  await undo(id, addDays(DAY, 2))
  expect(await holders(place.ward, addDays(DAY, 2))).toBe(1)
  expect(await holders(place.otherWard, addDays(DAY, 2))).toBe(1)
  expect(await holders(ward.id, addDays(DAY, 2))).toBe(0)
})

test.each<[string, () => Step[]]>([
  ['nothing-planned', () => []],
  ['not-below', () => [{ type: 'dissolve', organisation: place.city, to: place.ward }]],
  ['inside-itself', () => [{ type: 'move', organisation: place.ward, to: place.cell }]],
  ['takes-no-members', () => [{ type: 'dissolve', organisation: place.cell, to: place.ward }]],
  [
    'target-ends',
    () => [
      { type: 'dissolve', organisation: place.cell, to: place.neighbour },
      { type: 'dissolve', organisation: place.neighbour, to: place.cell },
    ],
  ],
  [
    'handled-twice',
    () => [
      { type: 'move', organisation: place.cell, to: place.otherWard },
      { type: 'move', organisation: place.cell, to: place.city },
    ],
  ],
  ['same-place', () => [{ type: 'move', organisation: place.cell, to: place.ward }]],
  [
    'member-not-there',
    () => [
      {
        type: 'part',
        from: place.cell,
        to: place.neighbour,
        organisations: [],
        members: [planner.memberId, randomUUID()],
      },
    ],
  ],
  ['kind-unknown', () => [{ type: 'rename', organisation: place.cell, name: 'X', kind: 'guild' }]],
])('a plan with %s is not signed, and nothing has changed', async (problem, steps) => {
  const before = await pictureOn(DAY)
  const id = await draft(planOf(steps()))
  const said = await refusalCode(sign(id))
  expect(said).toContain('reorganisation.blocked')
  expect(said).toContain(problem)
  expect(await pictureOn(DAY)).toEqual(before)
})

test('what lies elsewhere is as unknown as what is nowhere, when it is planned and when it went there since', async () => {
  const elsewhere = await database.transaction((write) =>
    addOrganisation(write, 'Đảng bộ Tỉnh Khác', 'province', null),
  )
  const foreign = await refusalCode(
    draft(planOf([{ type: 'move', organisation: place.cell, to: elsewhere }])),
  )
  const nowhere = await refusalCode(
    draft(planOf([{ type: 'move', organisation: place.cell, to: randomUUID() }])),
  )
  expect(foreign).toBe('organisation.unknown {}')
  expect(foreign).toBe(nowhere)
  const id = await draft(planOf([{ type: 'dissolve', organisation: place.cell, to: place.neighbour }]))
  await database.transaction((write) =>
    changeOrganisation(write, place.ward, YESTERDAY, { parentId: elsewhere }, 'x'),
  )
  const preview = await previewOf(database.read, (await findReorganisation(database.read, id))!)
  expect(preview.problems.map(({ code }) => code)).toContain('unknown')
  expect([preview.ended, preview.members, preview.offices, preview.dossiers.total]).toEqual([[], [], [], 0])
})

test('a plan made on a tree that changed since shows what differs, and is not signed unseen', async () => {
  const plan = planOf([{ type: 'merge', from: [place.cell, place.neighbour], into: place.neighbour }])
  const id = await draft(plan)
  const looked = await digest(id)
  await database.transaction((write) => addMember(write, 'Người mới', place.cell))
  const asked = { id, commandId: randomUUID(), digest: looked }
  expect(await refusalCode(signPlan(database, asked, contextOf(signer), NOBODY_FOLLOWS))).toContain(
    'changed-since',
  )
  const { seen } = (await findReorganisation(database.read, id))!
  const now = seenNow(plan, await know(database.read, place.city, plan))
  expect(differences(seen, now, (each) => each)).toEqual([
    { id: place.cell, name: 'Chi bộ khu phố 3', what: 'active', before: '5', after: '6' },
  ])
})

test('two plans touch the same cells: they see each other, the second to be signed is stopped by what the first did', async () => {
  const first = await draft(planOf([{ type: 'dissolve', organisation: place.cell, to: place.neighbour }]))
  const second = await draft(planOf([{ type: 'move', organisation: place.cell, to: place.otherWard }]))
  expect((await rivalsOf(database.read, first)).map((each) => each.id)).toEqual([second])
  const looked = await digest(second)
  await sign(first)
  const asked = { id: second, commandId: randomUUID(), digest: looked }
  expect(await refusalCode(signPlan(database, asked, contextOf(signer), NOBODY_FOLLOWS))).toContain(
    'changed-since',
  )
  expect(await refusalCode(sign(second))).toContain('blocked')
})

test('signed before its day it waits, and the clock applies it then; on a changed tree it stops and says why', async () => {
  const later = addDays(DAY, 4)
  const step: Step = { type: 'dissolve', organisation: place.cell, to: place.neighbour }
  const id = await draft(planOf([step], { effectiveOn: later }))
  expect((await sign(id)).reorganisation.status).toBe('signed')
  expect((await applyDue(database, id, contextOf('clock'), NOBODY_FOLLOWS)).status).toBe('signed')
  expect((await applyDue(database, id, contextOf('clock', later), NOBODY_FOLLOWS)).status).toBe('applied')

  const other = await draft(
    planOf([{ type: 'move', organisation: place.neighbour, to: place.otherWard }], {
      effectiveOn: addDays(DAY, 8),
    }),
  )
  await sign(other, addDays(DAY, 5))
  const rival = await draft(
    planOf([{ type: 'rename', organisation: place.neighbour, name: 'Chi bộ Mười' }], {
      effectiveOn: addDays(DAY, 6),
    }),
  )
  await sign(rival, addDays(DAY, 6))
  expect((await applyDue(database, other, contextOf('clock', addDays(DAY, 8)), NOBODY_FOLLOWS)).status).toBe(
    'stopped',
  )
})

test('the same request twice does one thing; too late, or changed again since, it is not taken back', async () => {
  const step: Step = { type: 'rename', organisation: place.cell, name: 'Chi bộ Ba' }
  const id = await draft(planOf([step]))
  const asked = { id, commandId: randomUUID(), digest: await digest(id) }
  for (const _ of [1, 2])
    expect((await signPlan(database, asked, contextOf(signer), NOBODY_FOLLOWS)).reorganisation).toMatchObject(
      { status: 'applied', version: 3 },
    )
  expect(await refusalCode(undo(id, addDays(DAY, 31)))).toContain('undo-too-late')
  const again = await draft(
    planOf([{ type: 'rename', organisation: place.cell, name: 'Chi bộ Bốn' }], {
      effectiveOn: addDays(DAY, 1),
    }),
  )
  await sign(again, addDays(DAY, 1))
  expect(await refusalCode(undo(id, addDays(DAY, 2)))).toContain('undo-blocked')
})

test('who prepares does not sign; nobody elsewhere does either; a cancelled plan is over', async () => {
  const id = await draft(planOf([{ type: 'rename', organisation: place.cell, name: 'Chi bộ Ba' }]))
  const asked = { id, commandId: randomUUID(), digest: await digest(id) }
  const by = (actor: PersonActor) => refusalCode(signPlan(database, asked, contextOf(actor), NOBODY_FOLLOWS))
  expect(await by(planner)).toContain('not-yours')
  expect(await by({ ...signer, hat: { ...signer.hat, organisationId: place.ward } })).toContain('not-yours')
  await cancelPlan(database, { id, commandId: randomUUID(), reason: 'không cần nữa' }, contextOf(planner))
  expect(await refusalCode(sign(id))).toContain('not-now')
})

/** A connection that is lost at the nth statement of a transaction. */
function losing(nth: number): { database: Database; asked: () => number } {
  let count = 0
  const lost = <T>(act: () => T): T => {
    count += 1
    if (count === nth) throw new Error('the connection is gone')
    return act()
  }
  const wrap = (write: Write): Write => ({
    rows: (query) => lost(() => write.rows(query)),
    one: (query) => lost(() => write.one(query)),
    maybe: (query) => lost(() => write.maybe(query)),
    run: (query) => lost(() => write.run(query)),
    later: (query) => lost(() => write.later(query)),
  })
  return {
    database: { ...database, transaction: (work) => database.transaction((write) => work(wrap(write))) },
    asked: () => count,
  }
}

test('interrupted at any statement, applying and going back leave all or nothing', async () => {
  const tables = [
    'organisation',
    'organisation_period',
    'organisation_successor',
    'membership',
    'office',
    'reorganisation',
  ]
  const all = async () =>
    Promise.all(
      tables.map((table) =>
        database.read.rows(
          sql`select md5(string_agg(t::text, '|' order by t::text)) as digest from ${sql.table(table)} t`,
        ),
      ),
    )
  const ward = newWard()
  const secretary = await database.transaction(async (write) => {
    const memberId = await addMember(write, 'Bí thư', place.cell)
    const office = { memberId, position: 'committee-secretary', organisationId: place.ward }
    return grantOffice(write, { ...office, since: '2025-07-01', source: 'x' })
  })
  const id = await draft(
    planOf(
      [
        { type: 'merge', from: [place.ward, place.otherWard], into: ward.id },
        { type: 'dissolve', organisation: place.cell, to: place.neighbour },
        { type: 'rename', organisation: place.neighbour, name: 'Chi bộ Mười' },
      ],
      { bodies: [ward], continuing: [secretary] },
    ),
  )
  const tried = async (act: (database: Database) => Promise<unknown>): Promise<number> => {
    for (let nth = 1; ; nth += 1) {
      const before = await all()
      const { database: lossy, asked } = losing(nth)
      const failed = await act(lossy).then(
        () => false,
        (error: Error) => error.message === 'the connection is gone',
      )
      if (!failed) return asked()
      expect(await all()).toEqual(before)
    }
  }
  const looked = await digest(id)
  const applying = { id, commandId: randomUUID(), digest: looked }
  expect(
    await tried((lossy) => signPlan(lossy, applying, contextOf(signer), NOBODY_FOLLOWS)),
  ).toBeGreaterThan(15)
  const back = { id, commandId: randomUUID(), reason: 'nhầm' }
  const later = contextOf(signer, addDays(DAY, 1))
  expect(await tried((lossy) => takeBack(lossy, back, later, NOBODY_FOLLOWS))).toBeGreaterThan(20)
  expect((await findReorganisation(database.read, id))?.status).toBe('undone')
})
