/** The registry of organisations over HTTP: one's own and those below, each with its page; suggestions for lookup fields. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { todayIn } from '../../kernel/plain-date.ts'
import { parse, sessionOf, type ApiDescription } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Scopes } from '../../web/scope.ts'
import type { Web } from '../../web/web.ts'
import { looksBack, onDay } from '../day.ts'
import { IMPORTING } from '../import/screens/view.ts'
import { NotThereYet, titleOn } from '../looking-back.tsx'
import { MemberTable } from '../members/list-page.tsx'
import { listMembers } from '../members/listing.ts'
import { MEMBER_LIST } from '../members/contract.ts'
import { withoutNumber } from '../members/searched.ts'
import { MEMBER_TEXTS } from '../members/texts.ts'
import { ANSWERING } from '../own-record/rules.ts'
import { ANSWERS_QUESTIONS } from '../readings/questions.ts'
import { PLANNERS } from '../reorganisation/law/rules.ts'
import {
  headsOf,
  isReadableToday,
  mayReadMembers,
  readableOrganisation,
  readerOn,
  requireMemberReader,
  treeOf,
  type Reader,
} from '../reader.ts'
import { changesAsked } from './between.ts'
import {
  LOOKUP,
  MEMBERS_OF,
  ORGANISATION,
  ORGANISATION_ADDRESS,
  ORGANISATION_PAGES,
  SUGGESTIONS,
} from './contract.ts'
import { OrganisationAside, OrganisationPage, type OrganisationPageProps } from './organisation-page.tsx'
import { findOrganisation, findOrganisations, getOrganisation } from './store.ts'
import { ORGANISATION_TEXTS } from './texts.ts'
import { organisationView, suggestOrganisations, type OrganisationView } from './view.ts'

const FEWEST_LETTERS = 2

const isBelow = (path: string, other: string) => path !== other && path.startsWith(other)

const SEARCH = {
  summary: 'Organisations of the whole Party by name or code, for lookup fields',
  query: LOOKUP,
  response: SUGGESTIONS,
}

const ONE = { id: 'registry-organisation' } as const

const MEMBERS = { id: 'members-of' } as const

function described(summary: string, schemas: Omit<ApiDescription, 'summary'>, scope: Scopes = ONE) {
  return { config: { access: 'officer' as const, scope, api: { summary, ...schemas } } }
}

export function registerOrganisationRoutes(server: FastifyInstance, web: Web): void {
  const officer = { config: { access: 'officer' as const } }
  const { read } = web.database

  const show = async (request: FastifyRequest, reply: FastifyReply, reader: Reader, id: string) => {
    const { page, members } = parse(ORGANISATION_PAGES, request.query)
    const changesFrom = await changesAsked(read, request.query, reader)
    const view = await organisationView(read, reader, id, { page, changesFrom })
    const now = !looksBack(reader)
    const props: OrganisationPageProps = {
      texts: ORGANISATION_TEXTS[request.language],
      language: request.language,
      view,
      at: reader,
      todayHref:
        now || (await isReadableToday(read, reader, id)) ? `/registry/organisations/${id}` : '/registry',
      page,
      start: id === (await treeOf(read, reader)),
      csrf: sessionOf(request).csrf,
      mayReadMembers: mayReadMembers(reader),
      mayImport: now && IMPORTING.includes(reader.position),
      mayAnswer: now && ANSWERING.includes(reader.position),
      mayReorganise: now && PLANNERS.includes(reader.position) && view.tier !== 'cell',
      mayAnswerQuestions: now && ANSWERS_QUESTIONS.includes(reader.position),
      ...(view.holdsMembers && mayReadMembers(reader)
        ? { members: await ownMembers(request, reader, view, members) }
        : {}),
    }
    const shown = await web.showPage(request, {
      title: titleOn(view.name, reader, request.language),
      breadcrumbs: view.above.map(({ id: above, name }) => ({
        href: onDay(`/registry/organisations/${above}`, reader),
        text: name,
      })),
      aside: OrganisationAside(props),
      children: OrganisationPage(props),
    })
    return html(reply, shown)
  }

  const ownMembers = async (
    request: FastifyRequest,
    reader: Reader,
    view: OrganisationView,
    page: number,
  ) => {
    const organisation = await getOrganisation(read, view.id, reader.day)
    const listing = await listMembers(web.database, reader, organisation, { q: '', page })
    const hrefOf = (to: number) => onDay(`/registry/organisations/${view.id}?members=${to}`, reader)
    const texts = MEMBER_TEXTS[request.language]
    return listing.total === 0
      ? undefined
      : MemberTable({ texts, language: request.language, ...listing, hrefOf, at: reader, oneCell: true })
  }

  const showNotThere = async (request: FastifyRequest, reader: Reader) => {
    const heads = await headsOf(read, reader)
    const { title } = ORGANISATION_TEXTS[request.language]
    const before = await findOrganisations(read, heads, reader.day)
    const children = NotThereYet({
      language: request.language,
      at: reader,
      action: '/registry',
      todayHref: '/registry',
      title,
      before: before.filter(({ path }) => !before.some((other) => isBelow(path, other.path))),
    })
    return web.showPage(request, { title: titleOn(title, reader, request.language), children })
  }

  server.get('/registry', officer, async (request, reply) => {
    const reader = await readerOn(request, web)
    const tree = await treeOf(read, reader)
    const own = await findOrganisation(read, tree, reader.day)
    if (!own && looksBack(reader)) return html(reply, await showNotThere(request, reader))
    return show(request, reply, reader, tree)
  })

  server.get(
    '/registry/organisations/:id',
    { config: { ...officer.config, scope: ONE } },
    async (request, reply) => {
      const { id } = parse(ORGANISATION_ADDRESS, request.params)
      return show(request, reply, await readerOn(request, web), id)
    },
  )

  server.get(
    '/api/v1/organisations/:id',
    described('An organisation of one’s own, or below it', {
      query: ORGANISATION_PAGES,
      response: ORGANISATION,
    }),
    async (request) => {
      const { id } = parse(ORGANISATION_ADDRESS, request.params)
      const { page } = parse(ORGANISATION_PAGES, request.query)
      const reader = await readerOn(request, web)
      const changesFrom = await changesAsked(read, request.query, reader)
      return organisationView(read, reader, id, { page, changesFrom })
    },
  )

  server.get(
    '/api/v1/organisations/:id/members',
    described(
      'Members of an organisation and below it',
      { query: MEMBERS_OF, response: MEMBER_LIST },
      MEMBERS,
    ),
    async (request) => {
      const { id } = parse(ORGANISATION_ADDRESS, request.params)
      const reader = await readerOn(request, web)
      requireMemberReader(reader)
      const organisation = await readableOrganisation(read, reader, id)
      const { q, page } = parse(MEMBERS_OF, request.query)
      return listMembers(web.database, reader, organisation, { q: withoutNumber(q), page })
    },
  )

  server.get(
    '/api/v1/organisations/search',
    { config: { access: 'signed-in', api: SEARCH } },
    async (request) => {
      const { q, holding } = parse(LOOKUP, request.query)
      if (q.length < FEWEST_LETTERS) return []
      const holdingMembers = ['1', 'yes', 'true'].includes(holding)
      return suggestOrganisations(read, q, todayIn(web.clock.now()), holdingMembers)
    },
  )
}
