/** What a referral is after one more event, and whose turn it is then. */
import type { Awaiting, Party } from '../../../../kernel/dossier.ts'
import { preparers } from '../../law/place.ts'
import type { Event, EventType, Referral, Status } from './states.ts'

type Step<T extends EventType> = (referral: Referral, event: Extract<Event, { type: T }>) => Referral

/** Pure; an event that cannot follow is a defect. */
export function evolve(referral: Referral | undefined, event: Event, at: Date): Referral {
  if (event.type === 'member-referred' || event.type === 'member-unreferred') return begun(event, at)
  if (!referral) throw new Error(`${event.type} on no referral`)
  return (STEPS[event.type] as Step<Later>)(referral, event)
}

type Later = Exclude<EventType, 'member-referred' | 'member-unreferred'>

function begun(event: Extract<Event, { type: 'member-referred' | 'member-unreferred' }>, at: Date): Referral {
  const { memberId, workplace } = event
  const first = { memberId, workplace, referredAt: at.toISOString() }
  if (event.type === 'member-unreferred')
    return { ...first, status: 'not-referred', unreferred: event.ground, dueAt: null }
  const { commune, address, exempt, dueAt } = event
  return { ...first, status: 'referred', commune, address, ...(exempt ? { exempt } : {}), dueAt }
}

const STEPS: { [T in Later]: Step<T> } = {
  'referral-corrected': ({ exempt: _was, lastReason: _reason, ...referral }, event) => {
    const { commune, address, exempt, dueAt } = event
    return { ...referral, status: 'referred', commune, address, ...(exempt ? { exempt } : {}), dueAt }
  },
  'referral-withdrawn': (referral, { reason }) => ({
    ...referral,
    status: 'withdrawn',
    lastReason: reason,
    dueAt: null,
  }),
  'referral-accepted': ({ lastReason: _reason, ...referral }, { cell, acceptedOn }) => ({
    ...referral,
    status: 'accepted',
    cell,
    acceptedOn,
    dueAt: null,
  }),
  'referral-sent-back': (referral, { reason, dueAt }) => ({
    ...referral,
    status: 'sent-back',
    lastReason: reason,
    dueAt,
  }),
  'cell-assigned': (referral, { cell }) => ({ ...referral, status: 'accepted', cell, dueAt: null }),
  'exemption-set': ({ exempt: _was, ...referral }, { exempt }) => ({
    ...referral,
    ...(exempt ? { exempt } : {}),
  }),
  'referral-closed': (referral, { reason, closedOn }) => ({
    ...referral,
    status: 'closed',
    ...(referral.acceptedOn ? { closedOn } : {}),
    lastReason: reason,
    dueAt: null,
  }),
  'member-followed': (referral, { workplace, dueAt }) => ({ ...referral, workplace, dueAt }),
  'reorganisation-followed': ({ cell: was, commune: _commune, ...referral }, event) => {
    const { workplace, commune, cell, dueAt } = event
    return {
      ...referral,
      status: was && !cell ? 'needs-cell' : referral.status,
      workplace,
      ...(commune ? { commune } : {}),
      ...(cell ? { cell } : {}),
      dueAt,
    }
  },
}

const AT_COMMUNE: ReadonlySet<Status> = new Set(['referred', 'needs-cell'])

/** The commune answers, then nobody waits; what was sent back is the workplace's. */
export function awaited(referral: Referral): Awaiting {
  const { status, workplace, commune, dueAt } = referral
  const place = AT_COMMUNE.has(status) ? commune : status === 'sent-back' ? workplace : undefined
  return {
    who: place ? 'organisation' : 'nobody',
    responsible: place?.id ?? null,
    positions: place ? preparers(place) : [],
    act: status,
    until: dueAt === null ? null : new Date(dueAt),
  }
}

/** The workplace that refers, the commune and the cell that keep contact. */
export function parties(referral: Referral): Party[] {
  const { workplace, commune, cell } = referral
  const now = awaited(referral).responsible
  const ids = [workplace.id, commune?.id, cell?.id].filter((id) => id !== undefined)
  return [...new Set(ids)].map((organisationId) => ({
    organisationId,
    stage: organisationId === now ? 'now' : 'past',
  }))
}
