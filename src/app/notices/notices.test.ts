/** Notices: who sees which, once, read or not; and the mail about them, which says nothing. */
import { randomUUID } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { NOTICE_MAIL_TASK, recordNotice, type NoticeRequest } from '../../kernel/notices.ts'
import { grantOffice } from '../../registry/offices/store.ts'
import { addMember, addTwoWards } from '../../registry/test-builders.ts'
import { decideConsent, mailAddressOf } from '../../registry/privacy/consents.ts'
import { HELD_UNTIL, holdMail, releaseMail } from './held.ts'
import { noticeMailTasks, type Mail } from './mail.ts'
import { smtpMailer } from './smtp.ts'
import { markRead, noticesFor, unreadCount } from './store.ts'

let testDatabase: TestDatabase
let database: Database
let world: Awaited<ReturnType<typeof makeWorld>>
const at = new Date('2026-11-22T02:00:00Z')

async function makeWorld() {
  return database.transaction(async (write) => {
    const wards = await addTwoWards(write)
    const member = await addMember(write, 'Lê Văn Hỏi', wards.cell)
    const secretary = await addMember(write, 'Trần Thị Ký', wards.cell)
    const former = await addMember(write, 'Phạm Văn Cũ', wards.cell)
    const office = { position: 'cell-secretary', organisationId: wards.cell, source: 'thử' }
    await grantOffice(write, { ...office, memberId: former, since: '2025-07-01', until: '2026-01-31' })
    await grantOffice(write, { ...office, memberId: secretary, since: '2026-02-01' })
    return { ...wards, member, secretary, former }
  })
}

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 2 })
  world = await makeWorld()
})

afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

const record = (notice: Omit<NoticeRequest, 'at'> & { at?: Date }) =>
  database.transaction((write) => recordNotice(write, { at, ...notice }))
const asMember = (memberId: string) => ({ memberId, hat: { organisationId: world.cell, position: 'member' } })
const asSecretary = (memberId: string) => ({
  memberId,
  hat: { organisationId: world.cell, position: 'cell-secretary' },
})
const toCell = () => ({ organisationId: world.cell, positions: ['cell-secretary', 'cell-deputy-secretary'] })
const codesFor = async (reader: Parameters<typeof noticesFor>[1]) =>
  (await noticesFor(database.read, reader)).map(({ code }) => code)

test('each hat sees its own: the member what is theirs, the office what is its', async () => {
  await record({ to: { memberId: world.member }, code: 'to-member', facts: { number: '79-1' } })
  await record({ to: toCell(), code: 'to-office' })
  expect(await codesFor(asMember(world.member))).toEqual(['to-member'])
  expect(await codesFor(asMember(world.secretary))).toEqual([])
  expect(await codesFor(asSecretary(world.secretary))).toEqual(['to-office'])
  const elsewhere = {
    memberId: world.secretary,
    hat: { organisationId: world.otherCell, position: 'cell-secretary' },
  }
  expect(await codesFor(elsewhere)).toEqual([])
  const clerk = { memberId: world.secretary, hat: { organisationId: world.cell, position: 'office-clerk' } }
  expect(await codesFor(clerk)).toEqual([])
  const delegate = asMember(world.secretary)
  const forMember = (procedures: readonly string[]) => ({
    ...delegate,
    hat: { ...delegate.hat, onBehalfOf: { memberId: world.member, procedures } },
  })
  expect(await codesFor(forMember(['official-transfer']))).toEqual([])
  const dossierId = randomUUID()
  await database.transaction((write) =>
    write.run(sql`
      insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at,
                           awaited_kind, awaited_act)
      values (${dossierId}, 'official-transfer', ${world.member}, 'draft', true, 1, '{}', ${at}, ${at}, 'member', 'draft')`),
  )
  await record({ to: { memberId: world.member }, code: 'of-dossier', dossierId })
  expect(await codesFor(forMember(['official-transfer']))).toEqual(['of-dossier'])
  expect(await codesFor(forMember(['another-procedure']))).toEqual([])
})

test('a key is recorded once, also by rivals; the newest come first, page by page', async () => {
  const overdue = { to: { memberId: world.member }, code: 'overdue', onceKey: 'overdue-7' }
  await Promise.all([record(overdue), record(overdue)])
  for (const minute of [1, 2, 3]) {
    await record({ to: overdue.to, code: `later-${minute}`, at: new Date(at.getTime() + minute * 60_000) })
  }
  const reader = asMember(world.member)
  const first = await noticesFor(database.read, reader, { limit: 2 })
  expect(first.map(({ code }) => code)).toEqual(['later-3', 'later-2'])
  const second = await noticesFor(database.read, reader, { limit: 2, before: first[1]! })
  expect(second.map(({ code }) => code)).toEqual(['later-1', 'overdue'])
  const jobs = await database.read.one<{ count: number }>(
    sql`select count(*) from graphile_worker.jobs where task_identifier = ${NOTICE_MAIL_TASK}`,
  )
  expect(jobs.count).toBe(4)
})

