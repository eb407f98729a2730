/** Time and reorganisations: lateness is told upward by a sweep that runs, mergers re-link without a paper, and nothing is ever two or nobody's. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeWards, reorganise, signerOf } from '../../../tests/reorganisations.ts'
import type { Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { sql } from '../../kernel/db.ts'
import { eventsOf } from '../../kernel/dossier.ts'
import { addDays, todayIn } from '../../kernel/plain-date.ts'
import { addOrganisation } from '../../registry/test-builders.ts'
import type { CommentView, ReferralView } from './contract.ts'
import { awaited as awaitedOfComment } from './law/awaited.ts'
import { evolve as evolveComment } from './law/evolve.ts'
import type { Comment, Event } from './law/states.ts'
import { awaited as awaitedOfReferral, evolve as evolveReferral } from './referral/law/evolve.ts'
import type { Event as ReferralEvent, Referral } from './referral/law/states.ts'

const COMMENTS = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'

let world: TransferWorld
let signer: Visitor
let workplace: Visitor
let commune: Visitor
let cell: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-11-02')
  signer = await signerOf(world)
  workplace = world.officers.wardDeputy
  commune = world.officers.destinationDeputy
  cell = world.officers.destinationSecretary
})
afterAll(() => world.close())

const act = (who: Visitor, api: string, id: string, command: string, fields: object = {}) =>
  who.post(`${api}/${id}/${command}`, { commandId: randomUUID(), ...fields })

async function settled(memberId: string, cellId: string): Promise<string> {
  const id = randomUUID()
  const refer = { memberId, communeId: world.places.otherWard, address: '12 Lê Lợi' }
  expect((await act(workplace, REFERRALS, id, 'refer', refer)).status).toBe(200)
  expect((await act(commune, REFERRALS, id, 'accept', { cellId })).status).toBe(200)
  return id
}

async function requested(memberId: string): Promise<string> {
  const id = randomUUID()
  const fields = { memberId, year: 2026, purpose: 'yearly' }
  expect((await act(workplace, COMMENTS, id, 'request', fields)).status).toBe(200)
  return id
}

test('nobody answers: the cell is reminded, the commune told, then the province; each once', async () => {
  const member = await world.member('Phan Thị Chờ')
  await settled(member.memberId, world.places.otherCell)
  const id = await requested(member.memberId)
  const told = async (who: Visitor, words: string) =>
    (await who.notices()).filter((each) => each.includes(words))
  const escalated = async () =>
    (await cell.read<CommentView>(`${COMMENTS}/${id}`)).escalated.map(({ level }) => level)
  const until = async (day: string) => {
    for (let date = todayIn(world.now()); date < day;) {
      date = addDays(date, 1)
      world.day(date)
      await world.sweep()
      await world.sweep()
    }
  }
  // Ten working days from 2/11 end on 16/11.
  await until('2026-11-12')
  expect(await told(cell, 'Sắp đến hạn')).toHaveLength(1)
  await until('2026-11-18')
  expect(await escalated()).toEqual([])
  await until('2026-11-19')
  expect(await escalated()).toEqual(['commune'])
  expect(await told(commune, 'quá hạn')).toHaveLength(1)
  expect(await told(world.officers.commissionDeputy, 'quá hạn lâu ngày')).toEqual([])
  await until('2026-11-27')
  expect(await escalated()).toEqual(['commune', 'province'])
  expect(await told(world.officers.commissionDeputy, 'quá hạn lâu ngày')).toHaveLength(1)
  // It stays the cell's, and stands in the lists of those who were told.
  const seen = await commune.read<CommentView>(`${COMMENTS}/${id}`)
  expect(seen.awaited).toMatchObject({ organisation: { id: world.places.otherCell }, overdue: true })
  const list = await commune.read<{ overdue: number; comments: { id: string }[] }>(
    `${COMMENTS}?year=2026&overdue=yes`,
  )
  expect(list.comments.map((each) => each.id)).toContain(id)
  const province = await world.officers.commissionDeputy.get('/residence-comments?year=2026')
  expect(province.text).toContain('Quá hạn theo từng nơi')
  // What the cell does at last is told of no more.
  const ticks = {
    example: 'good',
    'civic-duty': 'good',
    attendance: 'good',
    contact: 'good',
    contribution: 'good',
    proposal: 'fair',
  }
  await act(cell, COMMENTS, id, 'save-draft', { ticks, frontBoardMetOn: '2026-11-20' })
  expect((await act(cell, COMMENTS, id, 'sign')).status).toBe(200)
  expect(await escalated()).toEqual([])
})

test('a province sets its own round, and the comment is due by it', async () => {
  const body = {
    askFromMonth: 9,
    askUntilMonth: 11,
    returnDecemberDay: 5,
    validFrom: '2026-11-01',
    reason: 'CV 12',
  }
  expect((await workplace.post(`${COMMENTS}/season`, body)).code).toBe('residence-comment.province-only')
  expect((await signer.post(`${COMMENTS}/season`, body)).status).toBe(200)
  expect((await workplace.get('/residence-comments/season')).text).toContain('Trước 05/12/2026')
  const member = await world.member('Phan Văn Theo Lịch')
  await settled(member.memberId, world.places.otherCell)
  const id = await requested(member.memberId)
  expect((await member.read<CommentView>(`${COMMENTS}/${id}`)).returnBy).toBe('2026-12-05')
})

/** What is stored is what the events fold to, somebody answers for all that is open, and nothing is there twice. */
async function soundness(): Promise<void> {
  const { read } = world.database
  const today = todayIn(world.now())
  const twice = await read.rows(sql`
    select member_id, year, purpose from residence_comment where is_open group by 1, 2, 3 having count(*) > 1`)
  expect(twice).toEqual([])
  const forgotten = await read.rows(sql`
    select d.id, d.status from dossier d
     where d.procedure in ('residence-comment', 'residence-referral') and d.is_open
       and (d.awaited_organisation is null
            or not exists (select from organisation_on(${today}::date) o where o.id = d.awaited_organisation)
            or (select count(*) from dossier_party p where p.dossier_id = d.id and p.stage = 'now') <> 1)`)
  expect(forgotten).toEqual([])
  const current = await read.rows(sql`
    select member_id from residence_referral where is_current or is_pending
     group by member_id having count(*) filter (where is_current) > 1 or count(*) filter (where is_pending) > 1`)
  expect(current).toEqual([])
  const stored = await read.rows<{
    id: string
    procedure: string
    state: unknown
    responsible: string | null
  }>(sql`
    select id, procedure, state, awaited_organisation as responsible from dossier
     where procedure in ('residence-comment', 'residence-referral')`)
  for (const { id, procedure, state, responsible } of stored) {
    const events = await eventsOf(read, id)
    if (procedure === 'residence-comment') {
      const folded = events.reduce<Comment | undefined>(
        (before, { data, at }) => evolveComment(before, data as Event, at),
        undefined,
      )!
      expect(folded).toEqual(state)
      expect(awaitedOfComment(folded).responsible).toBe(responsible)
    } else {
      const folded = events.reduce<Referral | undefined>(
        (before, { data, at }) => evolveReferral(before, data as ReferralEvent, at),
        undefined,
      )!
      expect(folded).toEqual(state)
      expect(awaitedOfReferral(folded).responsible).toBe(responsible)
    }
  }
}

