/** Builds and runs one of the programs of a folder (`bench/`, `drills/`) by its name; what follows the name is the program's. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, buildApart } from './build.mjs'
import { install } from './install.mjs'
import { ROOT, say } from './turn.mjs'

/** @param command what `npm run` calls it */
export async function runProgram(command, folder) {
  const path = join(ROOT, folder)
  const names = existsSync(path) ? readdirSync(path).filter((name) => /^[a-z-]+\.ts$/.test(name)) : []
  const [name] = process.argv.slice(2)
  if (!names.includes(`${name}.ts`)) {
    say(
      `npm run -s ${command} -- NAME, with NAME one of: ${names.map((file) => file.slice(0, -3)).join(', ')}`,
    )
    process.exit(2)
  }
  await install('run')
  await build()
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(await buildApart(folder, name)).href)
}
