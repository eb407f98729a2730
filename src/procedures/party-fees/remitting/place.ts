/** An organisation as its shares see it on a day: its kind, the one above it, what was set for it, and so what it keeps of a month. */
import { sql, type Read } from '../../../kernel/db.ts'
import { firstDayOf, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { settingsOn } from '../../../kernel/settings.ts'
import { ancestorsOn, type Organisation } from '../../../registry/organisations/store.ts'
import type { Account } from '../paying/orders.ts'
import { allocationOf, type Allocation, type OwnShare, type SharePlace } from '../law/allocation.ts'

/** Which way an organisation's money runs: up from its own account, or down from the account above. */
export type Direction = 'bottom-up' | 'top-down'

export interface OwnShareRow extends OwnShare {
  readonly direction: Direction
}

export interface Standing {
  readonly organisation: Organisation
  /** the one above on that day; absent at the top of this system */
  readonly superior: Organisation | undefined
  readonly place: SharePlace
}

export async function standingIn(read: Read, organisationId: string, today: PlainDate): Promise<Standing> {
  const [organisation, ...above] = await ancestorsOn(read, organisationId, today)
  return {
    organisation: organisation!,
    superior: above[0],
    place: {
      kind: organisation!.kind,
      tier: organisation!.tier,
      holdsMembers: organisation!.holdsMembers,
      abroad: organisation!.abroad,
      baseKind: above.find(({ tier }) => tier !== 'intermediate')?.kind,
    },
  }
}

/** What was set for this very organisation, as it holds in the month. */
export function ownShareIn(
  read: Read,
  organisationId: string,
  month: PlainMonth,
): Promise<OwnShareRow | undefined> {
  return read.maybe<OwnShareRow>(sql`
    select valid_from as "validFrom", keep_percent::float8 as "keepPercent", direction, source from fee_share
     where organisation_id = ${organisationId} and valid_from <= ${firstDayOf(month)}::date
     order by valid_from desc limit 1`)
}

/** @throws Refusal as `allocationOf` */
export async function allocationIn(
  read: Read,
  { organisation, place }: Standing,
  month: PlainMonth,
  today: PlainDate,
): Promise<Allocation> {
  const [own, ofFirstDay, ofToday] = await Promise.all([
    ownShareIn(read, organisation.id, month),
    settingsOn(read, firstDayOf(month)),
    settingsOn(read, today),
  ])
  return allocationOf(place, month, { ofFirstDay, ofToday }, own)
}

/** `allocationIn`, where a page must go on without it. */
export async function allocationOrRefusal(
  read: Read,
  standing: Standing,
  month: PlainMonth,
  today: PlainDate,
): Promise<Allocation | Refusal> {
  try {
    return await allocationIn(read, standing, month, today)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** The basis of an own share that a remittance names as its rule. */
export async function ownSourceOf(
  read: Read,
  organisationId: string,
  rule: string,
): Promise<string | undefined> {
  if (!rule.startsWith('own.')) return undefined
  const row = await read.maybe<{ source: string }>(sql`
    select source from fee_share
     where organisation_id = ${organisationId} and valid_from = ${rule.slice('own.'.length)}::date`)
  return row?.source
}

/** Its own account in use; money remitted goes there and nowhere else. */
export function ownAccount(read: Read, organisationId: string): Promise<Account | undefined> {
  return read.maybe<Account>(sql`
    select a.id, a.organisation_id as "organisationId", a.bank_bin as bin, a.account_number as number, a.holder,
           (select z.name from organisation_period z where z.organisation_id = a.organisation_id
             order by z.valid_from desc limit 1) as "organisationName"
      from fee_account a
     where a.organisation_id = ${organisationId} and a.verified_at is not null and a.retired_at is null
       and a.set_aside_at is null`)
}
