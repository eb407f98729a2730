/** The papers of a comment or of a referral, to be opened from its page. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Card } from '../../../ui/card.tsx'
import type { CommentView, PaperStanding, ReferralView } from '../contract.ts'
import { COMMENT_PAGES, REFERRAL_PAGES } from '../names.ts'

const TEXTS = {
  vi: {
    title: 'Giấy tờ',
    comment: 'Phiếu nhận xét, chi bộ ký, đảng ủy đóng dấu (PDF)',
    request: 'Phiếu xin ý kiến',
    referral: 'Giấy giới thiệu',
    standings: {
      entered: ': đã ghi, đang lập và ký số. Mở lại trang sau ít phút.',
      lacking: ', còn chờ ký hoặc đóng dấu (PDF)',
      whole: ', đã ký, đóng dấu (PDF)',
      unsigned: ', hệ thống xác nhận (PDF)',
    } satisfies Record<PaperStanding, string>,
  },
  en: {
    title: 'Papers',
    comment: 'The comment, signed by the cell and sealed by the committee (PDF)',
    request: 'The request',
    referral: 'The referral',
    standings: {
      entered: ': recorded, being made and signed. Open the page again in a few minutes.',
      lacking: ', a signature or seal still to come (PDF)',
      whole: ', signed and sealed (PDF)',
      unsigned: ', confirmed by the system (PDF)',
    } satisfies Record<PaperStanding, string>,
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
          <Signed
            href={`${at}/request.pdf`}
            text={texts.request}
            standing={view.requestPaper}
            language={language}
          />
        </li>
      </ul>
    </Card>
  )
}

export function ReferralPapers({ view, language }: { view: ReferralView; language: Language }) {
  const texts = TEXTS[language]
  if (view.paper === null) return null
  return (
    <Card title={texts.title}>
      <Signed
        href={`${REFERRAL_PAGES}/${view.id}/referral.pdf`}
        text={texts.referral}
        standing={view.paper}
        language={language}
      />
    </Card>
  )
}

/** What nobody signed yet is not there to be opened. */
function Signed(props: {
  readonly href: string
  readonly text: string
  readonly standing: PaperStanding
  readonly language: Language
}) {
  const { href, standing } = props
  const text = props.text + TEXTS[props.language].standings[standing]
  return standing === 'entered' ? <>{text}</> : <PaperLink href={href} text={text} />
}

function PaperLink({ href, text }: { href: string; text: string }) {
  return (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
}
