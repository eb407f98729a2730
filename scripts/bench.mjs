/** `npm run -s bench -- NAME`: builds and runs one measurement; standard output is its one line of JSON. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, buildBench } from './build.mjs'
import { install } from './install.mjs'
import { ROOT, say } from './turn.mjs'

const folder = join(ROOT, 'bench')
const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name)) : []
const [name] = process.argv.slice(2)

if (!names.includes(`${name}.ts`)) {
  say(`npm run -s bench -- NAME, with NAME one of: ${names.map((file) => file.slice(0, -3)).join(', ')}`)
  process.exit(2)
}
await install('run')
await build()
process.setSourceMapsEnabled(true)
await import(pathToFileURL(await buildBench(name)).href)
