/** A refusal as a page: what, why, how to mend it, and the way back. */
import type { FastifyRequest } from 'fastify'
import { RefusalPanel } from '../ui/notice.tsx'
import type { Refusal } from '../kernel/refusal.ts'
import type { Parts } from './parts.ts'
import { wordsOf } from './refusal-words.ts'
import { showPage } from './shell.ts'

export async function refusalPage(refusal: Refusal, request: FastifyRequest, parts: Parts): Promise<string> {
  const words = wordsOf(refusal, request.language)
  return showPage(request, parts, {
    title: words.title,
    back: { href: '/', text: request.language === 'en' ? 'Home' : 'Trang chính' },
    children: (
      <RefusalPanel
        asPage
        title={words.title}
        what={words.what}
        why={words.why ?? ''}
        citation={refusal.citation}
        mend={words.mend}
        reference={request.id}
      />
    ),
  })
}
