/**
 * Starts the server: `npm start`. Ctrl-C stops it in order; a second Ctrl-C at once. With DANGVU_PROCESSES it is several
 * processes behind one address, and SIGUSR2 replaces them one by one; so does SIGHUP where no terminal stands behind it.
 */
import cluster from 'node:cluster'
import { join } from 'node:path'
import { ConfigError, readConfig, type Config } from './app/config.ts'
import { greet } from './app/greeting.ts'
import { StartError } from './app/installation.ts'
import { startInstance } from './app/instance.ts'
import { startProcesses } from './app/processes/first.ts'
import { serveTogether } from './app/processes/serving.ts'

/** This program, as it is on the disk when a process is started: a restart takes up a new build. */
const PROGRAM = join(import.meta.dirname, '..', 'build', 'server.mjs')
/** As `scripts/start.mjs` sets it for a process alone. */
const HOW = ['--enable-source-maps', '--heap-growing-percent=50']

const onProgress = (words: string) => console.error(words)

if (cluster.isWorker) serveTogether(() => readConfig(process.env))
else await begin()

async function begin(): Promise<void> {
  try {
    const config = readConfig(process.env)
    await (config.processes > 1 ? serveWithOthers(config) : serveAlone(config))
  } catch (error) {
    // What the person at the terminal can mend is said in words; a fault of the program with its place.
    const expected = error instanceof StartError || error instanceof ConfigError
    console.error(expected ? error.message : error)
    process.exit(1)
  }
}

async function serveAlone(config: Config): Promise<void> {
  const instance = await startInstance(config, { serve: true, onProgress })
  console.log(await greet(instance))
  // A fault nobody caught: its place is logged, what it may quote of people is not.
  process.on('uncaughtException', (error) => {
    instance.parts.log.fatal({ err: error }, 'fault')
    process.exit(1)
  })
  stopOn(['SIGINT', 'SIGTERM', 'SIGHUP'], () => instance.stop())
}

async function serveWithOthers(config: Config): Promise<void> {
  const processes = await startProcesses(config, { exec: PROGRAM, execArgv: HOW, onProgress })
  console.log(`Máy chủ đã sẵn sàng, ${config.processes} tiến trình: ${processes.url}\n\nDừng: Ctrl-C`)
  // A terminal that is closed sends SIGHUP, too, and means the end.
  const atTerminal = process.stdin.isTTY
  stopOn(atTerminal ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM'], () => processes.stop())
  const restartOn: readonly NodeJS.Signals[] = atTerminal ? ['SIGUSR2'] : ['SIGUSR2', 'SIGHUP']
  for (const signal of restartOn) process.on(signal, () => void processes.restart())
}

function stopOn(signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void {
  let asked = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (asked) process.exit(130)
      asked = true
      console.error('Đang dừng… (stopping)')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(`did not stop in order (${signal}): ${(error as Error).name}`)
          process.exit(1)
        },
      )
    })
  }
}
