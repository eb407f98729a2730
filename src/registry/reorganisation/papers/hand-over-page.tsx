/** The pages of hand-over papers: what waits for the reader, and one paper with its one next step. */
import { formatDate, formatInstant, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton } from '../../../ui/button.tsx'
import { Card, LinkCard, NowCard } from '../../../ui/card.tsx'
import { Banner, EmptyState, Expander, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { Tag } from '../../../ui/pill.tsx'
import { SummaryList } from '../../../ui/summary-list.tsx'
import { DISSOLVED_CITATION, NUMBER_CITATION } from '../law/hand-over.ts'
import type { HandOverView } from './contract.ts'
import { HAND_OVER_TEXTS, nameOf, standingInWords, type HandOverWords } from './texts.ts'

export interface HandOversPageProps {
  readonly language: Language
  readonly papers: readonly HandOverView[]
}

export function HandOversPage({ language, papers }: HandOversPageProps) {
  const words = HAND_OVER_TEXTS[language]
  const mine = papers.filter(({ may }) => may.length > 0)
  const others = papers.filter(({ may }) => may.length === 0)
  const cards = (shown: readonly HandOverView[]) =>
    shown.map((paper) => (
      <LinkCard
        key={paper.id}
        level={3}
        href={`/hand-overs/${paper.id}`}
        title={nameOf(paper, words)}
        about={`${paper.planTitle} · ${standingInWords(paper, language)}`}
      />
    ))
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      {papers.length === 0 && <EmptyState title={words.none}>{words.noneAbout}</EmptyState>}
      {mine.length > 0 && <Section title={words.mine}>{cards(mine)}</Section>}
      {others.length > 0 && <Section title={words.others}>{cards(others)}</Section>}
    </>
  )
}

export interface HandOverPageProps {
  readonly language: Language
  readonly paper: HandOverView
  readonly today: PlainDate
  readonly csrf: string
  readonly done: 'signed' | 'numbered' | 'sealing' | undefined
}

export function HandOverPage(props: HandOverPageProps) {
  const { paper, language, today } = props
  const words = HAND_OVER_TEXTS[language]
  const late = paper.steps.length > 0 && paper.dueOn < today
  const tone =
    paper.voidReason !== null ? 'neutral' : paper.steps.length === 0 ? 'ok' : late ? 'late' : 'soon'
  return (
    <>
      {props.done && <Banner kind="success" title={words.done[props.done]} />}
      {paper.failure && paper.steps.includes('seal') && <Banner kind="problem" title={words.failure} />}
      <PageTitle
        title={nameOf(paper, words)}
        caption={words.title}
        meta={<Tag tone={tone}>{standingInWords(paper, language)}</Tag>}
      />
      <Acts {...props} />
      <Facts {...props} />
      {paper.made && (
        <ButtonRow>
          <ButtonLink kind="secondary" download href={`/hand-overs/${paper.id}/paper`}>
            {words.download}
          </ButtonLink>
        </ButtonRow>
      )}
      {paper.giverEnded && (
        <Card title={words.endedTitle}>
          <RuleBox setting={DISSOLVED_CITATION}>{words.endedRule}</RuleBox>
        </Card>
      )}
    </>
  )
}

function Acts({ paper, language, csrf }: HandOverPageProps) {
  const words = HAND_OVER_TEXTS[language]
  if (paper.may.length === 0) return null
  const places = paper.may.filter((act) => act !== 'number' && act !== 'seal')
  const asked =
    places.length > 0 ? words.ask.sign : paper.may.includes('number') ? words.ask.number : words.ask.seal
  return (
    <NowCard
      title={words.mine}
      actions={
        <ButtonRow>
          {paper.may.map((act) => {
            const other = act === 'number' || act === 'seal'
            return (
              <PostButton
                key={act}
                action={`/hand-overs/${paper.id}/${other ? act : 'sign'}`}
                csrf={csrf}
                {...(other ? {} : { hidden: { place: act } })}
              >
                {words.acts[act]}
              </PostButton>
            )
          })}
        </ButtonRow>
      }
      rule={
        paper.may.includes('number') ? (
          <RuleBox setting={NUMBER_CITATION}>{words.numberRule}</RuleBox>
        ) : (
          <RuleBox setting={DISSOLVED_CITATION}>{words.untilRule}</RuleBox>
        )
      }
    >
      <p>{asked}</p>
    </NowCard>
  )
}

function Facts({ paper, language }: HandOverPageProps) {
  const words = HAND_OVER_TEXTS[language]
  const { basis } = paper
  const figure = (number: number) => number.toLocaleString(language)
  return (
    <SummaryList
      rows={[
        { term: words.plan, value: paper.planTitle },
        {
          term: words.basis,
          value: words.decided(basis.number, formatDate(basis.signedOn, language), basis.issuer),
        },
        { term: words.effectiveOn, value: formatDate(paper.effectiveOn, language) },
        ...(paper.kind === 'minutes' ? [] : [{ term: words.issuer, value: paper.issuer }]),
        ...(paper.symbol ? [{ term: words.number, value: paper.symbol.replace(/^Số /, '') }] : []),
        ...paper.lines.map((line, index) => ({
          term: paper.lines.length > 1 ? `${words.giver} ${index + 1}` : words.giver,
          value: (
            <>
              <p>{paper.giverEnded ? words.endedSuffix(line.giver) : line.giver}</p>
              <p>{`${words.receiver}: ${line.receiver}`}</p>
              <WholeOrganisations words={words} organisations={line.organisations} figure={figure} />
              {line.members > 0 && <p>{`${words.byThemselves}: ${words.members(figure(line.members))}`}</p>}
            </>
          ),
        })),
        ...(paper.seals.length > 0 ? [{ term: words.seals, value: paper.seals.join('; ') }] : []),
        ...paper.signers.map((signer, index) => ({
          term: paper.signers.length > 1 ? `${words.signedBy} ${index + 1}` : words.signedBy,
          value: `${[...new Set([signer.office, signer.organisation])].join(', ')} · ${formatInstant(new Date(signer.at), language)}`,
        })),
        { term: words.until, value: formatDate(paper.dueOn, language) },
      ]}
    />
  )
}

const MOST_OPEN = 5

/** A few are told at once; more stand behind their sum. */
function WholeOrganisations({
  words,
  organisations,
  figure,
}: {
  readonly words: HandOverWords
  readonly organisations: HandOverView['lines'][number]['organisations']
  readonly figure: (number: number) => string
}) {
  if (organisations.length === 0) return null
  const list = (
    <ul>
      {organisations.map((each, index) => (
        <li key={index}>{words.counted(each.name, figure(each.members))}</li>
      ))}
    </ul>
  )
  const members = organisations.reduce((sum, each) => sum + each.members, 0)
  const sum = words.goOver(figure(organisations.length), figure(members))
  if (organisations.length > MOST_OPEN) return <Expander summary={sum}>{list}</Expander>
  return (
    <>
      <p>{sum}:</p>
      {list}
    </>
  )
}

/** For the first page: that something waits, and the way there. */
export function HandOversWaiting({
  language,
  count,
}: {
  readonly language: Language
  readonly count: number
}) {
  const words = HAND_OVER_TEXTS[language]
  return (
    <NowCard
      title={words.waiting(count)}
      actions={
        <ButtonRow>
          <ButtonLink href="/hand-overs">{words.open}</ButtonLink>
        </ButtonRow>
      }
    >
      <p>{words.waitingAbout}</p>
    </NowCard>
  )
}
