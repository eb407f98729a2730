/** What the verifier of the log answers: figures, and every problem by its kind. */

export type ProblemKind =
  | 'block-missing'
  | 'block-altered'
  | 'chain-broken'
  | 'entry-altered'
  | 'entry-missing'
  | 'entry-inserted'
  | 'entry-sealed-twice'
  | 'log-truncated'
  | 'checkpoint-differs'
  | 'checkpoint-of-another-log'
  | 'checkpoint-signature-wrong'
  | 'checkpoint-untrusted'
  | 'row-altered'
  | 'row-missing'
  | 'row-not-in-log'
  | 'table-missing'
  | 'trigger-off'
  | 'file-altered'
  | 'changed-outside'

/** Numbers and keys only: a problem can be told to anybody. */
export interface Problem {
  readonly kind: ProblemKind
  readonly block?: number
  readonly seq?: number
  readonly subject?: string
  readonly key?: string
}

export interface LogReport {
  /** entries there are, the unsealed ones too */
  readonly entries: number
  readonly blocks: number
  readonly unsealed: number
  /** null: everything is sealed */
  readonly oldestUnsealedSeconds: number | null
  /** entries made by somebody at the database itself */
  readonly outside: number
  readonly rowsChecked: number
  readonly filesChecked: number
  readonly tookSeconds: number
  readonly entriesPerSecond: number
  readonly checkpoint: { readonly block: number; readonly trusted: boolean | null } | null
  /** how many problems were found; the list is cut off after the first thousand */
  readonly problemCount: number
  readonly problems: readonly Problem[]
}

const KEPT = 1000

/** Collects problems; a log that is wrong everywhere must not fill the memory. */
export function collectProblems() {
  const kept: Problem[] = []
  let count = 0
  return {
    kept,
    count: () => count,
    add(problem: Problem) {
      count += 1
      if (kept.length < KEPT) kept.push(problem)
    },
  }
}

export type Problems = ReturnType<typeof collectProblems>
