/** The ground of measurements of reorganisations: three communes of the capital that merge, and a hundred open transfers. */
import { READ_HERE } from '../../src/foreign-files/readers.ts'
import { randomUUID } from 'node:crypto'
import { feesOf } from '../../src/app/features.ts'
import { decisionPdf } from '../../src/app/story/decision.ts'
import type { PersonActor } from '../../src/kernel/actor.ts'
import { sql, type Database, type Read } from '../../src/kernel/db.ts'
import { addDays, addMonths, monthOf } from '../../src/kernel/plain-date.ts'
import { perform, type Context } from '../../src/kernel/procedure.ts'
import type { Command, Status } from '../../src/procedures/official-transfer/law/states.ts'
import { officialTransfer, type OfficialTransfer } from '../../src/procedures/official-transfer/procedure.ts'
import { attachFile } from '../../src/procedures/official-transfer/uploads.ts'
import type { SignerSource } from '../../src/app/signing.ts'

/** The first communes of the capital; people of the last go to one of the others. */
const MERGING = ['01.101.000.000.000', '01.102.000.000.000', '01.103.000.000.000']
const ELSEWHERE = '01.104.000.000.000'

export interface Ground {
  readonly province: string
  /** the three that merge */
  readonly communes: readonly string[]
  readonly deputy: PersonActor
  /** of the three: they go on in what takes over */
  readonly offices: readonly string[]
}

export async function findGround(read: Read, at: Date): Promise<Ground> {
  const [deputy] = await holders(
    read,
    sql`f.position = 'committee-standing-deputy' and f.organisation_id = (select id from organisation where code = '01.000.000.000.000')`,
    at,
  )
  const province = deputy!.hat.organisationId
  const communes = await read.rows<{ id: string }>(
    sql`select id from organisation where code = any(${MERGING}::text[]) order by code`,
  )
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
  const procedure = officialTransfer({ signers, publicUrl: 'https://localhost', feesOf })
  const decision = await decisionPdf()
  const here = await membersOf(database.read, MERGING)
  const there = await membersOf(database.read, [ELSEWHERE])
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
function membersOf(read: Read, communes: readonly string[]): Promise<Person[]> {
  return read.rows<Person>(sql`
    select distinct on (c.organisation_id) s.member_id as "memberId", c.organisation_id as "cellId"
      from organisation w join organisation_period c on c.parent_id = w.id and c.valid_to is null and c.kind = 'cell'
      join membership s on s.organisation_id = c.organisation_id and s.until is null
     where w.code = any(${communes}::text[]) and not exists (select from office f where f.member_id = s.member_id)
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
