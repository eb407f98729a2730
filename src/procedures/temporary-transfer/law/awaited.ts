/** Whose turn it is, to do what, until when, and the one organisation that answers meanwhile; the organisations a stay passes. */
import type { Awaiting, Party } from '../../../kernel/dossier.ts'
import type { Place } from './place.ts'
import { actingFor, checkers, hostOf, numberers, originCell, originCommittee, signers } from './rules.ts'
import { heirOf, openYearly, STAYING, wasSent, type Status, type Stay } from './states.ts'

/** The act of the host cell while a yearly comment is asked and not written: it comes before all but an extension due earlier. */
export const YEARLY_ACT = 'yearly-comment'

export function awaited(stay: Stay): Awaiting {
  const yearly = openYearly(stay)
  const until = stay.dueAt === null ? null : new Date(stay.dueAt)
  const isExtensionFirst =
    stay.status === 'extension-asked' &&
    until !== null &&
    yearly !== undefined &&
    until < new Date(yearly.dueAt)
  if (yearly && STAYING.has(stay.status) && stay.hostCell && !isExtensionFirst)
    return {
      ...by(actingFor(stay, stay.hostCell), signers),
      act: YEARLY_ACT,
      until: new Date(yearly.dueAt),
    }
  return { ...TURN[stay.status](stay), act: stay.status, until }
}

type Turn = Pick<Awaiting, 'who' | 'responsible' | 'positions'>

const by = (place: Place, positions: (place: Place) => readonly string[]): Turn => ({
  who: 'organisation',
  responsible: place.id,
  positions: positions(place),
})
const both = (place: Place): readonly string[] => [...new Set([...signers(place), ...checkers(place)])]
const done = (): Turn => ({ who: 'nobody', responsible: null, positions: [] })
const asker = (stay: Stay, keeper: string | null): Turn =>
  stay.office
    ? by(heirOf(stay, stay.office), checkers)
    : { who: 'member', responsible: keeper, positions: [] }
const home = (stay: Stay): Place => actingFor(stay, originCell(stay))
const hostCell = (stay: Stay): Place => actingFor(stay, stay.hostCell!)

const TURN: Record<Status, (stay: Stay) => Turn> = {
  draft: (stay) => asker(stay, null),
  'sent-back': (stay) => asker(stay, home(stay).id),
  'cell-review': (stay) => by(home(stay), signers),
  'committee-review': (stay) => by(originCommittee(stay), both),
  numbering: (stay) => by(originCommittee(stay), numberers),
  sealing: (stay) => ({ ...by(originCommittee(stay), numberers), who: 'system' }),
  'sealing-failed': (stay) => by(originCommittee(stay), numberers),
  'at-host': (stay) => by(hostOf(stay), both),
  'host-admission': (stay) => by(hostCell(stay), signers),
  // The cell that has the guest answers for the stay until its last day: it comments and refers back.
  active: (stay) => by(hostCell(stay), signers),
  'extension-asked': (stay) => by(hostOf(stay), both),
  // Whose member it is owns what ran out: it calls the member back, or has the host cell write the return.
  expired: (stay) => by(home(stay), signers),
  returning: (stay) => by(home(stay), signers),
  completed: done,
  converted: done,
  ended: done,
  withdrawn: done,
  refused: done,
  declined: done,
}

/** How far a stay came: what lies further than that was never told of it. */
const REACHED: Partial<Record<Status, 'nobody' | 'cell' | 'committee'>> = {
  draft: 'nobody',
  'sent-back': 'cell',
  'cell-review': 'cell',
  refused: 'committee',
  'committee-review': 'committee',
  numbering: 'committee',
  sealing: 'committee',
  'sealing-failed': 'committee',
}

/** The organisations on the way, each once: past, having it now, or to come. A draft is nobody's but its writer's. */
export function parties(stay: Stay): Party[] {
  const now = awaited(stay).responsible
  const way = wayOf(stay)
  const home = new Set([...stay.origin.slice(0, 1), originCommittee(stay)].map(({ id }) => id))
  const reached = stay.referral?.sealedAt ? 'host' : (REACHED[stay.status] ?? 'committee')
  const stages = new Map<string, Party['stage']>()
  for (const id of way) {
    const isHome = home.has(id)
    const ahead = !isHome && reached !== 'host'
    const awaitsCommittee = reached === 'cell' && id !== way[0]
    if (id === now) stages.set(id, 'now')
    else if (ahead || awaitsCommittee) {
      if (now !== null) stages.set(id, 'ahead')
    } else stages.set(id, 'past')
  }
  if (now !== null && !stages.has(now)) stages.set(now, 'now')
  return [...stages].map(([organisationId, stage]) => ({ organisationId, stage }))
}

function wayOf(stay: Stay): string[] {
  if (!wasSent(stay)) return []
  const places = [home(stay), originCommittee(stay), hostOf(stay), stay.hostCell && hostCell(stay)]
  const way = places.flatMap((place) => (place ? place.id : []))
  return way.filter((id, index) => way.indexOf(id) === index)
}
