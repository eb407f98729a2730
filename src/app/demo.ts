/** Fills an empty database with the demo: the registry and the fees of its wards, and what is under way in each procedure. */
import { join } from 'node:path'
import { actingAs } from '../kernel/acting.ts'
import type { Database } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Config } from './config.ts'

const DEMO_FOLDER = join(import.meta.dirname, '..', '..', 'data', 'demo')

/** Codes of the cells whose members are under way: of the demo's people, of the other ward, and of those who work here. */
const HERE = '79.021.013.000.001'
const WORKING = ['79.021.002.000.001', '79.021.007.000.001']

/**
 * Filled already, nothing changes: whoever was interrupted goes on at the next start.
 *
 * @param keys connections of their own for the keys, which are looked up in the middle of a command
 */
export async function fillInDemo(
  database: Database,
  keys: Database,
  config: Pick<Config, 'publicUrl' | 'signing'>,
  today: PlainDate,
): Promise<void> {
  const { fillDemo } = await import('../registry/demo.ts')
  const { fillDemoFees } = await import('../procedures/party-fees/demo.ts')
  await actingAs({ kind: 'program', act: 'demo' }, async () => {
    await fillDemo(database, { folder: DEMO_FOLDER, today })
    // A folder of real certificates has none of these people's.
    const signing = config.signing ? undefined : makeKeys(database, keys, today)
    await Promise.all([signing, fillDemoFees(database, today)])
    if (!config.signing) await fillUnderWay(database, keys, config, today)
  })
}

/** Who signs in what is under way: keys take long to make, and the fees meanwhile wait for the database. */
const SIGNERS = [
  'cell-secretary',
  'ward-deputy-secretary',
  'destination-cell-secretary',
  'destination-deputy-secretary',
] as const
const SEALERS = ['ward-deputy-secretary', 'destination-deputy-secretary'] as const
/** Farther back nobody signed: a certificate begins with the year in which it was first needed. */
const EARLIEST_DAYS_AGO = 130

async function makeKeys(database: Database, keys: Database, today: PlainDate): Promise<void> {
  const { openDemoCast } = await import('../registry/demo-cast.ts')
  const { openTestSigners } = await import('./test-signing.ts')
  const cast = await openDemoCast(database.read, today)
  if (!cast) return
  await cast.at(cast.daysAgo(EARLIEST_DAYS_AGO))
  const signers = openTestSigners(keys, cast)
  await signers.trustRoots()
  await Promise.all([
    signers.forSystem(),
    ...SIGNERS.map((role) => signers.forPerson(cast.memberOf(role))),
    ...SEALERS.map((role) => signers.forOrganisation(cast.placeOf(role))),
  ])
}

/** Each has a clock of its own: what is signed in the past is signed then. */
async function fillUnderWay(
  database: Database,
  keys: Database,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  today: PlainDate,
): Promise<void> {
  const [{ DEMO_DESTINATION_CELL }, { openDemoCast }, { openTestSigners }, { feesOf }, { decisionPdf }] =
    await Promise.all([
      import('../registry/demo.ts'),
      import('../registry/demo-cast.ts'),
      import('./test-signing.ts'),
      import('./features.ts'),
      import('./story/decision.ts'),
    ])
  const { fillDemoStays } = await import('../procedures/temporary-transfer/demo.ts')
  const { fillDemoRound } = await import('../procedures/residence-comment/demo.ts')
  const opened = async () => {
    const cast = await openDemoCast(database.read, today)
    return cast && { cast, services: { signers: openTestSigners(keys, cast), publicUrl, feesOf } }
  }
  const stays = await opened()
  const round = await opened()
  if (!stays || !round) return
  const cells = { here: HERE, there: DEMO_DESTINATION_CELL }
  const decision = await decisionPdf()
  await Promise.all([
    fillDemoStays(database, stays.cast, { services: stays.services, decision, cells }),
    fillDemoRound(database, round.cast, {
      services: { ...round.services, press: undefined },
      cells: WORKING,
    }),
  ])
}
