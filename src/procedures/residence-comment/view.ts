/** The comment as one reader sees it. */
import { isThisPerson } from '../../kernel/actor.ts'
import type { Database } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { shownDossier } from '../../registry/readings/shown.ts'
import type { CommentView } from './contract.ts'
import { actionsOf, basics } from './dossier.ts'
import { gather } from './gather.ts'
import { awaited } from './law/awaited.ts'
import { decide } from './law/decide.ts'
import type { Facts } from './law/facts.ts'
import { SAMPLES } from './law/samples.ts'
import { NEXT, type Comment, type CommandType } from './law/states.ts'
import { findPapers } from '../../papers/store.ts'
import { requestPaperId } from './papers/follow.ts'
import { standingOf } from './papers/standing.ts'
import { residenceComment } from './procedure.ts'

/** @throws Refusal not-found `dossier.unknown` for one that does not exist and for one this reader may not see alike */
export async function viewComment(database: Database, id: string, context: Context): Promise<CommentView> {
  return database.transaction(async (write) => {
    const dossier = await shownDossier<Comment>(write, residenceComment, id, context, 'dossier')
    const { state } = dossier
    const asked = NEXT[state.status] as readonly CommandType[]
    const facts = await factsToAsk(write, state, context)
    const ask = (command: string, fresh: Context) =>
      decide(state, SAMPLES[command as Exclude<CommandType, 'request'>](state), facts, fresh)
    const reads = seesContent(state, context)
    const shown = await basics(write, dossier, awaited(state), context)
    return {
      ...shown,
      // Why the commune wants it looked at once more is a word about the words.
      lastReason: reads || TOLD_WHY.has(state.status) ? shown.lastReason : null,
      actions: actionsOf(asked, ask, context),
      year: state.year,
      purpose: state.purpose,
      reason: state.reason ?? null,
      late: state.late,
      corrects: state.corrects ?? null,
      exempt: state.exempt,
      form: state.form,
      communeActs: state.communeActs,
      returnBy: state.returnBy,
      escalated: state.escalated.map(({ level, at }) => ({ level, at })),
      sealFailure: state.sealFailure ?? null,
      paperId: state.paperId ?? null,
      requestPaper: standingOf((await findPapers(write, [requestPaperId(id)]))[0]),
      lastGround: state.lastGround ?? null,
      draft: reads
        ? {
            ticks: state.draft.ticks,
            freeText: state.draft.freeText,
            frontBoardMetOn: state.draft.frontBoardMetOn ?? null,
          }
        : null,
    }
  })
}

/** Where the last reason is the workplace's and the member's to know. */
const TOLD_WHY: ReadonlySet<Comment['status']> = new Set(['sent-back', 'cancelled'])

async function factsToAsk(
  write: Parameters<typeof gather>[0],
  state: Comment,
  context: Context,
): Promise<Facts> {
  const sample = state.status === 'sent-back' ? ({ type: 'ask-again' } as const) : ({ type: 'sign' } as const)
  return gather(write, state, sample, context)
}

/** The words of a comment are the cell's and the commune's until it is confirmed and sealed; then everybody's who knows of it. */
export function seesContent({ sealedAt, commune, cell, memberId }: Comment, { actor }: Context): boolean {
  if (sealedAt !== undefined || actor.kind !== 'person') return true
  // Whom it is about reads nothing before, in whatever hat: also as an officer of that very cell.
  if (isThisPerson(actor, memberId)) return false
  const own = actor.hat.organisationId
  return own === commune.id || own === cell?.id
}
