/** What a component may hold, and links, in the words of this design system. */
import type { ComponentChildren } from 'preact'

/** Anything that can stand between two tags. */
export type Children = ComponentChildren

/** A link with its words. */
export interface LinkItem {
  readonly href: string
  readonly text: string
}

/** Class names joined, skipping those that do not apply. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
