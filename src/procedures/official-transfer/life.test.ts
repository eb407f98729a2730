/** The life of a transfer through the kernel's `perform`, on a real database with real signatures. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestSigners } from '../../app/test-signing.ts'
import type { Actor } from '../../kernel/actor.ts'
import { openDatabase, type Database } from '../../kernel/db.ts'
import { eventsOf, loadDossier } from '../../kernel/dossier.ts'
import { workCalendar } from '../../kernel/holidays.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { loadFile, papersOf, storeFile } from '../../papers/store.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { grantOffice } from '../../registry/offices/store.ts'
import { addMember, addTwoWards } from '../../registry/test-builders.ts'
import { verifyPaper } from '../../signatures/verify.ts'
import { createTestDatabase } from '../../../tests/database.ts'
import { evolve } from './law/evolve.ts'
import { requestPaperTask, sealTask, type JobServices } from './jobs.ts'
import { officialTransfer } from './procedure.ts'
import type { Command, Event, Transfer } from './law/states.ts'

let at = new Date('2026-11-16T02:00:00Z')
let database: Database
let services: JobServices
let drop: () => Promise<void>
let places: Awaited<ReturnType<typeof addTwoWards>>
const people: Record<string, string> = {}
const dossierId = randomUUID()

beforeAll(async () => {
  const created = await createTestDatabase()
  drop = created.drop
  database = openDatabase(created.url)
  await database.transaction(async (write) => {
    places = await addTwoWards(write)
    const hire = async (name: string, position: string, organisationId: string, cell: string) => {
      const memberId = await addMember(write, name, cell)
      people[position + organisationId] = memberId
      await grantOffice(write, { memberId, position, organisationId, since: '2025-07-01', source: 'test' })
    }
    people.member = await addMember(write, 'Nguyễn Thị Chuyển', places.cell)
    await hire('Bí Thư Đi', 'cell-secretary', places.cell, places.cell)
    await hire('Phó Bí Thư Phường', 'committee-deputy-secretary', places.ward, places.cell)
    await hire('Văn Thư Phường', 'office-clerk', places.ward, places.cell)
    await hire('Trưởng Ban', 'commission-head', places.commission, places.cell)
    await hire('Văn Thư Ban', 'commission-clerk', places.commission, places.cell)
    await hire('Xây Dựng Đến', 'building-head', places.otherWard, places.otherCell)
    await hire('Bí Thư Đến', 'cell-secretary', places.otherCell, places.otherCell)
  })
  services = {
    database,
    signers: openTestSigners(database, { now: () => at }),
    publicUrl: 'http://localhost:3000',
    contextNow: async () => surroundings(),
  }
})
afterAll(async () => {
  await database.close()
  await drop()
})

const surroundings = () => ({
  at,
  today: todayIn(at),
  calendar: workCalendar([]),
  settings: DEFAULT_SETTINGS,
})

function actor(position: string, organisationId = places.cell): Actor {
  const memberId = position === 'member' ? people.member! : people[position + organisationId]!
  return { kind: 'person', memberId, hat: { position, organisationId }, signedInAt: at }
}

async function ask(who: Actor, command: Command) {
  const context: Context = { ...surroundings(), actor: who }
  return perform(
    database,
    officialTransfer({ ...services, feesOf: () => Promise.resolve(undefined) }),
    { dossierId, commandId: randomUUID(), command },
    context,
  )
}

async function stateNow(): Promise<Transfer> {
  return (await loadDossier<Transfer>(database.read, 'official-transfer', dossierId))!.state
}

test(
  'a member goes from a cell of one ward to a cell of another through the organisation commission',
  { timeout: 60_000 },
  async () => {
    const { ward, commission, otherWard, otherCell } = places
    const sha256 = await database.transaction((write) =>
      storeFile(write, new TextEncoder().encode('png'), 'png'),
    )
    await ask(actor('member'), {
      type: 'save-draft',
      answers: {
        reason: 'residence',
        reasonText: 'Chuyển nhà về phường mới',
        decisionIssuer: 'Công an phường',
        decisionEffectiveOn: '2026-11-02',
        destinationId: otherCell,
        reviewFrom: '2025-11-01',
        reviewTo: '2026-11-01',
        strengths: 'Chấp hành tốt.',
        weaknesses: 'Còn vắng một buổi họp.',
        phone: '0900000001',
        address: '12 đường số 3',
      },
    })
    await ask(actor('member'), {
      type: 'attach-file',
      file: { id: randomUUID(), role: 'decision', name: 'q.png', sha256, pages: null },
    })
    await ask(actor('member'), { type: 'submit', declared: true })
    await requestPaperTask(services, { dossierId, confirmedAt: at.toISOString() })
    await ask(actor('cell-secretary'), { type: 'accept-intake' })
    await ask(actor('cell-secretary'), {
      type: 'sign-referral',
      cellReview: { meetingOn: '2026-11-15', comment: 'Đồng ý.', feesPaidThrough: '2026-11' },
    })
    await ask(actor('committee-deputy-secretary', ward), {
      type: 'sign-referral',
      committeeComment: 'Nhất trí.',
      supplementUpToDate: true,
    })
    await ask(actor('office-clerk', ward), { type: 'take-number' })
    await sealTask(services, { dossierId, hop: 1 }, false)
    await ask(actor('commission-head', commission), { type: 'sign-referral' })
    await ask(actor('commission-clerk', commission), { type: 'take-number' })
    await sealTask(services, { dossierId, hop: 2 }, false)
    expect((await stateNow()).status).toBe('referred')
    expect((await membershipOf(database.read, people.member!))?.standing).toBe('in-transit')
    await ask(actor('office-clerk', ward), {
      type: 'hand-over-file',
      sealNumber: 'NP-01',
      handedOn: '2026-11-16',
    })
    at = new Date('2026-11-20T02:00:00Z')
    await ask(actor('building-head', otherWard), {
      type: 'receive',
      receivedOn: '2026-11-20',
      sealIntact: true,
    })
    await ask(actor('building-head', otherWard), { type: 'assign-cell', cellId: otherCell })
    await ask(actor('cell-secretary', otherCell), { type: 'admit', meetingOn: '2026-11-20' })

    const state = await stateNow()
    expect(state.status).toBe('completed')
    expect(await membershipOf(database.read, people.member!)).toMatchObject({
      organisationId: otherCell,
      standing: 'active',
    })
    const events = await eventsOf(database.read, dossierId)
    const folded = events.reduce<Transfer | undefined>(
      (before, event) => evolve(before, event.data as Event, event.at),
      undefined,
    )
    expect(folded).toEqual(state)

    const papers = await papersOf(database.read, dossierId)
    expect(papers.map((paper) => [paper.kind, paper.hop, paper.symbol])).toEqual([
      ['transfer-request', null, null],
      ['referral', 0, 'Số 01-GGT/CB'],
      ['self-review', 0, null],
      ['referral', 1, 'Số 01-GGT/ĐU'],
      ['self-review-confirmed', 1, null],
      ['notice-of-transfer', 2, 'Số 01-PB/BTCTU'],
      ['referral', 2, 'Số 01-GGT/BTCTU'],
      ['acceptance', null, 'Số 01-TB/CB'],
    ])
    const trust = await services.signers.trustRoots()
    for (const paper of papers) {
      const result = verifyPaper((await loadFile(database.read, paper.sha256!)).bytes, { trust, at })
      expect(result, paper.kind).toMatchObject({ valid: true, trusted: true, problems: [] })
      expect(result.signatures).toHaveLength(paper.signers.length)
    }
  },
)
