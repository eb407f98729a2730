/** The foot of every page: a person to call, larger text, read aloud, the other language, about. */
import type { LinkItem } from './children.ts'
import { HiddenFields, PostForm } from './form.tsx'
import { useWords } from './words.ts'

/** Who can be called: "Tổ 1 kèm 1 khu phố 5", "0900 000 005". */
export interface Help {
  readonly who: string
  readonly phone?: string | undefined
}

export interface FooterProps {
  readonly help?: Help | undefined
  /** Takes `largerText` = on | off or `language` = vi | en by POST, with `returnTo`, and sets the cookie. */
  readonly preferences?:
    { readonly action: string; readonly returnTo: string; readonly csrf?: string | undefined } | undefined
  readonly links?: readonly LinkItem[] | undefined
  /** "Phiên bản 0.1.0". */
  readonly version?: string | undefined
}

export function SiteFooter(
  props: FooterProps & { readonly lang: 'vi' | 'en'; readonly largerText: boolean },
) {
  const words = useWords()
  const { help, preferences } = props
  return (
    <footer class="site-footer">
      <div class="site-footer-inner">
        {help && (
          <p class="help">
            <b>{words.needHelp}</b> {help.who}
            {help.phone && (
              <>
                : {words.call}{' '}
                <a class="help-phone" href={`tel:${help.phone.replace(/[^+\d]/g, '')}`}>
                  {help.phone}
                </a>
              </>
            )}
          </p>
        )}
        <div class="footer-tools">
          {preferences && (
            <PostForm action={preferences.action} csrf={preferences.csrf} class="footer-form">
              <HiddenFields values={{ returnTo: preferences.returnTo }} />
              <button class="tool" type="submit" name="largerText" value={props.largerText ? 'off' : 'on'}>
                <span aria-hidden="true">A{props.largerText ? '−' : '+'}</span>{' '}
                {props.largerText ? words.normalText : words.largerText}
              </button>
              <OtherLanguage lang={props.lang} />
            </PostForm>
          )}
          <button class="tool" type="button" data-read-aloud hidden aria-pressed="false">
            {words.readAloud}
          </button>
        </div>
        <ul class="footer-links">
          {(props.links ?? []).map((link) => (
            <li key={link.href}>
              <a href={link.href}>{link.text}</a>
            </li>
          ))}
          {props.version && <li>{props.version}</li>}
        </ul>
      </div>
    </footer>
  )
}

/** The switch stands in the language it leads to. */
function OtherLanguage({ lang }: { readonly lang: 'vi' | 'en' }) {
  return lang === 'vi' ? (
    <button class="tool" type="submit" name="language" value="en" lang="en">
      English
    </button>
  ) : (
    <button class="tool" type="submit" name="language" value="vi" lang="vi">
      Tiếng Việt
    </button>
  )
}
