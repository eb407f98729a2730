/** The acts that wait for level 2, over HTTP: their owner's list, completing one or all, taking one back. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hatsOf, type WornHat } from '../../identity/hats.ts'
import { MEMBER_HAT, hasFreshSignIn } from '../../kernel/actor.ts'
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { contextOf, parse, sessionOf } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import { settledActs, waitingActs, withdrawAct, type ListedAct } from '../../web/queued-acts.ts'
import type { Web } from '../../web/web.ts'
import { featureOf } from '../features.ts'
import { completeActs, type CompletedAct } from './queued.ts'
import { QueuedPage, QueuedResultPage, type ShownAct } from './queued-page.tsx'
import { QUEUED_TEXTS } from './queued-texts.ts'

const COMPLETE = z.object({ act: z.union([z.literal('all'), z.uuid()]) })
const ADDRESS = z.object({ id: z.uuid() })
const NEXT = z.object({ next: z.enum(['edit', 'list']).catch('list') })

/** So many settled ones are still shown. */
const MOST_SETTLED = 30

export function registerQueued(server: FastifyInstance, web: Web): void {
  const { database } = web
  const config = { access: 'signed-in' as const }

  server.get('/queued', { config }, async (request, reply) => {
    const { language } = request
    const { csrf } = sessionOf(request)
    const context = await contextOf(request, web)
    const { memberId } = context.actor
    const [waiting, settled, away] = await Promise.all([
      waitingActs(database.read, memberId),
      settledActs(database.read, memberId, MOST_SETTLED),
      web.awaySince(),
    ])
    const show = await shownBy(web, request, context)
    const children = QueuedPage({
      language,
      csrf,
      waiting: waiting.map(show),
      done: settled.filter(({ standing }) => standing === 'done').map(show),
      refused: settled.filter(({ standing }) => standing === 'refused').map(show),
      ready: hasFreshSignIn(context.actor, context.at),
      away: away && formatInstant(away, language),
    })
    return html(reply, await web.showPage(request, { title: QUEUED_TEXTS[language].title, children }))
  })

  server.post(
    '/queued/complete',
    { config: { ...config, scope: { act: 'own' } } },
    async (request, reply) => {
      const { language } = request
      const { act } = parse(COMPLETE, request.body)
      const session = sessionOf(request)
      const context = await contextOf(request, web)
      const waiting = await waitingActs(database.read, session.memberId)
      const chosen = act === 'all' ? waiting : waiting.filter(({ id }) => id === act)
      // Sent twice: what was completed the first time is shown where it stands.
      if (chosen.length === 0) return reply.redirect('/queued', 303)
      const results = await completeActs(web, session, chosen, context)
      const show = await shownBy(web, request, context)
      const children = QueuedResultPage({
        language,
        results: results.map((result) => {
          const { title, about, href } = show(result.act)
          return {
            id: result.act.id,
            title: `${title}: ${about}`,
            ok: result.refusal === undefined,
            waits: result.waits,
            href,
            about: aboutResult(web, result, language),
          }
        }),
      })
      return html(reply, await web.showPage(request, { title: QUEUED_TEXTS[language].resultTitle, children }))
    },
  )

  // Taking back what has no effect yet is drafting.
  const taking = { ...config, level: 'passkey', scope: { id: 'own' } } as const
  server.post('/queued/:id/withdraw', { config: taking }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const { next } = parse(NEXT, request.body)
    const { memberId } = sessionOf(request)
    const act = await database.transaction((write) =>
      withdrawAct(write, { id, memberId, at: web.clock.now() }),
    )
    return reply.redirect(next === 'edit' ? formOf(act) : '/queued', 303)
  })
}

const dossierOf = ({ procedure, dossierId }: ListedAct): string =>
  `${featureOf(procedure)?.pages ?? ''}/${dossierId}`

const formOf = (act: ListedAct): string => `${dossierOf(act)}?do=${act.command}#do`

function aboutResult(web: Web, { act, status, refusal }: CompletedAct, language: Language): string {
  if (refusal) {
    const { what, mend } = web.wordsOf(refusal, language)
    return `${what} ${mend}`
  }
  const words = featureOf(act.procedure)?.words[language]
  return QUEUED_TEXTS[language].now(words?.statuses[status ?? ''] ?? status ?? '')
}

/** How this reader's acts are said. */
export async function shownBy(
  web: Web,
  request: FastifyRequest,
  { today }: Context,
): Promise<(act: ListedAct) => ShownAct> {
  const { language } = request
  const hats = await hatsOf(web.database.read, sessionOf(request).memberId, today)
  const names = new Map(hats.map((hat) => [hat.key, hatName(hat, language)]))
  return (act) => {
    const refusal = act.refusalCode
      ? web.wordsOf({ code: act.refusalCode, facts: act.refusalFacts ?? {} }, language)
      : undefined
    return {
      id: act.id,
      title: featureOf(act.procedure)?.actTitle?.(act.command, language) ?? act.command,
      about: [act.subject, act.number].filter(Boolean).join(' · '),
      href: dossierOf(act),
      hat: names.get(act.hat) ?? '…',
      written: formatInstant(act.writtenAt, language),
      ...(act.settledAt ? { settled: formatInstant(act.settledAt, language) } : {}),
      ...(refusal ? { why: `${refusal.what} ${refusal.mend}` } : {}),
    }
  }
}

function hatName(hat: WornHat, language: Language): string {
  const office =
    hat.position === MEMBER_HAT
      ? QUEUED_TEXTS[language].member
      : ((language === 'en' ? hat.positionNameEn : hat.positionName) ?? hat.position)
  return `${office}, ${hat.organisationName}`
}
