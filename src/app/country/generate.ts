/** Generates a country (tạo dữ liệu cả nước) in an empty database: for trying the system at the size it is made for. */
import pg from 'pg'
import { sealAll } from '../../audit/sealer.ts'
import { actingNow, actingText } from '../../kernel/acting.ts'
import type { Database } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { readUnits } from '../administrative-units.ts'
import { isEmpty } from '../installation.ts'
import { fillCountry, type Step } from './fill.ts'
import { nameParts } from './names.ts'
import { planPlaces } from './places.ts'

export interface CountrySize {
  readonly members: number
  /** chi bộ, those of the grassroots too */
  readonly cells: number
  readonly seed: string
  /** code of the only province with members; absent: all have */
  readonly peopled?: string
}

export interface Generated {
  readonly organisations: number
  readonly offices: number
  /** of all of it: from the empty database to one that is sealed and analysed */
  readonly seconds: number
}

/** Members a cell has where nothing else is said: 5.6 million in 250,000. */
const A_CELL = 22.4
const MOST_CELLS = 250_000
/** Fewer, and communes would be without. */
export const FEWEST_CELLS = 20_000

export const usualCells = (members: number): number =>
  Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, Math.round(members / A_CELL)))

/** Told what is done, of how many. */
export type TellGenerated = (what: Step | 'sealing', done: number, all: number) => void

/**
 * Fills the database in one transaction: while it runs, others see an empty registry, and where it ends early nothing is left.
 *
 * @param url of the database's owner
 * @returns undefined when the database is not empty: nothing was done
 */
export async function generateCountry(
  { database, url }: { readonly database: Database; readonly url: string },
  size: CountrySize,
  today: PlainDate,
  tell: TellGenerated,
): Promise<Generated | undefined> {
  const began = performance.now()
  const plan = planPlaces(await readUnits(), size.seed, size.cells)
  const owner = new pg.Client({ connectionString: url })
  owner.on('error', () => undefined) // what went wrong first is what is told
  await owner.connect()
  try {
    await owner.query('begin')
    await owner.query(`select set_config('dangvu.acting', $1, true)`, [actingText(actingNow())])
    // Whoever else begins to fill it waits for us, and then finds it full.
    await owner.query('lock table organisation, member in exclusive mode')
    if (!(await isEmpty(database.read))) return undefined
    await fillCountry(owner, plan, nameParts(), { ...size, today }, tell)
    await owner.query('commit')
    tell('sealing', 0, 1)
    // The sealer is one connection's work, looking through the tables another's.
    await Promise.all([sealAll(database), owner.query('vacuum analyze')])
    const { rows } = await owner.query<{ offices: number }>('select count(*) as offices from office')
    return {
      organisations: plan.places.length,
      offices: rows[0]!.offices,
      seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
    }
  } finally {
    await owner.end()
  }
}
