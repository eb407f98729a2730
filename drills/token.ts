/**
 * `token`: the seal of a ward lies in a token (SoftHSM 2 behind `p11-kit remote`), which is pulled out, falls, hangs, or gets a wrong PIN
 * while letters are being sealed. Nothing acknowledged is lost, nothing is sealed twice, and every paper verifies.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, sql } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { demoPeople } from '../src/registry/demo.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  type CertificateSubject,
  type StoredKey,
} from '../src/signatures/authority.ts'
import { verifyPaper } from '../src/signatures/verify.ts'
import { makeSoftToken, SOFTHSM_MODULE, softHsmMissing, type SoftToken } from '../tests/softhsm.ts'
import { chance, readArguments, type Chance } from './parts/chance.ts'
import { acknowledgedOf, BACK_WITHIN_S, NOT_RUN, endCycle, onGround, type Ground } from './parts/ground.ts'
import { embeddedUrl, supervise } from './parts/server.ts'

const WAYS = ['fallen', 'pulled', 'slow', 'pin'] as const
type Way = (typeof WAYS)[number]

const WARD = '79.021.000.000.000'
/** From the moment a number was taken, which plans a seal, until the token is struck. */
const INTO_A_SEAL_MS = { least: 0, most: 400 }
/** Shorter and longer than the ten seconds a token may take. */
const SLOW_MS = { least: 500, most: 12_000 }
const AWAY_MS = { least: 500, most: 4_000 }
const ORDERS = { first: 1_000, eachCycle: 600 }
const HOUR_MS = 3_600_000
const BEGAN = new Date()
const VALIDITY = {
  from: new Date(Date.now() - 400 * 24 * HOUR_MS),
  to: new Date(Date.now() + 800 * 24 * HOUR_MS),
}

const { cycles, seed } = readArguments(12)
const missing = softHsmMissing()
if (missing) {
  console.error(`Chưa thử, cần (not run, it needs): ${missing}`)
  process.exit(NOT_RUN)
}

const folder = await mkdtemp(join(tmpdir(), 'dangvu-drill-'))
const token = await makeSoftToken()
try {
  const authority = await makeTestAuthority('Gốc diễn tập', VALIDITY)
  const variables = await prepare(authority)
  await onGround(
    { orders: ORDERS.first + ORDERS.eachCycle * cycles, folder, variables, sealsMayFail: true },
    async (ground) => {
      const draw = chance(seed)
      const struck = { fallen: 0, pulled: 0, slow: 0, pin: 0 }
      const seconds: number[] = []
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        const way = WAYS[cycle % WAYS.length]!
        ground.load.resume()
        await ground.load.nextOf('signing')
        await pause(draw.whole(INTO_A_SEAL_MS.least, INTO_A_SEAL_MS.most))
        await strike(way, ground, draw)
        struck[way] += 1
        const ended = await endCycle(ground, `${cycle + 1}/${cycles} ${way}`, acknowledgedOf)
        seconds.push(ended.seconds)
        if (!ended.well) break
      }
      const papers = await judgePapers(authority)
      const recoverySecondsMax = Math.max(...seconds)
      return {
        cycles: seconds.length,
        recoverySecondsMax,
        seed,
        struck,
        ...papers,
        sound: recoverySecondsMax <= BACK_WITHIN_S && papers.sealedByToken > 0 && papers.papersWrong === 0,
      }
    },
  )
} finally {
  await token.drop()
  await rm(folder, { recursive: true, force: true })
}

