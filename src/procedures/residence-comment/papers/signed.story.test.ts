/** Who asks, refers or replies in an office that signs, signs by it: the papers told through the front door, and what certificates that end do to them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { commentsAtCell, drafted } from '../../../../tests/residence-comments.ts'
import { wordsIn } from '../../../../tests/stay-papers.ts'
import type { Answer, Problem, Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type OfficerRole, type TransferWorld } from '../../../../tests/transfer-world.ts'
import type { SignerSource } from '../../../app/signing.ts'
import { noCertificate } from '../../../app/signing.ts'
import { sql } from '../../../kernel/db.ts'
import { issueTestCertificate, makeTestAuthority } from '../../../signatures/authority.ts'
import { readPem, type Certificate } from '../../../signatures/certificates.ts'
import { certificateEnded } from '../../../signatures/ended.ts'
import type { CommentView, ReferralView } from '../contract.ts'

const COMMENTS = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'
let world: TransferWorld
/** Organisations without a certificate just now; whose certificate ended, and after how many looks it did. */
const without = new Set<string>()
let ended: { readonly memberId: string; after: number } | undefined
let over: Certificate

beforeAll(async () => {
  const validity = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-11-15T17:00:00Z') }
  const authority = await makeTestAuthority('CA cũ', { ...validity, to: new Date('2030-01-01T00:00:00Z') })
  const issued = await issueTestCertificate(authority, { kind: 'person', name: 'Hết Hạn' }, validity)
  over = readPem(issued.certificatePem)[0]!
  world = await openTransferWorld({
    signers: (test): SignerSource => ({
      ...test,
      async whyNotPerson(id) {
        const isOver = ended?.memberId === id && (ended.after -= 1) < 0
        return isOver ? certificateEnded('person', over) : test.whyNotPerson(id)
      },
      async forOrganisation(id) {
        if (without.has(id)) throw noCertificate('organisation')
        return test.forOrganisation(id)
      },
    }),
  })
})
beforeEach(() => {
  world.day('2026-11-16', '09:00')
  without.clear()
  ended = undefined
})
afterAll(() => world.close())

const act = (who: Visitor, api: string, id: string, command: string, fields: object = {}) =>
  who.post(`${api}/${id}/${command}`, { commandId: randomUUID(), ...fields })
async function done(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer
  if (status !== 200) throw new Error(`${status} ${text.slice(0, 500)}`)
}

/** Referred by the workplace and accepted by the commune, each signing. */
async function referred(name: string): Promise<{ memberId: string; referral: string; visitor: Visitor }> {
  const { wardDeputy, destinationDeputy } = world.officers
  const visitor = await world.member(name)
  const { memberId } = visitor
  const referral = randomUUID()
  const fields = { memberId, communeId: world.places.otherWard, address: 'Số 1, đường Một' }
  await done(act(wardDeputy, REFERRALS, referral, 'refer', fields))
  await done(act(destinationDeputy, REFERRALS, referral, 'accept', { cellId: world.places.otherCell }))
  return { memberId, referral, visitor }
}

/** The page on which many are asked about, sent. */
const askOnPage = (who: Visitor, chosen: readonly string[], commandId: string = randomUUID()) =>
  who.form('/residence-comments/ask', { act: 'ask', commandId, year: '2026', purpose: 'yearly', chosen })

async function commentOf(memberId: string): Promise<string> {
  const { id } = await world.database.read.one<{ id: string }>(
    sql`select dossier_id as id from residence_comment where member_id = ${memberId} and is_open`,
  )
  return id
}

/** What anybody's check of an opened paper finds. */
async function checked(who: Visitor, address: string) {
  const file = await who.get(address)
  if (file.status !== 200) throw new Error(`${address}: ${file.status} ${file.text.slice(0, 200)}`)
  const handedIn = { name: 'giay.pdf', type: 'application/pdf', bytes: file.bytes }
  const found = (await who.upload('/api/v1/verify', {}, handedIn)).json<{
    result: string
    problems: string[]
    paper: { standing: string }
    signatures: { place: string; standing: string; organisation: string }[]
  }>()
  return { ...found, text: await wordsIn(file), places: found.signatures.map(({ place }) => place) }
}

/** An officer who signed in too long ago to sign. */
async function stale(role: OfficerRole): Promise<Visitor> {
  const who = world.officers[role]
  const { id } = await world.database.read.one<{ id: string }>(
    sql`select id from office where member_id = ${who.memberId}`,
  )
  return world.signIn(who, { officeId: id, grantId: null }, 30)
}

