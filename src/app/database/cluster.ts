/** A PostgreSQL data folder of our own: made once, whole or not at all, with its password beside it. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { databasePrograms } from './programs.ts'
import { giveTo, type RunAs } from './run-as.ts'

/** The one role and the one database of the embedded server. */
export const OWNER_ROLE = 'dangvu'
export const DATABASE = 'dangvu'

/** Vietnamese needs a UTF-8 cluster whose letters have case; sorting by bytes keeps indexes valid on any machine. */
const LOCALE = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--lc-collate=C',
  '--lc-ctype=C.UTF-8',
]

/** The environment of the database programs: ours would bring in foreign locales and PG… settings. */
export const ENVIRONMENT = { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C', TZ: 'UTC' }

export const dataFolder = (folder: string): string => join(folder, 'cluster', 'data')
const passwordFile = (cluster: string): string => join(cluster, 'password')

export const isMade = (folder: string): boolean => existsSync(join(dataFolder(folder), 'PG_VERSION'))

export async function readPassword(folder: string): Promise<string> {
  return (await readFile(passwordFile(join(folder, 'cluster')), 'utf8')).trim()
}

/** Ends well or throws what the program had to say. */
function run(runAs: RunAs, program: string, args: readonly string[], cwd: string): Promise<void> {
  const [command = '', ...rest] = [...runAs.prefix, program, ...args]
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { ...runAs.identity, cwd, env: ENVIRONMENT, detached: true })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed: ${said}`))))
  })
}

/** Makes the cluster under a temporary name and renames it: a crash on the way leaves nothing that looks finished. */
export async function makeCluster(folder: string, runAs: RunAs, durable: boolean): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('making-')) await rm(join(folder, name), { recursive: true, force: true })
  const making = join(folder, `making-${process.pid}`)
  await mkdir(making, { mode: 0o700 })
  await writeFile(passwordFile(making), randomBytes(24).toString('hex') + '\n', { mode: 0o600 })
  giveTo(runAs.owner, making)
  const args = [
    `--pgdata=${join(making, 'data')}`,
    `--username=${OWNER_ROLE}`,
    `--pwfile=${passwordFile(making)}`,
    '--auth=scram-sha-256',
    '--no-instructions',
    ...LOCALE,
    ...(durable ? [] : ['--no-sync']),
  ]
  await run(runAs, databasePrograms().initdb, args, making)
  await rename(making, join(folder, 'cluster'))
}

/** A cluster made by another user (root before, an ordinary user now lent) is handed over before it is started. */
export function handOver(folder: string, runAs: RunAs): void {
  const cluster = join(folder, 'cluster')
  if (runAs.owner !== undefined && lstatSync(dataFolder(folder)).uid !== runAs.owner.uid)
    giveTo(runAs.owner, cluster)
}
