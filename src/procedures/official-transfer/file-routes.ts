/** Files of a dossier over HTTP: handing in, taking off, fetching; the class of secrecy is asked before anything is read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { recordRefusedUpload } from '../../papers/refused-uploads.ts'
import { findPapers, loadFile, type FileKind } from '../../papers/store.ts'
import { derivedId } from '../../web/command-ids.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import { isOfDoor } from '../../web/status.ts'
import { requireToken } from '../../web/own-pages.ts'
import { fileNameOf, readFields, readUpload } from '../../web/uploads.ts'
import type { Web } from '../../web/web.ts'
import { TRANSFER_VIEW } from './contract.ts'
import { OFFICIAL_TRANSFER, officialTransfer } from './procedure.ts'
import { seenTransfer } from './seen.ts'
import { ownDossier, showQuestion, showSupplement, WRITING } from './request/view.ts'
import { TRANSFER_TEXTS } from './texts.ts'
import { attachFile, detachFile, refuseSecret, UPLOAD_FIELDS } from './uploads.ts'
import { viewTransfer } from './view.ts'

const ADDRESS = z.object({ id: z.uuid() })
const FILE_ADDRESS = z.object({ id: z.uuid(), fileId: z.uuid() })
const PAPER_ADDRESS = z.object({ id: z.uuid(), paperId: z.uuid() })
const REMOVE = z.object({ commandId: z.uuid(), remove: z.uuid() })
const CLASS = z.object({ confidentiality: z.string().max(40).optional() })
const ATTACHED = z.object({
  version: z.number().int(),
  firstEvent: z.number().int(),
  lastEvent: z.number().int(),
  repeated: z.boolean(),
  dossier: TRANSFER_VIEW,
})

export function registerFileRoutes(server: FastifyInstance, web: Web): void {
  /** attaching and taking off write a draft */
  const config = {
    access: 'signed-in' as const,
    level: 'passkey' as const,
    scope: { id: 'own-dossier' } as const,
  }
  const uploading = {
    ...config,
    token: 'before-file' as const,
    takesFile: true as const,
    cost: 'heavy' as const,
  }

  const api = {
    summary: 'Attach a file; fields before the file: commandId, role, confidentiality (NON_SECRET), file',
    response: ATTACHED,
    bodyType: 'multipart/form-data',
  }
  server.post('/api/v1/official-transfers/:id/files', { config: { ...uploading, api } }, async (request) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    const { version, firstEvent, lastEvent, repeated } = await takeFile(web, request, id, context)
    return {
      version,
      firstEvent,
      lastEvent,
      repeated,
      dossier: await viewTransfer(web.database, id, context),
    }
  })

  server.post('/transfers/:id/files', { config: uploading }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    try {
      await takeFile(web, request, id, context)
    } catch (error) {
      return showAgain(web, request, reply, id, context, error)
    }
    return reply.redirect(await uploadPage(web, request, id, context), 303)
  })

  const removing = { ...uploading, scope: { ...config.scope, remove: 'part' } as const }
  server.post('/transfers/:id/files/remove', { config: removing }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    await ownDossier(web, request, id, context)
    const fields = await readFields(request)
    requireToken(request, fields)
    const { commandId, remove } = parse(REMOVE, fields)
    const removal = { dossierId: id, commandId: derivedId(`${commandId} remove ${remove}`), fileId: remove }
    await detachFile(web.database, officialTransfer(web), removal, context)
    return reply.redirect(await uploadPage(web, request, id, context), 303)
  })

  server.post('/transfers/:id/confidentiality', { config }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const { confidentiality } = parse(CLASS, request.body)
    const context = await contextOf(request, web)
    await ownDossier(web, request, id, context)
    try {
      await refuseUnread(web, confidentiality, context)
    } catch (error) {
      return showAgain(web, request, reply, id, context, error, false)
    }
    return reply.redirect(await uploadPage(web, request, id, context), 303)
  })

  const file = { ...config, scope: { id: 'dossier', fileId: 'part' } as const }
  server.get('/transfers/:id/files/:fileId', { config: file }, async (request, reply) => {
    const { id, fileId } = parse(FILE_ADDRESS, request.params)
    const { state } = await seenDossier(web, request, id, 'file')
    const file = state.files.find((each) => each.id === fileId)
    if (!file) throw new Refusal('not-found', 'transfer.file-unknown')
    const { bytes, kind } = await loadFile(web.database.read, file.sha256)
    return sendFile(reply, bytes, kind, file.name)
  })

  const paper = { ...config, scope: { id: 'dossier', paperId: 'part' } as const }
  server.get('/transfers/:id/papers/:paperId', { config: paper }, async (request, reply) => {
    const { id, paperId } = parse(PAPER_ADDRESS, request.params)
    await seenDossier(web, request, id, 'paper')
    const [paper] = await findPapers(web.database.read, [paperId])
    if (paper?.dossierId !== id || paper.sha256 === null)
      throw new Refusal('not-found', 'transfer.file-unknown')
    const { bytes, kind } = await loadFile(web.database.read, paper.sha256)
    return sendFile(reply, bytes, kind, paperFileName(paper))
  })
}

