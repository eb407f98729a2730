/** What somebody who came in by a passkey may change: drafts and the session itself, route by route; the rest waits for level 2. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieName } from '../src/identity/cookies.ts'
import { removePasskeys } from '../src/identity/passkeys.ts'
import { csrfOf } from '../src/identity/sessions.ts'
import { openHouse, type House, type Visitor, type VisitorKind } from './house.ts'
import { openPasskeySession } from './passkey-session.ts'

/** Changes that only draft, or are about the session, its keys and what it is shown: each one is a decision. */
const BY_PASSKEY = [
  'DELETE /api/v1/session',
  'DELETE /api/v1/sessions/:id',
  'POST /api/v1/bank-callbacks/casso',
  'POST /api/v1/bank-callbacks/payos',
  'POST /api/v1/bank-callbacks/sepay',
  'POST /api/v1/notices/read',
  'POST /api/v1/official-transfers/:id/detach-file',
  'POST /api/v1/official-transfers/:id/files',
  'POST /api/v1/official-transfers/:id/save-draft',
  'POST /api/v1/residence-comments/:id/save-draft',
  'POST /api/v1/temporary-transfers/:id/detach-file',
  'POST /api/v1/temporary-transfers/:id/files',
  'POST /api/v1/temporary-transfers/:id/save-draft',
  'POST /api/v1/verify',
  'POST /demo/bank',
  'POST /demo/vneid',
  'POST /fees/declare',
  'POST /fees/declare/draft',
  'POST /fees/members/:id/declare',
  'POST /fees/members/:id/declare/draft',
  'POST /hat',
  'POST /notices/read',
  'POST /passkeys/remove',
  'POST /preferences',
  'POST /queued/:id/withdraw',
  'POST /residence-comments/:id/save-draft',
  'POST /residence-comments/sitting/:id',
  'POST /residence-comments/sitting/column',
  'POST /residence-comments/sitting/front-board',
  'POST /sessions/end',
  'POST /sign-in/passkey',
  'POST /sign-in/passkey/options',
  'POST /sign-out',
  'POST /temporary-transfers/:id/detach-file',
  'POST /temporary-transfers/:id/files',
  'POST /temporary-transfers/:id/save-draft',
  'POST /temporary-transfers/begin',
  'POST /transfers/:id/confidentiality',
  'POST /transfers/:id/detach-file',
  'POST /transfers/:id/drafts/:form',
  'POST /transfers/:id/files',
  'POST /transfers/:id/files/remove',
  'POST /transfers/:id/questions/:question',
  'POST /transfers/:id/save-draft',
  'POST /transfers/begin',
  'POST /verify',
  'POST /verify/:token',
  'PUT /api/v1/hats/current',
]

const OF_COMMENTS = [
  'ask-again',
  'cancel',
  'confirm',
  'file',
  'request',
  'retry-seal',
  'return-to-cell',
  'route',
  'send-back',
  'sign',
].map((command) => `POST /residence-comments/:id/${command}`)
const OF_REFERRALS = [
  'accept',
  'assign-cell',
  'close',
  'correct',
  'mark-unreferred',
  'refer',
  'send-back',
  'set-exemption',
  'withdraw',
].map((command) => `POST /residence-referrals/:id/${command}`)
const OF_TRANSFERS = [
  'accept-intake',
  'admit',
  'answer-supplement',
  'ask-supplement',
  'assign-cell',
  'close-unanswered',
  'explain-lateness',
  'extend-intake',
  'hand-over-file',
  'receive',
  'refuse',
  'reissue',
  'report-lost',
  'retry-seal',
  'return',
  'return-from-destination',
  'revert',
  'sign-referral',
  'submit',
  'take-number',
  'void-referral',
  'withdraw',
].map((command) => `POST /transfers/:id/${command}`)

const OF_STAYS = [
  'admit',
  'ask-extension',
  'assign-cell',
  'comment',
  'convert',
  'decline',
  'grant-extension',
  'recall',
  'record-return',
  'refuse',
  'refuse-extension',
  'retry-seal',
  'send-back',
  'sign-referral',
  'submit',
  'take-number',
  'withdraw',
  'write-return',
  'write-yearly-comment',
].map((command) => `POST /temporary-transfers/:id/${command}`)

/** Forms whose act is written down and waits for level 2. */
const QUEUED = [...OF_COMMENTS, ...OF_REFERRALS, ...OF_STAYS, ...OF_TRANSFERS]

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const nameOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`
const changing = () =>
  house.server.routeTable.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))

test('changes that need less than level 2 are these and no others', () => {
  const of = (level: 'passkey' | 'queue') =>
    changing()
      .filter((route) => route.level === level)
      .map(nameOf)
      .sort()
  expect(of('passkey')).toEqual(BY_PASSKEY)
  expect(of('queue')).toEqual(QUEUED)
  expect(changing().length).toBeGreaterThan(BY_PASSKEY.length + QUEUED.length + 20)
})

test.each(['member', 'officer', 'administrator'] as const)(
  'a %s who came in by a passkey is kept from everything else before a word of it is read',
  async (kind) => {
    const wrong: string[] = []
    for (const route of changing()) {
      const { code, status } = await knock(kind, route)
      const kept = code === 'identity.level-2-needed'
      if (kept !== (route.level === undefined)) wrong.push(`${nameOf(route)}: ${status} ${code}`)
      if (kept && status !== 403) wrong.push(`${nameOf(route)}: kept out with ${status}`)
    }
    expect(wrong).toEqual([])
  },
)

test('reading goes on, and the head of every page tells of the lower level', async () => {
  const officer = await comeIn('officer')
  for (const url of ['/', '/registry', '/queued', '/sessions']) {
    const answer = await house.ask(officer, { method: 'GET', url })
    expect([url, answer.statusCode]).toEqual([url, 200])
    expect(answer.body).toContain('Đồng chí vào bằng khóa truy cập')
  }
})

async function comeIn(kind: Exclude<VisitorKind, 'nobody'>): Promise<Visitor> {
  const who = house.visitors[kind]
  const choice = { officeId: who.officeId, grantId: null }
  const secret = await house.database.transaction(async (write) => {
    // one key at a time: there is a most
    await removePasskeys(write, { memberId: who.memberId, which: 'all', why: 'owner', now: new Date() })
    return openPasskeySession(write, who.memberId, choice, new Date())
  })
  return { ...who, csrf: csrfOf(secret), cookies: { [cookieName('session', house.parts.publicUrl)]: secret } }
}

let knocks = 0

async function knock(kind: Exclude<VisitorKind, 'nobody'>, route: { method: string; url: string }) {
  const who = await comeIn(kind)
  knocks += 1
  const answer = await house.ask(who, {
    method: route.method as 'POST',
    url: route.url.replace(/:\w+/g, '0b6a1ad9-6c1f-4f0e-9d0a-1f5c8f6a7b10'),
    headers: { accept: 'application/json' },
    remoteAddress: `10.8.${knocks >> 8}.${knocks & 255}`,
    payload: {},
  })
  const isProblem = String(answer.headers['content-type']).includes('problem+json')
  return { status: answer.statusCode, code: isProblem ? String(answer.json<{ code: string }>().code) : '' }
}
