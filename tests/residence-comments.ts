/** Comments asked of a residence cell, brought as far as a test needs them by the procedures themselves. */
import { randomUUID } from 'node:crypto'
import { sql } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { perform, type Context } from '../src/kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../src/kernel/settings.ts'
import { criteriaOf, formOf } from '../src/procedures/residence-comment/law/form.ts'
import type { Command, Comment } from '../src/procedures/residence-comment/law/states.ts'
import { residenceComment } from '../src/procedures/residence-comment/procedure.ts'
import type { Command as ReferralCommand } from '../src/procedures/residence-comment/referral/law/states.ts'
import { residenceReferral } from '../src/procedures/residence-comment/referral/procedure.ts'
import type { OfficerRole, TransferWorld } from './transfer-world.ts'

const YEAR = 2026

/** What a job works with in this world: time is the world's. */
export function servicesOf({ parts, database, now }: TransferWorld) {
  const { signers, publicUrl, press } = parts
  const contextNow = async () => {
    const at = now()
    return { at, today: todayIn(at), calendar: await parts.calendar(), settings: DEFAULT_SETTINGS }
  }
  return { database, signers, publicUrl, press, contextNow }
}

/** The context of an officer who has just signed in. */
export async function officerContext(world: TransferWorld, role: OfficerRole): Promise<Context> {
  const { memberId, name } = world.officers[role]
  const office = await world.database.read.one<{ position: string; organisationId: string }>(
    sql`select position, organisation_id as "organisationId" from office where member_id = ${memberId}`,
  )
  const surroundings = await servicesOf(world).contextNow()
  const actor = { kind: 'person', memberId, name, hat: office, signedInAt: surroundings.at } as const
  return { ...surroundings, actor }
}

export async function askAs(
  world: TransferWorld,
  role: OfficerRole,
  dossierId: string,
  command: Command,
): Promise<Comment> {
  const request = { dossierId, commandId: randomUUID(), command }
  const done = await perform(world.database, residenceComment, request, await officerContext(world, role))
  return done.state
}

async function refer(world: TransferWorld, role: OfficerRole, dossierId: string, command: ReferralCommand) {
  const request = { dossierId, commandId: randomUUID(), command }
  await perform(world.database, residenceReferral, request, await officerContext(world, role))
}

/** Members of the ward's cell who live in the other ward, one comment each, on the table of its cell. */
export async function commentsAtCell(world: TransferWorld, names: readonly string[]): Promise<string[]> {
  const { otherWard, otherCell } = world.places
  const ids: string[] = []
  for (const name of names) {
    const { memberId } = await world.member(name)
    const referral = randomUUID()
    const address = 'Số 1, đường Một'
    await refer(world, 'wardDeputy', referral, { type: 'refer', memberId, communeId: otherWard, address })
    await refer(world, 'destinationDeputy', referral, { type: 'accept', cellId: otherCell })
    const id = randomUUID()
    await askAs(world, 'wardDeputy', id, { type: 'request', memberId, year: YEAR, purpose: 'yearly' })
    ids.push(id)
  }
  return ids
}

/** Every criterion ticked, the front board met today: it can be signed. */
export async function drafted(world: TransferWorld, id: string): Promise<void> {
  const { comment } = await world.database.read.one<{ comment: Comment }>(
    sql`select state as comment from dossier where id = ${id}`,
  )
  const criteria = criteriaOf(formOf(comment.form), comment.exempt)
  const ticks = Object.fromEntries(criteria.map(({ code, scale }) => [code, scale[0]!.code]))
  const met = todayIn(world.now())
  await askAs(world, 'destinationSecretary', id, { type: 'save-draft', ticks, frontBoardMetOn: met })
}

/** Signed by the cell and confirmed by the commune: its paper waits to be made. */
export async function confirmed(world: TransferWorld, id: string): Promise<void> {
  await drafted(world, id)
  await askAs(world, 'destinationSecretary', id, { type: 'sign' })
  await askAs(world, 'destinationDeputy', id, { type: 'confirm' })
}
