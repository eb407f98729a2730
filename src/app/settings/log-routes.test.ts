/** The log's page: who may open it, and a checkpoint from the button to the file that the verifier takes. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../tests/house.ts'
import { grantOffice } from '../../registry/offices/store.ts'
import { FOUNDED } from '../../registry/test-builders.ts'
import { readCheckpoint } from '../../verify-log/checkpoint.ts'
import { verifyLog } from '../../verify-log/verify.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const page = (who: Visitor) => house.ask(who, { method: 'GET', url: '/settings/log' })
const take = (who: Visitor, commandId: string) =>
  house.ask(who, { method: 'POST', url: '/settings/log/checkpoints', payload: { commandId } })

async function inspector(): Promise<Visitor> {
  const { officer } = house.visitors
  const officeId = await house.database.transaction((write) =>
    grantOffice(write, {
      memberId: officer.memberId,
      position: 'inspection-chair',
      organisationId: house.world.ward,
      since: FOUNDED,
      source: 'kiểm thử',
    }),
  )
  return house.signIn({ ...officer, officeId })
}

test('administrators and inspection chairs open it; other officers are told who may', async () => {
  const chair = await inspector()
  for (const who of [house.visitors.administrator, chair]) {
    const answer = await page(who)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('Nhật ký và điểm đối chiếu')
    expect(answer.body).toContain('Chưa lấy điểm đối chiếu nào')
    expect((await house.ask(who, { method: 'GET', url: '/settings' })).body).toContain('href="/settings/log"')
  }
  const clerk = await house.signIn(house.visitors.officer)
  const refused = await house.ask(clerk, {
    method: 'GET',
    url: '/settings/log',
    headers: { accept: 'application/json' },
  })
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'log.keepers-only'])
  expect((await take(clerk, randomUUID())).statusCode).toBe(403)
  expect((await house.ask(clerk, { method: 'GET', url: '/settings' })).body).not.toContain('/settings/log')
})

test('the button pressed twice takes one checkpoint; its file agrees with the log, and tells nothing of people', async () => {
  const { administrator } = house.visitors
  const commandId = randomUUID()
  for (const answer of [await take(administrator, commandId), await take(administrator, commandId)])
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/settings/log?taken=yes'])
  const shown = (await page(administrator)).body
  const links = [...shown.matchAll(/href="(\/settings\/log\/checkpoints\/[^"]+)"/g)].map(([, link]) => link!)
  expect(links).toEqual([`/settings/log/checkpoints/${commandId}`])
  expect(shown).toContain('Quản Trị Ba')
  const file = await house.ask(administrator, { method: 'GET', url: links[0]! })
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename="checkpoint-\d+\.json"$/)
  expect(Object.keys(file.json())).toEqual([
    'format',
    'installation',
    'block',
    'hash',
    'entries',
    'at',
    'algorithm',
    'certificates',
    'signature',
  ])
  const checkpoint = readCheckpoint(file.body)!
  const report = await verifyLog({
    url: house.url,
    checkpoint,
    trust: await house.parts.signers.trustRoots(),
  })
  expect(report).toMatchObject({ problemCount: 0, checkpoint: { block: checkpoint.block, trusted: true } })
})

test('a checkpoint nobody took is unknown', async () => {
  const answer = await house.ask(house.visitors.administrator, {
    method: 'GET',
    url: `/settings/log/checkpoints/${randomUUID()}`,
    headers: { accept: 'application/json' },
  })
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'log.checkpoint-unknown'])
})
