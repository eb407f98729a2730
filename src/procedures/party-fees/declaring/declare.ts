/** Declaring, withdrawing, approving, returning: each one transaction, and the same one asked twice done once. */
import { isUniqueViolation, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { membershipOf } from '../../../registry/members/memberships.ts'
import { holdersOf } from '../../../registry/offices/store.ts'
import { atOnce } from '../assessing/at-once.ts'
import { catchUp } from '../assessing/catching-up.ts'
import type { Handler, Handling } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import { settingsOfPeriods } from '../assessing/period-settings.ts'
import { grantedReliefs } from '../assessing/granted.ts'
import { factsOf, horizonOn, knownOf, regionIn, reliefsIn, writeSchedule } from '../assessing/schedule.ts'
import type { DeclaredFacts } from '../fact-contract.ts'
import { assess } from '../law/assess.ts'
import type { Step } from '../law/catching-up.ts'
import { refuseFrom } from '../law/declaring.ts'
import type { Assessment, FeeFacts } from '../law/facts.ts'
import type { Period } from '../law/period.ts'
import { outcomeOf, type Outcome } from '../law/schedule.ts'
import { CELL_HANDLERS } from '../law/who.ts'
import { besideTheTree } from '../paying/locks.ts'
import type { Declaration } from './contract.ts'
import { addDeclaration, answerDeclaration, declarationIn, findDeclaration } from './store.ts'

export interface Declaring {
  readonly id: string
  readonly memberId: string
  readonly fromPeriod: Period
  readonly facts: DeclaredFacts
  /** the member, or the officer who declares on behalf (khai hộ) */
  readonly declaredBy: string
}

export interface Now {
  readonly at: Date
  readonly today: PlainDate
  readonly settings: SettingsOfDay
}

/**
 * Sends a declaration to the cell that counts the member; its handlers are told.
 *
 * @throws Refusal conflict `party-fees.declaration-waits`, against-rule `party-fees.not-counted`, `party-fees.from-…`
 */
export async function declare(database: Database, declaring: Declaring, now: Now): Promise<void> {
  const { id, memberId, declaredBy } = declaring
  try {
    await database.transaction(async (write) => {
      const before = await findDeclaration(write, id)
      if (before) return mustBeTheSame(before, declaring)
      const cell = await cellOf(write, memberId)
      refuseFrom(declaring.fromPeriod, { ...now, last: horizonOn(now.today) })
      await addDeclaration(write, { ...declaring, organisationId: cell, at: now.at })
      const facts = { period: declaring.fromPeriod }
      await recordNotice(write, {
        to: { organisationId: cell, positions: CELL_HANDLERS },
        code: 'party-fees.declared',
        facts,
        at: now.at,
      })
      if (declaredBy !== memberId)
        await recordNotice(write, {
          to: { memberId },
          code: 'party-fees.declared-on-behalf',
          facts,
          at: now.at,
        })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'fee_declaration_one_open'))
      throw new Refusal('conflict', 'party-fees.declaration-waits')
    if (!isUniqueViolation(error, 'fee_declaration_pkey')) throw error
  }
}

function mustBeTheSame(before: Declaration, { memberId }: Declaring): void {
  if (before.memberId !== memberId) throw new Refusal('conflict', 'command.reused')
}

/**
 * The organisation that counts the member and collects the fee.
 *
 * @throws Refusal against-rule `party-fees.not-counted`
 */
export async function cellOf(read: Read, memberId: string): Promise<string> {
  const membership = await membershipOf(read, memberId)
  if (membership?.standing !== 'active') throw new Refusal('against-rule', 'party-fees.not-counted')
  return membership.organisationId
}

/** @throws Refusal not-found `party-fees.declaration-unknown`, conflict `party-fees.declaration-answered` */
export async function withdraw(
  database: Database,
  id: string,
  asker: { readonly memberId: string; readonly by: string; readonly at: Date; readonly onBehalf: boolean },
): Promise<void> {
  const { memberId, by, at, onBehalf } = asker
  await database.transaction(async (write) => {
    const found = await findDeclaration(write, id)
    // What the member declared is the member's to withdraw: the cell gives it back with a reason.
    if (!found || found.memberId !== memberId || (onBehalf && found.declaredBy === memberId))
      throw new Refusal('not-found', 'party-fees.declaration-unknown')
    if (found.status === 'withdrawn') return
    if (!(await answerDeclaration(write, id, { status: 'withdrawn', by, at })))
      throw new Refusal('conflict', 'party-fees.declaration-answered')
  })
}

/**
 * Approves: the schedule is made from its first month on, and months that have begun get what they miss.
 *
 * @returns what was done of those months; undefined where it had been approved before
 * @throws Refusal not-found `party-fees.declaration-unknown`; conflict `party-fees.declaration-answered`,
 *   `party-fees.member-moved`; forbidden `party-fees.own-affair`
 */
export function approve(database: Database, id: string, handling: Handler): Promise<Step[] | undefined> {
  return atOnce(database, (write) => approveIn(write, id, handling))
}

async function approveIn(write: Write, id: string, handling: Handler): Promise<Step[] | undefined> {
  const { cell, by, at, today } = handling
  besideTheTree(write)
  const found = await declarationIn(write, cell, id)
  if (found.status === 'approved') return undefined
  await refuseOwnAffair(write, found.memberId, handling)
  if ((await cellOf(write, found.memberId)) !== cell) throw new Refusal('conflict', 'party-fees.member-moved')
  if (!(await answerDeclaration(write, id, { status: 'approved', by, at })))
    throw new Refusal('conflict', 'party-fees.declaration-answered')
  const { memberId, fromPeriod } = found
  await writeSchedule(write, memberId, { from: fromPeriod, today })
  const steps = await catchUp(write, { memberId, from: fromPeriod, because: id }, handling)
  await recordNotice(write, {
    to: { memberId },
    code: 'party-fees.declaration-approved',
    facts: { period: fromPeriod },
    at,
  })
  return steps
}

/** Gives a declaration back with the reason; the member is told and sees it. */
export function giveBack(database: Database, id: string, reason: string, handling: Handling): Promise<void> {
  return atOnce(database, async (write) => {
    const { cell, by, at } = handling
    const found = await declarationIn(write, cell, id)
    if (found.status === 'returned' && found.reason === reason) return
    if (!(await answerDeclaration(write, id, { status: 'returned', by, at, reason })))
      throw new Refusal('conflict', 'party-fees.declaration-answered')
    const { memberId, fromPeriod } = found
    const facts = { period: fromPeriod }
    await recordNotice(write, { to: { memberId }, code: 'party-fees.declaration-returned', facts, at })
  })
}

/**
 * Nobody decides the own fee, nor a deputy that of whom they stand in for, while somebody else of the cell can.
 *
 * @throws Refusal forbidden `party-fees.own-affair`
 */
export async function refuseOwnAffair(
  read: Read,
  memberId: string,
  { cell, people, at, today }: Handler,
): Promise<void> {
  const parties = await peopleSince(read, [memberId], at)
  if (!parties.some((each) => people.includes(each))) return
  const holders = await holdersOf(read, cell, CELL_HANDLERS, today)
  if (holders.some((holder) => !parties.includes(holder.memberId)))
    throw new Refusal('forbidden', 'party-fees.own-affair')
}

/** What the tariff says of a declaration: of its first month, or why it says nothing. */
export interface Tried {
  readonly facts: FeeFacts
  readonly answer: Assessment | Refusal
  /** of any month, under the same facts */
  readonly outcomeOf: (period: Period) => Outcome
}

export async function tryTariff(
  read: Read,
  { memberId, fromPeriod, facts }: Pick<Declaring, 'memberId' | 'fromPeriod' | 'facts'>,
  today: PlainDate,
): Promise<Tried> {
  const membership = await membershipOf(read, memberId)
  const [known, region, reliefs, settingsOf] = await Promise.all([
    knownOf(read, memberId),
    membership ? regionIn(read, membership.organisationId, fromPeriod, today) : undefined,
    grantedReliefs(read, [memberId]),
    settingsOfPeriods(read, today),
  ])
  const wholeIn = (period: Period): FeeFacts => ({
    ...factsOf(known, facts, region, reliefsIn(reliefs, period)),
    period,
  })
  const whole = wholeIn(fromPeriod)
  const answers = (period: Period) => outcomeOf(wholeIn(period), settingsOf(period))
  try {
    return { facts: whole, answer: assess(whole, settingsOf(fromPeriod)), outcomeOf: answers }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { facts: whole, answer: error, outcomeOf: answers }
  }
}
