/** Builders for the tests of identity: a migrated database of one's own, with organisations, members and offices one names. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { foldName, nameSortKey } from '../src/kernel/vietnamese-text.ts'
import { createTestDatabase } from './database.ts'

export const TODAY = '2026-11-20'
export const NOW = new Date('2026-11-20T02:00:00Z')

export function minutesLater(minutes: number, from: Date = NOW): Date {
  return new Date(from.getTime() + minutes * 60_000)
}

export interface IdentityWorld {
  readonly database: Database
  organisation(name: string, more?: { parentId?: string; validTo?: string }): Promise<string>
  member(person: {
    name: string
    personalId: string
    birthDate?: string
    birthPrecision?: 'day' | 'month' | 'year'
    standing?: string
    /** where counted; absent: nowhere */
    organisationId?: string
    inTransit?: boolean
  }): Promise<string>
  office(office: {
    memberId: string
    organisationId: string
    position?: string
    since?: string
    until?: string
  }): Promise<string>
  /** as the owner of the tables: for what the application itself may not or does not do here */
  change(query: string, values?: unknown[]): Promise<void>
  close(): Promise<void>
}

export async function identityWorld(): Promise<IdentityWorld> {
  const test = await createTestDatabase()
  const database = openDatabase(test.url, { connections: 4 })
  const owner = new pg.Pool({ connectionString: test.url, max: 1 })
  await owner.query(
    `insert into position (code, name, name_en, rank)
     values ('secretary', 'Bí thư', 'Secretary', 10), ('deputy', 'Phó Bí thư', 'Deputy secretary', 20)
     on conflict do nothing`,
  )
  let paths = 0
  return {
    database,
    async organisation(name, more = {}) {
      const id = randomUUID()
      await database.transaction(async (write) => {
        await write.run(sql`insert into organisation (id) values (${id})`)
        await write.run(sql`
          insert into organisation_period (organisation_id, valid_from, valid_to, name, name_norm, kind, parent_id, path, source)
          values (${id}, '2025-07-01', ${more.validTo ?? null}, ${name}, ${foldName(name)}, 'cell', ${more.parentId ?? null},
                  ${`${++paths}.`}, 'test')`)
      })
      return id
    },
    async member(person) {
      const id = randomUUID()
      await database.transaction(async (write) => {
        await write.run(sql`
          insert into member (id, full_name, name_norm, sort_key, sex, birth_date, birth_precision, personal_id, standing)
          values (${id}, ${person.name}, ${foldName(person.name)}, ${nameSortKey(person.name)}, 'female',
                  ${person.birthDate ?? '1985-03-08'}, ${person.birthPrecision ?? 'day'}, ${person.personalId},
                  ${person.standing ?? 'active'})`)
        if (person.organisationId !== undefined)
          await write.run(sql`
            insert into membership (member_id, organisation_id, standing, since, reason)
            values (${id}, ${person.organisationId}, ${person.inTransit ? 'in-transit' : 'active'}, '2026-01-01', 'test')`)
      })
      return id
    },
    async office(office) {
      const id = randomUUID()
      await database.transaction((write) =>
        write.run(sql`
          insert into office (id, member_id, position, organisation_id, since, until, source)
          values (${id}, ${office.memberId}, ${office.position ?? 'secretary'}, ${office.organisationId},
                  ${office.since ?? '2026-01-01'}, ${office.until ?? null}, 'test')`),
      )
      return id
    },
    async change(query, values = []) {
      await owner.query(query, values)
    },
    async close() {
      await owner.end()
      await database.close()
      await test.drop()
    },
  }
}
