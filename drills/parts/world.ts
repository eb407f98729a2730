/** Who is at work while a drill breaks things: a bank, members who declare, transfers on their way, a cell that comments. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fillFees, FEE_VND, type Payable } from '../../bench/parts/fees.ts'
import { decisionPdf } from '../../src/app/story/decision.ts'
import { requestOf } from '../../src/app/story/official-transfer.ts'
import { envelope, visitor, type Visitor } from '../../src/app/story/visitor.ts'
import { openDatabase, sql, type Read } from '../../src/kernel/db.ts'
import { addDays, addToMonth, monthOf, todayIn, type PlainDate } from '../../src/kernel/plain-date.ts'
import { sepayCallback } from '../../src/payments/callbacks/signing.ts'
import { DEMO_DESTINATION_CELL, demoPeople, type DemoRole } from '../../src/registry/demo.ts'
import { findOrganisationByCode } from '../../src/registry/organisations/store.ts'
import type { Act, Load, Outcome } from './load.ts'

const TRANSFERS = '/api/v1/official-transfers'
const COMMENTS = '/api/v1/residence-comments'

const CALLERS = 6
/** Of the callbacks, so many tell of what was told before. */
const TOLD_AGAIN = 0.2
const BETWEEN_CALLS_MS = 30
const BETWEEN_ACTS_MS = 40
const DECLARERS = 3
const MOVERS = 3
/** Signing wants a sign-in no older than five minutes. */
const SIGN_IN_AGAIN_MS = 150_000
const SEAL_WAIT_MS = 120_000
const BACK_WITHIN_MS = 120_000

export interface World {
  /** Money of an order nobody has paid yet; undefined when none is left. */
  newMoney(): Act | undefined
  /** Puts everybody to work. */
  work(load: Load): void
}

interface Person extends Visitor {
  readonly memberId: string
}

/**
 * Fills orders in beside the demo and signs its people in.
 *
 * @param orders how many payments the bank can tell of
 * @param secret with which the bank signs
 * @param sealsMayFail the key of a seal may be away: the clerk has it tried again
 */
export async function openWorld(
  base: string,
  databaseUrl: string,
  {
    orders,
    secret,
    sealsMayFail = false,
  }: { readonly orders: number; readonly secret: string; readonly sealsMayFail?: boolean },
): Promise<World> {
  const payables = await fillFees(databaseUrl, orders)
  const database = openDatabase(databaseUrl, { connections: 2 })
  try {
    const today = todayIn(new Date())
    const { read } = database
    const destination = await findOrganisationByCode(read, DEMO_DESTINATION_CELL, today)
    if (!destination) throw new Error('the demo has no destination')
    const officers = await signIn(base, read, today)
    const spare = await peopleOfTheCell(base, read, MOVERS + DECLARERS)
    const comments = await commentsWithTheCell(officers.cell)
    const bank = openBank(base, secret, payables)
    // Yesterday's day stands on papers also when the drill goes past midnight or the clock jumps.
    const saidOn = addDays(today, -1)
    const movers = spare.slice(0, MOVERS)
    const decision = await decisionPdf()
    return {
      newMoney: bank.newMoney,
      work(load) {
        for (let each = 0; each < CALLERS; each += 1) load.begin(() => bank.call(load))
        for (const who of spare.slice(MOVERS)) load.begin(() => declareAndWithdraw(load, who, saidOn))
        const request = requestOf({ destinationCellId: destination.id }, saidOn)
        for (const who of movers)
          load.begin(() =>
            moveAndWithdraw(load, {
              ...officers,
              member: who,
              today: saidOn,
              request,
              decision,
              sealsMayFail,
            }),
          )
        load.begin(() => comment(load, officers.cell, comments))
      },
    }
  } finally {
    await database.close()
  }
}

const OFFICERS = {
  secretary: 'cell-secretary',
  deputy: 'ward-deputy-secretary',
  clerk: 'ward-clerk',
  cell: 'destination-cell-secretary',
} as const satisfies Record<string, DemoRole>
type Officers = Readonly<Record<keyof typeof OFFICERS, Visitor>>

async function signIn(base: string, read: Read, today: PlainDate): Promise<Officers> {
  const people = await demoPeople(read, today)
  const signed = await Promise.all(
    Object.entries(OFFICERS).map(async ([part, role]) => {
      const found = people.find((each) => each.role === role)
      if (!found?.position) throw new Error(`the demo has no ${role}`)
      const { personalId, position } = found
      return [part, keptFresh(await visitor(base, role, { personalId, position }))] as const
    }),
  )
  return Object.fromEntries(signed) as Officers
}

