/** The house's own pages: what this is, what one likes (language, size of text), and what is shown without a network. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { setCookie } from '../../identity/cookies.ts'
import { safeReturn } from '../../identity/return-path.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import { currentSettings } from '../../kernel/settings.ts'
import { parse } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import type { Parts } from '../parts.ts'
import { scheduleOf } from '../privacy/retention.ts'
import { AboutPage } from './about-page.tsx'
import { ABOUT_TEXTS } from './about-texts.ts'
import { OFFLINE_TITLE, OfflinePage } from './offline-page.tsx'

const PREFERENCES = z.object({
  language: z.enum(['vi', 'en']).optional(),
  largerText: z.enum(['on', 'off']).optional(),
  returnTo: z.string().max(2000).optional(),
})

const YEAR_MINUTES = 365 * 24 * 60

export function registerPages(server: FastifyInstance, web: Web, parts: Parts): void {
  const config = { access: 'public' as const }

  // Without the form's token: larger text must also work on a page that was opened before signing in.
  server.post(
    '/preferences',
    { config: { ...config, token: 'not-asked', level: 'passkey' } },
    async (request, reply) => {
      const { language, largerText, returnTo } = parse(PREFERENCES, request.body)
      if (language) setCookie(reply, 'language', parts.publicUrl, language, YEAR_MINUTES)
      if (largerText) setCookie(reply, 'larger-text', parts.publicUrl, largerText, YEAR_MINUTES)
      return reply.redirect(backTo(returnTo), 303)
    },
  )

  server.get('/about', { config }, async (request, reply) => {
    const texts = ABOUT_TEXTS[request.language]
    const { installation, version } = parts.config
    return html(
      reply,
      await web.showPage(request, {
        title: texts.title,
        children: AboutPage({
          texts,
          installation: installation.name,
          version,
          kept: scheduleOf(await currentSettings(web.database, todayIn(web.clock.now())), request.language),
        }),
      }),
    )
  })

  // The service worker keeps this page: it must be nobody's, whoever was signed in when it was fetched.
  server.get('/offline', { config }, async (request, reply) => {
    request.session = undefined
    return html(reply, await web.showPage(request, { title: OFFLINE_TITLE, children: OfflinePage() }))
  })
}

/** A page of ours; from the sign-in page back to it, and on to where the person wanted to go. */
function backTo(returnTo: string | undefined): string {
  if (!/^\/sign-in(\?|$)/.test(returnTo ?? '')) return safeReturn(returnTo)
  const wanted = safeReturn(new URL(returnTo ?? '', 'http://return.invalid').searchParams.get('return'))
  return wanted === '/' ? '/sign-in' : `/sign-in?return=${encodeURIComponent(wanted)}`
}
