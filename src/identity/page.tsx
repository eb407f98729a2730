/** The contents of the sign-in and sessions pages; whoever registers the routes puts them into its frame. */
import { formatInstant, type Language } from '../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton } from '../ui/button.tsx'
import { Card, NowCard } from '../ui/card.tsx'
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

/** One button to VNeID; above it, why the last try failed. */
export function SignInContent({ view, language }: PageProps<SignInView>) {
  const words = identityWords(language)
  return (
    <>
      <Problem problem={view.problem} language={language} />
      <PageTitle title={words.signIn} />
      <NowCard
        title={words.signInLead}
        actions={
          <ButtonRow>
            <ButtonLink href={view.startHref}>
              {view.problem ? words.tryAgain : words.signInButton}
            </ButtonLink>
          </ButtonRow>
        }
        rule={<RuleBox citation="338-QĐ/TW, Điều 12">{words.signInRule}</RuleBox>}
      >
        <p>{words.signInWho}</p>
      </NowCard>
    </>
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
                session.current ? `${session.device} (${words.thisDevice})` : session.device,
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
    </>
  )
}
