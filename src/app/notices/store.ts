/** Notices (thông báo) as somebody reads them: those to the member, and those to the office worn just now. */
import { MEMBER_HAT } from '../../kernel/actor.ts'
import { sql, type Read, type Write } from '../../kernel/db.ts'

/** Who reads: the member's own hat sees what is for the member, an office's hat what is for the office. */
export interface Reader {
  readonly memberId: string
  readonly hat: {
    readonly organisationId: string
    /** 'member' or an office's position */
    readonly position: string
    readonly onBehalfOf?: { readonly memberId: string; readonly procedures: readonly string[] }
  }
}

export interface Notice {
  readonly id: string
  readonly code: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly dossierId: string | null
  readonly at: Date
  readonly readAt: Date | null
}

/** The notices of an office are read for all who hold it: once one has seen to it, nobody else is troubled. */
function readableBy({ memberId, hat }: Reader) {
  const to =
    hat.position === MEMBER_HAT
      ? sql`n.member_id = ${hat.onBehalfOf?.memberId ?? memberId}::uuid`
      : sql`n.organisation_id = ${hat.organisationId}::uuid and ${hat.position} = any(n.positions)`
  if (!hat.onBehalfOf) return to
  // Whoever acts for somebody is told of the procedures that were delegated, and of nothing else.
  return sql`${to} and exists (select from dossier y where y.id = n.dossier_id
    and y.procedure = any(${[...hat.onBehalfOf.procedures]}::text[]))`
}

const MOST_SHOWN = 50

/** The newest first; `before`, the last one of a page, gives the next page. */
export function noticesFor(
  read: Read,
  reader: Reader,
  options: { limit?: number; before?: Pick<Notice, 'id' | 'at'> } = {},
): Promise<Notice[]> {
  const { limit = MOST_SHOWN, before } = options
  return read.rows<Notice>(sql`
    select n.id, n.code, n.facts, n.dossier_id as "dossierId", n.at, n.read_at as "readAt"
      from notice n where ${readableBy(reader)}
       and (n.at, n.id) < (${before?.at ?? 'infinity'}::timestamptz, ${before?.id ?? LAST_ID}::uuid)
     order by n.at desc, n.id desc limit ${limit}`)
}

/** One notice of this reader, or undefined: another's is as unknown as none. */
export function findNotice(read: Read, reader: Reader, id: string): Promise<Notice | undefined> {
  return read.maybe<Notice>(sql`
    select n.id, n.code, n.facts, n.dossier_id as "dossierId", n.at, n.read_at as "readAt"
      from notice n where ${readableBy(reader)} and n.id = ${id}`)
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** How many wait to be read. */
export async function unreadCount(read: Read, reader: Reader): Promise<number> {
  const row = await read.one<{ count: number }>(
    sql`select count(*) from notice n where ${readableBy(reader)} and n.read_at is null`,
  )
  return row.count
}

/** Marks some or all as read; those of others stay as they are. Returns how many were unread. */
export function markRead(
  write: Write,
  reader: Reader,
  ids: readonly string[] | 'all',
  at: Date,
): Promise<number> {
  return write.run(sql`
    update notice n set read_at = ${at} where ${readableBy(reader)} and n.read_at is null
       and (${ids === 'all'} or n.id = any(${ids === 'all' ? [] : [...ids]}::uuid[]))`)
}
