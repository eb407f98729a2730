/** How far a paper is signed, as its page says it. */
import type { Paper } from '../../../papers/store.ts'
import type { PaperStanding } from '../contract.ts'

/** A request that nobody signs is made when it is first opened. */
export function standingOf(paper: Paper | undefined): PaperStanding {
  if (!paper?.places) return 'unsigned'
  if (paper.sha256 === null) return 'entered'
  const signed = new Set(paper.signers.map(({ place }) => place))
  return paper.places.every((place) => signed.has(place)) ? 'whole' : 'lacking'
}

/** The one that stands, else the last that was voided. */
export function standing(papers: readonly Paper[], kind: string): Paper | undefined {
  const all = papers.filter((paper) => paper.kind === kind)
  return all.findLast(({ voidedAt }) => voidedAt === null) ?? all.at(-1)
}
