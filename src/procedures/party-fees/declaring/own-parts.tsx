/** What stands above the form of one's own declaration: what waits, what was returned and why, what is in force. */
import { formatInstant, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { PostButton } from '../../../ui/button.tsx'
import { Card, NowCard } from '../../../ui/card.tsx'
import { Banner, Inset } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { fill } from '../../../ui/words.ts'
import { declaredRows } from './check-page.tsx'
import { kindOf, type Declaration } from './contract.ts'
import type { DeclaringTexts } from './texts.ts'

interface Props {
  readonly texts: DeclaringTexts
  readonly language: Language
  readonly declarations: readonly Declaration[]
}

/** One waits: nothing is asked until it is answered or withdrawn. */
export function WaitingDeclaration(
  props: Props & {
    readonly csrf: string
    readonly waiting: Declaration
    readonly base: string
    readonly onBehalfOf?: string | undefined
    readonly done?: string | undefined
  },
) {
  const { texts, language, waiting, base, onBehalfOf } = props
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      <PageTitle title={onBehalfOf ? texts.onBehalfTitle : texts.title} caption={onBehalfOf ?? texts.fees} />
      <NowCard
        title={texts.waitsTitle}
        actions={
          (!onBehalfOf || waiting.declaredBy !== waiting.memberId) && (
            <PostButton
              action={`${base}/withdraw`}
              csrf={props.csrf}
              kind="secondary"
              hidden={{ declaration: waiting.id }}
            >
              {texts.withdraw}
            </PostButton>
          )
        }
      >
        <p>{fill(texts.waits, { at: formatInstant(waiting.declaredAt, language) })}</p>
        {waiting.declaredBy !== waiting.memberId && (
          <p>{fill(texts.byOther, { name: waiting.declaredByName })}</p>
        )}
      </NowCard>
      <Card title={texts.answers}>
        <SummaryList rows={declaredRows(waiting, texts, language)} />
      </Card>
      <History {...props} />
    </>
  )
}

/** Above an open form. */
export function BeforeForm(props: Props & { readonly done?: string | undefined }) {
  const { texts, language, declarations } = props
  const [last] = declarations
  const inForce = declarations.find(({ status }) => status === 'approved')
  return (
    <>
      {props.done && <Banner kind="success" title={props.done} />}
      {last?.status === 'returned' && (
        <Banner kind="problem" title={texts.returnedTitle}>
          {last.reason}
        </Banner>
      )}
      {inForce && (
        <Inset>
          <strong>{texts.approvedTitle}.</strong>{' '}
          {fill(texts.approvedFrom, {
            month: formatMonth(inForce.fromPeriod, language),
            kind: texts.kinds[kindOf(inForce.facts)],
          })}
        </Inset>
      )}
    </>
  )
}

/** What was declared so far, newest first. */
export function History({ texts, language, declarations }: Props) {
  if (declarations.length === 0) return null
  return (
    <Section title={texts.history}>
      <ul class="plain-list rows">
        {declarations.map((each) => (
          <li key={each.id} class="row">
            <p class="row-title">
              {formatMonth(each.fromPeriod, language)}: {texts.kinds[kindOf(each.facts)]}
            </p>
            <p class="quiet">
              {texts.statuses[each.status]} · {formatInstant(each.declaredAt, language)}
              {each.reason && ` · ${each.reason}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
