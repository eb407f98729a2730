/** One paper's making, wherever it happens: typeset it or take it as it is, then sign it at one place. */
import type { SigningKey } from '../../signatures/authority.ts'
import { preparePaper } from '../../signatures/prepare.ts'
import { signPaper } from '../../signatures/seal.ts'
import type { Paper } from '../layout.ts'
import { renderPaper } from '../render.ts'

/** What can travel to a worker: plain values. The key stays where it is. */
export interface Making {
  /** what is to be typeset, or the bytes of a paper that somebody signed before */
  readonly of: Paper | Uint8Array
  readonly place: string
  readonly at: Date
  readonly fill?: Readonly<Record<string, string>>
}

export async function makePaper({ of, place, at, fill }: Making, key: SigningKey): Promise<Uint8Array> {
  const prepared = of instanceof Uint8Array ? of : preparePaper(await renderPaper(of))
  return signPaper(prepared, { place, key, at, ...(fill ? { fill } : {}) })
}
