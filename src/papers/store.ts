/** Files by their SHA-256 and the papers procedures issue, kept in the transaction of the act. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql, type Read, type Write } from '../kernel/db.ts'
import { chosenOnce } from '../kernel/outside.ts'
import { Refusal } from '../kernel/refusal.ts'

export type FileKind = 'pdf' | 'jpeg' | 'png' | 'heic' | 'xlsx'

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Keeps the bytes once, whoever brings them; gives their SHA-256. */
export async function storeFile(write: Write, bytes: Uint8Array, kind: FileKind): Promise<string> {
  const sha256 = sha256Of(bytes)
  await write.run(sql`
    insert into file (sha256, kind, size, bytes) values (${sha256}, ${kind}, ${bytes.length}, ${Buffer.from(bytes)})
    on conflict (sha256) do nothing`)
  return sha256
}

/** @throws Refusal not-found `file.unknown` */
export async function loadFile(read: Read, sha256: string): Promise<{ bytes: Uint8Array; kind: FileKind }> {
  const row = await read.maybe<{ bytes: Buffer; kind: FileKind }>(
    sql`select bytes, kind from file where sha256 = ${sha256}`,
  )
  if (!row) throw new Refusal('not-found', 'file.unknown')
  return { bytes: new Uint8Array(row.bytes), kind: row.kind }
}

/** Who signed, as the public page may say it: the office, never the name. */
export interface PaperSigner {
  readonly place: string
  readonly office: string
  readonly organisation: string
  readonly at: string
}

export interface Paper {
  readonly id: string
  readonly dossierId: string | null
  readonly kind: string
  readonly hop: number | null
  readonly organisationId: string
  readonly number: number | null
  readonly symbol: string | null
  readonly issuedOn: string | null
  readonly sha256: string | null
  readonly token: string
  readonly signers: readonly PaperSigner[]
  readonly createdAt: Date
  readonly voidedAt: Date | null
  readonly voidReason: string | null
  readonly replacedBy: string | null
  /** the places to be signed; null: by a person, and the seal of an issuer that has one */
  readonly places: readonly string[] | null
}

const COLUMNS = sql`id, dossier_id as "dossierId", kind, hop, organisation_id as "organisationId", number, symbol,
  issued_on as "issuedOn", sha256, token, signers, created_at as "createdAt", voided_at as "voidedAt",
  void_reason as "voidReason", replaced_by as "replacedBy", places`

/** 128 bits nobody can guess, for the public address of a paper. */
export function newToken(): string {
  return chosenOnce(() => randomBytes(16).toString('base64url'))
}

export async function insertPaper(
  write: Write,
  paper: Pick<Paper, 'kind' | 'hop' | 'organisationId' | 'token' | 'signers'> & {
    readonly id?: string
    readonly dossierId: string | null
    readonly sha256: string | null
    readonly contentDigest?: string
    readonly reorganisationId?: string
    readonly places?: readonly string[]
    readonly at: Date
  },
): Promise<void> {
  await write.run(sql`
    insert into paper (id, dossier_id, kind, hop, organisation_id, token, signers, sha256, content_digest,
                       reorganisation_id, places, created_at)
    values (${paper.id ?? randomUUID()}, ${paper.dossierId}, ${paper.kind}, ${paper.hop}, ${paper.organisationId},
            ${paper.token}, ${JSON.stringify(paper.signers)}, ${paper.sha256}, ${paper.contentDigest ?? null},
            ${paper.reorganisationId ?? null}, ${paper.places ? [...paper.places] : null}, ${paper.at})`)
}

/** The paper has its number from now on: an entry of the organisation's register, never taken back. */
export async function numberPaper(
  write: Write,
  paperId: string,
  entry: { series: string; term: string; number: number; symbol: string; issuedOn: string },
): Promise<void> {
  await write.run(sql`
    update paper set series = ${entry.series}, term = ${entry.term}, number = ${entry.number}, symbol = ${entry.symbol},
                     issued_on = ${entry.issuedOn}
     where id = ${paperId} and number is null`)
}

/** A new revision of the same paper: one signature more. */
export async function replaceBytes(
  write: Write,
  paperId: string,
  revision: { sha256: string; signers: readonly PaperSigner[] },
): Promise<void> {
  await write.run(sql`
    update paper set sha256 = ${revision.sha256}, signers = ${JSON.stringify(revision.signers)} where id = ${paperId}`)
}

/** More is to be signed on what stands: a side that replies. */
export async function addPlaces(
  write: Write,
  dossierId: string,
  kind: string,
  places: readonly string[],
): Promise<void> {
  await write.run(sql`
    update paper set places = places || ${[...places]}::text[]
     where dossier_id = ${dossierId} and kind = ${kind} and voided_at is null and not places && ${[...places]}::text[]`)
}

export async function voidPapers(
  write: Write,
  paperIds: readonly string[],
  reason: string,
  at: Date,
): Promise<void> {
  if (paperIds.length === 0) return
  await write.run(sql`
    update paper set voided_at = ${at}, void_reason = ${reason} where id = any(${[...paperIds]}::uuid[]) and voided_at is null`)
}

/** The newest letter of a hop takes the place of the ones voided before it. */
export async function linkReplacements(
  write: Write,
  dossierId: string,
  kind: string,
  hop: number,
  paperId: string,
): Promise<void> {
  await write.run(sql`
    update paper set replaced_by = ${paperId}
     where dossier_id = ${dossierId} and kind = ${kind} and hop = ${hop} and id <> ${paperId}
       and voided_at is not null and replaced_by is null`)
}

export function papersOf(read: Read, dossierId: string): Promise<Paper[]> {
  return read.rows<Paper>(
    sql`select ${COLUMNS} from paper where dossier_id = ${dossierId} order by created_at, hop nulls first, kind`,
  )
}

/** @throws Refusal not-found `paper.unknown` */
export async function getPaper(read: Read, id: string): Promise<Paper> {
  const paper = await read.maybe<Paper>(sql`select ${COLUMNS} from paper where id = ${id}`)
  if (!paper) throw new Refusal('not-found', 'paper.unknown')
  return paper
}

/** Those of the ids that there are, in the order of their kinds. */
export function findPapers(read: Read, ids: readonly string[]): Promise<Paper[]> {
  return read.rows<Paper>(sql`select ${COLUMNS} from paper where id = any(${[...ids]}::uuid[]) order by kind`)
}

export function findPaperByToken(read: Read, token: string): Promise<Paper | undefined> {
  return read.maybe<Paper>(sql`select ${COLUMNS} from paper where token = ${token}`)
}

/** The paper these bytes are, as it is now or as it was before its last signature. */
export function findPaperBySha256(read: Read, sha256: string): Promise<Paper | undefined> {
  return read.maybe<Paper>(sql`
    select ${COLUMNS} from paper where id = (select r.paper_id from paper_revision r where r.sha256 = ${sha256})`)
}