/** The demo is filled first: whose keys are wanted is known then. The ward's seal goes into the token, the others into files. */
async function prepare(authority: StoredKey): Promise<Record<string, string>> {
  const filled = await supervise(folder)
  const database = openDatabase(await embeddedUrl(folder), { connections: 1 })
  const people = await demoPeople(database.read, todayIn(new Date()))
  const bodies = await database.read.rows<{ name: string }>(sql`
    select coalesce(o.code, o.id::text) as name from organisation o
     where o.id in (select organisation_id from paper) or o.id = any(${people.map((each) => each.organisationId)})`)
  await database.close()
  await filled.stop()

  const signing = join(folder, 'signing')
  for (const below of ['organisations', 'people', 'roots'])
    await mkdir(join(signing, below), { recursive: true })
  await writeFile(join(signing, 'roots', 'root.pem'), authority.certificatePem)
  const give = async (name: string, subject: CertificateSubject) => {
    const { privateKeyPem, certificatePem } = await issueTestCertificate(authority, subject, VALIDITY)
    await writeFile(join(signing, `${name}.pem`), privateKeyPem + certificatePem, { mode: 0o600 })
  }
  await give('system', { name: 'Hệ thống', kind: 'system' })
  for (const { memberId, fullName } of people)
    await give(join('people', memberId), { name: fullName, kind: 'person' })
  for (const { name } of bodies.filter((body) => body.name !== WARD))
    await give(join('organisations', name), { name, kind: 'organisation' })
  const ward = { name: 'Đảng ủy diễn tập', kind: 'organisation' } as const
  await token.makeKey({ label: 'ward', id: '01', type: 'rsa:2048' }, authority, ward)
  const { label, pinFile, environment } = token
  const list = join(folder, 'signing-keys.json')
  const tokens = { ward: { module: SOFTHSM_MODULE, token: label, pinFile, environment } }
  await writeFile(
    list,
    JSON.stringify({ tokens, keys: [{ whose: `organisation:${WARD}`, token: 'ward', label: 'ward' }] }),
  )
  return { SIGNING_FOLDER: signing, SIGNING_KEYS_FILE: list }
}

async function strike(way: Way, { server }: Ground, drawn: Chance): Promise<void> {
  if (way === 'slow') {
    const drivers = await driversOf(token)
    signalAll(drivers, 'SIGSTOP')
    await pause(drawn.whole(SLOW_MS.least, SLOW_MS.most))
    return signalAll(drivers, 'SIGCONT')
  }
  if (way === 'pulled') await token.takeOut()
  if (way === 'pin') await writeFile(token.pinFile, `${drawn.whole(100_000, 199_999)}\n`)
  signalAll(await driversOf(token), 'SIGKILL')
  if (way === 'fallen') return
  const until = performance.now() + drawn.whole(AWAY_MS.least, AWAY_MS.most)
  while (performance.now() < until) {
    await server.ready() // whoever asks has the PIN tried again, if it were
    await pause(200)
  }
  if (way === 'pulled') await token.putBack()
  else await writeFile(token.pinFile, `${token.pin}\n`)
}

/** The processes that hold this token: they were started with its configuration, and no others. */
async function driversOf({ environment }: SoftToken): Promise<number[]> {
  const ours = `SOFTHSM2_CONF=${environment.SOFTHSM2_CONF}\0`
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const given = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
      return `${given}\0`.includes(ours) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // the application ended it first
    }
}

/** Every paper that stands, as whoever checks it reads it. */
async function judgePapers(authority: StoredKey) {
  const database = openDatabase(await embeddedUrl(folder), { connections: 1 })
  try {
    const roots = await database.read.rows<{ pem: string }>(
      sql`select certificate_pem as pem from test_certificate where kind = 'authority'`,
    )
    const trust = [authority.certificatePem, ...roots.map(({ pem }) => pem)]
    const papers = await database.read.rows<{ bytes: Buffer; places: string[] }>(sql`
      select f.bytes, array(select signer ->> 'place' from jsonb_array_elements(p.signers) signer) as places
        from paper p join file f on f.sha256 = p.sha256`)
    let papersWrong = 0
    let sealedByToken = 0
    for (const { bytes, places } of papers) {
      const { valid, trusted, signatures } = verifyPaper(bytes, { trust })
      const once = new Set(places).size === places.length && signatures.length === places.length
      if (!valid || !trusted || !once) papersWrong += 1
      sealedByToken += signatures.filter(({ signer }) => signer.startsWith('Đảng ủy diễn tập')).length
    }
    // From the number, which plans the seal, until it stands: what the token's troubles cost a letter.
    const { sealSecondsMax, sealsTriedAgain } = await database.read.one<{
      sealSecondsMax: number
      sealsTriedAgain: number
    }>(sql`
      select coalesce(max(extract(epoch from sealed.at - numbered.at)), 0)::float8 as "sealSecondsMax",
             (select count(*) from dossier_event where type = 'sealing-retried') as "sealsTriedAgain"
        from dossier_event numbered join dossier_event sealed using (dossier_id)
       where numbered.type = 'number-taken' and sealed.type = 'referral-sealed' and numbered.at > ${BEGAN}`)
    return { papers: papers.length, papersWrong, sealedByToken, sealSecondsMax, sealsTriedAgain }
  } finally {
    await database.close()
  }
}
