/** A refusal as a page: what, why, how to mend it, and the way back; and a defect, which must show even without a database. */
import type { FastifyRequest } from 'fastify'
import { safeReturn } from '../identity/return-path.ts'
import type { Language } from '../kernel/plain-date.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { ButtonLink, ButtonRow } from '../ui/button.tsx'
import { Layout } from '../ui/layout.tsx'
import { RefusalPanel } from '../ui/notice.tsx'
import { renderPage } from '../ui/render.ts'
import { TROUBLE_TEXTS } from '../web/trouble-texts.ts'
import type { Trouble } from '../web/web.ts'
import type { Parts } from './parts.ts'
import { wordsOf } from './refusal-words.ts'
import { SHELL_TEXTS } from './shell-texts.ts'
import { showPage } from './shell.ts'

export async function refusalPage(refusal: Refusal, request: FastifyRequest, parts: Parts): Promise<string> {
  const words = wordsOf(refusal, request.language)
  const texts = SHELL_TEXTS[request.language]
  const signIn = signInHref(refusal, request, parts.publicUrl)
  const stale = refusal.code === 'identity.stale-sign-in'
  return showPage(request, parts, {
    title: words.title,
    back: { href: '/', text: texts.home },
    children: (
      <RefusalPanel
        asPage
        title={words.title}
        what={words.what}
        why={words.why ?? ''}
        citation={refusal.citation}
        mend={
          <>
            <p>{words.mend}</p>
            {signIn && (
              <ButtonRow>
                <ButtonLink href={signIn}>{stale ? texts.confirm : texts.signIn}</ButtonLink>
              </ButtonRow>
            )}
          </>
        }
        reference={`${texts.reference} ${referenceOf(request)}`}
      />
    ),
  })
}

/** The way to a sign-in, where that mends it, and back to the page the form was on. */
function signInHref(refusal: Refusal, request: FastifyRequest, publicUrl: string): string | undefined {
  const back = encodeURIComponent(pageOf(request, publicUrl))
  if (refusal.code === 'identity.sign-in-needed') return `/sign-in?return=${back}`
  return refusal.code === 'identity.stale-sign-in' ? `/sign-in/start?return=${back}` : undefined
}

/** The page a request came from: itself, or the one whose form was sent. */
function pageOf(request: FastifyRequest, publicUrl: string): string {
  if (request.method === 'GET') return safeReturn(request.url)
  const { referer = '' } = request.headers
  if (!URL.canParse(referer)) return '/'
  const { origin, pathname, search } = new URL(referer)
  return origin === new URL(publicUrl).origin ? safeReturn(`${pathname}${search}`) : '/'
}

/** Enough of the request's id to find it in the log, and short enough to be read out over the telephone. */
const referenceOf = (request: FastifyRequest): string => request.id.slice(0, 8)

/**
 * "Too many" as a page, made once for each language and time to wait: whoever floods the server must not make it work.
 * Nobody's name is on it.
 */
export function busyPages(parts: Parts): (request: FastifyRequest, refusal: Refusal) => string {
  const made = new Map<string, string>()
  return ({ language }, refusal) => {
    const key = `${language} ${refusal.code} ${String(refusal.facts.seconds)}`
    const page = made.get(key) ?? busyPage(refusal, language, parts)
    made.set(key, page)
    return page
  }
}

/** Small enough to be sent as it is: packing it would cost more than all the rest. */
function busyPage(refusal: Refusal, language: Language, parts: Parts): string {
  const { title, what, mend } = wordsOf(refusal, language)
  return renderPage(
    <html lang={language} class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width" />
        <link rel="stylesheet" href={parts.assets.css} />
      </head>
      <body class="govuk-template__body">
        <main class="govuk-width-container">
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">{what}</p>
          <p class="govuk-body">{mend}</p>
        </main>
      </body>
    </html>,
  )
}

/** What a person sees of a defect. Asks nobody anything: the database may be what is broken. */
export function defectPage(request: FastifyRequest, trouble: Trouble, parts: Parts): string {
  const { language } = request
  const words = TROUBLE_TEXTS[language][trouble]
  const texts = SHELL_TEXTS[language]
  const { installation, version } = parts.config
  return renderPage(
    <Layout
      title={words.title}
      lang={language}
      assets={parts.assets}
      site={{ name: installation.name, home: '/' }}
      back={{ href: '/', text: texts.home }}
      width="narrow"
      footer={{ version: `${texts.version} ${version}` }}
    >
      <RefusalPanel
        asPage
        title={words.title}
        what={words.what}
        mend={<p>{words.mend}</p>}
        reference={`${texts.reference} ${referenceOf(request)}`}
      />
    </Layout>,
  )
}
