/** A country for measurements of reorganisations: 251,600 cells; in one province people, offices and a past; a hundred open transfers. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { READ_HERE } from '../../src/foreign-files/readers.ts'
import { decisionPdf } from '../../src/app/story/decision.ts'
import type { PersonActor } from '../../src/kernel/actor.ts'
import { sql, type Database, type Read } from '../../src/kernel/db.ts'
import { addDays, addMonths, monthOf } from '../../src/kernel/plain-date.ts'
import { perform, type Context } from '../../src/kernel/procedure.ts'
import type { Command, Status } from '../../src/procedures/official-transfer/law/states.ts'
import { officialTransfer, type OfficialTransfer } from '../../src/procedures/official-transfer/procedure.ts'
import { attachFile } from '../../src/procedures/official-transfer/uploads.ts'
import type { SignerSource } from '../../src/app/signing.ts'

/** Communes 1 to 3 of province 1 merge: 74, 73 and 73 cells. Every other commune has 74. */
export async function fillCountry(owner: pg.Client): Promise<void> {
  for (const step of [ORGANISATIONS, PERIODS, MEMBERS, OFFICES]) await owner.query(step)
  await owner.query('vacuum analyze')
}

const ORGANISATIONS = `
  create temporary table place as
    select gen_random_uuid() as id, p as province, 0 as commune, 0 as place, 'province' as kind, 'Đảng bộ Tỉnh ' || p as name from generate_series(1, 34) p
    union all
    select gen_random_uuid(), p, 0, 1, 'advisory-body', 'Ban Tổ chức' from generate_series(1, 34) p
    union all
    select gen_random_uuid(), p, c, 0, 'commune', 'Đảng bộ Xã ' || p || '-' || c from generate_series(1, 34) p, generate_series(1, 100) c
    union all
    select gen_random_uuid(), p, c, n, 'cell', 'Chi bộ ' || n from generate_series(1, 34) p, generate_series(1, 100) c, generate_series(1, 74) n
     where not (p = 1 and c in (2, 3) and n = 74)
    union all
    select gen_random_uuid(), 1, c, 100, 'advisory-body', 'Ban Xây dựng Đảng' from generate_series(1, 100) c
    union all
    select gen_random_uuid(), 1, c, 101, 'support-body', 'Văn phòng' from generate_series(1, 100) c;
  insert into organisation (id) select id from place order by commune > 0, place > 0, province, commune, place;
  analyze place, organisation`

/** Each has two periods: the past is not empty. */
const PERIODS = ['province', 'commune', 'below']
  .map(
    (level) => `
  insert into organisation_period (organisation_id, valid_from, valid_to, name, name_norm, kind, parent_id, path, source)
    select o.id, d.valid_from, d.valid_to, x.name, 'don vi ' || o.number, x.kind, a.id, coalesce(r.path, '') || o.number || '.', 'x'
      from place x join organisation o on o.id = x.id
      ${
        level === 'province'
          ? 'left join place a on false'
          : `join place a on a.province = x.province and a.place = 0 and a.commune = ${level === 'commune' ? '0' : 'x.commune'}`
      }
      left join organisation_period r on r.organisation_id = a.id and r.valid_to is null
      cross join (values ('2025-07-01'::date, '2026-07-01'::date), ('2026-07-01', null)) d(valid_from, valid_to)
     where ${{ province: 'x.commune = 0 and x.place = 0', commune: 'x.commune > 0 and x.place = 0', below: 'x.place > 0' }[level]};
  analyze organisation_period`,
  )
  .join(';')

