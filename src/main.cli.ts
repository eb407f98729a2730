/** Starts the command line: `npm run -s dangvu -- COMMAND`. */
import { runCommandLine } from './app/commands/command-line.ts'

const exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
})
process.exitCode = exitCode
