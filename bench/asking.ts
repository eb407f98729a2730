/**
 * `asking`: a workplace with 2,000 members asks for their residence comments at once, through the HTTP front door of the demo;
 * the same again when some were missing; the sitting of a cell with 163; a commune that confirms 1,000 at once, and the
 * papers of it all. Standard output is one JSON line.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { readConfig } from '../src/app/config.ts'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { startInstance } from '../src/app/instance.ts'
import { visitor, type Visitor } from '../src/app/story/visitor.ts'
import { todayIn, yearOf } from '../src/kernel/plain-date.ts'
import { criteriaOf, formOn } from '../src/procedures/residence-comment/law/form.ts'
import { demoPeople, type DemoRole } from '../src/registry/demo.ts'
import { addWorkers, copyDossier, dropComments } from './parts/workers.ts'
import { machine, median, pssTree } from './parts/machine.ts'

const MEMBERS = Number(process.argv[3] ?? 2000)
/** Not referred yet when the button is pressed first. */
const MISSING = Math.ceil(MEMBERS / 20)
const CONFIRMED = MEMBERS / 2
const SITTING = Math.min(163, MEMBERS / 4)
const OPENED = 7
const SAVED = 40
const API = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const config = readConfig({
  DANGVU_DATA: folder,
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'error',
  DANGVU_REQUESTS_PER_MINUTE: '1000000', // played faster than people do
})
const instance = await startInstance(config, { serve: true })
const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
const owner = new pg.Client({ connectionString: ground.url })
await owner.connect()
const statements = countStatements()
try {
  const { parts } = instance
  const today = todayIn(parts.clock.now())
  const people = await demoPeople(parts.database.read, today)
  const placeOf = (role: DemoRole) => people.find((each) => each.role === role)!.organisationId
  const signedIn = (role: DemoRole) => {
    const { personalId, position } = people.find((each) => each.role === role)!
    return visitor(parts.publicUrl, role, { personalId, ...(position ? { position } : {}) })
  }
  const leader = await signedIn('ward-deputy-secretary')
  const officer = await signedIn('building-officer')
  const commune = await signedIn('destination-deputy-secretary')
  const cell = await signedIn('destination-cell-secretary')

  const members = await addWorkers(owner, placeOf('building-officer'), MEMBERS)
  const communeId = placeOf('destination-deputy-secretary')
  const sitting = placeOf('destination-cell-secretary')
  const { rows } = await owner.query<{ id: string }>(
    `select organisation_id as id from organisation_period where parent_id = $1 and organisation_id <> $2 and valid_to is null limit 1`,
    [communeId, sitting],
  )
  const elsewhere = rows[0]!.id
  const referred = async (memberId: string, cellId: string): Promise<string> => {
    const id = randomUUID()
    const refer = { memberId, communeId, address: 'Số 1, đường số 5' }
    await leader.post(`${REFERRALS}/${id}/refer`, { commandId: randomUUID(), ...refer })
    await commune.post(`${REFERRALS}/${id}/accept`, { commandId: randomUUID(), cellId })
    return id
  }
  const here = members.slice(0, SITTING)
  const there = members.slice(SITTING, MEMBERS - MISSING)
  const missing = members.slice(MEMBERS - MISSING)
  await copyDossier(owner, 'residence_referral', await referred(here[0]!, sitting), here)
  const other = await referred(there[0]!, elsewhere)
  await copyDossier(owner, 'residence_referral', other, there)

  const asking = { year: String(yearOf(today)), purpose: 'yearly' }
  const page = await timed(() => officer.get('/residence-comments/ask').then((answer) => answer.text()))
  const first = await act(officer, '/residence-comments/ask', { ...asking, chosen: members })
  const afterFirst = await commentsOf(members)
  await copyDossier(owner, 'residence_referral', other, [there[0]!, ...missing])
  const second = await act(officer, '/residence-comments/ask', { ...asking, chosen: members })
  const afterSecond = await commentsOf(members)
  if (afterFirst !== MEMBERS - MISSING || afterSecond !== MEMBERS)
    throw new Error(`asked for ${afterFirst}, then ${afterSecond}`)

  const opened: number[] = []
  for (let turn = 0; turn < OPENED; turn += 1)
    opened.push(
      (await timed(() => cell.get('/residence-comments/sitting').then((answer) => answer.text()))).ms,
    )
  const drawn = await (await cell.get('/residence-comments/sitting')).text()
  const lines = [...new Set([...drawn.matchAll(/id="row-([0-9a-f-]{36})"/g)].map(([, id]) => id!))]
  const ticks = Object.fromEntries(
    criteriaOf(formOn(today), false).map(({ code, scale }) => [`tick-${code}`, scale[0]!.code]),
  )
  const saved: number[] = []
  for (const id of lines.slice(0, SAVED)) {
    const fields = { commandId: randomUUID(), freeText: 'Đồng chí nhiệt tình.', ...ticks }
    saved.push((await timed(() => cell.post(`/residence-comments/sitting/${id}`, fields))).ms)
  }

  // One is signed by its cell, the others are copies of it: what is measured is the commune's act, and the papers.
  const sample = await commentOf(here[0]!)
  await cell.post(`${API}/${sample}/save-draft`, { commandId: randomUUID(), frontBoardMetOn: today })
  await cell.signIn()
  await cell.post(`${API}/${sample}/sign`, { commandId: randomUUID() })
  const confirming = there.slice(0, CONFIRMED)
  await dropComments(owner, confirming)
  await copyDossier(owner, 'residence_comment', sample, confirming)
  await owner.query(`select graphile_worker.add_job('residence-comment.seal')`)
  const papersFrom = performance.now()
  await until(async () => (await papersOf(confirming)) === CONFIRMED)
  const cellPapers = { seconds: seconds(papersFrom), perSecond: Math.round(CONFIRMED / seconds(papersFrom)) }
  await commune.signIn()
  const chosen = await chosenOf(confirming)
  const confirm = await act(commune, '/queue/bulk', { command: 'confirm', chosen })
  const sealedFrom = performance.now()
  await until(async () => (await statusCount('returned-to-workplace', confirming)) === CONFIRMED)
  const sealedPapers = { seconds: seconds(sealedFrom) }
  const { rows: bytes } = await owner.query<{ mb: number }>(
    `select round(pg_total_relation_size('file') / 1048576.0)::int as mb`,
  )
  const figures = {
    page: { ms: Math.round(page.ms), bytes: page.value.length },
    first,
    second,
    sitting: { rows: lines.length, openMs: Math.round(median(opened)), saveMs: Math.round(median(saved)) },
    cellPapers,
    confirm,
    sealedPapers,
    filesMb: bytes[0]!.mb,
  }
  process.stdout.write(
    `${JSON.stringify({ bench: 'asking', members: MEMBERS, ...figures, aim: { openMs: 300, saveMs: 50 }, on })}\n`,
  )
} finally {
  await owner.end()
  await ground.stop()
  await instance.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

/** Every statement that goes to the database over any connection of this process. */
function countStatements(): { count: number } {
  const counted = { count: 0 }
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...asked: unknown[]) {
    counted.count += 1
    return (query as (...all: unknown[]) => unknown).apply(this, asked)
  } as typeof query
  return counted
}

