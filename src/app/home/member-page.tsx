/** A member's first page: own affairs with what now and until when, procedures to begin, what is new. */
import type { Language } from '../../kernel/plain-date.ts'
import { TaskCard, LinkCard } from '../../ui/card.tsx'
import { Expander } from '../../ui/notice.tsx'
import { PageTitle, Section } from '../../ui/page-title.tsx'
import { TextLink } from '../../ui/button.tsx'
import type { DeadlineProps } from '../../ui/pill.tsx'
import type { HomeCard } from '../../web/feature.ts'
import { HOME_TEXTS } from './texts.ts'

/** A dossier as its member's card shows it. */
export interface OwnMatter {
  readonly id: string
  readonly href: string
  readonly title: string
  /** who has it; the member when `mine` */
  readonly holder: string
  readonly act: string
  readonly mine: boolean
  readonly isOpen: boolean
  readonly deadline?: DeadlineProps | undefined
}

export interface MemberHome {
  readonly language: Language
  readonly matters: readonly OwnMatter[]
  /** what waits for the member besides dossiers */
  readonly cards: readonly HomeCard[]
  readonly procedures: readonly {
    readonly code: string
    readonly name: string
    readonly about: string
    readonly begin: string
  }[]
  /** codes of procedures of which one is open already */
  readonly open: readonly string[]
  readonly notices: readonly { readonly id: string; readonly text: string; readonly when: string }[]
}

export function MemberHomePage({ language, matters, cards, procedures, open, notices }: MemberHome) {
  const words = HOME_TEXTS[language].member
  const current = matters.filter((matter) => matter.isOpen)
  const ended = matters.filter((matter) => !matter.isOpen)
  const late = [...current, ...cards].filter(({ deadline }) => deadline?.tone === 'late').length
  const count = current.length + cards.length
  return (
    <>
      <PageTitle title={words.title} lead={count === 0 ? words.none : words.open(count, late)} />
      {cards.map(({ key, title, status, deadline, action }) => (
        <TaskCard
          key={key}
          title={title}
          status={status}
          deadline={deadline}
          action={{ ...action, kind: 'primary' }}
        />
      ))}
      {[...current.filter(({ mine }) => mine), ...current.filter(({ mine }) => !mine)].map((matter) => (
        <TaskCard
          key={matter.id}
          title={matter.title}
          status={matter.mine ? words.yourTurn(matter.act) : words.at(matter.holder, matter.act)}
          deadline={matter.deadline}
          action={{
            href: matter.href,
            text: matter.mine ? words.goOn : words.see,
            kind: matter.mine ? 'primary' : 'secondary',
          }}
        />
      ))}
      {notices.length > 0 && (
        <Section title={words.notices}>
          <ul class="plain-list rows">
            {notices.map((notice) => (
              <li key={notice.id} class="row">
                <p>{notice.text}</p>
                <p class="quiet">{notice.when}</p>
              </li>
            ))}
          </ul>
          <p>
            <TextLink href="/notices">{words.allNotices}</TextLink>
          </p>
        </Section>
      )}
      <Section title={words.begin}>
        {procedures.map((procedure) => (
          <LinkCard
            key={procedure.code}
            href={procedure.begin}
            title={procedure.name}
            about={open.includes(procedure.code) ? words.openNow : procedure.about}
          />
        ))}
      </Section>
      {ended.length > 0 && (
        <Expander summary={words.ended(ended.length)}>
          <ul class="plain-list rows">
            {ended.map((matter) => (
              <li key={matter.id} class="row">
                <p class="row-title">
                  <TextLink href={matter.href}>{matter.title}</TextLink>
                </p>
                <p class="quiet">{matter.act}</p>
              </li>
            ))}
          </ul>
        </Expander>
      )}
    </>
  )
}