test('a leader asks about many and signs all requests by one act, confirmed freshly; each is made by the press and sealed', async () => {
  const people = [await referred('Tô Một'), await referred('Tô Hai'), await referred('Tô Ba')]
  const chosen = people.map(({ memberId }) => memberId)
  const late = await stale('wardDeputy')
  const offered = await late.get('/residence-comments/ask')
  expect(offered.text).toContain('Gửi là ký')
  expect(offered.text).toContain('href="/sign-in/start?return=%2Fresidence-comments%2Fask"')
  expect(offered.text).not.toContain('Xin ý kiến cho những người đã chọn</button>')
  const refused = await late.post(`${COMMENTS}/ask`, {
    commandId: randomUUID(),
    year: 2026,
    purpose: 'yearly',
    chosen,
  })
  const { asked, results: each } = refused.json<{ asked: number; results: { refusal: Problem }[] }>()
  expect(asked).toBe(0)
  expect(each.map(({ refusal }) => refusal.code)).toEqual(chosen.map(() => 'identity.stale-sign-in'))

  const { wardDeputy, foreignDeputy } = world.officers
  const formId = randomUUID()
  const results = await askOnPage(wardDeputy, chosen, formId)
  expect(results.text).toContain('Đã gửi: 3. Chưa gửi được: 0.')
  expect(results.text.match(/Đồng chí đã ký phiếu xin ý kiến/g)).toHaveLength(3)
  const id = await commentOf(chosen[0]!)
  const at = `/residence-comments/${id}`
  expect((await wardDeputy.get(at)).text).toContain('đã ghi, đang lập và ký số')
  expect((await wardDeputy.get(`${at}/request.pdf`)).text).toContain('Giấy đang được ký')
  await world.work()
  for (const memberId of chosen) {
    const paper = await checked(wardDeputy, `/residence-comments/${await commentOf(memberId)}/request.pdf`)
    expect(paper).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
    expect(paper.places).toEqual(['person', 'organisation'])
    for (const words of ['T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ', 'Phó Bí Thư Tân Tạo', 'năm 2026'])
      expect(paper.text).toContain(words)
    expect(paper.text).not.toContain('Người gửi yêu cầu')
  }
  expect((await wardDeputy.get(at)).text).toContain('Phiếu xin ý kiến, đã ký, đóng dấu (PDF)')
  expect((await foreignDeputy.get(`${at}/request.pdf`)).status).toBe(404)

  // The same form once more makes nothing twice.
  const before = (await wardDeputy.get(`${at}/request.pdf`)).bytes
  await askOnPage(wardDeputy, chosen, formId)
  await world.work()
  expect((await wardDeputy.get(`${at}/request.pdf`)).bytes).toEqual(before)
  const { count } = await world.database.read.one<{ count: number }>(sql`
    select count(*)::int as count from paper p join dossier d on d.id = p.dossier_id
     where d.subject_id = any(${chosen}::uuid[]) and p.kind = 'residence-request'`)
  expect(count).toBe(3)
})

test('who asks and signs for nobody is named on the paper, and the system keeps it whole: an officer, the member', async () => {
  const { buildingOfficer } = world.officers
  const [one, two] = [await referred('Tạ Cán Bộ'), await referred('Tạ Tự Xin')]
  const results = await askOnPage(buildingOfficer, [one.memberId])
  expect(results.text).toContain('Đã gửi: 1. Chưa gửi được: 0.')
  expect(results.text).not.toContain('đã ký phiếu xin ý kiến')
  await done(act(two.visitor, COMMENTS, randomUUID(), 'request', { year: 2026, purpose: 'yearly' }))
  for (const [who, memberId, asker] of [
    [buildingOfficer, one.memberId, 'Cán Bộ Xây Dựng'],
    [two.visitor, two.memberId, 'Tạ Tự Xin'],
  ] as const) {
    const paper = await checked(who, `/residence-comments/${await commentOf(memberId)}/request.pdf`)
    expect(paper).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
    expect(paper.places).toEqual(['system'])
    expect(paper.text).toContain(`Người gửi yêu cầu: ${asker}`)
  }
})

test('the referral is signed by the workplace and replied to by the commune on the same paper; sent back it is void', async () => {
  const { wardDeputy, destinationDeputy, foreignDeputy } = world.officers
  const { memberId } = await world.member('Đỗ Thị Giới Thiệu')
  const referral = randomUUID()
  const fields = { communeId: world.places.otherWard, address: 'Số 9, đường Hai' }
  await done(act(wardDeputy, REFERRALS, referral, 'refer', { memberId, ...fields }))
  await world.work()
  const at = `/residence-referrals/${referral}`
  const pdf = `${at}/referral.pdf`
  const first = await checked(wardDeputy, pdf)
  expect(first).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
  expect(first.places).toEqual(['person', 'organisation'])
  expect(first.text).toContain('Số 9, đường Hai')

  await done(act(destinationDeputy, REFERRALS, referral, 'send-back', { reason: 'Sai số nhà' }))
  expect(await checked(wardDeputy, pdf)).toMatchObject({ result: 'voided' })
  await done(act(wardDeputy, REFERRALS, referral, 'correct', { ...fields, address: 'Số 10, đường Hai' }))
  const cellId = world.places.otherCell
  const late = await stale('destinationDeputy')
  expect((await act(late, REFERRALS, referral, 'accept', { cellId })).code).toBe('identity.stale-sign-in')
  await done(act(destinationDeputy, REFERRALS, referral, 'accept', { cellId }))
  await world.work()
  const whole = await checked(wardDeputy, pdf)
  expect(whole).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
  expect(whole.places).toEqual(['person', 'organisation', 'reply', 'reply-organisation'])
  expect(whole.signatures.map(({ standing }) => standing)).toEqual(Array(4).fill('valid'))
  expect(whole.text).toContain('Số 10, đường Hai')
  expect((await destinationDeputy.get(at)).text).toContain('Giấy giới thiệu, đã ký, đóng dấu (PDF)')
  expect((await wardDeputy.read<ReferralView>(`${REFERRALS}/${referral}`)).paper).toBe('whole')
  expect((await foreignDeputy.get(pdf)).status).toBe(404)
})

