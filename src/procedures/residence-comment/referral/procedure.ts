/** The referral to the residence as the house sees it. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../../kernel/actor.ts'
import type { Read, Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { performIn, type Context, type Happened, type Procedure } from '../../../kernel/procedure.ts'
import type { Sight } from '../../../web/feature.ts'
import { preparers } from '../law/place.ts'
import { RESIDENCE_REFERRAL } from '../names.ts'
import { sightOf } from '../../../registry/readings/sight.ts'
import { cannotSign, type Signing } from '../papers/certificate.ts'
import { followReferralPaper } from '../papers/follow.ts'
import { gather } from './gather.ts'
import { decide } from './law/decide.ts'
import { awaited, evolve, parties } from './law/evolve.ts'
import type { Facts } from './law/facts.ts'
import { isCurrent, type Command, type Event, type Referral } from './law/states.ts'
import { keep, replacedReferrals } from './store.ts'

export type ResidenceReferral = Procedure<Referral, Command, Event, Facts>

export const residenceReferral: ResidenceReferral = {
  name: RESIDENCE_REFERRAL,
  drafting: [],
  gather,
  decide,
  evolve,
  awaited,
  parties,
  maySee: async (read, referral, context) => (await referralSight(read, referral, context)).sees,
  subjectOf: (referral) => referral.memberId,
  keep,
  consequences,
}

/** The same for who asks at a screen: whoever signs by it is told beforehand when their certificate does not serve. */
export function signedReferral(signing: Signing): ResidenceReferral {
  return {
    ...residenceReferral,
    async gather(write, referral, command, context) {
      const facts = await gather(write, referral, command, context)
      const signs = command.type === 'refer' || command.type === 'correct' || command.type === 'accept'
      return signs ? { ...facts, cannotSign: await cannotSign(signing, context) } : facts
    },
  }
}

export function referralSight(
  read: Read,
  referral: Referral,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  const { memberId, workplace, commune } = referral
  const concerned = { memberId, way: parties(referral), from: workplace.id, to: commune?.id }
  return sightOf(read, concerned, context)
}

/** What the member is told of, and the events by which it becomes another organisation's turn. */
const TELL_MEMBER: ReadonlySet<Event['type']> = new Set([
  'member-referred',
  'referral-accepted',
  'cell-assigned',
  'exemption-set',
  'reorganisation-followed',
])

async function consequences(
  write: Write,
  { before, state, dossierId, events }: Happened<Referral, Event>,
  context: Context,
): Promise<void> {
  const { at } = context
  if (isCurrent(state) && !(before && isCurrent(before))) await closeReplaced(write, state.memberId, context)
  for (const event of events) await followReferralPaper(write, dossierId, state, event, at)
  for (const { type } of events)
    if (TELL_MEMBER.has(type))
      await recordNotice(write, {
        to: { memberId: state.memberId },
        code: `residence-referral.${type}`,
        facts: { place: (state.cell ?? state.commune)?.name ?? '' },
        dossierId,
        at,
      })
  if (events.some(({ type }) => type === 'member-followed'))
    await recordNotice(write, {
      to: { organisationId: state.workplace.id, positions: preparers(state.workplace) },
      code: 'residence-referral.came-along',
      dossierId,
      at,
    })
  const now = awaited(state)
  const then = before && awaited(before)
  if (!now.responsible || (then?.responsible === now.responsible && then.act === now.act)) return
  await recordNotice(write, {
    to: { organisationId: now.responsible, positions: [...now.positions] },
    code: 'residence-referral.turn',
    facts: { act: now.act },
    dossierId,
    at,
  })
}

/** A new residence is a new referral; the old one is closed with it. */
async function closeReplaced(write: Write, memberId: string, context: Context): Promise<void> {
  for (const { id } of await replacedReferrals(write, memberId)) {
    const command = { type: 'close', reason: 'replaced' } as const
    const request = { dossierId: id, commandId: randomUUID(), command }
    await performIn(write, residenceReferral, request, { ...context, actor: CLOCK })
  }
}