test('read is read once, for the whole office, and never by somebody else', async () => {
  await record({ to: toCell(), code: 'one' })
  await record({ to: toCell(), code: 'two' })
  const [notice] = await noticesFor(database.read, asSecretary(world.secretary))
  const mark = (reader: Parameters<typeof noticesFor>[1], ids: string[] | 'all') =>
    database.transaction((write) => markRead(write, reader, ids, at))
  expect(await mark(asMember(world.member), [notice!.id])).toBe(0)
  expect(await unreadCount(database.read, asSecretary(world.secretary))).toBe(2)
  expect(await mark(asSecretary(world.secretary), [notice!.id])).toBe(1)
  expect(await mark(asSecretary(world.secretary), 'all')).toBe(1)
  expect(await mark(asSecretary(world.secretary), 'all')).toBe(0)
  expect(await unreadCount(database.read, asSecretary(world.secretary))).toBe(0)
})

describe('mail', () => {
  const sent: Mail[] = []
  const tasks = () =>
    noticeMailTasks({
      database,
      clock: { now: () => at },
      publicUrl: 'https://dangvu.example.vn',
      mailer: { send: async (mail) => void sent.push(mail) },
    })
  const mailOf = async (code: string) => {
    const row = await database.read.one<{ id: string }>(sql`select id from notice where code = ${code}`)
    await tasks()[NOTICE_MAIL_TASK]!({ noticeId: row.id }, { attempt: 1, lastAttempt: false })
  }
  const setAddress = (memberId: string, address: string | null) =>
    database.transaction((write) =>
      decideConsent(write, memberId, {
        id: randomUUID(),
        purpose: 'mail',
        given: address !== null,
        address: address ?? undefined,
        way: 'page',
        at,
        today: '2026-11-22',
      }),
    )
  beforeEach(() => void (sent.length = 0))

  test('goes to whoever holds the office today and wants it, and says neither who nor what', async () => {
    await setAddress(world.secretary, 'ky@example.vn')
    await setAddress(world.former, 'cu@example.vn')
    await record({ to: toCell(), code: 'transfer.turn', facts: { name: 'Lê Văn Hỏi' } })
    await mailOf('transfer.turn')
    expect(sent.map(({ to }) => to)).toEqual(['ky@example.vn'])
    expect(sent[0]!.subject).toBe('Đồng chí có một việc mới')
    expect(sent[0]!.text).toContain('https://dangvu.example.vn/')
    expect(JSON.stringify(sent[0])).not.toMatch(/Hỏi|transfer|Tân Tạo/)
  })

  test('not when it was read meanwhile, nor to whoever wants none', async () => {
    await record({ to: { memberId: world.member }, code: 'first' })
    await mailOf('first')
    await setAddress(world.member, 'hoi@example.vn')
    await database.transaction((write) => markRead(write, asMember(world.member), 'all', at))
    await mailOf('first')
    await record({ to: { memberId: world.member }, code: 'second' })
    await setAddress(world.member, null)
    expect(await mailAddressOf(database.read, world.member)).toBeUndefined()
    await mailOf('second')
    expect(sent).toEqual([])
  })

  test('held after a restore: nothing is sent until it is let go, and then what waited and nothing twice', async () => {
    sent.length = 0
    await setAddress(world.member, 'hoi@example.vn')
    await holdMail(database.pool)
    const toMember = { to: { memberId: world.member } }
    await record({ ...toMember, code: 'held' })
    await mailOf('held')
    await mailOf('held')
    expect(sent).toEqual([])
    const waiting = () =>
      database.read.rows<{ at: Date }>(
        sql`select run_at as at from graphile_worker.jobs where key like 'held-mail %'`,
      )
    expect(await waiting()).toEqual([{ at: HELD_UNTIL }])
    expect(await releaseMail(database)).toBe(1)
    expect(await releaseMail(database)).toBeUndefined()
    expect((await waiting())[0]!.at.getTime()).toBeLessThan(Date.now() + 60_000)
    await mailOf('held')
    expect(sent.map(({ to }) => to)).toEqual(['hoi@example.vn'])
  })

  test('each of several has a job of their own: when one cannot be reached, no other is written to twice', async () => {
    await database.transaction((write) =>
      grantOffice(write, {
        position: 'cell-deputy-secretary',
        organisationId: world.cell,
        source: 'thử',
        memberId: world.member,
        since: '2026-02-01',
      }),
    )
    await setAddress(world.member, 'hoi@example.vn')
    await setAddress(world.secretary, 'ky@example.vn')
    await record({ to: toCell(), code: 'both' })
    let away = true
    const send = noticeMailTasks({
      database,
      clock: { now: () => at },
      publicUrl: 'https://dangvu.example.vn',
      mailer: {
        async send(mail) {
          if (away && mail.to === 'ky@example.vn') throw new Error('not now')
          sent.push(mail)
        },
      },
    })[NOTICE_MAIL_TASK]!
    /** As the queue does: each job that is there, and what failed stays. */
    const work = async () => {
      const found = await database.read.rows<{ id: number; payload: Record<string, unknown> }>(
        sql`select id, payload from graphile_worker._private_jobs order by id`,
      )
      for (const { id, payload } of found) {
        const done = await send(payload, { attempt: 1, lastAttempt: false }).then(
          () => true,
          () => false,
        )
        if (done)
          await database.transaction((write) =>
            write.run(sql`delete from graphile_worker._private_jobs where id = ${id}`),
          )
      }
      return found.length
    }
    expect([await work(), await work()]).toEqual([1, 2])
    away = false
    expect([await work(), await work()]).toEqual([1, 0])
    expect(sent.map(({ to }) => to)).toEqual(['hoi@example.vn', 'ky@example.vn'])
  })

  test('an address without consent gets none: silence is no consent', async () => {
    await database.transaction((write) =>
      write.run(sql`insert into mail_address values (${world.member}, 'hoi@example.vn', ${at})`),
    )
    await record({ to: { memberId: world.member }, code: 'silent' })
    await mailOf('silent')
    expect(sent).toEqual([])
  })

  test.each([
    'x',
    'a b@example.vn',
    'a@b',
    'a@example.vn>\r\nRCPT TO:<b@example.vn',
    `${'x'.repeat(250)}@example.vn`,
  ])('an address that is none is refused: %s', async (address) => {
    await expect(setAddress(world.member, address)).rejects.toMatchObject({ code: 'mail.address-invalid' })
  })
})

