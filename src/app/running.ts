/** The note a server leaves in its data folder while it runs, and the ports it needs. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { StartError } from './installation.ts'

export interface RunningServer {
  readonly pid: number
  readonly port: number
  readonly url: string
  readonly startedAt: string
  /** how many serve the address; absent in a note of an older version */
  readonly processes?: number
  /** the last rolling restart: when it ended, and whether every process was replaced */
  readonly restarted?: { readonly at: string; readonly ok: boolean }
}

const noteFile = (folder: string) => join(folder, 'server.json')

/** Writes the note, whole or not at all. */
export async function writeNote(folder: string, server: RunningServer): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(`${noteFile(folder)}.${server.pid}`, `${JSON.stringify(server)}\n`)
  await rename(`${noteFile(folder)}.${server.pid}`, noteFile(folder))
}

/** Removes the note if it is this process's own. */
export async function removeNote(folder: string): Promise<void> {
  const note = await readNote(folder)
  if (note?.pid === process.pid) await rm(noteFile(folder), { force: true })
}

/** The note as it lies there, whether or not its server lives. */
export async function readNote(folder: string): Promise<RunningServer | undefined> {
  try {
    return JSON.parse(await readFile(noteFile(folder), 'utf8')) as RunningServer
  } catch {
    return undefined
  }
}

/** The server that runs on this data folder: noted, its process alive, and answering. A note left by a crash is none. */
export async function findRunningServer(folder: string): Promise<RunningServer | undefined> {
  const note = await readNote(folder)
  if (!note || note.pid === process.pid || !isAlive(note.pid)) return undefined
  const answer = await fetch(`http://localhost:${note.port}/healthz`, {
    signal: AbortSignal.timeout(2000),
  }).catch(() => undefined)
  return answer?.ok ? note : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** @throws StartError when a server runs on this folder already */
export async function refuseSecondServer(folder: string): Promise<void> {
  const running = await findRunningServer(folder)
  if (!running) return
  throw new StartError(
    `Máy chủ đã chạy ở ${running.url} (tiến trình ${running.pid}) với thư mục dữ liệu này.\n` +
      `Mở địa chỉ đó, hoặc dừng máy chủ (Ctrl-C ở cửa sổ của nó, hoặc: kill ${running.pid}) rồi chạy lại.\n` +
      `A server already runs on this data folder at ${running.url}: open it, or stop it first.`,
  )
}

/** Listens for a moment to learn whether the port can be had. @returns it, or a free one for 0 @throws StartError */
export async function requirePort(port: number, host: string): Promise<number> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
    return (server.address() as AddressInfo).port
  } catch (error) {
    throw portError(error, port)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

/** What the system says of a port it does not give, in words that help; another error is passed on. */
export function portError(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Cổng ${port} đang có chương trình khác dùng. Hãy dừng chương trình đó hoặc chọn cổng khác, ví dụ: PORT=3100 npm start\n` +
        `Port ${port} is in use: stop the other program or choose another port, e.g. PORT=3100 npm start`,
    )
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new StartError(
      `Không được phép dùng cổng ${port} ở địa chỉ này (${code}): xem lại PORT và HOST.\n` +
        `Port ${port} cannot be used at this address (${code}): check PORT and HOST.`,
    )
  }
  return error
}
