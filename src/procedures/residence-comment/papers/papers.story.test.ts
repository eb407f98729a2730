/** Papers of many comments: what can be made is made, the rest says why, and running again does only what is left. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  askAs,
  commentsAtCell,
  confirmed,
  drafted,
  servicesOf,
} from '../../../../tests/residence-comments.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import type { SignerSource } from '../../../app/signing.ts'
import { sql } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { HERE, type Press } from '../../../papers/press/press.ts'
import { loadFile, papersOf } from '../../../papers/store.ts'
import { checkStructure } from '../../../papers/check-structure.ts'
import { verifyPaper } from '../../../signatures/verify.ts'
import type { Comment } from '../law/states.ts'
import { COMMENT_KIND } from './follow.ts'
import { sealTask } from './seal.ts'

let world: TransferWorld
/** For whom there is no certificate just now. */
const without = new Set<string>()

beforeAll(async () => {
  const signers = (test: SignerSource): SignerSource => ({
    ...test,
    async forOrganisation(id) {
      if (without.has(id)) throw new Refusal('against-rule', 'signing.no-certificate')
      return test.forOrganisation(id)
    },
  })
  world = await openTransferWorld({ signers })
  world.day('2026-11-16', '09:00')
})
afterAll(() => world.close())

const stateOf = async (id: string) =>
  (await world.database.read.one<{ state: Comment }>(sql`select state from dossier where id = ${id}`)).state
const statuses = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await stateOf(id)).status))
const run = (press: Press = HERE, lastAttempt = false) =>
  sealTask({ ...servicesOf(world), press }, {}, { lastAttempt })
const paperOf = async (id: string) => {
  const paper = (await papersOf(world.database.read, id)).find(
    ({ kind, voidedAt }) => kind === COMMENT_KIND && voidedAt === null,
  )!
  const { bytes } = await loadFile(world.database.read, paper.sha256!)
  const trust = await world.parts.signers.trustRoots()
  return { paper, bytes, verified: verifyPaper(bytes, { trust, at: world.now() }) }
}

/** A press that fails for some of its papers, counting those it made. */
function failing(fails: (made: number) => boolean): Press & { made(): number } {
  let asked = 0
  let made = 0
  return {
    ...HERE,
    made: () => made,
    async make(making, key) {
      asked += 1
      if (fails(asked)) throw new Error('the press lost its worker')
      const paper = await HERE.make(making, key)
      made += 1
      return paper
    },
  }
}

test('a comment on paper: signed by the cell at its act, sealed by the commune, tagged, checked by anybody', async () => {
  const [id] = await commentsAtCell(world, ['Hồ Thị Giấy'])
  await drafted(world, id!)
  await askAs(world, 'destinationSecretary', id!, { type: 'sign' })
  await run()
  const before = await paperOf(id!)
  expect(before.verified.signatures.map(({ place }) => place)).toEqual(['cell'])
  const page = await world.officers.strangerDeputy.get(`/verify/${before.paper.token}`)
  expect(page.text).toContain('Chưa đủ chữ ký hoặc con dấu')

  world.day('2026-11-17', '10:00')
  await askAs(world, 'destinationDeputy', id!, { type: 'confirm' })
  await run()
  const { paper, bytes, verified } = await paperOf(id!)
  expect(await stateOf(id!)).toMatchObject({ status: 'returned-to-workplace', paperId: paper.id })
  expect(verified).toMatchObject({ valid: true, trusted: true, unsigned: [], problems: [] })
  expect(verified.fields).toEqual({ 'confirmed-on': 'Cầu Kiệu, ngày 17 tháng 11 năm 2026' })
  expect(verified.signatures).toMatchObject([
    { place: 'cell', at: '2026-11-16T02:00:00.000Z' },
    { place: 'organisation', at: '2026-11-17T03:00:00.000Z' },
  ])
  expect(checkStructure(bytes)).toEqual([])
  const checked = await world.officers.strangerDeputy.get(`/verify/${paper.token}`)
  expect(checked.text).toContain('Phiếu nhận xét đảng viên nơi cư trú')
  expect(checked.text).toContain('Còn hiệu lực')
  expect(checked.text).not.toContain('Hồ Thị Giấy')
})

