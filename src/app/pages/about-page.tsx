/** About the system: what it is and is not, its version and licence, and what it keeps of a person and why. */
import { DataTable } from '../../ui/data-table.tsx'
import { Inset, RuleBox } from '../../ui/notice.tsx'
import { PageTitle, Prose, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import type { AboutTexts } from './about-texts.ts'

export interface AboutPageProps {
  readonly texts: AboutTexts
  readonly installation: string
  readonly version: string
  /** the retention schedule in words */
  readonly kept: readonly { readonly what: string; readonly why: string; readonly howLong: string }[]
}

export function AboutPage({ texts, installation, version, kept }: AboutPageProps) {
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Section title={texts.what}>
        <Prose>
          {texts.whatText.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Prose>
        <Inset>
          <b>{texts.official}.</b> {texts.officialText}
        </Inset>
      </Section>
      <Section title={texts.facts}>
        <SummaryList
          rows={[
            { term: texts.installation, value: installation },
            { term: texts.version, value: version },
            { term: texts.licence, value: texts.licenceText },
            {
              term: texts.api,
              value: (
                <a class="govuk-link" href="/api/v1/openapi.json">
                  {texts.apiText}
                </a>
              ),
            },
          ]}
        />
      </Section>
      <PersonalData texts={texts} kept={kept} />
    </>
  )
}

function PersonalData({ texts, kept }: Pick<AboutPageProps, 'texts' | 'kept'>) {
  return (
    <>
      <Section title={texts.personalData} id="personal-data" about={texts.personalDataText}>
        <DataTable
          caption={texts.personalData}
          hideCaption
          rows={kept}
          keyOf={(row) => row.what}
          columns={[
            { key: 'what', title: texts.columns.what, cell: (row) => row.what },
            { key: 'why', title: texts.columns.why, cell: (row) => row.why },
            { key: 'howLong', title: texts.columns.howLong, cell: (row) => row.howLong },
          ]}
        />
        <RuleBox citation={texts.basis}>{texts.basisText}</RuleBox>
      </Section>
      <Section title={texts.rights}>
        <List lines={texts.rightsText} />
      </Section>
      <Section title={texts.device}>
        <List lines={texts.deviceText} />
      </Section>
    </>
  )
}

function List({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Prose>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Prose>
  )
}
