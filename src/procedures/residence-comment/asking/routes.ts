/** Asking for many over HTTP: the list to choose from, the action, and its results; the same for programs. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { h } from 'preact'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { hasFreshSignIn } from '../../../kernel/actor.ts'
import { sql } from '../../../kernel/db.ts'
import { formatDate, yearOf } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { findOrganisation, type Organisation } from '../../../registry/organisations/store.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { GoOn } from '../../../ui/go-on.tsx'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { openTold, sealTold } from '../../../web/pieces.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { ASK_MANY, ASKED_MANY, MOST_ASKED, PURPOSES } from '../contract.ts'
import { preparers, PREPARERS, provinceIn, SIGNERS } from '../law/place.ts'
import { roundYear, seasonOf } from '../law/season.ts'
import { COMMENT_PAGES, RESIDENCE_COMMENT } from '../names.ts'
import { chainOf, placeOf } from '../places.ts'
import { refusedForm } from '../refused.ts'
import { seasonOfProvince } from '../store.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import { askForMany } from './ask.ts'
import { askPage, resultsPage } from './page.tsx'
import { membersToAsk, MOST_ON_PAGE } from './to-ask.ts'

const PURPOSE = z.object({
  purpose: z.enum(PURPOSES).optional().catch(undefined),
  /** everybody on one page */
  all: z.literal('yes').optional().catch(undefined),
})

export function registerAsking(server: FastifyInstance, web: Web): void {
  const show = async (request: FastifyRequest, refused?: Refusal) => {
    const context = await contextOf(request, web)
    const workplace = await askingWorkplace(web, request, context)
    const { language } = request
    const signs = SIGNERS.includes(sessionOf(request).hat.position)
    const entered = refused ? ((request.body ?? {}) as Readonly<Record<string, unknown>>) : {}
    const { purpose = 'yearly', all } = parse(PURPOSE, refused ? entered : request.query)
    const year = purpose === 'yearly' ? roundYear(context.today, context.settings) : yearOf(context.today)
    const asked = { year, purpose, most: all ? MOST_ASKED : MOST_ON_PAGE }
    const { rows, counts } = await membersToAsk(web.database.read, workplace.id, asked, context.today)
    await keepShown(
      web,
      request,
      rows.map(({ memberId }) => memberId),
    )
    const province = provinceIn(await chainOf(web.database.read, workplace.id, context.today))
    const set = province && (await seasonOfProvince(web.database.read, province.id, context.today))
    const { askUntil, returnBy } = seasonOf(year, set, context.settings)
    const words = RESIDENCE_TEXTS[language]
    const children = askPage({
      language,
      csrf: sessionOf(request).csrf,
      commandId: randomUUID(),
      workplace: workplace.name,
      year,
      thisYear: yearOf(context.today),
      purpose,
      rows,
      counts,
      until: words.ask.until
        .replace('{until}', formatDate(askUntil, language))
        .replace('{by}', formatDate(returnBy, language)),
      refused: refused && refusedForm(web, refused, language),
      entered,
      signs,
      freshHref:
        signs && !hasFreshSignIn(context.actor, context.at)
          ? `/sign-in/start?return=${encodeURIComponent(`${COMMENT_PAGES}/ask${purpose === 'yearly' ? '' : `?purpose=${purpose}`}`)}`
          : undefined,
    })
    const back = { href: COMMENT_PAGES, text: words.list.title }
    return web.showPage(request, { title: words.ask.title, back, width: 'wide', children })
  }

  server.get(`${COMMENT_PAGES}/ask`, { config: { access: 'officer' } }, async (request, reply) =>
    html(reply, await show(request)),
  )

  const config = { access: 'officer', cost: 'signing', scope: { chosen: 'workplace-member' } } as const
  server.post(`${COMMENT_PAGES}/ask`, { config }, async (request, reply) => {
    const { language } = request
    let fields: z.infer<typeof ASK_MANY>
    let done: Awaited<ReturnType<typeof ask>>
    try {
      const typed = formFields(request.body)
      if (typed.purpose === 'when-needed' && typed.reason === undefined)
        throw new Refusal('invalid', 'residence-comment.reason-missing', {
          fields: [{ field: 'reason', code: 'missing' }],
        })
      fields = parse(ASK_MANY, typed)
      done = await ask(web, request, fields)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
      return html(reply.code(STATUS[error.kind]), await show(request, error))
    }
    const { results, rest } = done
    const names = await namesOf(
      web,
      results.filter(({ dossierId }) => dossierId).map(({ memberId }) => memberId),
    )
    const words = RESIDENCE_TEXTS[language]
    const told = [
      ...openTold(sessionOf(request), fields.told),
      ...results.map(({ memberId, dossierId, status, signed, refusal }) => {
        const said = refusal && web.wordsOf(refusal, language)
        return {
          id: memberId,
          title: names.get(memberId) ?? words.fields.member,
          ok: refusal === undefined,
          about: said
            ? `${said.title}. ${said.what} ${said.mend}`
            : [words.statuses[status!], signed ? words.ask.signed : ''].filter(Boolean).join('. '),
          ...(dossierId ? { href: `${COMMENT_PAGES}/${dossierId}` } : {}),
        }
      }),
    ]
    const { commandId, year, purpose, reason } = fields
    const { csrf } = sessionOf(request)
    const hidden = {
      year: String(year),
      purpose,
      ...(reason ? { reason } : {}),
      told: sealTold(sessionOf(request), told),
    }
    const children =
      rest.length === 0
        ? resultsPage({ language, results: told })
        : h(GoOn, {
            action: `${COMMENT_PAGES}/ask`,
            csrf,
            commandId,
            done: told.length,
            total: told.length + rest.length,
            rest,
            hidden,
          })
    return html(reply, await web.showPage(request, { title: words.ask.results, children }))
  })

  const api = {
    summary: 'Ask for the residence comments of many members',
    body: ASK_MANY,
    response: ASKED_MANY,
  }
  server.post('/api/v1/residence-comments/ask', { config: { ...config, api } }, async (request) => {
    const { results, rest } = await ask(web, request, parse(ASK_MANY, request.body))
    return {
      rest: [...rest],
      asked: results.filter(({ refusal }) => !refusal).length,
      results: results.map(({ memberId, dossierId, status, signed, refusal }) => ({
        memberId,
        dossierId: dossierId ?? null,
        status: status ?? null,
        signed: signed ?? false,
        refusal: refusal
          ? { code: refusal.code, citation: refusal.citation ?? null, facts: refusal.facts }
          : null,
      })),
    }
  })
}