/** 5,000 members in the three communes, twenty a cell in the others of the province; one in ten came from another cell. */
const MEMBERS = `
  create temporary table person as
    select gen_random_uuid() as id, x.id as cell, x.commune, row_number() over (order by x.commune, x.place) as number
      from place x, lateral generate_series(1, case when x.commune > 3 then 20 when x.place <= 60 then 23 else 22 end)
     where x.province = 1 and x.kind = 'cell';
  delete from person where commune <= 3 and number > 5000;
  insert into member (id, full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number, joined_on, official_on)
    select id, 'Đảng viên ' || number, 'dang vien ' || number, 'dang vien ' || lpad(number::text, 9, '0'), 'male', '1980-01-01',
           '099' || lpad(number::text, 9, '0'), '099' || lpad(number::text, 9, '0'), '2010-01-01', '2011-01-01' from person;
  insert into membership (member_id, organisation_id, standing, since, until, reason)
    select p.id, other.cell, 'active', '2025-07-01', '2026-03-01', 'listed'
      from person p join person other on other.number = p.number % 4000 + 1 where p.number % 10 = 7;
  insert into membership (member_id, organisation_id, standing, since, reason)
    select id, cell, 'active', case when number % 10 = 7 then '2026-03-01'::date else '2025-07-01' end, 'listed' from person`

/** A secretary in each cell of the first four communes; who leads and who keeps the seal in each commune; who signs in the province. */
const OFFICES = `
  insert into office (member_id, position, organisation_id, since, source)
    select distinct on (cell) id, 'cell-secretary', cell, '2025-07-01'::date, 'x' from person where commune <= 4 order by cell, number;
  insert into office (member_id, position, organisation_id, since, source)
    select p.id, held.position, x.id, '2025-07-01', 'x'
      from place x
      cross join (values ('committee-secretary', 3), ('committee-deputy-secretary', 4), ('office-clerk', 5)) held(position, nth)
      join lateral (select id from person p where p.commune = x.commune order by number offset held.nth limit 1) p on true
     where x.province = 1 and x.commune > 0 and x.place = 0;
  insert into office (member_id, position, organisation_id, since, source)
    select p.id, 'committee-standing-deputy', x.id, '2025-07-01', 'x'
      from place x, (select id from person where commune = 50 order by number limit 1) p where x.province = 1 and x.kind = 'province'`

export interface Ground {
  readonly province: string
  /** the three that merge */
  readonly communes: readonly string[]
  readonly deputy: PersonActor
  /** of the three: they go on in what takes over */
  readonly offices: readonly string[]
}

export async function findGround(read: Read, at: Date): Promise<Ground> {
  const [deputy] = await holders(read, sql`f.position = 'committee-standing-deputy'`, at)
  const province = deputy!.hat.organisationId
  const communes = await read.rows<{ id: string }>(sql`
    select organisation_id as id from organisation_period where name in ('Đảng bộ Xã 1-1', 'Đảng bộ Xã 1-2', 'Đảng bộ Xã 1-3')
       and valid_to is null order by name`)
  const ids = communes.map(({ id }) => id)
  const offices = await read.rows<{ id: string }>(sql`
    select id from office where organisation_id = ${ids[0]} and until is null`)
  return { province, communes: ids, deputy: deputy!, offices: offices.map(({ id }) => id) }
}

function holders(read: Read, which: ReturnType<typeof sql>, at: Date): Promise<PersonActor[]> {
  return read
    .rows<{ memberId: string; position: string; organisationId: string; officeId: string }>(
      sql`
      select f.member_id as "memberId", f.position, f.organisation_id as "organisationId", f.id as "officeId"
        from office f where f.until is null and ${which}`,
    )
    .then((rows) => rows.map(({ memberId, ...hat }) => ({ kind: 'person', memberId, hat, signedInAt: at })))
}

/** How many transfers stand where; half of those in the first come from elsewhere and go to one of the three communes. */
const STANDING: readonly (readonly [Status, number])[] = [
  ['draft', 15],
  ['received', 30],
  ['cell-review', 20],
  ['committee-review', 20],
  ['numbering', 15],
]

/** Transfers by the very commands that people send, one member after the other. */
export async function openTransfers(
  database: Database,
  signers: SignerSource,
  context: Omit<Context, 'actor'>,
): Promise<number> {
  const procedure = officialTransfer({ signers, publicUrl: 'https://localhost' })
  const decision = await decisionPdf()
  const here = await membersOf(database.read, 'Đảng bộ Xã 1-1', 'Đảng bộ Xã 1-2', 'Đảng bộ Xã 1-3')
  const there = await membersOf(database.read, 'Đảng bộ Xã 1-4')
  let made = 0
  for (const [status, count] of STANDING)
    for (let nth = 0; nth < count; nth += 1) {
      const coming = status === 'received' && nth % 2 === 0
      const [from, to] = coming ? [there, here] : [here, there]
      await openOne(
        database,
        procedure,
        decision,
        from[made % from.length]!,
        to[made % to.length]!.cellId,
        status,
        context,
      )
      made += 1
    }
  return made
}

