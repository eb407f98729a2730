/** The page that checks a paper: signatures whose certificates name no office are named in words, in both languages. */
import { expect, test } from 'vitest'
import { renderPage } from '../ui/render.ts'
import { VerifyPage } from './verify-page.tsx'
import { VERIFY_TEXTS } from './verify-texts.ts'

const signature = {
  at: '2026-11-20T08:00:00.000Z',
  standing: 'untrusted',
  coversWholeFile: true,
  test: true,
} as const

test.each([
  ['vi', ['Người ký', 'Con dấu của cơ quan, tổ chức', 'Chữ ký khác']],
  ['en', ['The person who signed', 'The seal of the organisation', 'Another signature']],
] as const)('in %s', (language, words) => {
  const places = ['person', 'organisation', 'constructor']
  const html = renderPage(
    <VerifyPage
      texts={VERIFY_TEXTS[language]}
      language={language}
      action="/verify"
      csrf=""
      checked={{
        result: 'foreign',
        signatures: places.map((place) => ({ ...signature, place })),
        test: true,
        carried: [],
        problems: [],
        paper: null,
      }}
    />,
  )
  for (const word of words) expect(html).toContain(`>${word}<`)
  for (const place of places) expect(html).not.toContain(`>${place}<`)
})