/** Signs in anew before the sign-in is too old for signing; while the system is away, as soon as it is back. */
function keptFresh(who: Visitor): Visitor {
  let signedInAt = performance.now()
  let signing: Promise<void> | undefined
  const signIn = (): Promise<void> =>
    (signing ??= patiently(who.signIn).finally(() => {
      signedInAt = performance.now()
      signing = undefined
    }))
  return {
    ...who,
    signIn,
    async tryPost(path, body) {
      if (signing) await signing
      else if (performance.now() - signedInAt > SIGN_IN_AGAIN_MS) await signIn()
      return who.tryPost(path, body)
    },
  }
}

async function patiently(act: () => Promise<void>): Promise<void> {
  const until = performance.now() + BACK_WITHIN_MS
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (performance.now() > until) throw error
      await pause(300)
    }
  }
}

/** Members of the demo's cell without an office and without anything under way. */
async function peopleOfTheCell(base: string, read: Read, count: number): Promise<Person[]> {
  const rows = await read.rows<{ memberId: string; personalId: string }>(sql`
    select m.id as "memberId", m.personal_id as "personalId"
      from organisation o join membership s on s.organisation_id = o.id and s.until is null and s.standing = 'active'
      join member m on m.id = s.member_id and m.standing = 'active' and m.personal_id is not null
     where o.code = '79.021.013.000.001'
       and not exists (select from office f where f.member_id = m.id)
       and not exists (select from dossier d where d.subject_id = m.id and d.is_open)
       and not exists (select from fee_declaration d where d.member_id = m.id and d.status = 'sent')
       and not exists (select from member_hold h where h.member_id = m.id)
     order by m.sort_key, m.id limit ${count}`)
  if (rows.length < count) throw new Error(`the demo's cell has only ${rows.length} members to work with`)
  return Promise.all(
    rows.map(async ({ memberId, personalId }, place) => {
      const who = await visitor(base, `member ${place + 1}`, { personalId })
      return { ...who, signIn: () => patiently(who.signIn), memberId }
    }),
  )
}

async function commentsWithTheCell(cell: Visitor): Promise<string[]> {
  const { comments } = await cell.json<{ comments: { id: string; status: string }[] }>(COMMENTS)
  const open = comments.filter(({ status }) => status === 'with-cell' || status === 'drafted')
  if (open.length === 0) throw new Error('the demo has no comment with its cell')
  return open.map(({ id }) => id)
}

function openBank(base: string, secret: string, payables: readonly Payable[]) {
  let told = 0
  const money = (number: number): Act => ({
    key: `bank ${number}`,
    kind: 'paying',
    what: 'bank callback',
    send: () => tell(base, secret, number, payables[number - 1]!),
  })
  const newMoney = () => (told < payables.length ? money((told += 1)) : undefined)
  return {
    newMoney,
    async call(load: Load): Promise<void> {
      const again = told > 0 && Math.random() < TOLD_AGAIN
      const act = (again ? undefined : newMoney()) ?? money(1 + Math.floor(Math.random() * told))
      await load.perform(act)
      await pause(BETWEEN_CALLS_MS)
    },
  }
}

async function tell(base: string, secret: string, id: number, payable: Payable): Promise<Response> {
  const { headers, body } = sepayCallback(
    {
      id,
      bankReference: `FT${id}`,
      accountNumber: payable.accountNumber,
      amountVnd: FEE_VND,
      direction: 'in',
      content: `chuyen tien ${payable.key}`,
      bookedAt: '2026-06-05 08:00:00',
    },
    { kind: 'signature', secret },
    new Date(),
  )
  return fetch(`${base}/api/v1/bank-callbacks/sepay`, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: body as Uint8Array<ArrayBuffer>,
  })
}

/** Declares for next month and takes it back, so that the next can be sent. */
async function declareAndWithdraw(load: Load, who: Person, today: PlainDate): Promise<void> {
  const id = randomUUID()
  const salary = 5_000_000 + Math.floor(Math.random() * 20) * 100_000
  const body = {
    commandId: id,
    fromPeriod: addToMonth(monthOf(today), 2),
    facts: { insured: true, insuredSalaryPreviousMonthVnd: salary },
    declared: true,
  }
  const declared: Act = {
    key: `declare ${id}`,
    kind: 'declaring',
    what: 'declare',
    send: () => who.tryPost('/api/v1/fees/declarations', body),
    renew: () => who.signIn(),
  }
  await load.demand(declared)
  await pause(BETWEEN_ACTS_MS)
  const withdrawn: Act = {
    key: `withdraw ${id}`,
    kind: 'declaring',
    what: 'withdraw',
    send: () => who.postForm('/fees/declare/withdraw', { declaration: id }),
    renew: () => who.signIn(),
  }
  await load.demand(withdrawn)
  await pause(BETWEEN_ACTS_MS)
}

