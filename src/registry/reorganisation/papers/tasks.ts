/** The names under which hand-over jobs are planned. */
export const MINUTES_TASK = 'hand-over-minutes'
export const SEAL_TASK = 'hand-over-seal'
