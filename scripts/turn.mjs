/** Taking turns between scripts that install or build at the same time, and knowing whether a server runs. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Cần Node 20.19 trở lên; đây là ${process.version}. (Node 20.19 or newer is needed.)\n`,
  )
  process.exit(1)
}

export const ROOT = join(import.meta.dirname, '..')

/** Words for the person who waits. Never on standard output: that belongs to the command. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Runs `work` while no other script of this folder does so under the same name; a dead holder does not keep the turn. */
export async function inTurn(name, work) {
  const file = join(ROOT, 'build', `${name}.lock`)
  mkdirSync(dirname(file), { recursive: true })
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = Number(read(file))
      if (holder === process.pid || (holder > 0 && !isAlive(holder))) rmSync(file, { force: true })
      else if (!told) say(`Đang chờ một lệnh khác làm xong (${name}, tiến trình ${holder})…`)
      await pause(200)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** The number may have gone to a stranger since; where the system tells, ask what runs under it. */
function isServer(pid) {
  if (!isAlive(pid)) return false
  const commandLine = read(`/proc/${pid}/cmdline`)
  return commandLine === undefined || /start\.mjs|server\.mjs/.test(commandLine)
}

/** The server that runs from this folder, by the note it leaves in its data folder: `{ pid, port, startedAt }`. */
export function runningServer() {
  for (const folder of [process.env.DANGVU_DATA, join(ROOT, '.dangvu')]) {
    const note = folder && read(join(folder, 'server.json'))
    if (!note) continue
    try {
      const server = JSON.parse(note)
      if (server.pid !== process.pid && isServer(server.pid)) return server
    } catch {
      // half written: that server is only starting and will find its modules or not by itself
    }
  }
  return undefined
}
