/** A refusal (từ chối): the system's reasoned no, with its kind, stable code, citation and facts. */

/** The five kinds of the rules and the HTTP status each becomes: 404, 403, 400, 409, 422; and two of the door: 429, 503. */
export type RefusalKind =
  'not-found' | 'forbidden' | 'invalid' | 'conflict' | 'against-rule' | 'too-many' | 'overloaded'

/** What a refusal may tell: plain values only, never personal data. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** One field of a form that could not be taken, by its name in the contract. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
}

/**
 * Thrown by rules, caught by `app/http.ts` alone. The words for `code` stand in the slice's `texts.ts`.
 *
 * @param kind which of the families of "no"
 * @param code `area.reason`, part of the API
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: RefusalKind
  readonly code: string
  readonly citation: string | undefined
  readonly facts: RefusalFacts
  readonly fields: readonly FieldProblem[]

  constructor(
    kind: RefusalKind,
    code: string,
    more: { citation?: string; facts?: RefusalFacts; fields?: readonly FieldProblem[] } = {},
  ) {
    super(`${kind}: ${code}`)
    this.kind = kind
    this.code = code
    this.citation = more.citation
    this.facts = more.facts ?? {}
    this.fields = more.fields ?? []
  }
}

/** Asks without acting: the refusal that `ask` would throw, or undefined. A defect passes through. */
export function refusalOf(ask: () => unknown): Refusal | undefined {
  try {
    ask()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
