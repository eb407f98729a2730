/** Names of the temporary transfer's jobs, planned by its consequences and done by `jobs.ts`. */

/** The name of its dossiers. */
export const TEMPORARY_TRANSFER = 'temporary-transfer'

/** Seals the referral; payload: dossierId. */
export const SEAL_TASK = 'temporary-transfer.seal'
/** Puts the seal of the host committee on a letter to its cell or an extension that stands already; payload: paperId. */
export const PAPER_TASK = 'temporary-transfer.paper'
/** The stay was converted: whoever handles official transfers opens one; payload: dossierId, memberId, destinationId. */
export const CONVERTED_TASK = 'temporary-transfer.converted'
