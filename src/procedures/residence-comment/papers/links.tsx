/** The papers of a comment or of a referral, to be opened from its page. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Card } from '../../../ui/card.tsx'
import type { CommentView, DossierView } from '../contract.ts'
import { COMMENT_PAGES, REFERRAL_PAGES } from '../names.ts'

const TEXTS = {
  vi: {
    title: 'Giấy tờ',
    comment: 'Phiếu nhận xét, chi bộ ký, đảng ủy đóng dấu (PDF)',
    request: 'Phiếu xin ý kiến (PDF)',
    referral: 'Giấy giới thiệu (PDF)',
  },
  en: {
    title: 'Papers',
    comment: 'The comment, signed by the cell and sealed by the committee (PDF)',
    request: 'The request (PDF)',
    referral: 'The referral (PDF)',
  },
}

export function CommentPapers({ view, language }: { view: CommentView; language: Language }) {
  const texts = TEXTS[language]
  const at = `${COMMENT_PAGES}/${view.id}`
  return (
    <Card title={texts.title}>
      <ul class="govuk-list">
        {view.paperId !== null && view.draft && (
          <li>
            <PaperLink href={`${at}/comment.pdf`} text={texts.comment} />
          </li>
        )}
        <li>
          <PaperLink href={`${at}/request.pdf`} text={texts.request} />
        </li>
      </ul>
    </Card>
  )
}

export function ReferralPapers({ view, language }: { view: DossierView; language: Language }) {
  const texts = TEXTS[language]
  if (view.status === 'not-referred') return null
  return (
    <Card title={texts.title}>
      <PaperLink href={`${REFERRAL_PAGES}/${view.id}/referral.pdf`} text={texts.referral} />
    </Card>
  )
}

function PaperLink({ href, text }: { href: string; text: string }) {
  return (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
}
