/** The page on the log: how much there is, the end of its chain, and the checkpoints that were taken. */
import type { GivenCheckpoint, LogStanding } from '../../audit/checkpoint.ts'
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import { PostButton, TextLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Banner, EmptyState } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import type { LogTexts } from './log-texts.ts'

export interface LogPageProps {
  readonly texts: LogTexts
  readonly language: Language
  readonly csrf: string
  /** the button pressed twice takes one checkpoint */
  readonly commandId: string
  readonly standing: LogStanding
  readonly given: readonly GivenCheckpoint[]
  readonly taken: boolean
}

const grouped = (count: number, language: Language): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',')

/** Eight signs at a time: it can be read out and compared, and breaks where a line ends. */
const inGroups = (hash: string): string => hash.replace(/.{8}(?=.)/g, '$& ')

export function LogPage({ texts, language, csrf, commandId, standing, given, taken }: LogPageProps) {
  const number = (count: number) => grouped(count, language)
  return (
    <>
      {taken && <Banner kind="success" title={texts.taken} />}
      <PageTitle title={texts.title} lead={texts.lead} />
      <SummaryList
        rows={[
          { term: texts.entries, value: number(standing.entries) },
          {
            term: texts.unsealed,
            value: standing.unsealed === 0 ? texts.unsealedNone : texts.unsealedSome(standing.unsealed),
          },
          { term: texts.block, value: number(standing.block) },
          { term: texts.sealedAt, value: formatInstant(standing.sealedAt, language) },
          { term: texts.hash, value: inGroups(standing.hash) },
        ]}
      />
      <Section title={texts.take}>
        <p>{texts.takeLead}</p>
        <PostButton action="/settings/log/checkpoints" csrf={csrf} commandId={commandId}>
          {texts.takeButton}
        </PostButton>
      </Section>
      <Section title={texts.given}>
        {given.length === 0 && <EmptyState title={texts.none}>{texts.noneLead}</EmptyState>}
        {given.length > 0 && (
          <DataTable
            caption={texts.given}
            hideCaption
            columns={[
              { key: 'at', title: texts.at, cell: (row) => formatInstant(row.takenAt, language) },
              { key: 'entries', title: texts.entries, cell: (row) => number(row.entries) },
              { key: 'by', title: texts.by, cell: (row) => row.takenBy ?? texts.byCommand },
              {
                key: 'file',
                title: texts.action,
                acts: true,
                cell: (row) => (
                  <TextLink href={`/settings/log/checkpoints/${row.id}`}>
                    {texts.download(row.block)}
                  </TextLink>
                ),
              },
            ]}
            rows={given}
            keyOf={(row) => row.id}
          />
        )}
      </Section>
      <Section title={texts.check}>
        <p>{texts.checkLead}</p>
        <p>
          <strong>npm run -s dangvu -- verify-log --checkpoint checkpoint.json</strong>
        </p>
      </Section>
    </>
  )
}
