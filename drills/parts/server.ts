/** The application under a supervisor, as systemd would keep it: started again when it dies, on the same address and folder. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { dataFolder, readPassword } from '../../src/app/database/cluster.ts'
import { databaseUrl, readPostmaster } from '../../src/app/database/postmaster.ts'
import { freePort } from '../../bench/parts/running.ts'

/** systemd's own pause before it starts a service again (`RestartSec`). */
const START_AGAIN_MS = 100
const READY_WAIT_MS = 600_000
const LINES_TOLD = 15

export interface Supervised {
  readonly base: string
  /** the process that serves now */
  pid(): number
  /** how often it was started again */
  restarts(): number
  /** whether `/readyz` says ready, and what it says */
  ready(): Promise<{ readonly ok: boolean; readonly said: string }>
  untilReady(): Promise<void>
  /** Stops it as a user stops it, for good. */
  stop(): Promise<void>
}

/** @param variables of the environment, beside ours */
export async function supervise(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Supervised> {
  const port = await twoFreePorts()
  const base = `http://localhost:${port}`
  const own = { DANGVU_DATA: folder, PORT: String(port), LOG_LEVEL: 'error' }
  let stopping = false
  let restarts = 0
  let child: ChildProcess

  function start(): void {
    const log = openSync(join(folder, 'server.log'), 'a', 0o600)
    child = spawn(process.execPath, ['scripts/start.mjs'], {
      env: { ...process.env, ...own, ...variables },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    child.once('exit', () => {
      if (!stopping) setTimeout(again, START_AGAIN_MS)
    })
  }
  function again(): void {
    if (stopping) return
    restarts += 1
    start()
  }

  async function ready() {
    const answer = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(15_000) }).catch(
      () => undefined,
    )
    const said = (await answer?.text().catch(() => undefined)) ?? 'no answer'
    return { ok: answer?.ok === true, said }
  }
  async function untilReady(): Promise<void> {
    const until = performance.now() + READY_WAIT_MS
    while (!(await ready()).ok) {
      if (performance.now() > until)
        throw new Error(`not ready: ${(await ready()).said} ${await logOf(folder)}`)
      await pause(50)
    }
  }

  start()
  const supervised: Supervised = {
    base,
    pid: () => child.pid!,
    restarts: () => restarts,
    ready,
    untilReady,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 30_000)
      await ended
      clearTimeout(patience)
    },
  }
  await untilReady().catch(async (error: unknown) => {
    await supervised.stop()
    throw error
  })
  return supervised
}

/** The last lines of the log that tell of trouble. */
export async function logOf(folder: string): Promise<string> {
  const said = await readFile(join(folder, 'server.log'), 'utf8').catch(() => '')
  const lines = said.split('\n').filter((line) => line.startsWith('{') || /error/i.test(line))
  return lines.slice(-LINES_TOLD).join('\n')
}

/** Of the embedded database as it runs now, for its owner. Read as it stands, without joining: the drill must not be who brings the database back. */
export async function embeddedUrl(folder: string): Promise<string> {
  const found = await readPostmaster(dataFolder(join(folder, 'database')))
  if (!found) throw new Error('no database runs')
  return databaseUrl(found.port, await readPassword(join(folder, 'database')))
}

/** The development provider listens on the port after the server's. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (!(await answers(port + 1))) return port
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

/** Every process of the embedded database: the postmaster first. */
export async function databaseProcesses(folder: string): Promise<number[]> {
  const found = await readPostmaster(dataFolder(join(folder, 'database')))
  if (!found) return []
  const list = `/proc/${found.pid}/task/${found.pid}/children`
  const children = existsSync(list) ? (await readFile(list, 'utf8')).trim().split(' ').filter(Boolean) : []
  return [found.pid, ...children.map(Number)]
}
