/** Attacks that must fail: each test is somebody with rights of their own who reaches for what is not theirs. */
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'
import { cookieName } from '../identity/cookies.ts'
import { hatsOf } from '../identity/hats.ts'
import { csrfOf, openSession } from '../identity/sessions.ts'
import { sql } from '../kernel/db.ts'
import { checkFile } from '../papers/verify-view.ts'
import { newToken, sha256Of, storeFile } from '../papers/store.ts'
import { setHold, holdsOf } from '../registry/members/holds.ts'
import { runImport } from '../registry/import/run.ts'
import { grantOffice } from '../registry/offices/store.ts'
import { addMember, FOUNDED } from '../registry/test-builders.ts'
import { draftsOf, keepDraft } from '../web/form-drafts.ts'
import { exampleKeys, signedReferral } from '../signatures/examples.ts'
import { READ_HERE } from '../foreign-files/readers.ts'

let house: House
const PROGRAM = { accept: 'application/json' }

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const codeOf = (answer: LightMyRequestResponse): string | undefined => answer.json<{ code?: string }>().code

/** Somebody who holds these offices and wears the first; the others can be put on. */
async function officer(name: string, ...offices: { position: string; organisationId: string }[]) {
  const memberId = await house.database.transaction((write) => addMember(write, name, house.world.cell))
  const ids = await house.database.transaction(async (write) => {
    const made = []
    for (const office of offices)
      made.push(await grantOffice(write, { ...office, memberId, since: FOUNDED, source: 'kiểm thử' }))
    return made
  })
  const visitor = await house.signIn({
    kind: 'officer',
    memberId,
    officeId: ids[0] ?? null,
    csrf: '',
    cookies: {},
  })
  return { visitor, memberId, officeIds: ids }
}

/** A delegation that runs, as its giver's form would make it. */
async function delegate(from: string, to: { memberId?: string; organisationId?: string; officeId?: string }) {
  const id = randomUUID()
  await house.database.transaction((write) =>
    write.run(sql`
      insert into delegation (id, delegator_id, office_id, delegate_member_id, delegate_organisation_id, procedures,
                              valid_from, valid_to, form, basis, granted_at, signed_in_at)
      values (${id}, ${from}, ${to.officeId ?? null}, ${to.memberId ?? null}, ${to.organisationId ?? null},
              '{official-transfer}', '2026-01-01', '2099-01-01', 'written', 'kiểm thử', now(), now())`),
  )
  return id
}

/** Signed in under a delegation. */
async function acting(memberId: string, grantId: string): Promise<Visitor> {
  const now = new Date()
  const choice = { officeId: null, grantId }
  const secret = await house.database.transaction((write) =>
    openSession(write, { memberId, choice, signedInAt: now, device: 'kiểm thử', now }),
  )
  const cookies = { [cookieName('session', house.parts.publicUrl)]: secret }
  return { kind: 'officer', memberId, officeId: null, csrf: csrfOf(secret), cookies }
}

describe('an outsider', () => {
  const UNITS = { DANGVU_REQUESTS_PER_MINUTE: '100' }
  const remaining = async (target: House, forwarded: string) => {
    const headers = { 'x-forwarded-for': forwarded }
    const answer = await target.ask(target.visitors.nobody, { method: 'GET', url: '/verify', headers })
    return Number(answer.headers['x-ratelimit-remaining'])
  }
  /** Most of what one address has. */
  const spend = async (target: House, forwarded: string) => {
    for (let times = 0; times < 30; times += 1) await remaining(target, forwarded)
  }

  test('is not believed about the own address: without a proxy nobody is', async () => {
    const alone = await openHouse({ env: UNITS })
    await spend(alone, '6.6.6.6')
    expect(await remaining(alone, '7.7.7.7')).toBeLessThan(800)
    await alone.close()
  })

  test('behind one proxy what the proxy says counts, not what came to it', async () => {
    const behind = await openHouse({ env: { ...UNITS, TRUST_PROXY: '1' } })
    await spend(behind, '6.6.6.6, 5.5.5.5')
    expect(await remaining(behind, '7.7.7.7, 5.5.5.5')).toBeLessThan(800)
    expect(await remaining(behind, '7.7.7.7, 5.5.5.6')).toBe(980)
    await behind.close()
  })

  test('no cache keeps an answer that is about somebody', async () => {
    for (const { url } of house.server.routeTable.filter(({ method }) => method === 'GET')) {
      if (!url.startsWith('/api/v1/') || url.includes(':')) continue
      const { visitors } = house
      for (const who of [visitors.member, visitors.officer, visitors.administrator]) {
        const answer = await house.ask(who, { method: 'GET', url })
        expect(answer.headers['cache-control'], url).toBe('no-store')
      }
    }
  })
})