test('whatever the order of requests, moves and mergers: at most one open comment, and exactly one organisation answers', async () => {
  const people = await Promise.all(['Một', 'Hai', 'Ba'].map((name) => world.member(`Phan Văn ${name}`)))
  const living: string[] = [world.places.otherCell]
  let made = 0
  const newCell = async () => {
    made += 1
    const id = await world.database.transaction((write) =>
      addOrganisation(write, `Chi bộ khu phố ${100 + made}`, 'cell', world.places.otherWard),
    )
    living.push(id)
    return id
  }
  await newCell()
  await newCell()
  /** Each does what it may; what the rules refuse changes nothing. */
  const acts: Readonly<Record<string, (who: number, pick: number) => Promise<unknown>>> = {
    refer: async (who, pick) => {
      const id = randomUUID()
      const refer = { memberId: people[who]!.memberId, communeId: world.places.otherWard, address: 'x' }
      await act(workplace, REFERRALS, id, 'refer', refer)
      await act(commune, REFERRALS, id, 'accept', { cellId: living[pick % living.length] })
    },
    request: (who) =>
      act(workplace, COMMENTS, randomUUID(), 'request', {
        memberId: people[who]!.memberId,
        year: 2026,
        purpose: 'yearly',
      }),
    'request oneself': (who, pick) =>
      act(people[who]!, COMMENTS, randomUUID(), 'request', {
        year: 2026,
        purpose: pick % 2 === 0 ? 'yearly' : 'when-needed',
        reason: 'x',
      }),
    cancel: (who) => onOpen(who, (id) => act(workplace, COMMENTS, id, 'cancel', { reason: 'x' })),
    'send back': (who) =>
      onOpen(who, (id) => act(commune, COMMENTS, id, 'send-back', { ground: 'moved-home', reason: 'x' })),
    'ask again': (who) => onOpen(who, (id) => act(workplace, COMMENTS, id, 'ask-again')),
    route: (who, pick) =>
      onOpen(who, (id) => act(commune, COMMENTS, id, 'route', { cellId: living[pick % living.length] })),
    merge: async (_who, pick) => {
      // The first cell is the secretary's: it stays, and takes the others in.
      const gone = living.length > 1 ? living.splice(1 + (pick % (living.length - 1)), 1)[0] : undefined
      if (gone === undefined) return newCell()
      return reorganise(world, signer, { steps: [{ type: 'dissolve', organisation: gone, to: living[0]! }] })
    },
  }
  const onOpen = async (who: number, ask: (id: string) => Promise<unknown>) => {
    const rows = await world.database.read.rows<{ id: string }>(sql`
      select dossier_id as id from residence_comment where is_open and member_id = ${people[who]!.memberId}`)
    for (const { id } of rows) await ask(id)
  }
  const step = fc.record({
    act: fc.constantFrom(...Object.keys(acts)),
    who: fc.nat({ max: 2 }),
    pick: fc.nat({ max: 9 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
      for (const { act: name, who, pick } of steps) await acts[name]!(who, pick)
      await soundness()
    }),
    { numRuns: 12, seed: 20261127 },
  )
}, 120_000)

test('both wards become one: referrals and open comments follow, no new paper, and the comment goes on to its end', async () => {
  world.day('2026-11-28')
  const member = await world.member('Phan Thị Sáp Nhập')
  const referralId = await settled(member.memberId, world.places.otherCell)
  const id = await requested(member.memberId)
  const { ward } = await mergeWards(world, signer)
  await soundness()
  const followed = await member.read<ReferralView>(`${REFERRALS}/${referralId}`)
  expect(followed).toMatchObject({
    status: 'accepted',
    commune: { id: ward.id },
    cell: { id: world.places.otherCell },
  })
  expect((await member.notices()).some((each) => each.includes('Đồng chí không phải làm giấy mới'))).toBe(
    true,
  )
  const person = await world.member('Phó Bí Thư Phường Mới', world.places.neighbour)
  const deputy = await world.office(person.memberId, person.name, 'committee-deputy-secretary', ward.id)
  const ticks = {
    example: 'good',
    'civic-duty': 'good',
    attendance: 'good',
    contact: 'good',
    contribution: 'good',
    proposal: 'fair',
  }
  await act(cell, COMMENTS, id, 'save-draft', { ticks, frontBoardMetOn: '2026-11-20' })
  expect((await act(cell, COMMENTS, id, 'sign')).status).toBe(200)
  expect((await act(deputy, COMMENTS, id, 'confirm')).status).toBe(200)
  await world.work()
  expect((await act(deputy, COMMENTS, id, 'file')).status).toBe(200)
  await soundness()
})
