/** Asking for many over HTTP: the list to choose from, the action, and its results; the same for programs. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { h } from 'preact'
import type { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { sql } from '../../../kernel/db.ts'
import { yearOf } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { findOrganisation, type Organisation } from '../../../registry/organisations/store.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { GoOn } from '../../../ui/go-on.tsx'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { openTold, sealTold } from '../../../web/pieces.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { ASK_MANY, ASKED_MANY, MOST_ASKED } from '../contract.ts'
import { preparers, PREPARERS } from '../law/place.ts'
import { COMMENT_PAGES, RESIDENCE_COMMENT } from '../names.ts'
import { placeOf } from '../places.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import { askForMany } from './ask.ts'
import { askPage, resultsPage } from './page.tsx'
import { membersToAsk, type ToAsk } from './to-ask.ts'

export function registerAsking(server: FastifyInstance, web: Web): void {
  server.get(`${COMMENT_PAGES}/ask`, { config: { access: 'officer' } }, async (request, reply) => {
    const context = await contextOf(request, web)
    const workplace = await askingWorkplace(web, request, context)
    const { language } = request
    const year = yearOf(context.today)
    const purpose = 'yearly' as const
    const asked = { year, purpose, most: MOST_ASKED }
    const { rows, total } = await membersToAsk(web.database.read, workplace.id, asked, context.today)
    await keepShown(
      web,
      request,
      rows.map(({ memberId }) => memberId),
    )
    const children = askPage({
      language,
      csrf: sessionOf(request).csrf,
      commandId: randomUUID(),
      workplace: workplace.name,
      year,
      purpose,
      rows,
      total,
      refusedFor: (row) => whyNot(web, row, language),
    })
    const title = RESIDENCE_TEXTS[language].ask.title
    const back = { href: COMMENT_PAGES, text: RESIDENCE_TEXTS[language].list.title }
    return html(reply, await web.showPage(request, { title, back, width: 'wide', children }))
  })

  const config = { access: 'officer', scope: { chosen: 'workplace-member' } } as const
  server.post(`${COMMENT_PAGES}/ask`, { config }, async (request, reply) => {
    const { language } = request
    const fields = parse(ASK_MANY, formFields(request.body))
    const { results, rest } = await ask(web, request, fields)
    const names = await namesOf(
      web,
      results.filter(({ dossierId }) => dossierId).map(({ memberId }) => memberId),
    )
    const words = RESIDENCE_TEXTS[language]
    const told = [
      ...openTold(sessionOf(request), fields.told),
      ...results.map(({ memberId, dossierId, status, refusal }) => {
        const said = refusal && web.wordsOf(refusal, language)
        return {
          id: memberId,
          title: names.get(memberId) ?? words.fields.member,
          ok: refusal === undefined,
          about: said ? `${said.title}. ${said.mend}` : words.statuses[status!],
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
      results: results.map(({ memberId, dossierId, status, refusal }) => ({
        memberId,
        dossierId: dossierId ?? null,
        status: status ?? null,
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

/** What can be told before asking; the rest the rules say when asked. */
function whyNot(web: Web, row: ToAsk, language: FastifyRequest['language']): string | undefined {
  const code = row.unreferred
    ? 'residence-comment.not-referred'
    : row.residence === null
      ? 'residence-comment.no-referral'
      : row.exempt
        ? 'residence-comment.exempt'
        : undefined
  return code && web.wordsOf({ code, facts: {} }, language).title
}

async function namesOf(web: Web, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await web.database.read.rows<{ id: string; name: string }>(
    sql`select id, full_name as name from member where id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
