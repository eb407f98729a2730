/** The page of notices: day by day, the newest first, each with its way to the dossier. */
import { addDays, formatWeekday, type Language, type PlainDate } from '../../kernel/plain-date.ts'
import { ButtonLink, ButtonRow, PostButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Banner, EmptyState } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { Tag } from '../../ui/pill.tsx'
import type { NoticesTexts } from './texts.ts'

/** A notice in words. */
export interface ShownNotice {
  readonly id: string
  readonly text: string
  /** the day and 'HH:MM' in Viet Nam */
  readonly day: PlainDate
  readonly clock: string
  readonly read: boolean
  /** the dossier's page; absent where there is none */
  readonly href?: string | undefined
}

export interface NoticesPageProps {
  readonly texts: NoticesTexts
  readonly language: Language
  readonly today: PlainDate
  readonly notices: readonly ShownNotice[]
  readonly unread: number
  readonly csrf: string
  readonly older?: string | undefined
  /** true on the pages after the first */
  readonly later: boolean
  readonly marked: boolean
}

export function NoticesPage(props: NoticesPageProps) {
  const { texts, notices, unread, csrf } = props
  return (
    <>
      {props.marked && <Banner kind="success" title={texts.marked} />}
      <PageTitle
        title={texts.title}
        lead={unread === 0 ? texts.allRead : texts.unread.replace('{count}', String(unread))}
      />
      {unread > 0 && (
        <PostButton action="/notices/read" csrf={csrf} kind="secondary" hidden={{ ids: 'all' }}>
          {texts.markAll}
        </PostButton>
      )}
      {notices.length === 0 && <EmptyState title={texts.none}>{texts.noneText}</EmptyState>}
      {byDay(notices).map(([day, those]) => (
        <Section key={day} title={dayInWords(day, props)}>
          {those.map((notice) => (
            <NoticeCard key={notice.id} notice={notice} texts={texts} csrf={csrf} />
          ))}
        </Section>
      ))}
      <ButtonRow>
        {props.later && (
          <ButtonLink kind="secondary" href="/notices">
            {texts.newest}
          </ButtonLink>
        )}
        {props.older && (
          <ButtonLink kind="secondary" href={props.older}>
            {texts.older}
          </ButtonLink>
        )}
      </ButtonRow>
    </>
  )
}

/** Opening the dossier of a notice also marks it as read: one press, not two. */
function NoticeCard(props: {
  readonly notice: ShownNotice
  readonly texts: NoticesTexts
  readonly csrf: string
}) {
  const { notice, texts, csrf } = props
  const post = (text: string, kind: 'primary' | 'secondary' | 'quiet', hidden: Record<string, string>) => (
    <PostButton action="/notices/read" csrf={csrf} kind={kind} hidden={{ ids: notice.id, ...hidden }}>
      {text}
    </PostButton>
  )
  return (
    <Card>
      <p>
        {!notice.read && <Tag tone="soon">{texts.new}</Tag>} {notice.text}
      </p>
      <p class="quiet">
        {texts.at} {notice.clock}
      </p>
      <ButtonRow>
        {notice.href &&
          (notice.read ? (
            <ButtonLink kind="secondary" href={notice.href}>
              {texts.open}
            </ButtonLink>
          ) : (
            post(texts.open, 'secondary', { open: 'yes' })
          ))}
        {!notice.read && post(texts.markRead, 'quiet', {})}
      </ButtonRow>
    </Card>
  )
}

function byDay(notices: readonly ShownNotice[]): [PlainDate, ShownNotice[]][] {
  const days = new Map<PlainDate, ShownNotice[]>()
  for (const notice of notices) days.set(notice.day, [...(days.get(notice.day) ?? []), notice])
  return [...days]
}

function dayInWords(day: PlainDate, { texts, language, today }: NoticesPageProps): string {
  const written = formatWeekday(day, language)
  if (day === today) return `${texts.today}, ${written}`
  if (day === addDays(today, -1)) return `${texts.yesterday}, ${written}`
  return `${written.charAt(0).toUpperCase()}${written.slice(1)}`
}
