/** The settings pages: every value with its certainty, source and reason; the working calendar; offices. */
import type { HolidayRow } from '../../kernel/holidays.ts'
import { formatDate, type Language } from '../../kernel/plain-date.ts'
import type { Setting, SettingRow } from '../../kernel/settings.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Radios } from '../../ui/choice.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DateField, dateParts } from '../../ui/date-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, EmptyState, Expander, Inset } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { SearchBox } from '../../ui/search.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { SelectField, TextArea, TextField } from '../../ui/text-field.tsx'
import type { WeekHours } from '../../kernel/working-time.ts'
import { looksBack, onDay, type LookedAt } from '../../registry/day.ts'
import { DayBanner, DayForm } from '../../registry/looking-back.tsx'
import { filled } from '../../registry/members/texts.ts'
import type { CalendarDay } from '../calendar.ts'
import { writeSpans } from './hours.ts'
import type { SettingsTexts } from './texts.ts'

interface Frame {
  readonly texts: SettingsTexts
  readonly language: Language
  readonly csrf: string
  readonly mayChange: boolean
  readonly today: string
  readonly saved?: string | undefined
}

export interface ShownSetting {
  readonly setting: Setting<unknown>
  readonly value: unknown
  /** the row the value comes from; the default where there is none */
  readonly inForce: SettingRow | undefined
  readonly rows: readonly SettingRow[]
}

interface Dated extends Frame {
  readonly at: LookedAt
}

