/** Checkpoints (điểm đối chiếu): the end of the chain as it is now, signed, to be kept by somebody else. */
import { sql, type Database, type Read } from '../kernel/db.ts'
import type { SigningKey } from '../signatures/authority.ts'
import { signChecked } from '../signatures/cms.ts'
import { sealAll } from './sealer.ts'

const FORMAT = 'dangvu-checkpoint-1'

/** What is given away: nothing in it tells of a person. docs/audit-format.md describes it. */
export interface Checkpoint {
  readonly format: typeof FORMAT
  /** the hash of block 0: no two installations have the same */
  readonly installation: string
  readonly block: number
  readonly hash: string
  /** how many entries are sealed up to this block */
  readonly entries: number
  readonly at: string
  readonly algorithm: SigningKey['algorithm']
  /** PEM: the signer's certificate, then those between it and the root */
  readonly certificates: readonly string[]
  /** base64, over the six lines of `signedText` */
  readonly signature: string
}

/**
 * Seals what is there, signs the end of the chain, and keeps a copy of what was given.
 *
 * @param taking `id`: made up by the page or caller; the same id again takes nothing new
 * @throws Refusal as `signChecked`
 */
export async function takeCheckpoint(
  database: Database,
  taking: { readonly id: string; readonly key: SigningKey; readonly at: Date; readonly takenBy?: string },
): Promise<Checkpoint> {
  const { id, key, at, takenBy } = taking
  await sealAll(database)
  const end = await database.read.one<Pick<Checkpoint, 'installation' | 'block' | 'hash' | 'entries'>>(sql`
    select (select encode(hash, 'hex') from audit_block where number = 0) as installation,
           number as block, encode(hash, 'hex') as hash, total as entries
      from audit_block order by number desc limit 1`)
  const said = { format: FORMAT, ...end, at: at.toISOString() } as const
  const signature = await signChecked(Buffer.from(signedText(said)), key)
  const checkpoint: Checkpoint = {
    ...said,
    algorithm: key.algorithm,
    certificates: [key.certificate, ...key.chain].map(pemOf),
    signature: Buffer.from(signature).toString('base64'),
  }
  await database.transaction((write) =>
    write.run(sql`
      insert into audit_checkpoint (id, block, hash, total, taken_at, taken_by, document)
      values (${id}, ${end.block}, decode(${end.hash}, 'hex'), ${end.entries}, ${at}, ${takenBy ?? null},
              ${JSON.stringify(checkpoint)})
      on conflict (id) do nothing`),
  )
  return checkpoint
}

function signedText(said: Pick<Checkpoint, 'format' | 'installation' | 'block' | 'hash' | 'entries' | 'at'>) {
  const lines = [said.format, said.installation, said.block, said.hash, said.entries, said.at]
  return lines.map((line) => `${line}\n`).join('')
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** How the log stands, for the page that shows it. */
export interface LogStanding {
  /** sealed entries */
  readonly entries: number
  readonly block: number
  readonly hash: string
  readonly sealedAt: Date
  readonly unsealed: number
}

export function standingOf(read: Read): Promise<LogStanding> {
  return read.one<LogStanding>(sql`
    select total as entries, number as block, encode(hash, 'hex') as hash, sealed_at as "sealedAt",
           (select count(*) from audit_tail) as unsealed
      from audit_block order by number desc limit 1`)
}

export interface GivenCheckpoint {
  readonly id: string
  readonly block: number
  readonly entries: number
  readonly takenAt: Date
  /** null: the command line */
  readonly takenBy: string | null
}

const SHOWN = 20

export function lastCheckpoints(read: Read): Promise<GivenCheckpoint[]> {
  return read.rows<GivenCheckpoint>(sql`
    select c.id, c.block, c.total as entries, c.taken_at as "takenAt", m.full_name as "takenBy"
      from audit_checkpoint c left join member m on m.id = c.taken_by
     order by c.taken_at desc, c.block desc limit ${SHOWN}`)
}

/** The document as it was given, or undefined for an id nobody gave. */
export async function findCheckpoint(read: Read, id: string): Promise<Checkpoint | undefined> {
  const row = await read.maybe<{ document: Checkpoint }>(
    sql`select document from audit_checkpoint where id = ${id}`,
  )
  return row?.document
}
