/** The parts of a record that an officer's page and one's own page share: facts in groups, where counted, offices. */
import { formatDate, type Language } from '../../kernel/plain-date.ts'
import { Card } from '../../ui/card.tsx'
import type { Children } from '../../ui/children.ts'
import { Masked, SummaryList, type SummaryRow } from '../../ui/summary-list.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { filled, type MemberTexts } from './texts.ts'
import { vagueDateText } from './vague-date.ts'
import type { CountedSpell, HeldOffice, MemberView } from './view.ts'

/** What a group of the record's facts shows; `fields` are those a reason for keeping them stands for. */
export type FactKey =
  | 'fullName'
  | 'otherName'
  | 'sex'
  | 'birth'
  | 'ethnicity'
  | 'religion'
  | 'personalId'
  | 'oldId'
  | 'phone'
  | 'card'
  | 'cardIssued'
  | 'oldCard'
  | 'cvNumber'
  | 'joined'
  | 'officialOn'
  | 'standing'
  | 'birthPlace'
  | 'nativePlace'
  | 'residence'

const GROUPS = {
  person: ['fullName', 'otherName', 'sex', 'birth', 'ethnicity', 'religion', 'personalId', 'oldId', 'phone'],
  party: ['card', 'cardIssued', 'oldCard', 'cvNumber', 'joined', 'officialOn', 'standing'],
  places: ['birthPlace', 'nativePlace', 'residence'],
} as const satisfies Record<string, readonly FactKey[]>

/** Facts few records have: not shown when they are empty. */
const SELDOM: readonly FactKey[] = ['otherName', 'oldId', 'oldCard', 'cvNumber']

interface FactsProps {
  readonly texts: MemberTexts
  readonly language: Language
  readonly view: MemberView
  /** why each is kept, on one's own page */
  readonly why?: Readonly<Record<FactKey, string>>
}

/** All facts, in three cards. */
export function FactCards(props: FactsProps) {
  const { texts } = props
  return (
    <>
      {(['person', 'party', 'places'] as const).map((group) => (
        <Card key={group} title={texts[group]}>
          <SummaryList rows={rowsOf(GROUPS[group], props)} />
        </Card>
      ))}
    </>
  )
}

function rowsOf(keys: readonly FactKey[], { texts, language, view, why }: FactsProps): SummaryRow[] {
  return keys.flatMap((key) => {
    const { value, masked } = factOf(key, view, texts, language)
    if (value === '' && SELDOM.includes(key)) return []
    const shown = shownValue(value, masked ?? false, texts)
    const wayToAll =
      masked && !why && key === 'personalId' ? { href: '#reading', text: texts.revealTitle } : undefined
    return [
      {
        term: texts[key],
        value: why ? <WithReason {...{ shown, why: why[key] }} /> : shown,
        action: wayToAll,
      },
    ]
  })
}

function shownValue(value: string, masked: boolean, texts: MemberTexts): Children {
  if (value === '') return <span class="row-note">{texts.unknown}</span>
  return masked ? <Masked value={value.replaceAll('*', '•')} /> : value
}

function WithReason({ shown, why }: { readonly shown: Children; readonly why: string }) {
  return (
    <>
      {shown}
      <span class="row-note">{why}</span>
    </>
  )
}

function factOf(
  key: FactKey,
  { facts, whole }: MemberView,
  texts: MemberTexts,
  language: Language,
): { value: string; masked?: boolean } {
  const day = (date: string | null) => (date ? formatDate(date, language) : '')
  const together = (...parts: (string | null)[]) => parts.filter(Boolean).join(', ')
  const number = (text: string | null) => ({ value: text ?? '', masked: !whole })
  const values: Record<FactKey, () => { value: string; masked?: boolean }> = {
    fullName: () => ({ value: facts.fullName }),
    otherName: () => ({ value: facts.otherName ?? '' }),
    sex: () => ({ value: texts.sexes[facts.sex] }),
    birth: () => ({ value: vagueDateText(facts.birthDate, facts.birthPrecision, language) }),
    ethnicity: () => ({ value: facts.ethnicity ?? '' }),
    religion: () => ({ value: facts.religion ?? '' }),
    personalId: () => number(facts.personalId),
    oldId: () => number(facts.oldIdNumber),
    phone: () => number(facts.phone),
    card: () => number(facts.cardNumber),
    cardIssued: () => ({ value: together(day(facts.cardIssuedOn), facts.cardPlace) }),
    oldCard: () => number(facts.oldCardNumber),
    cvNumber: () => ({ value: facts.cvNumber ?? '' }),
    joined: () => ({
      value: facts.joinedOn ? vagueDateText(facts.joinedOn, facts.joinedPrecision, language) : '',
    }),
    officialOn: () => ({ value: facts.officialOn ? day(facts.officialOn) : texts.probationary }),
    standing: () => ({ value: texts.standings[facts.standing] }),
    birthPlace: () => ({
      value: together(facts.birthDetail, facts.birthCommune, facts.birthProvince, facts.birthCountry),
    }),
    nativePlace: () => ({ value: together(facts.nativeDetail, facts.nativeProvince, facts.nativeCountry) }),
    residence: () => ({
      value: together(
        facts.residenceDetail,
        facts.residenceCommune,
        facts.residenceProvince,
        facts.residenceCountry,
      ),
    }),
  }
  return values[key]()
}

interface SpellsProps {
  readonly texts: MemberTexts
  readonly language: Language
  readonly counted: readonly CountedSpell[]
  /** where it is not of today */
  readonly title?: string
}

/** Where counted and since when; being in transit is explained. */
export function CountedCard({ texts, language, counted, title }: SpellsProps) {
  const day = (date: string) => formatDate(date, language)
  return (
    <Card title={title ?? texts.counted}>
      <Timeline
        steps={counted.map((spell) => {
          const name = spell.organisationName
          const transit = spell.standing === 'in-transit'
          return {
            standing: spell.until === null ? 'now' : 'done',
            title: filled(transit ? texts.transitFrom : texts.countedAt, { name }),
            when:
              spell.until === null
                ? filled(texts.from, { since: day(spell.since) })
                : filled(texts.fromTo, { since: day(spell.since), until: day(spell.until) }),
            note: transit && spell.until === null ? texts.transitNote : undefined,
          }
        })}
      />
    </Card>
  )
}

export function OfficesCard(props: {
  readonly texts: MemberTexts
  readonly language: Language
  readonly offices: readonly HeldOffice[]
  /** where they are not of today */
  readonly title?: string
  readonly none?: string
}) {
  const { texts, language, offices } = props
  return (
    <Card title={props.title ?? texts.offices}>
      {offices.length === 0 ? (
        <p class="quiet">{props.none ?? texts.noOffices}</p>
      ) : (
        <ul class="plain-list">
          {offices.map((office) => (
            <li key={office.id}>
              {language === 'en' ? office.positionNameEn : office.positionName}, {office.organisationName}
              <span class="row-note">
                {filled(texts.from, { since: formatDate(office.since, language) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
