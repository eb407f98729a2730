/** The replay of July 2025: the old country is made up, and each province becomes what it is by a plan that is saved, looked at and signed. */
import pg from 'pg'
import { sql, type Database, type Read } from '../../../kernel/db.ts'
import { instantAt } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import type { FollowDossiers } from '../apply.ts'
import { savePlan, signPlan } from '../plans.ts'
import { previewOf } from '../preview.ts'
import { countryOf, idFrom, type Country, type Province, type Unit } from './country.ts'
import { fillOldCountry } from './fill.ts'
import { cellsOf, NEW_SINCE, planOf, type Size } from './province-plan.ts'
import { verify, type Verified } from './verify.ts'

export interface Replayed extends Omit<Country, 'provinces'>, Verified {
  readonly provinces: number
  readonly communes: number
  readonly oldCommunes: number
  readonly cells: number
  /** all of it */
  readonly seconds: number
  readonly stages: { readonly filling: number; readonly plans: number; readonly verifying: number }
}

/** What surrounds a command, but for who asks and when. */
export type Surroundings = Pick<Context, 'calendar' | 'settings'>

export interface Stage {
  readonly database: Database
  /** connection string of the owner */
  readonly url: string
  readonly surroundings: Surroundings
  readonly follow: FollowDossiers
  /** told each step, for people */
  readonly tell: (line: string) => void
}

/** On a database with nobody in it. */
export async function replay(units: readonly Unit[], size: Size, stage: Stage): Promise<Replayed> {
  const { database, tell } = stage
  const country = countryOf(units)
  const { provinces } = country
  const old = provinces.flatMap((province) => province.old)
  const cells = old.reduce((sum, commune) => sum + cellsOf(commune, size), 0)
  const began = performance.now()
  tell(`Dựng lại: ${old.length} xã cũ, ${cells} chi bộ, ${old.length * size.members} đảng viên`)
  const owner = new pg.Client({ connectionString: stage.url })
  await owner.connect()
  await fillOldCountry(owner, country, size).finally(() => owner.end())
  const filled = performance.now()
  for (const [index, province] of provinces.entries()) {
    const from = performance.now()
    await reorganise(province, size, stage)
    tell(
      `${index + 1}/${provinces.length} ${province.name}: ${province.old.length} xã cũ, ${province.communes.length} xã mới, ${secondsSince(from)} giây`,
    )
  }
  const signed = performance.now()
  const verified = await verify(database.read, country)
  for (const line of verified.off) tell(line)
  return {
    ...country,
    ...verified,
    provinces: provinces.length,
    communes: provinces.reduce((sum, { communes }) => sum + communes.length, 0),
    oldCommunes: old.length,
    cells,
    seconds: secondsSince(began),
    stages: {
      filling: secondsSince(began, filled),
      plans: secondsSince(filled, signed),
      verifying: secondsSince(signed),
    },
  }
}

const secondsSince = (from: number, until = performance.now()) => Number(((until - from) / 1000).toFixed(1))

/** By the very commands a committee uses: saved, looked at, signed with what was seen. */
async function reorganise(
  province: Province,
  size: Size,
  { database, surroundings, follow }: Stage,
): Promise<void> {
  const id = idFrom('plan', province.id)
  const context = await deputyOf(database.read, province, surroundings)
  const asked = { id, underId: province.id, plan: planOf(province, size) }
  if (asked.plan.steps.length === 0) return
  const saved = await savePlan(database, { ...asked, commandId: idFrom('save', id) }, context)
  const { digest, problems } = await previewOf(database.read, saved)
  if (problems.length > 0)
    throw new Error(`${province.name}: ${problems.map(({ code, name }) => `${code} ${name}`).join(', ')}`)
  await signPlan(database, { id, commandId: idFrom('sign', id), digest }, context, follow)
}

async function deputyOf(read: Read, province: Province, surroundings: Surroundings): Promise<Context> {
  const position = 'committee-standing-deputy'
  const { memberId, officeId } = await read.one<{ memberId: string; officeId: string }>(sql`
    select member_id as "memberId", id as "officeId" from office where organisation_id = ${province.id} and position = ${position}`)
  const at = instantAt(NEW_SINCE, 8 * 60)
  const hat = { position, organisationId: province.id, officeId }
  return { ...surroundings, actor: { kind: 'person', memberId, hat, signedInAt: at }, at, today: NEW_SINCE }
}
