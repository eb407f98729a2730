/** What the registry knows of the organisations a plan touches, on the day it takes effect. */
import type { PlainDate } from '../../../kernel/plain-date.ts'

export interface Body {
  readonly id: string
  readonly code: string | null
  readonly name: string
  readonly kind: string
  readonly tier: string
  readonly holdsMembers: boolean
  readonly parentId: string | null
  readonly path: string
  /** ids of those directly below it */
  readonly children: readonly string[]
  /** counted in it, not below it */
  readonly active: number
  /** on their way from it */
  readonly inTransit: number
  readonly offices: number
}

export interface KindOfBody {
  readonly code: string
  readonly name: string
  readonly tier: string
  readonly holdsMembers: boolean
}

export interface Known {
  readonly day: PlainDate
  /** the organisation whose committee decides: everything touched lies below it */
  readonly under: Body
  /** touched organisations, the children of those, and their parents, by id */
  readonly bodies: ReadonlyMap<string, Body>
  /** kinds as they are on the day, by code */
  readonly kinds: ReadonlyMap<string, KindOfBody>
  /** where each member named by the plan is counted or in transit from; missing when nowhere */
  readonly members: ReadonlyMap<string, string>
  /** codes that the plan wants to give and somebody has */
  readonly codesTaken: ReadonlySet<string>
  /** touched organisations with a change recorded after the day, theirs or of somebody in them */
  readonly changedLater: ReadonlySet<string>
}
