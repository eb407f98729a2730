/** The queues of an office (việc cần xử lý): to do, waiting for others, coming to me, done; asked of what the dossiers await. */
import { sql, type Read } from '../../kernel/db.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'

export const QUEUES = ['todo', 'waiting', 'coming', 'done'] as const
export type Queue = (typeof QUEUES)[number]

/** Who looks: the organisation and position of the worn hat. */
export interface Desk {
  readonly organisationId: string
  readonly position: string
}

export interface QueueRow {
  readonly id: string
  readonly number: string | null
  readonly procedure: string
  readonly member: string
  readonly status: string
  readonly act: string
  /** who has it now */
  readonly responsible: string | null
  readonly who: 'member' | 'organisation' | 'system' | 'nobody'
  readonly dueAt: Date | null
  readonly changedAt: Date
  readonly version: number
}

export interface QueueQuery {
  readonly queue: Queue
  readonly text?: string | undefined
  readonly overdueOnly?: boolean | undefined
  readonly at: Date
  readonly limit?: number
  readonly offset?: number
}

const mine = ({ organisationId, position }: Desk) => sql`
  (d.is_open and d.awaited_kind in ('organisation', 'system') and d.awaited_organisation = ${organisationId}
    and ${position} = any(d.awaited_positions))`

function within(queue: Queue, desk: Desk) {
  const party = (stages: readonly string[]) => sql`exists (
    select from dossier_party y where y.dossier_id = d.id and y.organisation_id = ${desk.organisationId}
       and y.stage = any(${[...stages]}))`
  switch (queue) {
    case 'todo':
      return mine(desk)
    case 'waiting':
      return sql`(d.is_open and not ${mine(desk)} and ${party(['past', 'now'])})`
    case 'coming':
      return sql`(d.is_open and not ${mine(desk)} and ${party(['ahead'])})`
    case 'done':
      return sql`(not d.is_open and ${party(['past', 'now', 'ahead'])})`
  }
}

function matching({ text, overdueOnly, at }: Pick<QueueQuery, 'text' | 'overdueOnly' | 'at'>) {
  const words = text ? foldName(text) : ''
  const named =
    words === ''
      ? sql`true`
      : sql`(strpos(m.name_norm, ${words}) > 0 or strpos(lower(d.number), ${words}) > 0)`
  return overdueOnly ? sql`(${named} and d.due_at < ${at})` : named
}

/** One page of a queue: what is due first comes first; of what is done, the newest. */
export function queueRows(read: Read, desk: Desk, query: QueueQuery): Promise<QueueRow[]> {
  const order = query.queue === 'done' ? sql`d.changed_at desc` : sql`d.due_at nulls last, d.opened_at`
  return read.rows<QueueRow>(sql`
    select d.id, d.number, d.procedure, m.full_name as member, d.status, d.awaited_act as act, d.awaited_kind as who,
           d.due_at as "dueAt", d.changed_at as "changedAt", d.version,
           (select p.name from organisation_period p where p.organisation_id = d.awaited_organisation and p.valid_to is null) as responsible
      from dossier d join member m on m.id = d.subject_id
     where d.status <> 'draft' and ${within(query.queue, desk)} and ${matching(query)}
     order by ${order}, d.id limit ${query.limit ?? 25} offset ${query.offset ?? 0}`)
}

/** How many each queue holds, and how many of the first are overdue. */
export async function queueCounts(
  read: Read,
  desk: Desk,
  at: Date,
): Promise<Record<Queue, number> & { overdue: number }> {
  return read.one(sql`
    select count(*) filter (where mine) as todo,
           count(*) filter (where mine and due_at < ${at}) as overdue,
           count(*) filter (where is_open and not mine and stage in ('past', 'now')) as waiting,
           count(*) filter (where is_open and not mine and stage = 'ahead') as coming,
           count(*) filter (where not is_open) as done
      from (select d.is_open, d.due_at, ${mine(desk)} as mine,
                   (select y.stage from dossier_party y where y.dossier_id = d.id and y.organisation_id = ${desk.organisationId}) as stage
              from dossier d
             where d.status <> 'draft'
               and d.id in (select dossier_id from dossier_party where organisation_id = ${desk.organisationId}
                            union select id from dossier where is_open and awaited_organisation = ${desk.organisationId})) q`)
}

export async function queueSize(read: Read, desk: Desk, query: QueueQuery): Promise<number> {
  const { count } = await read.one<{ count: number }>(sql`
    select count(*) as count from dossier d join member m on m.id = d.subject_id
     where d.status <> 'draft' and ${within(query.queue, desk)} and ${matching(query)}`)
  return count
}

/** The member's own dossiers, the open ones first. */
export function ownDossiers(read: Read, memberId: string): Promise<QueueRow[]> {
  return read.rows<QueueRow>(sql`
    select d.id, d.number, d.procedure, m.full_name as member, d.status, d.awaited_act as act, d.awaited_kind as who,
           d.due_at as "dueAt", d.changed_at as "changedAt", d.version,
           (select p.name from organisation_period p where p.organisation_id = d.awaited_organisation and p.valid_to is null) as responsible
      from dossier d join member m on m.id = d.subject_id
     where d.subject_id = ${memberId} order by d.is_open desc, d.changed_at desc limit 50`)
}
