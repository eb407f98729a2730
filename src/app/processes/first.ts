/** The first process: does once what is for all, keeps so many serving, and replaces them one by one. It serves nobody itself. */
import cluster, { type Worker } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../../kernel/db.ts'
import type { Config } from '../config.ts'
import { openClock, type RunningClock } from '../clock.ts'
import { openInstallation, StartError } from '../installation.ts'
import { LEAVE_MS } from '../leaving.ts'
import { developmentPort, fillWhenAsked, startDevelopment, withPort } from '../instance.ts'
import { refuseSecondServer, removeNote, writeNote, type RunningServer } from '../running.ts'
import type { Order, Report, Shared } from './orders.ts'

/** A new process that is not ready by then is given up; the old one goes on. */
const READY_MS = 300_000
/** Between the end of a process that died and the begin of the next: one that cannot live must not keep the machine busy. */
const AGAIN_MS = 1_000

export interface Processes {
  readonly url: string
  /** Replaces every process, one after the other. @returns false when a new one did not come up: the rest go on as they are */
  restart(): Promise<boolean>
  /** Ends all in order. */
  stop(): Promise<void>
}

export interface ProcessesOptions {
  /** the program of those who serve, and how Node runs it */
  readonly exec: string
  readonly execArgv: readonly string[]
  /** told what takes a while, and what goes wrong */
  readonly onProgress: (words: string) => void
}

/**
 * Starts so many processes behind one address.
 *
 * @throws StartError when it cannot run here: a port in use, a second server on one folder, a database out of reach
 */
export async function startProcesses(asked: Config, options: ProcessesOptions): Promise<Processes> {
  await refuseSecondServer(asked.dataFolder)
  const ground = await openGround(asked, options.onProgress)
  cluster.setupPrimary({ exec: options.exec, execArgv: [...options.execArgv], args: [] })
  const serving = new Set<Worker>()
  /** not ready yet */
  const beginning = new Set<Worker>()
  const end = { begun: false }

  /** @throws Error with what the process said when it does not become ready */
  async function begin(): Promise<Worker> {
    const worker = cluster.fork()
    beginning.add(worker)
    worker.on('error', (error) => options.onProgress(`${error.name}: ${error.message}`))
    await isReady(worker, ground.shared).finally(() => beginning.delete(worker))
    serving.add(worker)
    worker.once('exit', () => {
      if (serving.delete(worker) && !end.begun) void beginAgain()
    })
    return worker
  }

  async function beginAgain(): Promise<void> {
    options.onProgress('Một tiến trình đã dừng đột ngột, đang thay. (a process died and is replaced)')
    while (!end.begun) {
      await pause(AGAIN_MS)
      if (end.begun) return
      try {
        return void (await begin())
      } catch (error) {
        options.onProgress((error as Error).message)
      }
    }
  }

  async function replaceAll(): Promise<boolean> {
    try {
      for (const old of Array.from(serving)) {
        if (end.begun) return false
        if (!serving.has(old)) continue // it died, and is replaced already
        await begin()
        serving.delete(old)
        await leave(old, 'drain')
      }
      return true
    } catch (error) {
      options.onProgress(`Không thay được (not replaced): ${(error as Error).message}`)
      return false
    }
  }

  async function stop(): Promise<void> {
    end.begun = true
    await removeNote(asked.dataFolder)
    // One that is only beginning has nothing to finish.
    for (const worker of beginning) worker.process.kill('SIGKILL')
    await Promise.all([...beginning].map(ended))
    await Promise.all([...serving].map((worker) => leave(worker, 'stop')))
    await ground.close()
  }

  try {
    for (let number = 0; number < asked.processes; number += 1) await begin()
  } catch (error) {
    await stop()
    throw new StartError((error as Error).message, { cause: error })
  }
  const { port, publicUrl } = ground.shared.address
  const note: RunningServer = {
    pid: process.pid,
    port,
    url: publicUrl,
    startedAt: new Date().toISOString(),
    processes: asked.processes,
  }
  await writeNote(asked.dataFolder, note)
  let restarting: Promise<boolean> = Promise.resolve(true)
  return {
    url: publicUrl,
    stop,
    restart: () =>
      (restarting = restarting.then(async () => {
        const ok = await replaceAll()
        const restarted = { at: new Date().toISOString(), ok }
        if (!end.begun)
          await writeNote(asked.dataFolder, { ...note, restarted }).catch((error: unknown) =>
            options.onProgress(`Không ghi được (not written): ${(error as Error).message}`),
          )
        return ok
      })),
  }
}

/** Database, demo and the development provider: for all processes, as long as the first one lives. */
async function openGround(asked: Config, onProgress: (words: string) => void) {
  const config = await withPort(asked)
  const installation = await openInstallation(config, { connections: 2, onProgress })
  let clock: RunningClock | undefined
  try {
    const keys = openDatabase(installation.url, { connections: 1 })
    await fillWhenAsked(installation, keys, config, onProgress).finally(() => keys.close())
    const running = (clock = await openClock(installation.database))
    const development =
      installation.trial && !config.identity
        ? await startDevelopment(installation.database, running, config, developmentPort(asked, config))
        : undefined
    const shared: Shared = {
      address: { port: config.port, publicUrl: config.publicUrl },
      development: development && {
        issuer: development.issuer,
        configuration: development.configuration,
      },
    }
    return {
      shared,
      async close() {
        await development?.stop()
        running.close()
        await installation.close()
      },
    }
  } catch (error) {
    clock?.close()
    await installation.close()
    throw error
  }
}

function isReady(worker: Worker, shared: Shared): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (words: string) => {
      clearTimeout(timer)
      worker.process.kill('SIGKILL')
      reject(new Error(words))
    }
    const timer = setTimeout(() => failed('Tiến trình mới không sẵn sàng kịp. (not ready in time)'), READY_MS)
    worker.on('message', (report: Report) => {
      if (report.kind === 'failed') return failed(report.words)
      if (report.kind === 'listening') return void worker.send({ kind: 'begin', shared } satisfies Order)
      clearTimeout(timer)
      resolve()
    })
    worker.once('exit', () =>
      failed('Tiến trình mới đã dừng ngay khi bắt đầu. (it ended as soon as it began)'),
    )
  })
}

async function ended(worker: Worker): Promise<void> {
  if (!worker.isDead()) await new Promise<void>((resolve) => void worker.once('exit', () => resolve()))
}

async function leave(worker: Worker, kind: 'drain' | 'stop'): Promise<void> {
  const gone = ended(worker)
  if (worker.isConnected()) worker.send({ kind } satisfies Order)
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), LEAVE_MS)
  await gone
  clearTimeout(timer)
}
