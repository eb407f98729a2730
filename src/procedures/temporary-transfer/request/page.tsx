/** The guided request of a temporary stay: what it is, one step a page, the look through before sending. */
import { formatDate, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Checkbox, Radios } from '../../../ui/choice.tsx'
import { FileField } from '../../../ui/file-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Inset, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Prose, Section } from '../../../ui/page-title.tsx'
import { SearchBox } from '../../../ui/search.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import type { DraftFields } from '../../../web/form-drafts.ts'
import type { Page } from '../../../web/web.ts'
import type { StayView } from '../contract.ts'
import { RefusedNote } from '../dossier-page.tsx'
import { Fields, type FieldKind } from '../fields.tsx'
import type { RefusedForm } from '../page-data.ts'
import { STAY_TEXTS, STEPS, type Step, type StayWords } from '../texts.ts'

const RULE = '294-QĐ/TW, mục 6.3.2 (208-QĐ/TW kế thừa); 01-HD/TW, mục 10.2.2'

/** @param members whom an officer of the cell may make it for; undefined in the member's own hat */
export function beginPage(props: {
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly dossierId: string
  readonly ownHat: boolean
  readonly members: readonly { readonly id: string; readonly name: string }[]
}): Page {
  const words = STAY_TEXTS[props.language]
  const { begin } = words
  const form = { csrf: props.csrf, commandId: props.commandId, hidden: { dossierId: props.dossierId } }
  return {
    title: words.title,
    back: { href: '/', text: words.back },
    children: (
      <>
        <PageTitle title={words.title} lead={begin.lead} />
        <Section title={begin.need}>
          <Prose>
            <ul>
              {begin.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
            <p>{begin.after}</p>
          </Prose>
        </Section>
        <RuleBox citation={RULE}>{words.rules.duration}</RuleBox>
        {props.ownHat ? (
          <PostButton action="/temporary-transfers/begin" {...form}>
            {begin.start}
          </PostButton>
        ) : (
          <Inset>{begin.otherHat}</Inset>
        )}
        {props.members.length > 0 && (
          <Card title={begin.forMember}>
            <p>{begin.forMemberWhy}</p>
            <Form action="/temporary-transfers/begin-for" {...form}>
              <SelectField
                name="memberId"
                label={begin.choose}
                empty="–"
                options={props.members.map(({ id, name }) => ({ value: id, text: name }))}
              />
              <ButtonRow>
                <Button>{begin.start}</Button>
              </ButtonRow>
            </Form>
          </Card>
        )}
      </>
    ),
  }
}

/** The answers each step asks for. */
const FIELDS: Readonly<Record<Exclude<Step, 'check'>, readonly (readonly [string, FieldKind])[]>> = {
  case: [
    ['case', 'case'],
    ['reason', 'area'],
    ['from', 'date'],
    ['to', 'date'],
  ],
  host: [['place', 'line']],
  decision: [
    ['decisionNumber', 'line'],
    ['decisionIssuer', 'line'],
    ['decisionIssuedOn', 'date'],
  ],
  review: [
    ['review', 'area'],
    ['phone', 'line'],
  ],
}

export interface StepPage {
  readonly step: Step
  readonly view: StayView
  readonly language: Language
  readonly csrf: string
  readonly commandId: string
  readonly uploadId: string
  readonly known: DraftFields
  readonly written: DraftFields
  readonly refused?: RefusedForm | undefined
  /** what was looked for, and found */
  readonly query: string
  readonly found: readonly { readonly id: string; readonly name: string; readonly about: string }[]
  /** of the last step: what is missing, each with the step that asks for it */
  readonly missing: readonly { readonly field: string; readonly step: Step }[]
}

export function stepPage(page: StepPage): Page {
  const words = STAY_TEXTS[page.language]
  const at = STEPS.indexOf(page.step)
  const here = `/temporary-transfers/${page.view.id}`
  const title = words.steps[page.step]
  return {
    title: `${title} – ${words.title}`,
    back: {
      href: at === 0 ? here : `${here}/request/${STEPS[at - 1]}`,
      text: at === 0 ? words.title : words.steps[STEPS[at - 1]!],
    },
    children: (
      <>
        {page.refused && <RefusedNote refused={page.refused} words={words} />}
        <PageTitle caption={words.step(at + 1, STEPS.length)} title={title} />
        {page.step === 'host' && <HostSearch page={page} words={words} />}
        {page.step === 'decision' && <DecisionFiles page={page} words={words} />}
        {page.step === 'check' ? (
          <Check page={page} words={words} />
        ) : (
          <Questions page={page} words={words} step={page.step} />
        )}
      </>
    ),
  }
}

interface Props {
  readonly page: StepPage
  readonly words: StayWords
}

function Questions({ page, words, step }: Props & { readonly step: Exclude<Step, 'check'> }) {
  const errors = page.refused?.errors ?? []
  return (
    <Form
      action={`/temporary-transfers/${page.view.id}/save-draft`}
      csrf={page.csrf}
      commandId={page.commandId}
      hidden={{ step }}
    >
      {step === 'host' && page.found.length > 0 && (
        <Radios
          name="hostId"
          label={words.fields.hostId!}
          value={page.written.hostId ?? page.known.hostId}
          error={errors.find(({ field }) => field === 'hostId')?.text}
          choices={page.found.map(({ id, name, about }) => ({ value: id, text: name, hint: about }))}
        />
      )}
      <Fields fields={FIELDS[step]} words={words} known={page.known} written={page.written} errors={errors} />
      {step === 'case' && <RuleBox citation={RULE}>{words.rules.duration}</RuleBox>}
      <ButtonRow>
        <Button>{words.save}</Button>
        <TextLink href={`/temporary-transfers/${page.view.id}`}>{words.cancel}</TextLink>
      </ButtonRow>
    </Form>
  )
}

function HostSearch({ page, words }: Props) {
  return (
    <>
      <SearchBox
        action={`/temporary-transfers/${page.view.id}/request/host`}
        label={words.search}
        hint={words.searchHint}
        value={page.query}
      />
      {page.query !== '' && page.found.length === 0 && <Inset>{words.nothingFound}</Inset>}
    </>
  )
}

function DecisionFiles({ page, words }: Props) {
  const here = `/temporary-transfers/${page.view.id}`
  return (
    <Card title={words.fields.decisionFile!}>
      {page.view.files.map(({ id, name }) => (
        <div key={id} class="row">
          <p class="row-title">
            <TextLink href={`${here}/files/${id}`}>{name}</TextLink>
          </p>
          <PostButton
            action={`${here}/detach-file`}
            csrf={page.csrf}
            kind="quiet"
            commandId={page.commandId}
            hidden={{ fileId: id, step: 'file' }}
          >
            {words.remove}
          </PostButton>
        </div>
      ))}
      <Form action={`${here}/files`} csrf={page.csrf} commandId={page.uploadId} files>
        <Radios
          name="confidentiality"
          label={words.secrecy}
          choices={[
            { value: 'NON_SECRET', text: words.notSecret },
            { value: 'SECRET', text: words.secret },
          ]}
        />
        <FileField
          name="file"
          label={words.fields.file!}
          kinds={words.kinds}
          accept=".pdf,image/jpeg,image/png,image/heic"
          maxSize="10 MB"
        />
        <ButtonRow>
          <Button kind="secondary">{words.upload}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Check({ page, words }: Props) {
  const { view, language } = page
  const here = `/temporary-transfers/${view.id}`
  const { answers } = view
  const day = (date: string | undefined) => (date ? formatDate(date, language) : '')
  const row = (field: string, value: string | undefined, step: Step) => ({
    term: words.fields[field] ?? field,
    value: value || '–',
    action: { href: `${here}/request/${step}`, text: words.change },
  })
  return (
    <>
      {page.missing.length > 0 && (
        <Inset>
          <p>{words.missing}:</p>
          <ul>
            {page.missing.map(({ field, step }) => (
              <li key={field}>
                <TextLink href={`${here}/request/${step}`}>{words.fields[field] ?? field}</TextLink>
              </li>
            ))}
          </ul>
        </Inset>
      )}
      <SummaryList
        rows={[
          row('case', answers.case && words.cases[answers.case], 'case'),
          row('reason', answers.reason, 'case'),
          row('from', day(answers.from), 'case'),
          row('to', day(answers.to), 'case'),
          row('hostId', view.host.asked ?? undefined, 'host'),
          row('place', answers.place, 'host'),
          row('decisionNumber', answers.decisionNumber, 'decision'),
          row('decisionIssuer', answers.decisionIssuer, 'decision'),
          row('decisionIssuedOn', day(answers.decisionIssuedOn), 'decision'),
          row('decisionFile', view.files.map(({ name }) => name).join(', '), 'decision'),
          row('review', answers.review, 'review'),
          row('phone', answers.phone, 'review'),
        ]}
      />
      <Form
        action={`${here}/submit`}
        csrf={page.csrf}
        commandId={page.commandId}
        expectedNumber={view.version}
      >
        <Checkbox name="declared" label={words.fields.declared!} />
        <RuleBox citation="338-QĐ/TW, Điều 6, khoản 1">{words.rules.truth}</RuleBox>
        <p class="quiet">{words.freshWhy}</p>
        <ButtonRow>
          <Button>{words.send}</Button>
          <ButtonLink kind="secondary" href={here}>
            {words.cancel}
          </ButtonLink>
        </ButtonRow>
      </Form>
    </>
  )
}
