/** `npm start`: installs what running needs, builds, and becomes the server. */
import { build } from './build.mjs'
import { install } from './install.mjs'

await install('run')
await build()
process.setSourceMapsEnabled(true)
await import('../build/server.mjs')
