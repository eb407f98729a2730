/** What changed in an organisation and below it during a period that the reader chooses. */
import { formatDate, type Language } from '../../kernel/plain-date.ts'
import { DateField, dateParts } from '../../ui/date-field.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Section } from '../../ui/page-title.tsx'
import type { LookedAt } from '../day.ts'
import { filled } from '../members/texts.ts'
import type { ChangeLine, Changes } from './between.ts'
import type { OrganisationTexts } from './texts.ts'
import type { OrganisationView } from './view.ts'

interface ChangesPartProps {
  readonly texts: OrganisationTexts
  readonly language: Language
  readonly view: OrganisationView
  readonly at: LookedAt
}

export function ChangesPart({ texts, language, view, at }: ChangesPartProps) {
  return (
    <Section title={texts.changes} id="changes">
      <p class="quiet">{texts.changesAbout}</p>
      <FilterBar
        action={`/registry/organisations/${view.id}#changes`}
        label={texts.changes}
        button={texts.changesShow}
      >
        <DateField name="from" label={texts.changesFrom} value={dateParts(view.changes?.from)} />
        <DateField name="on" id="changes-to" label={texts.changesTo} value={dateParts(at.day)} />
      </FilterBar>
      {view.changes && <Listed {...{ texts, language, changes: view.changes }} />}
    </Section>
  )
}

function Listed(props: {
  readonly texts: OrganisationTexts
  readonly language: Language
  readonly changes: Changes
}) {
  const { texts, language, changes } = props
  const { from, to, lines, members } = changes
  return (
    <>
      <p role="status">
        {filled(texts.changesPeriod, { from: formatDate(from, language), to: formatDate(to, language) })}{' '}
        {members
          ? filled(texts.changesMembers, {
              in: members.in.toLocaleString(language),
              out: members.out.toLocaleString(language),
            })
          : texts.changesMembersNotYours}
      </p>
      {lines.length === 0 ? (
        <p class="quiet">{texts.changesNone}</p>
      ) : (
        <ul class="plain-list rows">
          {lines.map((line, place) => (
            <li key={place} class="row">
              {formatDate(line.on, language)}: {sentenceOf(line, texts)}
              <span class="row-note">
                {texts.sourceIs} {line.source}
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes.cut && <p class="quiet">{filled(texts.changesCut, { count: lines.length })}</p>}
    </>
  )
}

function sentenceOf({ kind, name, before, after }: ChangeLine, texts: OrganisationTexts): string {
  const top = texts.changesTop
  return filled(texts.changeKinds[kind], { name, before: before ?? top, after: after ?? top })
}
