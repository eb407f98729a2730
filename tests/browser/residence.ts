/** Members of the demo's ward who live in the other one, referred there and asked about. */
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/kernel/db.ts'
import { todayIn } from '../../src/kernel/plain-date.ts'
import { perform, type Procedure } from '../../src/kernel/procedure.ts'
import { DEFAULT_SETTINGS } from '../../src/kernel/settings.ts'
import { residenceComment } from '../../src/procedures/residence-comment/procedure.ts'
import { residenceReferral } from '../../src/procedures/residence-comment/referral/procedure.ts'
import type { DemoRole } from '../../src/registry/demo.ts'
import type { Stage } from './stage.ts'

/** Members of the demo's cell who live in the other ward: one comment each on its cell's table. */
export async function commentsAtCell(
  stage: Stage,
  count: number,
): Promise<{ referral: string; comment: string }[]> {
  const { database } = stage.instance.parts
  const cell = stage.person('cell-secretary').organisationId
  const { organisationId: residence } = stage.person('destination-cell-secretary')
  const { organisationId: commune } = stage.person('destination-deputy-secretary')
  const members = await database.read.rows<{ id: string }>(sql`
    select m.id from member m join membership s on s.member_id = m.id and s.until is null
     where s.organisation_id = ${cell} and m.standing = 'active' and not exists (select from office o where o.member_id = m.id)
     order by m.sort_key limit ${count}`)
  const asked: { referral: string; comment: string }[] = []
  for (const { id: memberId } of members) {
    const [referral, comment] = [randomUUID(), randomUUID()]
    const refer = { type: 'refer', memberId, communeId: commune, address: 'Số 1, đường Một' } as const
    await act(stage, 'ward-deputy-secretary', residenceReferral, referral, refer)
    await act(stage, 'destination-deputy-secretary', residenceReferral, referral, {
      type: 'accept',
      cellId: residence,
    })
    const request = { type: 'request', memberId, year: 2026, purpose: 'yearly' } as const
    await act(stage, 'ward-deputy-secretary', residenceComment, comment, request)
    asked.push({ referral, comment })
  }
  return asked
}

/** The demo's own comments are taken off the cell's table. */
export async function clearTable(stage: Stage): Promise<void> {
  const { organisationId: cell } = stage.person('destination-cell-secretary')
  const open = await stage.instance.parts.database.read.rows<{ id: string }>(sql`
    select dossier_id as id from residence_comment
     where cell_id = ${cell} and status in ('with-cell', 'drafted')`)
  for (const { id } of open)
    await act(stage, 'ward-deputy-secretary', residenceComment, id, { type: 'cancel', reason: 'Xin lại sau' })
}

async function act<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  stage: Stage,
  role: DemoRole,
  procedure: Procedure<State, Command, Event, Facts>,
  dossierId: string,
  command: Command,
): Promise<void> {
  const { database, clock, calendar } = stage.instance.parts
  const { memberId, position, organisationId } = stage.person(role)
  const at = clock.now()
  const actor = {
    kind: 'person',
    memberId,
    hat: { position: position ?? '', organisationId },
    signedInAt: at,
  } as const
  const context = { actor, at, today: todayIn(at), calendar: await calendar(), settings: DEFAULT_SETTINGS }
  await perform(database, procedure, { dossierId, commandId: randomUUID(), command }, context)
}
