/** How each route is asked in the matrix: which thing its address names, and a form well enough filled that the rule of scope answers. */
import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import type { RouteEntry } from '../src/app/route-table.ts'
import type { Scope } from '../src/web/scope.ts'
import { parametersOf } from '../src/web/scope.ts'
import type { Target } from './access-rules.ts'
import type { DossierThing, Things } from './access-places.ts'

/** Scopes that name somebody's thing by themselves. */
const TRIED: readonly Scope[] = [
  'dossier',
  'own-dossier',
  'registry-organisation',
  'members-of',
  'registry-member',
  'cell-member',
  'inspected-member',
  'bare-dossier',
  'reorganisation',
  'hand-over',
  'question',
  'correction',
  'import',
  'office',
  'fee-line',
  'fee-order',
  'fee-payment',
  'fee-member',
  'fee-declaration',
  'fee-organisation',
  'bank-line',
  'fee-relief',
  'fee-account',
  'fee-refund',
  'fee-remittance',
  'fee-below',
  'fee-drawing',
  'residence-comment',
  'residence-referral',
  'workplace-member',
  'own',
]

/** One thing asked for through one route. */
export interface Trial {
  readonly route: RouteEntry
  /** the parameter or field that names the thing */
  readonly named: string
  readonly target: Target
  /** tells trials of one route apart: 'a draft' */
  readonly about: string
  /** the request for the thing, and for one that nobody has */
  request(unknown: boolean): InjectOptions
}

interface Named {
  readonly target: Target
  readonly about: string
  readonly id: string
  readonly unknown: () => string
  /** more of the query */
  readonly query?: string
}

/** The things that a scope's parameter can name. */
function thingsOf(scope: Scope, route: RouteEntry, named: string, things: Things): Named[] {
  const one = (place: Target['place'], id: string, more: Partial<Named> = {}): Named[] => [
    { target: { scope, place }, about: '', id, unknown: randomUUID, ...more },
  ]
  const dossier = (about: keyof Things['dossiers']): Named => {
    const thing: DossierThing = things.dossiers[about]
    return {
      target: { scope, place: 'cell', dossier: thing },
      about,
      id: named === 'chosen' ? `${thing.id}_999` : thing.id,
      unknown: named === 'chosen' ? () => `${randomUUID()}_999` : randomUUID,
    }
  }
  const stay = (about: 'main' | 'draft'): Named => {
    const thing = things.stays[about]
    return { target: { scope, place: 'cell', dossier: thing }, about, id: thing.id, unknown: randomUUID }
  }
  if (scope === 'dossier' && isOfStay(route))
    return (isTelling(route) ? (['main', 'draft'] as const) : (['main'] as const)).map(stay)
  switch (scope) {
    case 'dossier':
      return (
        isTelling(route) ? (['main', 'received', 'draft', 'completed'] as const) : (['main'] as const)
      ).map(dossier)
    case 'own-dossier':
      return [dossier('main')]
    case 'registry-organisation':
    case 'members-of':
      return named === 'organisationCode'
        ? one('ward', things.organisation.code, { unknown: () => '79.999.999.999.999' })
        : [...one('ward', things.organisation.id), ...past(one('ward', things.organisation.id), route)]
    case 'registry-member':
      return [...one('cell', things.subject.memberId), ...past(one('cell', things.subject.memberId), route)]
    case 'cell-member':
      return one('cell', things.subject.memberId)
    case 'inspected-member':
      return one('cell', things.held.memberId)
    case 'bare-dossier':
      return [{ ...dossier('main'), id: things.dossierNumber, unknown: () => '79.999-2026-999999' }]
    case 'reorganisation':
      return one('ward', things.planId)
    case 'hand-over':
      return one('cell', things.handOverId)
    case 'question':
      return one('ward', things.questionId)
    case 'correction':
      return one('cell', things.correctionId)
    case 'import':
      if (named === 'under') return one('ward', things.organisation.id)
      return [
        ...one('ward', things.imports.attempt, { about: 'an attempt' }),
        ...(route.method === 'GET' ? one('ward', things.imports.run, { about: 'a run' }) : []),
      ]
    case 'fee-member':
      return one('cell', things.subject.memberId)
    case 'fee-declaration':
      return one('cell', things.feeDeclarationId)
    case 'fee-organisation':
      return one('ward', things.organisation.id)
    case 'bank-line':
      return one('cell', bankThing(named, route, things))
    case 'fee-relief':
      return one('cell', things.feeReliefId)
    case 'fee-account':
      return one('cell', things.fees.waitingAccount)
    case 'fee-remittance':
      return one('cell', things.feeRemittanceId)
    case 'fee-drawing':
      return one('cell', things.feeDrawingId)
    case 'fee-below':
      return one('cell', things.places.cell)
    case 'office':
      return one('ward', things.office.id)
    case 'fee-line':
      return feeThing(scope, things.fees.line, things, () => `${randomUUID()}_2026-09_0`)
    case 'fee-order':
      return feeThing(scope, things.fees.orderId, things)
    case 'fee-refund':
      return feeThing(scope, things.fees.refundId, things)
    case 'fee-payment':
      return feeThing(scope, things.fees.paymentId, things)
    case 'residence-comment':
    case 'residence-referral': {
      const dossier = things.residence[scope === 'residence-comment' ? 'comment' : 'referral']
      return one('ward', dossier.id, { target: { scope, place: 'ward', dossier } })
    }
    case 'workplace-member':
      return one('cell', things.subject.memberId)
    case 'own':
      return ownThing(scope, route, things)
    default:
      return []
  }
}