async function ask(web: Web, request: FastifyRequest, asked: z.infer<typeof ASK_MANY>) {
  const context = await contextOf(request, web)
  requirePreparer(request)
  return askForMany(web, asked, context)
}

/**
 * Whether the hat prepares anywhere. In which organisation a member may be asked about is the rules' to say: one of another
 * is as unknown as none.
 *
 * @throws Refusal forbidden `residence-comment.workplace-only`
 */
export function requirePreparer(request: FastifyRequest): void {
  const { hat } = sessionOf(request)
  requireCovered(hat, RESIDENCE_COMMENT)
  if (!PREPARERS.includes(hat.position))
    throw new Refusal('forbidden', 'residence-comment.workplace-only', { citation: '213-QĐ/TW' })
}

/**
 * The grassroots organisation of the hat.
 *
 * @throws Refusal forbidden `residence-comment.workplace-only`
 */
async function askingWorkplace(web: Web, request: FastifyRequest, { today }: Context): Promise<Organisation> {
  const { hat } = sessionOf(request)
  requireCovered(hat, RESIDENCE_COMMENT)
  const own = await findOrganisation(web.database.read, hat.organisationId, today)
  if (own?.tier !== 'grassroots' || !preparers(placeOf(own)).includes(hat.position))
    throw new Refusal('forbidden', 'residence-comment.workplace-only', { citation: '213-QĐ/TW' })
  return own
}

async function namesOf(web: Web, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await web.database.read.rows<{ id: string; name: string }>(
    sql`select id, full_name as name from member where id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
