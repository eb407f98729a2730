/** One action on many dossiers from a queue: each through the same rules as alone, each with its own answer; sent twice, done once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAs, commentsAtCell, drafted } from '../../../tests/residence-comments.ts'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { sql } from '../../kernel/db.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

test('a cell secretary accepts several at once; what is not theirs or moved on is told apart, and nothing is done twice', async () => {
  const { cellSecretary } = world.officers
  const lives = []
  for (const name of ['Mai Thị Một', 'Mai Thị Hai', 'Mai Thị Ba'])
    lives.push(await beginTransfer(world, await world.member(name)))
  const seen = await Promise.all(lives.map((life) => life.to('received')))
  const [first, second, third] = seen
  await lives[2]!.member.ask(third!.id, 'withdraw', { reason: 'Đổi ý' })

  const form = {
    commandId: randomUUID(),
    command: 'accept-intake',
    chosen: [...seen.map(({ id, version }) => `${id}_${version}`), `${randomUUID()}_1`],
  }
  const answer = await cellSecretary.form('/queue/bulk', form)
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('Đã làm xong 2 hồ sơ.')
  expect(answer.text).toContain('2 hồ sơ chưa làm được')
  expect(answer.text).toContain(`/transfers/${first!.id}`)

  const accepted = await Promise.all([first!, second!].map(({ id }) => cellSecretary.sees(id)))
  expect(accepted.map(({ status }) => status)).toEqual(['cell-review', 'cell-review'])

  const again = await cellSecretary.form('/queue/bulk', form)
  expect(again.text).toContain('Đã làm xong 2 hồ sơ.')
  const versions = await Promise.all([first!, second!].map(({ id }) => cellSecretary.sees(id)))
  expect(versions.map(({ version }) => version)).toEqual(accepted.map(({ version }) => version))
})

test('a command that no queue offers is not taken', async () => {
  const { cellSecretary } = world.officers
  const life = await beginTransfer(world, await world.member('Mai Thị Bốn'))
  const { id, version } = await life.to('received')
  const form = { commandId: randomUUID(), command: 'refuse', chosen: [`${id}_${version}`] }
  const answer = await cellSecretary.form('/queue/bulk', form)
  expect(answer.status).toBe(400)
  expect((await cellSecretary.sees(id)).status).toBe('received')
})

test('to sign several stands in the queue only after a fresh sign-in', async () => {
  const { wardDeputy } = world.officers
  const life = await beginTransfer(world, await world.member('Mai Thị Năm'))
  await life.to('committee-review')
  expect((await wardDeputy.get('/?queue=todo')).text).toContain('Ký các hồ sơ đã chọn')

  const { officeId } = await world.database.read.one<{ officeId: string }>(
    sql`select id as "officeId" from office where member_id = ${wardDeputy.memberId}`,
  )
  const stale = await world.signIn(wardDeputy, { officeId, grantId: null }, 6)
  const queue = await stale.get('/?queue=todo')
  expect(queue.text).not.toContain('Ký các hồ sơ đã chọn')
  expect(queue.text).toContain('Xác nhận bằng VNeID')
})

test('who acts under a delegation does at once only what it names', async () => {
  world.day('2026-11-02')
  const { destinationDeputy, destinationClerk } = world.officers
  const [id] = await commentsAtCell(world, ['Mai Thị Sáu'])
  await drafted(world, id!)
  const { status } = await askAs(world, 'destinationSecretary', id!, { type: 'sign' })
  expect(status).toBe('cell-signed')
  const confirm = async (procedures: string) => {
    const grantId = randomUUID()
    await world.change(
      `insert into delegation (id, delegator_id, office_id, delegate_member_id, procedures, valid_from, valid_to, form, basis,
                               granted_at, signed_in_at)
       select $1, member_id, id, $3, $4, '2026-01-01', '2099-01-01', 'written', 'kiểm thử', now(), now()
         from office where member_id = $2`,
      [grantId, destinationDeputy.memberId, destinationClerk.memberId, procedures],
    )
    const delegate = await world.signIn(destinationClerk, { officeId: null, grantId })
    const { version } = await world.database.read.one<{ version: number }>(
      sql`select version from dossier where id = ${id!}`,
    )
    const form = { commandId: randomUUID(), command: 'confirm', chosen: [`${id!}_${version}`] }
    return delegate.form('/queue/bulk', form)
  }
  expect((await confirm('{official-transfer}')).status).toBe(403)
  expect((await confirm('{residence-comment}')).text).toContain('Đã làm xong 1 hồ sơ.')
})
