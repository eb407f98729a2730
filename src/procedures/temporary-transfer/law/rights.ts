/** What a member on a temporary stay may do where, and who is counted: computed from the record, never stored. */
import type { Stay } from './states.ts'

/** 232-QĐ/TW 6.3.2b: duties are the same; the rights of decision stay at the official place. */
export const RIGHTS_CITATION = '294-QĐ/TW, mục 6.3.2 (232-QĐ/TW, mục 6.3.2b)'
/** 294-QĐ/TW 9.3.2 (second-hand): who was referred elsewhere is not summoned; who comes and votes is counted. */
export const QUORUM_CITATION = '294-QĐ/TW, mục 9.3.2'

export interface Rights {
  /** biểu quyết */
  readonly votes: boolean
  /** bầu cử */
  readonly elects: boolean
  /** ứng cử, đề cử */
  readonly stands: boolean
  /** đảng số */
  readonly counted: boolean
}

const FULL: Rights = { votes: true, elects: true, stands: true, counted: true }
/** Điều lệ, article 3: a probationary member discusses and does not vote; is counted. */
const PROBATIONARY: Rights = { votes: false, elects: false, stands: false, counted: true }
const NONE: Rights = { votes: false, elects: false, stands: false, counted: false }

/** The rights in one cell: a stay moves none of them. */
export function rightsIn(
  organisationId: string,
  member: {
    readonly officialId: string
    readonly type: Stay['memberType']
  },
): Rights {
  if (organisationId !== member.officialId) return NONE
  return member.type === 'official' ? FULL : PROBATIONARY
}

/** Somebody a cell would call to its meeting. */
export interface Attendee {
  readonly rights: Rights
  /** lives elsewhere on a temporary stay */
  readonly away: boolean
  readonly present: boolean
}

/** Who counts for the quorum of a cell's meeting: its voters, those away only where they came; guests never. */
export function summoned(attendees: readonly Attendee[]): {
  readonly summoned: number
  readonly present: number
} {
  const voters = attendees.filter(({ rights, away, present }) => rights.votes && (!away || present))
  return { summoned: voters.length, present: voters.filter(({ present }) => present).length }
}
