/**
 * The papers of many comments at once: what the cell signed is typeset and signed, what the commune confirmed is sealed, and
 * what a workplace asked or a commune replied is signed as far as it is not. Each
 * stands in a transaction of its own, so what is done stays done; whatever stops the rest leaves it to be found again.
 */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../../kernel/actor.ts'
import { isDiskFull, sql, type Database, type Write } from '../../../kernel/db.ts'
import { loadDossier, type StoredDossier } from '../../../kernel/dossier.ts'
import { performIn, type Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { HERE } from '../../../papers/press/press.ts'
import {
  insertPaper,
  loadFile,
  newToken,
  papersOf,
  replaceBytes,
  storeFile,
  type Paper,
  type PaperSigner,
} from '../../../papers/store.ts'
import { bodyName } from '../../../papers/bodies.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import type { Command, Comment } from '../law/states.ts'
import { RESIDENCE_COMMENT } from '../names.ts'
import { residenceComment } from '../procedure.ts'
import { COMMENT_KIND } from './follow.ts'
import { commentOnPaper, confirmedOn } from './paper-words.ts'
import { signWhatLacks, tellWaiting, waitingToBeSigned } from './signing.ts'

/** What making many papers works with. */
type PaperMaking = Pick<BackgroundServices, 'database' | 'signers' | 'publicUrl' | 'press' | 'contextNow'>

/** How many are looked up at a time, and after how many defects in one run the rest waits for the next. */
const AT_ONCE = 200
const MOST_DEFECTS = 5

interface Trying {
  readonly lastAttempt: boolean
  readonly atOnce?: number
}

/**
 * Makes every paper that waits. What a person must mend (no valid certificate) is recorded on its comment at once.
 *
 * @throws AggregateError the defects met (a full disk, a lost worker), after the others were made: the job is tried again
 */
export async function sealTask(
  making: PaperMaking,
  _payload: Readonly<Record<string, unknown>>,
  trying: Trying,
): Promise<void> {
  const defects = [...(await sealComments(making, trying)), ...(await signLetters(making, trying))]
  if (defects.length > 0) throw new AggregateError(defects, `${defects.length} comments without a paper`)
}

/** Comments alone: what the cell signed, what the commune confirmed. Answers the defects met. */
export function sealComments(making: PaperMaking, trying: Trying): Promise<unknown[]> {
  return makeAll(
    making,
    trying,
    (after, most) => waitingForPapers(making.database, after, most),
    (id) => makeOne(making, id),
    (id, error) => recordFailure(making, id, failureOf(error)),
  )
}

/** The workplace's requests and referrals, and the commune's replies. */
function signLetters(making: PaperMaking, trying: Trying): Promise<unknown[]> {
  return makeAll(
    making,
    trying,
    (after, most) => waitingToBeSigned(making.database.read, after, most),
    (id) => signWhatLacks(making, id),
    (id) => tellWaiting(making, id),
  )
}

async function makeAll(
  { press = HERE }: PaperMaking,
  { lastAttempt, atOnce = AT_ONCE }: Trying,
  waiting: (after: string | undefined, most: number) => Promise<{ id: string }[]>,
  make: (id: string) => Promise<void>,
  tell: (id: string, error: unknown) => Promise<void>,
): Promise<unknown[]> {
  const defects: unknown[] = []
  // The last attempt looks at all of them: each is made, or says why not.
  const isEnough = () => !lastAttempt && defects.length >= MOST_DEFECTS
  let last: string | undefined
  for (;;) {
    const found = await waiting(last, atOnce)
    if (found.length === 0 || isEnough()) return defects
    last = found.at(-1)!.id
    await abreast(press.abreast, found, async ({ id }) => {
      if (isEnough()) return
      try {
        await make(id)
      } catch (error) {
        if (!(error instanceof Refusal)) defects.push(error)
        if (error instanceof Refusal || lastAttempt) await tell(id, error)
      }
    })
  }
}

/** Signed by the cell and not on paper, or confirmed and not sealed; after the last one tried: what cannot be made keeps nobody waiting. */
function waitingForPapers(
  { read }: Database,
  after: string | undefined,
  most: number,
): Promise<{ id: string }[]> {
  return read.rows(sql`
    select d.id from dossier d
     where d.procedure = 'residence-comment' and d.status in ('sealing', 'cell-signed')
       and (${after ?? null}::uuid is null or d.id > ${after ?? null}::uuid)
       and (d.status = 'sealing' or not exists (
              select from paper p where p.dossier_id = d.id and p.kind = ${COMMENT_KIND} and p.voided_at is null))
     order by d.id limit ${most}`)
}

async function abreast<T>(
  width: number,
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.max(1, width) }, async () => {
      while (next < items.length) await act(items[next++]!)
    }),
  )
}

