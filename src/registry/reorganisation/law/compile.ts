/** From a plan to what changes: every step resolved against what is known, or the problems that stand in its way. Pure. */
import type { Body, Known } from './known.ts'
import type { NewBody, Plan, Step } from './plan.ts'

export interface MemberMove {
  readonly from: string
  readonly to: string
  readonly memberIds: readonly string[] | 'all'
}

export interface Changes {
  readonly created: readonly NewBody[]
  /** each with everything below it, parents of the new tree first */
  readonly moved: readonly { readonly id: string; readonly parentId: string }[]
  readonly renamed: readonly { readonly id: string; readonly name: string; readonly kind?: string }[]
  readonly members: readonly MemberMove[]
  /** successors: who takes over, the first what nothing else assigns */
  readonly ended: readonly { readonly id: string; readonly successors: readonly string[] }[]
}

export const PROBLEMS = [
  'nothing-planned',
  'unknown',
  'handled-twice',
  'target-ends',
  'inside-itself',
  'not-below',
  'member-not-there',
  'takes-no-members',
  'code-taken',
  'kind-unknown',
  'changed-later',
  'left-behind',
  'same-place',
] as const

/** Why a plan cannot be applied. `about`: the organisation, by id and by name where it has one. */
export interface Problem {
  readonly code: (typeof PROBLEMS)[number]
  readonly about: string
  readonly name: string
}

export interface Compiled {
  readonly changes: Changes
  readonly problems: readonly Problem[]
}

/** Resolves a plan. With problems the changes are as far as they could be worked out, for the preview alone. */
export function compile(plan: Plan, known: Known): Compiled {
  const work = new Compilation(plan, known)
  for (const step of plan.steps) work.explicit(step)
  for (const step of plan.steps) work.implied(step)
  return work.finish()
}

/** Children of a committee that advise it end with it, or go on as the successor's. */
const ADVISORY = 'advisory'

class Compilation {
  readonly #plan: Plan
  readonly #known: Known
  readonly #created: ReadonlyMap<string, NewBody>
  readonly #moved = new Map<string, string>()
  readonly #renamed = new Map<string, { id: string; name: string; kind?: string }>()
  readonly #ended = new Map<string, string[]>()
  readonly #members: MemberMove[] = []
  readonly #memberTo = new Map<string, string>()
  /** advisory bodies a successor has by now, by successor and kind */
  readonly #advisory = new Map<string, string>()
  readonly #problems = new Map<string, Problem>()

  constructor(plan: Plan, known: Known) {
    this.#plan = plan
    this.#known = known
    this.#created = new Map(plan.bodies.map((body) => [body.id, body]))
    if (plan.steps.length === 0) this.#problem('nothing-planned', known.under.id)
    for (const body of plan.bodies) {
      if (!known.kinds.has(body.kind)) this.#problem('kind-unknown', body.id)
      if (body.code !== null && known.codesTaken.has(body.code)) this.#problem('code-taken', body.id)
      this.#mustBe(body.parentId)
    }
  }

  /** What a step names itself: it goes before what another step only implies. */
  explicit(step: Step): void {
    switch (step.type) {
      case 'move':
        return this.#move(step.organisation, step.to)
      case 'part':
        return this.#part(step.from, step.to, step.organisations, step.members)
      case 'split':
        for (const part of step.parts) this.#part(step.from, part.into, part.organisations, part.members)
        return
      case 'rename':
        return this.#rename(step.organisation, step.name, step.kind)
      case 'merge':
      case 'dissolve':
        return
    }
  }

  /** What ends takes all it still has to its successor. */
  implied(step: Step): void {
    if (step.type === 'dissolve') this.#end(step.organisation, [step.to])
    if (step.type === 'merge')
      for (const from of step.from) if (from !== step.into) this.#end(from, [step.into])
    if (step.type === 'split' && step.rest !== null) {
      const others = step.parts.map((part) => part.into).filter((into) => into !== step.rest)
      this.#end(step.from, [step.rest, ...others])
    }
  }

