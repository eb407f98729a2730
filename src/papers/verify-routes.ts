/** Checking a paper: public, by its code or by the file itself; nothing of the file is kept. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { todayIn } from '../kernel/plain-date.ts'
import { html } from '../web/procedure-routes.ts'
import { parse } from '../web/http.ts'
import { readUpload } from '../web/uploads.ts'
import type { Web } from '../web/web.ts'
import { VERIFY_TEXTS } from './verify-texts.ts'
import { checkFile, publicPaper, type CheckedFile, type PublicPaper } from './verify-view.ts'
import { VerifyPage } from './verify-page.tsx'
import { Refusal } from '../kernel/refusal.ts'

/** 128 bits in base64url. */
const TOKEN = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{22}$/) })

const PUBLIC_PAPER: z.ZodType<PublicPaper> = z.object({
  kind: z.string(),
  symbol: z.string().nullable(),
  issuedOn: z.string().nullable(),
  issuer: z.string(),
  signers: z.array(z.object({ office: z.string(), organisation: z.string(), at: z.string() })),
  standing: z.enum(['valid', 'incomplete', 'voided', 'replaced']),
  voidedOn: z.string().nullable(),
  succeededBy: z.string().nullable(),
})
const CHECKED_FILE = z.object({
  result: z.enum([
    'ours',
    'voided',
    'earlier',
    'other',
    'unknown',
    'foreign',
    'broken',
    'unsigned',
    'unreadable',
  ]),
  signatures: z.array(
    z.object({
      place: z.string(),
      organisation: z.string().optional(),
      title: z.string().optional(),
      at: z.string(),
      standing: z.enum(['valid', 'untrusted', 'expired', 'revoked', 'broken']),
      coversWholeFile: z.boolean(),
      test: z.boolean(),
    }),
  ),
  test: z.boolean(),
  carried: z.array(z.object({ name: z.string(), description: z.string(), sha256: z.string() })),
  problems: z.array(z.string()),
  paper: PUBLIC_PAPER.nullable(),
})

export function registerVerifyRoutes(server: FastifyInstance, web: Web): void {
  const config = {
    access: 'public' as const,
    token: 'not-asked' as const,
    level: 'passkey' as const,
    scope: { token: 'open' } as const,
    cost: 'guessing' as const,
  }
  const checking = { ...config, takesFile: true as const, cost: 'heavy' as const }

  const paperOf = (token: string) => publicPaper(web.database.read, token, todayIn(web.clock.now()))

  const show = (
    request: FastifyRequest,
    token: string | undefined,
    found?: PublicPaper | null,
    checked?: CheckedFile,
  ) =>
    web.showPage(request, {
      title: VERIFY_TEXTS[request.language].title,
      width: checked ? 'wide' : 'narrow',
      children: VerifyPage({
        texts: VERIFY_TEXTS[request.language],
        language: request.language,
        action: token ? `/verify/${token}` : '/verify',
        csrf: request.session?.csrf ?? '',
        ...(found === undefined ? {} : { paper: found }),
        ...(checked ? { checked } : {}),
      }),
    })

  const check = async (request: FastifyRequest, token?: string): Promise<CheckedFile> => {
    const { bytes } = await readUpload(request)
    const { signers } = web
    const roots = { trust: await signers.trustRoots(), timestamps: await signers.timestampRoots?.() }
    return checkFile(web, bytes, roots, web.clock.now(), token)
  }

  server.get('/verify', { config }, async (request, reply) => html(reply, await show(request, undefined)))
  server.post('/verify', { config: checking }, async (request, reply) =>
    html(reply, await show(request, undefined, undefined, await check(request))),
  )

  server.get('/verify/:token', { config }, async (request, reply) => {
    const token = TOKEN.safeParse(request.params).data?.token
    const paper = token ? await paperOf(token) : undefined
    return html(reply.code(paper ? 200 : 404), await show(request, paper && token, paper ?? null))
  })
  server.post('/verify/:token', { config: checking }, async (request, reply) => {
    const { token } = parse(TOKEN, request.params)
    const checked = await check(request, token)
    return html(reply, await show(request, token, (await paperOf(token)) ?? null, checked))
  })

  const ofToken = { summary: 'What a paper’s QR code says', response: PUBLIC_PAPER }
  server.get('/api/v1/verify/:token', { config: { ...config, api: ofToken } }, async (request) => {
    const token = TOKEN.safeParse(request.params).data?.token
    const paper = token ? await paperOf(token) : undefined
    if (!paper) throw new Refusal('not-found', 'paper.unknown')
    return paper
  })
  const ofFile = {
    summary: 'Check a PDF whole (multipart, field `file`); nothing of it is kept',
    response: CHECKED_FILE,
    bodyType: 'multipart/form-data',
  }
  server.post('/api/v1/verify', { config: { ...checking, api: ofFile } }, (request) => check(request))
}
