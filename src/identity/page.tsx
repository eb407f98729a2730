/** The contents of the sign-in and sessions pages; whoever registers the routes puts them into its frame. */
import { formatInstant, type Language } from '../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton } from '../ui/button.tsx'
import { Card, NowCard } from '../ui/card.tsx'
import { PasskeysCard, PasskeyWayIn } from './passkey-part.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Banner, RuleBox } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { identityTexts } from './texts.ts'
import type { SessionsView, SignInView } from './view.ts'
import { filled, identityWords } from './words.ts'

interface PageProps<View> {
  readonly view: View
  readonly language: Language
}

/** One button to VNeID; above it, why the last try failed. While VNeID is away that is said first, with the other way in. */
export function SignInContent({ view, language }: PageProps<SignInView>) {
  const words = identityWords(language)
  const Frame = view.awaySince ? QuietCard : NowCard
  return (
    <>
      <Problem problem={view.problem} language={language} />
      <PageTitle title={words.signIn} />
      {view.awaySince ? <Away view={view} language={language} since={view.awaySince} /> : null}
      <Frame
        title={words.signInLead}
        actions={
          <ButtonRow>
            <ButtonLink href={view.startHref} kind={view.awaySince ? 'secondary' : 'primary'}>
              {view.problem || view.awaySince ? words.tryAgain : words.signInButton}
            </ButtonLink>
          </ButtonRow>
        }
        rule={<RuleBox citation="338-QĐ/TW, Điều 12">{words.signInRule}</RuleBox>}
      >
        <p>{words.signInWho}</p>
      </Frame>
      {view.byPasskey && !view.awaySince && (
        <Card title={words.passkeySecond}>
          <p>{words.passkeyMay}</p>
          <PasskeyWayIn returnTo={view.returnTo} main={false} language={language} />
        </Card>
      )}
    </>
  )
}

/** The way by VNeID while it is away: there to be tried, not what one should do first. */
function QuietCard(props: {
  readonly title: string
  readonly actions: preact.ComponentChildren
  readonly rule: preact.ComponentChildren
  readonly children: preact.ComponentChildren
}) {
  return (
    <Card title={props.title}>
      {props.children}
      {props.actions}
      {props.rule}
    </Card>
  )
}

/** VNeID does not answer: since when, and what goes on meanwhile. */
function Away(props: PageProps<SignInView> & { readonly since: Date }) {
  const { view, language } = props
  const words = identityWords(language)
  const signedIn = view.csrf !== undefined
  return (
    <NowCard
      title={filled(words.away, { since: formatInstant(props.since, language) })}
      actions={
        signedIn ? (
          <ButtonRow>
            <ButtonLink href={view.returnTo}>{words.awayGoBack}</ButtonLink>
          </ButtonRow>
        ) : view.byPasskey ? (
          <PasskeyWayIn returnTo={view.returnTo} main language={language} />
        ) : undefined
      }
    >
      <p>{signedIn ? words.awaySignedIn : view.byPasskey ? words.awayPasskey : words.awayNoPasskey}</p>
      <p class="quiet">{words.awayNothingLost}</p>
    </NowCard>
  )
}

/** A refusal in words above the content of the page. */
export function Problem(props: {
  readonly problem: SignInView['problem'] | undefined
  readonly language: Language
}) {
  const { problem, language } = props
  const text = problem && identityTexts[problem.code]?.[language]
  if (!text) return null
  return (
    <Banner kind="problem" title={filled(text.title, problem.facts)}>
      <p>{filled(text.what, problem.facts)}</p>
      <p>
        {filled(text.mend, problem.facts)} {problem.citation && <cite>{problem.citation}</cite>}
      </p>
    </Banner>
  )
}

/** Where I am signed in, with a button to end each. */
export function SessionsContent({ view, language }: PageProps<SessionsView>) {
  const words = identityWords(language)
  const { csrf } = view.session
  const end = (session: string, text: string) => (
    <PostButton action="/sessions/end" csrf={csrf} kind="secondary" hidden={{ session }}>
      {text}
    </PostButton>
  )
  return (
    <>
      {view.done && <Banner kind="success" title={words[view.done]} />}
      <PageTitle title={words.sessions} lead={words.sessionsLead} />
      <Card>
        <DataTable
          caption={words.sessions}
          hideCaption
          rows={view.sessions}
          keyOf={(session) => session.id}
          columns={[
            {
              key: 'device',
              title: words.device,
              cell: (session) =>
                [
                  session.current ? `${session.device} (${words.thisDevice})` : session.device,
                  ...(session.level === 'passkey' ? [words.byPasskey] : []),
                ].join(', '),
            },
            {
              key: 'signedIn',
              title: words.signedIn,
              cell: (session) => formatInstant(session.signedInAt, language),
            },
            {
              key: 'lastSeen',
              title: words.lastSeen,
              cell: (session) => formatInstant(session.lastSeenAt, language),
            },
            {
              key: 'endsAt',
              title: words.endsAt,
              cell: (session) => formatInstant(session.endsAt, language),
            },
            { key: 'end', title: words.end, acts: true, cell: (session) => end(session.id, words.end) },
          ]}
        />
        <ButtonRow>
          {view.sessions.length > 1 && end('others', words.endOthers)}
          {end('all', words.endAll)}
        </ButtonRow>
      </Card>
      <PasskeysCard view={view} language={language} />
    </>
  )
}