describe('SMTP', () => {
  let server: Server
  let heard: string[]
  afterEach(() => server?.close())

  /** A mail server's side, by the book (RFC 5321, 3 and 4.5.3.2.5): what it answers to the beginning of each line. */
  async function listen(answers: Readonly<Record<string, string>>): Promise<string> {
    heard = []
    server = createServer((socket: Socket) => {
      let inMessage = false
      socket.write('220-mail.example.vn\r\n220 ready\r\n')
      let rest = ''
      socket.on('data', (chunk) => {
        const lines = (rest + chunk.toString()).split('\r\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          heard.push(line)
          if (inMessage && line !== '.') continue
          const verb = line === '.' ? '.' : line.split(' ')[0]!
          inMessage = verb === 'DATA'
          socket.write(`${answers[verb] ?? '250 ok'}\r\n`)
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `smtp://nguoi%40gui:mat%20khau@127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const ANSWERS = {
    EHLO: '250-mail.example.vn\r\n250 AUTH PLAIN',
    AUTH: '235 ok',
    DATA: '354 go',
    QUIT: '221 bye',
  }
  const mail = { to: 'ky@example.vn', subject: 'Đồng chí có một việc mới', text: 'Một việc mới\n.\nhết' }

  test('signs in, sends the whole text and no line that ends it early', async () => {
    const url = await listen(ANSWERS)
    await smtpMailer({ url, from: 'bao@example.vn' }).send(mail)
    const verbs = heard.filter((line) => /^(EHLO|AUTH|MAIL|RCPT|DATA|QUIT)/.test(line))
    expect(verbs.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'QUIT'])
    expect(Buffer.from(verbs[1]!.split(' ')[2]!, 'base64').toString()).toBe('\0nguoi@gui\0mat khau')
    expect(heard.filter((line) => line === '.')).toHaveLength(1)
    const body = heard.slice(heard.indexOf('') + 1, heard.indexOf('.')).join('')
    expect(Buffer.from(body, 'base64').toString()).toBe(mail.text)
  })

  test.each([
    ['RCPT', '550 no such user'],
    ['AUTH', '535 wrong'],
    ['.', '452 full'],
  ])(
    '%s answered with %s: the job fails and will be tried again, the address not repeated',
    async (verb, answer) => {
      const url = await listen({ ...ANSWERS, [verb]: answer })
      const sending = smtpMailer({ url, from: 'bao@example.vn' }).send(mail)
      await expect(sending).rejects.toThrow(/^the mail server refused$/)
    },
  )

  test('a server elsewhere that offers no encryption is told nothing', async () => {
    const url = (await listen(ANSWERS)).replace('127.0.0.1', '127.0.0.2')
    server.close()
    await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), '127.0.0.2', resolve))
    await expect(smtpMailer({ url, from: 'bao@example.vn' }).send(mail)).rejects.toThrow('no encryption')
    expect(heard.filter((line) => !line.startsWith('EHLO'))).toEqual([])
  })
})
