/** A merger meets open transfers at every step: each keeps somebody who answers for it, and goes on to its end. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FEATURES, followReorganisation } from '../../app/features.ts'
import {
  A_COMMENT,
  aReview,
  beginTransfer,
  foldedDossiers,
  storedTransfer,
  type Life,
} from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import type { PersonActor } from '../../kernel/actor.ts'
import { sql } from '../../kernel/db.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { isClosed, type Status } from './law/states.ts'
import type { Visitor } from '../../../tests/transfer-visitor.ts'
import { know } from '../../registry/reorganisation/know.ts'
import type { NewBody, Plan } from '../../registry/reorganisation/law/plan.ts'
import { findReorganisation, savePlan, signPlan, takeBack } from '../../registry/reorganisation/plans.ts'
import { addOrganisation } from '../../registry/test-builders.ts'
import { digestOf, seenNow } from '../../registry/reorganisation/seen.ts'

let world: TransferWorld
let signer: PersonActor

beforeAll(async () => {
  world = await openTransferWorld()
  const person = await world.member('Phó Bí Thư Thành Ủy', world.places.neighbour)
  await world.office(person.memberId, person.name, 'committee-standing-deputy', world.places.city)
  signer = {
    kind: 'person',
    memberId: person.memberId,
    hat: { position: 'committee-standing-deputy', organisationId: world.places.city },
    signedInAt: world.now(),
  }
})
afterAll(() => world.close())

const context = async (): Promise<Context> => ({
  actor: { ...signer, signedInAt: world.now() },
  at: world.now(),
  today: todayIn(world.now()),
  calendar: await world.parts.calendar(),
  settings: DEFAULT_SETTINGS,
})
const follow = (...[write, touched, at]: Parameters<Parameters<typeof signPlan>[3]>) =>
  followReorganisation(write, world.parts, touched, at)

async function reorganise(plan: Pick<Plan, 'steps'> & Partial<Plan>): Promise<string> {
  const id = randomUUID()
  const underId = world.places.city
  const effectiveOn = todayIn(world.now())
  const decision = { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Thành ủy', signedOn: effectiveOn }
  const whole = { title: 'Sắp xếp', decision, effectiveOn, bodies: [], continuing: [], ...plan }
  await savePlan(world.database, { id, commandId: randomUUID(), underId, plan: whole }, await context())
  const known = await know(world.database.read, underId, whole)
  const asked = { id, commandId: randomUUID(), digest: digestOf(whole, seenNow(whole, known)) }
  await signPlan(world.database, asked, await context(), follow)
  expect((await findReorganisation(world.database.read, id))?.status).toBe('applied')
  return id
}

/** Open dossiers whose responsible organisation is not there today. */
const forgotten = () =>
  world.database.read.rows<{ id: string }>(sql`
    select d.id, d.status from dossier d
     where d.is_open and d.awaited_organisation is not null
       and not exists (select from organisation_on(${todayIn(world.now())}::date) o where o.id = d.awaited_organisation)`)

const soundness = async () => {
  expect(await forgotten()).toEqual([])
  for (const { stored, folded } of await foldedDossiers(world)) expect(stored).toEqual(folded)
}

const responsibleOf = async ({ id }: Life) => {
  const row = await world.database.read.one<{ name: string | null }>(sql`
    select (select name from organisation_on(${todayIn(world.now())}::date) o where o.id = d.awaited_organisation) as name
      from dossier d where d.id = ${id}`)
  return row.name
}

const STAGES: readonly [Status, number?][] = [
  ['draft'],
  ['received'],
  ['cell-review'],
  ['committee-review', 1],
  ['numbering', 1],
  ['committee-review', 2],
  ['numbering', 2],
  ['referred'],
  ['in-transit'],
  ['at-destination'],
  ['cell-admission'],
]

