/** `npm run -s dangvu -- COMMAND`: installs and builds what is missing, then becomes the command line. */
import { build } from './build.mjs'
import { install } from './install.mjs'

await install('run')
await build()
process.setSourceMapsEnabled(true)
await import('../build/cli.mjs')
