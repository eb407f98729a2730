/** `npm run -s bench -- NAME`: builds and runs one measurement; standard output is its one line of JSON. */
import { runProgram } from './program.mjs'

await runProgram('bench', 'bench')
