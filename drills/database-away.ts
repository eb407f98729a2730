/**
 * `database-away`: a proxy between the application and a PostgreSQL of its own refuses, swallows every packet, and resets in the
 * middle of a commit. Whoever asks is answered in bounded time, `/readyz` says no, and afterwards all goes on by itself.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { chance, readArguments } from './parts/chance.ts'
import { BACK_WITHIN_S, onGround, type Ground } from './parts/ground.ts'
import { openProxy, type Proxy, type Standing } from './parts/proxy.ts'

/** The longest anybody waits for an answer while the database is away: connecting, or asking whether it fell silent. */
const ANSWERED_WITHIN_S = 25
const AWAY_MS: Readonly<Record<'refused' | 'black-hole', number>> = { refused: 4_000, 'black-hole': 22_000 }
const ORDERS = { first: 6_000, eachCycle: 50 }
const BETWEEN_CUTS_MS = { least: 50, most: 300 }

const { cycles, seed } = readArguments(20)
const draw = chance(seed)
const elsewhere = await mkdtemp(join(tmpdir(), 'dangvu-database-'))
const database = await startEmbeddedDatabase({ folder: elsewhere })
const proxy = await openProxy(Number(new URL(database.url).port))
const through = new URL(database.url)
through.port = String(proxy.port)
try {
  await onGround(
    {
      orders: ORDERS.first + ORDERS.eachCycle * cycles,
      variables: { DATABASE_URL: through.href, DANGVU_DEMO: '1' },
      databaseUrl: database.url,
    },
    async (ground) => {
      const refused = await away(ground, proxy, 'refused')
      const blackHole = await away(ground, proxy, 'black-hole')
      const cuts = await cutCommits(ground, proxy)
      const recoverySecondsMax = Math.max(refused.backAfterS, blackHole.backAfterS, cuts.backAfterS)
      const slowestAnswerS = Math.max(refused.slowestAnswerS, blackHole.slowestAnswerS)
      const toldSo = refused.toldSo && blackHole.toldSo
      const figures = {
        cycles,
        recoverySecondsMax,
        slowestAnswerS,
        toldSo,
        seed,
        connectionRefused: refused,
        blackHole,
        cuts,
      }
      const sound = recoverySecondsMax <= BACK_WITHIN_S && slowestAnswerS <= ANSWERED_WITHIN_S && toldSo
      return { ...figures, sound: sound && ground.server.restarts() === 0 }
    },
  )
} finally {
  await proxy.close()
  await database.stop()
  await rm(elsewhere, { recursive: true, force: true })
}

/** @returns how long asking took at worst, whether everybody was told, and how long after the end it was back */
async function away(
  { load, server, recovery, check }: Ground,
  between: Proxy,
  standing: Standing & keyof typeof AWAY_MS,
) {
  load.resume()
  await pause(1_500)
  await between.stand(standing)
  const until = performance.now() + AWAY_MS[standing]
  const waited: number[] = []
  let saidNo = 0
  let words = 0
  while (performance.now() < until) {
    const began = performance.now()
    const [page, ready] = await Promise.all([ask(`${server.base}/queue`), ask(`${server.base}/readyz`)])
    waited.push((performance.now() - began) / 1000)
    if (ready.status === 503) saidNo += 1
    if (page.status === 503 && page.said.includes('Cơ sở dữ liệu đang tạm ngừng')) words += 1
    await pause(100)
  }
  await between.stand('through')
  const backAfterS = await recovery()
  const found = await check()
  console.error(
    `${standing}: answered within ${Math.max(...waited)} s, back after ${backAfterS} s, lost ${found.lost}`,
  )
  return {
    slowestAnswerS: Number(Math.max(...waited).toFixed(2)),
    backAfterS,
    toldSo: saidNo > 0 && words > 0,
  }
}

/** A reader with a cookie, so that the door must ask the database who it is. */
async function ask(address: string): Promise<{ readonly status: number; readonly said: string }> {
  const headers = { cookie: 'dangvu-session=nobody', accept: 'text/html' }
  const answer = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) })
  return { status: answer.status, said: await answer.text() }
}

async function cutCommits({ load, recovery, check }: Ground, between: Proxy) {
  load.resume()
  const cut = { before: 0, after: 0 }
  for (let each = 0; each < cycles; each += 1) {
    const where = draw.oneOf(['before', 'after'] as const)
    await between.cutNextCommit(where)
    cut[where] += 1
    await pause(draw.whole(BETWEEN_CUTS_MS.least, BETWEEN_CUTS_MS.most))
  }
  const backAfterS = await recovery()
  const found = await check()
  console.error(`commits cut: ${JSON.stringify(cut)}, back after ${backAfterS} s, lost ${found.lost}`)
  return { ...cut, backAfterS }
}
