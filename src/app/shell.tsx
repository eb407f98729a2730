/** The shell of every page: whose site, who reads in which hat, what waits, where to get help. */
import type { FastifyRequest } from 'fastify'
import type { Hat } from '../ui/header.tsx'
import { Layout, type LayoutProps } from '../ui/layout.tsx'
import type { NavigationItem } from '../ui/navigation.tsx'
import { renderPage } from '../ui/render.ts'
import { hatsOf, type WornHat } from '../identity/hats.ts'
import { formatInstant, todayIn, type Language } from '../kernel/plain-date.ts'
import type { ActingSession } from '../identity/sessions.ts'
import { helperOf } from './help.ts'
import { unreadCount } from './notices/store.ts'
import type { Page } from '../web/web.ts'
import type { Parts } from './parts.ts'
import { SHELL_TEXTS } from './shell-texts.ts'

/** Renders a page for the one who asked. */
export async function showPage(request: FastifyRequest, parts: Parts, page: Page): Promise<string> {
  const { session, language } = request
  const texts = SHELL_TEXTS[language]
  const today = todayIn(parts.clock.now())
  const [hats, unread, help] = session
    ? await Promise.all([
        hatsOf(parts.database.read, session.memberId, today),
        unreadCount(parts.database.read, session),
        helperOf(parts.database.read, session, today),
      ])
    : [[], 0, undefined]
  return renderPage(
    <Layout
      title={page.title}
      lang={language}
      assets={parts.assets}
      site={siteOf(parts)}
      session={session && sessionProps(session, hats, unread, request)}
      strips={stripsOf(parts, language)}
      navigation={session ? navigationOf(session, request.url, language) : undefined}
      navigationLabel={texts.navigation}
      back={page.back}
      breadcrumbs={page.breadcrumbs}
      aside={page.aside}
      width={page.width ?? (page.aside ? 'wide' : 'narrow')}
      largerText={request.largerText}
      footer={{
        help,
        preferences: {
          action: '/preferences',
          returnTo: request.method === 'GET' ? request.url : '/',
          csrf: session?.csrf,
        },
        links: [
          { href: '/verify', text: texts.verify },
          { href: '/about', text: texts.about },
        ],
        version: parts.config.version,
      }}
      address={`${parts.config.publicUrl}${request.url}`}
      printedAt={formatInstant(parts.clock.now(), language)}
      reader={session?.id}
      keepOffline={page.keepOffline}
      reloadAfter={page.reloadAfter}
    >
      {page.children}
    </Layout>,
  )
}

function siteOf(parts: Parts) {
  const { name, tagline, emblem } = parts.config.installation
  return { name, tagline, emblem: emblem ? '/brand-emblem' : undefined, home: '/' }
}

function sessionProps(
  session: ActingSession,
  hats: readonly WornHat[],
  unread: number,
  request: FastifyRequest,
) {
  const texts = SHELL_TEXTS[request.language]
  const shown = (hat: WornHat): Hat => ({
    id: hat.key,
    office: nameOfPosition(hat, request.language),
    organisation: hat.organisationName,
    onBehalfOf: hat.onBehalfOf?.name,
  })
  return {
    person: session.memberName,
    hat: shown(session.hat),
    otherHats: hats.filter((hat) => hat.key !== session.hat.key).map(shown),
    switchAction: '/hat',
    signOutAction: '/sign-out',
    csrf: session.csrf,
    notices: { href: '/notices', count: unread },
    links: [
      { href: '/my-record', text: texts.myRecord },
      { href: '/delegations', text: texts.delegations },
      { href: '/sessions', text: texts.devices },
    ],
  }
}

/** The office's name, or "đảng viên" for one's own affairs. */
export function nameOfPosition(hat: WornHat, language: Language): string {
  if (hat.position === 'member') return SHELL_TEXTS[language].member
  return (language === 'en' ? hat.positionNameEn : hat.positionName) ?? hat.position
}

function stripsOf(parts: Parts, language: Language): NonNullable<LayoutProps['strips']> {
  const texts = SHELL_TEXTS[language]
  if (!parts.demo) return []
  const shifted = parts.clock.now().getTime() - Date.now() > 60_000
  const clock = shifted ? ` ${texts.demoClock} ${formatInstant(parts.clock.now(), language)}.` : ''
  return [{ text: `${texts.demo}${clock}`, href: '/demo', kind: 'information' }]
}

/** Where one may go: a member sees own affairs, an officer the queues, an administrator the settings. */
function navigationOf(session: ActingSession, url: string, language: Language): NavigationItem[] {
  const texts = SHELL_TEXTS[language]
  const { position } = session.hat
  const items: NavigationItem[] =
    position === 'member'
      ? [
          { href: '/', text: texts.myAffairs },
          { href: '/transfers/begin', text: texts.newTransfer },
        ]
      : [
          { href: '/', text: texts.queues },
          { href: '/registry', text: texts.registry },
          ...(position === 'system-administrator' || position.startsWith('building')
            ? [{ href: '/import', text: texts.imports }]
            : []),
          { href: '/registers', text: texts.registers },
          { href: '/settings', text: texts.settings },
        ]
  const path = url.split('?')[0] ?? '/'
  return items.map((item) => ({
    ...item,
    current: item.href === '/' ? path === '/' : path.startsWith(item.href),
  }))
}
