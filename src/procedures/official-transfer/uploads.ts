/** Files somebody hands in for a dossier (tệp đính kèm): read only when they may be, stored with the command in one transaction. */
import { z } from 'zod'
import { isUniqueViolation, sql, type Database, type Write } from '../../kernel/db.ts'
import type { Readers } from '../../foreign-files/readers.ts'
import { perform, performIn, type Context, type Performed } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { storeFile } from '../../papers/store.ts'
import { derivedId } from '../../web/command-ids.ts'
import type { OfficialTransfer } from './procedure.ts'
import { FILE_ROLES, type FileRole, type Transfer } from './law/states.ts'

/** What may be put on this system; anything else is refused before it is read. */
export const NON_SECRET = 'NON_SECRET'

/** Fields that come before the file. */
export const UPLOAD_FIELDS = z.object({
  commandId: z.uuid(),
  role: z.enum(FILE_ROLES),
  confidentiality: z.string().max(40).optional(),
})

export interface Upload {
  readonly commandId: string
  readonly role: FileRole
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * The class of a document, asked before a byte of it is read.
 *
 * @throws Refusal invalid `transfer.file-class-missing`; against-rule `transfer.file-secret`
 */
export function refuseSecret(confidentiality: string | undefined): void {
  if (confidentiality === NON_SECRET) return
  if (confidentiality) throw new Refusal('against-rule', 'transfer.file-secret')
  throw new Refusal('invalid', 'transfer.file-class-missing', {
    fields: [{ field: 'confidentiality', code: 'missing' }],
  })
}

/**
 * Looks into the file, keeps it and attaches it: all in one transaction, once for one command id.
 *
 * @throws Refusal invalid `file.…` for what is not what its name says; whatever the rules refuse
 */
export async function attachFile(
  { database, readers }: { readonly database: Database; readonly readers: Readers },
  procedure: OfficialTransfer,
  dossierId: string,
  upload: Upload,
  context: Context,
): Promise<Performed<Transfer>> {
  const { kind, pages } = await readers.inspect(upload)
  const attach = (): Promise<Performed<Transfer>> =>
    database.transaction(async (write) => {
      const sha256 = await storeFile(write, upload.bytes, kind)
      const id = derivedId(`file ${upload.commandId}`)
      await keepFile(write, { id, dossierId, role: upload.role, name: upload.name, sha256 }, context)
      const file = { id, role: upload.role, name: upload.name, sha256, pages: pages ?? null }
      const command = { type: 'attach-file' as const, file }
      return performIn(write, procedure, { dossierId, commandId: upload.commandId, command }, context)
    })
  try {
    return await attach()
  } catch (error) {
    if (!isUniqueViolation(error, 'dossier_event_pkey') && !isUniqueViolation(error, 'command_done_pkey'))
      throw error
    return attach() // somebody claimed the same number at the same moment: ask once more what is true now
  }
}

async function keepFile(
  write: Write,
  file: { id: string; dossierId: string; role: string; name: string; sha256: string },
  { actor, at }: Context,
): Promise<void> {
  if (actor.kind !== 'person') throw new Error('the clock hands in no files')
  await write.run(sql`
    insert into dossier_file (id, dossier_id, role, name, sha256, added_by, added_at)
    values (${file.id}, ${file.dossierId}, ${file.role}, ${file.name}, ${file.sha256}, ${actor.memberId}, ${at})
    on conflict (id) do nothing`)
}

/** Takes a file off the dossier; it stays as history. */
export async function detachFile(
  database: Database,
  procedure: OfficialTransfer,
  request: { dossierId: string; commandId: string; fileId: string },
  context: Context,
): Promise<void> {
  const command = { type: 'detach-file' as const, fileId: request.fileId }
  await perform(database, procedure, { ...request, command }, context)
}

/** When each file came, for its proof. */
export async function addedAt(database: Database, dossierId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await database.read.rows<{ id: string; addedAt: Date }>(sql`
    select id, added_at as "addedAt" from dossier_file where dossier_id = ${dossierId}`)
  return new Map(rows.map((row) => [row.id, row.addedAt]))
}