test('both wards become one: open dossiers at every step have an heir who finishes them; going back gives them back', async () => {
  const { places } = world
  const lives = new Map<string, Life>()
  for (const [status, hop] of STAGES) {
    const life = await beginTransfer(world, await world.member(`Nguyễn Văn ${status} ${hop ?? ''}`))
    await life.to(status, hop)
    lives.set(`${status} ${hop ?? ''}`.trim(), life)
  }
  const done = await beginTransfer(world, await world.member('Nguyễn Văn Xong'))
  await done.to('completed')
  await soundness()
  const before = new Map<string, string | null>()
  for (const [name, life] of lives) before.set(name, await responsibleOf(life))

  const ward: NewBody = {
    id: randomUUID(),
    code: '79.099.000.000.000',
    name: 'Đảng bộ Phường Tân Kiệu',
    kind: 'commune',
    parentId: places.city,
  }
  const id = await reorganise({
    steps: [{ type: 'merge', from: [places.ward, places.otherWard], into: ward.id }],
    bodies: [ward],
  })
  await soundness()
  const officer = async (name: string, position: string): Promise<Visitor> => {
    const person = await world.member(name, places.neighbour)
    return world.office(person.memberId, name, position, ward.id)
  }
  const deputy = await officer('Phó Bí Thư Mới', 'committee-deputy-secretary')
  const clerk = await officer('Văn Thư Mới', 'office-clerk')
  for (const [name, life] of lives) {
    const was = before.get(name)
    const isWard = was === 'Đảng bộ Phường Tân Tạo' || was === 'Đảng bộ Phường Cầu Kiệu'
    if (isWard) expect(`${name}: ${await responsibleOf(life)}`).toBe(`${name}: ${ward.name}`)
  }
  // What was finished stays as it was, and its officers' heirs can read it.
  expect((await deputy.get(`/api/v1/official-transfers/${done.id}`)).status).toBe(200)

  // A letter of the ended ward that was signed and not sealed is void; the new ward signs anew.
  const numbering = lives.get('numbering 1')!
  expect((await storedTransfer(world, numbering.id)).state).toMatchObject({
    status: 'committee-review',
    hop: 1,
  })
  await deputy.ask(numbering.id, 'sign-referral', A_COMMENT)
  await clerk.ask(numbering.id, 'take-number')
  await world.work()
  // Inside one grassroots organisation now: the destination's cell admits.
  expect((await storedTransfer(world, numbering.id)).state.route?.kind).toBe('internal')

  const coming = lives.get('in-transit')!
  await deputy.ask(coming.id, 'receive', { receivedOn: todayIn(world.now()), sealIntact: true })
  await deputy.ask(coming.id, 'assign-cell', { cellId: places.otherCell })
  await world.officers.destinationSecretary.ask(coming.id, 'admit', { meetingOn: todayIn(world.now()) })
  await soundness()

  world.day('2026-08-26')
  await takeBack(world.database, { id, commandId: randomUUID(), reason: 'nhầm' }, await context(), follow)
  await soundness()
  for (const name of ['referred', 'at-destination', 'committee-review 1'])
    expect(`${name}: ${await responsibleOf(lives.get(name)!)}`).toBe(`${name}: ${before.get(name)}`)
})

test('the origin cell goes into the destination cell: the member is asked anew instead of waiting for ever', async () => {
  const { places, officers } = world
  world.day('2026-08-27')
  const life = await beginTransfer(world, await world.member('Trần Văn Hai'), {}, places.neighbour)
  await life.to('cell-review')
  await reorganise({ steps: [{ type: 'dissolve', organisation: places.cell, to: places.neighbour }] })
  await soundness()
  expect((await storedTransfer(world, life.id)).state).toMatchObject({ status: 'returned' })
  expect(await responsibleOf(life)).toBe('Chi bộ khu phố 10')
  await life.member.ask(life.id, 'withdraw', { reason: 'nơi đi và nơi đến nay là một' })
  expect(isClosed((await storedTransfer(world, life.id)).state)).toBe(true)
  expect(officers).toBeDefined()
})

test('a cell moves to another ward: the letter goes on through the committee it lies under now', async () => {
  const { places, officers } = world
  world.day('2026-08-28')
  const life = await beginTransfer(
    world,
    await world.member('Trần Văn Ba', places.neighbour),
    {},
    places.otherCell,
  )
  await life.attach('decision')
  await life.member.ask(life.id, 'submit', { declared: true })
  await officers.neighbourSecretary.ask(life.id, 'accept-intake')
  await reorganise({ steps: [{ type: 'move', organisation: places.neighbour, to: places.thirdWard }] })
  await soundness()
  await officers.neighbourSecretary.ask(life.id, 'sign-referral', aReview(world))
  expect(await responsibleOf(life)).toBe('Đảng bộ Phường Hạnh Thông')
})

test('an act that came between a merger and its dossiers is found by the sweep', async () => {
  const { places } = world
  world.day('2026-09-03')
  const life = await beginTransfer(
    world,
    await world.member('Trần Văn Bốn', places.otherCell),
    {},
    places.neighbour,
  )
  await life.attach('decision')
  await life.member.ask(life.id, 'submit', { declared: true })
  const second = await world.database.transaction(async (write) => {
    return addOrganisation(write, 'Chi bộ khu phố 4', 'cell', places.otherWard)
  })
  // The plan is applied by somebody who does not know of dossiers.
  const id = randomUUID()
  const today = todayIn(world.now())
  const plan: Plan = {
    title: 'Nhập chi bộ',
    decision: { number: '13-QĐ/ĐU', issuer: 'Thành ủy', signedOn: today },
    effectiveOn: today,
    bodies: [],
    steps: [{ type: 'dissolve', organisation: places.otherCell, to: second }],
    continuing: [],
  }
  await savePlan(world.database, { id, commandId: randomUUID(), underId: places.city, plan }, await context())
  const digest = digestOf(plan, seenNow(plan, await know(world.database.read, places.city, plan)))
  await signPlan(world.database, { id, commandId: randomUUID(), digest }, await context(), async () => [])
  expect((await forgotten()).map(({ id: lost }) => lost)).toContain(life.id)
  await world.sweep()
  await soundness()
  expect(await responsibleOf(life)).toBe('Chi bộ khu phố 4')
})

test('every procedure says what becomes of its dossiers', () => {
  expect(FEATURES.every((feature) => typeof feature.reorganised === 'function')).toBe(true)
})
