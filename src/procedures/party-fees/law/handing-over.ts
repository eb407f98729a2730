/** How the balances of an organisation that ends go to those who take over: whole to the first, but for what the others once gave it. */

/** Who takes over. */
export interface Heir {
  readonly id: string
  /** what it handed to the one that ends now, as that one's balance of the account counts it: debits less credits */
  readonly gaveVnd: number
}

export interface Share {
  readonly heir: string
  /** debits less credits */
  readonly balanceVnd: number
}

/**
 * Shares a balance (debits less credits). Where a merger is taken back, each of the old ones has again what it brought, as
 * far as there is as much; everything else is the first one's. The shares always come to the balance.
 *
 * @param heirs the first in rank first
 */
export function sharesOf(balanceVnd: number, heirs: readonly Heir[]): Share[] {
  const [first, ...others] = heirs
  if (!first) return []
  let leftVnd = balanceVnd
  const shares = others.map(({ id, gaveVnd }): Share => {
    const back =
      Math.sign(gaveVnd) === Math.sign(leftVnd) ? Math.min(Math.abs(gaveVnd), Math.abs(leftVnd)) : 0
    const share = back * Math.sign(leftVnd)
    leftVnd -= share
    return { heir: id, balanceVnd: share }
  })
  return [{ heir: first.id, balanceVnd: leftVnd }, ...shares].filter((share) => share.balanceVnd !== 0)
}