describe('an administrator', () => {
  test('does not read the register, which names members', async () => {
    for (const url of ['/registers', '/registers/2026.xlsx', '/registers/2026.pdf']) {
      const answer = await house.ask(house.visitors.administrator, { method: 'GET', url, headers: PROGRAM })
      expect(codeOf(answer), url).toBe('registry.administrators-read-no-members')
    }
    const clerk = await house.ask(house.visitors.officer, { method: 'GET', url: '/registers' })
    expect(clerk.statusCode).toBe(200)
  })

  test('gives no office to themselves, neither by form nor by list', async () => {
    const { memberId } = house.visitors.administrator
    const { personalId, name } = await house.database.read.one<{ personalId: string; name: string }>(sql`
      select personal_id as "personalId", full_name as name from member where id = ${memberId}`)
    const office = { position: 'cell-secretary', organisationCode: '79.021.013.000.001' }
    const asked = await house.ask(house.visitors.administrator, {
      method: 'POST',
      url: '/settings/offices',
      headers: { ...PROGRAM, 'content-type': 'application/json' },
      payload: { personalId, ...office, since: '2026-01-01' },
    })
    expect(codeOf(asked)).toBe('office.own')
    const list = [
      'STT,Số định danh cá nhân,Họ và tên,Chức vụ,Mã tổ chức đảng,Từ ngày',
      `1,${personalId},${name},Bí thư chi bộ,${office.organisationCode},01/01/2026`,
      `2,${personalId},${name},Quản trị hệ thống,${office.organisationCode},01/01/2026`,
    ].join('\r\n')
    const importing = (runBy: string | undefined) =>
      runImport(house.database, {
        kind: 'offices',
        bytes: Buffer.from(`\ufeff${list}`),
        fileName: 'chuc-vu.csv',
        dryRun: true,
        today: '2026-11-20',
        runBy,
        allowTestPrefixes: true,
      })
    const own = await importing(memberId)
    expect(own.report.problems.map(({ code }) => code)).toEqual([
      'office.own',
      'office.own',
      'office.administrator',
    ])
    expect(own.report.imported).toBe(0)
    expect((await importing(undefined)).report.imported).toBe(2)
  })

  test('cannot pass on rights over the system', async () => {
    const { administrator, member } = house.visitors
    const grantId = await delegate(administrator.memberId, {
      memberId: member.memberId,
      officeId: administrator.officeId ?? '',
    })
    const answer = await house.ask(await acting(member.memberId, grantId), {
      method: 'POST',
      url: '/settings/calendar/remove',
      headers: { ...PROGRAM, 'content-type': 'application/json' },
      payload: { day: '2030-01-01' },
    })
    expect(codeOf(answer)).toBe('identity.administrators-only')
  })

  test('does not act for members who entrusted their committee', async () => {
    const { administrator, officer: clerk, member } = house.visitors
    const id = await delegate(member.memberId, { organisationId: house.world.ward })
    const keys = async (memberId: string) =>
      (await hatsOf(house.database.read, memberId, '2026-11-20')).map(({ key }) => key)
    expect(await keys(clerk.memberId)).toContain(`grant:${id}`)
    expect(await keys(administrator.memberId)).not.toContain(`grant:${id}`)
  })
})

describe('an inspection chair', () => {
  test('neither reads nor lifts a hold of the own, and passes none of it on', async () => {
    const chair = await officer('Chủ Nhiệm Tự Xét', {
      position: 'inspection-chair',
      organisationId: house.world.ward,
    })
    const holdId = randomUUID()
    await house.database.transaction((write) =>
      setHold(write, {
        id: holdId,
        memberId: chair.memberId,
        kind: 'complaint',
        basis: 'Đơn số 1',
        setOn: '2026-11-01',
        setBy: house.visitors.officer.memberId,
        setByOffice: null,
      }),
    )
    const address = `/api/v1/members/${chair.memberId}/holds`
    const lift = {
      method: 'POST',
      url: `${address}/${holdId}/lift`,
      headers: { ...PROGRAM, 'content-type': 'application/json' },
      payload: { commandId: randomUUID(), basis: 'tự gỡ' },
    } as const
    expect(codeOf(await house.ask(chair.visitor, { method: 'GET', url: address }))).toBe('member.unknown')
    expect(codeOf(await house.ask(chair.visitor, lift))).toBe('member.unknown')
    const { member } = house.visitors
    const grantId = await delegate(chair.memberId, {
      memberId: member.memberId,
      officeId: chair.officeIds[0] ?? '',
    })
    expect(codeOf(await house.ask(await acting(member.memberId, grantId), lift))).toBe(
      'registry.not-delegated',
    )
    expect(await holdsOf(house.database.read, chair.memberId)).toHaveLength(1)
  })
})

test('half-filled forms do not pile up under names made up for it', async () => {
  const { memberId } = house.visitors.member
  const dossierId = randomUUID()
  const keep = (form: string, a: string) =>
    house.database.transaction((write) =>
      keepDraft(write, { memberId, dossierId, form }, { a }, new Date('2026-11-20')),
    )
  for (let index = 0; index < 45; index++) await keep(`form-${index}`, 'first')
  await keep('form-1', 'again')
  const kept = await draftsOf(house.database.read, memberId, dossierId)
  expect(Object.keys(kept)).toHaveLength(40)
  expect(kept['form-1']).toEqual({ a: 'again' })
})

