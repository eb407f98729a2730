/** Who may know of a transfer: to everybody else it is as unknown as none, at every door; when it has ended those who had it read on. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDecision, anAnswer, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import type { Answer, Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
})
afterAll(() => world.close())

/** Well-formed fields for every command and form, so that what answers is who asks and not what was written. */
const FIELDS: Readonly<Record<string, () => object>> = {
  'detach-file': () => ({ fileId: randomUUID() }),
  submit: () => ({ declared: true }),
  'ask-supplement': () => ({ items: ['Giấy xác nhận'] }),
  'answer-supplement': () => ({ note: 'Đã gửi.' }),
  'sign-referral': () => ({ committeeComment: 'Nhất trí.', supplementUpToDate: true }),
  'hand-over-file': () => ({ sealNumber: 'NP-1', handedOn: '2026-09-07' }),
  'explain-lateness': () => ({ explanation: 'Ốm.' }),
  'report-lost': () => ({ account: 'Mất.' }),
  revert: () => ({ reason: 'Thôi.', decisionNumber: '1-QĐ/ĐU' }),
  receive: () => ({ receivedOn: '2026-09-07' }),
  'assign-cell': () => ({ cellId: world.places.otherCell }),
  admit: () => ({ meetingOn: '2026-09-07' }),
  confidentiality: () => ({ confidentiality: 'NON_SECRET', role: 'decision' }),
  remove: () => ({ remove: randomUUID() }),
}
const fieldsOf = (path: string): object => ({
  commandId: randomUUID(),
  reason: 'Vì thế.',
  ...FIELDS[path.split('/').at(-1)!]?.(),
})

interface Ids {
  readonly id: string
  readonly fileId: string
  readonly paperId: string
}

/** Every route of a dossier, of its files and its papers. Sending a first draft is not one: an unused id begins a dossier. */
function doors(): { method: string; url: string }[] {
  return world.server.routeTable.filter(
    ({ url }) =>
      /^\/(transfers|api\/v1\/official-transfers)\/:id/.test(url) && !url.endsWith('/:id/save-draft'),
  )
}

const addressOf = (url: string, ids: Ids): string =>
  url
    .replace(':id', ids.id)
    .replace(':fileId', ids.fileId)
    .replace(':paperId', ids.paperId)
    .replace(':question', 'reason')
    .replace(':form', 'withdraw')

async function knock(who: Visitor, method: string, path: string): Promise<Answer> {
  if (method === 'GET') return who.get(path)
  const fields = { role: 'decision', confidentiality: 'NON_SECRET', ...fieldsOf(path) }
  if (/\/files(\/remove)?$/.test(path))
    return who.upload(path, fields as Record<string, string>, await aDecision())
  return path.startsWith('/api/')
    ? who.post(path, fieldsOf(path))
    : who.form(path, fields as Record<string, string>)
}

/** What an answer says: a problem document, or what stands on the page; without what differs between two requests. */
function said({ text }: Answer, ids: Ids): string {
  const page = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? text
  return Object.values(ids)
    .reduce((rest, id: string) => rest.replaceAll(id, 'ID'), page)
    .replace(/"instance":"[^"]+"|refusal-reference">[^<]*/, '')
}

test('to those it does not concern a transfer is as unknown as none, at every door', async () => {
  const { strangerDeputy, strangerClerk, foreignDeputy, neighbourSecretary, administrator } = world.officers
  const member = await world.member('Lý Thị Kín')
  const life = await beginTransfer(world, member)
  const { files, papers } = await life.to('committee-review', 1)
  const real = { id: life.id, fileId: files[0]!.id, paperId: papers[0]!.id }
  const another = await world.member('Lý Văn Tò Mò')
  const ownHat = await world.signIn(world.officers.cellSecretary)
  const strangers = [
    strangerDeputy,
    strangerClerk,
    foreignDeputy,
    neighbourSecretary,
    administrator,
    another,
    ownHat,
  ]
  const table = doors()
  expect(table.length).toBeGreaterThan(50)
  for (const who of strangers)
    for (const { method, url } of table) {
      const unknown = { id: randomUUID(), fileId: randomUUID(), paperId: randomUUID() }
      const foreign = await knock(who, method, addressOf(url, real))
      const none = await knock(who, method, addressOf(url, unknown))
      const where = `${who.name}: ${method} ${url}`
      expect([foreign.status, none.status], where).toEqual([404, 404])
      expect(foreign.code || said(foreign, real), where).toMatch(/dossier\.unknown|Không tìm thấy hồ sơ này/)
      expect(said(foreign, real), where).toBe(said(none, unknown))
    }
  const stored = await life.member.sees(life.id)
  expect(stored.timeline.at(-1)).toMatchObject({ type: 'referral-signed' })
  // A foreign draft is not written to either, though a free id would begin one.
  const answers = anAnswer(world, world.places.otherCell)
  expect(await another.refused(life.id, 'save-draft', answers)).toMatchObject({ code: 'dossier.unknown' })
})

