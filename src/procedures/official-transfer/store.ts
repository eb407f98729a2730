/** SQL of the transfer's own table: what a list or a unique index must know. */
import { isUniqueViolation, LOCAL_DAY, sql, type Read, type Write } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Introduction } from '../../web/introductions.ts'
import { isClosed, type Status, type Transfer } from './law/states.ts'

/** What SQL must know of a transfer. */
function columnsOf(transfer: Transfer) {
  const {
    memberId,
    origin,
    answers,
    status,
    startedOn,
    referredOn,
    presentBy,
    presentationOverdue,
    admission,
  } = transfer
  return {
    memberId,
    originId: origin[0]!.id,
    destinationId:
      transfer.destinationCell?.id ?? transfer.route?.receiver.id ?? answers.destinationId ?? null,
    status,
    isOpen: !isClosed(transfer),
    startedOn: startedOn ?? null,
    referredOn: referredOn ?? null,
    presentBy: presentBy ?? null,
    presentationOverdue,
    admittedOn: admission?.admittedOn ?? null,
  }
}

/** Keeps the columns; the database has the last word on "one open transfer a member" (5.8). */
export async function keep(
  write: Write,
  dossierId: string,
  transfer: Transfer,
  before: Transfer | undefined,
): Promise<void> {
  const now = columnsOf(transfer)
  if (before && JSON.stringify(columnsOf(before)) === JSON.stringify(now)) return
  try {
    await write.run(sql`
      insert into official_transfer (dossier_id, member_id, origin_id, destination_id, status, is_open, started_on,
                                     referred_on, present_by, presentation_overdue, admitted_on)
      values (${dossierId}, ${now.memberId}, ${now.originId}, ${now.destinationId}, ${now.status}, ${now.isOpen},
              ${now.startedOn}, ${now.referredOn}, ${now.presentBy}, ${now.presentationOverdue}, ${now.admittedOn})
      on conflict (dossier_id) do update set origin_id = excluded.origin_id, destination_id = excluded.destination_id,
        status = excluded.status, is_open = excluded.is_open, started_on = excluded.started_on,
        referred_on = excluded.referred_on, present_by = excluded.present_by,
        presentation_overdue = excluded.presentation_overdue, admitted_on = excluded.admitted_on`)
  } catch (error) {
    if (isUniqueViolation(error, 'official_transfer_one_open'))
      throw new Refusal('conflict', 'transfer.already-open')
    throw error
  }
}

/** The member's open transfer, if there is one. */
export async function findOpenTransfer(
  read: Read,
  memberId: string,
): Promise<{ id: string; status: Status } | undefined> {
  return read.maybe(sql`
    select dossier_id as id, status from official_transfer where member_id = ${memberId} and is_open`)
}

/** Those whose last day to present the letter has passed and that are not marked yet, bounded. */
export function presentationsOverdue(read: Read, today: PlainDate): Promise<{ id: string }[]> {
  return read.rows(sql`
    select dossier_id as id from official_transfer
     where is_open and status = 'in-transit' and not presentation_overdue and present_by < ${today}::date
     order by present_by limit 500`)
}

/** Supplements nobody answered whose reminder is due. */
export function supplementsToRemind(read: Read, at: Date): Promise<{ id: string }[]> {
  return read.rows(sql`
    select id from dossier
     where procedure = 'official-transfer' and is_open and status = 'supplement-requested' and due_at <= ${at}
       and state #> '{supplements,-1,remindedAt}' is null
     order by due_at limit 500`)
}

/** A member on the way, with the days the reminders count from. */
export interface InTransit {
  readonly id: string
  readonly memberId: string
  readonly referredOn: PlainDate
  readonly presentBy: PlainDate
}

/** Members on their way, bounded. */
export function inTransit(read: Read): Promise<InTransit[]> {
  return read.rows(sql`
    select dossier_id as id, member_id as "memberId", referred_on as "referredOn", present_by as "presentBy"
      from official_transfer where is_open and status = 'in-transit' order by present_by limit 5000`)
}

/** Letters of introduction that cells wrote: those that are out, and those of dossiers that changed since a day. */
export function introductions(read: Read, since: PlainDate): Promise<Introduction[]> {
  return read.rows(sql`
    select t.member_id as "memberId", signed.first as "firstOn", signed.last as "writtenOn",
           t.is_open and d.state #> '{hops,0,signed}' is not null as out
      from official_transfer t
      join dossier d on d.id = t.dossier_id
     cross join lateral (
       select min(${LOCAL_DAY('e.at')}) as first, max(${LOCAL_DAY('e.at')}) as last
         from dossier_event e
        where e.dossier_id = t.dossier_id and e.type = 'referral-signed' and e.data ->> 'hop' = '0') signed
     where (t.is_open or d.changed_at >= ${since}::date) and signed.last is not null
     order by t.member_id, signed.last`)
}
