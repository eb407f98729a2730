/** Whose turn it is, until when, and whom the dossier passes: tasks, reminders, queues and buttons are this. */
import type { Awaiting, Party } from '../../../kernel/dossier.ts'
import { actingFor, checkers, INSPECTORS, numberers, originCell, originCommittee, signers } from './rules.ts'
import type { Place } from './route.ts'
import { currentHop, heirOf, type Status, type Transfer } from './states.ts'

/** Whose turn, to do what, until when; and the one organisation that answers for the dossier meanwhile. */
export function awaited(transfer: Transfer): Awaiting {
  const turn = TURN[transfer.status](transfer)
  const until = transfer.dueAt === null ? null : new Date(transfer.dueAt)
  return { positions: [], responsible: null, ...turn, act: transfer.status, until }
}

type Turn = Pick<Awaiting, 'who'> & Partial<Pick<Awaiting, 'responsible' | 'positions'>>

const byMember = (keeper: Place | undefined): Turn => ({ who: 'member', responsible: keeper?.id ?? null })
const by = (transfer: Transfer, of: Place, positions: (place: Place) => readonly string[]): Turn => {
  const place = actingFor(transfer, of)
  return { who: 'organisation', responsible: place.id, positions: positions(place) }
}
const done: Turn = { who: 'nobody' }

/** While the member must act, the organisation that has the dossier still answers for it. */
const keeper = (transfer: Transfer): Place =>
  actingFor(transfer, transfer.hops.length > 0 ? currentHop(transfer).from : originCell(transfer))
const cellOfOrigin = (transfer: Transfer): Place => actingFor(transfer, originCell(transfer))

const TURN: Record<Status, (transfer: Transfer) => Turn> = {
  draft: () => byMember(undefined),
  'technically-rejected': (transfer) => byMember(cellOfOrigin(transfer)),
  received: (transfer) => by(transfer, originCell(transfer), checkers),
  'supplement-requested': (transfer) => byMember(keeper(transfer)),
  blocked: (transfer) => ({ who: 'organisation', responsible: transfer.block!.by, positions: INSPECTORS }),
  returned: (transfer) => byMember(cellOfOrigin(transfer)),
  'cell-review': (transfer) => by(transfer, currentHop(transfer).from, signers),
  'committee-review': (transfer) =>
    by(transfer, currentHop(transfer).from, (place) => [...new Set([...signers(place), ...checkers(place)])]),
  numbering: (transfer) => by(transfer, currentHop(transfer).from, numberers),
  sealing: (transfer) => ({ ...by(transfer, currentHop(transfer).from, numberers), who: 'system' }),
  'sealing-failed': (transfer) => by(transfer, currentHop(transfer).from, numberers),
  referred: (transfer) =>
    by(transfer, originCommittee(transfer), (place) => [
      ...new Set([...checkers(place), ...numberers(place)]),
    ]),
  'in-transit': (transfer) => byMember(transfer.route!.receiver),
  'papers-lost': (transfer) => by(transfer, heirOf(transfer, transfer.hops.at(-1)!.from), checkers),
  'at-destination': (transfer) => by(transfer, transfer.route!.receiver, checkers),
  'cell-admission': (transfer) => by(transfer, transfer.destinationCell!, signers),
  'destination-returned': (transfer) => by(transfer, heirOf(transfer, transfer.hops.at(-1)!.from), checkers),
  completed: () => done,
  withdrawn: () => done,
  refused: () => done,
  'closed-unanswered': () => done,
  reverted: () => done,
}

/**
 * The organisations on the way, each once: past, having it now, or to come. A draft is nobody's but the member's, and a
 * dossier that ended early is not shown to those it never reached.
 */
export function parties(transfer: Transfer): Party[] {
  const now = awaited(transfer).responsible
  const way = wayOf(transfer)
  // A block stops it before its holder is done: it comes to that organisation once more.
  const passed = way.indexOf(holderOf(transfer) ?? '') - (transfer.block ? 1 : 0)
  const stages = new Map<string, Party['stage']>()
  way.forEach((id, index) => {
    if (id === now) stages.set(id, 'now')
    else if (index <= passed) stages.set(id, 'past')
    else if (now !== null) stages.set(id, 'ahead')
  })
  if (now !== null && !stages.has(now)) stages.set(now, 'now')
  return [...stages].map(([organisationId, stage]) => ({ organisationId, stage }))
}

/** Which organisation on the way has the dossier, had it when it ended, or has it again once a block is lifted. */
function holderOf(transfer: Transfer): string | null {
  const { status, block, route, destinationCell, custody } = transfer
  if (block) return awaited({ ...transfer, status: block.resume }).responsible
  if (status === 'completed') return actingFor(transfer, destinationCell!).id
  if (status === 'referred') return actingFor(transfer, currentHop(transfer).from).id // all have signed; the origin still hands the file over
  if (status === 'reverted' && custody) return route!.receiver.id
  return awaited(transfer).responsible ?? keeper(transfer).id
}

/** Written and never sent, or not yet: nobody knows of it but who wrote it. */
export function neverReceived({ startedOn, status }: Transfer): boolean {
  return startedOn === undefined && status !== 'technically-rejected'
}

function wayOf(transfer: Transfer): string[] {
  if (neverReceived(transfer)) return []
  const legs = transfer.hops.map((hop) => hop.from)
  const places = [originCell(transfer), ...legs, transfer.route?.receiver, transfer.destinationCell]
  const way = places.flatMap((place) => (place ? actingFor(transfer, place).id : []))
  return way.filter((id, index) => way.indexOf(id) === index)
}
