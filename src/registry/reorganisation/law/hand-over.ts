/**
 * Collective hand-over (chuyển giao tập thể): which papers a reorganisation needs, who signs them and who numbers them. Pure.
 */
import { holds, type PersonActor } from '../../../kernel/actor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Changes, MemberMove } from './compile.ts'
import type { Known } from './known.ts'
import type { Plan } from './plan.ts'

/** The committee above a dissolved organisation collects its files and seal and transfers its members, within 30 working days. */
export const DISSOLVED_CITATION = '24-QĐ/TW, mục 6.3.5'

/** Practice of 30/2020/NĐ-CP as Party bodies follow it: who signs does not take the number. Not a readable Party rule [I]. */
export const NUMBER_CITATION = 'Nguyên tắc văn thư: người ký không tự cấp số'

/** Inferred [I]: minutes have two sides, so two people. */
export const TWO_SIDES_CITATION = 'Biên bản bàn giao có hai bên: một người không ký thay cả hai bên'

/** What goes from one side to another, and by whose minutes. */
export interface HandOver {
  readonly giver: string
  readonly receiver: string
  /** inside one grassroots organisation (đảng bộ cơ sở): the two sides sign, without seals and without an acceptance */
  readonly inside: boolean
  /** whole organisations with all below them: their list is their own */
  readonly organisations: readonly string[]
  /** members from one body to another; they are listed by name */
  readonly members: readonly Pick<MemberMove, 'from' | 'to'>[]
  /** organisations of the giver's that end: their files and seals are collected */
  readonly ended: readonly string[]
}

/** Every hand-over a plan brings about; none for a plan that only gives new names. */
export function handOversOf(plan: Plan, known: Known, changes: Changes): HandOver[] {
  const tree = new Trees(plan, known, changes)
  const found = new Map<string, { handOver: HandOver; organisations: string[]; members: MemberMove[] }>()
  const between = (from: string, to: string) => {
    const sides = tree.sidesOf(from, to)
    if (sides.giver === sides.receiver) return undefined
    const key = `${sides.giver} ${sides.receiver}`
    const there = found.get(key)
    if (there) return there
    const organisations: string[] = []
    const members: MemberMove[] = []
    const ended = changes.ended.map(({ id }) => id).filter((id) => tree.isGivenUpBy(id, sides.giver))
    const fresh = { handOver: { ...sides, organisations, members, ended }, organisations, members }
    found.set(key, fresh)
    return fresh
  }
  for (const { id, parentId } of changes.moved) {
    const before = known.bodies.get(id)
    // A body that only advises goes along with its committee: it holds no members and hands nothing over.
    if (!before?.parentId || before.tier === 'advisory') continue
    between(before.parentId, parentId)?.organisations.push(id)
  }
  for (const move of changes.members) between(move.from, move.to)?.members.push(move)
  // What ends hands over its files and its seal, also where nobody is counted in it.
  for (const { id, successors } of changes.ended)
    if (known.bodies.get(id)?.tier !== 'advisory' && successors[0]) between(id, successors[0])
  return [...found.values()].map(({ handOver, members }) => ({
    ...handOver,
    members: members.map(({ from, to }) => ({ from, to })),
  }))
}

/** The tree before the plan and after it. */
class Trees {
  readonly #known: Known
  readonly #created: ReadonlyMap<string, { readonly parentId: string; readonly kind: string }>
  readonly #moved: ReadonlyMap<string, string>
  readonly #kinds: ReadonlyMap<string, string>

  constructor(plan: Plan, known: Known, changes: Changes) {
    this.#known = known
    this.#created = new Map(plan.bodies.map((body) => [body.id, body]))
    this.#moved = new Map(changes.moved.map(({ id, parentId }) => [id, parentId]))
    this.#kinds = new Map(changes.renamed.flatMap(({ id, kind }) => (kind ? [[id, kind] as const] : [])))
  }

  /** Inside one grassroots organisation the two themselves; else the grassroots organisations, or what lies above those. */
  sidesOf(from: string, to: string): Pick<HandOver, 'giver' | 'receiver' | 'inside'> {
    const before = this.#grassroots(
      from,
      (id) => this.#tierBefore(id),
      (id) => this.#parentBefore(id),
    )
    const after = this.#grassroots(
      to,
      (id) => this.#tierAfter(id),
      (id) => this.#parentAfter(id),
    )
    if (before !== undefined && before === after) return { giver: from, receiver: to, inside: true }
    return { giver: before ?? from, receiver: after ?? to, inside: false }
  }

  /** It is the giver, or lay below it. */
  isGivenUpBy(id: string, giver: string): boolean {
    for (let at: string | null = id; at !== null; at = this.#parentBefore(at)) if (at === giver) return true
    return false
  }

  #grassroots(
    id: string,
    tierOf: (id: string) => string | undefined,
    parentOf: (id: string) => string | null,
  ): string | undefined {
    for (let at: string | null = id; at !== null; at = parentOf(at))
      if (tierOf(at) === 'grassroots') return at
    return undefined
  }

  #parentBefore(id: string): string | null {
    return this.#known.bodies.get(id)?.parentId ?? null
  }

  #tierBefore(id: string): string | undefined {
    return this.#known.bodies.get(id)?.tier
  }

  #parentAfter(id: string): string | null {
    return this.#moved.get(id) ?? this.#created.get(id)?.parentId ?? this.#parentBefore(id)
  }

  #tierAfter(id: string): string | undefined {
    const kind = this.#kinds.get(id) ?? this.#created.get(id)?.kind
    return kind === undefined ? this.#tierBefore(id) : this.#known.kinds.get(kind)?.tier
  }
}

