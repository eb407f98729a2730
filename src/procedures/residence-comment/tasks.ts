/** Names of the residence comment's jobs, planned by its consequences. */
export const SEAL_TASK = 'residence-comment.seal'
