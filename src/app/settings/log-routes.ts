/** The log's page (nhật ký): for administrators and inspection chairs, who take checkpoints and give them away. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findCheckpoint, lastCheckpoints, standingOf, takeCheckpoint } from '../../audit/checkpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { INSPECTION_CHAIR, SYSTEM_ADMINISTRATOR } from '../../registry/offices/positions.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf } from '../../web/http.ts'
import { html, newCommandId } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { LogPage } from './log-page.tsx'
import { LOG_TEXTS } from './log-texts.ts'
import { SETTINGS_TEXTS } from './texts.ts'

const KEEPERS: readonly string[] = [SYSTEM_ADMINISTRATOR, INSPECTION_CHAIR]

/** Who sees how the log stands: whoever runs the system, and whoever inspects it; neither by delegation. */
export function mayKeepLog(request: FastifyRequest): boolean {
  const { position, onBehalfOf } = sessionOf(request).hat
  return KEEPERS.includes(position) && !onBehalfOf
}

function requireKeeper(request: FastifyRequest): void {
  if (!mayKeepLog(request)) throw new Refusal('forbidden', 'log.keepers-only')
}

const SHOWN = z.object({ taken: z.string().optional() })
const TAKEN = z.object({ commandId: z.uuid() })
const ADDRESS = z.object({ id: z.uuid() })

export function registerLog(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  server.get('/settings/log', { config }, async (request, reply) => {
    requireKeeper(request)
    const { read } = web.database
    const texts = LOG_TEXTS[request.language]
    const children = LogPage({
      texts,
      language: request.language,
      csrf: sessionOf(request).csrf,
      commandId: newCommandId(),
      standing: await standingOf(read),
      given: await lastCheckpoints(read),
      taken: parse(SHOWN, request.query).taken !== undefined,
    })
    const back = { href: '/settings', text: SETTINGS_TEXTS[request.language].title }
    return html(reply, await web.showPage(request, { title: texts.title, width: 'wide', back, children }))
  })

  server.post('/settings/log/checkpoints', { config }, async (request, reply) => {
    requireKeeper(request)
    const { commandId } = parse(TAKEN, formFields(request.body))
    const key = await web.signers.forSystem()
    const takenBy = sessionOf(request).memberId
    await takeCheckpoint(web.database, { id: commandId, key, at: web.clock.now(), takenBy })
    return reply.redirect('/settings/log?taken=yes', 303)
  })

  const one = { ...config, scope: { id: 'open' } as const }
  server.get('/settings/log/checkpoints/:id', { config: one }, async (request, reply) => {
    requireKeeper(request)
    const { id } = parse(ADDRESS, request.params)
    const checkpoint = await findCheckpoint(web.database.read, id)
    if (!checkpoint) throw new Refusal('not-found', 'log.checkpoint-unknown')
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="checkpoint-${checkpoint.block}.json"`)
      .send(`${JSON.stringify(checkpoint, undefined, 2)}\n`)
  })
}
