/** Asking for a relief, withdrawing, forwarding, deciding, ending early: each one transaction, and the same one asked twice done once. */
import { isUniqueViolation, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { monthOf, todayIn } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { holdersOf } from '../../../registry/offices/store.ts'
import { ancestorsOn } from '../../../registry/organisations/store.ts'
import { atOnce } from '../assessing/at-once.ts'
import { catchUp } from '../assessing/catching-up.ts'
import { decisionInWords } from '../assessing/granted.ts'
import type { Handler, Handling } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import { horizonOn, writeSchedule } from '../assessing/schedule.ts'
import { cellOf, refuseOwnAffair } from '../declaring/declare.ts'
import type { Step } from '../law/catching-up.ts'
import type { Period } from '../law/period.ts'
import {
  actsOn,
  deciderOf,
  refuseDecider,
  refuseEnd,
  refuseTerms,
  type ReliefAct,
} from '../law/relief/rules.ts'
import { RELIEF_WORKING_DAYS } from '../law/relief/settings.ts'
import { CELL_HANDLERS, HANDLERS } from '../law/who.ts'
import { besideTheTree } from '../paying/locks.ts'
import { BY_DELEGATION, type Asked, type Granting, type Relief } from './contract.ts'
import { holdsFor } from './holding.ts'
import {
  addRelief,
  closeRelief,
  endRelief,
  findRelief,
  forwardRelief,
  grantedOf,
  grantRelief,
  reliefIn,
} from './store.ts'

type Now = Pick<Context, 'at' | 'today' | 'settings' | 'calendar'>

export interface Asking {
  readonly id: string
  readonly memberId: string
  /** the member, or who writes on behalf */
  readonly askedBy: string
  readonly asked: Asked
}

/**
 * Sends a request to the cell that counts the member; its handlers are told, and the member where somebody else wrote it.
 *
 * @throws Refusal against-rule `party-fees.not-counted`; conflict `party-fees.relief-waits`; and what `refuseTerms`,
 *   `deciderOf` say
 */
export async function ask(database: Database, asking: Asking, now: Now): Promise<void> {
  try {
    await atOnce(database, (write) => askIn(write, asking, now))
  } catch (error) {
    if (isUniqueViolation(error, 'fee_relief_one_open'))
      throw new Refusal('conflict', 'party-fees.relief-waits')
    if (!isUniqueViolation(error, 'fee_relief_pkey')) throw error
  }
}

async function askIn(write: Write, { id, memberId, askedBy, asked }: Asking, now: Now): Promise<void> {
  const before = await findRelief(write, id)
  if (before) {
    if (before.memberId !== memberId) throw new Refusal('conflict', 'command.reused')
    return
  }
  const { at, today, settings, calendar } = now
  const cell = await cellOf(write, memberId)
  const month = monthOf(today)
  refuseTerms(asked, {
    askedIn: month,
    now: month,
    last: horizonOn(today),
    settings,
    others: await grantedOf(write, memberId, asked.kind),
  })
  const decider = deciderOf(
    asked.kind,
    await placesAbove(write, cell, await peopleSince(write, [memberId, askedBy], at), today),
    settings,
    asked.exemption?.by,
  )
  const dueOn = addWorkingDays(calendar, today, settings.get(RELIEF_WORKING_DAYS))
  await addRelief(write, {
    id,
    memberId,
    organisationId: cell,
    deciderId: decider,
    asked,
    askedBy,
    at,
    dueOn,
  })
  const to = { organisationId: cell, positions: [...(cell === decider ? HANDLERS : CELL_HANDLERS)] }
  await recordNotice(write, { to, code: 'party-fees.relief-asked', at })
  if (askedBy !== memberId)
    await recordNotice(write, { to: { memberId }, code: 'party-fees.relief-asked-on-behalf', at })
}

/** The cell and all above it, each with whether somebody there may decide who is none of these people. */
export async function placesAbove(read: Read, cell: string, people: readonly string[], today: string) {
  const places = []
  for (const { id, tier } of await ancestorsOn(read, cell, today)) {
    const holders = await holdersOf(read, id, HANDLERS, today)
    places.push({ id, tier, canDecide: holders.some(({ memberId }) => !people.includes(memberId)) })
  }
  return places
}

/** An officer of the cell wrote it for the member. What the member asked for, or a deputy, is theirs to withdraw. */
export const isWrittenBy = (cell: string, { organisationId, saidBy }: Relief): boolean =>
  organisationId === cell && saidBy !== null && saidBy !== BY_DELEGATION

/**
 * @param cell where an office withdraws it on the member's behalf; the member is told
 * @throws Refusal not-found `party-fees.relief-unknown`; conflict `party-fees.relief-answered`
 */
export async function withdraw(
  database: Database,
  id: string,
  { memberId, by, at, cell }: { memberId: string; by: string; at: Date; cell?: string },
): Promise<void> {
  await atOnce(database, async (write) => {
    const found = await findRelief(write, id)
    if (!found || found.memberId !== memberId || (cell !== undefined && !isWrittenBy(cell, found)))
      throw new Refusal('not-found', 'party-fees.relief-unknown')
    if (found.status === 'withdrawn') return
    if (!(await closeRelief(write, id, { by, at, status: 'withdrawn' }))) throw answered()
    if (cell !== undefined)
      await recordNotice(write, { to: { memberId }, code: 'party-fees.relief-withdrawn-on-behalf', at })
  })
}

const answered = (): Refusal => new Refusal('conflict', 'party-fees.relief-answered')

/** @throws Refusal conflict `party-fees.relief-answered`, `party-fees.relief-not-turn` */
function mustFollow(relief: Relief, act: ReliefAct, organisation: string): void {
  const cellDecides = relief.organisationId === relief.deciderId
  if (!actsOn({ status: relief.status, cellDecides }).includes(act)) throw answered()
  const turn = act === 'forward' ? relief.organisationId : relief.deciderId
  if (turn !== organisation) throw new Refusal('conflict', 'party-fees.relief-not-turn')
}

/** The cell hands a request up with its opinion; those who decide are told. */
export function forward(
  database: Database,
  id: string,
  given: { readonly opinion: 'for' | 'against'; readonly reason: string | undefined },
  handler: Handler,
): Promise<void> {
  return atOnce(database, async (write) => {
    const { cell, by, at } = handler
    const relief = await reliefIn(write, cell, id)
    if (relief.status === 'forwarded' && relief.organisationId === cell && relief.forwardedBy === by) return
    mustFollow(relief, 'forward', cell)
    await refuseOwnAffair(write, relief.memberId, handler)
    if (!(await forwardRelief(write, id, { by, at, ...given }))) throw answered()
    const to = { organisationId: relief.deciderId, positions: HANDLERS }
    await recordNotice(write, { to, code: 'party-fees.relief-forwarded', at })
    await recordNotice(write, { to: { memberId: relief.memberId }, code: 'party-fees.relief-sent-up', at })
  })
}

/**
 * Grants, perhaps other months or another share than was asked: the schedule is made anew from its first month on, and unpaid
 * lines of its months are replaced.
 *
 * @returns what was done of months that have lines; undefined where it had been granted before
 * @throws Refusal forbidden `party-fees.relief-own`, `party-fees.relief-second-person`; conflict
 *   `party-fees.relief-answered`, `party-fees.relief-member-moved`; invalid `party-fees.relief-reason-missing`
 */
export function grant(
  database: Database,
  id: string,
  granting: Granting,
  handler: Handler,
  now: Pick<Now, 'settings'>,
): Promise<Step[] | undefined> {
  return atOnce(database, async (write) => {
    const { cell, by, at, today } = handler
    besideTheTree(write)
    const relief = await reliefIn(write, cell, id)
    if (relief.status === 'granted' && relief.decisionNumber === granting.number) return undefined
    mustFollow(relief, 'decide', cell)
    refuseDecider(relief, await peopleSince(write, handler.people, relief.askedAt))
    mustBeWhole(relief, granting)
    const { memberId } = relief
    if ((await cellOf(write, memberId)) !== relief.organisationId)
      throw new Refusal('conflict', 'party-fees.relief-member-moved')
    mustSayWhy(relief, granting)
    refuseTerms(
      {
        kind: relief.kind,
        from: granting.from,
        until: granting.until,
        exemption: exemptionOf(relief),
      },
      {
        askedIn: monthOf(todayIn(relief.askedAt)),
        now: monthOf(today),
        last: horizonOn(today),
        settings: now.settings,
        others: await grantedOf(write, memberId, relief.kind),
      },
    )
    if (!(await grantRelief(write, id, { by, at, ...granting }))) throw answered()
    const reason = reasonOfLines(relief, granting, at)
    const steps = await follow(write, relief, granting.from, { because: id, reason }, handler)
    const facts = { period: granting.from, until: granting.until }
    await recordNotice(write, { to: { memberId }, code: 'party-fees.relief-granted', facts, at })
    return steps
  })
}

const exemptionOf = ({ exemptionFrom, exemptionUntil }: Relief) =>
  exemptionFrom && exemptionUntil ? { from: exemptionFrom, until: exemptionUntil } : undefined

/** A share for a reduction, an amount for a higher fee, and neither for the others. */
function mustBeWhole({ kind }: Relief, { percent, extraVnd }: Granting): void {
  const wrong = [
    ...((kind === 'reduction') === (percent !== undefined) ? [] : [{ field: 'percent', code: 'missing' }]),
    ...((kind === 'voluntary') === (extraVnd !== undefined) ? [] : [{ field: 'extraVnd', code: 'missing' }]),
  ]
  if (wrong.length > 0) throw new Refusal('invalid', 'request.invalid', { fields: wrong })
}

/** Who grants something else than was asked says why. */
function mustSayWhy(relief: Relief, { from, until, percent, extraVnd, reason }: Granting): void {
  const same =
    relief.from === from &&
    relief.until === until &&
    (relief.percent ?? undefined) === percent &&
    (relief.extraVnd ?? undefined) === extraVnd
  if (!same && reason === undefined)
    throw new Refusal('invalid', 'party-fees.relief-reason-missing', {
      fields: [{ field: 'why', code: 'missing' }],
    })
}

/** Stands in the books beside each line, in Vietnamese as the other reasons there. */
function reasonOfLines({ kind }: Relief, { number, percent }: Granting, at: Date): string {
  const by = `theo ${decisionInWords(number, at)}`
  if (kind === 'voluntary') return `Tự nguyện đóng cao hơn ${by}`
  return percent === undefined || percent === 100
    ? `Miễn đảng phí ${by}`
    : `Giảm ${percent} %, còn đóng ${100 - percent} %, ${by}`
}

/** What changes amounts: the schedule from a month on, and the lines that stand there. */
async function follow(
  write: Write,
  { kind, memberId, organisationId }: Relief,
  from: Period,
  why: { readonly because: string; readonly reason: string },
  { by, at, today }: Handling,
): Promise<Step[]> {
  if (kind === 'late' || kind === 'advance') return []
  await writeSchedule(write, memberId, { from, today })
  return catchUp(write, { memberId, from, kind: 'relief', ...why }, { cell: organisationId, by, at, today })
}

/** Refuses with the reason; the member is told and reads it. */
export function refuse(database: Database, id: string, reason: string, handler: Handler): Promise<void> {
  return atOnce(database, async (write) => {
    const { cell, by, at } = handler
    const relief = await reliefIn(write, cell, id)
    if (relief.status === 'refused' && relief.reason === reason) return
    mustFollow(relief, 'decide', cell)
    refuseDecider(relief, await peopleSince(write, handler.people, relief.askedAt))
    if (!(await closeRelief(write, id, { by, at, status: 'refused', reason }))) throw answered()
    await recordNotice(write, { to: { memberId: relief.memberId }, code: 'party-fees.relief-refused', at })
  })
}

/**
 * Ends early what runs, from a coming month on.
 *
 * @throws Refusal forbidden `party-fees.relief-own`; conflict `party-fees.relief-answered`; and what `refuseEnd` says
 */
export function end(
  database: Database,
  id: string,
  { from, reason }: { readonly from: Period; readonly reason: string },
  handler: Handler,
): Promise<void> {
  return atOnce(database, async (write) => {
    const { cell, by, at, today } = handler
    besideTheTree(write)
    const relief = await reliefIn(write, cell, id)
    if (relief.endedFrom === from && relief.endedReason === reason) return
    mustFollow(relief, 'end', cell)
    const people = await peopleSince(write, handler.people, relief.askedAt)
    if (people.includes(relief.memberId)) throw new Refusal('forbidden', 'party-fees.relief-own')
    const months = holdsFor(relief)
    if (!months || relief.endedFrom) throw answered()
    refuseEnd(from, months, monthOf(today))
    if (!(await endRelief(write, id, { by, at, from, reason }))) throw answered()
    await follow(
      write,
      relief,
      from,
      { because: `${id} ended`, reason: 'Miễn, giảm chấm dứt trước hạn' },
      handler,
    )
    const { memberId } = relief
    const facts = { period: from }
    await recordNotice(write, { to: { memberId }, code: 'party-fees.relief-ended', facts, at })
  })
}
