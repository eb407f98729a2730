/** The whole HTML document: header, navigation, main part with an optional side, footer; no inline script or style. */
import type { Children, LinkItem } from './children.ts'
import { classes } from './children.ts'
import type { FooterProps } from './footer.tsx'
import { SiteFooter } from './footer.tsx'
import type { Session, Site, Strip } from './header.tsx'
import { SiteHeader } from './header.tsx'
import type { NavigationItem } from './navigation.tsx'
import { BackLink, Breadcrumbs, Navigation } from './navigation.tsx'
import { PrintFoot } from './print.tsx'
import type { UiWords } from './words.ts'
import { WORDS_EN, WORDS_VI, WordsContext } from './words.ts'

/** Addresses of what the build made; `fonts` are fetched early. */
export interface Assets {
  readonly css: string
  readonly js: string
  readonly fonts?: readonly string[] | undefined
  /** Small sheet with the installation's colour: `:root{--brand:#8a1f1f;--brand-dark:#6c1616}`. */
  readonly brandCss?: string | undefined
  readonly manifest?: string | undefined
  readonly icon?: string | undefined
  /** Address of the service worker, in the root of the site. */
  readonly serviceWorker?: string | undefined
}

export interface LayoutProps {
  /** Title of the page; the site's name is added. Begin it with "Cần sửa: " when the form has errors. */
  readonly title: string
  readonly lang?: 'vi' | 'en' | undefined
  readonly words?: UiWords | undefined
  readonly assets: Assets
  readonly site: Site
  /** Who reads; none for visitors. */
  readonly session?: Session | undefined
  readonly strips?: readonly Strip[] | undefined
  readonly navigation?: readonly NavigationItem[] | undefined
  readonly navigationLabel?: string | undefined
  readonly breadcrumbs?: readonly LinkItem[] | undefined
  readonly back?: LinkItem | undefined
  /** What stands beside the main part on a wide screen, below it on a phone. */
  readonly aside?: Children | undefined
  readonly asideLabel?: string | undefined
  /** narrow: reading and questions (40em). wide: tables and two columns. */
  readonly width?: 'narrow' | 'wide' | undefined
  readonly footer: FooterProps
  /** Text a fifth larger everywhere; what the reader chose. */
  readonly largerText?: boolean | undefined
  /** Absolute address of the page, printed at its foot, and the moment of printing in words. */
  readonly address?: string | undefined
  readonly printedAt?: string | undefined
  /**
   * Opaque key of the reader's session. The service worker keeps the last pages with `keepOffline` for this reader alone
   * and forgets them when a page comes with another key or none.
   */
  readonly reader?: string | undefined
  readonly keepOffline?: boolean | undefined
  /** The reader wants no page kept on the device: what was kept is forgotten. */
  readonly keepNothing?: boolean | undefined
  /** Reload after so many seconds: the fallback of `Progress` where scripts do not run. */
  readonly reloadAfter?: number | undefined
  readonly children: Children
}

/** A page of the site. */
export function Layout(props: LayoutProps) {
  const lang = props.lang ?? 'vi'
  const words = props.words ?? (lang === 'en' ? WORDS_EN : WORDS_VI)
  return (
    <WordsContext.Provider value={words}>
      <html
        lang={lang}
        class={classes('govuk-template', props.largerText && 'text-larger')}
        {...(props.reader ? { 'data-reader': props.reader } : {})}
        {...(props.reader && props.keepOffline ? { 'data-keep-offline': '' } : {})}
        {...(props.reader && props.keepNothing ? { 'data-keep-nothing': '' } : {})}
      >
        <Head {...props} />
        <body
          class="govuk-template__body"
          data-words={JSON.stringify(scriptWords(words))}
          {...(props.assets.serviceWorker ? { 'data-service-worker': props.assets.serviceWorker } : {})}
        >
          <a href="#main" class="govuk-skip-link">
            {words.skipToContent}
          </a>
          <SiteHeader site={props.site} session={props.session} strips={props.strips ?? []} />
          <div
            class={classes(
              'page',
              props.aside !== undefined || props.width === 'wide' ? 'page--wide' : 'page--narrow',
            )}
          >
            <Above {...props} />
            <div class={classes('columns', props.aside !== undefined && 'columns--two')}>
              <main id="main" class="column-main" tabIndex={-1}>
                {props.children}
              </main>
              {props.aside !== undefined && (
                <aside class="column-side" aria-label={props.asideLabel ?? words.information}>
                  {props.aside}
                </aside>
              )}
            </div>
          </div>
          <SiteFooter {...props.footer} lang={lang} largerText={props.largerText ?? false} />
          {props.address && (
            <PrintFoot site={props.site.name} address={props.address} printedAt={props.printedAt} />
          )}
        </body>
      </html>
    </WordsContext.Provider>
  )
}

function Head({ title, site, assets, reloadAfter }: LayoutProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${title} – ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="robots" content="noindex" />
      <meta name="format-detection" content="telephone=no" />
      {reloadAfter !== undefined && <meta http-equiv="refresh" content={String(reloadAfter)} data-reload />}
      {(assets.fonts ?? []).map((font) => (
        <link key={font} rel="preload" href={font} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      <link rel="stylesheet" href={assets.css} />
      {assets.brandCss && <link rel="stylesheet" href={assets.brandCss} />}
      {assets.icon && <link rel="icon" href={assets.icon} />}
      {assets.manifest && <link rel="manifest" href={assets.manifest} />}
      <script type="module" src={assets.js} />
    </head>
  )
}

function Above({ navigation, navigationLabel, breadcrumbs, back }: LayoutProps) {
  return (
    <>
      {navigation && navigation.length > 0 && <Navigation items={navigation} label={navigationLabel} />}
      {breadcrumbs && breadcrumbs.length > 0 && <Breadcrumbs items={breadcrumbs} />}
      {back && <BackLink {...back} />}
    </>
  )
}

/** The words the small scripts need, so that they hold none of their own. */
function scriptWords(words: UiWords) {
  const { saving, saved, savedHere, restored, selected, offline, stopReading, readAloud, notSent } = words
  return { saving, saved, savedHere, restored, selected, offline, stopReading, readAloud, notSent }
}
