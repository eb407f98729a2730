/** Names of the transfer's jobs, planned by its consequences and done by `jobs.ts`. */
export const SEAL_TASK = 'official-transfer.seal'
export const REQUEST_PAPER_TASK = 'official-transfer.request-paper'
