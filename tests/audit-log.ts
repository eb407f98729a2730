/** A small house whose acts are in the log, sealed, with a checkpoint given away; and the superuser who tampers with it. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { sealAll } from '../src/audit/sealer.ts'
import { takeCheckpoint } from '../src/audit/checkpoint.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { addMember, addTwoWards } from '../src/registry/test-builders.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  signingKey,
  type SigningKey,
  type StoredKey,
} from '../src/signatures/authority.ts'
import { readCheckpoint, type KeptCheckpoint } from '../src/verify-log/checkpoint.ts'
import type { LogReport } from '../src/verify-log/report.ts'
import { verifyLog } from '../src/verify-log/verify.ts'
import { createTestDatabase } from './database.ts'

export interface AuditedHouse {
  readonly url: string
  readonly database: Database
  readonly cell: string
  readonly memberId: string
  /** takes a checkpoint as it would be given away; more acts follow it when asked */
  checkpoint(): Promise<KeptCheckpoint>
  /** the roots of the installation's signer, PEM */
  trust(): Promise<string[]>
  /** one more member, sealed in a block of its own */
  oneMore(name: string): Promise<string>
  /** as the database's superuser */
  asSuperuser(statements: string): Promise<void>
  verify(kept?: KeptCheckpoint, trust?: readonly string[]): Promise<LogReport>
  close(): Promise<void>
}

/** A city, two wards, a member with a dossier, an event and an issued paper, all sealed. */
export async function openAuditedHouse(): Promise<AuditedHouse> {
  const made = await createTestDatabase()
  const database = openDatabase(made.url, { connections: 4 })
  const { cell, memberId } = await database.transaction(async (write) => {
    const world = await addTwoWards(write)
    const member = await addMember(write, 'Đảng Viên Một', world.cell)
    const [dossier, command] = [randomUUID(), randomUUID()]
    await write.run(sql`
      insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at, awaited_kind, awaited_act)
      values (${dossier}, 'official-transfer', ${member}, 'draft', true, 1, '{"a":1}', now(), now(), 'member', 'submit')`)
    await write.run(sql`
      insert into dossier_event (dossier_id, number, type, at, actor_kind, command_id, data)
      values (${dossier}, 1, 'started', now(), 'clock', ${command}, '{"type":"started"}')`)
    await write.run(sql`
      insert into paper (id, dossier_id, kind, organisation_id, series, term, number, token, created_at)
      values (${randomUUID()}, ${dossier}, 'referral', ${world.ward}, 'CSHĐ', '2026', 1, ${randomUUID()}, now())`)
    return { cell: world.cell, memberId: member }
  })
  await sealAll(database)
  const oneMore = async (name: string) => {
    const id = await database.transaction((write) => addMember(write, name, cell))
    await sealAll(database)
    return id
  }
  return {
    url: made.url,
    database,
    cell,
    memberId,
    oneMore,
    checkpoint: () => giveCheckpoint(database),
    trust: async () => [(await signer()).authority.certificatePem],
    async asSuperuser(statements) {
      const client = new pg.Client(made.url)
      await client.connect()
      try {
        await client.query(statements)
      } finally {
        await client.end()
      }
    },
    verify: (kept, trust) =>
      verifyLog({
        url: made.url,
        ...(kept === undefined ? {} : { checkpoint: kept }),
        ...(trust === undefined ? {} : { trust }),
      }),
    async close() {
      await database.close()
      await made.drop()
    },
  }
}

let made: Promise<{ authority: StoredKey; key: SigningKey }> | undefined

/** One authority and one system certificate for all houses of a test file: keys take their time. */
function signer() {
  return (made ??= makeSigner())
}

async function makeSigner() {
  const validity = { from: new Date('2026-01-01'), to: new Date('2046-01-01') }
  const authority = await makeTestAuthority('CA dangvu', validity)
  const subject = { kind: 'system', name: 'Hệ thống dangvu' } as const
  return { authority, key: signingKey(await issueTestCertificate(authority, subject, validity)) }
}

/** A checkpoint as somebody reads it from the file that was given. */
export async function giveCheckpoint(database: Database): Promise<KeptCheckpoint> {
  const { key } = await signer()
  const checkpoint = await takeCheckpoint(database, { id: randomUUID(), key, at: new Date() })
  return readCheckpoint(JSON.stringify(checkpoint))!
}
