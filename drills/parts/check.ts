/** The check (đối chiếu): the journal against the database, the ledger and the log proved, the jobs at their end. */
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, sql, type Database, type Read } from '../../src/kernel/db.ts'
import { verifyLedger } from '../../src/procedures/party-fees/ledger/verify.ts'
import { verifyLog } from '../../src/verify-log/verify.ts'
import type { Entry } from './journal.ts'

const JOBS_WAIT_MS = 90_000

export interface Found {
  readonly sent: number
  readonly acknowledged: number
  readonly repeated: number
  readonly lost: number
  readonly doubled: number
  /** refused and done all the same */
  readonly contradicted: number
  readonly ledgerProblems: number
  readonly logProblems: number
  /** numbers of letters taken twice, or left out */
  readonly numberProblems: number
  readonly jobsLeft: number
}

/** How often an act is there: 0, 1, or more than once; 0 too where something else is there than was answered. */
type Times = ReadonlyMap<string, number>

export async function check(url: string, entries: readonly Entry[]): Promise<Found> {
  const database = openDatabase(url, { connections: 3 })
  try {
    const jobsLeft = await untilJobsEnd(database.read)
    const times = await timesOf(database.read, entries)
    const count = (standing: Entry['standing'], wrong: (times: number) => boolean) =>
      entries.filter((entry) => entry.standing === standing && wrong(times.get(entry.key) ?? 0)).length
    return {
      sent: entries.length,
      acknowledged: entries.filter(({ standing }) => standing === 'acknowledged').length,
      repeated: entries.reduce((sum, { sends }) => sum + sends - 1, 0),
      lost: count('acknowledged', (found) => found === 0),
      doubled: count('acknowledged', (found) => found > 1) + count('sent', (found) => found > 1),
      contradicted: count('refused', (found) => found > 0),
      ...(await proofs(database, url)),
      jobsLeft,
    }
  } finally {
    await database.close()
  }
}

async function proofs(database: Database, url: string) {
  const { problemCount: ledgerProblems } = await verifyLedger(database)
  const { problemCount: logProblems } = await verifyLog({ url })
  const { wrong } = await database.read.one<{ wrong: number }>(sql`
    with taken as (
      select s.organisation_id, s.series, s.term, count(*) as papers, count(distinct s.number) as numbers,
             max(s.number) - min(s.number) + 1 as span
        from paper s where s.number is not null group by 1, 2, 3)
    select count(*) as wrong from taken where papers <> numbers or numbers <> span`)
  return { ledgerProblems, logProblems, numberProblems: wrong }
}

/** What is wrong, in words; empty: nothing. */
export function wrongIn(found: Found): string[] {
  const { sent: _sent, acknowledged: _acknowledged, repeated: _repeated, ...rest } = found
  return Object.entries(rest)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}: ${count}`)
}

async function timesOf(read: Read, entries: readonly Entry[]): Promise<Times> {
  const keysOf = (kinds: readonly Entry['kind'][]) => entries.filter(({ kind }) => kinds.includes(kind))
  return new Map([
    ...(await paid(read)),
    ...(await declared(read, keysOf(['declaring']))),
    ...(await commanded(read, keysOf(['transferring', 'signing', 'commenting']))),
  ])
}

/** Money: one line of the bank, one payment of its order. */
async function paid(read: Read): Promise<[string, number][]> {
  const rows = await read.rows<{ reference: string; lines: number; payments: number }>(sql`
    select b.reference, count(distinct b.id) as lines, count(p.id) as payments
      from bank_line b left join fee_payment p on p.bank_line_id = b.id and p.order_id = b.order_id
     where b.outcome = 'matched' group by b.reference`)
  return rows.map(({ reference, lines, payments }) => [
    `bank ${Number(reference)}`,
    payments === 0 ? 0 : Math.max(lines, payments),
  ])
}

/** A declaration is one row; one told about is one notice to the cell, so that a second one would be seen. */
async function declared(read: Read, entries: readonly Entry[]): Promise<[string, number][]> {
  const ids = [...new Set(entries.map(({ key }) => key.split(' ')[1]!))]
  const rows = await read.rows<{ id: string; status: string; count: number }>(sql`
    select id, status, count(*) as count from fee_declaration where id = any(${ids}::uuid[]) group by 1, 2`)
  return rows.flatMap(({ id, status, count }) => [
    [`declare ${id}`, count],
    [`withdraw ${id}`, status === 'withdrawn' ? count : 0],
  ])
}

/** A command: the events it brought about, as many as were told, under the numbers that were told, in one dossier. */
async function commanded(read: Read, entries: readonly Entry[]): Promise<[string, number][]> {
  const rows = await read.rows<{
    id: string
    first: number
    last: number
    events: number
    dossiers: number
  }>(sql`
    select d.command_id as id, d.first_event as first, d.last_event as last, count(e.number) as events,
           count(distinct e.dossier_id) as dossiers
      from command_done d left join dossier_event e on e.command_id = d.command_id
     where d.command_id = any(${entries.map(({ key }) => key)}::uuid[]) group by 1, 2, 3`)
  const told = new Map(entries.map(({ key, told }) => [key, told]))
  return rows.map(({ id, first, last, events, dossiers }) => {
    const said = told.get(id)
    const asTold = said === undefined || (said.firstEvent === first && said.lastEvent === last)
    if (events === 0 || !asTold) return [id, 0]
    return [id, dossiers === 1 && events === last - first + 1 ? 1 : 2]
  })
}

/** Jobs that are due, or failed and wait to be tried again. @returns how many are left after all patience */
async function untilJobsEnd(read: Read): Promise<number> {
  const until = performance.now() + JOBS_WAIT_MS
  for (;;) {
    const { left } = await read.one<{ left: number }>(
      sql`select count(*) as left from graphile_worker.jobs where run_at <= now() or attempts > 0`,
    )
    if (left === 0 || performance.now() > until) return left
    await pause(250)
  }
}
