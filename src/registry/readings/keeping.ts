/** Keeping who read what about whom: written by the functions that open a record, before the answer leaves. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'

/** Whoever reads, in the hat worn. */
export interface Viewer {
  readonly memberId: string
  /** an office's position, or 'member' under a delegation of the member's own affairs */
  readonly position: string
  readonly organisationId: string
  readonly grantId?: string | null
}

/** What was opened: the page of a record, a reported error, a dossier, an attached file, a paper. */
export type ViewKind = 'record' | 'correction' | 'dossier' | 'file' | 'paper'

/** Keeps that a person's record was read. One's own reading is nobody's business and is not kept. */
export async function keepView(
  write: Write,
  view: {
    readonly memberId: string
    readonly kind: ViewKind
    readonly viewer: Viewer
    readonly dossierId?: string
    readonly at: Date
  },
): Promise<void> {
  const { memberId, kind, viewer, dossierId, at } = view
  if (viewer.memberId === memberId) return
  await write.run(sql`
    insert into record_view (member_id, kind, read_by, position, organisation_id, grant_id, dossier_id, at)
    values (${memberId}, ${kind}, ${viewer.memberId}, ${viewer.position}, ${viewer.organisationId},
            ${viewer.grantId ?? null}, ${dossierId ?? null}, ${at})`)
}

export interface ListView {
  /** whose list it is */
  readonly organisationId: string
  /** the day the list is of */
  readonly day: PlainDate
  readonly kind: 'list' | 'search' | 'print' | 'export' | 'register'
  readonly people: number
  /** exactly these people; absent: everybody counted in the organisation and below it on the day */
  readonly shown?: readonly string[]
  readonly viewer: Viewer
  readonly at: Date
}

/**
 * Keeps that a list of people was shown or taken along: one row, however long the list. An empty one shows nobody. It goes along with
 * the commit, so that a list costs one way to the database more, not three.
 */
export async function keepListView(write: Write, list: ListView): Promise<void> {
  if (list.people === 0) return
  const shown = list.shown && [...new Set(list.shown)]
  write.later(sql`
    insert into list_view (organisation_id, day, kind, people, shown, read_by, position, reader_organisation_id, at)
    values (${list.organisationId}, ${list.day}, ${list.kind}, ${list.people}, ${shown ?? null}::uuid[],
            ${list.viewer.memberId}, ${list.viewer.position}, ${list.viewer.organisationId}, ${list.at})`)
}

/** The people some dossiers are about: for lists of dossiers that name them. */
export async function subjectsOf(read: Read, dossierIds: readonly string[]): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(
    sql`select distinct subject_id as id from dossier where id = any(${[...dossierIds]}::uuid[])`,
  )
  return rows.map(({ id }) => id)
}