/** What was kept is a file no more: dropping tries another. */
function bankThing(named: string, { url }: RouteEntry, { fees }: Things): string {
  if (named === 'account') return fees.accountId
  if (named === 'line') return fees.bankLineId
  return url.endsWith('/drop') ? fees.otherFileId : fees.fileId
}

function feeThing(
  scope: Scope,
  id: string,
  { subject }: Things,
  unknown: () => string = randomUUID,
): Named[] {
  return [{ target: { scope, place: 'cell', owners: [subject.memberId] }, about: '', id, unknown }]
}

function ownThing(
  scope: Scope,
  { url }: RouteEntry,
  { own, subject, office, correctionId }: Things,
): Named[] {
  const target = { scope, place: 'cell', owners: [subject.memberId] } as const
  const about = ''
  const one = (id: string, owners: readonly string[] = target.owners): Named[] => [
    { target: { ...target, owners }, about, id, unknown: randomUUID },
  ]
  if (url.includes('session')) return one(own.session)
  if (url.includes('corrections')) return one(correctionId)
  if (url.includes('passkey')) return one(own.passkey)
  if (url.includes('queued')) return one(own.queued)
  if (url.includes('notices')) return one(own.notice)
  if (url === '/hat' || url.includes('/hats/')) {
    const hat = { target: { ...target, owners: [office.memberId] }, id: `office:${office.id}` }
    return [{ ...hat, about, unknown: () => `office:${randomUUID()}` }]
  }
  if (url.includes('/delegations/:id')) return one(own.delegation, [subject.memberId, own.delegate])
  return []
}

/** The registry as it was on a day: the same rule, of that day. */
const past = (named: readonly Named[], { method, url }: RouteEntry): Named[] =>
  method === 'GET' && url.endsWith('/:id')
    ? named.map((each) => ({ ...each, about: 'on a past day', query: 'on=2026-01-15' }))
    : []

/** Tried with dossiers in every telling state; the other routes of a dossier go through the same door. */
const isTelling = ({ url }: RouteEntry): boolean =>
  /^\/(transfers|temporary-transfers|api\/v1\/(official|temporary)-transfers)\/:id(\/take-number)?$/.test(
    url,
  ) || url === '/queue/bulk'

const isOfStay = ({ url }: RouteEntry): boolean => url.includes('/temporary-transfers/')

/** All trials of a route; a route that names nobody's thing has none. */
export function trialsOf(route: RouteEntry, things: Things): Trial[] {
  const inAddress = parametersOf(route.url)
  const named = Object.entries(route.scope).filter(([name, scope]) => {
    if (!TRIED.includes(scope)) return false
    // A field beside a thing in the address: tried by a test of its own, with an address the asker may open.
    return inAddress.includes(name) || !inAddress.some((each) => TRIED.includes(route.scope[each] ?? 'word'))
  })
  return named.flatMap(([name, scope]) =>
    thingsOf(scope, route, name, things).map(({ target, about, id, unknown, query }) => ({
      route,
      named: name,
      target,
      about,
      request(nobodys: boolean) {
        const request = requestOf(route, things, { [name]: nobodys ? unknown() : id })
        return query === undefined ? request : { ...request, url: `${String(request.url)}?${query}` }
      },
    })),
  )
}

/** What stands in the other places of an address. */
function companions(
  route: RouteEntry,
  { files, papers, held, stays }: Things,
): Readonly<Record<string, string>> {
  return {
    fileId: isOfStay(route) ? stays.fileId : files.own,
    paperId: isOfStay(route) ? stays.paperId : papers.own,
    step: 'case',
    holdId: held.holdId,
    form: 'withdraw',
    question: 'reason',
    type: 'dissolve',
    format: 'csv',
  }
}

