/** An account that receives fees (tài khoản thu đảng phí): declared by one, verified by another, one of them in use. */
import { Refusal } from '../../../kernel/refusal.ts'
import { isSameHolder } from './holder.ts'

export const ACCOUNT_STANDINGS = ['in-use', 'set-aside', 'waiting', 'retired'] as const
export type AccountStanding = (typeof ACCOUNT_STANDINGS)[number]

/** How somebody made sure whose account it is; the one who did says what was seen. */
export const CHECKS = ['bank-letter', 'one-dong', 'app-look-up'] as const
export type Check = (typeof CHECKS)[number]

export interface AccountFacts {
  readonly organisationId: string
  readonly declaredBy: string | null
  readonly holder: string
  readonly verifiedAt: Date | null
  readonly setAsideAt: Date | null
  readonly retiredAt: Date | null
}

export function standingOf(
  account: Pick<AccountFacts, 'verifiedAt' | 'setAsideAt' | 'retiredAt'>,
): AccountStanding {
  if (account.retiredAt) return 'retired'
  if (!account.verifiedAt) return 'waiting'
  return account.setAsideAt ? 'set-aside' : 'in-use'
}

/**
 * Who verifies is another person than who declared, and finds with the bank the holder that was declared.
 *
 * @throws Refusal conflict `party-fees.account-not-waiting`; against-rule `party-fees.account-second-person`; invalid
 *   `party-fees.account-holder-differs`
 */
export function requireVerifiable(
  account: AccountFacts,
  people: readonly string[],
  holderSeen: string,
): void {
  if (standingOf(account) !== 'waiting') throw new Refusal('conflict', 'party-fees.account-not-waiting')
  if (account.declaredBy !== null && people.includes(account.declaredBy))
    throw new Refusal('against-rule', 'party-fees.account-second-person')
  if (!isSameHolder(account.holder, holderSeen))
    throw new Refusal('invalid', 'party-fees.account-holder-differs', {
      fields: [{ field: 'holderSeen', code: 'party-fees.account-holder-differs' }],
    })
}

/**
 * Money is asked onto a verified account only, and the organisation whose it is chooses among its own.
 *
 * @throws Refusal conflict `party-fees.account-not-verified`; against-rule `party-fees.account-owner-only`
 */
export function requireChoosable(account: AccountFacts, organisationId: string): void {
  const standing = standingOf(account)
  if (standing !== 'set-aside' && standing !== 'in-use')
    throw new Refusal('conflict', 'party-fees.account-not-verified')
  if (account.organisationId !== organisationId)
    throw new Refusal('against-rule', 'party-fees.account-owner-only')
}

/**
 * One that waits is put away by whoever may verify it; a verified one by the organisation whose it is.
 *
 * @throws Refusal against-rule `party-fees.account-owner-only`
 */
export function requireRetirable(account: AccountFacts, organisationId: string): void {
  if (account.organisationId !== organisationId && standingOf(account) !== 'waiting')
    throw new Refusal('against-rule', 'party-fees.account-owner-only')
}