export function SettingsPage(
  props: Dated & { readonly settings: readonly ShownSetting[]; readonly log?: string | undefined },
) {
  const { texts, language, at } = props
  const looking = { language, at, action: '/settings', todayHref: '/settings' }
  return (
    <>
      <DayBanner {...looking} />
      {props.saved && <Banner kind="success" title={props.saved} />}
      <PageTitle title={texts.title} lead={texts.lead} />
      <ButtonRow>
        {!looksBack(at) && (
          <ButtonLink kind="secondary" href="/settings/calendar">
            {texts.calendar}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" href={onDay('/settings/offices', at)}>
          {texts.offices}
        </ButtonLink>
        {props.log && (
          <ButtonLink kind="secondary" href="/settings/log">
            {props.log}
          </ButtonLink>
        )}
        {props.mayChange && (
          <>
            <ButtonLink kind="secondary" href="/settings/processing">
              {texts.processing}
            </ButtonLink>
            <ButtonLink kind="secondary" href="/settings/breaches">
              {texts.breaches}
            </ButtonLink>
          </>
        )}
        {props.mayChange && (
          <ButtonLink kind="secondary" href="/access">
            {texts.access}
          </ButtonLink>
        )}
      </ButtonRow>
      <DayForm {...looking} />
      {!props.mayChange && !looksBack(at) && <Inset>{texts.onlyAdministrators}</Inset>}
      {props.settings.map((shown) => (
        <SettingCard key={shown.setting.key} {...props} shown={shown} />
      ))}
    </>
  )
}

function SettingCard(props: Dated & { readonly shown: ShownSetting }) {
  const { texts, language, shown, at } = props
  const { setting } = shown
  const say = (value: unknown) => wordsOfValue(setting, value, language, texts)
  return (
    <Card title={setting.title[language]} id={setting.key}>
      <p>
        <Tag tone={setting.certainty === 'C' ? 'ok' : 'soon'}>{texts.certainty[setting.certainty]}</Tag>
      </p>
      <SummaryList
        rows={[
          {
            term: looksBack(at) ? filled(texts.onThatDay, { day: formatDate(at.day, language) }) : texts.now,
            value: say(shown.value),
          },
          { term: texts.comesFrom, value: originOf(shown.inForce, language, texts) },
          { term: texts.default, value: say(setting.default) },
          { term: texts.source, value: setting.source },
          { term: texts.reason, value: setting.reason[language] },
        ]}
      />
      {shown.rows.length > 0 && (
        <Expander summary={texts.history}>
          <ul>
            {shown.rows.map((row) => (
              <li key={row.validFrom}>
                {say(row.value)} {texts.from} {formatDate(row.validFrom, language)} · {row.reason}
                {row.setBy ? ` · ${texts.setBy} ${row.setBy}` : ''}
              </li>
            ))}
          </ul>
        </Expander>
      )}
      {props.mayChange && (
        <Expander summary={texts.change}>
          <ChangeForm {...props} />
        </Expander>
      )}
    </Card>
  )
}

/** Where the value in force comes from: who set it, when and why, or nobody and it is the default. */
function originOf(row: SettingRow | undefined, language: Language, texts: SettingsTexts): string {
  if (!row) return texts.notSet
  const setBy = row.setBy ? ` · ${texts.setBy} ${row.setBy}` : ''
  return `${texts.from} ${formatDate(row.validFrom, language)} · ${row.reason}${setBy}`
}

function ChangeForm({ texts, language, csrf, today, shown }: Frame & { readonly shown: ShownSetting }) {
  const { setting } = shown
  const name = `${setting.key}-value`.replaceAll('.', '-')
  const choices = Object.entries(setting.choices ?? {}).map(([value, words]) => ({
    value,
    text: words[language],
  }))
  return (
    <Form action="/settings" csrf={csrf} hidden={{ key: setting.key }}>
      {choices.length > 0 ? (
        <Radios name="value" id={name} label={texts.value} choices={choices} value={String(shown.value)} />
      ) : (
        <TextField
          name="value"
          id={name}
          label={texts.value}
          numeric
          width={4}
          suffix={setting.unit?.[language] ?? texts.days}
          value={String(shown.value)}
        />
      )}
      <DateField name="validFrom" id={`${name}-from`} label={texts.validFrom} value={dateParts(today)} />
      <TextArea name="reason" id={`${name}-why`} label={texts.why} rows={2} maxLength={500} />
      <Button>{texts.save}</Button>
    </Form>
  )
}

function wordsOfValue(
  setting: Setting<unknown>,
  value: unknown,
  language: Language,
  texts: SettingsTexts,
): string {
  const chosen = setting.choices?.[String(value)]
  if (chosen) return chosen[language]
  const unit = setting.unit?.[language] ?? texts.days
  return typeof value === 'number' ? `${value} ${unit}` : JSON.stringify(value)
}

export interface CalendarPageProps extends Frame {
  readonly year: number
  readonly hours: WeekHours
  readonly statutory: readonly HolidayRow[]
  readonly own: readonly CalendarDay[]
}

export function CalendarPage(props: CalendarPageProps) {
  const { texts, language, csrf, year } = props
  return (
    <>
      {props.saved && <Banner kind="success" title={props.saved} />}
      <PageTitle title={`${texts.calendar} ${year}`} lead={texts.calendarLead} />
      <ButtonRow>
        <ButtonLink
          kind="secondary"
          href={`/settings/calendar?year=${year - 1}`}
        >{`${texts.year} ${year - 1}`}</ButtonLink>
        <ButtonLink
          kind="secondary"
          href={`/settings/calendar?year=${year + 1}`}
        >{`${texts.year} ${year + 1}`}</ButtonLink>
      </ButtonRow>
      <DataTable
        caption={texts.statutory}
        columns={[
          { key: 'day', title: texts.day, cell: (row) => formatDate(row.date, language) },
          { key: 'name', title: texts.name, cell: (row) => row.name },
          { key: 'standing', title: texts.standing, cell: (row) => texts.standings[row.standing] },
        ]}
        rows={props.statutory}
        keyOf={(row) => row.date}
      />
      <Section title={texts.ownRows}>
        {props.own.length === 0 && <p>{texts.noOwnRows}</p>}
        {props.own.map((row) => (
          <Card key={row.day} level={3} title={`${formatDate(row.day, language)} · ${texts.kinds[row.kind]}`}>
            <p>
              {row.name} · {row.source}
            </p>
            {props.mayChange && (
              <PostButton
                action="/settings/calendar/remove"
                csrf={csrf}
                kind="secondary"
                hidden={{ day: row.day }}
              >
                {texts.remove}
              </PostButton>
            )}
          </Card>
        ))}
      </Section>
      {props.mayChange && <AddDayForm {...props} />}
      <Section title={texts.hours}>
        <HoursForm {...props} />
      </Section>
    </>
  )
}

function AddDayForm({ texts, csrf }: Frame) {
  const kinds = Object.entries(texts.kinds).map(([value, text]) => ({ value, text }))
  return (
    <Section title={texts.addDay}>
      <Form action="/settings/calendar" csrf={csrf}>
        <DateField name="day" label={texts.day} />
        <Radios name="kind" label={texts.kind} choices={kinds} value="holiday" />
        <TextField name="name" label={texts.name} width={30} />
        <TextField name="source" label={texts.source} width={30} />
        <Button>{texts.save}</Button>
      </Form>
    </Section>
  )
}

function HoursForm(props: CalendarPageProps) {
  const { texts, csrf, today } = props
  const lines = texts.weekdays.map((weekday, index) => ({
    weekday,
    name: `day${index + 1}`,
    value: writeSpans(props.hours[(index + 1) as 1]),
  }))
  if (!props.mayChange) {
    return (
      <SummaryList rows={lines.map((line) => ({ term: line.weekday, value: line.value || texts.rest }))} />
    )
  }
  return (
    <Form action="/settings/hours" csrf={csrf}>
      <p class="govuk-hint">{texts.hoursHint}</p>
      {lines.map((line) => (
        <TextField key={line.name} name={line.name} label={line.weekday} width={20} value={line.value} />
      ))}
      <DateField name="validFrom" label={texts.validFrom} value={dateParts(today)} />
      <TextArea name="reason" label={texts.why} rows={2} maxLength={500} />
      <Button>{texts.save}</Button>
    </Form>
  )
}

/** An office as it is listed. */
interface ShownOffice {
  readonly id: string
  readonly memberName: string
  readonly positionName: string
  readonly organisationName: string
  readonly since: string
}

export interface OfficesPageProps extends Dated {
  readonly offices: readonly ShownOffice[]
  readonly query: string
  readonly positions: readonly { readonly code: string; readonly name: string }[]
}

export function OfficesPage(props: OfficesPageProps) {
  const { texts, language, csrf, at } = props
  const asked = props.query === '' ? {} : { q: props.query }
  const looking = { language, at, action: '/settings/offices', asked, todayHref: '/settings/offices' }
  return (
    <>
      <DayBanner {...looking} />
      {props.saved && <Banner kind="success" title={props.saved} />}
      <PageTitle title={texts.offices} lead={texts.officesLead} />
      <SearchBox
        action="/settings/offices"
        label={texts.findOffice}
        value={props.query}
        hidden={looksBack(at) ? { on: at.day } : {}}
      />
      <DayForm {...looking} />
      {props.offices.length === 0 && <EmptyState title={texts.noOffice} />}
      <DataTable
        caption={texts.offices}
        hideCaption
        columns={[
          { key: 'who', title: texts.holder, cell: (row) => row.memberName },
          { key: 'position', title: texts.grantPosition, cell: (row) => row.positionName },
          { key: 'organisation', title: texts.organisation, cell: (row) => row.organisationName },
          { key: 'since', title: texts.since, cell: (row) => formatDate(row.since, language) },
          ...(props.mayChange
            ? [
                {
                  key: 'end',
                  title: texts.action,
                  acts: true,
                  cell: (row: ShownOffice) => (
                    <TextLink href={`/settings/offices/${row.id}/end`}>{texts.end}</TextLink>
                  ),
                },
              ]
            : []),
        ]}
        rows={props.offices}
        keyOf={(row) => row.id}
      />
      {props.mayChange && (
        <Section title={texts.grant}>
          <Form action="/settings/offices" csrf={csrf}>
            <TextField name="personalId" label={texts.grantPerson} numeric width={20} />
            <SelectField
              name="position"
              label={texts.grantPosition}
              options={props.positions.map(({ code, name }) => ({ value: code, text: name }))}
            />
            <TextField name="organisationCode" label={texts.grantOrganisation} width={20} />
            <DateField name="since" label={texts.since} value={dateParts(props.today)} />
            <Button>{texts.grant}</Button>
          </Form>
        </Section>
      )}
    </>
  )
}

/** Asks before an office ends: its rights end with it. */
export function EndOfficePage({ texts, language, csrf, office }: Frame & { readonly office: ShownOffice }) {
  return (
    <>
      <PageTitle title={texts.endTitle} lead={texts.endLead} />
      <SummaryList
        rows={[
          { term: texts.holder, value: office.memberName },
          { term: texts.grantPosition, value: office.positionName },
          { term: texts.organisation, value: office.organisationName },
          { term: texts.since, value: formatDate(office.since, language) },
        ]}
      />
      <Form action="/settings/offices/end" csrf={csrf} hidden={{ id: office.id }}>
        <ButtonRow>
          <Button kind="danger">{texts.end}</Button>
          <ButtonLink kind="secondary" href="/settings/offices">
            {texts.keep}
          </ButtonLink>
        </ButtonRow>
      </Form>
    </>
  )
}
