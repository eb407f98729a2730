/** Requests that wait go along with the member (đơn theo đảng viên): to the cell that counts them now, and to whoever decides there. */
import type { RawBuilder } from 'kysely'
import { sql, type Database, type Read, type Write } from '../../../kernel/db.ts'
import type { Sweep } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { heirsOf } from '../../../registry/organisations/successors.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { peopleSince } from '../assessing/people.ts'
import { deciderAfterMove, type ReliefKind, type ReliefStatus } from '../law/relief/rules.ts'
import { RELIEF_WORKING_DAYS } from '../law/relief/settings.ts'
import { CELL_HANDLERS, HANDLERS } from '../law/who.ts'
import { placesAbove } from './act.ts'

type Now = Pick<Context, 'at' | 'today' | 'settings' | 'calendar'>

export function goingAlongSweeps(services: Pick<BackgroundServices, 'database' | 'contextNow'>): Sweep[] {
  return [{ name: 'party-fees-go-along', everyMinutes: 60, run: () => goAlongNow(services) }]
}

/** A member may have been admitted anywhere since: what waits for the cell before follows. */
export async function goAlongNow({
  database,
  contextNow,
}: Pick<BackgroundServices, 'contextNow'> & { readonly database: Database }): Promise<void> {
  const now = await contextNow()
  await database.transaction(async (write) => {
    await declarationsGoAlong(write, now)
    await reliefsGoAlong(write, now)
  })
}

interface Stray {
  readonly id: string
  readonly memberId: string
  readonly askedBy: string
  readonly kind: ReliefKind
  readonly status: ReliefStatus
  readonly organisationId: string
  readonly deciderId: string
  /** the cell that counts the member now */
  readonly cell: string
  readonly movedOn: boolean
}

/** True where the organisation is the cell `m.organisation_id` itself, or above it. */
const isAbove = (id: RawBuilder<unknown>, today: PlainDate) => sql`exists (
  select from organisation_period p join organisation o on o.id = ${id}
   where p.organisation_id = m.organisation_id and p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to)
     and o.number = any(string_to_array(rtrim(p.path, '.'), '.')::bigint[]))`

/** Waiting for a cell that does not count the member any more, or for somebody who is not above it. */
function straysOf(read: Read, today: PlainDate): Promise<Stray[]> {
  return read.rows<Stray>(sql`
    select r.id, r.member_id as "memberId", r.asked_by as "askedBy", r.kind, r.status, r.organisation_id as "organisationId",
           r.decider_id as "deciderId", m.organisation_id as cell, m.organisation_id <> r.organisation_id as "movedOn"
      from fee_relief r join membership m on m.member_id = r.member_id and m.until is null and m.standing = 'active'
     where r.status in ('asked', 'forwarded')
       and (m.organisation_id <> r.organisation_id or not ${isAbove(sql`r.decider_id`, today)})
     order by r.id for update of r`)
}

/**
 * Each goes to the cell that counts the member, with the opinion of the cell before where there is one, and is to be answered
 * anew in time. The member is told, and whoever has to act. Run again it does nothing.
 */
export async function reliefsGoAlong(write: Write, { at, today, settings, calendar }: Now): Promise<void> {
  for (const stray of await straysOf(write, today)) {
    const { id, memberId, askedBy, kind, status, cell, movedOn } = stray
    const places = await placesAbove(write, cell, await peopleSince(write, [memberId, askedBy], at), today)
    // Whoever took over from the one that was to decide does so, also while nobody holds an office there yet.
    const heir = (await heirsOf(write, [stray.deciderId], today)).get(stray.deciderId)
    const before = { cell: stray.organisationId, decider: heir?.id ?? stray.deciderId }
    const decider = deciderAfterMove(kind, places, settings, before)
    const dueOn = addWorkingDays(calendar, today, settings.get(RELIEF_WORKING_DAYS))
    await write.run(sql`
      update fee_relief set organisation_id = ${cell}, decider_id = ${decider}, due_on = ${dueOn}::date where id = ${id}`)
    const forwarded = status === 'forwarded'
    const positions = cell === decider ? HANDLERS : CELL_HANDLERS
    if (movedOn) {
      await recordNotice(write, { to: { memberId }, code: 'party-fees.relief-went-along', at })
      if (!forwarded)
        await recordNotice(write, {
          to: { organisationId: cell, positions },
          code: 'party-fees.relief-asked',
          at,
        })
    }
    if (forwarded && decider !== stray.deciderId) {
      const to = { organisationId: decider, positions: HANDLERS }
      await recordNotice(write, { to, code: 'party-fees.relief-forwarded', at })
    }
  }
}

/** Declarations that wait do the same: the cell before would have to give them back, and the member could declare nowhere. */
async function declarationsGoAlong(write: Write, { at }: Now): Promise<void> {
  const moved = await write.rows<{ cell: string; memberId: string; period: string }>(sql`
    update fee_declaration d set organisation_id = m.organisation_id
      from membership m
     where m.member_id = d.member_id and m.until is null and m.standing = 'active' and d.status = 'submitted'
       and m.organisation_id <> d.organisation_id
    returning d.organisation_id as cell, d.member_id as "memberId", to_char(d.from_period, 'YYYY-MM') as period`)
  for (const { cell, memberId, period } of moved) {
    const to = { organisationId: cell, positions: CELL_HANDLERS }
    await recordNotice(write, { to, code: 'party-fees.declared', facts: { period }, at })
    await recordNotice(write, { to: { memberId }, code: 'party-fees.declaration-went-along', at })
  }
}

/** Of what was granted, whoever took over from the decider may end it early. */
export async function decidersGoAlong(write: Write, ended: string, heir: string): Promise<void> {
  await write.run(
    sql`update fee_relief set decider_id = ${heir} where decider_id = ${ended} and status = 'granted'`,
  )
}
