/** The head of every page: whose site, as whom and where one acts, switching in one tap, notices, signing out. */
import type { Children, LinkItem } from './children.ts'
import { PostForm } from './form.tsx'
import { fill, useWords } from './words.ts'

/** The installation: its name, what it is for, its emblem. */
export interface Site {
  readonly name: string
  readonly tagline?: string | undefined
  /** Address of the emblem's picture; a neutral mark of ours without it. */
  readonly emblem?: string | undefined
  readonly home?: string | undefined
}

/** One office in one organisation, as its bearer sees it. */
export interface Hat {
  readonly id: string
  readonly office: string
  readonly organisation: string
  /** Acting under a grant for this person. */
  readonly onBehalfOf?: string | undefined
  /** Work waiting there. */
  readonly waiting?: number | undefined
}

/** Who is signed in, with every hat; switching posts `hat` = id to `switchAction`, signing out posts to `signOutAction`. */
export interface Session {
  readonly person: string
  readonly hat: Hat
  readonly otherHats: readonly Hat[]
  readonly switchAction: string
  readonly signOutAction: string
  readonly csrf: string
  readonly notices?: { readonly href: string; readonly count: number } | undefined
  /** More in the menu: my record, my devices. */
  readonly links?: readonly LinkItem[] | undefined
}

/** A strip above everything: the demo's clock, a TEST certificate authority. */
export interface Strip {
  readonly text: Children
  readonly href?: string | undefined
  readonly kind?: 'information' | 'warning' | undefined
}

export function SiteHeader(props: {
  readonly site: Site
  readonly session: Session | undefined
  readonly strips: readonly Strip[]
}) {
  const words = useWords()
  const { site, session } = props
  return (
    <header class="site-header">
      {props.strips.map((strip, index) => (
        <StripLine key={index} strip={strip} />
      ))}
      <p class="strip strip--warning" data-offline hidden role="status">
        {words.offline}
      </p>
      <div class="site-bar">
        <div class="site-bar-inner">
          <a class="site-name" href={site.home ?? '/'}>
            {site.emblem ? (
              <img class="site-emblem" src={site.emblem} alt="" width={40} height={40} />
            ) : (
              <Mark />
            )}
            <span>
              {site.name}
              {site.tagline && <span class="site-tagline">{site.tagline}</span>}
            </span>
          </a>
          {session?.notices && <Notices {...session.notices} />}
          {session && <HatMenu session={session} />}
        </div>
      </div>
    </header>
  )
}

function StripLine({ strip }: { readonly strip: Strip }) {
  return (
    <p class={`strip strip--${strip.kind ?? 'information'}`}>
      {strip.href ? <a href={strip.href}>{strip.text}</a> : strip.text}
    </p>
  )
}

function Notices(props: { readonly href: string; readonly count: number }) {
  const words = useWords()
  return (
    <a class="site-notices" href={props.href}>
      {words.notices}
      {props.count > 0 && <span class="count count--light"> {props.count}</span>}
    </a>
  )
}

function HatMenu({ session }: { readonly session: Session }) {
  const words = useWords()
  return (
    <details class="hat-menu" data-menu>
      <summary class="hat-chip">
        <span class="govuk-visually-hidden">{words.actingAs}: </span>
        <HatName hat={session.hat} />
      </summary>
      <div class="hat-sheet">
        <p class="hat-person">{session.person}</p>
        <p class="quiet">
          {words.actingAs}: <HatName hat={session.hat} />
        </p>
        {session.otherHats.length > 0 && (
          <PostForm action={session.switchAction} csrf={session.csrf} data-once={words.sendingForm}>
            <p class="hat-title">{words.switchHat}</p>
            {session.otherHats.map((hat) => (
              <button key={hat.id} type="submit" class="hat-choice" name="hat" value={hat.id}>
                <span>
                  <b>{hat.office}</b>
                  <span class="hat-where">{hat.organisation}</span>
                  {hat.onBehalfOf && (
                    <span class="hat-where">{fill(words.onBehalfOf, { name: hat.onBehalfOf })}</span>
                  )}
                </span>
                {hat.waiting !== undefined && hat.waiting > 0 && <span class="count">{hat.waiting}</span>}
              </button>
            ))}
          </PostForm>
        )}
        {(session.links ?? []).map((link) => (
          <a key={link.href} class="hat-link" href={link.href}>
            {link.text}
          </a>
        ))}
        <PostForm action={session.signOutAction} csrf={session.csrf} data-sign-out>
          <button type="submit" class="hat-link">
            {words.signOut}
          </button>
        </PostForm>
      </div>
    </details>
  )
}

function HatName({ hat }: { readonly hat: Hat }) {
  const words = useWords()
  return (
    <>
      {hat.office} · {hat.organisation}
      {hat.onBehalfOf && ` (${fill(words.onBehalfOf, { name: hat.onBehalfOf })})`}
    </>
  )
}

/** A neutral mark: a paper with a tick. Nobody's emblem. */
function Mark() {
  return (
    <svg class="site-emblem" viewBox="5 3 30 34" width={40} height={40} aria-hidden="true" focusable="false">
      <path class="mark-paper" d="M10 4h14l7 7v22a3 3 0 0 1-3 3H10a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z" />
      <path class="mark-tick" d="M13 22l5 5 9-11" />
    </svg>
  )
}
