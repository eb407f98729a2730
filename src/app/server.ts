/** The server: its door, its features, its public files. Wiring only. */
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import { registerIdentityRoutes } from '../identity/routes.ts'
import { parseUrlencoded } from '../web/forms.ts'
import { identityContext, installDoor } from '../web/http.ts'
import { BODY_BYTES, FILE_BODY_BYTES } from '../web/limits.ts'
import type { Web } from '../web/web.ts'
import { FEATURES, feesOf, followReorganisation, IN_WRITING, registerFeatures } from './features.ts'
import { dataFoldersOf } from './disk.ts'
import { registerHealth } from './health.ts'
import { registerHouse } from './house-routes.ts'
import { identityPages } from './identity-pages.tsx'
import { openMetrics } from './metrics.ts'
import { registerOpenApi } from './openapi.ts'
import type { Parts } from './parts.ts'
import { busyPages, defectPage, refusalPage } from './refusal-page.tsx'
import { wordsOf } from './refusal-words.ts'
import { keepRouteTable } from './route-table.ts'
import { sendSecurityHeaders } from './security-headers.ts'
import { showPage } from './shell.ts'
import { addressOf, answerUnreadable, LONGEST_PART } from './unreadable-requests.ts'

/** Whatever a request waits for, it is over by then; a body that comes too slowly is told so before (web/arrivals.ts). */
const SLOWEST_REQUEST_MS = 5 * 60_000

/** Each keeps some memory even while it says nothing. */
const MOST_CONNECTIONS = 5_000

/** Pages are packed while somebody waits: quickly rather than smallest. */
const QUICK_BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 4 }

/** Builds the server; the caller listens and closes. */
export async function buildServer(parts: Parts): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: parts.log,
    genReqId: () => randomUUID(),
    trustProxy: trusted(parts.config.trustProxy),
    bodyLimit: BODY_BYTES,
    return503OnClosing: false, // what came before we closed is answered, and its connection ended
    routerOptions: { maxParamLength: LONGEST_PART },
    rewriteUrl: ({ url }) => addressOf(url ?? '/'),
    clientErrorHandler: answerUnreadable,
    requestTimeout: SLOWEST_REQUEST_MS,
  }) as unknown as FastifyInstance
  server.server.maxConnections = MOST_CONNECTIONS
  const web: Web = {
    ...parts,
    awaySince: async () => parts.relyingParty?.awaySince(),
    showPage: (request, page) => showPage(request, parts, page),
    showRefusal: (request, refusal) => refusalPage(refusal, request, parts),
    showDefect: (request, trouble) => defectPage(request, trouble, parts),
    showBusy: busyPages(parts),
    followReorganisation: (write, touched, context) => followReorganisation(write, parts, touched, context),
    feesOf,
    inWriting: IN_WRITING,
    wordsOf,
  }
  await server.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: QUICK_BROTLI },
  })
  await server.register(cookie)
  await sendSecurityHeaders(server, parts.publicUrl)
  await server.register(multipart, {
    limits: { fileSize: FILE_BODY_BYTES, files: 1, fields: 20, fieldSize: 20_000 },
  })
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parseUrlencoded(String(body))),
  )
  installDoor(server, web, parts.config.requestsPerMinute)
  keepRouteTable(server)
  registerOpenApi(server)
  const dataFolders = dataFoldersOf(parts.config)
  registerHealth(server, { ...parts, dataFolders })
  const metrics = parts.metrics ?? openMetrics()
  metrics.install(server, { ...parts, dataFolders })
  await server.register(fastifyStatic, {
    root: parts.publicFolder,
    serve: false,
    immutable: true,
    maxAge: '365d',
    decorateReply: true,
    preCompressed: true,
  })
  server.get<{ Params: { '*': string } }>(
    '/assets/*',
    { config: { access: 'public', cost: 'free', scope: { '*': 'open' } } },
    (request, reply) => reply.sendFile(request.params['*']),
  )
  await registerIdentityRoutes(server, {
    ...identityContext(web),
    relyingParty: parts.relyingParty,
    procedures: FEATURES,
    pages: identityPages(web, parts),
  })
  registerHouse(server, web, parts)
  registerFeatures(server, web)
  return server
}

/**
 * So many proxies in front of us, or these addresses. Hop 0 is whoever holds the connection: with no proxy nobody is
 * believed, for what a browser says of its own address decides whose limits count.
 */
function trusted(proxies: Parts['config']['trustProxy']) {
  return typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : [...proxies]
}