  finish(): Compiled {
    for (const [id, successors] of this.#ended)
      for (const successor of successors) if (this.#ended.has(successor)) this.#problem('target-ends', id)
    for (const target of this.#moved.values())
      if (this.#ended.has(target)) this.#problem('target-ends', target)
    for (const { to } of this.#members) if (this.#ended.has(to)) this.#problem('target-ends', to)
    for (const id of this.#ended.keys()) this.#nothingLeft(id)
    for (const id of [...this.#moved.keys(), ...this.#ended.keys()])
      if (this.#known.changedLater.has(id)) this.#problem('changed-later', id)
    for (const { to } of this.#members) if (!this.#holdsMembers(to)) this.#problem('takes-no-members', to)
    const moved = [...this.#moved]
      .map(([id, parentId]) => ({ id, parentId, depth: this.#depth(id, new Set()) }))
      .sort((one, other) => one.depth - other.depth || (one.parentId < other.parentId ? -1 : 1))
      .map(({ id, parentId }) => ({ id, parentId }))
    return {
      changes: {
        created: this.#plan.bodies,
        moved,
        renamed: [...this.#renamed.values()],
        members: this.#members,
        ended: [...this.#ended].map(([id, successors]) => ({ id, successors })),
      },
      problems: [...this.#problems.values()],
    }
  }

  #problem(code: Problem['code'], about: string): void {
    const name = this.#created.get(about)?.name ?? this.#known.bodies.get(about)?.name ?? ''
    this.#problems.set(`${code} ${about}`, { code, about, name })
  }

  /** The organisation, which must be there on the day, below the one whose committee decides; or a new one. */
  #mustBe(id: string): Body | undefined {
    if (this.#created.has(id)) return undefined
    const { under, bodies } = this.#known
    const body = bodies.get(id)
    if (!body) this.#problem('unknown', id)
    else if (!body.path.startsWith(under.path)) this.#problem('unknown', id)
    return body
  }

  /** One that is changed itself: never the one whose committee decides. */
  #mustBeBelow(id: string): Body | undefined {
    if (this.#created.has(id) || id === this.#known.under.id) {
      this.#problem('not-below', id)
      return undefined
    }
    return this.#mustBe(id)
  }

  #move(id: string, to: string): void {
    const body = this.#mustBeBelow(id)
    this.#mustBe(to)
    if (this.#moved.has(id)) return this.#problem('handled-twice', id)
    if (body?.parentId === to) return this.#problem('same-place', id)
    this.#moved.set(id, to)
  }

  #part(from: string, to: string, organisations: readonly string[], members: readonly string[]): void {
    const source = this.#mustBeBelow(from)
    this.#mustBe(to)
    for (const id of organisations) {
      if (source && this.#known.bodies.get(id)?.parentId !== source.id) this.#problem('not-below', id)
      this.#move(id, to)
    }
    const there = members.filter((id) => this.#known.members.get(id) === from && !this.#memberTo.has(id))
    if (there.length < members.length) this.#problem('member-not-there', from)
    for (const id of there) this.#memberTo.set(id, to)
    if (there.length > 0) this.#members.push({ from, to, memberIds: there })
  }

  #rename(id: string, name: string, kind: string | undefined): void {
    this.#mustBeBelow(id)
    if (this.#renamed.has(id)) return this.#problem('handled-twice', id)
    if (kind !== undefined && !this.#known.kinds.has(kind)) this.#problem('kind-unknown', id)
    this.#renamed.set(id, { id, name, ...(kind === undefined ? {} : { kind }) })
  }

  #end(id: string, successors: readonly string[]): void {
    const body = this.#mustBeBelow(id)
    for (const successor of successors) this.#mustBe(successor)
    if (this.#ended.has(id) || this.#renamed.has(id) || this.#moved.has(id))
      this.#problem('handled-twice', id)
    if (successors.includes(id)) return this.#problem('target-ends', id)
    this.#ended.set(id, [...successors])
    if (!body) return
    const [to = ''] = successors
    for (const child of body.children) this.#takeOver(child, to)
    const named = [...this.#memberTo].filter(([member]) => this.#known.members.get(member) === id).length
    if (body.active + body.inTransit > named) this.#members.push({ from: id, to, memberIds: 'all' })
  }

  /** A child goes along with its parent's successor, unless a step says otherwise. */
  #takeOver(child: string, to: string): void {
    if (this.#moved.has(child) || this.#ended.has(child) || this.#endsByStep(child) || child === to) return
    const body = this.#known.bodies.get(child)
    if (body?.tier !== ADVISORY) return void this.#moved.set(child, to)
    const there = this.#advisoryOf(to, body.kind)
    if (there === undefined) {
      this.#advisory.set(`${to} ${body.kind}`, child)
      this.#moved.set(child, to)
    } else this.#end(child, [there])
  }

  #endsByStep(id: string): boolean {
    return this.#plan.steps.some(
      (step) =>
        (step.type === 'dissolve' && step.organisation === id) ||
        (step.type === 'merge' && step.into !== id && step.from.includes(id)) ||
        (step.type === 'split' && step.rest !== null && step.from === id),
    )
  }

  #advisoryOf(parentId: string, kind: string): string | undefined {
    const made = this.#plan.bodies.find((body) => body.parentId === parentId && body.kind === kind)
    if (made) return made.id
    const own = this.#known.bodies
      .get(parentId)
      ?.children.find((child) => this.#known.bodies.get(child)?.kind === kind && !this.#ended.has(child))
    return own ?? this.#advisory.get(`${parentId} ${kind}`)
  }

  /** Nothing below it is forgotten: each child moves or ends too. */
  #nothingLeft(id: string): void {
    for (const child of this.#known.bodies.get(id)?.children ?? [])
      if (!this.#moved.has(child) && !this.#ended.has(child)) this.#problem('left-behind', child)
  }

  #holdsMembers(id: string): boolean {
    const kind = this.#renamed.get(id)?.kind ?? this.#created.get(id)?.kind
    if (kind !== undefined) return this.#known.kinds.get(kind)?.holdsMembers ?? false
    return this.#known.bodies.get(id)?.holdsMembers ?? false
  }

  #parentOf(id: string): string | null {
    return (
      this.#moved.get(id) ?? this.#created.get(id)?.parentId ?? this.#known.bodies.get(id)?.parentId ?? null
    )
  }

  /** How deep it lies in the new tree; one that would come to lie inside itself is a problem. */
  #depth(id: string, seen: Set<string>): number {
    if (seen.has(id)) {
      this.#problem('inside-itself', id)
      return 0
    }
    seen.add(id)
    const parent = this.#parentOf(id)
    if (parent === null) return 0
    const above = this.#known.bodies.get(parent)
    // What lies above the known part of the tree is not changed by the plan.
    if (!above && !this.#created.has(parent))
      return (this.#known.bodies.get(id)?.path.split('.').length ?? 1) - 1
    return 1 + this.#depth(parent, seen)
  }
}
