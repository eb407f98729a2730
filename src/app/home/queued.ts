/** Completing the acts that waited for level 2: each by the same door as one done at once, each with its own answer. */
import { choiceOf, findHat, requireCovered } from '../../identity/hats.ts'
import { actorOf, type ActingSession } from '../../identity/sessions.ts'
import type { PersonActor } from '../../kernel/actor.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { forgetDraft } from '../../web/form-drafts.ts'
import { settleDone, settleRefused, type ListedAct } from '../../web/queued-acts.ts'
import type { Web } from '../../web/web.ts'
import { featureOf } from '../features.ts'

export interface CompletedAct {
  readonly act: ListedAct
  /** the step the dossier stands at now, when it was done */
  readonly status?: string
  readonly refusal?: Refusal
  /** only the sign-in stands in the way: it waits on */
  readonly waits: boolean
}

/** What the owner can mend by signing in again is no answer to the act. */
const OF_THE_SIGN_IN: ReadonlySet<string> = new Set(['identity.stale-sign-in', 'identity.level-2-needed'])

/**
 * Does each act under its own command id, in the hat it was written in, against the event its writer saw: what moved on
 * meanwhile is refused as a conflict and kept; what was done already is answered alike.
 */
export async function completeActs(
  web: Web,
  session: ActingSession,
  acts: readonly ListedAct[],
  context: Context & { readonly actor: PersonActor },
): Promise<CompletedAct[]> {
  const results: CompletedAct[] = []
  for (const act of acts) results.push(await completeOne(web, session, act, context))
  return results
}

async function completeOne(
  web: Web,
  session: ActingSession,
  act: ListedAct,
  context: Context & { readonly actor: PersonActor },
): Promise<CompletedAct> {
  const { database } = web
  try {
    const feature = featureOf(act.procedure)
    if (!feature?.ask) throw new Refusal('not-found', 'dossier.unknown')
    const actor = await actorIn(web, session, act, context)
    const request = {
      dossierId: act.dossierId,
      commandId: act.id,
      expected: act.expectedNumber,
      command: { ...act.fields, type: act.command },
    }
    const { status } = await feature.ask(web, request, { ...context, actor })
    // Between the two an interruption may come: then the act is asked again and answered alike.
    await database.transaction(async (write) => {
      await settleDone(write, act.id, context.at)
      const { memberId, dossierId, command: form } = act
      await forgetDraft(write, { memberId, dossierId, form })
    })
    return { act, status, waits: false }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const waits = OF_THE_SIGN_IN.has(error.code)
    if (!waits) await database.transaction((write) => settleRefused(write, act.id, error, context.at))
    return { act, refusal: error, waits }
  }
}

/** The writer in the hat of the act, as it stands today. */
async function actorIn(
  web: Web,
  session: ActingSession,
  act: ListedAct,
  { actor, today }: Context & { readonly actor: PersonActor },
): Promise<PersonActor> {
  const hat = await findHat(web.database.read, session.memberId, choiceOf(act.hat), today)
  if (hat === undefined) throw new Refusal('forbidden', 'queue.hat-ended')
  requireCovered(hat, act.procedure)
  return { ...actorOf({ ...session, hat }), signedInAt: actor.signedInAt }
}
