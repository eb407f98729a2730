/** A plan: what is to be done, what it would change, what stands in the way, and the one next step. */
import { formatDate, formatInstant, type Language, type PlainDate } from '../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton, TextLink } from '../../ui/button.tsx'
import { Card, LinkCard } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Form } from '../../ui/form.tsx'
import { Banner, Expander, RuleBox, Warning } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import { SummaryList } from '../../ui/summary-list.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import type { Problem } from './law/compile.ts'
import { STEP_TYPES, type Plan, type StepType } from './law/plan.ts'
import { COLLECTIVE_CITATION, type Status } from './law/rules.ts'
import { TONES } from './plans-page.tsx'
import type { Preview } from './preview.ts'
import { REORGANISATION_TEXTS, type ReorganisationWords } from './texts.ts'

export interface PlanPageProps {
  readonly language: Language
  readonly id: string
  readonly status: Status
  readonly version: number
  readonly plan: Plan
  /** each step in words, in the plan's order */
  readonly steps: readonly { readonly type: StepType; readonly said: string }[]
  readonly preview: Preview | undefined
  readonly stopped: readonly Problem[]
  readonly history: readonly {
    readonly type: string
    readonly at: Date
    readonly who: string | null
    readonly note: string | undefined
  }[]
  readonly may: {
    readonly save: boolean
    readonly sign: boolean
    readonly cancel: boolean
    readonly undo: boolean
  }
  readonly undo:
    { readonly until: PlainDate; readonly blockedBy: readonly string[]; readonly over: boolean } | undefined
  readonly papers: readonly { readonly href: string; readonly title: string; readonly about: string }[]
  readonly today: PlainDate
  readonly csrf: string
  readonly commandIdOf: () => string
  readonly done: 'saved' | 'signed' | 'applied' | 'undone' | undefined
  readonly problem: string | undefined
}

export function PlanPage(props: PlanPageProps) {
  const { plan, preview, language } = props
  const texts = REORGANISATION_TEXTS[language]
  const { decision } = plan
  return (
    <>
      {props.done && <Banner kind="success" title={texts.done[props.done]} />}
      {props.problem && <Banner kind="problem" title={props.problem} />}
      <PageTitle
        title={plan.title}
        caption={texts.title}
        meta={<Tag tone={TONES[props.status]}>{texts.statuses[props.status]}</Tag>}
      />
      <SummaryList
        rows={[
          {
            term: texts.details.title,
            value: `${decision.number}, ${formatDate(decision.signedOn, language)}, ${decision.issuer}`,
            ...(props.may.save
              ? { action: { href: `/reorganisations/${props.id}/details`, text: texts.details.change } }
              : {}),
          },
          { term: texts.details.effectiveOn, value: formatDate(plan.effectiveOn, language) },
        ]}
      />
      {preview && <Obstacles {...props} preview={preview} />}
      {props.stopped.length > 0 && <Problems words={texts} problems={props.stopped} />}
      <Steps {...props} />
      {preview && plan.steps.length > 0 && <WhatChanges {...props} preview={preview} />}
      <NextStep {...props} />
      {props.papers.length > 0 && (
        <Section title={texts.papers}>
          {props.papers.map((paper) => (
            <LinkCard key={paper.href} level={3} href={paper.href} title={paper.title} about={paper.about} />
          ))}
        </Section>
      )}
      <History {...props} />
    </>
  )
}

function Problems({
  words,
  problems,
}: {
  readonly words: ReorganisationWords
  readonly problems: readonly Problem[]
}) {
  return (
    <Banner kind="problem" title={words.blocked}>
      <ul class="govuk-list govuk-list--bullet">
        {problems.map((problem) => (
          <li key={problem.code + problem.about}>{words.problems[problem.code](problem.name)}</li>
        ))}
      </ul>
    </Banner>
  )
}

