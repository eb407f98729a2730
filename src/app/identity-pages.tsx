/** The pages of identity in the shell: sign-in (on a demonstration with the people one can be), sessions, delegations. */
import { DelegationsContent } from '../identity/delegation-page.tsx'
import { SessionsContent, SignInContent } from '../identity/page.tsx'
import type { IdentityPages } from '../identity/route-options.ts'
import { identityWords } from '../identity/words.ts'
import { todayIn, type Language } from '../kernel/plain-date.ts'
import { demoPeople, type DemoPerson } from '../registry/demo.ts'
import { Inset } from '../ui/notice.tsx'
import { Section } from '../ui/page-title.tsx'
import type { Web } from '../web/web.ts'
import { DemoPeople } from './pages/demo-page.tsx'
import { DEMO_TEXTS } from './pages/demo-texts.ts'
import type { Parts } from './parts.ts'

/** What `registerIdentityRoutes` shows with. */
export function identityPages(web: Web, parts: Parts): IdentityPages {
  return {
    async signIn(view, request) {
      const { language } = request
      const { read } = parts.database
      const people = parts.development ? await demoPeople(read, todayIn(parts.clock.now())) : undefined
      return web.showPage(request, {
        title: identityWords(language).signIn,
        children: (
          <>
            <SignInContent view={view} language={language} />
            {people && <WhomToBe people={people} language={language} />}
          </>
        ),
        ...(people ? { width: 'wide' } : {}),
      })
    },
    sessions: (view, request) =>
      web.showPage(request, {
        title: identityWords(request.language).sessions,
        children: <SessionsContent view={view} language={request.language} />,
        width: 'wide',
      }),
    delegations: (view, request) =>
      web.showPage(request, {
        title: identityWords(request.language).delegations,
        children: <DelegationsContent view={view} language={request.language} />,
        width: 'wide',
      }),
  }
}

/** On a demonstration: that this is not the real VNeID, and whom one can be. */
function WhomToBe(props: { readonly people: readonly DemoPerson[]; readonly language: Language }) {
  const texts = DEMO_TEXTS[props.language]
  return (
    <>
      <Inset>
        <b>{texts.notVneid}.</b> {texts.notVneidText}
      </Inset>
      <Section title={texts.people} about={texts.peopleLead}>
        <DemoPeople people={props.people} texts={texts} language={props.language} />
      </Section>
    </>
  )
}
