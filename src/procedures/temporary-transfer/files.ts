/** Files of a stay over HTTP: the decision handed in, taken off, fetched; whether it is secret is asked before anything is read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import { isUniqueViolation, sql, type Database } from '../../kernel/db.ts'
import { performIn, type Context, type Performed } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { recordRefusedUpload } from '../../papers/refused-uploads.ts'
import { findPapers, loadFile, storeFile, type FileKind } from '../../papers/store.ts'
import { derivedId } from '../../web/command-ids.ts'
import { contextOf, parse, sessionOf } from '../../web/http.ts'
import { requireToken } from '../../web/own-pages.ts'
import { isOfDoor } from '../../web/status.ts'
import { fileNameOf, readUpload } from '../../web/uploads.ts'
import type { Web } from '../../web/web.ts'
import { STAY_VIEW } from './contract.ts'
import type { Stay } from './law/states.ts'
import { temporaryTransfer, type TemporaryTransfer } from './procedure.ts'
import { seenStay } from './readers.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'
import { viewStay } from './view.ts'

const ADDRESS = z.object({ id: z.uuid() })
const FILE_ADDRESS = z.object({ id: z.uuid(), fileId: z.uuid() })
const PAPER_ADDRESS = z.object({ id: z.uuid(), paperId: z.uuid() })
/** Fields that come before the file. */
const FIELDS = z.object({ commandId: z.uuid(), confidentiality: z.string().max(40).optional() })
const ATTACHED = z.object({
  version: z.number().int(),
  firstEvent: z.number().int(),
  lastEvent: z.number().int(),
  repeated: z.boolean(),
  dossier: STAY_VIEW,
})

export function registerStayFiles(
  server: FastifyInstance,
  web: Web,
  showAgain: (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    context: Context,
    refusal: Refusal,
  ) => Promise<FastifyReply>,
): void {
  const config = {
    access: 'signed-in' as const,
    level: 'passkey' as const,
    scope: { id: 'dossier' } as const,
  }
  const uploading = {
    ...config,
    token: 'before-file' as const,
    takesFile: true as const,
    cost: 'heavy' as const,
  }
  const api = {
    summary: 'Attach the decision; fields before the file: commandId, confidentiality (NON_SECRET), file',
    response: ATTACHED,
    bodyType: 'multipart/form-data',
  }
  server.post('/api/v1/temporary-transfers/:id/files', { config: { ...uploading, api } }, async (request) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    const { version, firstEvent, lastEvent, repeated } = await takeFile(web, request, id, context)
    const dossier = await viewStay(web.database, id, context)
    return { version, firstEvent, lastEvent, repeated, dossier }
  })

  server.post('/temporary-transfers/:id/files', { config: uploading }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    try {
      await takeFile(web, request, id, context)
    } catch (error) {
      return showAgain(request, reply, id, context, refusedUpload(error))
    }
    return reply.redirect(`/temporary-transfers/${id}/request/file`, 303)
  })

  const file = { access: 'signed-in' as const, scope: { id: 'dossier', fileId: 'part' } as const }
  server.get('/temporary-transfers/:id/files/:fileId', { config: file }, async (request, reply) => {
    const { id, fileId } = parse(FILE_ADDRESS, request.params)
    const { files } = await seen(web, request, id, 'file')
    const found = files.find((each) => each.id === fileId)
    if (!found) throw new Refusal('not-found', 'temporary.file-unknown')
    const { bytes, kind } = await loadFile(web.database.read, found.sha256)
    return send(reply, bytes, kind, found.name)
  })

  const paper = { access: 'signed-in' as const, scope: { id: 'dossier', paperId: 'part' } as const }
  server.get('/temporary-transfers/:id/papers/:paperId', { config: paper }, async (request, reply) => {
    const { id, paperId } = parse(PAPER_ADDRESS, request.params)
    await seen(web, request, id, 'paper')
    const [found] = await findPapers(web.database.read, [paperId])
    if (found?.dossierId !== id || found.sha256 === null)
      throw new Refusal('not-found', 'temporary.file-unknown')
    const { bytes, kind } = await loadFile(web.database.read, found.sha256)
    return send(reply, bytes, kind, `${found.kind}.pdf`)
  })
}