test('the workplace has no certificate to seal with: what was signed waits, its officers are told, a sweep does only the rest', async () => {
  const { wardDeputy } = world.officers
  const { memberId } = await referred('Đào Chờ Dấu')
  await world.work()
  without.add(world.places.ward)
  await askOnPage(wardDeputy, [memberId])
  await world.work()
  const at = `/residence-comments/${await commentOf(memberId)}`
  expect((await wardDeputy.get(at)).text).toContain('Phiếu xin ý kiến, còn chờ ký hoặc đóng dấu (PDF)')
  const waiting = await checked(wardDeputy, `${at}/request.pdf`)
  expect(waiting).toMatchObject({ places: ['person'], paper: { standing: 'incomplete' } })
  expect((await wardDeputy.notices()).join('\n')).toContain('chưa đóng dấu được vì chứng thư số')

  without.clear()
  world.day('2026-11-16', '09:30')
  await world.sweep()
  await world.work()
  const whole = await checked(wardDeputy, `${at}/request.pdf`)
  expect(whole).toMatchObject({ places: ['person', 'organisation'], paper: { standing: 'valid' } })
})

test('the signer’s certificate ended: told before anything is written, which one, since when and what to do', async () => {
  const { wardDeputy } = world.officers
  const { memberId } = await referred('Đào Hết Hạn')
  ended = { memberId: wardDeputy.memberId, after: 0 }
  const results = await askOnPage(wardDeputy, [memberId])
  expect(results.text).toContain('Đã gửi: 0. Chưa gửi được: 1.')
  expect(results.text).toContain('Chứng thư số không còn hiệu lực')
  const found = await world.database.read.maybe(
    sql`select 1 from residence_comment where member_id = ${memberId}`,
  )
  expect(found).toBeUndefined()
})

test('the cell’s certificate ends half way through its sitting: it says so before it signs, and after renewal only the rest is signed', async () => {
  const { destinationSecretary: cell } = world.officers
  const ids = await commentsAtCell(world, ['Đinh Một', 'Đinh Hai', 'Đinh Ba', 'Đinh Bốn'])
  for (const id of ids) await drafted(world, id)
  const chosen = async () => {
    const page = (await cell.get('/residence-comments/sitting')).text
    const boxes = page.match(/<input[^>]*name="chosen"[^>]*>/g) ?? []
    return boxes.filter((box) => box.includes('checked')).map((box) => /value="([^"]+)"/.exec(box)![1]!)
  }
  const sign = (values: readonly string[], commandId: string = randomUUID()) =>
    cell.form('/queue/bulk', { command: 'sign', commandId, chosen: values })
  const statuses = async () => {
    const all = await Promise.all(ids.map((id) => cell.read<CommentView>(`${COMMENTS}/${id}`)))
    return all.map(({ status }) => status).sort()
  }

  // Two are signed, then the certificate is over: the others are untouched, each with the reason.
  const all = await chosen()
  expect(all).toHaveLength(4)
  ended = { memberId: cell.memberId, after: 2 }
  const first = await sign(all)
  expect(first.text.match(/Chứng thư số mang số sê-ri [0-9A-F]+ chỉ có hiệu lực/g)).toHaveLength(2)
  expect(await statuses()).toEqual(['cell-signed', 'cell-signed', 'drafted', 'drafted'])
  const page = (await cell.get('/residence-comments/sitting')).text
  expect(page).toContain('Chứng thư số không còn hiệu lực')
  expect(page).toMatch(/chỉ có hiệu lực từ 07:00 01\/01\/2026 đến 00:00 16\/11\/2026/)
  expect(page).toContain('Chưa có gì được ký, chưa có gì được ghi')
  expect(page).toContain('đề nghị nơi cấp gia hạn')
  const [next] = (await chosen())[0]!.split('_')
  const alone = await act(cell, COMMENTS, next!, 'sign')
  expect(alone.json<Problem>()).toMatchObject({
    code: 'signing.certificate-ended',
    facts: { for: 'person', until: '2026-11-15T17:00:00.000Z' },
  })

  // Renewed: the page offers what is left, and only that is signed; each has one paper.
  ended = undefined
  const rest = await chosen()
  expect(rest).toHaveLength(2)
  const second = await sign(rest)
  expect(second.text).not.toContain('Chứng thư số mang số')
  expect(await statuses()).toEqual(ids.map(() => 'cell-signed'))
  await world.work()
  const { papers } = await world.database.read.one<{ papers: number }>(sql`
    select count(*)::int as papers from paper where kind = 'residence-comment' and dossier_id = any(${ids}::uuid[])`)
  expect(papers).toBe(4)
})