interface Person {
  readonly memberId: string
  readonly cellId: string
}

/** One member of each cell of the communes, none of whom holds an office. */
function membersOf(read: Read, ...communes: readonly string[]): Promise<Person[]> {
  return read.rows<Person>(sql`
    select distinct on (c.organisation_id) s.member_id as "memberId", c.organisation_id as "cellId"
      from organisation_period w join organisation_period c on c.parent_id = w.organisation_id and c.valid_to is null and c.kind = 'cell'
      join membership s on s.organisation_id = c.organisation_id and s.until is null
     where w.name = any(${communes}::text[]) and w.valid_to is null and not exists (select from office f where f.member_id = s.member_id)
     order by c.organisation_id, s.member_id`)
}

async function openOne(
  database: Database,
  procedure: OfficialTransfer,
  decision: Uint8Array,
  { memberId, cellId }: Person,
  destinationId: string,
  status: Status,
  context: Omit<Context, 'actor'>,
): Promise<void> {
  const dossierId = randomUUID()
  const { at, today } = context
  const ask = (actor: PersonActor, command: Command) =>
    perform(database, procedure, { dossierId, commandId: randomUUID(), command }, { ...context, actor })
  const own: PersonActor = {
    kind: 'person',
    memberId,
    hat: { position: 'member', organisationId: cellId },
    signedInAt: at,
  }
  await ask(own, { type: 'save-draft', answers: answersOf(today, destinationId) })
  const upload = {
    commandId: randomUUID(),
    role: 'decision' as const,
    name: 'quyet-dinh.pdf',
    bytes: decision,
  }
  await attachFile({ database, readers: READ_HERE }, procedure, dossierId, upload, { ...context, actor: own })
  const [secretary] = await holders(
    database.read,
    sql`f.position = 'cell-secretary' and f.organisation_id = ${cellId}`,
    at,
  )
  const officer = async (position: string) => {
    const [found] = await holders(
      database.read,
      sql`f.position = ${position} and f.organisation_id = (
        select parent_id from organisation_period where organisation_id = ${cellId} and valid_to is null)`,
      at,
    )
    return found!
  }
  const cellReview = { meetingOn: today, comment: 'Chi bộ nhất trí.', feesPaidThrough: monthOf(today) }
  const steps: readonly (readonly [Status, () => Promise<unknown>])[] = [
    ['draft', async () => undefined],
    ['received', () => ask(own, { type: 'submit', declared: true })],
    ['cell-review', () => ask(secretary!, { type: 'accept-intake' })],
    ['committee-review', () => ask(secretary!, { type: 'sign-referral', cellReview })],
    [
      'numbering',
      async () =>
        ask(await officer('committee-deputy-secretary'), {
          type: 'sign-referral',
          committeeComment: 'Đảng ủy nhất trí.',
          supplementUpToDate: true,
        }),
    ],
  ]
  for (const [standing, step] of steps) {
    await step()
    if (standing === status) break
  }
}

const answersOf = (today: string, destinationId: string) => ({
  reason: 'residence' as const,
  reasonText: 'Gia đình chuyển về ở lâu dài tại nơi mới.',
  decisionNumber: '15/XN-CT',
  decisionIssuer: 'Công an nơi đến',
  decisionIssuedOn: addDays(today, -10),
  decisionEffectiveOn: addDays(today, -10),
  destinationId,
  reviewFrom: addMonths(today, -12),
  reviewTo: today,
  strengths: 'Chấp hành tốt.',
  weaknesses: 'Có lúc chưa mạnh dạn góp ý.',
  phone: '0900000001',
  address: 'Số 12',
})
