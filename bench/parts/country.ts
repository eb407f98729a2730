/**
 * A country for measurements, by the generator behind `generate-country`. A folder that the command filled is taken as it is:
 * `COUNTRY=FOLDER npm run -s bench -- search`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCountry, usualCells } from '../../src/app/country/generate.ts'
import { openInstallation, type Installation } from '../../src/app/installation.ts'
import { todayIn } from '../../src/kernel/plain-date.ts'

const tell = (what: string, done: number, all: number) =>
  void process.stderr.write(`${what}: ${done} / ${all}\n`)

/** The folder named by COUNTRY, which is left as it is; else a country of MEMBERS (5.6 million) made for this measurement. */
export async function openCountry(): Promise<Installation> {
  const given = process.env.COUNTRY
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'dangvu-bench-')))
  const installation = await openInstallation({ databaseUrl: undefined, dataFolder: folder, demo: false })
  const close = async () => {
    await installation.close()
    if (given === undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    const members = Number(process.env.MEMBERS ?? 5_600_000)
    const size = { members, cells: usualCells(members), seed: 'bench' }
    if (given === undefined) await generateCountry(installation, size, todayIn(new Date()), tell)
    return { ...installation, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** All 250,000 cells, but people in the capital alone: 165,000, about 22 a cell. */
export async function fillCapital(installation: Pick<Installation, 'database' | 'url'>): Promise<void> {
  const size = { members: 165_000, cells: Number(process.env.CELLS ?? 250_000), seed: 'bench', peopled: '01' }
  await generateCountry(installation, size, todayIn(new Date()), tell)
}