/** The request with these names filled in: in the address, the query, or the body. */
export function requestOf(
  route: RouteEntry,
  things: Things,
  given: Readonly<Record<string, string>>,
): InjectOptions {
  const known = { ...companions(route, things), ...given }
  const inAddress = parametersOf(route.url)
  const url = route.url.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(known[name] ?? name))
  const fields = Object.fromEntries(Object.entries(given).filter(([name]) => !inAddress.includes(name)))
  const accept = { accept: route.url.startsWith('/api/') ? 'application/json' : 'text/html' }
  if (route.method === 'GET') {
    const query = new URLSearchParams(fields).toString()
    return { method: 'GET', url: query === '' ? url : `${url}?${query}`, headers: accept }
  }
  const body = { ...bodyOf(route, things), ...fields }
  const method = route.method as 'POST' | 'DELETE'
  if (/\/files(\/remove)?$|^\/import$|\/imports$|^\/fees\/bank$/.test(route.url))
    return { method, url, ...multipart(body), headers: { ...accept, ...multipart(body).headers } }
  if (route.url.startsWith('/api/'))
    return { method, url, headers: accept, ...(method === 'DELETE' ? {} : { payload: jsonOf(body, route) }) }
  return {
    method,
    url,
    payload: new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])).toString(),
    headers: { ...accept, 'content-type': 'application/x-www-form-urlencoded' },
  }
}

/** A list of ids in JSON is one id in a form. */
function jsonOf(body: Readonly<Record<string, unknown>>, { url }: RouteEntry): object {
  if (url.endsWith('/withdraw') && url.includes('my-record')) return {}
  if (url.endsWith('/imports/:id/run') || url.endsWith('/imports/:id/drop')) return {}
  if (url === '/api/v1/fees/orders') {
    const [memberId, period, number] = String(body.memberId).split('_')
    return { commandId: body.commandId, lines: [{ memberId, period, number: Number(number) }] }
  }
  if (url === '/api/v1/notices/read') return { ids: [body.ids] }
  return { ...body, ...(typeof body.items === 'string' ? { items: [body.items] } : {}) }
}

const BOUNDARY = 'trial'

/** A form with its fields and a small list or paper behind them. */
function multipart(fields: Readonly<Record<string, unknown>>) {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${String(value)}\r\n`,
  )
  const file =
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n` +
    `content-type: text/csv\r\n\r\nSTT,Họ và tên\r\n1,A\r\n--${BOUNDARY}--\r\n`
  return {
    payload: [...parts, file].join(''),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  }
}

/** An event number nobody saw: whoever may act is told that the dossier moved on, and nothing is done. */
const NEVER = 999