/** The file of a form, whoever sends it: token, class and fields are known before its bytes are read. */
async function takeFile(web: Web, request: FastifyRequest, id: string, context: Context) {
  await ownDossier(web, request, id, context)
  let fields: Readonly<Record<string, string>> = {}
  try {
    const upload = await readUpload(request, (before) => {
      fields = before
      requireToken(request, before)
      refuseSecret(before.confidentiality)
    })
    const { commandId, role } = parse(UPLOAD_FIELDS, upload.fields)
    const file = { commandId, role, name: fileNameOf(upload.name), bytes: upload.bytes }
    return await attachFile(web, officialTransfer(web), id, file, context)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'transfer.file-secret')
      await recordRefusedUpload(web.database, fields.confidentiality ?? '', context)
    throw error
  }
}

async function refuseUnread(web: Web, confidentiality: string | undefined, context: Context): Promise<void> {
  try {
    refuseSecret(confidentiality)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'transfer.file-secret')
      await recordRefusedUpload(web.database, confidentiality ?? '', context)
    throw error
  }
}

/** Where files of this dossier are handed in now. */
async function uploadPage(web: Web, request: FastifyRequest, id: string, context: Context): Promise<string> {
  const { state } = await ownDossier(web, request, id, context)
  const page = WRITING.has(state.status) ? 'questions/decision-file' : 'supplement'
  return `/transfers/${id}/${page}?upload=yes`
}

/** The page the file was sent from, with what was wrong with it. */
async function showAgain(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  context: Context,
  error: unknown,
  mayUpload = true,
): Promise<FastifyReply> {
  const refusal = refusedUpload(error)
  const dossier = await ownDossier(web, request, id, context)
  const asked = {
    refusal,
    fromCheck: false,
    mayUpload: mayUpload && refusal.code !== 'transfer.file-secret',
  }
  const page = WRITING.has(dossier.state.status)
    ? await showQuestion(web, request, dossier, 'decision-file', context, asked)
    : await showSupplement(web, request, dossier, context, asked)
  return html(reply.code(STATUS[refusal.kind]), await web.showPage(request, page))
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

/** 'giay-gioi-thieu-01-ggt-du.pdf' */
function paperFileName({ kind, symbol }: { kind: string; symbol: string | null }): string {
  const words = [TRANSFER_TEXTS.vi.paperKinds[kind] ?? kind, symbol?.replace(/^Số /, '')]
  const folded = foldName(words.filter(Boolean).join(' ')).replaceAll(/[^a-z0-9]+/g, '-')
  return `${folded}.pdf`
}

/** The dossier a file or paper is of. */
async function seenDossier(web: Web, request: FastifyRequest, id: string, kept: 'file' | 'paper') {
  requireCovered(sessionOf(request).hat, OFFICIAL_TRANSFER)
  const context = await contextOf(request, web)
  return web.database.transaction((write) => seenTransfer(write, id, context, kept))
}

const TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  heic: 'image/heic',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Handed over as a file, never shown as a page of ours: nothing in it runs here. */
function sendFile(reply: FastifyReply, bytes: Uint8Array, kind: FileKind, name: string): FastifyReply {
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
