/** The public pages on which anybody checks a paper. */
import { formatDate, formatInstant, type Language } from '../kernel/plain-date.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { FileField } from '../ui/file-field.tsx'
import { Form } from '../ui/form.tsx'
import { Banner, Inset } from '../ui/notice.tsx'
import { PageTitle, Prose } from '../ui/page-title.tsx'
import { SummaryList } from '../ui/summary-list.tsx'
import type { CheckedFile, PublicPaper } from './verify-view.ts'
import type { VerifyTexts } from './verify-texts.ts'

export interface VerifyPageProps {
  readonly texts: VerifyTexts
  readonly language: Language
  readonly action: string
  /** absent on the page without a code; null for a code nobody was given */
  readonly paper?: PublicPaper | null
  readonly checked?: CheckedFile
  readonly csrf: string
}

export function VerifyPage(props: VerifyPageProps) {
  const { texts, paper, checked } = props
  return (
    <>
      {checked && <Outcome {...props} checked={checked} />}
      <PageTitle
        title={paper === null ? texts.unknownTitle : texts.title}
        lead={paper === null ? texts.unknown : texts.lead}
      />
      {paper && <PaperCard {...props} paper={paper} />}
      <Form action={props.action} csrf={props.csrf} files>
        <FileField
          name="file"
          label={texts.chooseFile}
          hint={texts.fileHint}
          kinds={texts.kinds}
          accept="application/pdf,.pdf"
          maxSize={texts.maxSize}
        />
        <Button>{texts.check}</Button>
      </Form>
    </>
  )
}

function PaperCard({ texts, language, paper }: VerifyPageProps & { readonly paper: PublicPaper }) {
  const date = paper.voidedOn ? formatDate(paper.voidedOn, language) : ''
  return (
    <Card title={texts.paper}>
      <SummaryList
        rows={[
          { term: texts.kind, value: texts.papers[paper.kind] ?? paper.kind },
          { term: texts.number, value: paper.symbol?.replace(/^Số /, '') ?? texts.noNumber },
          ...(paper.issuedOn ? [{ term: texts.issuedOn, value: formatDate(paper.issuedOn, language) }] : []),
          { term: texts.issuer, value: paper.issuer },
          ...(paper.succeededBy ? [{ term: texts.succeededBy, value: paper.succeededBy }] : []),
          ...paper.signers.map((signer) => ({
            term: texts.signedBy,
            value: `${[signer.office, signer.organisation].filter((part, index, all) => part && all.indexOf(part) === index).join(', ')} · ${formatInstant(new Date(signer.at), language)}`,
          })),
          { term: texts.standing, value: texts.standings[paper.standing].replace('{date}', date) },
        ]}
      />
      <Inset>{texts.privacy}</Inset>
    </Card>
  )
}

/** A signature whose certificate names no office: by the place in the paper at which it stands. */
function placeWords(place: string, { places }: VerifyPageProps['texts']): string {
  return Object.hasOwn(places, place) ? places[place as keyof typeof places] : places.other
}

function Outcome({ texts, language, checked }: VerifyPageProps & { readonly checked: CheckedFile }) {
  const good = checked.result === 'ours'
  return (
    <>
      <Banner kind={good ? 'success' : 'problem'} title={texts.resultTitle}>
        <Prose>
          <p>{texts.results[checked.result]}</p>
          {checked.test && <p>{texts.test}</p>}
        </Prose>
      </Banner>
      {checked.signatures.length > 0 && (
        <DataTable
          caption={texts.signatures}
          columns={[
            {
              key: 'who',
              title: texts.signedBy,
              cell: (row) =>
                [row.title, row.organisation].filter(Boolean).join(', ') || placeWords(row.place, texts),
            },
            { key: 'at', title: texts.issuedOn, cell: (row) => formatInstant(new Date(row.at), language) },
            { key: 'standing', title: texts.standing, cell: (row) => texts.signatureStandings[row.standing] },
            {
              key: 'covers',
              title: texts.covers,
              cell: (row) => (row.coversWholeFile ? texts.coversAll : texts.coversPart),
            },
          ]}
          rows={checked.signatures}
          keyOf={(row) => `${row.place}-${row.at}`}
        />
      )}
      {checked.carried.length > 0 && (
        <DataTable
          caption={texts.carries}
          columns={[
            { key: 'name', title: texts.paper, cell: (row) => row.description || row.name },
            { key: 'sha', title: 'SHA-256', cell: (row) => <code>{row.sha256}</code> },
          ]}
          rows={checked.carried}
          keyOf={(row) => row.sha256}
        />
      )}
    </>
  )
}