/** What differs from the day it was drawn up, who else plans here, what must and what should be looked at. */
function Obstacles({ language, preview, plan }: PlanPageProps & { readonly preview: Preview }) {
  const words = REORGANISATION_TEXTS[language]
  const { differences, rivals, warnings } = preview
  return (
    <>
      {differences.length > 0 && (
        <Banner kind="information" title={words.changedTitle}>
          <p>{words.changedAbout}</p>
          <ul class="govuk-list govuk-list--bullet">
            {differences.map((each) => (
              <li key={each.id + each.what}>
                {each.name}: {words.differs[each.what]}{' '}
                {each.before === '' ? each.after : words.becomes(each.before, each.after)}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {rivals.length > 0 && (
        <Banner kind="information" title={words.rivals}>
          <ul class="govuk-list">
            {rivals.map((rival) => (
              <li key={rival.id}>
                <TextLink href={`/reorganisations/${rival.id}`}>{rival.title}</TextLink>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {plan.steps.length > 0 && preview.problems.length > 0 && (
        <Problems words={words} problems={preview.problems} />
      )}
      {warnings.map((warning) => (
        <Warning key={warning.code + warning.name}>{words.warnings[warning.code](warning)}</Warning>
      ))}
    </>
  )
}

function Steps(props: PlanPageProps) {
  const { id, steps, may, version } = props
  const words = REORGANISATION_TEXTS[props.language]
  return (
    <Section title={words.steps}>
      {steps.length === 0 && <p>{words.noSteps}</p>}
      <ol class="plain-list rows">
        {steps.map((step, index) => (
          <li key={index} class="row">
            <p class="row-title">{words.stepNames[step.type]}</p>
            <p>{step.said}</p>
            {may.save && (
              <PostButton
                action={`/reorganisations/${id}/remove`}
                csrf={props.csrf}
                commandId={props.commandIdOf()}
                expectedNumber={version}
                kind="quiet"
                hidden={{ step: String(index) }}
              >
                {words.remove}
              </PostButton>
            )}
          </li>
        ))}
      </ol>
      {may.save && (
        <Expander summary={words.add} open={steps.length === 0}>
          {STEP_TYPES.map((type) => (
            <LinkCard
              key={type}
              level={3}
              href={`/reorganisations/${id}/steps/${type}`}
              title={words.stepNames[type]}
              about={words.stepAbout[type]}
            />
          ))}
        </Expander>
      )}
    </Section>
  )
}

function WhatChanges(props: PlanPageProps & { readonly preview: Preview }) {
  const { preview, language } = props
  const words = REORGANISATION_TEXTS[language]
  const figure = (number: number) => number.toLocaleString(language)
  const line = (title: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ term: title, value: lines(values) }]
  return (
    <Section
      title={words.preview}
      about={words.conserved(figure(preview.counted), figure(preview.inTransit))}
    >
      <SummaryList
        rows={[
          ...line(
            words.ended,
            preview.ended.map((each) => words.takenOver(each.name, each.successors.join(', '))),
          ),
          ...line(
            words.created,
            preview.created.map((each) => `${each.name} (${each.kindName}), ${each.parent}`),
          ),
          ...line(
            words.renamed,
            preview.renamed.map((each) => words.becomes(each.from, each.to)),
          ),
          ...line(
            words.moved,
            preview.moved.map(
              (group) =>
                `${words.comesTo(group.to)}${words.movedOf(figure(group.organisations), figure(group.members))}. ${group.names.join(', ')}${
                  group.organisations > group.names.length
                    ? `; ${words.more(group.organisations - group.names.length)}`
                    : ''
                }`,
            ),
          ),
          ...line(
            words.memberMoves,
            preview.members.map((each) => words.fromTo(each.from, each.to) + words.person(each.count)),
          ),
        ]}
      />
      <Dossiers {...props} />
      {preview.offices.length > 0 && <Offices {...props} />}
    </Section>
  )
}

function lines(values: readonly string[]) {
  return (
    <ul class="govuk-list">
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  )
}

function Dossiers({ preview, language }: PlanPageProps & { readonly preview: Preview }) {
  const words = REORGANISATION_TEXTS[language]
  const { total, shown } = preview.dossiers
  if (total === 0) return <p>{words.noDossiers}</p>
  return (
    <Card title={words.dossiers} level={3}>
      <p>{words.dossierCount(total)}</p>
      <DataTable
        caption={words.dossiers}
        hideCaption
        columns={[
          { key: 'number', title: words.dossier, cell: (row) => row.number ?? words.draftDossier },
          { key: 'now', title: words.nowAt, cell: (row) => row.organisation },
          { key: 'next', title: words.thenAt, cell: (row) => row.successor ?? words.stays },
        ]}
        rows={shown.map((row, index) => ({ ...row, key: String(index) }))}
        keyOf={(row) => row.key}
      />
      {total > shown.length && <p class="quiet">{words.more(total - shown.length)}</p>}
    </Card>
  )
}

function Offices(props: PlanPageProps & { readonly preview: Preview }) {
  const { preview, language, may, id, version } = props
  const words = REORGANISATION_TEXTS[language]
  const table = (
    <DataTable
      caption={words.offices}
      hideCaption
      columns={[
        { key: 'holder', title: words.holder, cell: (row) => row.holder },
        {
          key: 'position',
          title: words.position,
          cell: (row) => `${language === 'en' ? row.positionNameEn : row.positionName}, ${row.organisation}`,
        },
        {
          key: 'next',
          title: words.thenAt,
          cell: (row) => (
            <span class="govuk-checkboxes govuk-checkboxes--small">
              <span class="govuk-checkboxes__item">
                <input
                  class="govuk-checkboxes__input"
                  type="checkbox"
                  id={`office-${row.id}`}
                  name="offices"
                  value={row.id}
                  checked={row.continues}
                  disabled={!may.save}
                />
                <label class="govuk-label govuk-checkboxes__label" for={`office-${row.id}`}>
                  {words.goesOn(row.successor)}
                </label>
              </span>
            </span>
          ),
        },
      ]}
      rows={preview.offices}
      keyOf={(row) => row.id}
    />
  )
  return (
    <Card title={words.offices} level={3} id="offices">
      <p>{words.officesAbout}</p>
      {may.save ? (
        <Form
          action={`/reorganisations/${id}/continuing`}
          csrf={props.csrf}
          commandId={props.commandIdOf()}
          expectedNumber={version}
        >
          {table}
          <ButtonRow>
            <Button kind="secondary">{words.saveOffices}</Button>
          </ButtonRow>
        </Form>
      ) : (
        table
      )}
    </Card>
  )
}

/** The one thing to do now, and the way out of it. */
function NextStep(props: PlanPageProps) {
  const { id, may, preview, plan, today, undo, language } = props
  const words = REORGANISATION_TEXTS[language]
  const ready = preview && plan.steps.length > 0 && preview.problems.length === 0
  const day = formatDate(plan.effectiveOn, language)
  return (
    <>
      {ready && may.sign && (
        <Card title={plan.effectiveOn > today ? words.signLater(day) : words.sign}>
          <PostButton
            action={`/reorganisations/${id}/sign`}
            csrf={props.csrf}
            commandId={props.commandIdOf()}
            hidden={{ digest: preview.digest }}
          >
            {plan.effectiveOn > today ? words.signLater(day) : words.sign}
          </PostButton>
          <RuleBox citation={COLLECTIVE_CITATION}>{words.signRule}</RuleBox>
        </Card>
      )}
      {ready && !may.sign && may.save && <p class="quiet">{words.signWho}</p>}
      {undo && (may.undo || undo.over) && (
        <Card title={words.undo}>
          {undo.over ? (
            <p>{words.undoOver}</p>
          ) : undo.blockedBy.length > 0 ? (
            <p>{words.undoBlocked(undo.blockedBy.join(', '))}</p>
          ) : (
            <>
              <p>{words.undoAbout(formatDate(undo.until, language))}</p>
              <WithReason {...props} act="undo" button={words.undo} />
            </>
          )}
        </Card>
      )}
      {may.cancel && (
        <Expander summary={words.cancel}>
          <WithReason {...props} act="cancel" button={words.cancel} />
        </Expander>
      )}
      <ButtonRow>
        <ButtonLink kind="quiet" href="/reorganisations">
          {words.back}
        </ButtonLink>
      </ButtonRow>
    </>
  )
}

function WithReason(props: PlanPageProps & { readonly act: 'undo' | 'cancel'; readonly button: string }) {
  const words = REORGANISATION_TEXTS[props.language]
  return (
    <Form
      action={`/reorganisations/${props.id}/${props.act}`}
      csrf={props.csrf}
      commandId={props.commandIdOf()}
    >
      <TextField name="reason" id={`reason-${props.act}`} label={words.reason} />
      <ButtonRow>
        <Button kind="danger">{props.button}</Button>
      </ButtonRow>
    </Form>
  )
}

function History({ history, language }: PlanPageProps) {
  const words = REORGANISATION_TEXTS[language]
  if (history.length === 0) return null
  return (
    <Section title={words.happened}>
      <Timeline
        steps={history.map((event): TimelineStep => ({
          standing: event.type === 'plan-stopped' ? 'problem' : 'done',
          title: words.events[event.type] ?? event.type,
          when: formatInstant(event.at, language),
          who: event.who ?? words.system,
          ...(event.note === undefined ? {} : { note: event.note }),
        }))}
      />
    </Section>
  )
}
