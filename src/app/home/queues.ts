/** The queues (hàng việc) of an office: what waits for it, what waits for others, what is on its way; and a member's own dossiers. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { wordsQuery } from '../../registry/word-search.ts'

export const QUEUES = ['todo', 'waiting', 'coming'] as const
export type Queue = (typeof QUEUES)[number]

/** An office in one organisation: whose queues are looked at. */
export interface Desk {
  readonly organisationId: string
  readonly position: string
  /** worn for somebody else: the procedures that were delegated */
  readonly onBehalfOf?: { readonly procedures: readonly string[] }
}

export interface QueueQuery {
  readonly queue: Queue
  /** words of the member's name, or a piece of the dossier's number */
  readonly text?: string | undefined
  /** only those whose deadline has passed at this moment */
  readonly overdueAt?: Date | undefined
  readonly day: PlainDate
  readonly limit: number
  readonly offset: number
}

export interface QueueLine {
  readonly id: string
  readonly number: string | null
  readonly procedure: string
  readonly version: number
  readonly member: string
  /** what is to be done: a key of the procedure's texts */
  readonly act: string
  readonly awaitedKind: 'member' | 'organisation' | 'system' | 'nobody'
  readonly awaitedName: string | null
  readonly dueAt: Date | null
  readonly isOpen: boolean
  readonly changedAt: Date
}

/** The member is on the way here with it: not waited for as others are. */
const ARRIVING = ['in-transit']

const isMine = ({ organisationId, position }: Desk) => sql`(d.awaited_kind = 'organisation'
  and d.awaited_organisation = ${organisationId}::uuid and ${position} = any(d.awaited_positions))`
const isArriving = sql`(p.stage = 'ahead' or p.stage = 'now' and d.awaited_act = any(${ARRIVING}::text[]))`

function inQueue(desk: Desk, queue: Queue) {
  if (queue === 'todo') return isMine(desk)
  return queue === 'coming'
    ? sql`(${isArriving} and not ${isMine(desk)})`
    : sql`(not ${isArriving} and not ${isMine(desk)})`
}

const LINE = sql`d.id, d.number, d.procedure, d.version, m.full_name as member, d.awaited_act as act,
  d.awaited_kind as "awaitedKind", o.name as "awaitedName", d.due_at as "dueAt", d.is_open as "isOpen",
  d.changed_at as "changedAt"`

/** Dossiers that pass the organisation, with their member and who is awaited. */
function passing({ organisationId, onBehalfOf }: Desk, day: PlainDate) {
  const covered = onBehalfOf ? sql`d.procedure = any(${[...onBehalfOf.procedures]}::text[])` : sql`true`
  return sql`
    from dossier_party p
    join dossier d on d.id = p.dossier_id and d.is_open
    join member m on m.id = d.subject_id
    left join organisation_period o on o.organisation_id = d.awaited_organisation
          and o.valid_from <= ${day}::date and (o.valid_to is null or ${day}::date < o.valid_to)
   where p.organisation_id = ${organisationId} and ${covered}`
}

function narrowed({ text, overdueAt }: Pick<QueueQuery, 'text' | 'overdueAt'>) {
  const overdue = overdueAt ? sql`d.due_at < ${overdueAt}` : sql`true`
  const typed = text?.trim() ?? ''
  if (typed === '') return overdue
  if (/^[\d.\s-]+$/.test(typed)) {
    return sql`${overdue} and position(${typed.replaceAll(/\s/g, '')} in coalesce(d.number, '')) > 0`
  }
  const words = wordsQuery(typed)
  return words
    ? sql`${overdue} and to_tsvector('simple', m.name_norm) @@ to_tsquery('simple', ${words})`
    : sql`false`
}

/** One page of a queue: the nearest deadline first, those without one last. */
export async function queueLines(
  read: Read,
  desk: Desk,
  query: QueueQuery,
): Promise<{ lines: QueueLine[]; total: number }> {
  const where = sql`${passing(desk, query.day)} and ${inQueue(desk, query.queue)} and ${narrowed(query)}`
  const [lines, { total }] = await Promise.all([
    read.rows<QueueLine>(
      sql`select ${LINE} ${where} order by d.due_at nulls last, d.id limit ${query.limit} offset ${query.offset}`,
    ),
    read.one<{ total: number }>(sql`select count(*) as total ${where}`),
  ])
  return { lines, total }
}

/** How many there are in each queue. */
export function queueCounts(read: Read, desk: Desk, day: PlainDate): Promise<Record<Queue, number>> {
  return read.one(sql`
    select count(*) filter (where ${inQueue(desk, 'todo')}) as todo,
           count(*) filter (where ${inQueue(desk, 'waiting')}) as waiting,
           count(*) filter (where ${inQueue(desk, 'coming')}) as coming
    ${passing(desk, day)}`)
}

/** A member's own dossiers: the open ones by their deadline, then the newest of those that ended. */
export function ownDossiers(read: Read, memberId: string, day: PlainDate): Promise<QueueLine[]> {
  return read.rows<QueueLine>(sql`
    select ${LINE} from dossier d
      join member m on m.id = d.subject_id
      left join organisation_period o on o.organisation_id = d.awaited_organisation
            and o.valid_from <= ${day}::date and (o.valid_to is null or ${day}::date < o.valid_to)
     where d.subject_id = ${memberId}
     order by d.is_open desc, case when d.is_open then d.due_at end nulls last, d.changed_at desc limit 30`)
}
