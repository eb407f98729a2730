/** SQL of the comment's own tables: what lists, rules and unique indexes must know. */
import { isUniqueViolation, sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { ProvinceSeason } from './law/season.ts'
import { isClosed, type Comment, type Purpose } from './law/states.ts'

function columnsOf(comment: Comment) {
  const { memberId, year, purpose, workplace, commune, cell, communeActs, status, requestedAt, dueAt } =
    comment
  return {
    memberId,
    year,
    purpose,
    workplaceId: workplace.id,
    communeId: commune.id,
    cellId: cell?.id ?? null,
    communeActs,
    status,
    isOpen: !isClosed(comment),
    requestedAt,
    dueAt,
    escalated: comment.escalated.some(({ level }) => level === 'province') ? 2 : comment.escalated.length,
    corrects: comment.corrects ?? null,
  }
}

/** Keeps the columns; the database has the last word on "one open comment a member, year and purpose". */
export async function keep(
  write: Write,
  dossierId: string,
  comment: Comment,
  before: Comment | undefined,
): Promise<void> {
  const now = columnsOf(comment)
  if (before && JSON.stringify(columnsOf(before)) === JSON.stringify(now)) return
  try {
    await write.run(sql`
      insert into residence_comment (dossier_id, member_id, year, purpose, workplace_id, commune_id, cell_id, commune_acts,
                                     status, is_open, requested_at, due_at, escalated, corrects)
      values (${dossierId}, ${now.memberId}, ${now.year}, ${now.purpose}, ${now.workplaceId}, ${now.communeId},
              ${now.cellId}, ${now.communeActs}, ${now.status}, ${now.isOpen}, ${now.requestedAt}, ${now.dueAt},
              ${now.escalated}, ${now.corrects})
      on conflict (dossier_id) do update set workplace_id = excluded.workplace_id, commune_id = excluded.commune_id,
        cell_id = excluded.cell_id, commune_acts = excluded.commune_acts, status = excluded.status,
        is_open = excluded.is_open, due_at = excluded.due_at, escalated = excluded.escalated`)
  } catch (error) {
    if (isUniqueViolation(error, 'residence_comment_one_open'))
      throw new Refusal('conflict', 'residence-comment.already-open')
    throw error
  }
}

/** The last comment of a member, year and purpose that was not cancelled. */
export async function lastComment(
  read: Read,
  memberId: string,
  year: number,
  purpose: Purpose,
): Promise<{ id: string; filed: boolean } | undefined> {
  return read.maybe(sql`
    select dossier_id as id, not is_open as filed from residence_comment
     where member_id = ${memberId} and year = ${year} and purpose = ${purpose} and status <> 'cancelled'
     order by is_open desc, requested_at desc limit 1`)
}

/** The yearly round as a province has set it by a day. */
export async function seasonOfProvince(
  read: Read,
  provinceId: string,
  day: PlainDate,
): Promise<ProvinceSeason | undefined> {
  return read.maybe<ProvinceSeason>(sql`
    select ask_from_month as "askFromMonth", ask_until_month as "askUntilMonth",
           return_december_day as "returnDecemberDay"
      from residence_season where province_id = ${provinceId} and valid_from <= ${day}::date
     order by valid_from desc limit 1`)
}

/**
 * Comments whose lateness is to be told: the cell's for the first time, the commune's and what the commune already knows
 * of. The days are the last ones on which something was due to be told of now.
 */
export function lateComments(
  read: Read,
  cuts: { readonly commune: Date; readonly province: Date },
): Promise<{ id: string }[]> {
  return read.rows(sql`
    select dossier_id as id from residence_comment
     where is_open and status in ('requested', 'with-cell', 'drafted', 'cell-signed')
       and ((escalated = 0 and due_at < ${cuts.commune}) or (escalated = 1 and due_at < ${cuts.province}))
     order by due_at limit 500`)
}

/** Whose member is counted elsewhere now or is a member no more, bounded. */
export function commentsToFollow(read: Read, today: PlainDate): Promise<{ id: string; isGone: boolean }[]> {
  return read.rows(sql`
    select c.dossier_id as id, ${IS_GONE} as "isGone"
      from residence_comment c ${whereCounted(sql`c`, today)}
     where c.is_open and (${HAS_MOVED} or (${IS_GONE}
                          and c.status not in ('sealing', 'sealing-failed', 'returned-to-workplace')))
     order by c.dossier_id limit 500`)
}

/** The member, where they are counted, and the workplace that asked or referred, as they lie today. */
export const whereCounted = (of: ReturnType<typeof sql>, today: PlainDate) => sql`
  join member m on m.id = ${of}.member_id
  left join membership s on s.member_id = ${of}.member_id and s.until is null and s.standing = 'active'
  left join organisation_period p on p.organisation_id = s.organisation_id and p.valid_from <= ${today}::date
    and (p.valid_to is null or ${today}::date < p.valid_to)
  left join organisation_period w on w.organisation_id = ${of}.workplace_id and w.valid_from <= ${today}::date
    and (w.valid_to is null or ${today}::date < w.valid_to)`
export const IS_GONE = sql`m.standing not in ('active', 'exempt')`
export const HAS_MOVED = sql`coalesce(not (p.path >= w.path and p.path < left(w.path, -1) || '/'), false)`

/** Whose turn runs out between two moments: one line an organisation, act and day, for its reminder. */
export function soonDue(
  read: Read,
  from: Date,
  to: Date,
): Promise<{ organisationId: string; positions: string[]; act: string; until: Date; count: number }[]> {
  return read.rows(sql`
    select awaited_organisation as "organisationId", awaited_positions as positions, awaited_act as act, due_at as until,
           count(*)::int as count
      from dossier
     where procedure = 'residence-comment' and is_open and due_at >= ${from} and due_at < ${to}
       and awaited_kind = 'organisation'
     group by 1, 2, 3, 4 order by 4 limit 2000`)
}
