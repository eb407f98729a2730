/** Named places, people and days: what the tests of the comment's law are told with. */
import { CLOCK, MEMBER_HAT, type Actor, type PersonActor } from '../../../kernel/actor.ts'
import { workCalendar } from '../../../kernel/holidays.ts'
import { instantAt, todayIn } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { NOTHING, type Facts, type Residence } from './facts.ts'
import { criteriaOf, formOf } from './form.ts'
import type { Place } from './place.ts'
import type { Command, Comment, Event, Status } from './states.ts'

const place = (id: string, tier: Place['tier'], kind: string): Place => ({
  id,
  name: id,
  tier,
  kind,
  hasSeal: tier !== 'cell',
})
export const WORKPLACE = place('workplace', 'grassroots', 'grassroots-committee')
export const COMMUNE = place('commune', 'grassroots', 'commune')
export const CELL = place('cell', 'cell', 'cell')
export const NEAR_CELL = place('near-cell', 'cell', 'cell')
export const MEMBER = 'the-member'
export const CALENDAR = workCalendar([])

export const wearing = (position: string, at: Place, memberId = `${position} of ${at.id}`): PersonActor => ({
  kind: 'person',
  memberId,
  hat: { position, organisationId: at.id },
  signedInAt: new Date(0),
})
export const theMember = (): PersonActor => wearing(MEMBER_HAT, WORKPLACE, MEMBER)
export const workplaceOfficer = (): PersonActor => wearing('building-officer', WORKPLACE)
export const communeOfficer = (): PersonActor => wearing('building-officer', COMMUNE)
export const communeLeader = (): PersonActor => wearing('committee-deputy-secretary', COMMUNE)
export const cellSecretary = (): PersonActor => wearing('cell-secretary', CELL)

export function on(day: string, actor: Actor): Context {
  const at = instantAt(day, 9 * 60)
  const fresh = actor.kind === 'person' ? { ...actor, signedInAt: at } : actor
  return { actor: fresh, at, today: todayIn(at), calendar: CALENDAR, settings: DEFAULT_SETTINGS }
}

export const RESIDENCE: Residence = {
  referralId: 'referral',
  commune: COMMUNE,
  cell: CELL,
  exempt: false,
  acceptedOn: '2024-01-05',
  closedOn: null,
}

export const FACTS: Facts = {
  ...NOTHING,
  member: { id: MEMBER, standing: 'active' },
  workplace: WORKPLACE,
  residences: [RESIDENCE],
  cell: { place: NEAR_CELL, communeId: COMMUNE.id },
  othersCanSign: true,
}

export const REQUEST = { type: 'request', memberId: MEMBER, year: 2026, purpose: 'yearly' } as const
export const DAY = '2026-11-03'
export const TICKS = Object.fromEntries(
  criteriaOf(formOf('33-HD-2020'), false).map(({ code }) => [code, 'good']),
)
export const COMPLETE = { type: 'save-draft', ticks: TICKS, frontBoardMetOn: '2026-11-02' } as const

/** One command by somebody, decided and folded. */
export function after(
  comment: Comment | undefined,
  command: Command,
  actor: Actor,
  more: { facts?: Partial<Facts>; day?: string } = {},
): Comment {
  const context = on(more.day ?? DAY, actor)
  const events: Event[] = decide(comment, command, { ...FACTS, ...more.facts }, context)
  let state = comment
  for (const event of events) state = evolve(state, event, context.at)
  return state!
}

/** A comment as it comes to each step by the shortest way. */
export function at(status: Status): Comment {
  const requested = after(undefined, REQUEST, workplaceOfficer(), {
    facts: { residences: [{ ...RESIDENCE, cell: undefined as never }] },
  })
  const withCell = after(undefined, REQUEST, workplaceOfficer())
  const drafted = after(withCell, COMPLETE, cellSecretary())
  const signed = () => after(drafted, { type: 'sign' }, cellSecretary())
  const sealing = () => after(signed(), { type: 'confirm' }, communeLeader())
  const returned = () => after(sealing(), { type: 'record-seal', paperId: 'paper' }, CLOCK)
  const made: Record<Status, () => Comment> = {
    requested: () => requested,
    'with-cell': () => withCell,
    drafted: () => drafted,
    'cell-signed': signed,
    sealing,
    'sealing-failed': () => after(sealing(), { type: 'record-seal-failure', failure: 'x' }, CLOCK),
    'returned-to-workplace': returned,
    filed: () => after(returned(), { type: 'file' }, workplaceOfficer()),
    'sent-back': () => after(withCell, { type: 'send-back', ground: 'other', reason: 'x' }, cellSecretary()),
    cancelled: () => after(withCell, { type: 'cancel', reason: 'x' }, workplaceOfficer()),
  }
  return made[status]()
}
