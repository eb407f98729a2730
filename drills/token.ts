/**
 * `token`: a demo whose keys lie in a token (SoftHSM), RSA and EC in turn. A transfer is played to its end over HTTP, its
 * papers are judged by our verifier and by `pdfsig`; the token is pulled out and put back under the running server; and the
 * token's signatures are counted beside those of the same keys in a folder. Standard output is one JSON line.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { decisionPdf } from '../src/app/story/decision.ts'
import { playOfficialTransfer } from '../src/app/story/official-transfer.ts'
import type { StoryPaper } from '../src/app/story/playing.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { DEMO_DESTINATION_CELL, demoPeople } from '../src/registry/demo.ts'
import { findOrganisationByCode } from '../src/registry/organisations/store.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  signingKey,
  type CertificateSubject,
  type SigningKey,
} from '../src/signatures/authority.ts'
import { openToken } from '../src/signatures/token/token.ts'
import { verifyPaper } from '../src/signatures/verify.ts'
import { machine, median } from '../bench/parts/machine.ts'
import { startServer } from '../bench/parts/running.ts'
import { makeSoftToken, SOFTHSM_MODULE, softHsmMissing, type SoftToken } from '../tests/softhsm.ts'

const missing = softHsmMissing()
if (missing) throw new Error(`this drill needs a token to play with: ${missing}`)

const VALIDITY = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2036-01-01T00:00:00Z') }
const TYPES = ['rsa:2048', 'EC:prime256v1'] as const
const ROUNDS = 5
const SIGNED_A_ROUND = 300
const ABREAST = 8

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-drill-'))
const authority = await makeTestAuthority('CA drill', VALIDITY)
const token = await makeSoftToken()
try {
  await (await startServer(folder)).stop() // fills the demo, whose people and bodies then get their keys
  const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
  const database = openDatabase(ground.url, { connections: 2 })
  const holders = await holdersOf(database)
  await fillToken(token, holders)
  const server = await startServer(folder, await listed(holders))
  const papers = await play(server.base, database)
  const judged = await judge(papers)
  const away = await pullOut(server.base, server.pid)
  await server.stop()
  await database.close()
  await ground.stop()
  const speed = await compare(token)
  const sound = judged.refused.length === 0 && judged.papers > 0 && away.told && away.back
  process.stdout.write(
    `${JSON.stringify({ drill: 'token', keys: holders.length, ...judged, away, perSecond: speed, on })}\n`,
  )
  process.exitCode = sound ? 0 : 1
} finally {
  await token.drop()
  await rm(folder, { recursive: true, force: true })
}

interface KeyHolder {
  readonly whose: string
  readonly subject: CertificateSubject
}

/** The system, everybody of the demo who holds an office, and every body with a seal. */
async function holdersOf({ read }: Database): Promise<KeyHolder[]> {
  const people = await read.rows<{ id: string; name: string }>(sql`
    select distinct m.id, m.full_name as name from office o join member m on m.id = o.member_id
     where o.until is null order by m.id limit 60`)
  const bodies = await read.rows<{ code: string; name: string }>(sql`
    select o.code, p.name from organisation o
      join organisation_period p on p.organisation_id = o.id and p.valid_to is null
     where o.code is not null and p.kind <> 'cell' order by o.code limit 20`)
  return [
    { whose: 'system', subject: { kind: 'system', name: 'Hệ thống dangvu' } },
    ...people.map(({ id, name }) => ({ whose: `person:${id}`, subject: { kind: 'person' as const, name } })),
    ...bodies.map(({ code, name }) => ({
      whose: `organisation:${code}`,
      subject: { kind: 'organisation' as const, name },
    })),
  ]
}

function idOf(index: number): string {
  return (index + 1).toString(16).padStart(4, '0')
}

async function fillToken(into: SoftToken, holders: readonly KeyHolder[]): Promise<void> {
  for (const [index, { whose, subject }] of holders.entries()) {
    const type = TYPES[index % TYPES.length]!
    await into.makeKey({ label: whose, id: idOf(index), type }, authority, subject)
  }
  console.error(`${holders.length} keys made on the token`)
}

