/** A plan of reorganisation (phương án sắp xếp tổ chức đảng): the decision it rests on, the bodies it makes, and six kinds of steps. */
import type { PlainDate } from '../../../kernel/plain-date.ts'

/** A body that begins with the plan. Steps name it by its id like any other. */
export interface NewBody {
  readonly id: string
  readonly code: string | null
  readonly name: string
  /** a code of `organisation_kind` */
  readonly kind: string
  readonly parentId: string
}

/** What goes to one of the bodies a split makes. */
export interface Part {
  readonly into: string
  readonly organisations: readonly string[]
  readonly members: readonly string[]
}

export type Step =
  /** hợp nhất, sáp nhập: each of `from` ends (unless it is `into`), all it has goes on in `into` */
  | { readonly type: 'merge'; readonly from: readonly string[]; readonly into: string }
  /** chia, tách: the parts go where they are told; the rest to `rest`, or stays where it was when that is null */
  | {
      readonly type: 'split'
      readonly from: string
      readonly parts: readonly Part[]
      readonly rest: string | null
    }
  /** chuyển một phần sang tổ chức khác */
  | {
      readonly type: 'part'
      readonly from: string
      readonly to: string
      readonly organisations: readonly string[]
      readonly members: readonly string[]
    }
  /** chuyển trực thuộc: the organisation and all below it */
  | { readonly type: 'move'; readonly organisation: string; readonly to: string }
  /** giải thể, kết thúc hoạt động: all it has goes to `to` */
  | { readonly type: 'dissolve'; readonly organisation: string; readonly to: string }
  /** đổi tên, maybe with another kind */
  | { readonly type: 'rename'; readonly organisation: string; readonly name: string; readonly kind?: string }

export type StepType = Step['type']
export const STEP_TYPES = [
  'merge',
  'split',
  'part',
  'move',
  'dissolve',
  'rename',
] as const satisfies readonly StepType[]

export interface Decision {
  readonly number: string
  readonly issuer: string
  readonly signedOn: PlainDate
}

export interface Plan {
  readonly title: string
  readonly decision: Decision
  /** from this day on things are as planned */
  readonly effectiveOn: PlainDate
  readonly bodies: readonly NewBody[]
  readonly steps: readonly Step[]
  /** offices of bodies that end which go on, with the same position, in the body that takes over */
  readonly continuing: readonly string[]
}

/** Every organisation that a step names, new bodies included; each once. */
export function namedBy(plan: Plan): string[] {
  const named = plan.steps.flatMap((step): readonly string[] => {
    switch (step.type) {
      case 'merge':
        return [...step.from, step.into]
      case 'split':
        return [
          step.from,
          ...step.parts.flatMap((part) => [part.into, ...part.organisations]),
          ...(step.rest === null ? [] : [step.rest]),
        ]
      case 'part':
        return [step.from, step.to, ...step.organisations]
      case 'move':
      case 'dissolve':
        return [step.organisation, step.to]
      case 'rename':
        return [step.organisation]
    }
  })
  return [...new Set([...named, ...plan.bodies.map((body) => body.parentId)])]
}

/** Every member that a step names. */
export function membersNamedBy(plan: Plan): string[] {
  return [
    ...new Set(
      plan.steps.flatMap((step) => {
        if (step.type === 'part') return step.members
        return step.type === 'split' ? step.parts.flatMap((part) => part.members) : []
      }),
    ),
  ]
}
