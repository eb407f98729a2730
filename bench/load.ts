/**
 * `load`: a country of MEMBERS (5.6 million) in an empty database, by the function behind `generate-country`: organisations, members,
 * memberships, offices, the log's entry for each, indexes, everything sealed and looked through. Standard output is one JSON line.
 * COUNTRY names an empty folder that keeps the country afterwards, for the measurements that read it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCountry, usualCells } from '../src/app/country/generate.ts'
import { openInstallation } from '../src/app/installation.ts'
import { sql } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { verifyLog } from '../src/verify-log/verify.ts'
import { machine } from './parts/machine.ts'

const on = machine()
const members = Number(process.env.MEMBERS ?? 5_600_000)
const kept = process.env.COUNTRY
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'dangvu-bench-')))
const installation = await openInstallation({ databaseUrl: undefined, dataFolder: folder, demo: false })
try {
  const steps: Record<string, number> = {}
  let last = performance.now()
  const size = { members, cells: usualCells(members), seed: 'bench' }
  const loaded = await generateCountry(installation, size, todayIn(new Date()), (step, done, all) => {
    const now = performance.now()
    steps[step] = Number(((steps[step] ?? 0) + (now - last) / 1000).toFixed(1))
    last = now
    process.stderr.write(`${step}: ${done} / ${all}\n`)
  })
  const { database, url } = installation
  const counts = await database.read.one<Record<string, number>>(sql`
    select (select count(*) from member) as members, (select count(*) from membership) as memberships,
           (select count(distinct full_name) from member) as "differentNames", pg_database_size(current_database()) / 1000000 as "databaseMB"`)
  const log = await verifyLog({ url })
  process.stdout.write(
    `${JSON.stringify({ bench: 'load', seconds: loaded?.seconds, steps, ...loaded, ...counts, log: { entries: log.entries, problems: log.problemCount }, aim: { seconds: 300 }, on })}\n`,
  )
} finally {
  await installation.close()
  if (kept === undefined) await rm(folder, { recursive: true, force: true })
}
