/** The touched organisations as somebody last saw them, and what differs now: a plan made yesterday on a tree that changed. */
import { createHash } from 'node:crypto'
import type { Known } from './law/known.ts'
import { namedBy, type Plan } from './law/plan.ts'

/** One touched organisation in a few words; what matters to somebody who looks at the plan. */
export interface Seen {
  readonly name: string
  readonly kind: string
  readonly parentId: string | null
  /** directly below it, by their ids in order */
  readonly children: readonly string[]
  readonly active: number
  readonly inTransit: number
  readonly offices: number
}

/** By the organisation's id; one that is not there is missing. */
export type SeenTree = Readonly<Record<string, Seen>>

export function seenNow(plan: Plan, known: Known): SeenTree {
  const entries = namedBy(plan).flatMap((id) => {
    const body = known.bodies.get(id)
    if (!body || id === known.under.id) return []
    const { name, kind, parentId, children, active, inTransit, offices } = body
    return [
      [id, { name, kind, parentId, children: [...children].sort(), active, inTransit, offices }] as const,
    ]
  })
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** What the page shows and the signature names: another one means something changed in between. */
export function digestOf(plan: Plan, seen: SeenTree): string {
  return createHash('sha256')
    .update(JSON.stringify([plan, seen], inOrder))
    .digest('hex')
}

/** The database keeps an object's keys in an order of its own. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

export interface Difference {
  readonly id: string
  readonly name: string
  readonly what: keyof Seen | 'gone' | 'new'
  readonly before: string
  readonly after: string
}

/** Each fact that is another now, in the order of the organisations' names. */
export function differences(then: SeenTree, now: SeenTree, nameOf: (id: string) => string): Difference[] {
  const ids = [...new Set([...Object.keys(then), ...Object.keys(now)])]
  const found = ids.flatMap((id): Difference[] => {
    const before = then[id]
    const after = now[id]
    const name = after?.name ?? before?.name ?? ''
    if (!before || !after)
      return [
        { id, name, what: before ? 'gone' : 'new', before: before?.name ?? '', after: after?.name ?? '' },
      ]
    return (Object.keys(before) as (keyof Seen)[]).flatMap((what) => {
      const [one, other] = [before[what], after[what]].map((value) => asWords(value, nameOf))
      return one === other ? [] : [{ id, name, what, before: one!, after: other! }]
    })
  })
  return found.sort((one, other) => one.name.localeCompare(other.name, 'vi'))
}

/** Whether something changed that the plan's meaning rests on: more than how many are counted where. */
export function structureDiffers(then: SeenTree, now: SeenTree): boolean {
  const bare = (tree: SeenTree) =>
    JSON.stringify(
      Object.entries(tree).map(([id, { name, kind, parentId, children }]) => [
        id,
        name,
        kind,
        parentId,
        children,
      ]),
    )
  return bare(then) !== bare(now)
}

function asWords(value: Seen[keyof Seen], nameOf: (id: string) => string): string {
  if (typeof value === 'object' && value !== null) return `${value.length}: ${value.map(nameOf).join(', ')}`
  return value === null ? '' : String(value)
}
