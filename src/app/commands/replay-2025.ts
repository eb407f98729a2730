/** Plays the reorganisation of July 2025 on a temporary database of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instantAt } from '../../kernel/plain-date.ts'
import { settingsOn } from '../../kernel/settings.ts'
import { NEW_SINCE, type Size } from '../../registry/reorganisation/replay/province-plan.ts'
import { replay, type Replayed } from '../../registry/reorganisation/replay/replay.ts'
import { readUnits } from '../administrative-units.ts'
import { openCalendar } from '../calendar.ts'
import { followReorganisation } from '../features.ts'
import { openInstallation } from '../installation.ts'
import { NO_SIGNERS } from '../signing.ts'

export async function replay2025(size: Size, tell: (line: string) => void): Promise<Replayed> {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-replay-'))
  try {
    const installation = await openInstallation({ databaseUrl: undefined, dataFolder: folder, demo: false })
    try {
      const { database, url } = installation
      const clock = { now: () => instantAt(NEW_SINCE, 8 * 60) }
      const surroundings = {
        calendar: await openCalendar(database, clock).get(),
        settings: await settingsOn(database.read, NEW_SINCE),
      }
      const services = { signers: NO_SIGNERS, publicUrl: 'https://localhost' }
      return await replay(await readUnits(), size, {
        database,
        url,
        surroundings,
        follow: (write, touched, context) => followReorganisation(write, services, touched, context),
        tell,
      })
    } finally {
      await installation.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
