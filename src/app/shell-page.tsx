/** The shell of every page as HTML: whose site, who reads in which hat, what waits, where to get help. */
import type { Hat } from '../ui/header.tsx'
import { Layout, type Assets, type LayoutProps } from '../ui/layout.tsx'
import type { NavigationItem } from '../ui/navigation.tsx'
import type { WornHat } from '../identity/hats.ts'
import { feesBegin, handlesFees } from '../procedures/party-fees/law/who.ts'
import { formatInstant, type Language } from '../kernel/plain-date.ts'
import type { ActingSession } from '../identity/sessions.ts'
import type { Page } from '../web/web.ts'
import { SHELL_TEXTS } from './shell-texts.ts'

/** What the shell shows, all known. */
export interface ShellProps {
  readonly page: Page
  readonly session: ActingSession | undefined
  readonly hats: readonly WornHat[]
  readonly unread: number
  /** a version of the notice about personal data that this reader has not read */
  readonly noticeWaits: boolean | undefined
  /** the reader agrees to pages being kept on the device */
  readonly mayKeepPages: boolean
  readonly help: { readonly who: string; readonly phone?: string } | undefined
  readonly language: Language
  readonly largerText: boolean
  /** the address asked for, and where a changed preference leads back to */
  readonly url: string
  readonly returnTo: string
  readonly now: Date
  /** behind `now` on a demo whose clock was moved */
  readonly real: Date
  readonly demo: boolean
  readonly publicUrl: string
  readonly version: string
  readonly assets: Assets
  readonly installation: { readonly name: string; readonly emblem?: string | undefined }
}

export function Shell(props: ShellProps) {
  const { page, session, language, url } = props
  const texts = SHELL_TEXTS[language]
  return (
    <Layout
      title={page.title}
      lang={language}
      assets={props.assets}
      site={{
        name: props.installation.name,
        emblem: props.installation.emblem ? '/brand-emblem' : undefined,
        home: '/',
      }}
      session={session && sessionProps(session, props)}
      strips={stripsOf(props)}
      navigation={session ? navigationOf(session, url, language) : undefined}
      navigationLabel={texts.navigation}
      back={page.back}
      breadcrumbs={page.breadcrumbs}
      aside={page.aside}
      width={page.width ?? (page.aside ? 'wide' : 'narrow')}
      largerText={props.largerText}
      footer={{
        help: props.help,
        preferences: { action: '/preferences', returnTo: props.returnTo, csrf: session?.csrf },
        links: [
          { href: '/verify', text: texts.verify },
          { href: '/about', text: texts.about },
        ],
        version: `${texts.version} ${props.version}`,
      }}
      address={`${props.publicUrl}${url}`}
      printedAt={formatInstant(props.now, language)}
      reader={session?.id}
      keepOffline={page.keepOffline && props.mayKeepPages}
      keepNothing={session !== undefined && !props.mayKeepPages}
      reloadAfter={page.reloadAfter}
    >
      {page.children}
    </Layout>
  )
}

function sessionProps(session: ActingSession, props: ShellProps) {
  const { hats, unread, language } = props
  const texts = SHELL_TEXTS[language]
  const shown = (hat: WornHat): Hat => ({
    id: hat.key,
    office: nameOfPosition(hat, language),
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
      { href: '/my-record/readings', text: texts.readings },
      { href: '/my-record/choices', text: texts.choices },
      { href: '/delegations', text: texts.delegations },
      { href: '/queued', text: texts.waitingActs },
      { href: '/sessions', text: texts.devices },
    ],
  }
}

/** The office's name, or "đảng viên" for one's own affairs. */
export function nameOfPosition(hat: WornHat, language: Language): string {
  if (hat.position === 'member') return SHELL_TEXTS[language].member
  return (language === 'en' ? hat.positionNameEn : hat.positionName) ?? hat.position
}

function stripsOf(props: ShellProps): NonNullable<LayoutProps['strips']> {
  const { demo, now, real, language, noticeWaits, session } = props
  const texts = SHELL_TEXTS[language]
  const level: NonNullable<LayoutProps['strips']> =
    session?.level === 'passkey' ? [{ text: texts.byPasskey, href: '/queued', kind: 'warning' }] : []
  const notice: NonNullable<LayoutProps['strips']> = noticeWaits
    ? [{ text: texts.noticeWaits, href: '/my-record/notice', kind: 'information' }]
    : []
  if (!demo) return [...level, ...notice]
  const shifted = now.getTime() - real.getTime() > 60_000
  const clock = shifted ? ` ${texts.demoClock} ${formatInstant(now, language)}.` : ''
  return [...level, { text: `${texts.demo}${clock}`, href: '/demo', kind: 'information' }, ...notice]
}

/** Where one may go: a member sees own affairs, an officer the queues, an administrator the settings. */
function navigationOf(session: ActingSession, url: string, language: Language): NavigationItem[] {
  const texts = SHELL_TEXTS[language]
  const { position } = session.hat
  const items: NavigationItem[] =
    position === 'member'
      ? [
          { href: '/', text: texts.myAffairs },
          { href: '/fees', text: texts.fees },
          { href: '/transfers/begin', text: texts.newTransfer },
        ]
      : [
          { href: '/', text: texts.queues },
          { href: '/registry', text: texts.registry },
          ...(position === 'system-administrator' || position.startsWith('building')
            ? [{ href: '/import', text: texts.imports }]
            : []),
          ...(position === 'system-administrator' ? [] : [{ href: '/registers', text: texts.registers }]),
          ...(handlesFees(session.hat) ? [{ href: feesBegin(session.hat), text: texts.fees }] : []),
          { href: '/settings', text: texts.settings },
        ]
  const path = url.split('?')[0] ?? '/'
  return items.map((item) => ({
    ...item,
    current:
      item.href === '/' ? path === '/' : path.startsWith(item.text === texts.fees ? '/fees' : item.href),
  }))
}
