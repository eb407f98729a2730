/** The notice about personal data by version, and the choices: each voluntary purpose with its text and one button. */
import { formatDate, formatInstant, type Language } from '../../kernel/plain-date.ts'
import { Button, PostButton, TextLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Inset } from '../../ui/notice.tsx'
import { PageTitle, Prose, Section } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { filled } from '../members/texts.ts'
import type { Consent } from './consents.ts'
import type { TextVersion } from './texts-by-version.ts'
import type { PrivacyTexts } from './texts.ts'

export interface NoticePageProps {
  readonly texts: PrivacyTexts
  readonly language: Language
  readonly csrf: string
  readonly shown: TextVersion
  readonly versions: readonly TextVersion[]
  /** the newest version read; 0 for none */
  readonly readVersion: number
  readonly changes: readonly string[]
  readonly read: boolean
}

export function NoticePage(props: NoticePageProps) {
  const { texts, language, shown, versions, changes } = props
  const words = shown[language]
  const others = versions.filter(({ version }) => version !== shown.version)
  return (
    <>
      {props.read && <Banner kind="success" title={texts.readNow} />}
      <PageTitle title={words.title} caption={versionWords(shown, texts, language)} />
      {changes.length > 0 && (
        <Section title={texts.changed}>
          <Lines lines={changes} />
        </Section>
      )}
      {words.parts.map((part) => (
        <Section key={part.title} title={part.title}>
          <Lines lines={part.lines} />
        </Section>
      ))}
      {props.readVersion >= shown.version ? (
        <Inset>{texts.readBefore}</Inset>
      ) : (
        <PostButton action="/my-record/notice" csrf={props.csrf} hidden={{ version: String(shown.version) }}>
          {texts.iHaveRead}
        </PostButton>
      )}
      {others.length > 0 && (
        <Section title={texts.otherVersions}>
          <ul>
            {others.map((each) => (
              <li key={each.version}>
                <TextLink href={`/my-record/notice?version=${each.version}`}>
                  {versionWords(each, texts, language)}
                </TextLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function versionWords({ version, from }: TextVersion, texts: PrivacyTexts, language: Language): string {
  return filled(texts.version, { version: String(version), from: formatDate(from, language) })
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
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

export interface ChoicesPageProps {
  readonly texts: PrivacyTexts
  readonly language: Language
  readonly csrf: string
  readonly newId: () => string
  readonly choices: readonly (Consent & { readonly text: TextVersion })[]
  readonly address?: string | undefined
  readonly saved: boolean
  /** an address that could not be taken */
  readonly refused?: string | undefined
}

export function ChoicesPage(props: ChoicesPageProps) {
  const { texts, refused } = props
  return (
    <>
      <ErrorSummary
        errors={refused === undefined ? [] : [{ field: 'address', text: texts.addressInvalid }]}
      />
      {props.saved && <Banner kind="success" title={texts.saved} />}
      <PageTitle title={texts.choicesTitle} lead={texts.choicesLead} />
      <p>
        <TextLink href="/my-record/notice">{texts.toNotice}</TextLink>
      </p>
      {props.choices.map((choice) => (
        <Choice key={choice.purpose} {...props} choice={choice} />
      ))}
    </>
  )
}

function Choice(props: ChoicesPageProps & { readonly choice: ChoicesPageProps['choices'][number] }) {
  const { texts, language, choice } = props
  const words = choice.text[language]
  return (
    <Card title={words.title} id={choice.purpose}>
      <p>
        <Tag tone={choice.given ? 'ok' : 'neutral'}>{choice.given ? texts.given : texts.notGiven}</Tag>{' '}
        {choice.at && (
          <span class="quiet">
            {filled(texts.since, {
              at: formatInstant(choice.at, language),
              version: String(choice.version ?? ''),
            })}
          </span>
        )}
      </p>
      {words.parts.map((part) => (
        <Lines key={part.title} lines={part.lines} />
      ))}
      {choice.purpose === 'mail' && choice.given && props.address && (
        <p>{filled(texts.addressNow, { address: props.address })}</p>
      )}
      <ChoiceForm {...props} />
    </Card>
  )
}

function ChoiceForm(props: ChoicesPageProps & { readonly choice: ChoicesPageProps['choices'][number] }) {
  const { texts, csrf, choice, newId, refused } = props
  const given = choice.given ? 'no' : 'yes'
  return (
    <Form action="/my-record/choices" csrf={csrf} hidden={{ id: newId(), purpose: choice.purpose, given }}>
      {choice.purpose === 'mail' && !choice.given && (
        <TextField
          name="address"
          label={texts.address}
          type="email"
          autocomplete="email"
          width={30}
          value={refused ?? ''}
          error={refused === undefined ? undefined : texts.addressInvalid}
        />
      )}
      <Button kind="secondary">
        {choice.given ? texts.withdraw : texts.agree}
        <span class="govuk-visually-hidden">: {choice.text[props.language].title}</span>
      </Button>
    </Form>
  )
}