/**
 * The refusal the page can show; the parser's own limit is one too.
 *
 * @throws what is none, says that there is no page, or comes from a door that has too much to do to make one
 */
function refusedUpload(error: unknown): Refusal {
  if (error instanceof Refusal && error.kind !== 'not-found' && !isOfDoor(error)) return error
  if ((error as { statusCode?: number }).statusCode === 413)
    return new Refusal('invalid', 'request.too-large')
  throw error
}

async function seen(web: Web, request: FastifyRequest, id: string, kept: 'file' | 'paper'): Promise<Stay> {
  requireCovered(sessionOf(request).hat, TEMPORARY_TRANSFER)
  const context = await contextOf(request, web)
  return (await web.database.transaction((write) => seenStay(write, id, context, kept))).state
}

const TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  heic: 'image/heic',
  xlsx: 'application/octet-stream',
}

/** Handed over as a file, never shown as a page of ours: nothing in it runs here. */
function send(reply: FastifyReply, bytes: Uint8Array, kind: FileKind, name: string): FastifyReply {
  const plain = name
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/["\\]/g, '')
  return reply
    .type(TYPES[kind])
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header(
      'content-disposition',
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .send(Buffer.from(bytes))
}

/** Looks into the file, keeps it and attaches it: all in one transaction, once for one command id. */
async function takeFile(
  web: Web,
  request: FastifyRequest,
  dossierId: string,
  context: Context,
): Promise<Performed<Stay>> {
  requireCovered(sessionOf(request).hat, TEMPORARY_TRANSFER)
  await web.database.transaction((write) => seenStay(write, dossierId, context, 'nothing'))
  let marked = ''
  const upload = await readUpload(request, (fields) => {
    marked = fields.confidentiality ?? ''
    requireToken(request, fields)
    refuseSecret(marked)
  }).catch(async (error: unknown) => {
    if (error instanceof Refusal && error.code === 'temporary.file-secret')
      await recordRefusedUpload(web.database, marked, context)
    throw error
  })
  const { commandId } = parse(FIELDS, upload.fields)
  const name = fileNameOf(upload.name)
  const { kind, pages } = await web.readers.inspect({ bytes: upload.bytes, name })
  const decision = { commandId, name, bytes: upload.bytes, kind, pages: pages ?? null }
  return attachDecision(web.database, temporaryTransfer(web), dossierId, decision, context)
}

/** Keeps the bytes of a decision that was looked into, and attaches it. */
export async function attachDecision(
  database: Database,
  procedure: TemporaryTransfer,
  dossierId: string,
  decision: {
    readonly commandId: string
    readonly name: string
    readonly bytes: Uint8Array
    readonly kind: FileKind
    readonly pages: number | null
  },
  context: Context,
): Promise<Performed<Stay>> {
  const { commandId, name, bytes, kind, pages } = decision
  const { actor, at } = context
  const attach = () =>
    database.transaction(async (write) => {
      const sha256 = await storeFile(write, bytes, kind)
      const id = derivedId(`file ${commandId}`)
      const by = actor.kind === 'person' ? actor.memberId : null
      await write.run(sql`
        insert into dossier_file (id, dossier_id, role, name, sha256, added_by, added_at)
        values (${id}, ${dossierId}, 'decision', ${name}, ${sha256}, ${by}, ${at}) on conflict (id) do nothing`)
      const file = { id, role: 'decision' as const, name, sha256, pages }
      const command = { type: 'attach-file' as const, file }
      return performIn(write, procedure, { dossierId, commandId, command }, context)
    })
  try {
    return await attach()
  } catch (error) {
    if (!isUniqueViolation(error, 'dossier_event_pkey') && !isUniqueViolation(error, 'command_done_pkey'))
      throw error
    return attach() // somebody claimed the same number at the same moment: ask once more what is true now
  }
}

/** @throws Refusal invalid `temporary.file-class-missing`; against-rule `temporary.file-secret` */
function refuseSecret(confidentiality: string | undefined): void {
  if (confidentiality === 'NON_SECRET') return
  if (confidentiality) throw new Refusal('against-rule', 'temporary.file-secret')
  throw new Refusal('invalid', 'temporary.file-class-missing', {
    fields: [{ field: 'confidentiality', code: 'missing' }],
  })
}
