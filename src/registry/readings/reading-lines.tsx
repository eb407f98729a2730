/** Lines of readings: which office looked at what, when, how often; perhaps a way to ask about it. */
import { formatInstant, localTime, todayIn, type Language } from '../../kernel/plain-date.ts'
import { TextLink } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { filled } from '../members/texts.ts'
import type { ReadingLine } from './reading-list.ts'
import { READING_TEXTS, type ReadingTexts } from './texts.ts'

export function ReadingLines(props: {
  readonly language: Language
  readonly lines: readonly ReadingLine[]
  /** where one asks about a line */
  readonly askHref?: ((line: ReadingLine) => string) | undefined
}) {
  const { language, lines, askHref } = props
  const texts = READING_TEXTS[language]
  const columns: Column<ReadingLine>[] = [
    { key: 'what', title: texts.what, cell: (line) => <What line={line} texts={texts} /> },
    { key: 'who', title: texts.who, cell: (line) => whoOf(line, language) },
    { key: 'when', title: texts.when, cell: (line) => whenOf(line, language) },
  ]
  if (askHref)
    columns.push({
      key: 'ask',
      title: texts.ask,
      acts: true,
      cell: (line) => <TextLink href={askHref(line)}>{texts.ask}</TextLink>,
    })
  return (
    <DataTable
      caption={texts.title}
      hideCaption
      columns={columns}
      rows={lines}
      keyOf={(line) => `${line.key}.${line.dossierNumber ?? line.listName ?? ''}`}
    />
  )
}

function What({ line, texts }: { readonly line: ReadingLine; readonly texts: ReadingTexts }) {
  const about = aboutOf(line, texts)
  return (
    <>
      {texts.kinds[line.kind]}
      {about && <span class="row-note">{about}</span>}
    </>
  )
}

function aboutOf(line: ReadingLine, texts: ReadingTexts): string | undefined {
  if (line.reason) return filled(texts.reason, { reason: line.reason })
  if (line.dossierNumber) return filled(texts.ofDossier, { number: line.dossierNumber })
  if (line.listName) return filled(texts.ofList, { name: line.listName, people: String(line.people ?? '') })
  return undefined
}

/** The office that looked; the person's name is the office's business, the office answers for it. */
export function whoOf(line: ReadingLine, language: Language): string {
  const office = language === 'en' ? line.positionNameEn : line.positionName
  return `${office ?? READING_TEXTS[language].delegate}, ${line.organisationName}`
}

export function whenOf(line: ReadingLine, language: Language): string {
  const to = formatInstant(line.lastAt, language)
  if (line.times === 1) return to
  const texts = READING_TEXTS[language]
  const times = String(line.times)
  if (to === formatInstant(line.firstAt, language)) return filled(texts.timesAtOnce, { times, to })
  const sameDay = todayIn(line.firstAt) === todayIn(line.lastAt)
  const from = sameDay ? clockOf(line.firstAt) : formatInstant(line.firstAt, language)
  return filled(texts.times, { times, from, to })
}

/** '09:05' in Viet Nam. */
function clockOf(instant: Date): string {
  const { minutes } = localTime(instant)
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/** The line in one sentence: for a question about it. */
export function lineInWords(line: ReadingLine, language: Language): string {
  const texts = READING_TEXTS[language]
  const about = aboutOf(line, texts)
  return [texts.kinds[line.kind], about, whoOf(line, language), whenOf(line, language)]
    .filter(Boolean)
    .join(' · ')
}
