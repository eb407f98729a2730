/** Signing and numbering hand-over papers: each act once, under the rules of `law/hand-over.ts`; the seal follows as a job. */
import { FRESH_SIGN_IN_MINUTES, hasFreshSignIn, type PersonActor } from '../../../kernel/actor.ts'
import { sql, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { nextNumber } from '../../../kernel/dossier.ts'
import { planJob } from '../../../kernel/jobs.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { termOf } from '../../../kernel/register-term.ts'
import { abbreviationOf, seatOf, signingBlock } from '../../../papers/bodies.ts'
import { typesetPaper, type PaperServices } from '../../../papers/issue.ts'
import { placeAndDateLine, symbolLine } from '../../../papers/layout.ts'
import { loadFile, numberPaper, replaceBytes, storeFile, type PaperSigner } from '../../../papers/store.ts'
import { signPaper } from '../../../signatures/seal.ts'
import { ancestorsOn } from '../../organisations/store.ts'
import { refuseNumbering, refuseSigning, signersAt, type Place } from '../law/hand-over.ts'
import { decisionPaper } from './make.ts'
import {
  lastLeaders,
  lockHandOver,
  minutesOf,
  recordAct,
  standingOf,
  stepsOf,
  type HandOverPaper,
} from './store.ts'
import { SEAL_TASK } from './tasks.ts'

/** The kind of decisions in a committee's register: 'Số 07-QĐ/ĐU'. */
const DECISION_KIND = 'QĐ'

/** In which office somebody signs. */
export interface SigningAs {
  readonly memberId: string
  readonly position: string
  readonly organisationId: string
  readonly delegated?: boolean
}

/**
 * Signs at one place. The same person again changes nothing.
 *
 * @throws Refusal not-found `hand-over.unknown`; forbidden `identity.stale-sign-in`; and as `refuseSigning`
 */
export async function signHandOver(
  database: Database,
  services: PaperServices,
  asked: { readonly id: string; readonly place: Place },
  context: Context & { readonly actor: PersonActor },
): Promise<void> {
  const { id, place } = asked
  const { actor } = context
  await database.transaction(async (write) => {
    const paper = await mustLock(write, id, context)
    if (paper.acts.some(({ act, memberId }) => act === place && memberId === actor.memberId)) return
    const last = await lastOffice(write, paper, actor.memberId)
    refuseSigning(place, standingOf(paper), { actor, ledGiver: last !== undefined })
    requireFresh(actor, context.at)
    const { position, organisationId } = actor.hat
    const asLast = place === 'giver' && last !== undefined && organisationId !== paper.underId
    const as = asLast
      ? { memberId: actor.memberId, position: last, organisationId: minutesOf(paper).giver.id }
      : { memberId: actor.memberId, position, organisationId }
    await signPlace(write, services, id, place, as, context)
  })
}

function requireFresh(actor: PersonActor, at: Date): void {
  if (hasFreshSignIn(actor, at)) return
  throw new Refusal('forbidden', 'identity.stale-sign-in', {
    citation: '379-QĐ/TW, Điều 12',
    facts: { minutes: FRESH_SIGN_IN_MINUTES },
  })
}

/** The position in which this member led the side that ended; undefined for everybody else. */
export async function lastOffice(
  read: Read,
  paper: HandOverPaper,
  memberId: string,
): Promise<string | undefined> {
  if (paper.kind !== 'minutes') return undefined
  const { giver } = minutesOf(paper)
  if (!giver.ended) return undefined
  const leaders = await lastLeaders(read, paper.reorganisationId, giver.id, signersAt(giver.tier))
  return leaders.find((each) => each.memberId === memberId)?.position
}

async function mustLock(write: Write, id: string, { today }: Context): Promise<HandOverPaper> {
  const paper = await lockHandOver(write, id, today)
  if (!paper) throw new Refusal('not-found', 'hand-over.unknown')
  return paper
}

/** Puts a signature where the law has allowed it, and plans what follows; in the caller's transaction. */
export async function signPlace(
  write: Write,
  services: PaperServices,
  id: string,
  place: Place,
  as: SigningAs,
  context: Context,
): Promise<void> {
  const paper = await mustLock(write, id, context)
  const signer = await signerNamed(write, as)
  // Whoever cannot sign takes no number.
  const key = await services.signers.forPerson(as.memberId)
  const numbering = place === 'person' && !paper.places.includes('organisation')
  const numbered = numbering ? await takeNumber(write, paper, context) : undefined
  const { bytes, fill } = await toSign(write, services, paper, place, as, signer, context)
  const signed = await signPaper(bytes, { place, key, at: context.at, fill: { ...fill, ...numbered } })
  const mark: PaperSigner = {
    place,
    ...describeSigner(paper, place, as, signer),
    at: context.at.toISOString(),
  }
  await replaceBytes(write, id, {
    sha256: await storeFile(write, signed, 'pdf'),
    signers: [...paper.signers, mark],
  })
  await recordAct(write, id, place, as, context.at)
  if (numbered) await recordAct(write, id, 'number', as, context.at)
  await planSeal(write, id, context)
}

async function signerNamed(
  read: Read,
  { memberId, position }: SigningAs,
): Promise<{ name: string; office: string }> {
  return read.one(sql`
    select m.full_name as name, p.name as office from member m, position p
     where m.id = ${memberId} and p.code = ${position}`)
}

/** Minutes are there and get the signer's name; a decision is made with it. */
async function toSign(
  write: Write,
  services: PaperServices,
  paper: HandOverPaper,
  place: Place,
  as: SigningAs,
  { name }: { readonly name: string },
  context: Context,
): Promise<{ bytes: Uint8Array; fill: Record<string, string> }> {
  const block = signingBlock(as.position, name, paper.places.includes('organisation'), as.delegated ?? false)
  if (place === 'person') {
    const content = await decisionPaper(write, paper, block, context.today)
    return { bytes: await typesetPaper(services, paper.token, content, context.at), fill: {} }
  }
  const { bytes } = await loadFile(write, paper.sha256!)
  return {
    bytes,
    fill: { [`${place}-name`]: name, [`${place}-position`]: positionFor(paper, place, as, block.position) },
  }
}

/** Who signs for an organisation that ended says in what capacity. */
function positionFor(paper: HandOverPaper, place: Place, as: SigningAs, title: string): string {
  const { giver } = minutesOf(paper)
  if (place !== 'giver' || !giver.ended) return title
  return as.organisationId === giver.id ? `${title} khi kết thúc hoạt động` : `${title}, ${paper.underName}`
}

function describeSigner(
  paper: HandOverPaper,
  place: Place,
  as: SigningAs,
  { office }: { readonly office: string },
): Pick<PaperSigner, 'office' | 'organisation'> {
  if (place === 'person') return { office, organisation: paper.issuerName }
  const side = minutesOf(paper)[place]
  return { office, organisation: as.organisationId === side.id ? side.name : paper.underName }
}

/**
 * Takes the number of a decision from its committee's register. The same person again changes nothing.
 *
 * @throws Refusal not-found `hand-over.unknown`; and as `refuseNumbering`
 */
export async function numberHandOver(
  database: Database,
  id: string,
  context: Context & { readonly actor: PersonActor },
): Promise<void> {
  const { actor } = context
  await database.transaction(async (write) => {
    const paper = await mustLock(write, id, context)
    if (paper.acts.some(({ act, memberId }) => act === 'number' && memberId === actor.memberId)) return
    refuseNumbering(standingOf(paper), actor)
    requireFresh(actor, context.at)
    await takeNumber(write, paper, context)
    const { position, organisationId } = actor.hat
    await recordAct(write, id, 'number', { memberId: actor.memberId, position, organisationId }, context.at)
    await planSeal(write, id, context)
  })
}

async function takeNumber(
  write: Write,
  paper: HandOverPaper,
  context: Context,
): Promise<Record<string, string>> {
  const { today } = context
  const term = termOf(today, context)
  const number = await nextNumber(write, paper.issuerId, DECISION_KIND, term)
  const symbol = symbolLine(number, DECISION_KIND, abbreviationOf({ tier: paper.issuerTier }))
  await numberPaper(write, paper.id, { series: DECISION_KIND, term, number, symbol, issuedOn: today })
  return { number: symbol, date: await dateLine(write, paper.issuerId, today) }
}

export async function dateLine(read: Read, organisationId: string, day: string): Promise<string> {
  const chain = await ancestorsOn(read, organisationId, day)
  return placeAndDateLine(seatOf(chain, chain[0]!), day)
}

async function planSeal(write: Write, id: string, context: Context): Promise<void> {
  const paper = await mustLock(write, id, context)
  if (stepsOf(paper).includes('seal')) await planJob(write, { task: SEAL_TASK, payload: { paperId: id } })
}
