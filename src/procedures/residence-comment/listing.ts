/** The comments an organisation has to do with, by step, place and lateness: workplace, commune, cell, and those above a commune. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { findOrganisation, pathRange } from '../../registry/organisations/store.ts'
import type { Listed } from './contract.ts'

export interface Asked {
  readonly organisationId: string
  readonly year: number
  readonly status?: string | undefined
  readonly overdue: boolean
  /** the place that has them */
  readonly at?: string | undefined
  /** the commune where they live */
  readonly commune?: string | undefined
  readonly most: number
  readonly offset?: number | undefined
}

/** Whose they are: the organisation's own part in them, and for one above others theirs. */
async function mine(read: Read, organisationId: string, today: PlainDate) {
  const own = await findOrganisation(read, organisationId, today)
  const { from, to } = pathRange(own?.path ?? ' ')
  const below = own?.tier === 'province' || own?.tier === 'direct-superior'
  return below
    ? sql`exists (select from organisation_period p
                   where p.organisation_id in (c.commune_id, c.workplace_id) and p.path >= ${from} and p.path < ${to}
                     and p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to))`
    : sql`(c.workplace_id = ${organisationId} or c.commune_id = ${organisationId}
           or (c.cell_id = ${organisationId} and not c.commune_acts))`
}

const inPlace = ({ at, commune }: Pick<Asked, 'at' | 'commune'>) => sql`
  (${at ?? null}::uuid is null or d.awaited_organisation = ${at ?? null}::uuid)
  and (${commune ?? null}::uuid is null or c.commune_id = ${commune ?? null}::uuid)`

/** How many a list has in all: its pages. */
export async function countComments(read: Read, asked: Asked, today: PlainDate, at: Date): Promise<number> {
  const own = await mine(read, asked.organisationId, today)
  const { count } = await read.one<{ count: number }>(sql`
    select count(*)::int as count from residence_comment c join dossier d on d.id = c.dossier_id
     where c.year = ${asked.year} and ${own}
       and (${asked.status ?? null}::text is null or c.status = ${asked.status ?? null})
       and (not ${asked.overdue}::boolean or (c.is_open and c.due_at < ${at})) and ${inPlace(asked)}`)
  return count
}

/** How far a commune is: what is under way, late and done there. */
export interface CommuneLine {
  readonly id: string
  readonly name: string
  readonly open: number
  readonly late: number
  readonly done: number
}

/** Communes that have something, the most overdue first; for those above several. */
export async function byCommune(
  read: Read,
  { organisationId, year }: Pick<Asked, 'organisationId' | 'year'>,
  today: PlainDate,
  at: Date,
): Promise<CommuneLine[]> {
  const own = await mine(read, organisationId, today)
  return read.rows(sql`
    select c.commune_id as id, coalesce(max(p.name), '') as name,
           count(distinct c.dossier_id) filter (where c.is_open)::int as open,
           count(distinct c.dossier_id) filter (where c.is_open and c.due_at < ${at})::int as late,
           count(distinct c.dossier_id) filter (where c.status = 'filed')::int as done
      from residence_comment c
      left join organisation_period p on p.organisation_id = c.commune_id and p.valid_from <= ${today}::date
        and (p.valid_to is null or ${today}::date < p.valid_to)
     where c.year = ${year} and ${own} group by 1 order by 4 desc, 3 desc, 2 limit 400`)
}

export async function listComments(read: Read, asked: Asked, today: PlainDate, at: Date): Promise<Listed> {
  const own = await mine(read, asked.organisationId, today)
  const counts = await read.rows<{ status: string; count: number; overdue: number }>(sql`
    select c.status, count(*)::int as count, count(*) filter (where c.is_open and c.due_at < ${at})::int as overdue
      from residence_comment c where c.year = ${asked.year} and ${own} group by 1`)
  const rows = await read.rows<{
    id: string
    memberId: string
    name: string
    year: number
    purpose: string
    status: string
    responsibleId: string | null
    responsible: string | null
    cellId: string | null
    cell: string | null
    until: Date | null
  }>(sql`
    select c.dossier_id as id, c.member_id as "memberId", m.full_name as name, c.year, c.purpose, c.status,
           d.awaited_organisation as "responsibleId", r.name as responsible, c.cell_id as "cellId", k.name as cell,
           c.due_at as until
      from residence_comment c
      join dossier d on d.id = c.dossier_id
      join member m on m.id = c.member_id
      left join organisation_period r on r.organisation_id = d.awaited_organisation and r.valid_from <= ${today}::date
        and (r.valid_to is null or ${today}::date < r.valid_to)
      left join organisation_period k on k.organisation_id = c.cell_id and k.valid_from <= ${today}::date
        and (k.valid_to is null or ${today}::date < k.valid_to)
     where c.year = ${asked.year} and ${own}
       and (${asked.status ?? null}::text is null or c.status = ${asked.status ?? null})
       and (not ${asked.overdue}::boolean or (c.is_open and c.due_at < ${at}))
       and ${inPlace(asked)}
     order by c.is_open desc, c.due_at nulls last, m.sort_key, c.dossier_id limit ${asked.most} offset ${asked.offset ?? 0}`)
  return {
    total: counts.reduce((sum, { count }) => sum + count, 0),
    byStatus: Object.fromEntries(counts.map(({ status, count }) => [status, count])),
    overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
    comments: rows.map((row) => ({
      id: row.id,
      member: { id: row.memberId, name: row.name },
      year: row.year,
      purpose: row.purpose,
      status: row.status,
      responsible: row.responsibleId ? { id: row.responsibleId, name: row.responsible ?? '' } : null,
      cell: row.cellId ? { id: row.cellId, name: row.cell ?? '' } : null,
      until: row.until?.toISOString() ?? null,
      overdue: row.until !== null && row.until < at,
    })),
  }
}

/** What is overdue, by the place that has it; the most first. */
export async function overdueByPlace(
  read: Read,
  { organisationId, year }: Pick<Asked, 'organisationId' | 'year'>,
  today: PlainDate,
  at: Date,
): Promise<{ id: string; name: string; count: number }[]> {
  const own = await mine(read, organisationId, today)
  return read.rows(sql`
    select d.awaited_organisation as id, max(p.name) as name, count(distinct c.dossier_id)::int as count
      from residence_comment c
      join dossier d on d.id = c.dossier_id
      left join organisation_period p on p.organisation_id = d.awaited_organisation and p.valid_from <= ${today}::date
        and (p.valid_to is null or ${today}::date < p.valid_to)
     where c.year = ${year} and c.is_open and c.due_at < ${at} and ${own} and d.awaited_organisation is not null
     group by 1 order by 3 desc, 2 limit 200`)
}

/** A member's own, the newest first. */
export function dossiersAbout(
  read: Read,
  memberId: string,
): Promise<{ id: string; procedure: string; status: string; year: number | null }[]> {
  return read.rows(sql`
    select d.id, d.procedure, d.status, c.year
      from dossier d left join residence_comment c on c.dossier_id = d.id
     where d.subject_id = ${memberId} and d.procedure in ('residence-comment', 'residence-referral')
     order by d.opened_at desc limit 100`)
}
