/** The examination: every check by itself, none stopped by another, each within its time. */
import { setTimeout as pause } from 'node:timers/promises'
import { withoutPersons } from '../logging.ts'
import { unknown, type Check, type Finding, type Level, type Scene } from './check.ts'
import { CONFIGURATION_CHECKS } from './checks/configuration.ts'
import { DATABASE_CHECKS } from './checks/database.ts'
import { DATABASE_SETTINGS_CHECKS } from './checks/database-settings.ts'
import { DISK_CHECKS } from './checks/disk.ts'
import { KEY_CHECKS } from './checks/keys.ts'
import { MACHINE_CHECKS } from './checks/machine.ts'
import { PEER_CHECKS } from './checks/peers.ts'
import { POOLER_CHECKS } from './checks/pooler.ts'
import { REPLICA_CHECKS } from './checks/replica.ts'
import { SIGNING_KEY_CHECKS } from './checks/signing-keys.ts'
import { WORK_CHECKS } from './checks/work.ts'

/** In the order in which they are told. */
export const CHECKS: readonly Check[] = [
  ...CONFIGURATION_CHECKS,
  ...MACHINE_CHECKS,
  ...DISK_CHECKS,
  ...KEY_CHECKS,
  ...SIGNING_KEY_CHECKS,
  ...DATABASE_CHECKS,
  ...DATABASE_SETTINGS_CHECKS,
  ...POOLER_CHECKS,
  ...REPLICA_CHECKS,
  ...PEER_CHECKS,
  ...WORK_CHECKS,
]

export interface Examined extends Finding {
  readonly check: string
  readonly group: Check['group']
}

/** Longer than this a check has not been able to examine anything. */
const CHECK_MS = 20_000

export async function examine(scene: Scene, checks: readonly Check[] = CHECKS): Promise<Examined[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await findingsOf(check, scene)
      return findings.map((finding) => ({ check: check.name, group: check.group, ...finding }))
    }),
  )
  return found.flat()
}

/** True when nothing is wrong and nothing was left unexamined; what is only warned of is no reason to say no. */
export function isWell(examined: readonly { level: Level }[]): boolean {
  return examined.every(({ level }) => level === 'ok' || level === 'warn')
}

async function findingsOf(check: Check, scene: Scene): Promise<readonly Finding[]> {
  const { vi, en } = check.examines
  if (check.needsDatabase) {
    if ((await scene.databaseUrl().catch(() => 'out of reach')) === undefined) return []
    const reached = await scene.database().then(
      () => true,
      () => false,
    )
    if (!reached)
      return [
        unknown(
          `chưa khám được ${vi}: không vào được cơ sở dữ liệu`,
          `could not examine ${en}: no way into the database`,
        ),
      ]
  }
  const giveUp = new AbortController()
  try {
    return await Promise.race([
      check.run(scene),
      pause(CHECK_MS, undefined, { signal: giveUp.signal }).then(() => {
        throw new Error('no answer in time')
      }),
    ])
  } catch (error) {
    const said = withoutPersons((error as Error).message)
    return [unknown(`chưa khám được ${vi}: ${said}`, `could not examine ${en}: ${said}`)]
  } finally {
    giveUp.abort()
  }
}
