/** What the rules of scope promise, said once more and apart from the code: who may know of a thing, by role and relation. */
import type { RouteEntry } from '../src/app/route-table.ts'
import type { Scope } from '../src/web/scope.ts'
import { chainOf, type Asker, type DossierThing, type PlaceName } from './access-places.ts'

/**
 * may: the route goes on to what its own rules say; unknown: the answer is the one of an id that nobody has; refused: kept
 * out by role before anything is looked up, whatever the id.
 */
export type Outcome = 'may' | 'unknown' | 'refused'

/** What the address or a field names in one trial. */
export interface Target {
  readonly scope: Scope
  /** where the thing is at home; a dossier is at home along its way */
  readonly place: PlaceName
  readonly dossier?: DossierThing
  /** of one's own things: those whose it is */
  readonly owners?: readonly string[]
}

const ADMINISTRATOR = 'system-administrator'
const IMPORTING = [ADMINISTRATOR, 'building-head', 'building-officer']
const PLANNING = [
  'committee-secretary',
  'committee-standing-deputy',
  'building-head',
  'building-officer',
  'office-chief',
  'commission-head',
  'commission-officer',
  ADMINISTRATOR,
]
const ANSWERING_QUESTIONS = [
  'inspection-chair',
  'building-head',
  'building-officer',
  'committee-secretary',
  'committee-standing-deputy',
]
const HANDLING_FEES = [
  'cell-secretary',
  'cell-deputy-secretary',
  'office-chief',
  'office-clerk',
  'committee-secretary',
  'committee-standing-deputy',
]
const ANSWERING = [
  'cell-secretary',
  'cell-deputy-secretary',
  'building-head',
  'building-officer',
  'committee-secretary',
  'committee-standing-deputy',
]

/** Who may begin a request for a member, in the cell and in the committee above it. */
const WRITING_IN_CELL = ['cell-secretary', 'cell-deputy-secretary']
const WRITING_ABOVE = [
  'committee-secretary',
  'committee-standing-deputy',
  'committee-deputy-secretary',
  'building-head',
  'building-officer',
]

/** What the door alone says: `undefined` lets through. */
export function atTheDoor(route: RouteEntry, who: Asker): 'refused' | undefined {
  const { access } = route
  if (access === 'public') return undefined
  if (who.role === 'nobody') return 'refused'
  if (access !== 'signed-in' && who.role === 'member') return 'refused'
  if (access === 'administrator' && (who.role !== ADMINISTRATOR || who.deputy)) return 'refused'
  // What somebody began in a hat that fell is not done in another; an upload says so once its fields are read.
  const changes = route.method !== 'GET' && route.token === undefined
  return who.former && changes ? 'refused' : undefined
}

/** Of its own organisation, or of one above it. */
const isAbove = (who: Asker, place: PlaceName): boolean => {
  const head = treeOf(who)
  return head !== null && chainOf(place).includes(head)
}

/** Those of a commission who look after members see what the committee sees that they advise; their clerk does not. */
const treeOf = ({ role, place }: Asker): PlaceName | null =>
  place === 'commission' && ['commission-head', 'commission-officer'].includes(role) ? 'city' : place

/** Fees are handled in the very organisation of the hat, and by who is named in a delegation of fees only. */
export const FEE_HANDLING = [
  'cell-secretary',
  'cell-deputy-secretary',
  'finance-officer',
  'office-chief',
  'office-clerk',
  'committee-secretary',
  'committee-standing-deputy',
  'committee-deputy-secretary',
]

function byFeeHandler(who: Asker, { place }: Target): Outcome {
  if (who.deputy || !FEE_HANDLING.includes(who.role)) return 'refused'
  return who.place === place ? 'may' : 'unknown'
}

/** What goes up the tree, and accounts: whoever handles fees in the organisation, or above it. */
function byFeeHandlerAbove(who: Asker, { place }: Target): Outcome {
  if (who.deputy || !FEE_HANDLING.includes(who.role)) return 'refused'
  return isAbove(who, place) ? 'may' : 'unknown'
}

/** The cell it was made to, and the body that decides. */
function byFeeHandlerOf(places: readonly PlaceName[]): Rule {
  return (who) => {
    if (who.deputy || !FEE_HANDLING.includes(who.role)) return 'refused'
    return places.some((place) => place === who.place) ? 'may' : 'unknown'
  }
}

/** Who refers members to the residence and asks about them, in a grassroots organisation of this world. */
const ASKING = ['building-head', 'building-officer', 'committee-secretary', 'committee-standing-deputy']
const GRASSROOTS: readonly PlaceName[] = ['ward', 'otherWard', 'thirdWard', 'foreignWard', 'farWard']
export const asksAtResidence = (who: Asker): boolean =>
  !who.deputy && !who.former && ASKING.includes(who.role) && GRASSROOTS.includes(who.place ?? 'city')

type Rule = (who: Asker, target: Target) => Outcome

/** The registry is an office's own: no delegation opens it. */
const byOffice =
  (positions: (role: string) => boolean): Rule =>
  (who, { place }) => {
    if (who.deputy || !positions(who.role)) return 'refused'
    return isAbove(who, place) ? 'may' : 'unknown'
  }

