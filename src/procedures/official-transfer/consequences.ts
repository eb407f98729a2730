/** What follows a transfer's events in registers, papers, notices and jobs: in the same transaction. */
import { sql, type Write } from '../../kernel/db.ts'
import { nextNumber } from '../../kernel/dossier.ts'
import { planJob } from '../../kernel/jobs.ts'
import { recordNotice } from '../../kernel/notices.ts'
import { yearOf } from '../../kernel/plain-date.ts'
import type { Context, Happened } from '../../kernel/procedure.ts'
import { voidPapers } from '../../papers/store.ts'
import { admitTo, membershipOf, returnToOrigin, startTransit } from '../../registry/members/memberships.ts'
import { awaited } from './law/awaited.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { enter, issueAcceptance, issueLetters } from './papers/papers.ts'
import { checkers, originCell, originCommittee } from './law/rules.ts'
import { COUNTED_UNTIL } from './law/settings.ts'
import { REQUEST_PAPER_TASK, SEAL_TASK } from './tasks.ts'
import { countedAt, type Event, type Transfer } from './law/states.ts'

export type TransferHappened = Happened<Transfer, Event>

export async function consequences(
  write: Write,
  services: PaperServices,
  happened: TransferHappened,
  context: Context,
): Promise<void> {
  for (const event of happened.events) await follow(write, services, happened, event, context)
  await moveMembership(write, happened, context)
  await tellWhoseTurn(write, happened, context)
}

async function follow(
  write: Write,
  services: PaperServices,
  { dossierId, state }: TransferHappened,
  event: Event,
  context: Context,
): Promise<void> {
  if ('voided' in event) {
    for (const letter of event.voided) await voidPapers(write, letter.paperIds, letter.reason, context.at)
  }
  switch (event.type) {
    case 'file-detached':
      await write.run(sql`
        update dossier_file set removed_at = ${context.at} where id = ${event.fileId} and removed_at is null`)
      return
    case 'transfer-received':
      await numberDossier(write, dossierId, state, context)
      return planJob(write, {
        task: REQUEST_PAPER_TASK,
        payload: { dossierId, confirmedAt: event.receivedAt, ...actedBy(context) },
      })
    case 'referral-signed':
      return issueLetters(write, services, dossierId, state, event, context)
    case 'number-taken':
      // The number stands in the register from now on, whatever becomes of the letter.
      await enter(write, state.hops[event.hop]!.signed!.paperIds[0]!, event.numbered, context)
      return planJob(write, { task: SEAL_TASK, payload: { dossierId, hop: event.hop }, attempts: 4 })
    case 'sealing-retried':
      return planJob(write, { task: SEAL_TASK, payload: { dossierId, hop: event.hop }, attempts: 4 })
    case 'member-admitted': {
      await tellCompletion(write, dossierId, state, context)
      const { actor } = context
      if (actor.kind !== 'person') throw new Error('nobody admitted')
      return issueAcceptance(
        write,
        services,
        dossierId,
        state,
        {
          by: actor.memberId,
          position: actor.hat.position,
          ...(actor.onBehalfOf ? { onBehalfOf: actor.onBehalfOf.memberId } : {}),
        },
        context,
      )
    }
  }
}

function actedBy({ actor }: Context): { delegateId?: string } {
  return actor.kind === 'person' && actor.onBehalfOf ? { delegateId: actor.memberId } : {}
}

/** 79.021-2026-000117: the grassroots organisation's code, the year, a gapless number. Kept when the dossier is sent again. */
async function numberDossier(
  write: Write,
  dossierId: string,
  transfer: Transfer,
  { today }: Context,
): Promise<void> {
  const numbered = await write.maybe(
    sql`select 1 from dossier where id = ${dossierId} and number is not null`,
  )
  if (numbered) return
  const committee = originCommittee(transfer)
  const year = String(yearOf(today))
  const next = await nextNumber(write, committee.id, 'dossier', year)
  const { prefix } = await write.one<{ prefix: string }>(sql`
    select coalesce(left(code, 6), 'TC' || number) as prefix from organisation where id = ${committee.id}`)
  const number = `${prefix}-${year}-${String(next).padStart(6, '0')}`
  await write.run(sql`update dossier set number = ${number} where id = ${dossierId}`)
}

/**
 * Where the member is counted follows the state: at the origin, in transit, at the destination. When the origin stops
 * counting is a setting, and one that may have changed on the way: where the member stands now is asked, not worked out.
 */
async function moveMembership(write: Write, happened: TransferHappened, context: Context): Promise<void> {
  const { before, state, dossierId } = happened
  const to = countedAt(state)
  if (to === (before ? countedAt(before) : 'origin')) return
  const isInTransit = (await membershipOf(write, state.memberId))?.standing === 'in-transit'
  const move = { memberId: state.memberId, on: context.today, reason: 'official-transfer', dossierId }
  if (to === 'origin') {
    if (isInTransit) await returnToOrigin(write, move)
    return
  }
  if (to === 'transit' && context.settings.get(COUNTED_UNTIL) === 'admission') return
  if (!isInTransit) await startTransit(write, { ...move, originId: originCell(state).id })
  if (to === 'destination') await admitTo(write, { ...move, organisationId: state.destinationCell!.id })
}

/** What the member is told of, beside the own turn. */
const TELL_MEMBER: ReadonlySet<Event['type']> = new Set([
  'transfer-received',
  'transfer-technically-rejected',
  'intake-extended',
  'supplement-asked',
  'supplement-reminded',
  'transfer-closed-unanswered',
  'transfer-blocked',
  'block-lifted',
  'transfer-returned',
  'transfer-refused',
  'transfer-referred',
  'file-handed-over',
  'presentation-overdue',
  'referral-voided',
  'destination-returned',
  'received-at-destination',
  'transfer-reverted',
  'member-admitted',
  'reorganisation-followed',
])

/** One notice to those whose turn it is now, and to the member what happened to the dossier. */
async function tellWhoseTurn(
  write: Write,
  { before, state, dossierId, events }: TransferHappened,
  context: Context,
): Promise<void> {
  for (const event of events) {
    if (!TELL_MEMBER.has(event.type)) continue
    const facts = 'dueAt' in event && event.dueAt ? { until: event.dueAt } : {}
    await recordNotice(write, {
      to: { memberId: state.memberId },
      code: `transfer.${event.type}`,
      facts,
      dossierId,
      at: context.at,
    })
  }
  const now = awaited(state)
  const then = before && awaited(before)
  if (now.who !== 'organisation' || !now.responsible) return
  if (then?.who === 'organisation' && then.responsible === now.responsible && then.act === now.act) return
  const facts = { act: now.act, ...(now.until ? { until: now.until.toISOString() } : {}) }
  const to = { organisationId: now.responsible, positions: [...now.positions] }
  await recordNotice(write, { to, code: 'transfer.turn', facts, dossierId, at: context.at })
}

/** 5.10: both sides learn that the member has arrived. */
async function tellCompletion(
  write: Write,
  dossierId: string,
  state: Transfer,
  { at }: Context,
): Promise<void> {
  const places = [originCell(state), originCommittee(state), state.route!.receiver]
  const once = places.filter((place, index) => places.findIndex((each) => each.id === place.id) === index)
  for (const place of once) {
    const to = { organisationId: place.id, positions: [...checkers(place)] }
    await recordNotice(write, { to, code: 'transfer.completed-here', dossierId, at })
  }
}
