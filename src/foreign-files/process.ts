/**
 * A reader's process: it may read its own program and nothing else of the disk, start nothing, and knows no variable of ours. Its
 * memory, processor time and silence are watched from here; one that passes a bound is ended, whatever it is doing.
 *
 * Node 20 cannot forbid the network. The reader's program imports nothing that reaches it (a test reads the built file), and
 * a file is never run: somebody would have to break V8 first.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FromReader, ToReader } from './messages.ts'

export interface Bounds {
  /** of processor time for one file */
  readonly cpuSeconds: number
  /** from a question to its answer, on however busy a machine */
  readonly silentSeconds: number
  /** resident, all of the process */
  readonly megabytes: number
}

export interface ReaderProcess {
  send(message: ToReader): void
  /** Watches it work on one file. @returns how to stop watching */
  watch(bounds: Bounds, isAsked: () => boolean): () => void
  ref(): void
  unref(): void
  end(): Promise<unknown>
}

/** Of these the heap may have the most; the rest is buffers and the program itself. */
const HEAP_SHARE = 0.6
const LOOK_EVERY_MS = 100

/** Node 20 calls it an experiment. It costs nothing, and what it forbids is forbidden. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission'

export function startReader(
  program: URL,
  megabytes: number,
  told: { hear(said: FromReader): void; lost(): void },
): ReaderProcess {
  const path = fileURLToPath(program)
  const child = fork(path, [], {
    env: {},
    cwd: dirname(path),
    execArgv: [
      PERMISSION,
      `--allow-fs-read=${path}`,
      '--no-warnings',
      `--max-old-space-size=${Math.round(megabytes * HEAP_SHARE)}`,
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', resolve)
    child.once('error', () => child.exitCode === null && child.pid === undefined && resolve())
  })
  child.on('message', (said) => told.hear(said as FromReader))
  child.on('error', () => undefined) // a message to one that is gone; its exit follows
  void ended.then(told.lost)
  return {
    send: (message) => void child.send(message, () => undefined),
    watch: (bounds, isAsked) => watch(child, bounds, isAsked),
    ref() {
      child.ref()
      child.channel?.ref()
    },
    unref() {
      child.unref()
      child.channel?.unref()
    },
    end() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

function watch(child: ChildProcess, bounds: Bounds, isAsked: () => boolean): () => void {
  const { pid } = child
  if (pid === undefined) return () => undefined
  const cpuAtFirst = usedBy(pid)?.cpuSeconds ?? 0
  let askedSince: number | undefined
  const timer = setInterval(() => {
    askedSince = isAsked() ? (askedSince ?? performance.now()) : undefined
    const used = usedBy(pid)
    const passed =
      (askedSince !== undefined && performance.now() - askedSince > bounds.silentSeconds * 1000) ||
      (used && (used.megabytes > bounds.megabytes || used.cpuSeconds - cpuAtFirst > bounds.cpuSeconds))
    if (passed) child.kill('SIGKILL')
  }, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

const PAGE_BYTES = 4096
const TICKS_A_SECOND = 100

/** Of a process, as Linux tells; elsewhere the bound of the heap and the time of silence are what holds. */
function usedBy(pid: number): { cpuSeconds: number; megabytes: number } | undefined {
  try {
    // after the name in brackets, which may hold anything: field 14 and 15 of proc(5) are its ticks, 24 its resident pages
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ')
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
      megabytes: (Number(fields[21]) * PAGE_BYTES) / 2 ** 20,
    }
  } catch {
    return undefined
  }
}