const ofDossier: Rule = (who, { dossier }) => {
  if (!dossier) throw new Error('a trial of a dossier names none')
  if (who.deputy && (!who.deputy.covers || dossier.undelegated)) return 'refused'
  if (who.role === 'member') return isMember(who, dossier.memberId) ? 'may' : 'unknown'
  if (who.role === ADMINISTRATOR || dossier.draft) return 'unknown'
  const knowing = [
    ...chainOf(dossier.origin),
    ...dossier.way,
    ...(dossier.destination ? chainOf(dossier.destination) : []),
  ]
  return who.place !== null && knowing.includes(who.place) ? 'may' : 'unknown'
}

const isMember = (who: Asker, memberId: string): boolean =>
  who.role === 'member' && (who.deputy?.of ?? who.memberId) === memberId

/** No deputy of this world is entrusted with fees. */
const ofFees: Rule = (who, { place, owners = [] }) => {
  if (who.deputy) return 'refused'
  if (who.role === 'member') return owners.includes(who.memberId) ? 'may' : 'unknown'
  if (!HANDLING_FEES.includes(who.role)) return 'refused'
  return who.place === place ? 'may' : 'unknown'
}

export const RULES: Readonly<Record<Exclude<Scope, 'part' | 'open' | 'new' | 'word'>, Rule>> = {
  dossier: ofDossier,
  'own-dossier': (who, target) => {
    if (who.deputy && !who.deputy.covers) return 'refused'
    return who.role === 'member' ? ofDossier(who, target) : 'unknown'
  },
  'registry-organisation': byOffice(() => true),
  'members-of': byOffice((role) => role !== ADMINISTRATOR),
  'registry-member': byOffice((role) => role !== ADMINISTRATOR),
  'cell-member': (who, { place }) => {
    if (who.deputy) return 'refused'
    const office = who.place === place ? WRITING_IN_CELL : who.place === 'ward' ? WRITING_ABOVE : []
    return office.includes(who.role) ? 'may' : 'unknown'
  },
  'inspected-member': (who, { place }) => {
    if (who.role !== 'inspection-chair') return 'unknown'
    if (who.deputy) return 'refused'
    return isAbove(who, place) ? 'may' : 'unknown'
  },
  'bare-dossier': (who, { dossier }) => {
    if (!dossier) throw new Error('a trial of a dossier names none')
    const concerned = [dossier.origin, ...dossier.way, ...(dossier.destination ? [dossier.destination] : [])]
    return concerned.some((place) => isAbove(who, place)) ? 'may' : 'unknown'
  },
  reorganisation: (who, { place }) => {
    if (who.deputy || !PLANNING.includes(who.role)) return 'refused'
    return (who.place === 'commission' ? 'city' : who.place) === place ? 'may' : 'unknown'
  },
  'hand-over': (who) => {
    if (who.deputy || who.role === 'member' || who.role === ADMINISTRATOR) return 'unknown'
    return ['cell', 'neighbour', 'ward'].includes(who.place ?? '') ? 'may' : 'unknown'
  },
  question: (who, { place }) => {
    if (who.deputy || !ANSWERING_QUESTIONS.includes(who.role)) return 'refused'
    return who.place === place && who.role.startsWith('building-') ? 'may' : 'unknown'
  },
  correction: byOffice((role) => ANSWERING.includes(role)),
  import: byOffice((role) => IMPORTING.includes(role)),
  office: byOffice((role) => role === ADMINISTRATOR),
  'fee-line': ofFees,
  'fee-order': ofFees,
  'fee-payment': ofFees,
  'fee-member': byFeeHandler,
  'fee-declaration': byFeeHandler,
  'fee-organisation': byFeeHandlerAbove,
  'bank-line': byFeeHandler,
  'fee-relief': byFeeHandlerOf(['cell', 'ward']),
  'fee-account': byFeeHandlerAbove,
  // No refund of this world is approved; the body that pays one out is asked in the story of successions.
  'fee-refund': (who, target) => (who.role === 'member' ? ofFees : byFeeHandlerAbove)(who, target),
  'fee-drawing': byFeeHandler,
  // Both sides of it: who made it, and the level above.
  'fee-remittance': (who) => {
    if (who.deputy || !FEE_HANDLING.includes(who.role)) return 'refused'
    return who.place === 'cell' || who.place === 'ward' ? 'may' : 'unknown'
  },
  'fee-below': (who, { place }) => {
    if (who.deputy || !FEE_HANDLING.includes(who.role)) return 'refused'
    return who.place !== place && isAbove(who, place) ? 'may' : 'unknown'
  },
  // No deputy of this world is entrusted with residence comments.
  'residence-comment': (who, target) => (who.deputy ? 'refused' : ofDossier(who, target)),
  'residence-referral': (who, target) => (who.deputy ? 'refused' : ofDossier(who, target)),
  'workplace-member': (who) => {
    if (who.deputy || ![...ASKING, 'cell-secretary', 'cell-deputy-secretary'].includes(who.role))
      return 'refused'
    return asksAtResidence(who) && who.place === 'ward' ? 'may' : 'unknown'
  },
  own: (who, { owners = [] }) => (owners.includes(who.memberId) ? 'may' : 'unknown'),
}
