/** As which user the embedded database runs: PostgreSQL refuses root, so root lends it another identity. */
import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'

interface User {
  readonly uid: number
  readonly gid: number
}

/** How to start a database program, and who must own the files it reads and writes. */
export interface RunAs {
  /** Words put before the program and its arguments. */
  readonly prefix: readonly string[]
  /** Identity taken on when spawning; empty for our own. */
  readonly identity: Partial<User>
  /** Undefined: whoever owns them now. */
  readonly owner: User | undefined
}

const OWN_IDENTITY: RunAs = { prefix: [], identity: {}, owner: undefined }

/** A user namespace: the files of whoever starts it appear there as those of `shownAs`, who must have a name. */
function namespace(shownAs: User, owner?: User): RunAs {
  const map = [`--map-user=${shownAs.uid}`, `--map-group=${shownAs.gid}`]
  return { prefix: ['unshare', '--user', ...map, '--'], identity: {}, owner }
}

function lentIdentity(user: User): RunAs {
  return { prefix: [], identity: { uid: user.uid, gid: user.gid }, owner: user }
}

/** Another user who may still pass through root's closed folders; for containers that forbid user namespaces. */
function lentIdentityThroughClosedFolders(user: User): RunAs {
  const who = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const may = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  return { prefix: ['setpriv', ...who, ...may, '--'], identity: {}, owner: user }
}

/** The users that have a name here: initdb starts as no other. */
function namedUsers(): (User & { name: string })[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

function haveName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/** Gives the folder and all in it to `owner`. Symbolic links are left alone. */
export function giveTo(owner: RunAs['owner'], path: string): void {
  if (owner === undefined) return
  const found = lstatSync(path)
  if (found.isSymbolicLink()) return
  if (found.uid !== owner.uid || found.gid !== owner.gid) chownSync(path, owner.uid, owner.gid)
  if (found.isDirectory()) for (const name of readdirSync(path)) giveTo(owner, join(path, name))
}

/** Tries whether a database program can be started that way and write into the folder. */
function works(way: RunAs, program: string, folder: string): boolean {
  if (way.owner !== undefined) chownSync(folder, way.owner.uid, way.owner.gid)
  const [command = '', ...args] = [...way.prefix, '/bin/sh', '-c', 'test -w "$1" && "$2" --version']
  const tried = spawnSync(command, [...args, 'sh', folder, program], { ...way.identity, stdio: 'ignore' })
  return tried.status === 0
}

/**
 * Finds the first way that works. For root: the user who already owns the folder, `postgres`, `nobody`, then ways that
 * reach into a private home. For anybody else: as they are; a user without a name (some containers) borrows one.
 *
 * @param program a program of PostgreSQL that must be startable
 * @param folder an existing folder that must be writable
 * @throws Error when root has no way at all
 */
export function findRunAs(program: string, folder: string): RunAs {
  const named = namedUsers()
  const borrowed = ['postgres', 'nobody'].flatMap((name) => named.find((user) => user.name === name) ?? [])
  if (process.getuid?.() !== 0) {
    if (haveName()) return OWN_IDENTITY
    return borrowed.map((user) => namespace(user)).find((way) => works(way, program, folder)) ?? OWN_IDENTITY
  }

  const ownerNow = named.find(({ uid }) => uid !== 0 && uid === statSync(folder).uid)
  const users = [...(ownerNow ? [ownerNow] : []), ...borrowed]
  const ways = [
    ...users.map(lentIdentity),
    ...borrowed.map((user) => namespace(user, { uid: 0, gid: 0 })),
    ...users.map(lentIdentityThroughClosedFolders),
  ]
  const way = ways.find((candidate) => works(candidate, program, folder))
  if (way !== undefined) return way
  throw new Error(
    `PostgreSQL does not run as root, and no other user can reach ${folder}. ` +
      'Start the program as an ordinary user, or put it where others may read (for example /srv), or set DATABASE_URL.',
  )
}
