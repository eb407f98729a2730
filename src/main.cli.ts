/** Starts the command line: `npm run -s dangvu -- COMMAND`. */
import { runCommandLine } from './app/commands/command-line.ts'

const INTERRUPTED = 130

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  onInterrupt(leave) {
    // An embedded database this command started would otherwise go on without it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => void leave().finally(() => process.exit(INTERRUPTED)))
  },
})
