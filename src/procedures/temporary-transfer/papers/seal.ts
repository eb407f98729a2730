/** Sealing (đóng dấu) as a job: the host sees the referral once it is whole; what the host committee issues stands already and gets its seal after it. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../../kernel/actor.ts'
import { isDiskFull, sql, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { loadDossier } from '../../../kernel/dossier.ts'
import { performIn, type Context, type Procedure } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { bodyName } from '../../../papers/bodies.ts'
import type { PaperServices } from '../../../papers/issue.ts'
import { getPaper, loadFile, papersOf, replaceBytes, storeFile, type Paper } from '../../../papers/store.ts'
import { getOrganisation } from '../../../registry/organisations/store.ts'
import { signPaper } from '../../../signatures/seal.ts'
import type { Command, Event, Stay } from '../law/states.ts'
import type { Facts } from '../law/facts.ts'
import { dateLineOf, EXTENSION_PAPER, HOST_HOP, isSealed, REFERRAL_PAPER } from './papers.ts'
import { CONFIRMED } from './self-review.ts'

const TEMPORARY_TRANSFER = 'temporary-transfer'

type StayProcedure = Procedure<Stay, Command, Event, Facts>
type ContextNow = () => Promise<Omit<Context, 'actor'>>

/** Seals the referral once and moves the dossier on: a job that comes again finds nothing to do. */
export async function sealReferral(
  database: Database,
  services: PaperServices,
  procedure: StayProcedure,
  dossierId: string,
  contextNow: ContextNow,
): Promise<void> {
  await moveOn(database, procedure, dossierId, contextNow, async (write, { referral }, { at }) => {
    const paper = await getPaper(write, referral!.paperId)
    const { symbol, issuedOn } = referral!.numbered!
    const from = await getOrganisation(write, paper.organisationId, issuedOn)
    const fill = { number: symbol, date: await dateLineOf(write, from, issuedOn) }
    await seal(write, services, paper, bodyName(from), at, fill)
    for (const review of await papersOf(write, dossierId))
      if (review.kind === CONFIRMED && review.voidedAt === null && !isSealed(review))
        await seal(write, services, review, bodyName(from), at)
    return { type: 'record-seal' }
  })
}

/** The last attempt failed: the dossier says so, with an owner and a deadline; nothing is lost. */
export async function recordSealFailure(
  database: Database,
  procedure: StayProcedure,
  dossierId: string,
  failure: string,
  contextNow: ContextNow,
): Promise<void> {
  await moveOn(database, procedure, dossierId, contextNow, async () => ({
    type: 'record-seal-failure',
    failure,
  }))
}

async function moveOn(
  database: Database,
  procedure: StayProcedure,
  dossierId: string,
  contextNow: ContextNow,
  act: (write: Write, stay: Stay, context: Context) => Promise<Command>,
): Promise<void> {
  const context = { ...(await contextNow()), actor: CLOCK }
  await database.transaction(async (write) => {
    const dossier = await loadDossier<Stay>(write, TEMPORARY_TRANSFER, dossierId)
    if (dossier?.state.status !== 'sealing') return
    const command = await act(write, dossier.state, context)
    const request = { dossierId, commandId: randomUUID(), expected: dossier.version, command }
    await performIn(write, procedure, request, context)
  })
}

/** What went wrong, as a code the owner can act on. */
export function failureOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  return isDiskFull(error) ? 'seal.no-room' : 'seal.unexpected'
}

/** Letters of a host committee and extensions whose seal is overdue, because a job of theirs came to nothing; bounded. */
export function unsealed(read: Read, at: Date): Promise<{ id: string }[]> {
  return read.rows(sql`
    select p.id from paper p join dossier d on d.id = p.dossier_id
     where d.procedure = ${TEMPORARY_TRANSFER} and d.is_open and p.voided_at is null
       and (p.kind = ${EXTENSION_PAPER} or p.kind = ${REFERRAL_PAPER} and p.hop = ${HOST_HOP})
       and p.created_at < ${new Date(at.getTime() - PATIENCE_MS)}
       and not p.signers @> '[{"place": "organisation"}]'
     order by p.created_at limit 100`)
}

/** So long the job that was planned with the paper is left alone. */
const PATIENCE_MS = 30 * 60_000

/** Puts the seal of its issuer on a paper that stands already, once; a body without a seal has none to put. */
export async function sealIssued(
  database: Database,
  services: PaperServices,
  paperId: string,
  contextNow: ContextNow,
): Promise<void> {
  const { at } = await contextNow()
  await database.transaction(async (write) => {
    await write.run(sql`select from paper where id = ${paperId} for update`)
    const paper = await getPaper(write, paperId)
    const from = await getOrganisation(write, paper.organisationId, paper.issuedOn!)
    if (from.hasSeal && !isSealed(paper) && paper.voidedAt === null)
      await seal(write, services, paper, bodyName(from), at)
  })
}

async function seal(
  write: Write,
  services: PaperServices,
  paper: Paper,
  organisation: string,
  at: Date,
  fill?: Readonly<Record<string, string>>,
): Promise<void> {
  const { bytes } = await loadFile(write, paper.sha256!)
  const key = await services.signers.forOrganisation(paper.organisationId)
  const sealed = await signPaper(bytes, { place: 'organisation', key, at, ...(fill ? { fill } : {}) })
  const sha256 = await storeFile(write, sealed, 'pdf')
  const signature = { place: 'organisation', office: organisation, organisation, at: at.toISOString() }
  await replaceBytes(write, paper.id, { sha256, signers: [...paper.signers, signature] })
}
