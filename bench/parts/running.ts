/** A server of its own for a measurement: started as a user starts it, on a folder of its own, stopped as a user stops it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface RunningServer {
  readonly base: string
  readonly pid: number
  /** seconds from the command to the first ready answer */
  readonly readyAfterS: number
  stop(): Promise<void>
}

/** What is measured is the work, not how long one asker is made to wait. */
const UNHURRIED = { DANGVU_REQUESTS_PER_MINUTE: '1000000' }

/** `PROFILE=FOLDER npm run -s bench -- mixed`: where the server's processor time goes, for a browser's developer tools. */
const { PROFILE } = process.env
const PROFILED = PROFILE === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`]

/**
 * Starts `npm start`'s script on `folder` and waits until it is ready.
 *
 * @param log an open file its log goes to; left out, nowhere
 */
export async function startServer(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
  log: number | 'ignore' = 'ignore',
): Promise<RunningServer> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [...PROFILED, 'scripts/start.mjs'], {
    env: {
      ...process.env,
      DANGVU_DATA: folder,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...UNHURRIED,
      ...variables,
    },
    stdio: ['ignore', log, 'inherit'],
  })
  const base = `http://localhost:${port}`
  await untilReady(base, child)
  return { base, pid: child.pid!, readyAfterS: (performance.now() - began) / 1000, stop: () => stop(child) }
}

async function untilReady(base: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const ready = await fetch(`${base}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await pause(50)
  }
  throw new Error('not ready within five minutes')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