/** The variables of an installation whose folder holds nothing but the root. */
async function listed(holders: readonly KeyHolder[]): Promise<Record<string, string>> {
  const signing = join(folder, 'signing')
  await mkdir(join(signing, 'roots'), { recursive: true })
  await writeFile(join(signing, 'roots', 'root.pem'), authority.certificatePem)
  const file = join(folder, 'signing-keys.json')
  const keys = holders.map(({ whose }, index) => ({ whose, token: 'demo', id: idOf(index) }))
  const { label, pinFile, environment } = token
  const tokens = { demo: { module: SOFTHSM_MODULE, token: label, pinFile, environment } }
  await writeFile(file, JSON.stringify({ tokens, keys }))
  return { SIGNING_FOLDER: signing, SIGNING_KEYS_FILE: file, LOG_LEVEL: 'silent' }
}

async function play(base: string, { read }: Database): Promise<StoryPaper[]> {
  const today = todayIn(new Date())
  const destination = await findOrganisationByCode(read, DEMO_DESTINATION_CELL, today)
  return playOfficialTransfer({
    base,
    people: await demoPeople(read, today),
    destinationCellId: destination!.id,
    decision: await decisionPdf(),
    now: () => new Date(),
    trust: [authority.certificatePem],
    tell: (line) => console.error(line),
  })
}

/** Our verifier and poppler's. @returns how many papers and signatures, and what somebody did not take */
async function judge(papers: readonly StoryPaper[]) {
  const trust = [authority.certificatePem]
  const refused: string[] = []
  let signatures = 0
  const signed = papers.filter(({ file, signers }) => file.endsWith('.pdf') && signers.length > 0)
  for (const { file, bytes } of signed) {
    const result = verifyPaper(bytes, { trust, at: new Date() })
    signatures += result.signatures.length
    if (!result.trusted || result.test !== true) refused.push(`${file}: ${JSON.stringify(result.problems)}`)
    const path = join(folder, 'judged.pdf')
    await writeFile(path, bytes)
    const said = spawnSync('pdfsig', [path], { encoding: 'utf8' })
    if (said.error) refused.push('pdfsig: apt-get install -y poppler-utils')
    const valid = said.stdout?.match(/Signature is Valid/g)?.length ?? 0
    if (valid !== result.signatures.length) refused.push(`${file}: pdfsig ${valid}`)
  }
  return { papers: signed.length, signatures, refused }
}

/** Unplugged: the driver's process has nothing left, `/readyz` says so; put back, it is ready again without a restart. */
async function pullOut(base: string, server: number) {
  const ready = async () => (await fetch(`${base}/readyz`)).status
  const before = await ready()
  await token.takeOut()
  for (const pid of await driversOf(server)) process.kill(pid, 'SIGKILL')
  const told = await until(async () => (await ready()) === 503)
  await token.putBack()
  const began = performance.now()
  const back = await until(async () => (await ready()) === 200)
  return { before, told, back, backAfterS: Math.round((performance.now() - began) / 100) / 10 }
}

async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await isSo()) return true
    await pause(250)
  }
  return false
}

/** Children of the server that speak for a token. */
async function driversOf(server: number): Promise<number[]> {
  const children = (await readFile(`/proc/${server}/task/${server}/children`, 'utf8')).trim().split(' ')
  const named = children
    .filter(Boolean)
    .map((pid) => ({ pid: Number(pid), name: execFileSync('ps', ['-o', 'args=', '-p', pid]).toString() }))
  return named.filter(({ name }) => name.includes('p11-kit')).map(({ pid }) => pid)
}

/** Signatures a second: keys of a folder and keys of the token in turn, eight asked for at once. */
async function compare({ label, pin, environment }: SoftToken) {
  const opened = openToken({
    module: SOFTHSM_MODULE,
    token: label,
    environment,
    callMs: 10_000,
    pin: async () => pin,
  })
  const rsa = await opened.key({ id: Buffer.from(idOf(0), 'hex') })
  const ec = await opened.key({ id: Buffer.from(idOf(1), 'hex') })
  const stored = await issueTestCertificate(authority, { kind: 'system', name: 'Thư mục' }, VALIDITY)
  const ways = { folderRsa: signingKey(stored), tokenRsa: rsa, tokenEc: ec }
  const rates: Record<string, number[]> = {}
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [way, key] of Object.entries(ways)) (rates[way] ??= []).push(await rateOf(key))
  opened.close()
  return Object.fromEntries(Object.entries(rates).map(([way, each]) => [way, Math.round(median(each))]))
}

async function rateOf(key: SigningKey): Promise<number> {
  const data = Buffer.alloc(200, 7)
  const began = performance.now()
  let left = SIGNED_A_ROUND
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      while (left-- > 0) await key.sign(data)
    }),
  )
  return (SIGNED_A_ROUND * 1000) / (performance.now() - began)
}