async function makeOne(making: PaperMaking, dossierId: string): Promise<void> {
  const dossier = await loadDossier<Comment>(making.database.read, RESIDENCE_COMMENT, dossierId)
  if (!dossier) return
  const paper = await paperOf(making, dossierId)
  const signed = paper ?? (await signByCell(making, dossier))
  if (signed && dossier.state.status === 'sealing') await sealByCommune(making, dossier, signed)
}

/** The paper that stands: one of a comment that went back to the cell is voided. */
async function paperOf({ database }: PaperMaking, dossierId: string): Promise<Paper | undefined> {
  const papers = await papersOf(database.read, dossierId)
  return papers.find(({ kind, voidedAt }) => kind === COMMENT_KIND && voidedAt === null)
}

/** The comment on paper as the cell signed it, under the moment of that act; undefined when somebody acted meanwhile. */
async function signByCell(
  making: PaperMaking,
  { id, version, state }: StoredDossier<Comment>,
): Promise<Paper | undefined> {
  const { database, signers, press = HERE } = making
  const { title, says, signer } = await commentOnPaper(database.read, state)
  const at = new Date(state.cellSigned!.at)
  const token = newToken()
  const frame = {
    title,
    madeAt: at.toISOString(),
    verifyUrl: `${making.publicUrl}/verify/${token}`,
    test: signers.test,
  }
  const of = { template: 'residence-comment' as const, data: { ...frame, ...says } }
  const bytes = await press.make({ of, place: 'cell', at }, await signers.forPerson(signer.memberId))
  const { office, organisation } = signer
  const signature: PaperSigner = { place: 'cell', office, organisation, at: at.toISOString() }
  await database.transaction(async (write) => {
    if (!(await isStill(write, id, version))) return
    const sha256 = await storeFile(write, bytes, 'pdf')
    await insertPaper(write, {
      kind: COMMENT_KIND,
      hop: null,
      dossierId: id,
      organisationId: state.cellSigned!.organisationId,
      token,
      signers: [signature],
      sha256,
      places: ['cell', 'organisation'],
      at,
    })
  })
  return paperOf(making, id)
}

/** The commune's confirmation: its day and its seal, and the comment goes back to the workplace. */
async function sealByCommune(
  making: PaperMaking,
  { id, version, state }: StoredDossier<Comment>,
  paper: Paper,
): Promise<void> {
  const { database, signers, press = HERE } = making
  const context = { ...(await making.contextNow()), actor: CLOCK }
  const { bytes } = await loadFile(database.read, paper.sha256!)
  const key = await signers.forOrganisation(state.commune.id)
  const fill = { 'confirmed-on': confirmedOn(state, new Date(state.confirmed!.at)) }
  const sealed = await press.make({ of: bytes, place: 'organisation', at: context.at, fill }, key)
  const commune = bodyName(state.commune)
  const seal = { place: 'organisation', office: commune, organisation: commune, at: context.at.toISOString() }
  await database.transaction(async (write) => {
    if (!(await isStill(write, id, version))) return
    const sha256 = await storeFile(write, sealed, 'pdf')
    await replaceBytes(write, paper.id, { sha256, signers: [...paper.signers, seal] })
    await record(write, id, version, { type: 'record-seal', paperId: paper.id }, context)
  })
}

/** Held until the transaction ends: nobody acts on the comment between this look and what is kept. */
async function isStill(write: Write, dossierId: string, version: number): Promise<boolean> {
  const row = await write.maybe<{ version: number }>(
    sql`select version from dossier where id = ${dossierId} for update`,
  )
  return row?.version === version
}

async function recordFailure(making: PaperMaking, dossierId: string, failure: string): Promise<void> {
  const context = { ...(await making.contextNow()), actor: CLOCK }
  await making.database.transaction(async (write) => {
    const dossier = await loadDossier<Comment>(write, RESIDENCE_COMMENT, dossierId)
    // What only the cell signed is met again when the commune has confirmed it.
    if (dossier?.state.status !== 'sealing') return
    await record(write, dossierId, dossier.version, { type: 'record-seal-failure', failure }, context)
  })
}

async function record(
  write: Write,
  dossierId: string,
  expected: number,
  command: Command,
  context: Context,
): Promise<void> {
  const request = { dossierId, commandId: randomUUID(), expected, command }
  await performIn(write, residenceComment, request, context)
}

/** What went wrong, as a code its owner can act on. */
function failureOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  return isDiskFull(error) ? 'seal.no-room' : 'seal.unexpected'
}