interface Move extends Officers {
  readonly member: Visitor
  readonly today: PlainDate
  readonly request: object
  readonly decision: Uint8Array
  readonly sealsMayFail: boolean
}

/** A paper whose signature states a later time, by a clock that stood wrong, is signed no further: it is made anew. */
const SIGNED_LATER = 'signature.before-the-last'

/** A transfer up to its second sealed letter, then withdrawn: the same member begins anew. */
async function moveAndWithdraw(load: Load, move: Move): Promise<void> {
  const { member } = move
  const address = `${TRANSFERS}/${randomUUID()}`
  await referred(load, move, address)
  const fields = { reason: 'Không chuyển nữa.' }
  await oneCommand(load, member, { address, command: 'withdraw', fields, kind: 'transferring' })
}

async function referred(load: Load, move: Move, address: string): Promise<void> {
  const { member, secretary, deputy, clerk, today } = move
  /** @returns whether it was done */
  const ask = async (who: Visitor, command: string, fields: object): Promise<boolean> => {
    const kind = command === 'sign-referral' || command === 'take-number' ? 'signing' : 'transferring'
    return (await oneCommand(load, who, { address, command, fields, kind })) === 'acknowledged'
  }
  await ask(member, 'save-draft', move.request)
  await attach(load, member, address, move.decision)
  await ask(member, 'submit', { declared: true })
  await ask(secretary, 'accept-intake', {})
  const signed = await ask(secretary, 'sign-referral', {
    meetingOn: today,
    comment: 'Chi bộ nhất trí với bản tự kiểm điểm.',
    feesPaidThrough: today.slice(0, 7),
    feesReason: 'Đồng chí đã nộp đủ tại buổi họp, chi bộ ghi sổ sau.',
  })
  const comment = { committeeComment: 'Đảng ủy nhất trí với nhận xét của chi bộ.', supplementUpToDate: true }
  const numbered =
    signed && (await ask(deputy, 'sign-referral', comment)) && (await ask(clerk, 'take-number', {}))
  const again = move.sealsMayFail ? () => ask(clerk, 'retry-seal', {}) : undefined
  if (numbered) await untilSealed(clerk, address, again)
}

interface Command {
  readonly address: string
  readonly command: string
  readonly fields: object
  readonly kind: Act['kind']
}

/** One command under an id of its own. */
async function oneCommand(
  load: Load,
  who: Visitor,
  { address, command, fields, kind }: Command,
): Promise<Outcome> {
  const body = { ...envelope(), ...fields }
  const act: Act = {
    key: body.commandId,
    kind,
    what: command,
    send: () => who.tryPost(`${address}/${command}`, body),
    renew: () => who.signIn(),
  }
  const outcome = await load.demand(act, SIGNED_LATER)
  await pause(BETWEEN_ACTS_MS)
  return outcome
}

async function attach(load: Load, who: Visitor, address: string, bytes: Uint8Array): Promise<void> {
  const commandId = randomUUID()
  const fields = { commandId, role: 'decision', confidentiality: 'NON_SECRET' }
  const file = { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes }
  const act: Act = {
    key: commandId,
    kind: 'transferring',
    what: 'attach-file',
    send: () => who.tryUpload(`${address}/files`, fields, file),
    renew: () => who.signIn(),
  }
  await load.demand(act)
}

interface Seen {
  readonly status: string
  readonly sealFailure: string | null
}

/** @param again how the clerk has it tried again, where a seal may fail for want of its key; undefined: nowhere else */
async function untilSealed(
  who: Visitor,
  address: string,
  again: (() => Promise<boolean>) | undefined,
): Promise<void> {
  const until = performance.now() + SEAL_WAIT_MS
  for (;;) {
    const answer = await who.get(address).catch(() => undefined)
    if (answer?.status === 401 || answer?.status === 403) await who.signIn()
    const seen = answer?.ok ? ((await answer.json().catch(() => undefined)) as Seen | undefined) : undefined
    if (seen?.status === 'committee-review' || seen?.sealFailure === SIGNED_LATER) return
    if (seen?.status === 'sealing-failed' && again) await again()
    else if (seen?.status === 'sealing-failed' || performance.now() > until)
      throw new Error(`a letter was not sealed: ${seen?.status ?? 'no answer'}`)
    await pause(200)
  }
}

async function comment(load: Load, cell: Visitor, ids: readonly string[]): Promise<void> {
  const id = ids[Math.floor(Math.random() * ids.length)]!
  const fields = { freeText: `Nhận xét lần ${Math.floor(Math.random() * 1_000_000)}.` }
  await oneCommand(load, cell, {
    address: `${COMMENTS}/${id}`,
    command: 'save-draft',
    fields,
    kind: 'commenting',
  })
}
