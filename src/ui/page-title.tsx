/** The top of a page: its title, what it is about, its standing. */
import type { Children } from './children.ts'

/** The page's only h1. */
export function PageTitle(props: {
  readonly title: string
  /** A line above: "Chuyển sinh hoạt đảng". */
  readonly caption?: string | undefined
  /** A line below in plain words: "Có 2 việc đang mở. Không có việc nào quá hạn." */
  readonly lead?: Children | undefined
  /** Number, pill: "Hồ sơ 79.021-2026-000117" and a `Deadline`. */
  readonly meta?: Children | undefined
}) {
  return (
    <div class="page-title">
      {props.caption && <p class="page-caption">{props.caption}</p>}
      <h1>{props.title}</h1>
      {props.meta && <div class="page-meta">{props.meta}</div>}
      {props.lead && <p class="lead">{props.lead}</p>}
    </div>
  )
}

/** A part of a page with its heading. */
export function Section(props: {
  readonly title: string
  readonly id?: string | undefined
  readonly about?: Children | undefined
  readonly children: Children
}) {
  return (
    <section class="section" id={props.id}>
      <h2>{props.title}</h2>
      {props.about && <p class="quiet">{props.about}</p>}
      {props.children}
    </section>
  )
}

/** Running text, paragraphs and lists, in lines of at most 40em. */
export function Prose({ children }: { readonly children: Children }) {
  return <div class="prose">{children}</div>
}