/** By the last word of the address. */
const BODIES: Readonly<Record<string, (things: Things) => Readonly<Record<string, unknown>>>> = {
  'begin-for': () => ({ dossierId: randomUUID() }),
  comment: () => ({ meetingOn: '2026-09-07', comment: 'Nhất trí.', feesPaidThrough: '2026-09' }),
  'sign-referral': () => ({ committeeComment: 'Nhất trí.' }),
  'ask-extension': () => ({ until: '2027-06-30' }),
  'write-return': () => ({ leftOn: '2026-09-07', comment: 'Tốt.', feesPaidThrough: '2026-09' }),
  'write-yearly-comment': () => ({
    attendance: 'full',
    tasks: 'Tốt.',
    discipline: 'Tốt.',
    strengths: 'Tốt.',
    weaknesses: 'Không.',
    proposal: 'Không.',
  }),
  'save-draft': () => ({ reason: 'residence' }),
  'detach-file': ({ files }) => ({ fileId: files.own }),
  submit: () => ({ declared: 'yes' }),
  'ask-supplement': () => ({ items: 'Giấy xác nhận' }),
  'answer-supplement': () => ({ note: 'Đã gửi.' }),
  'hand-over-file': () => ({ sealNumber: 'NP-1', handedOn: '2026-09-07' }),
  'explain-lateness': () => ({ explanation: 'Ốm.' }),
  'report-lost': () => ({ account: 'Mất.' }),
  revert: () => ({ decisionNumber: '1-QĐ/ĐU' }),
  receive: () => ({ receivedOn: '2026-09-07', on: '2026-09-07' }),
  send: () => ({ how: 'cash', on: '2026-09-07' }),
  'pay-down': () => ({ amount: '1.000', how: 'cash', on: '2026-09-07' }),
  ':organisation': () => ({ keep: '70', direction: 'bottom-up', from: '2026-09', source: 'Kết luận 1' }),
  'assign-cell': ({ places }) => ({ cellId: places.otherCell }),
  admit: () => ({ meetingOn: '2026-09-07' }),
  confidentiality: () => ({ confidentiality: 'NON_SECRET' }),
  holds: () => ({ kind: 'inspection', basis: 'QĐ 2' }),
  details: () => ({
    title: 'x',
    number: '1',
    issuer: 'x',
    signedOn: '2026-09-01',
    effectiveOn: '2026-12-01',
  }),
  remove: ({ files }) => ({ remove: files.own, step: '0' }),
  sign: () => ({ digest: '0'.repeat(64), place: 'person' }),
  lift: () => ({ basis: 'QĐ 3' }),
  offices: () => ({ personalId: '003000000000', position: 'office-clerk', since: '2026-09-01' }),
  collect: () => ({ by: 'cash' }),
  undo: () => ({ reason: 'Ghi nhầm.' }),
  refunds: () => ({ reason: 'twice', method: 'cash' }),
  verify: () => ({ how: 'one-dong', holderSeen: 'CHI BO KIN', note: 'Đã nhận.' }),
  bulk: () => ({ command: 'take-number' }),
  request: () => ({ year: '2026', purpose: 'yearly' }),
  ask: () => ({ year: '2026', purpose: 'yearly' }),
  route: ({ places }) => ({ cellId: places.otherCell }),
  accept: ({ places }) => ({ cellId: places.otherCell }),
  'send-back': () => ({ ground: 'other' }),
  refer: ({ places, subject }) => ({
    memberId: subject.memberId,
    communeId: places.otherWard,
    address: 'Lê Lợi',
  }),
  'mark-unreferred': ({ subject }) => ({ memberId: subject.memberId, ground: 'abroad' }),
  correct: ({ places }) => ({ communeId: places.otherWard, address: 'Lê Lợi' }),
  'set-exemption': () => ({ exempt: 'none' }),
  imports: () => ({ kind: 'members' }),
  import: () => ({ kind: 'members' }),
}

function bodyOf({ url }: RouteEntry, things: Things): Readonly<Record<string, unknown>> {
  const word = url.split('/').at(-1) ?? ''
  if (url.includes('questions/:id')) return { answer: 'Vì hồ sơ chuyển đi.' }
  const ofCorrection = url.endsWith('corrections/:id')
    ? { status: 'declined', value: '', answer: 'Không có căn cứ.' }
    : { reason: 'Vì thế thôi.' }
  const command = {
    commandId: randomUUID(),
    expectedNumber: NEVER,
    role: 'decision',
    confidentiality: 'NON_SECRET',
  }
  return { ...command, ...ofCorrection, ...BODIES[word]?.(things) }
}

/** The same page asked for as JSON. */
export function asJson(trial: Trial): Trial {
  return {
    ...trial,
    about: `${trial.about} as JSON`,
    request(nobodys) {
      const request = trial.request(nobodys)
      return { ...request, headers: { ...request.headers, accept: 'application/json' } }
    },
  }
}

/** A part of another thing, asked for through a thing the asker may see: as unknown as one that nobody has. */
export interface PartTrial extends Trial {
  readonly asker: string
}

export function partTrials(route: RouteEntry, things: Things): PartTrial[] {
  const { files, papers, held, dossiers, places, planId, stays } = things
  const foreign: Readonly<Record<string, readonly [asker: string, id: string]>> = {
    fileId: ['committee-secretary of ward', files.foreign],
    paperId: ['committee-secretary of ward', papers.foreign],
    holdId: ['inspection-chair of ward', held.otherHoldId],
    within: ['building-head of ward', places.thirdWard],
  }
  return Object.keys(foreign).flatMap((name) => {
    const found = foreign[name]
    const asked = route.method === 'GET' || parametersOf(route.url).includes(name)
    if (route.scope[name] !== 'part' || !found || !asked) return []
    const [asker, foreignId] = found
    const id =
      { holdId: held.memberId, within: planId }[name] ?? (isOfStay(route) ? stays.main.id : dossiers.main.id)
    const target: Target = { scope: 'part', place: 'cell' }
    const request = (nobodys: boolean) =>
      requestOf(route, things, { id, [name]: nobodys ? randomUUID() : foreignId })
    return [{ route, named: name, target, about: 'a foreign part', request, asker }]
  })
}