test('a dossier’s files and papers are fetched through that dossier alone', async () => {
  const mine = await beginTransfer(world, await world.member('Lý Thị Một'))
  const other = await beginTransfer(world, await world.member('Lý Văn Hai'))
  const { files, papers } = await other.to('committee-review', 1)
  await mine.to('received')
  for (const path of [`files/${files[0]!.id}`, `papers/${papers[0]!.id}`]) {
    const answer = await mine.member.get(`/transfers/${mine.id}/${path}`)
    expect(answer.status, path).toBe(404)
  }
})

test('officers see what comes to them or has passed them, in their queues too; of other wards and provinces nothing', async () => {
  const { officers } = world
  const life = await beginTransfer(world, await world.member('Lý Thị Đường'))
  const mayRead = async () => {
    const found: string[] = []
    for (const [role, who] of Object.entries(officers))
      if ((await who.get(`/transfers/${life.id}`)).status === 200) found.push(role)
    return found
  }
  expect(await mayRead(), 'a draft').toEqual([])
  await life.to('received')
  const above = ['buildingOfficer', 'wardDeputy', 'wardClerk', 'inspector', 'cityChief']
  expect(await mayRead(), 'received').toEqual(['cellSecretary', 'cellDeputy', ...above])
  await life.to('cell-review')
  const all = [
    'cellSecretary',
    'cellDeputy',
    'buildingOfficer',
    'wardDeputy',
    'wardClerk',
    'inspector',
    'commissionDeputy',
    'commissionClerk',
    'cityChief',
    'destinationDeputy',
    'destinationClerk',
  ]
  expect(await mayRead(), 'its way is known').toEqual(all)
  await life.to('completed')
  expect(await mayRead(), 'completed').toEqual([...all, 'destinationSecretary'])
  for (const who of [officers.strangerDeputy, officers.foreignDeputy])
    for (const queue of ['todo', 'waiting', 'coming'] as const) expect(await who.queue(queue)).toEqual([])

  // Whoever had it reads on, and nothing more can be asked of it.
  for (const who of [life.member, officers.cellSecretary, officers.wardDeputy, officers.commissionClerk]) {
    const view = await who.sees(life.id)
    expect([view.status, view.actions], who.name).toEqual(['completed', []])
    const letter = view.papers.find(({ kind }) => kind === 'referral')!
    expect((await who.get(`/transfers/${life.id}/papers/${letter.id}`)).status, who.name).toBe(200)
  }
  expect(await officers.wardDeputy.refused(life.id, 'void-referral', { reason: 'Muộn.' })).toMatchObject({
    status: 422,
    code: 'transfer.not-now',
  })
})

test('who keeps the system running opens no dossier, no queue, no register and no member', async () => {
  const { administrator } = world.officers
  const life = await beginTransfer(world, await world.member('Lý Văn Riêng'))
  await life.to('committee-review', 1)
  for (const path of [
    `/transfers/${life.id}`,
    '/registers',
    '/registers/2026.pdf',
    '/registers/2026.xlsx',
    '/queue.csv?queue=todo',
    '/registry/members',
    `/registry/members/${life.member.memberId}`,
  ]) {
    const answer = await administrator.get(path)
    expect(answer.status, path).toBeGreaterThanOrEqual(403)
    expect(answer.status, path).toBeLessThan(500)
    expect(answer.text, path).not.toContain('Lý Văn Riêng')
  }
  expect((await administrator.get('/')).text).not.toContain('Lý Văn Riêng')
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers.length).toBeGreaterThan(4)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
