/** Cards: what should be done now, a task with its deadline, something to begin, anything in a frame. */
import type { Children, LinkItem } from './children.ts'
import { classes } from './children.ts'
import { ButtonLink } from './button.tsx'
import type { DeadlineProps } from './pill.tsx'
import { Deadline } from './pill.tsx'

/** A frame with a title. */
export function Card(props: {
  readonly title?: string | undefined
  /** h2 unless it lies inside a section with a heading of its own. */
  readonly level?: 2 | 3 | undefined
  readonly id?: string | undefined
  readonly children: Children
}) {
  return (
    <section class="card" id={props.id}>
      {props.title && <Heading level={props.level ?? 2}>{props.title}</Heading>}
      {props.children}
    </section>
  )
}

/** The first card of a page: what the reader should do now, the buttons, then why. */
export function NowCard(props: {
  readonly title: string
  readonly deadline?: DeadlineProps | undefined
  /** What to do, in a sentence or two. */
  readonly children: Children
  /** A `ButtonRow`, or a `Form`. */
  readonly actions?: Children | undefined
  /** A `RuleBox`. */
  readonly rule?: Children | undefined
}) {
  return (
    <section class="card card--now">
      <h2>{props.title}</h2>
      {props.deadline && <Deadline {...props.deadline} />}
      <div class="prose">{props.children}</div>
      {props.actions}
      {props.rule}
    </section>
  )
}

export interface TaskCardProps {
  readonly title: string
  /** Where it stands, in words: "Đang ở: Đảng ủy Phường Tân Tạo, chờ ký giấy giới thiệu". */
  readonly status: Children
  readonly deadline?: DeadlineProps | undefined
  /** primary where the reader must act now; secondary where one may look. */
  readonly action?: (LinkItem & { readonly kind?: 'primary' | 'secondary' | undefined }) | undefined
  readonly level?: 2 | 3 | undefined
}

/** One matter of the reader's: title, standing, deadline, one button. */
export function TaskCard(props: TaskCardProps) {
  return (
    <article class={classes('card', 'task', props.action?.kind === 'primary' && 'task--mine')}>
      <Heading level={props.level ?? 2}>{props.title}</Heading>
      <p class="quiet">{props.status}</p>
      {props.deadline && <Deadline {...props.deadline} />}
      {props.action && (
        <div class="button-row">
          <ButtonLink href={props.action.href} kind={props.action.kind ?? 'secondary'}>
            {props.action.text}
            <span class="govuk-visually-hidden">: {props.title}</span>
          </ButtonLink>
        </div>
      )}
    </article>
  )
}

/** Something to begin or to open; the whole card can be pressed. */
export function LinkCard(props: {
  readonly href: string
  readonly title: string
  readonly about?: Children | undefined
  readonly level?: 2 | 3 | undefined
}) {
  return (
    <article class="card link-card">
      <Heading level={props.level ?? 3}>
        <a class="link-card-link" href={props.href}>
          {props.title}
        </a>
      </Heading>
      {props.about && <p class="quiet">{props.about}</p>}
    </article>
  )
}

/** Cards side by side where there is room. */
export function CardGrid({ children }: { readonly children: Children }) {
  return <div class="card-grid">{children}</div>
}

function Heading(props: { readonly level: 2 | 3; readonly children: Children }) {
  return props.level === 2 ? <h2>{props.children}</h2> : <h3>{props.children}</h3>
}
