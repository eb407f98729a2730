/** `npm start`: installs what running needs, builds, and becomes the server. */
import { setFlagsFromString } from 'node:v8'
import { build } from './build.mjs'
import { install } from './install.mjs'

await install('run')
await build()
// The heap may grow by half before what is no longer used is collected: under load it would double first, for no more speed.
setFlagsFromString('--heap-growing-percent=50')
process.setSourceMapsEnabled(true)
await import('../build/server.mjs')
