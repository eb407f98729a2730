/** SQL of the referrals to the residence: what lists, the comment's rules and unique indexes must know. */
import { isUniqueViolation, sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Place } from '../law/place.ts'
import { HAS_MOVED, IS_GONE, whereCounted } from '../store.ts'
import { isCurrent, isPending, type Referral } from './law/states.ts'

function columnsOf(referral: Referral) {
  const { memberId, workplace, commune, cell, status, exempt, acceptedOn, closedOn } = referral
  return {
    memberId,
    workplaceId: workplace.id,
    communeId: commune?.id ?? null,
    cellId: cell?.id ?? null,
    status,
    exempt: exempt !== undefined,
    isPending: isPending(referral),
    isCurrent: isCurrent(referral),
    acceptedOn: acceptedOn ?? null,
    closedOn: closedOn ?? null,
  }
}

/**
 * Keeps the columns. One that becomes current takes the place of the one before, whose own dossier is closed by what
 * follows in the same transaction.
 */
export async function keep(
  write: Write,
  dossierId: string,
  referral: Referral,
  before: Referral | undefined,
): Promise<void> {
  const now = columnsOf(referral)
  if (before && JSON.stringify(columnsOf(before)) === JSON.stringify(now)) return
  if (now.isCurrent && !(before && isCurrent(before)))
    await write.run(sql`
      update residence_referral set is_current = false
       where member_id = ${now.memberId} and is_current and dossier_id <> ${dossierId}`)
  try {
    await write.run(sql`
      insert into residence_referral (dossier_id, member_id, workplace_id, commune_id, cell_id, status, exempt, is_pending,
                                      is_current, accepted_on, closed_on)
      values (${dossierId}, ${now.memberId}, ${now.workplaceId}, ${now.communeId}, ${now.cellId}, ${now.status},
              ${now.exempt}, ${now.isPending}, ${now.isCurrent}, ${now.acceptedOn}, ${now.closedOn})
      on conflict (dossier_id) do update set workplace_id = excluded.workplace_id, commune_id = excluded.commune_id,
        cell_id = excluded.cell_id, status = excluded.status, exempt = excluded.exempt, is_pending = excluded.is_pending,
        is_current = excluded.is_current, accepted_on = excluded.accepted_on, closed_on = excluded.closed_on`)
  } catch (error) {
    if (isUniqueViolation(error, 'residence_referral_one_pending'))
      throw new Refusal('conflict', 'residence-referral.already-pending')
    if (isUniqueViolation(error, 'residence_referral_one_current'))
      throw new Refusal('conflict', 'residence-referral.changed-meanwhile')
    throw error
  }
}

/** Those whose place another one has taken and whose dossiers do not say so yet. */
export function replacedReferrals(read: Read, memberId: string): Promise<{ id: string }[]> {
  return read.rows(sql`
    select dossier_id as id from residence_referral
     where member_id = ${memberId} and not is_current and status in ('accepted', 'needs-cell', 'not-referred')`)
}

/** Those that wait or hold and whose member is counted elsewhere now or is a member no more, bounded. */
export function referralsToFollow(
  read: Read,
  today: PlainDate,
): Promise<{ id: string; isGone: boolean; isPending: boolean }[]> {
  return read.rows(sql`
    select r.dossier_id as id, ${IS_GONE} as "isGone", r.is_pending as "isPending"
      from residence_referral r ${whereCounted(sql`r`, today)}
     where (r.is_pending or r.is_current) and (${IS_GONE} or ${HAS_MOVED})
     order by r.dossier_id limit 500`)
}

export interface ResidenceRow {
  readonly referralId: string
  readonly commune: Place
  readonly cell: Place | undefined
  readonly exempt: boolean
  readonly acceptedOn: PlainDate
  readonly closedOn: PlainDate | null
}

/** A member's accepted referrals, the oldest first; whether one waits; whether the member is known as not referred. */
export async function residencesOf(
  read: Read,
  memberId: string,
): Promise<{ rows: readonly ResidenceRow[]; pending: boolean; unreferred: boolean }> {
  const found = await read.rows<{ id: string; state: Referral; pending: boolean; current: boolean }>(sql`
    select r.dossier_id as id, d.state, r.is_pending as pending, r.is_current as current
      from residence_referral r join dossier d on d.id = r.dossier_id
     where r.member_id = ${memberId} and r.status <> 'withdrawn'
     order by r.accepted_on nulls last, r.is_current, d.opened_at`)
  const rows = found.flatMap(({ id, state }) => {
    const { commune, cell, exempt, acceptedOn, closedOn } = state
    if (!commune || !acceptedOn) return []
    return [
      {
        referralId: id,
        commune,
        cell,
        exempt: exempt !== undefined,
        acceptedOn,
        closedOn: closedOn ?? null,
      },
    ]
  })
  return {
    rows,
    pending: found.some(({ pending }) => pending),
    unreferred: found.some(({ state, current }) => current && state.status === 'not-referred'),
  }
}
