/** What may become of an organisation on a day. */
export const CHANGE_KINDS = ['began', 'ended', 'renamed', 'moved', 'kind-changed'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]