/** Who issues an acceptance decision: each who receives from outside, but for the committee that decides. */
export function acceptancesOf(handOvers: readonly HandOver[], underId: string): string[] {
  const outside = handOvers.filter(({ inside, receiver }) => !inside && receiver !== underId)
  return [...new Set(outside.map(({ receiver }) => receiver))]
}

const CELL_SIGNERS = ['cell-secretary', 'cell-deputy-secretary']
const COMMITTEE_SIGNERS = ['committee-secretary', 'committee-standing-deputy', 'committee-deputy-secretary']
// A grassroots cell (chi bộ cơ sở) has no clerk: another member of its committee than the signer numbers.
const CELL_NUMBERERS = ['cell-deputy-secretary', 'cell-committee-member']
const CLERKS = ['office-clerk', 'office-chief']

/** The secretary or a deputy, of a cell or of a committee. */
export function signersAt(tier: string): readonly string[] {
  if (tier === 'cell') return CELL_SIGNERS
  return tier === 'grassroots' ? [...COMMITTEE_SIGNERS, ...CELL_SIGNERS] : COMMITTEE_SIGNERS
}

export function numberersAt(tier: string): readonly string[] {
  if (tier === 'cell') return CELL_NUMBERERS
  return tier === 'grassroots' ? [...CLERKS, ...CELL_NUMBERERS] : CLERKS
}

/** Where a person signs: a decision at one place, minutes at two. */
export type Place = 'person' | 'giver' | 'receiver'

export const KINDS = ['decision', 'acceptance', 'minutes'] as const
export type Kind = (typeof KINDS)[number]

export interface SideOfPaper {
  readonly id: string
  readonly tier: string
  /** is no longer there: who led it last signs, or the committee that decided (24-QĐ/TW 6.3.5) */
  readonly ended: boolean
}

/** A paper as its law sees it. */
export interface Standing {
  readonly kind: Kind
  readonly issuer: SideOfPaper
  readonly giver: SideOfPaper | null
  readonly receiver: SideOfPaper | null
  /** the committee that decided */
  readonly underId: string
  readonly voided: boolean
  readonly numbered: boolean
  /** places to be signed, seals included */
  readonly places: readonly string[]
  /** what was done, by whom: a place, or 'number' */
  readonly acts: ReadonlyMap<string, { readonly memberId: string }>
  /** places that are signed, seals included */
  readonly signed: readonly string[]
  /** the file is there to be signed; minutes are made by a job */
  readonly made: boolean
}

export type Step = Place | 'number' | 'seal' | 'made'

/** What the paper waits for; nothing when it is whole or void. */
export function awaitedSteps(paper: Standing): Step[] {
  if (paper.voided) return []
  if (paper.kind === 'minutes' && !paper.made) return ['made']
  const persons = (['person', 'giver', 'receiver'] as const).filter(
    (place) => paper.places.includes(place) && !paper.signed.includes(place),
  )
  if (persons.length > 0) return persons
  if (paper.kind !== 'minutes' && !paper.numbered) return ['number']
  return paper.places.every((place) => paper.signed.includes(place)) ? [] : ['seal']
}

/** Somebody who acts, and whether they led the giver when it ended. */
export interface Signer {
  readonly actor: PersonActor
  readonly ledGiver: boolean
}

/** True when the office, or the last office in an organisation that ended, lets this person sign there. */
export function mayStandFor(place: Place, paper: Standing, { actor, ledGiver }: Signer): boolean {
  if (actor.onBehalfOf) return false
  const side = place === 'person' ? paper.issuer : place === 'giver' ? paper.giver : paper.receiver
  if (!side) return false
  if (!side.ended) return holds(actor, side.id, signersAt(side.tier))
  return ledGiver || holds(actor, paper.underId, COMMITTEE_SIGNERS)
}

/**
 * @throws Refusal forbidden `hand-over.not-yours`; against-rule `hand-over.not-now`, `hand-over.both-sides`
 */
export function refuseSigning(place: Place, paper: Standing, signer: Signer): void {
  if (!mayStandFor(place, paper, signer)) throw new Refusal('forbidden', 'hand-over.not-yours')
  if (!awaitedSteps(paper).includes(place)) throw new Refusal('against-rule', 'hand-over.not-now')
  const other = paper.acts.get(place === 'giver' ? 'receiver' : 'giver')
  if (other?.memberId === signer.actor.memberId)
    throw new Refusal('against-rule', 'hand-over.both-sides', { citation: TWO_SIDES_CITATION })
}

/**
 * @throws Refusal forbidden `hand-over.not-yours`; against-rule `hand-over.not-now`, `hand-over.own-number`
 */
export function refuseNumbering(paper: Standing, actor: PersonActor): void {
  const { issuer } = paper
  if (actor.onBehalfOf || !holds(actor, issuer.id, numberersAt(issuer.tier)))
    throw new Refusal('forbidden', 'hand-over.not-yours')
  if (!awaitedSteps(paper).includes('number')) throw new Refusal('against-rule', 'hand-over.not-now')
  if (paper.acts.get('person')?.memberId === actor.memberId)
    throw new Refusal('against-rule', 'hand-over.own-number', { citation: NUMBER_CITATION })
}
