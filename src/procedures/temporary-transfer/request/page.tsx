/** The guided request of a temporary stay: what it is, one step a page, the look through before sending. */
import { formatDate, type Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import { Checkbox, Radios } from '../../../ui/choice.tsx'
import { FileField } from '../../../ui/file-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Inset, RefusalPanel, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Prose, Section } from '../../../ui/page-title.tsx'
import { SearchBox } from '../../../ui/search.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { SelectField } from '../../../ui/text-field.tsx'
import type { DraftFields } from '../../../web/form-drafts.ts'
import { QueueNote } from '../../../web/queue-note.tsx'
import { QUEUE_TEXTS } from '../../../web/queue-texts.ts'
import type { Queueing } from '../../../web/queueing.ts'
import type { Page } from '../../../web/web.ts'
import type { StayView } from '../contract.ts'
import { freshSignIn, RefusedNote } from '../dossier-page.tsx'
import { Fields, type FieldKind } from '../fields.tsx'
import type { RefusedForm } from '../page-data.ts'
import { STAY_TEXTS, type StayWords } from '../texts.ts'
import { STAY_REQUEST_TEXTS, STEPS, type Step, type StayRequestWords } from './texts.ts'

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
  const { begin } = STAY_REQUEST_TEXTS[props.language]
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
const FIELDS: Readonly<Record<Exclude<Step, 'file' | 'check'>, readonly (readonly [string, FieldKind])[]>> = {
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
  readonly nothingFound: boolean
  /** it was opened from the look through, and leads back there */
  readonly fromCheck: boolean
  /** what is missing, each with the step that asks for it */
  readonly missing: readonly { readonly field: string; readonly step: Step }[]
  readonly stepOf: (field: string) => Step
  /** signed in lately enough to sign */
  readonly fresh: boolean
  /** sending waits for level 2 now */
  readonly queueing?: Queueing | undefined
}

interface Props {
  readonly page: StepPage
  readonly words: StayWords
  readonly asks: StayRequestWords
}

export function stepPage(page: StepPage): Page {
  const words = STAY_TEXTS[page.language]
  const asks = STAY_REQUEST_TEXTS[page.language]
  const at = STEPS.indexOf(page.step)
  const here = `/temporary-transfers/${page.view.id}`
  const title = asks.steps[page.step]
  const props = { page, words, asks }
  const wrong = page.refused && page.refused.errors.length > 0 ? `${page.refused.title} – ` : ''
  return {
    title: `${wrong}${title} – ${words.title}`,
    back: page.fromCheck
      ? { href: `${here}/request/check`, text: asks.steps.check }
      : {
          href: at === 0 ? here : `${here}/request/${STEPS[at - 1]}`,
          text: at === 0 ? words.title : asks.steps[STEPS[at - 1]!],
        },
    children: (
      <>
        {page.refused && page.step !== 'check' && <RefusedNote refused={page.refused} words={words} />}
        {page.step === 'check' && <CheckRefused {...props} />}
        <PageTitle caption={asks.step(at + 1, STEPS.length)} title={title} />
        {page.step === 'host' && <HostSearch {...props} />}
        {page.step === 'check' ? (
          <Check {...props} />
        ) : page.step === 'file' ? (
          <DecisionFile {...props} />
        ) : (
          <Questions {...props} step={page.step} />
        )}
      </>
    ),
  }
}

/** Where one goes without filling in what is left open: on, or back to the look through. */
function LaterLink({ page, asks }: Props) {
  const here = `/temporary-transfers/${page.view.id}/request`
  const next = STEPS[STEPS.indexOf(page.step) + 1] ?? 'check'
  return page.fromCheck ? (
    <TextLink href={`${here}/check`}>{asks.toCheck}</TextLink>
  ) : (
    <TextLink href={`${here}/${next}`}>{asks.later}</TextLink>
  )
}

function Questions(props: Props & { readonly step: Exclude<Step, 'file' | 'check'> }) {
  const { page, words, asks, step } = props
  const errors = page.refused?.errors ?? []
  const hostError = errors.find(({ field }) => field === 'hostId')?.text
  return (
    <Form
      action={`/temporary-transfers/${page.view.id}/save-draft`}
      csrf={page.csrf}
      commandId={page.commandId}
      hidden={{
        step,
        ...(page.fromCheck ? { back: 'check' } : {}),
        ...(page.query === '' ? {} : { q: page.query }),
      }}
    >
      {step === 'host' && page.found.length > 0 && (
        <Radios
          name="hostId"
          label={words.fields.hostId!}
          value={page.written.hostId ?? page.known.hostId}
          error={hostError}
          choices={page.found.map(({ id, name, about }) => ({
            value: id,
            text: name,
            hint: about === '' ? asks.hostBefore : about,
          }))}
        />
      )}
      <Fields fields={FIELDS[step]} words={words} known={page.known} written={page.written} errors={errors} />
      {step === 'case' && <RuleBox citation={RULE}>{words.rules.duration}</RuleBox>}
      <ButtonRow>
        <Button>{asks.save}</Button>
        <LaterLink {...props} />
      </ButtonRow>
    </Form>
  )
}

function HostSearch({ page, asks }: Props) {
  const unchosen = page.found.length === 0 && page.refused?.errors.some(({ field }) => field === 'hostId')
  return (
    <div id={unchosen ? 'field-hostId' : undefined}>
      <SearchBox
        action={`/temporary-transfers/${page.view.id}/request/host`}
        label={asks.search}
        hint={asks.searchHint}
        value={page.query}
        hidden={page.fromCheck ? { back: 'check' } : {}}
      />
      {page.nothingFound && <Inset>{asks.nothingFound}</Inset>}
    </div>
  )
}

function DecisionFile(props: Props) {
  const { page, words, asks } = props
  const here = `/temporary-transfers/${page.view.id}`
  const { files } = page.view
  const errorAt = (name: string) => page.refused?.errors.find(({ field }) => field === name)?.text
  const next = page.fromCheck ? 'check' : STEPS[STEPS.indexOf('file') + 1]
  return (
    <>
      <p>{asks.fileLead}</p>
      {files.length > 0 && (
        <ul class="plain-list rows">
          {files.map(({ id, name }) => (
            <li key={id} class="row">
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
                {asks.remove}
                <span class="govuk-visually-hidden">: {name}</span>
              </PostButton>
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ButtonRow>
          <ButtonLink href={`${here}/request/${next}`}>{asks.goOn}</ButtonLink>
        </ButtonRow>
      )}
      <Card title={asks.upload}>
        <Form action={`${here}/files`} csrf={page.csrf} commandId={page.uploadId} files>
          <Radios
            name="confidentiality"
            label={asks.secrecy}
            error={errorAt('confidentiality')}
            choices={[
              { value: 'NON_SECRET', text: asks.notSecret },
              { value: 'SECRET', text: asks.secret },
            ]}
          />
          <FileField
            name="file"
            label={words.fields.file!}
            error={errorAt('file') ?? errorAt('decisionFile')}
            kinds={asks.kinds}
            accept=".pdf,image/jpeg,image/png,image/heic"
            maxSize="10 MB"
          />
          <ButtonRow>
            <Button kind={files.length === 0 ? 'primary' : 'secondary'}>{asks.upload}</Button>
            {files.length === 0 && <LaterLink {...props} />}
          </ButtonRow>
        </Form>
      </Card>
    </>
  )
}

/** What was refused, with the step that mends it; what is missing has a list of its own. */
function CheckRefused({ page, words, asks }: Props) {
  const { refused } = page
  if (!refused || refused.stale || (page.missing.length > 0 && !refused.citation)) return null
  const steps = [...new Set(refused.errors.flatMap(({ field }) => field ?? []).map(page.stepOf))]
  if (refused.errors.some(({ field }) => field === 'declared'))
    return <RefusedNote refused={refused} words={words} />
  return (
    <RefusalPanel
      title={refused.title}
      what={refused.what}
      why={refused.why}
      citation={refused.citation}
      mend={
        <>
          <p>{refused.mend}</p>
          {steps.map((step) => (
            <p key={step}>
              <TextLink href={`/temporary-transfers/${page.view.id}/request/${step}?back=check`}>
                {asks.mendAt(asks.steps[step])}
              </TextLink>
            </p>
          ))}
        </>
      }
    />
  )
}

function Check(props: Props) {
  const { page, words, asks } = props
  const { view, language } = page
  const here = `/temporary-transfers/${view.id}`
  const { answers } = view
  const day = (date: string | undefined) => (date ? formatDate(date, language) : '')
  const at = (step: Step, field: string) => `${here}/request/${step}?back=check#field-${field}`
  const row = (field: string, value: string | undefined, step: Step) => ({
    term: words.fields[field] ?? field,
    value: value || <span class="quiet">{asks.notYet}</span>,
    action: { href: at(step, field === 'decisionFile' ? 'file' : field), text: asks.change },
  })
  return (
    <>
      {page.missing.length > 0 && (
        <NowCard title={asks.missing}>
          <p>{asks.missingLead}</p>
          <ul>
            {page.missing.map(({ field, step }) => (
              <li key={field}>
                <TextLink href={at(step, field === 'decisionFile' ? 'file' : field)}>
                  {words.fields[field] ?? field}
                </TextLink>
              </li>
            ))}
          </ul>
        </NowCard>
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
          row('decisionFile', view.files.map(({ name }) => name).join(', '), 'file'),
          row('review', answers.review, 'review'),
          row('phone', answers.phone, 'review'),
        ]}
      />
      {page.missing.length === 0 && <Send {...props} />}
      <p>
        <TextLink href={here}>{words.cancel}</TextLink>
      </p>
    </>
  )
}

/** The declaration and the button; before them the sign-in that a signature needs, while nothing is lost by it. */
function Send({ page, words, asks }: Props) {
  const { view } = page
  const here = `/temporary-transfers/${view.id}`
  const queueing = page.fresh && !page.queueing?.byPasskey ? undefined : page.queueing
  if (!page.fresh && !queueing)
    return (
      <Card title={words.freshTitle}>
        <p>{asks.afterSending(view.origin.cell.name)}</p>
        <ButtonRow>
          <ButtonLink href={freshSignIn(`${here}/request/check#send`)}>{asks.confirmFirst}</ButtonLink>
        </ButtonRow>
        <RuleBox citation="379-QĐ/TW, Điều 12">{words.freshWhy}</RuleBox>
      </Card>
    )
  return (
    <Card id="send" title={asks.sendTitle}>
      <p>{asks.afterSending(view.origin.cell.name)}</p>
      <Form
        action={`${here}/submit`}
        csrf={page.csrf}
        commandId={page.commandId}
        expectedNumber={view.version}
        hidden={queueing ? { queue: 'yes' } : {}}
      >
        <Checkbox
          name="declared"
          label={words.fields.declared!}
          checked={page.written.declared !== undefined}
          error={page.refused?.errors.find(({ field }) => field === 'declared')?.text}
        />
        <RuleBox citation="338-QĐ/TW, Điều 6, khoản 1">{words.rules.truth}</RuleBox>
        {queueing && <QueueNote queueing={queueing} language={page.language} />}
        <ButtonRow>
          <Button>{queueing ? QUEUE_TEXTS[page.language].button : asks.send}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
