/** `npm run -s dangvu -- COMMAND`: installs and builds what is missing, then becomes the command line. */
import { setFlagsFromString } from 'node:v8'
import { build } from './build.mjs'
import { install } from './install.mjs'

// A heap that grows by half instead of doubling costs nothing and keeps a large import small.
setFlagsFromString('--heap-growing-percent=50')
await install('run')
await build()
process.setSourceMapsEnabled(true)
await import('../build/cli.mjs')
