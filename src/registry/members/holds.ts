/** Holds (member_hold): inspection, complaint or discipline under way; such a member is not yet transferred officially. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** 294-QĐ/TW 6.3.1, last item: inspected or checked; complaint or denunciation considered; discipline pending. */
export const HOLD_KINDS = ['inspection', 'complaint', 'discipline'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

export interface MemberHold {
  readonly id: string
  readonly memberId: string
  readonly kind: HoldKind
  /** the decision or document it rests on */
  readonly basis: string
  readonly setOn: PlainDate
  readonly setBy: string
  readonly setByOffice: string | null
  /** the organisation of that office, which answers for the hold */
  readonly setIn: string | null
  readonly liftedOn: PlainDate | null
  readonly liftedBy: string | null
  readonly liftBasis: string | null
}

const COLUMNS = sql`id, member_id as "memberId", kind, basis, set_on as "setOn", set_by as "setBy",
  set_by_office as "setByOffice", (select x.organisation_id from office x where x.id = set_by_office) as "setIn", lifted_on as "liftedOn", lifted_by as "liftedBy", lift_basis as "liftBasis"`

/** Those not lifted: any of them blocks an official transfer. */
export async function holdsOf(read: Read, memberId: string): Promise<MemberHold[]> {
  return read.rows<MemberHold>(sql`
    select ${COLUMNS} from member_hold where member_id = ${memberId} and lifted_on is null order by set_on, id`)
}

/** All that ever were, the newest first. */
export async function holdHistory(read: Read, memberId: string): Promise<MemberHold[]> {
  return read.rows<MemberHold>(
    sql`select ${COLUMNS} from member_hold where member_id = ${memberId} order by set_on desc, id`,
  )
}

/** @throws Refusal not-found `hold.unknown` */
export async function getHold(read: Read, id: string): Promise<MemberHold> {
  const hold = await read.maybe<MemberHold>(sql`select ${COLUMNS} from member_hold where id = ${id}`)
  if (!hold) throw new Refusal('not-found', 'hold.unknown')
  return hold
}

/**
 * Sets a hold under an id the caller made up; asked again with the same id, it is set once.
 *
 * @throws Refusal invalid `hold.basis-missing`
 */
export async function setHold(
  write: Write,
  hold: {
    id: string
    memberId: string
    kind: HoldKind
    basis: string
    setOn: PlainDate
    setBy: string
    setByOffice: string | null
  },
): Promise<void> {
  const basis = hold.basis.trim()
  if (basis === '') throw new Refusal('invalid', 'hold.basis-missing')
  await write.run(sql`
    insert into member_hold (id, member_id, kind, basis, set_on, set_by, set_by_office)
    values (${hold.id}, ${hold.memberId}, ${hold.kind}, ${basis}, ${hold.setOn}, ${hold.setBy}, ${hold.setByOffice})
    on conflict (id) do nothing`)
}

/**
 * Lifts a hold, on a basis that is named.
 *
 * @throws Refusal not-found `hold.unknown`; conflict `hold.already-lifted`; invalid `hold.basis-missing`
 */
export async function liftHold(
  write: Write,
  lift: { id: string; on: PlainDate; by: string; basis: string },
): Promise<void> {
  const basis = lift.basis.trim()
  if (basis === '') throw new Refusal('invalid', 'hold.basis-missing')
  const lifted = await write.run(sql`
    update member_hold set lifted_on = ${lift.on}, lifted_by = ${lift.by}, lift_basis = ${basis}
     where id = ${lift.id} and lifted_on is null`)
  if (lifted === 1) return
  await getHold(write, lift.id)
  throw new Refusal('conflict', 'hold.already-lifted')
}
