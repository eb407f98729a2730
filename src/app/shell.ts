/** Shows a page in its shell to the one who asked: loads the hats, what waits and whom to call. */
import type { FastifyRequest } from 'fastify'
import { hatsOf } from '../identity/hats.ts'
import { todayIn } from '../kernel/plain-date.ts'
import { privacyOf } from '../registry/privacy/consents.ts'
import { PROCESSING_NOTICE, versionOn } from '../registry/privacy/texts-by-version.ts'
import { renderPage } from '../ui/render.ts'
import type { Page } from '../web/web.ts'
import { helperOf } from './help.ts'
import { unreadCount } from './notices/store.ts'
import type { Parts } from './parts.ts'
import { Shell } from './shell-page.tsx'

/** Renders a page for the one who asked. */
export async function showPage(request: FastifyRequest, parts: Parts, page: Page): Promise<string> {
  const { session, language, largerText, url } = request
  const { read } = parts.database
  const [now, real] = [parts.clock.now(), parts.clock.real()]
  const today = todayIn(now)
  const [hats, unread, help, privacy] = session
    ? await Promise.all([
        hatsOf(read, session.memberId, today),
        unreadCount(read, session),
        helperOf(read, session, today),
        privacyOf(read, session.memberId),
      ])
    : [[], 0, undefined, undefined]
  return renderPage(
    Shell({
      page,
      session,
      hats,
      unread,
      help,
      noticeWaits: privacy && privacy.readVersion < versionOn(PROCESSING_NOTICE, today).version,
      mayKeepPages: privacy?.mayKeepPages ?? false,
      language,
      largerText,
      url,
      returnTo: request.method === 'GET' ? url : '/',
      now,
      real,
      demo: parts.demo,
      publicUrl: parts.publicUrl,
      version: parts.config.version,
      assets: parts.assets,
      installation: parts.config.installation,
    }),
  )
}
