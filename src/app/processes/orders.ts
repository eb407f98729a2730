/** What the first of several processes does for all, once, and tells each that begins. */
import type { ProviderConfiguration } from '../../identity/configuration.ts'

export interface Shared {
  /** where they listen; the first found it free */
  readonly address: { readonly port: number; readonly publicUrl: string }
  /** the provider that plays VNeID runs in the first process, because it keeps who signs in in its memory */
  readonly development?:
    { readonly issuer: string; readonly configuration: ProviderConfiguration } | undefined
}

/** From the first process to one that serves. */
export type Order =
  | { readonly kind: 'begin'; readonly shared: Shared }
  /** take no new connection, end those there are with their next answer, then leave */
  | { readonly kind: 'drain' }
  /** leave now, in order */
  | { readonly kind: 'stop' }

/** From one that serves to the first process. */
export type Report =
  /** it listens to orders: what is sent before is lost */
  | { readonly kind: 'listening' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly words: string }
