/** `npm run -s drill -- NAME`: breaks a running system on purpose, again and again; standard output is one line of JSON. */
import { runProgram } from './program.mjs'

await runProgram('drill', 'drills')
