/** Sealing (đóng dấu) as a job: the organisation fills number and date, signs, and the dossier moves on when all is stored. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../../kernel/actor.ts'
import type { Database, Write } from '../../../kernel/db.ts'
import { loadDossier, nextNumber } from '../../../kernel/dossier.ts'
import { performIn, type Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { termOf } from '../../../kernel/register-term.ts'
import { abbreviationOf, bodyName } from '../../../papers/bodies.ts'
import type { PaperServices } from '../../../papers/issue.ts'
import { placeAndDateLine, symbolLine } from '../../../papers/layout.ts'
import { loadFile, numberPaper, replaceBytes, storeFile, type Paper } from '../../../papers/store.ts'
import { signPaper } from '../../../signatures/seal.ts'
import { papersToSeal, seatOfHop } from './papers.ts'
import { officialTransfer } from '../procedure.ts'
import { currentHop, type Transfer } from '../law/states.ts'

/** Seals the letters of a hop once: a job that comes again finds nothing to do. */
export async function sealHop(
  database: Database,
  services: PaperServices,
  job: { dossierId: string; hop: number },
  contextNow: () => Promise<Omit<Context, 'actor'>>,
): Promise<void> {
  const context = { ...(await contextNow()), actor: CLOCK }
  await database.transaction(async (write) => {
    const dossier = await loadDossier<Transfer>(write, 'official-transfer', job.dossierId)
    if (dossier?.state.status !== 'sealing' || dossier.state.hop !== job.hop) return
    for (const paper of await papersToSeal(write, dossier.state))
      await sealPaper(write, services, dossier.state, paper, context)
    const command = { type: 'record-seal' as const, hop: job.hop }
    const request = { dossierId: job.dossierId, commandId: randomUUID(), expected: dossier.version, command }
    await performIn(write, officialTransfer(services), request, context)
  })
}

async function sealPaper(
  write: Write,
  services: PaperServices,
  transfer: Transfer,
  paper: Paper,
  context: Context,
): Promise<void> {
  const hop = currentHop(transfer)
  const { bytes } = await loadFile(write, paper.sha256!)
  const key = await services.signers.forOrganisation(hop.from.id)
  const symbol = await symbolOf(write, transfer, paper, context)
  const date = placeAndDateLine(seatOfHop(transfer, hop.from), hop.numbered!.issuedOn)
  const sealed = await signPaper(bytes, {
    place: 'organisation',
    key,
    at: context.at,
    ...(symbol ? { fill: { number: symbol, date } } : {}),
  })
  const sha256 = await storeFile(write, sealed, 'pdf')
  const organisation = bodyName(hop.from)
  const seal = { place: 'organisation', office: organisation, organisation, at: context.at.toISOString() }
  await replaceBytes(write, paper.id, { sha256, signers: [...paper.signers, seal] })
}

/** The letter has the number the clerk took; the notice its own; a self-review bears none. */
async function symbolOf(
  write: Write,
  transfer: Transfer,
  paper: Paper,
  context: Context,
): Promise<string | undefined> {
  const hop = currentHop(transfer)
  const numbered = hop.numbered!
  if (paper.kind === 'referral') return numbered.symbol
  if (paper.kind !== 'notice-of-transfer') return undefined
  const term = termOf(numbered.issuedOn, context)
  const number = await nextNumber(write, hop.from.id, 'PB', term)
  const symbol = symbolLine(number, 'PB', abbreviationOf(hop.from))
  await numberPaper(write, paper.id, { series: 'PB', term, number, symbol, issuedOn: numbered.issuedOn })
  return symbol
}

/** What went wrong, as a code the owner can act on; the job's last attempt makes it visible. */
export function failureOf(error: unknown): string {
  return error instanceof Refusal ? error.code : 'seal.unexpected'
}

/** The last attempt failed: the dossier says so, with an owner and a deadline; nothing is lost. */
export async function recordSealFailure(
  database: Database,
  services: PaperServices,
  job: { dossierId: string; hop: number },
  failure: string,
  contextNow: () => Promise<Omit<Context, 'actor'>>,
): Promise<void> {
  const context = { ...(await contextNow()), actor: CLOCK }
  await database.transaction(async (write) => {
    const dossier = await loadDossier<Transfer>(write, 'official-transfer', job.dossierId)
    if (dossier?.state.status !== 'sealing' || dossier.state.hop !== job.hop) return
    const command = { type: 'record-seal-failure' as const, hop: job.hop, failure }
    const request = { dossierId: job.dossierId, commandId: randomUUID(), expected: dossier.version, command }
    await performIn(write, officialTransfer(services), request, context)
  })
}
