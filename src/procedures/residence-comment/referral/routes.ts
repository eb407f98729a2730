/** Referrals to the residence over HTTP: the list of a workplace or a commune, referring a member, and each one's page. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { SIGNING } from './law/rules.ts'
import { hasFreshSignIn, MEMBER_HAT } from '../../../kernel/actor.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { findMember } from '../../../registry/members/store.ts'
import { findOrganisation } from '../../../registry/organisations/store.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { html, procedureRoutes, type Refused } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { requirePreparer } from '../asking/routes.ts'
import { REFERRAL_COMMANDS, REFERRAL_VIEW } from '../contract.ts'
import { referralPage } from '../dossier-page.tsx'
import { preparers } from '../law/place.ts'
import { REFERRAL_PAGES, RESIDENCE_REFERRAL } from '../names.ts'
import { workplaceOf } from '../places.ts'
import { communesNear, shownPage } from '../showing.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import { dossiersAbout } from '../listing.ts'
import { ownPage } from '../list-page.tsx'
import { REFERRAL_LISTS, referPage, referralsPage, type ReferralList } from './list-page.tsx'
import { referralsHere, unreferredHere } from './listing.ts'
import { requireReader } from '../readers.ts'
import { refusedForm } from '../refused.ts'
import { signedReferral } from './procedure.ts'
import { viewReferral } from './view.ts'

const ROWS_A_PAGE = 50
const LISTED = z.object({
  list: z.enum(REFERRAL_LISTS).optional().catch(undefined),
  q: z.string().max(100).catch('').default(''),
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
})
const NEW = z.object({
  member: z.uuid(),
  q: z.string().max(200).optional().catch(undefined),
})

export function registerReferralRoutes(server: FastifyInstance, web: Web): void {
  server.get(REFERRAL_PAGES, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { hat, memberId } = sessionOf(request)
    requireCovered(hat, RESIDENCE_REFERRAL)
    const { language } = request
    const words = RESIDENCE_TEXTS[language]
    const back = { href: '/residence-comments', text: words.list.title }
    const { read } = web.database
    if (hat.position === MEMBER_HAT) {
      const dossiers = await dossiersAbout(read, hat.onBehalfOf?.memberId ?? memberId)
      return html(
        reply,
        await web.showPage(request, { title: words.title, back, children: ownPage({ language, dossiers }) }),
      )
    }
    requireReader(hat)
    const context = await contextOf(request, web)
    const { list = 'here', q, page } = parse(LISTED, request.query)
    const query = q.trim()
    const part = (of: ReferralList) => ({
      query,
      most: of === list ? ROWS_A_PAGE : 0,
      offset: of === list ? (page - 1) * ROWS_A_PAGE : 0,
    })
    const here = await referralsHere(read, hat.organisationId, part('here'))
    const missing = await unreferredHere(read, hat.organisationId, context.today, part('missing'))
    const shown = [...here.rows, ...missing.rows].map((row) => row.memberId)
    await keepShown(web, request, shown)
    const own = await findOrganisation(read, hat.organisationId, context.today)
    const { total } = list === 'here' ? here : missing
    const pages = Math.max(1, Math.ceil(total / ROWS_A_PAGE))
    const refers = own?.tier === 'grassroots'
    const children = referralsPage({ language, list, query, page, pages, here, missing, refers })
    return html(
      reply,
      await web.showPage(request, { title: words.referral.title, back, width: 'wide', children }),
    )
  })

  const config = { access: 'officer', scope: { member: 'workplace-member' } } as const
  server.get(`${REFERRAL_PAGES}/new`, { config }, async (request, reply) => {
    const { member, q } = parse(NEW, request.query)
    return html(reply, await showNew(web, request, randomUUID(), member, q ?? ''))
  })

  procedureRoutes(server, web, {
    pages: REFERRAL_PAGES,
    api: '/api/v1/residence-referrals',
    procedure: signedReferral(web),
    commands: REFERRAL_COMMANDS,
    signing: SIGNING,
    scope: { id: 'residence-referral', cellId: 'open', communeId: 'open', memberId: 'workplace-member' },
    answer: REFERRAL_VIEW,
    view: (request, id, context) => viewFor(web, request, id, context),
    page: (request, id, context, refused) => show(web, request, id, context, refused),
    next: (_request, id, command) => `${REFERRAL_PAGES}/${id}?done=${command}`,
  })
}

function viewFor(web: Web, request: FastifyRequest, id: string, context: Context) {
  requireCovered(sessionOf(request).hat, RESIDENCE_REFERRAL)
  return viewReferral(web.database, id, context)
}

async function show(web: Web, request: FastifyRequest, id: string, context: Context, refused?: Refused) {
  // What was refused began nothing: the form is shown again with what was written.
  if (refused?.command === 'refer' || refused?.command === 'mark-unreferred') {
    const { data: member } = z.uuid().safeParse(refused.entered.memberId)
    if (member) return showNew(web, request, id, member, writtenIn(request.body).q ?? '', refused)
  }
  const view = await viewFor(web, request, id, context)
  const page = await shownPage(web, request, view, REFERRAL_PAGES, context, refused)
  return web.showPage(request, referralPage(view, page))
}

/** A member of the own organisation; another is as unknown as none. */
async function showNew(
  web: Web,
  request: FastifyRequest,
  id: string,
  memberId: string,
  q: string,
  refused?: Refused,
): Promise<string> {
  const { hat, csrf } = sessionOf(request)
  requireCovered(hat, RESIDENCE_REFERRAL)
  const context = await contextOf(request, web)
  requirePreparer(request)
  const { read } = web.database
  const member = await findMember(read, memberId)
  const workplace = member && (await workplaceOf(read, memberId, context.today))
  if (
    !member ||
    !workplace ||
    workplace.id !== hat.organisationId ||
    !preparers(workplace).includes(hat.position)
  )
    throw new Refusal('not-found', 'member.unknown')
  await keepShown(web, request, [memberId])
  const { language } = request
  const words = RESIDENCE_TEXTS[language]
  return web.showPage(request, {
    title: words.commands.refer,
    back: { href: REFERRAL_PAGES, text: words.referral.title },
    children: referPage({
      language,
      csrf,
      id,
      commandIds: [randomUUID(), randomUUID()],
      member: { id: memberId, name: member.fullName },
      q: q === '' ? (member.residenceCommune ?? '') : q,
      communes: await communesNear(read, q === '' ? (member.residenceCommune ?? '') : q, context),
      entered: refused ? { ...refused.entered, ...writtenIn(request.body) } : {},
      asked: refused?.command,
      confirmHref: hasFreshSignIn(context.actor, context.at)
        ? undefined
        : `/sign-in/start?return=${encodeURIComponent(`${REFERRAL_PAGES}/new?member=${memberId}&q=${encodeURIComponent(q)}`)}`,
      refused:
        refused && refusedForm(web, refused.refusal, language, (field) => `${refused.command}-${field}`),
    }),
  })
}
