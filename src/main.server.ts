/** Starts the server: `npm start`. Ctrl-C stops it in order; a second Ctrl-C at once. */
import { ConfigError, readConfig } from './app/config.ts'
import { greet } from './app/greeting.ts'
import { StartError } from './app/installation.ts'
import { startInstance } from './app/instance.ts'

try {
  const instance = await startInstance(readConfig(process.env), {
    serve: true,
    onProgress: (words) => console.error(words),
  })
  console.log(await greet(instance))
  // A fault nobody caught: its place is logged, what it may quote of people is not.
  process.on('uncaughtException', (error) => {
    instance.parts.log.fatal({ err: error }, 'fault')
    process.exit(1)
  })
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(130)
      asked = true
      console.error('Đang dừng… (stopping)')
      instance.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          instance.parts.log.fatal({ err: error as Error, signal }, 'did not stop in order')
          process.exit(1)
        },
      )
    })
  }
} catch (error) {
  // What the person at the terminal can mend is said in words; a fault of the program with its place.
  const expected = error instanceof StartError || error instanceof ConfigError
  console.error(expected ? error.message : error)
  process.exit(1)
}