function seconds(since: number): number {
  return Number(((performance.now() - since) / 1000).toFixed(2))
}

async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now()
  const value = await act()
  return { ms: performance.now() - began, value }
}

/** What the page between two pieces sends by itself. */
function hiddenOf(page: string): Record<string, string[]> {
  const form: Record<string, string[]> = {}
  const own = page.slice(page.indexOf('data-go-on')).split('</form>')[0]!
  for (const [, name, value] of own.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    (form[name!] ??= []).push(value!)
  return form
}

/** One press of a form, gone on with as its page does: seconds until it is answered, statements, memory (PSS, the database included), what became of each. */
async function act(who: Visitor, path: string, fields: Readonly<Record<string, unknown>>) {
  const before = statements.count
  let peak = 0
  const watching = setInterval(() => (peak = Math.max(peak, pssTree(process.pid))), 500)
  const began = performance.now()
  const waits: number[] = []
  let page = ''
  let form = { commandId: randomUUID(), ...fields } as Record<string, string | readonly string[]>
  do {
    const sent = performance.now()
    const answer = await who.postForm(path, form)
    page = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${page.slice(0, 500)}`)
    waits.push(seconds(sent))
    form = hiddenOf(page)
  } while (page.includes('data-go-on'))
  clearInterval(watching)
  return {
    seconds: seconds(began),
    pieces: waits.length,
    longestWaitS: Math.max(...waits),
    statements: statements.count - before,
    memoryMb: Math.round(peak),
    done: (page.match(/result--ok/g) ?? []).length,
    refused: (page.match(/result--failed/g) ?? []).length,
  }
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  while (!(await isThere())) await pause(200)
}

async function countOf(query: string, values: unknown[]): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(query, values)
  return rows[0]!.count
}

function commentsOf(of: readonly string[]): Promise<number> {
  return countOf(`select count(*)::int from residence_comment where member_id = any($1::uuid[])`, [of])
}

function statusCount(status: string, of: readonly string[]): Promise<number> {
  return countOf(
    `select count(*)::int from residence_comment where member_id = any($1::uuid[]) and status = $2`,
    [of, status],
  )
}

async function commentOf(memberId: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `select dossier_id as id from residence_comment where member_id = $1`,
    [memberId],
  )
  return rows[0]!.id
}

function papersOf(of: readonly string[]): Promise<number> {
  return countOf(
    `select count(*)::int from paper p join residence_comment c on c.dossier_id = p.dossier_id
      where p.kind = 'residence-comment' and c.member_id = any($1::uuid[])`,
    [of],
  )
}

/** As the form names them: with the version that its reader saw. */
async function chosenOf(of: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<{ key: string }>(
    `select d.id || '_' || d.version as key from dossier d join residence_comment c on c.dossier_id = d.id
      where c.member_id = any($1::uuid[])`,
    [of],
  )
  return rows.map(({ key }) => key)
}
