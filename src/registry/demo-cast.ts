/** The demo's people as they acted in the days before it begins: for what a procedure has under way there, by its own commands. */
import { MEMBER_HAT, type PersonActor } from '../kernel/actor.ts'
import { sql, type Read } from '../kernel/db.ts'
import { workCalendar } from '../kernel/holidays.ts'
import { addDays, instantAt, type PlainDate } from '../kernel/plain-date.ts'
import type { Context } from '../kernel/procedure.ts'
import { settingsOn } from '../kernel/settings.ts'
import { isWorkingDay } from '../kernel/working-time.ts'
import { countedOn } from './day.ts'
import { demoPeople, LISTS_MADE_ON, type DemoRole } from './demo.ts'
import { findOrganisationByCode } from './organisations/store.ts'

type Around = Omit<Context, 'actor'>

export interface DemoCast {
  readonly today: PlainDate
  /** The moment somebody acted last: what is signed meanwhile is signed then. */
  now(): Date
  /** A working day, so many days ago or a little longer. */
  daysAgo(days: number): PlainDate
  /** The moment with what the rules ask of it. */
  at(day: PlainDate, minutes?: number): Promise<Around>
  /** Somebody of the list acts on a day, in the office they are listed with. */
  as(role: DemoRole, day: PlainDate, minutes?: number): Promise<Context>
  /** A member acts for themselves. */
  asMember(memberId: string, day: PlainDate, minutes?: number): Promise<Context>
  /** Where somebody of the list acts, or is counted. */
  placeOf(role: DemoRole): string
  /** Who they are. */
  memberOf(role: DemoRole): string
  /** Members of a cell who hold no office and are nobody of the list, always in the same order. */
  others(cellCode: string): Promise<readonly string[]>
}

const MORNING = 9 * 60

/** @returns undefined where the demo's people are not there, or only after today */
export async function openDemoCast(read: Read, today: PlainDate): Promise<DemoCast | undefined> {
  const people = await demoPeople(read, today)
  const calendar = workCalendar([])
  let last = instantAt(today, MORNING)
  const find = (role: DemoRole) => {
    const found = people.find((person) => person.role === role)
    if (!found) throw new Error(`the demo has nobody as ${role}`)
    return found
  }
  const at = async (day: PlainDate, minutes = MORNING): Promise<Around> => {
    last = instantAt(day, minutes)
    return { at: last, today: day, calendar, settings: await settingsOn(read, day) }
  }
  const acting = (memberId: string, hat: PersonActor['hat']): PersonActor => ({
    kind: 'person',
    memberId,
    hat,
    signedInAt: last,
  })
  if (people.length === 0 || today < LISTS_MADE_ON) return undefined
  return {
    today,
    now: () => last,
    daysAgo(days) {
      let day = addDays(today, -days)
      while (!isWorkingDay(calendar, day)) day = addDays(day, -1)
      return day
    },
    at,
    async as(role, day, minutes) {
      const { memberId, position, organisationId, officeId } = find(role)
      const around = await at(day, minutes)
      const hat = { position: position ?? MEMBER_HAT, organisationId, ...(officeId ? { officeId } : {}) }
      return { ...around, actor: acting(memberId, hat) }
    },
    async asMember(memberId, day, minutes) {
      const around = await at(day, minutes)
      const { organisationId } = await read.one<{ organisationId: string }>(sql`
        select s.organisation_id as "organisationId" from membership s
         where s.member_id = ${memberId} and ${countedOn('s', day)}`)
      return { ...around, actor: acting(memberId, { position: MEMBER_HAT, organisationId }) }
    },
    placeOf: (role) => find(role).organisationId,
    memberOf: (role) => find(role).memberId,
    async others(cellCode) {
      const cell = await findOrganisationByCode(read, cellCode, today)
      if (!cell) return []
      const rows = await read.rows<{ id: string }>(sql`
        select m.id from membership s join member m on m.id = s.member_id
         where s.organisation_id = ${cell.id} and s.standing = 'active' and s.until is null
           and s.since <= ${addDays(today, -300)}::date and m.personal_id is not null and m.standing = 'active'
           and m.card_number is not null
           and m.id <> all(${people.map(({ memberId }) => memberId)}::uuid[])
           and not exists (select from office x where x.member_id = m.id)
         order by m.birth_date desc, m.personal_id`)
      return rows.map(({ id }) => id)
    },
  }
}
