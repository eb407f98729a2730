/** VNeID goes away for some hours: what was written waits, what comes back is completed once, and what moved on is told. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import type { Visitor } from '../../../tests/transfer-visitor.ts'
import { startDevelopmentProvider, type DevelopmentProvider } from '../../identity/development-provider.ts'
import { watchProvider, type WatchedProvider } from '../../identity/provider-watch.ts'
import { createRelyingParty } from '../../identity/relying-party.ts'
import { sql } from '../../kernel/db.ts'
import { settleDone } from '../../web/queued-acts.ts'

let world: TransferWorld
let vneid: DevelopmentProvider
let watch: WatchedProvider

beforeAll(async () => {
  vneid = await startDevelopmentProvider({
    port: 0,
    issuerHost: '127.0.0.1',
    redirectUri: 'http://localhost:3000/sign-in/callback',
    people: async () => [],
  })
  world = await openTransferWorld({
    provider: (database, clock) =>
      (watch = watchProvider(createRelyingParty(vneid.configuration), { database, at: clock.now })),
  })
})
afterAll(async () => {
  await world.close()
  await vneid.stop()
})

const vneidIs = async (away: boolean) => {
  vneid.reach.setAway(away)
  await watch.look({ atOnce: true })
}

const hatOf = async ({ memberId }: Visitor) => {
  const { id } = await world.database.read.one<{ id: string }>(
    sql`select id from office where member_id = ${memberId}`,
  )
  return { officeId: id, grantId: null }
}

const writing = (version: number, fields: Readonly<Record<string, string>> = {}) => ({
  commandId: randomUUID(),
  expectedNumber: String(version),
  ...fields,
})

test('a secretary without VNeID writes two acts; back, both are completed by one press, one of them had moved on', async () => {
  const { cellSecretary, cellDeputy } = world.officers
  world.day('2026-08-24', '14:05')
  const first = await beginTransfer(world, await world.member('Mai Thị Một'))
  const second = await beginTransfer(world, await world.member('Mai Thị Hai'))
  const one = await first.to('received')
  const two = await second.to('received')

  await vneidIs(true)
  world.day('2026-08-24', '14:20')
  const away = await world.byPasskey(cellSecretary, await hatOf(cellSecretary))
  const page = await away.get(`/transfers/${one.id}`)
  expect(page.text).toContain('Xếp hàng chờ xác thực')

  const forms = [writing(one.version), writing(two.version)] as const
  const queued = await away.form(`/transfers/${one.id}/accept-intake`, forms[0])
  expect([queued.status, queued.headers.get('location')]).toEqual([303, `/transfers/${one.id}?queued`])
  // sent twice, it is one act
  expect((await away.form(`/transfers/${one.id}/accept-intake`, forms[0])).status).toBe(303)
  expect((await away.form(`/transfers/${two.id}/accept-intake`, forms[1])).status).toBe(303)
  expect((await away.sees(one.id)).version).toBe(one.version)

  // its writer sees it, nobody else does
  expect((await away.get('/')).text).toContain('2 việc chờ xác thực mức độ 2')
  expect((await away.get(`/transfers/${one.id}?queued`)).text).toContain('đã soạn lúc 14:20 24/08/2026')
  for (const path of [`/transfers/${one.id}`, '/', '/queued']) {
    const { text } = await cellDeputy.get(path)
    expect(text).not.toMatch(/đã soạn lúc|việc chờ xác thực mức độ 2/)
  }
  // and it is completed by nobody without level 2
  const early = await away.form('/queued/complete', { act: 'all' })
  expect([early.status, early.text.includes('mức độ 2')]).toEqual([403, true])

  // another officer acts on the second one meanwhile
  await cellDeputy.ask(two.id, 'accept-intake', { expectedNumber: two.version })

  world.day('2026-08-24', '16:40')
  await vneidIs(false)
  const back = await world.signIn(cellSecretary)
  const list = await back.get('/queued')
  expect(list.text).toContain('Hoàn tất cả 2 việc')
  const done = await back.form('/queued/complete', { act: 'all' })
  expect(done.text).toContain('Đã hoàn tất 1 việc.')
  expect(done.text).toContain('1 việc chưa làm được')
  const accepted = await away.sees(one.id)
  expect(accepted.status).toBe('cell-review')

  // pressed again, nothing is done twice
  expect((await back.form('/queued/complete', { act: 'all' })).headers.get('location')).toBe('/queued')
  expect((await away.sees(one.id)).version).toBe(accepted.version)
  const after = await back.get('/queued')
  expect(after.text).toContain('Đã soạn lúc 14:20 24/08/2026, hoàn tất lúc 16:40 24/08/2026.')
  expect(after.text).toContain('Chưa làm được, cần đồng chí xem lại')
  const { rows } = await world.change(
    `select standing, refusal_code from queued_act where member_id = $1 order by standing`,
    [cellSecretary.memberId],
  )
  expect(rows).toEqual([
    { standing: 'done', refusal_code: null },
    { standing: 'refused', refusal_code: 'dossier.moved-on' },
  ])

  // the moment of completion counts; that VNeID was away is told beside it
  const { rows: events } = await world.change(
    `select at from dossier_event where dossier_id = $1 order by number desc limit 1`,
    [one.id],
  )
  expect(events[0]!.at.toISOString()).toBe('2026-08-24T09:40:00.000Z')
  const told = 'VNeID không phản hồi từ 14:05 24/08/2026 đến 16:40 24/08/2026.'
  expect((await back.get(`/transfers/${one.id}`)).status).toBe(404)
  expect((await away.get(`/transfers/${one.id}`)).text).toContain(told)
  expect((await world.officers.administrator.get('/')).text).toContain('14:05 24/08/2026')
})

test('an act interrupted between being done and being written down is answered alike', async () => {
  const { cellSecretary } = world.officers
  const life = await beginTransfer(world, await world.member('Mai Thị Ba'))
  const { id, version } = await life.to('received')
  const hat = await hatOf(cellSecretary)
  const away = await world.byPasskey(cellSecretary, hat)
  const form = writing(version)
  await away.form(`/transfers/${id}/accept-intake`, form)
  const back = await world.signIn(cellSecretary, hat)
  await back.form('/queued/complete', { act: form.commandId })
  const { version: reached } = await back.sees(id)
  await world.change(`alter table queued_act disable trigger queued_act_settled_once`)
  await world.change(`update queued_act set standing = 'waiting', settled_at = null where id = $1`, [
    form.commandId,
  ])
  await world.change(`alter table queued_act enable trigger queued_act_settled_once`)
  expect((await back.form('/queued/complete', { act: form.commandId })).text).toContain('Đã hoàn tất 1 việc.')
  expect((await back.sees(id)).version).toBe(reached)
  // what is done stays done, whoever asks
  await world.database.transaction((write) => settleDone(write, form.commandId, new Date()))
  const withdrawn = await back.form(`/queued/${form.commandId}/withdraw`, { next: 'list' })
  expect([withdrawn.status, withdrawn.text.includes('Việc này đã hoàn tất')]).toEqual([409, true])
})

test('what the rules would refuse is refused before it waits; one act waits on a dossier; taken back, its form opens again', async () => {
  const { cellSecretary, neighbourSecretary } = world.officers
  const life = await beginTransfer(world, await world.member('Mai Thị Bốn'))
  const { id, version } = await life.to('cell-review')
  const hat = await hatOf(cellSecretary)
  const away = await world.byPasskey(cellSecretary, hat)
  const reason = { reason: 'Còn thiếu nhận xét nơi cư trú' }
  const empty = await away.form(`/transfers/${id}/sign-referral`, writing(version))
  expect([empty.status, empty.text.includes('Nhận xét của chi bộ')]).toEqual([400, true])
  const stale = await away.form(`/transfers/${id}/return`, writing(version - 1, reason))
  expect(stale.status).toBe(409)
  const unknown = await away.form(`/transfers/${randomUUID()}/return`, writing(1, reason))
  const stranger = await world.byPasskey(neighbourSecretary, await hatOf(neighbourSecretary))
  const foreign = await stranger.form(`/transfers/${id}/return`, writing(version, reason))
  expect([unknown.status, foreign.status]).toEqual([404, 404])

  const act = writing(version, reason)
  await away.form(`/transfers/${id}/return`, act)
  const another = await away.form(`/transfers/${id}/return`, writing(version, reason))
  expect([another.status, another.text.includes('đã có một việc chờ xác thực')]).toEqual([409, true])

  const theirs = await stranger.form(`/queued/${act.commandId}/withdraw`, { next: 'list' })
  expect(theirs.status).toBe(404)
  const edit = await away.form(`/queued/${act.commandId}/withdraw`, { next: 'edit' })
  expect(edit.headers.get('location')).toBe(`/transfers/${id}?do=return#do`)
  expect((await away.get(`/transfers/${id}?do=return`)).text).toContain(reason.reason)
  // the form of before, sent again from the browser's memory, does not look as if it waited
  expect((await away.form(`/transfers/${id}/return`, act)).status).toBe(409)
  expect((await away.form(`/transfers/${id}/return`, writing(version, reason))).status).toBe(303)
})

test('a program that came in by a passkey is told so, and an act under an office that ended is kept and refused', async () => {
  const { cellDeputy } = world.officers
  const life = await beginTransfer(world, await world.member('Mai Thị Năm'))
  const { id, version } = await life.to('received')
  const hat = await hatOf(cellDeputy)
  const away = await world.byPasskey(cellDeputy, hat)
  expect(await away.refused(id, 'accept-intake')).toMatchObject({
    status: 403,
    code: 'identity.level-2-needed',
  })
  const form = writing(version)
  await away.form(`/transfers/${id}/accept-intake`, form)
  await world.change(`update office set until = since where id = $1`, [hat.officeId])
  const back = await world.signIn(cellDeputy)
  const done = await back.form('/queued/complete', { act: 'all' })
  expect(done.text).toContain('Đồng chí soạn việc này với một chức vụ hoặc ủy quyền nay đã hết.')
  await world.change(`update office set until = null where id = $1`, [hat.officeId])
  const settled = await world.change(`select standing, refusal_code from queued_act where id = $1`, [
    form.commandId,
  ])
  expect(settled.rows).toEqual([{ standing: 'refused', refusal_code: 'queue.hat-ended' }])
})

test('whose sign-in is too old while VNeID is away keeps what was written and may queue it; while it works that is not offered', async () => {
  const { wardDeputy } = world.officers
  const life = await beginTransfer(world, await world.member('Mai Thị Sáu'))
  const { id, version } = await life.to('committee-review')
  const stale = await world.signIn(wardDeputy, await hatOf(wardDeputy), 6)
  const fields = { committeeComment: 'Đảng ủy nhất trí.', supplementUpToDate: 'yes' }

  const asked = await stale.form(
    `/transfers/${id}/sign-referral`,
    writing(version, { ...fields, queue: 'yes' }),
  )
  expect([asked.status, asked.text.includes('Xác nhận bằng VNeID')]).toEqual([403, true])

  await vneidIs(true)
  const refused = await stale.form(`/transfers/${id}/sign-referral`, writing(version, fields))
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('Đảng ủy nhất trí.')
  expect(refused.text).toContain('Xếp hàng chờ xác thực')
  const queued = await stale.form(
    `/transfers/${id}/sign-referral`,
    writing(version, { ...fields, queue: 'yes' }),
  )
  expect(queued.status).toBe(303)
  // without a fresh sign-in it is not completed, and waits on
  const early = await stale.form('/queued/complete', { act: 'all' })
  expect(early.text).toContain('1 việc còn chờ đồng chí xác nhận lại.')
  await vneidIs(false)
  const back = await world.signIn(wardDeputy, await hatOf(wardDeputy))
  expect((await back.form('/queued/complete', { act: 'all' })).text).toContain('Đã hoàn tất 1 việc.')
  expect((await back.sees(id)).status).toBe('numbering')
})
