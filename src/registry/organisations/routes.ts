/** The registry of organisations over HTTP: one's own and those below, each with its page; suggestions for lookup fields. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { todayIn } from '../../kernel/plain-date.ts'
import { parse, type ApiDescription } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { IMPORTING } from '../import/screens/view.ts'
import { MemberTable } from '../members/list-page.tsx'
import { listMembers } from '../members/listing.ts'
import { MEMBER_LIST } from '../members/contract.ts'
import { MEMBER_TEXTS } from '../members/texts.ts'
import { ANSWERING } from '../own-record/answering.ts'
import { mayReadMembers, readableOrganisation, readerOf, type Reader } from '../reader.ts'
import {
  LOOKUP,
  MEMBERS_OF,
  ORGANISATION,
  ORGANISATION_ADDRESS,
  ORGANISATION_PAGES,
  SUGGESTIONS,
} from './contract.ts'
import { OrganisationAside, OrganisationPage, type OrganisationPageProps } from './organisation-page.tsx'
import { ORGANISATION_TEXTS } from './texts.ts'
import { organisationView, suggestOrganisations, type OrganisationView } from './view.ts'

const FEWEST_LETTERS = 2

const SEARCH = {
  summary: 'Organisations of the whole Party by name or code, for lookup fields',
  query: LOOKUP,
  response: SUGGESTIONS,
}

function described(summary: string, schemas: Omit<ApiDescription, 'summary'>) {
  return { config: { access: 'officer' as const, api: { summary, ...schemas } } }
}

export function registerOrganisationRoutes(server: FastifyInstance, web: Web): void {
  const officer = { config: { access: 'officer' as const } }
  const { read } = web.database

  const show = async (request: FastifyRequest, reply: FastifyReply, reader: Reader, id: string) => {
    const { page, members } = parse(ORGANISATION_PAGES, request.query)
    const view = await organisationView(read, reader, id, page)
    const props: OrganisationPageProps = {
      texts: ORGANISATION_TEXTS[request.language],
      language: request.language,
      view,
      page,
      start: id === reader.organisationId,
      mayReadMembers: mayReadMembers(reader),
      mayImport: IMPORTING.includes(reader.position),
      mayAnswer: ANSWERING.includes(reader.position),
      ...(view.holdsMembers && mayReadMembers(reader)
        ? { members: await ownMembers(request, reader, view, members) }
        : {}),
    }
    const shown = await web.showPage(request, {
      title: view.name,
      breadcrumbs: view.above.map((one) => ({ href: `/registry/organisations/${one.id}`, text: one.name })),
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
    const listing = await listMembers(read, reader, view.id, { q: '', page })
    const hrefOf = (to: number) => `/registry/organisations/${view.id}?members=${to}`
    const texts = MEMBER_TEXTS[request.language]
    return listing.total === 0
      ? undefined
      : MemberTable({ texts, language: request.language, ...listing, hrefOf, oneCell: true })
  }

  server.get('/registry', officer, async (request, reply) => {
    const reader = readerOf(request, web)
    return show(request, reply, reader, reader.organisationId)
  })

  server.get('/registry/organisations/:id', officer, async (request, reply) => {
    const { id } = parse(ORGANISATION_ADDRESS, request.params)
    return show(request, reply, readerOf(request, web), id)
  })

  server.get(
    '/api/v1/organisations/:id',
    described('An organisation of one’s own, or below it', {
      query: ORGANISATION_PAGES,
      response: ORGANISATION,
    }),
    async (request) => {
      const { id } = parse(ORGANISATION_ADDRESS, request.params)
      const { page } = parse(ORGANISATION_PAGES, request.query)
      return organisationView(read, readerOf(request, web), id, page)
    },
  )

  server.get(
    '/api/v1/organisations/:id/members',
    described('Members of an organisation and below it', { query: MEMBERS_OF, response: MEMBER_LIST }),
    async (request) => {
      const { id } = parse(ORGANISATION_ADDRESS, request.params)
      const reader = readerOf(request, web)
      await readableOrganisation(read, reader, id)
      return listMembers(read, reader, id, parse(MEMBERS_OF, request.query))
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
