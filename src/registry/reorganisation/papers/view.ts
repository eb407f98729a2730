/** What one reader sees of hand-over papers, and what they may do with each. */
import { MEMBER_HAT, type PersonActor } from '../../../kernel/actor.ts'
import type { Language } from '../../../kernel/plain-date.ts'
import type { Read } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal, refusalOf } from '../../../kernel/refusal.ts'
import { HAND_OVER_TEXTS, nameOf, standingInWords } from './texts.ts'
import { findOrganisation } from '../../organisations/store.ts'
import { mayReadMembers } from '../../reader.ts'
import { refuseNumbering, refuseSigning, type Place } from '../law/hand-over.ts'
import { PLANNERS } from '../law/rules.ts'
import type { PlanPageProps } from '../plan-page.tsx'
import type { HandOverView } from './contract.ts'
import { lastOffice } from './sign.ts'
import {
  decisionOf,
  findHandOver,
  handOversFor,
  handOversOfPlan,
  minutesOf,
  standingOf,
  stepsOf,
  type HandOverPaper,
} from './store.ts'

export type Asking = Context & { readonly actor: PersonActor }

/**
 * The organisations for which somebody reads: the office's own, and for a commission's planner the committee it advises.
 * None in a member's own hat, nor in one worn for somebody else.
 */
async function desksOf(read: Read, { actor, today }: Asking): Promise<string[]> {
  const { hat, onBehalfOf } = actor
  if (hat.position === MEMBER_HAT || onBehalfOf) return []
  const own = await findOrganisation(read, hat.organisationId, today)
  const advised = own?.tier === 'advisory' && PLANNERS.includes(hat.position) ? own.parentId : null
  return [hat.organisationId, ...(advised ? [advised] : [])]
}

/** Minutes name members: a system administrator reads none (domain G.2). */
const isReadable = ({ actor }: Asking, { kind }: HandOverPaper) =>
  kind !== 'minutes' || mayReadMembers(actor.hat)

export async function readableHandOvers(
  read: Read,
  context: Asking,
  openOnly = false,
): Promise<HandOverPaper[]> {
  if (context.actor.onBehalfOf) return []
  const desks = await desksOf(read, context)
  const papers = await handOversFor(
    read,
    { organisationIds: desks, memberId: context.actor.memberId, openOnly },
    context.today,
  )
  return papers.filter((paper) => isReadable(context, paper))
}

/** @throws Refusal not-found `hand-over.unknown`, for others' papers as for none */
export async function readableHandOver(read: Read, id: string, context: Asking): Promise<HandOverPaper> {
  const paper = await findHandOver(read, id, context.today)
  if (paper && isReadable(context, paper) && (await concerns(read, paper, context))) return paper
  throw new Refusal('not-found', 'hand-over.unknown')
}

async function concerns(read: Read, paper: HandOverPaper, context: Asking): Promise<boolean> {
  if (context.actor.onBehalfOf) return false
  const sides = paper.kind === 'minutes' ? [minutesOf(paper).giver.id, minutesOf(paper).receiver.id] : []
  const own = [paper.issuerId, paper.underId, ...sides]
  if ((await desksOf(read, context)).some((desk) => own.includes(desk))) return true
  return (await lastOffice(read, paper, context.actor.memberId)) !== undefined
}

const PLACES: readonly Place[] = ['person', 'giver', 'receiver']

export async function handOverView(read: Read, paper: HandOverPaper, context: Asking): Promise<HandOverView> {
  const { actor } = context
  const standing = standingOf(paper)
  const steps = stepsOf(paper)
  const signer = { actor, ledGiver: (await lastOffice(read, paper, actor.memberId)) !== undefined }
  const minutes = paper.kind === 'minutes' ? minutesOf(paper) : undefined
  const mayNumber = refusalOf(() => refuseNumbering(standing, actor)) === undefined
  return {
    id: paper.id,
    kind: paper.kind,
    planTitle: paper.planTitle,
    basis: paper.decision,
    effectiveOn: paper.effectiveOn,
    issuer: paper.issuerName,
    lines: minutes
      ? [
          {
            giver: minutes.giver.name,
            receiver: minutes.receiver.name,
            organisations: [...minutes.organisations],
            members: minutes.members,
          },
        ]
      : decisionOf(paper).lines.map((line) => ({ ...line, organisations: [...line.organisations] })),
    giverEnded: minutes?.giver.ended ?? false,
    seals: [...(minutes?.seals ?? [])],
    dueOn: paper.dueOn,
    symbol: paper.symbol,
    issuedOn: paper.issuedOn,
    voidReason: paper.voidReason,
    failure: paper.failure,
    steps,
    signers: [...paper.signers],
    may: [
      ...PLACES.filter((place) => refusalOf(() => refuseSigning(place, standing, signer)) === undefined),
      ...(mayNumber ? (['number'] as const) : []),
      ...(steps.includes('seal') && paper.failure ? (['seal'] as const) : []),
    ],
    made: paper.sha256 !== null,
  }
}

/** The papers of a plan, as somebody sees them who may see the plan. */
export async function planPapers(read: Read, planId: string, context: Asking): Promise<HandOverView[]> {
  const papers = await handOversOfPlan(read, planId, context.today)
  const readable = papers.filter((paper) => isReadable(context, paper))
  return Promise.all(readable.map((paper) => handOverView(read, paper, context)))
}

export function papersShown(papers: readonly HandOverView[], language: Language): PlanPageProps['papers'] {
  const words = HAND_OVER_TEXTS[language]
  return papers.map((paper) => ({
    href: `/hand-overs/${paper.id}`,
    title: nameOf(paper, words),
    about: standingInWords(paper, language),
  }))
}

/** How many wait for this person. */
export async function waitingHandOvers(read: Read, context: Asking): Promise<number> {
  const papers = await readableHandOvers(read, context, true)
  const views = await Promise.all(papers.map((paper) => handOverView(read, paper, context)))
  return views.filter(({ may }) => may.length > 0).length
}
