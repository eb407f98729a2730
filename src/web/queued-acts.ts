/** Acts that wait for level 2 (việc chờ xác thực): written while the provider is away, seen by their writer alone, done by nobody else. */
import { sql, type Read, type Write } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'

/** An act as it was written; its id becomes the command's. */
export interface QueuedAct {
  readonly id: string
  readonly memberId: string
  /** the hat it was written in, by its key */
  readonly hat: string
  readonly procedure: string
  readonly dossierId: string
  readonly command: string
  /** the command's fields as its contract took them */
  readonly fields: Readonly<Record<string, unknown>>
  /** the last event its writer saw */
  readonly expectedNumber: number
  readonly writtenAt: Date
}

/** refused: it could not be done when it was to be; it stays to be looked at */
export type QueuedStanding = 'waiting' | 'done' | 'refused' | 'withdrawn'

/** An act with what became of it. */
export interface ListedAct extends QueuedAct {
  readonly standing: QueuedStanding
  readonly settledAt: Date | null
  readonly refusalCode: string | null
  readonly refusalFacts: Refusal['facts'] | null
  /** of the dossier: name and number */
  readonly subject: string
  readonly number: string | null
}

/**
 * Puts an act into its writer's queue. The same form sent twice is one act.
 *
 * @throws Refusal conflict `queue.one-waiting` when another act of the writer waits on this dossier; `command.reused`
 */
export async function queueAct(write: Write, act: QueuedAct): Promise<void> {
  const kept = await write.run(sql`
    insert into queued_act (id, member_id, hat, procedure, dossier_id, command, fields, expected_number, written_at)
    values (${act.id}, ${act.memberId}, ${act.hat}, ${act.procedure}, ${act.dossierId}, ${act.command},
            ${JSON.stringify(act.fields)}, ${act.expectedNumber}, ${act.writtenAt})
    on conflict do nothing`)
  if (kept > 0) return
  const same = await write.maybe<{
    command: string
    member_id: string
    dossier_id: string
    standing: QueuedStanding
  }>(sql`
    select command, member_id, dossier_id, standing from queued_act where id = ${act.id}`)
  if (same === undefined) throw new Refusal('conflict', 'queue.one-waiting')
  const isSame =
    same.member_id === act.memberId && same.dossier_id === act.dossierId && same.command === act.command
  // A form taken back and sent again from the browser's memory must not look as if it waited.
  const stands = same.standing === 'waiting' || same.standing === 'done'
  if (!isSame || !stands) throw new Refusal('conflict', 'command.reused')
}

const COLUMNS = sql`
  q.id, q.member_id as "memberId", q.hat, q.procedure, q.dossier_id as "dossierId", q.command, q.fields,
  q.expected_number as "expectedNumber", q.written_at as "writtenAt", q.standing, q.settled_at as "settledAt",
  q.refusal_code as "refusalCode", q.refusal_facts as "refusalFacts", m.full_name as subject, d.number`

/** What waits, the oldest first: of one person, maybe on one dossier. */
export function waitingActs(read: Read, memberId: string, dossierId?: string): Promise<ListedAct[]> {
  return read.rows<ListedAct>(sql`
    select ${COLUMNS} from queued_act q join dossier d on d.id = q.dossier_id join member m on m.id = d.subject_id
     where q.member_id = ${memberId} and q.standing = 'waiting'
       and (${dossierId ?? null}::uuid is null or q.dossier_id = ${dossierId ?? null}::uuid)
     order by q.written_at, q.id`)
}

/** What became of a person's acts, the newest first. */
export function settledActs(read: Read, memberId: string, limit: number): Promise<ListedAct[]> {
  return read.rows<ListedAct>(sql`
    select ${COLUMNS} from queued_act q join dossier d on d.id = q.dossier_id join member m on m.id = d.subject_id
     where q.member_id = ${memberId} and q.standing in ('done', 'refused')
     order by q.settled_at desc, q.id limit ${limit}`)
}

/** Writes down that an act was done; one that is settled already stays as it is. */
export async function settleDone(write: Write, id: string, at: Date): Promise<void> {
  await write.run(sql`
    update queued_act set standing = 'done', settled_at = ${at} where id = ${id} and standing = 'waiting'`)
}

/** Writes down why an act could not be done: it waits no more, and stays to be looked at. */
export async function settleRefused(write: Write, id: string, refusal: Refusal, at: Date): Promise<void> {
  await write.run(sql`
    update queued_act set standing = 'refused', settled_at = ${at}, refusal_code = ${refusal.code},
                          refusal_facts = ${JSON.stringify(refusal.facts)}
     where id = ${id} and standing = 'waiting'`)
}

/**
 * Takes one's own act back, also one that was refused.
 *
 * @throws Refusal not-found `queue.unknown`, also for somebody else's; conflict `queue.done` for one that was done
 */
export async function withdrawAct(
  write: Write,
  { id, memberId, at }: { id: string; memberId: string; at: Date },
): Promise<ListedAct> {
  const act = await write.maybe<ListedAct>(sql`
    select ${COLUMNS} from queued_act q join dossier d on d.id = q.dossier_id join member m on m.id = d.subject_id
     where q.id = ${id} and q.member_id = ${memberId} for update of q`)
  if (act === undefined) throw new Refusal('not-found', 'queue.unknown')
  if (act.standing === 'done') throw new Refusal('conflict', 'queue.done')
  await write.run(sql`
    update queued_act set standing = 'withdrawn', settled_at = ${at}, refusal_code = null, refusal_facts = null
     where id = ${id} and standing in ('waiting', 'refused')`)
  return act
}
