/** The code of the procedure: what delegations name, and addresses of its files bear. */
export const PARTY_FEES = 'party-fees'