test('who may read the comment opens its papers, of which there is one each; nobody else does', async () => {
  const [id] = await commentsAtCell(world, ['Hồ Thị Mở'])
  const { wardDeputy, destinationSecretary, strangerDeputy } = world.officers
  const at = `/residence-comments/${id}`
  const open = async (who: Visitor, address: string) => {
    const answer = await who.get(address)
    return [answer.status, answer.headers.get('content-type')]
  }
  expect(await open(wardDeputy, `${at}/comment.pdf`)).toContain(404)
  await confirmed(world, id!)
  await run()
  const pdf = [200, 'application/pdf']
  expect(await open(wardDeputy, `${at}/comment.pdf`)).toEqual(pdf)
  expect(await open(destinationSecretary, `${at}/comment.pdf`)).toEqual(pdf)
  expect(await open(strangerDeputy, `${at}/comment.pdf`)).toContain(404)
  expect(await open(strangerDeputy, `${at}/request.pdf`)).toContain(404)
  const page = await wardDeputy.get(at)
  expect(page.text).toContain(`href="${at}/comment.pdf"`)

  await Promise.all([open(wardDeputy, `${at}/request.pdf`), open(destinationSecretary, `${at}/request.pdf`)])
  expect(await open(wardDeputy, `${at}/request.pdf`)).toEqual(pdf)
  const { referralId } = await stateOf(id!)
  expect(await open(wardDeputy, `/residence-referrals/${referralId}/referral.pdf`)).toEqual(pdf)
  const trust = await world.parts.signers.trustRoots()
  for (const [dossier, kind] of [
    [id!, 'residence-request'],
    [referralId, 'residence-referral'],
  ] as const) {
    const papers = (await papersOf(world.database.read, dossier)).filter((paper) => paper.kind === kind)
    expect(papers).toHaveLength(1)
    const { bytes } = await loadFile(world.database.read, papers[0]!.sha256!)
    expect(verifyPaper(bytes, { trust, at: world.now() })).toMatchObject({ valid: true, trusted: true })
    const checked = await strangerDeputy.get(`/verify/${papers[0]!.token}`)
    expect(checked.text).toContain('Còn hiệu lực')
  }
})

test('what was signed and goes back to the cell is voided; the new one is another paper', async () => {
  const [id] = await commentsAtCell(world, ['Hồ Văn Trả'])
  await drafted(world, id!)
  await askAs(world, 'destinationSecretary', id!, { type: 'sign' })
  await run()
  const { paper } = await paperOf(id!)
  await askAs(world, 'destinationDeputy', id!, { type: 'return-to-cell', reason: 'Chưa rõ mục 3' })
  const voided = await world.officers.strangerDeputy.get(`/verify/${paper.token}`)
  expect(voided.text).toContain('Đã hủy')
  await askAs(world, 'destinationSecretary', id!, { type: 'sign' })
  await askAs(world, 'destinationDeputy', id!, { type: 'confirm' })
  await run()
  const again = await paperOf(id!)
  expect(again.paper.id).not.toBe(paper.id)
  expect(again.verified.signatures).toHaveLength(2)
})

test('no certificate half way: those made stay, the others say why, and after it is renewed only they are made', async () => {
  const ids = await commentsAtCell(world, ['Hồ Một', 'Hồ Hai', 'Hồ Ba', 'Hồ Bốn'])
  await run()
  for (const id of ids) await confirmed(world, id)
  let sealed = 0
  const press: Press = {
    ...HERE,
    async make(making, key) {
      const paper = await HERE.make(making, key)
      if (making.place === 'organisation' && (sealed += 1) === 2) without.add(world.places.otherWard)
      return paper
    },
  }
  await run(press)
  expect((await statuses(ids)).sort()).toEqual([
    'returned-to-workplace',
    'returned-to-workplace',
    'sealing-failed',
    'sealing-failed',
  ])
  const failed: string[] = []
  for (const id of ids) {
    const { status, sealFailure } = await stateOf(id)
    if (status !== 'sealing-failed') continue
    failed.push(id)
    expect(sealFailure).toBe('signing.no-certificate')
  }
  without.clear()
  for (const id of failed) await askAs(world, 'destinationDeputy', id, { type: 'retry-seal' })
  const second = failing(() => false)
  await run(second)
  expect(await statuses(ids)).toEqual(ids.map(() => 'returned-to-workplace'))
  expect(second.made()).toBe(2)
})

test('a lost worker, a full disk: the job fails and is tried again, and makes only what is left, none twice', async () => {
  const ids = await commentsAtCell(world, ['Lý Một', 'Lý Hai', 'Lý Ba'])
  await run()
  for (const id of ids) await confirmed(world, id)
  const shaky = failing((asked) => asked === 2 || asked === 3)
  await expect(run(shaky)).rejects.toThrow('comments without a paper')
  expect((await statuses(ids)).filter((status) => status === 'sealing')).toHaveLength(2)
  const whole = failing(() => false)
  await run(whole)
  expect(await statuses(ids)).toEqual(ids.map(() => 'returned-to-workplace'))
  for (const id of ids) {
    const papers = await papersOf(world.database.read, id)
    expect(papers.filter(({ kind }) => kind === COMMENT_KIND)).toHaveLength(1)
    expect((await paperOf(id)).verified).toMatchObject({ valid: true, trusted: true })
  }
  await run(failing(() => true))
})

test('what fails to the last attempt lies with the commune, with its reason', async () => {
  const [id] = await commentsAtCell(world, ['Lý Cuối'])
  await confirmed(world, id!)
  await expect(
    run(
      failing(() => true),
      true,
    ),
  ).rejects.toThrow('comments without a paper')
  expect(await stateOf(id!)).toMatchObject({ status: 'sealing-failed', sealFailure: 'seal.unexpected' })
  await askAs(world, 'destinationDeputy', id!, { type: 'retry-seal' })
  await run()
  expect(await statuses([id!])).toEqual(['returned-to-workplace'])
})