test('a form opened in one hat is not sent in another', async () => {
  const { ward, cell } = house.world
  const { visitor, officeIds } = await officer(
    'Hai Chức Vụ',
    { position: 'building-officer', organisationId: ward },
    { position: 'cell-secretary', organisationId: cell },
  )
  const page = await house.ask(visitor, { method: 'GET', url: '/notices' })
  const token = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const post = (url: string, fields: Record<string, string>) =>
    house.ask(visitor, {
      method: 'POST',
      url,
      headers: { ...PROGRAM, 'x-csrf-token': token, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  expect((await post('/notices/read', { ids: 'all' })).statusCode).toBe(303)
  expect((await post('/hat', { hat: `office:${officeIds[1]}` })).statusCode).toBe(303)
  expect(codeOf(await post('/notices/read', { ids: 'all' }))).toBe('identity.hat-changed')
  // another hat, and away: these are about the session, whatever hat the page was made in
  expect((await post('/hat', { hat: `office:${officeIds[0]}` })).statusCode).toBe(303)
  expect((await post('/notices/read', { ids: 'all' })).statusCode).toBe(303)
  expect((await post('/hat', { hat: 'member' })).statusCode).toBe(303)
  expect((await post('/sign-out', { csrf: token })).statusCode).toBe(303)
})

test('a file that trusted people signed, but nobody here issued, is not taken for a paper of ours', async () => {
  const { steps, pdf } = await signedReferral()
  const trust = [(await exampleKeys()).root.certificatePem]
  const at = new Date('2026-11-20T00:00:00Z')
  const { read } = house.database
  const resultOf = async (bytes: Uint8Array, token?: string) =>
    (await checkFile({ database: { read }, readers: READ_HERE }, bytes, { trust }, at, token)).result
  const half = steps[1] ?? pdf
  const [token, other] = [newToken(), newToken()]
  expect([await resultOf(half), await resultOf(pdf), await resultOf(pdf, token)]).toEqual([
    'unknown',
    'unknown',
    'unknown',
  ])
  const id = randomUUID()
  await house.database.transaction(async (write) => {
    await write.run(sql`
      insert into paper (id, kind, organisation_id, token, created_at, sha256)
      values (${id}, 'referral', ${house.world.ward}, ${token}, ${at}, ${await storeFile(write, half, 'pdf')})`)
  })
  expect(await resultOf(half, token)).toBe('ours')
  await house.database.transaction(async (write) => {
    await storeFile(write, pdf, 'pdf')
    await write.run(sql`update paper set sha256 = ${sha256Of(pdf)} where id = ${id}`)
  })
  expect([await resultOf(half), await resultOf(pdf), await resultOf(pdf, other)]).toEqual([
    'earlier',
    'ours',
    'other',
  ])
})

describe('the application’s own role', () => {
  const DENIED = '42501'
  const FORBIDDEN = [
    sql`update dossier_event set data = '{}'`,
    sql`delete from dossier_event`,
    sql`update command_done set digest = ''`,
    sql`delete from command_done`,
    sql`update file set bytes = ''`,
    sql`delete from file`,
    sql`update paper set token = 'x'`,
    sql`update paper set dossier_id = null`,
    sql`delete from paper`,
    sql`update paper_revision set paper_id = paper_id`,
    sql`update dossier set subject_id = subject_id`,
    sql`delete from dossier`,
    sql`update refused_upload set confidentiality = ''`,
    sql`update import_run set summary = null`,
    sql`delete from import_run`,
    sql`delete from import_problem`,
    sql`update member_hold set basis = 'x'`,
    sql`delete from member_hold`,
    sql`update member_reading set reason = 'x'`,
    sql`update correction_request set proposed = 'x'`,
    sql`update delegation set valid_to = '2199-01-01'`,
    sql`update office set position = 'system-administrator'`,
    sql`delete from office`,
    sql`update membership set organisation_id = organisation_id`,
    sql`update account set subject = 'x'`,
    sql`update notice set facts = '{}'`,
    sql`update dossier_file set sha256 = sha256`,
    sql`update position set name = 'x'`,
    sql`update organisation_kind set has_seal = true`,
    sql`update organisation set code = null`,
    sql`update migration set checksum = 'x'`,
    sql`drop table member`,
  ]

  test.each(FORBIDDEN.map((query, index) => [index, query] as const))(
    'may not: %i',
    async (_index, query) => {
      const asked = house.database.transaction((write) => write.run(query))
      await expect(asked).rejects.toMatchObject({ code: DENIED })
    },
  )

  test('a number in the register stays, and a voided paper stays void', async () => {
    const id = randomUUID()
    await house.database.transaction((write) =>
      write.run(sql`
        insert into paper (id, kind, organisation_id, token, created_at, series, term, number, voided_at, void_reason)
        values (${id}, 'referral', ${house.world.ward}, ${newToken()}, now(), 'GGT', 'term', 1, now(), 'sai tên')`),
    )
    for (const change of [
      sql`number = 2`,
      sql`number = null, series = null`,
      sql`voided_at = null, void_reason = null`,
    ])
      await expect(
        house.database.transaction((write) => write.run(sql`update paper set ${change} where id = ${id}`)),
      ).rejects.toMatchObject({ code: DENIED })
  })
})
