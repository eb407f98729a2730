/** One run of the matrix against the sources it was bundled from, over a world that stands already; started by the mutation run. */
import { readFileSync } from 'node:fs'
import { judge } from './access-judge.ts'
import type { Asker, Things } from './access-places.ts'
import { openAccessServer } from './access-server.ts'

interface Given {
  readonly databaseUrl: string
  readonly at: string
  readonly askers: readonly Asker[]
  readonly things: Things
  readonly first: string
  readonly only: boolean
}

const given = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Given
const server = await openAccessServer(given.databaseUrl, new Date(given.at))
const options = {
  bail: true,
  only: given.only,
  ...(given.first === '' ? {} : { first: new RegExp(given.first) }),
}
const said = await judge(server, given.askers, given.things, options).then(
  ({ wrong }) => wrong,
  // What was removed may be missed by the code behind it: a defect is no quiet leak.
  (error: unknown) => [`defect: ${String(error)}`],
)
process.stdout.write(JSON.stringify(said))
await server.close()
process.exit(0)
