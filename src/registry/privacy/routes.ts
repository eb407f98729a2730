/** The notice about personal data and the choices over HTTP: the reader's own, in any hat. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { formFields } from '../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { consentsOf, decideConsent, keepNoticeRead, mailAddressOf, noticeRead, type Way } from './consents.ts'
import { CHOICE, CHOICES, CHOICES_QUERY, NOTICE, NOTICE_QUERY, NOTICE_READ } from './contract.ts'
import { ChoicesPage, NoticePage } from './pages.tsx'
import { PRIVACY_TEXTS } from './texts.ts'
import { changesSince, getVersion, PROCESSING_NOTICE, versionOn, versionsOf } from './texts-by-version.ts'

export function registerPrivacyRoutes(server: FastifyInstance, web: Web): void {
  registerNotice(server, web)
  registerChoices(server, web)
}

function registerNotice(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }
  const today = () => todayIn(web.clock.now())

  const find = async (request: FastifyRequest, version: number | undefined) => ({
    shown: version ? getVersion(PROCESSING_NOTICE, version) : versionOn(PROCESSING_NOTICE, today()),
    readVersion: await noticeRead(web.database.read, sessionOf(request).memberId),
  })
  const keep = async (request: FastifyRequest, body: unknown, way: 'page' | 'api') => {
    const { version } = parse(NOTICE_READ, body)
    getVersion(PROCESSING_NOTICE, version)
    const { memberId } = sessionOf(request)
    const at = web.clock.now()
    await web.database.transaction((write) => keepNoticeRead(write, memberId, { version, way, at }))
    return version
  }

  server.get('/my-record/notice', { config }, async (request, reply) => {
    const { version, read } = parse(NOTICE_QUERY, request.query)
    const { shown, readVersion } = await find(request, version)
    const { language } = request
    const texts = PRIVACY_TEXTS[language]
    const children = NoticePage({
      texts,
      language,
      csrf: sessionOf(request).csrf,
      shown,
      versions: versionsOf(PROCESSING_NOTICE),
      readVersion,
      changes: readVersion === 0 ? [] : changesSince(PROCESSING_NOTICE, readVersion, shown.version, language),
      read: read !== undefined,
    })
    const back = { href: '/my-record', text: texts.back }
    return html(reply, await web.showPage(request, { title: shown[language].title, back, children }))
  })

  server.post('/my-record/notice', { config }, async (request, reply) => {
    const version = await keep(request, formFields(request.body), 'page')
    return reply.redirect(`/my-record/notice?version=${version}&read=yes`, 303)
  })

  const api = { summary: 'The notice on the processing of personal data', response: NOTICE }
  server.get('/api/v1/my-record/notice', { config: { ...config, api } }, async (request) => {
    const { shown, readVersion } = await find(request, parse(NOTICE_QUERY, request.query).version)
    const versions = versionsOf(PROCESSING_NOTICE).map(({ version }) => version)
    return { ...shown, versions, readVersion }
  })

  const reading = { summary: 'Say that a version was read', body: NOTICE_READ, response: NOTICE_READ }
  server.post('/api/v1/my-record/notice', { config: { ...config, api: reading } }, async (request) => ({
    version: await keep(request, request.body ?? {}, 'api'),
  }))
}

function registerChoices(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }
  const { read } = web.database

  const load = async (request: FastifyRequest) => {
    const { memberId } = sessionOf(request)
    const [choices, address] = await Promise.all([consentsOf(read, memberId), mailAddressOf(read, memberId)])
    return { choices, address: address ?? null }
  }
  const decide = async (request: FastifyRequest, body: unknown, way: Way) => {
    const { id = randomUUID(), purpose, given, address } = parse(CHOICE, body)
    const { memberId } = sessionOf(request)
    const at = web.clock.now()
    const choice = { id, purpose, given: given === 'yes', address, way, at, today: todayIn(at) }
    await web.database.transaction((write) => decideConsent(write, memberId, choice))
    return purpose
  }
  const show = async (request: FastifyRequest, more: { saved: boolean; refused?: string }) => {
    const { language } = request
    const texts = PRIVACY_TEXTS[language]
    const { choices, address } = await load(request)
    const today = todayIn(web.clock.now())
    const children = ChoicesPage({
      texts,
      language,
      csrf: sessionOf(request).csrf,
      newId: randomUUID,
      choices: choices.map((each) => ({ ...each, text: versionOn(`consent-${each.purpose}`, today) })),
      address: address ?? undefined,
      ...more,
    })
    const back = { href: '/my-record', text: texts.back }
    return web.showPage(request, { title: texts.choicesTitle, back, children })
  }

  server.get('/my-record/choices', { config }, async (request, reply) =>
    html(reply, await show(request, { saved: parse(CHOICES_QUERY, request.query).saved !== undefined })),
  )

  const choosing = { ...config, scope: { id: 'new' } as const }
  server.post('/my-record/choices', { config: choosing }, async (request, reply) => {
    const entered = formFields(request.body)
    try {
      const purpose = await decide(request, entered, 'page')
      return reply.redirect(`/my-record/choices?saved=${purpose}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'mail.address-invalid') throw error
      const refused = typeof entered.address === 'string' ? entered.address : ''
      return html(reply.code(STATUS.invalid), await show(request, { saved: false, refused }))
    }
  })

  const api = { summary: 'One’s choices: what is voluntary, given or not', response: CHOICES }
  server.get('/api/v1/my-record/choices', { config: { ...config, api } }, (request) => load(request))

  const deciding = { summary: 'Give or withdraw consent for one purpose', body: CHOICE, response: CHOICES }
  server.post('/api/v1/my-record/choices', { config: { ...choosing, api: deciding } }, async (request) => {
    await decide(request, request.body ?? {}, 'api')
    return load(request)
  })
}
