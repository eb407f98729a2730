/**
 * A reorganisation meets a transfer (sắp xếp tổ chức đảng khi hồ sơ đang giải quyết): whatever ended on its way has an heir,
 * whatever lies elsewhere now is asked for the way anew. Letters that are written stay, with the names they have.
 */
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Facts } from '../facts.ts'
import { grassrootsIn, type Chain, type Place, type Route } from '../route.ts'
import { CORRECTION_DAYS } from '../settings.ts'
import type { Event, Heirs, Hop, Status, Transfer } from '../states.ts'
import { due, reviewDays } from './deadlines.ts'
import { decideRoute, type Handlers } from './handler.ts'
import { voidFrom } from './voiding.ts'

/** Why a letter that can no longer be sealed is void, as the register says it. */
const BODY_ENDED = 'Tổ chức đảng ký giấy đã kết thúc hoạt động; tổ chức kế thừa lập giấy mới'
/** Why the request goes back to the member when the way there is none any more. */
const NO_WAY = 'Sau sắp xếp tổ chức đảng, nơi đi và nơi đến không còn như khi đề nghị'

const LETTERS_UNDER_WAY: ReadonlySet<Status> = new Set([
  'cell-review',
  'committee-review',
  'numbering',
  'sealing',
  'sealing-failed',
])

export const SUCCESSION = {
  'follow-reorganisation': (transfer, _command, facts, context) => {
    const stage = transfer.block?.resume === 'supplement-requested' ? transfer.resume : transfer.block?.resume
    const status = stage ?? transfer.resume ?? transfer.status
    if (!LETTERS_UNDER_WAY.has(status)) return changed(transfer, followed(transfer, facts))
    try {
      return changed(transfer, followed(transfer, facts, wayFromHere(transfer, facts, context), context))
    } catch (error) {
      // A block or a supplement keeps the dossier where it is; its next step meets the same refusal.
      if (!(error instanceof Refusal) || error.code === NOTHING || transfer.status !== status) throw error
      return backToMember(transfer, facts, context)
    }
  },
} satisfies Partial<Handlers>

type Followed = Extract<Event, { type: 'reorganisation-followed' }>
const NOTHING = 'transfer.nothing-to-follow'

/** @throws Refusal conflict `transfer.nothing-to-follow` when all is as it was */
function changed(transfer: Transfer, event: Followed): Event[] {
  const same =
    sameAs(event.origin, transfer.origin) &&
    sameAs(event.heirs, transfer.heirs ?? {}) &&
    event.destinationId === undefined &&
    event.destinationCell === undefined &&
    event.blockedBy === undefined &&
    (event.receiver === undefined || sameAs(event.receiver, transfer.route?.receiver)) &&
    (event.hops === undefined || sameAs(event.hops, transfer.hops))
  if (same) throw new Refusal('conflict', NOTHING)
  return [event]
}

const sameAs = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What is true of every dossier: its origin as it is now, and an heir for whatever is gone. */
function followed(transfer: Transfer, facts: Facts, way?: Way, context?: Context): Followed {
  const { answers, destinationCell, block, route } = transfer
  const { origin, destination } = facts.heirs ?? { origin: {}, destination: {} }
  const toward = heirIn(destination, answers.destinationId)
  const cell = heirIn(destination, destinationCell?.id)
  const blocker = heirIn(origin, block?.by)
  const receiver = route && receiverNow(route, facts.destination, destination)
  const anew = way?.anew ?? false
  return {
    type: 'reorganisation-followed',
    origin: facts.origin.length > 0 ? facts.origin : transfer.origin,
    heirs: { ...origin, ...destination },
    ...(toward ? { destinationId: toward.id, destinationName: toward.name } : {}),
    ...(cell ? { destinationCell: cell } : {}),
    ...(blocker ? { blockedBy: blocker.id } : {}),
    ...(way ? { route: way.route, hops: way.hops } : receiver ? { receiver } : {}),
    anew,
    voided: anew && context ? voidFrom(transfer, transfer.hop, BODY_ENDED, context) : [],
    dueAt:
      way?.handedOn && context ? due(context, reviewDays(way.hops[transfer.hop]!.from.tier)) : transfer.dueAt,
  }
}

const heirIn = (heirs: Heirs, id: string | undefined): Place | undefined =>
  id === undefined ? undefined : heirs[id]

/** The committee that receives: its heir, or the one that the destination lies under now. */
function receiverNow(route: Route, destination: Chain, heirs: Heirs): Place {
  const heir = heirs[route.receiver.id]
  if (heir) return heir
  const stillThere = destination.some((place) => place.id === route.receiver.id)
  return stillThere ? route.receiver : (destination[grassrootsIn(destination)] ?? route.receiver)
}

interface Way {
  readonly route: Route
  readonly hops: readonly Hop[]
  /** the letter of this hop is signed by a body that is not the one to send it any more */
  readonly anew: boolean
  /** another body has it now */
  readonly handedOn: boolean
}

/** Done hops stay; from the one whose turn it is the way goes on as the tree is now. */
function wayFromHere(transfer: Transfer, facts: Facts, context: Context): Way {
  const fresh = decideRoute(facts, context)
  const done = transfer.hops.slice(0, transfer.hop)
  const now = transfer.hops[transfer.hop]!
  const holder = facts.heirs?.origin[now.from.id]?.id ?? now.from.id
  const there = fresh.legs.findIndex((leg) => leg.from.id === holder)
  const at = there >= 0 ? there : Math.min(transfer.hop, fresh.legs.length - 1)
  const rest = fresh.legs.slice(at)
  const [first, ...later] = rest as [Hop, ...Hop[]]
  const stays = first.from.id === now.from.id
  const hops = [...done, stays ? { ...now, ...first } : first, ...later]
  const legs = hops.map(({ from, to }) => ({ from, to }))
  return {
    route: { ...fresh, legs },
    hops,
    anew: !stays && now.signed !== undefined,
    handedOn: !stays,
  }
}

/** There is no such way any more (nơi đi và nơi đến là một…): the member says anew where to, or withdraws. */
function backToMember(transfer: Transfer, facts: Facts, context: Context): Event[] {
  const dueAt = due(context, CORRECTION_DAYS)
  const returned: Event = {
    type: 'transfer-returned',
    reason: NO_WAY,
    toHop: null,
    voided: voidFrom(transfer, 0, NO_WAY, context),
    dueAt,
  }
  return [{ ...followed(transfer, facts), dueAt }, returned]
}
