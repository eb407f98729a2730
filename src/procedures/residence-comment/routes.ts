/** The residence comment over HTTP: its commands through both doors, its page for every reader, and its beginning by the member. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import { yearOf } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { contextOf, parse, sessionOf } from '../../web/http.ts'
import { html, procedureRoutes, type Refused } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { beginPage } from './begin-page.tsx'
import { COMMANDS, COMMENT_VIEW, type CommentView } from './contract.ts'
import { SIGNING } from './law/rules.ts'
import { commentPage } from './dossier-page.tsx'
import { roundYear } from './law/season.ts'
import { COMMENT_PAGES, RESIDENCE_COMMENT } from './names.ts'
import { signedComment } from './procedure.ts'
import { SIGNERS } from './law/place.ts'
import { refusedForm } from './refused.ts'
import { confirmHref, shownPage } from './showing.ts'
import { RESIDENCE_TEXTS } from './texts.ts'
import { viewComment } from './view.ts'

const BEGINNING = z.object({
  corrects: z.uuid().optional().catch(undefined),
  member: z.uuid().optional().catch(undefined),
})

export function registerCommentRoutes(server: FastifyInstance, web: Web): void {
  const beginning = { access: 'signed-in', scope: { corrects: 'word', member: 'word' } } as const
  server.get(`${COMMENT_PAGES}/begin`, { config: beginning }, async (request, reply) => {
    const { corrects, member } = parse(BEGINNING, request.query)
    const entered = { ...(corrects ? { corrects } : {}), ...(member ? { memberId: member } : {}) }
    return html(reply, await showBeginning(web, request, randomUUID(), entered))
  })

  procedureRoutes(server, web, {
    pages: COMMENT_PAGES,
    api: '/api/v1/residence-comments',
    procedure: signedComment(web),
    commands: COMMANDS,
    signing: SIGNING,
    scope: { id: 'residence-comment', cellId: 'open', memberId: 'workplace-member', corrects: 'part' },
    answer: COMMENT_VIEW,
    view: (request, dossierId, context) => viewFor(web, request, dossierId, context),
    page: (request, dossierId, context, refused) => show(web, request, dossierId, context, refused),
    next: (_request, dossierId, command) => `${COMMENT_PAGES}/${dossierId}?done=${command}`,
  })
}

/** A delegate sees what the delegation names, nothing else of the member's. */
function viewFor(web: Web, request: FastifyRequest, id: string, context: Context): Promise<CommentView> {
  requireCovered(sessionOf(request).hat, RESIDENCE_COMMENT)
  return viewComment(web.database, id, context)
}

async function show(
  web: Web,
  request: FastifyRequest,
  id: string,
  context: Context,
  refused?: Refused,
): Promise<string> {
  requireCovered(sessionOf(request).hat, RESIDENCE_COMMENT)
  // A request that was refused began nothing: its form is shown again with what was written.
  if (refused?.command === 'request') return showBeginning(web, request, id, refused.entered, refused)
  const view = await viewFor(web, request, id, context)
  const page = await shownPage(web, request, view, COMMENT_PAGES, context, refused)
  const isWorkplace = sessionOf(request).hat.organisationId === view.workplace.id && !view.member.mine
  const correctHref =
    view.status === 'filed' && isWorkplace
      ? `${COMMENT_PAGES}/begin?corrects=${id}&member=${view.member.id}`
      : undefined
  return web.showPage(request, commentPage(view, { ...page, correctHref }))
}

async function showBeginning(
  web: Web,
  request: FastifyRequest,
  id: string,
  entered: Readonly<Record<string, unknown>>,
  refused?: Refused,
): Promise<string> {
  const { language } = request
  const { today, settings } = await contextOf(request, web)
  return web.showPage(request, {
    title: RESIDENCE_TEXTS[language].begin.title,
    back: { href: '/', text: RESIDENCE_TEXTS[language].back },
    children: beginPage({
      language,
      csrf: sessionOf(request).csrf,
      action: `${COMMENT_PAGES}/${id}/request`,
      commandId: randomUUID(),
      year: yearOf(today),
      round: roundYear(today, settings),
      entered,
      signs: entered.memberId !== undefined && SIGNERS.includes(sessionOf(request).hat.position),
      refused: refused && refusedForm(web, refused.refusal, language),
      confirmHref: refused && confirmHref(refused.refusal, `${COMMENT_PAGES}/begin?${begunWith(entered)}`),
    }),
  })
}

/** What the form was opened with, to come back to it. */
function begunWith({ corrects, memberId }: Readonly<Record<string, unknown>>): string {
  const known = new URLSearchParams()
  if (typeof corrects === 'string') known.set('corrects', corrects)
  if (typeof memberId === 'string') known.set('member', memberId)
  return known.toString()
}
