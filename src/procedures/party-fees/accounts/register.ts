/** Accounts that receive fees in the database: declared, verified once, one in use, put away; and who below has one. */
import { isUniqueViolation, sql, type Database, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { inScope } from '../../../registry/organisations/store.ts'
import { atOnce } from '../assessing/at-once.ts'
import type { Handler, Handling } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import { isWithinReach, reachOf } from '../collecting/reach.ts'
import {
  requireChoosable,
  requireRetirable,
  requireVerifiable,
  standingOf,
  type AccountFacts,
  type Check,
} from '../law/accounts.ts'
import { HANDLERS } from '../law/who.ts'
import type { BelowStanding } from './contract.ts'

export interface FeeAccount extends AccountFacts {
  readonly id: string
  readonly organisationName: string
  readonly bin: string
  readonly number: string
  readonly declaredByName: string | null
  readonly declaredAt: Date
  readonly verifiedBy: string | null
  readonly verifiedByName: string | null
  /** 'app-look-up: …' where it was verified here */
  readonly verifiedHow: string | null
  readonly retiredWhy: string | null
}

const COLUMNS = sql`a.id, a.organisation_id as "organisationId",
  (select name from organisation_period z where z.organisation_id = a.organisation_id order by z.valid_from desc limit 1)
    as "organisationName",
  a.bank_bin as bin, a.account_number as number, a.holder, a.verified_by as "verifiedBy", a.declared_by as "declaredBy", d.full_name as "declaredByName",
  a.declared_at as "declaredAt", v.full_name as "verifiedByName", a.verified_at as "verifiedAt", a.verified_how as "verifiedHow",
  a.set_aside_at as "setAsideAt", a.retired_at as "retiredAt", a.retired_why as "retiredWhy"`
const FROM = sql`fee_account a left join member d on d.id = a.declared_by left join member v on v.id = a.verified_by`

/** Of one organisation, the one in use first. */
export function accountsOf(read: Read, organisationId: string): Promise<FeeAccount[]> {
  return read.rows<FeeAccount>(sql`
    select ${COLUMNS} from ${FROM} where a.organisation_id = ${organisationId}
     order by a.retired_at is not null, a.verified_at is null, a.set_aside_at is not null, a.declared_at desc limit 100`)
}

/** Those of organisations below that wait, the oldest first. */
export async function waitingBelow(
  read: Read,
  handling: Pick<Handling, 'cell' | 'today'>,
  most: number,
): Promise<FeeAccount[]> {
  const { cell, today } = handling
  const reach = await reachOf(read, handling)
  return read.rows<FeeAccount>(sql`
    select ${COLUMNS} from ${FROM}
      join organisation_period p on p.organisation_id = a.organisation_id and p.valid_from <= ${today}::date
                                and (p.valid_to is null or ${today}::date < p.valid_to)
     where a.verified_at is null and a.retired_at is null and a.organisation_id <> ${cell} and ${inScope(reach)}
     order by a.declared_at, a.id limit ${most}`)
}

/**
 * An account of the asker's organisation or of one below; anybody else's is as unknown as none.
 *
 * @throws Refusal not-found `party-fees.account-not-here`
 */
export async function accountWithin(
  read: Read,
  id: string,
  handling: Pick<Handling, 'cell' | 'today'>,
): Promise<FeeAccount> {
  const found = await read.maybe<FeeAccount>(sql`select ${COLUMNS} from ${FROM} where a.id = ${id}`)
  if (!found || !(await isWithinReach(read, found.organisationId, handling)))
    throw new Refusal('not-found', 'party-fees.account-not-here')
  return found
}

export interface Declared {
  /** made by the page: the same once more declares nothing */
  readonly id: string
  readonly bin: string
  readonly number: string
  readonly holder: string
}

/**
 * Declares an account of the organisation's own; its other handlers and the committee above are told that it waits. Another
 * one's claim to the same number is looked at by who verifies.
 *
 * @throws Refusal conflict `command.reused`
 */
export async function declareAccount(
  database: Database,
  { id, bin, number, holder }: Declared,
  { cell, by, at, today }: Handling,
): Promise<void> {
  try {
    await database.transaction(async (write) => {
      const before = await write.maybe<{ owner: string }>(
        sql`select organisation_id as owner from fee_account where id = ${id}`,
      )
      if (before && before.owner !== cell) throw new Refusal('conflict', 'command.reused')
      if (before) return
      await write.run(sql`
        insert into fee_account (id, organisation_id, bank_bin, account_number, holder, declared_by, declared_at)
        values (${id}, ${cell}, ${bin}, ${number}, ${holder}, ${by}, ${at})`)
      const told = await write.rows<{ id: string }>(sql`
        select up.id from organisation_line_up(${cell}, ${today}::date) up
          join organisation_period p on p.organisation_id = up.id and p.valid_from <= ${today}::date
                                    and (p.valid_to is null or ${today}::date < p.valid_to)
         order by length(p.path) desc limit 2`)
      for (const each of told)
        await recordNotice(write, {
          to: { organisationId: each.id, positions: HANDLERS },
          code: 'party-fees.account-waits',
          at,
        })
    })
  } catch (error) {
    // The same form at the same moment: the other one declared it.
    if (!isUniqueViolation(error, 'fee_account_pkey')) throw error
  }
}

/** Another organisation's account of the same bank and number, not retired. */
export interface Claim {
  readonly organisationId: string
  readonly verified: boolean
}

export function otherClaims(
  read: Read,
  { organisationId, bin, number }: Pick<FeeAccount, 'organisationId' | 'bin' | 'number'>,
): Promise<Claim[]> {
  return read.rows(sql`
    select a.organisation_id as "organisationId", bool_or(a.verified_at is not null) as verified from fee_account a
     where a.account_number = ${number} and a.bank_bin = ${bin} and a.retired_at is null and a.organisation_id <> ${organisationId}
     group by a.organisation_id`)
}

/**
 * A number that is verified is nobody else's; one that several claim is decided by the bank's letter, or by somebody above
 * all of them.
 */
async function requireUnclaimed(
  read: Read,
  account: FeeAccount,
  how: Check,
  handling: Handling,
): Promise<void> {
  const claims = await otherClaims(read, account)
  if (claims.some(({ verified }) => verified)) throw new Refusal('conflict', 'party-fees.account-known')
  if (how === 'bank-letter') return
  for (const { organisationId } of claims)
    if (!(await isWithinReach(read, organisationId, handling)))
      throw new Refusal('against-rule', 'party-fees.account-claimed-twice')
}

export interface Verified {
  readonly id: string
  readonly how: Check
  readonly holderSeen: string
  readonly note: string
}

/**
 * Verifies an account that another person declared. Where none is in use yet it is from now on; else it is set aside until
 * it is chosen.
 *
 * @throws Refusal as `accountWithin` and `requireVerifiable`; conflict `party-fees.account-known`; against-rule
 *   `party-fees.account-claimed-twice`
 */
export async function verifyAccount(
  database: Database,
  { id, how, holderSeen, note }: Verified,
  handling: Handler,
): Promise<void> {
  try {
    await atOnce(database, (write) => verifyIn(write, { id, how, holderSeen, note }, handling))
  } catch (error) {
    // Another organisation's was verified at the same moment, or one of its own before.
    if (isUniqueViolation(error, 'fee_account_number'))
      throw new Refusal('conflict', 'party-fees.account-known')
    throw error
  }
}

async function verifyIn(
  write: Write,
  { id, how, holderSeen, note }: Verified,
  handling: Handler,
): Promise<void> {
  const { by, at } = handling
  const account = await lockedWithin(write, id, handling)
  const done = `${how}: ${note}`
  if (account.verifiedBy === by && account.verifiedHow === done) return
  requireVerifiable(account, await peopleSince(write, handling.people, account.declaredAt), holderSeen)
  await requireUnclaimed(write, account, how, handling)
  await write.run(sql`
      update fee_account a
         set verified_by = ${by}, verified_at = ${at}, verified_how = ${done},
             set_aside_at = case when exists (select from fee_account u where u.organisation_id = a.organisation_id
                                                 and u.verified_at is not null and u.retired_at is null and u.set_aside_at is null)
                                 then ${at}::timestamptz end
       where id = ${id}`)
  await recordNotice(write, {
    to: { organisationId: account.organisationId, positions: HANDLERS },
    code: 'party-fees.account-verified',
    at,
  })
}

/** One act after the other on an organisation's accounts: which one is in use is decided from how they all stand. */
async function lockedWithin(write: Write, id: string, handling: Handling): Promise<FeeAccount> {
  const { organisationId } = await accountWithin(write, id, handling)
  await write.rows(
    sql`select pg_advisory_xact_lock(hashtextextended('fee-account ' || ${organisationId}::text, 0))`,
  )
  return accountWithin(write, id, handling)
}

/** Makes a verified account the one in use; the one before is set aside. */
export function chooseAccount(database: Database, id: string, handling: Handling): Promise<void> {
  return atOnce(database, async (write) => {
    const account = await lockedWithin(write, id, handling)
    requireChoosable(account, handling.cell)
    if (standingOf(account) === 'in-use') return
    await write.run(sql`
      update fee_account set set_aside_at = ${handling.at}
       where organisation_id = ${account.organisationId} and verified_at is not null and retired_at is null and set_aside_at is null`)
    await write.run(sql`update fee_account set set_aside_at = null where id = ${id}`)
  })
}

/** Puts an account away: no order is made for it any more, those made already keep it. */
export function retireAccount(
  database: Database,
  id: string,
  why: string,
  handling: Handling,
): Promise<void> {
  return atOnce(database, async (write) => {
    const account = await lockedWithin(write, id, handling)
    requireRetirable(account, handling.cell)
    if (standingOf(account) === 'retired') return
    await write.run(sql`
      update fee_account set retired_at = ${handling.at}, retired_by = ${handling.by}, retired_why = ${why} where id = ${id}`)
  })
}

export interface Below {
  readonly id: string
  readonly name: string
  readonly standing: BelowStanding
  readonly accountId: string | null
  /** the one in use, else the newest that waits */
  readonly bin: string | null
  readonly number: string | null
  readonly holder: string | null
}

/** Every organisation below with how it stands: a verified account, one that waits, or none. */
function below(path: ReturnType<typeof inScope>, organisationId: string, today: PlainDate) {
  return sql`
    select p.organisation_id as id, p.name, p.path, case when a.id is null then 'none' when a.verified_at is null then 'waiting' else 'verified' end
             as standing, a.id as "accountId", a.bank_bin as bin, a.account_number as number, a.holder
      from organisation_period p
      left join lateral (select f.* from fee_account f where f.organisation_id = p.organisation_id and f.retired_at is null
                          order by f.verified_at is null, f.set_aside_at is not null, f.declared_at desc limit 1) a on true
     where ${path} and p.organisation_id <> ${organisationId} and p.valid_from <= ${today}::date
       and (p.valid_to is null or ${today}::date < p.valid_to)`
}

export type BelowCounts = Readonly<Record<BelowStanding, number>>

/** A page of those below, in the order of the tree, and how many there are of each standing. */
export async function accountsBelow(
  read: Read,
  asked: {
    readonly handling: Pick<Handling, 'cell' | 'today'>
    readonly standing: BelowStanding | undefined
    readonly most: number
    readonly from: number
  },
): Promise<{ counts: BelowCounts; rows: Below[] }> {
  const { handling, standing, most, from } = asked
  const all = below(inScope(await reachOf(read, handling)), handling.cell, handling.today)
  const [counts, rows] = await Promise.all([
    read.one<BelowCounts>(sql`
      select count(*) filter (where standing = 'none')::int as none, count(*) filter (where standing = 'waiting')::int as waiting,
             count(*) filter (where standing = 'verified')::int as verified from (${all}) b`),
    read.rows<Below>(sql`
      select id, name, standing, "accountId", bin, number, holder from (${all}) b
       where ${standing ?? null}::text is null or standing = ${standing ?? null}
       order by path collate "C" limit ${most} offset ${from}`),
  ])
  return { counts, rows }
}
