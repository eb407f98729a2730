/** Beside the dossier: the member, the papers with their signatures, the sealed paper file, what was asked for. */
import { formatDate, formatInstant, type Language } from '../../kernel/plain-date.ts'
import { Card } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { FileList, type FileItem } from '../../ui/file-list.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import type { TransferView } from './contract.ts'
import { TRANSFER_TEXTS, type TransferWords } from './texts.ts'

interface SideProps {
  readonly view: TransferView
  readonly language: Language
}

export function DossierSide({ view, language }: SideProps) {
  const words = TRANSFER_TEXTS[language]
  return (
    <>
      <MemberCard view={view} language={language} />
      <Card title={words.side.papers}>
        <Papers view={view} language={language} />
      </Card>
      {(view.custody || isStillToHandOver(view)) && <CustodyCard view={view} language={language} />}
      {view.supplements.length > 0 && <SupplementCard view={view} language={language} />}
    </>
  )
}

/** The paper file is still to be handed over; of what ended before nothing is said. */
const isStillToHandOver = (view: TransferView): boolean =>
  view.status !== 'draft' && view.awaited.who !== 'nobody'

function MemberCard({ view, language }: SideProps) {
  const { side } = TRANSFER_TEXTS[language]
  const { member, destination, origin } = view
  const from = [origin.cell.name, origin.committee?.name].filter(Boolean).join(', ')
  return (
    <Card title={side.member}>
      <SummaryList
        compact
        rows={[
          { term: side.name, value: member.name },
          ...(member.cardNumber ? [{ term: side.card, value: dots(member.cardNumber), masked: true }] : []),
          ...(member.joinedOn ? [{ term: side.joined, value: formatDate(member.joinedOn, language) }] : []),
          { term: side.type, value: side[view.memberType] },
          { term: side.from, value: from },
          ...(destination.name ? [{ term: side.to, value: placeName(destination) }] : []),
          ...(destination.cell ? [{ term: side.cell, value: destination.cell.name }] : []),
        ]}
      />
    </Card>
  )
}

/** 'Chi bộ khu phố 5, Đảng ủy Phường Cầu Kiệu'; a grassroots organisation alone is named once. */
function placeName({ name, committee }: TransferView['destination']): string {
  const same = committee?.replace(/^Đảng ủy /, '') === name?.replace(/^Đảng bộ /, '')
  return [name, same ? undefined : committee].filter(Boolean).join(', ')
}

/** Stars as the eye likes them: '0380••••••12'. */
const dots = (masked: string): string => masked.replaceAll('*', '•')

function Papers({ view, language }: SideProps) {
  const words = TRANSFER_TEXTS[language]
  const files = [...fileItems(view, words), ...paperItems(view, language, words)]
  if (files.length === 0) return <p class="quiet">{words.side.noPapers}</p>
  return <FileList files={files} />
}

function fileItems(view: TransferView, words: TransferWords): FileItem[] {
  return view.files.map((file) => ({
    title: roleName(file.role, words),
    href: `/transfers/${view.id}/files/${file.id}`,
    about: [file.name, file.pages === null ? '' : words.side.pages(file.pages)].filter(Boolean).join(', '),
    standing: 'valid' as const,
  }))
}

export function roleName(role: string, words: TransferWords): string {
  return (words.roles as Record<string, string>)[role] ?? role
}

/** Those in force first; a voided letter stays to be seen, marked. */
function paperItems(view: TransferView, language: Language, words: TransferWords): FileItem[] {
  const inForce = view.papers.filter((paper) => paper.voided === null)
  const voided = view.papers.filter((paper) => paper.voided !== null)
  return [...inForce, ...voided].map((paper) => {
    const kind = words.paperKinds[paper.kind] ?? paper.kind
    return {
      title: [kind, paper.symbol].filter(Boolean).join(' · '),
      href: `/transfers/${view.id}/papers/${paper.id}`,
      about: <PaperAbout paper={paper} language={language} />,
      standing: paper.voided !== null ? 'wrong' : paper.complete ? 'valid' : 'awaited',
    }
  })
}

function PaperAbout(props: {
  readonly paper: TransferView['papers'][number]
  readonly language: Language
}): Children {
  const { paper, language } = props
  const { side } = TRANSFER_TEXTS[language]
  const facts = [
    paper.organisation,
    paper.issuedOn ? formatDate(paper.issuedOn, language) : '',
    side.signatures(paper.signatures),
    paper.complete || paper.voided !== null ? '' : side.awaitsSeal,
    paper.voided === null ? '' : `${side.voided}: ${paper.voided.replace(/[.\s]+$/, '')}`,
  ]
  return (
    <>
      {`${facts.filter(Boolean).join(', ')}. `}
      <a class="govuk-link" href={paper.verify}>
        {side.check}
      </a>
    </>
  )
}

function CustodyCard({ view, language }: SideProps) {
  const words = TRANSFER_TEXTS[language]
  const { side } = words
  const { custody } = view
  if (!custody) {
    return (
      <Card title={side.sealedFile}>
        <p class="quiet">{view.kind === 'internal' ? side.noPaperFile : side.notHanded}</p>
      </Card>
    )
  }
  const intact = custody.sealIntact === null ? null : custody.sealIntact
  const sealWords = intact === null ? '' : intact ? words.fields.sealWhole : words.fields.sealBroken
  return (
    <Card title={side.sealedFile}>
      <SummaryList
        compact
        rows={[
          { term: side.sealNumber, value: custody.sealNumber },
          { term: side.handedOn, value: formatDate(custody.handedOn, language) },
          ...(custody.receivedOn
            ? [{ term: side.receivedOn, value: formatDate(custody.receivedOn, language) }]
            : []),
          ...(sealWords
            ? [{ term: side.sealState, value: [sealWords, custody.exception].filter(Boolean).join('. ') }]
            : []),
        ]}
      />
    </Card>
  )
}

function SupplementCard({ view, language }: SideProps) {
  const { side } = TRANSFER_TEXTS[language]
  return (
    <Card title={side.supplements}>
      {view.supplements.map((supplement) => (
        <div key={supplement.askedAt}>
          <p class="quiet">{`${side.asked}: ${formatInstant(new Date(supplement.askedAt), language)}`}</p>
          <ul class="govuk-list govuk-list--bullet">
            {supplement.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
          {supplement.overrideReason && <p class="quiet">{`${side.again}: ${supplement.overrideReason}`}</p>}
          <p class="quiet">
            {supplement.answeredAt
              ? `${side.answered}: ${formatInstant(new Date(supplement.answeredAt), language)}`
              : side.notAnswered}
          </p>
        </div>
      ))}
    </Card>
  )
}
