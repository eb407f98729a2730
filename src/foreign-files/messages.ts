/** What is said between the server and a reader's process. */
import type { RefusalFacts, RefusalKind } from '../kernel/refusal.ts'
import type { Reading } from './readings.ts'

export type ToReader =
  | { readonly id: number; readonly reading: Reading; readonly of: readonly unknown[] }
  | { readonly id: number; readonly next: unknown }
  | { readonly id: number; readonly over: true }

export type FromReader =
  | { readonly id: number; readonly read: unknown }
  | { readonly id: number; readonly failed: string }
  | {
      readonly id: number
      readonly refused: { readonly kind: RefusalKind; readonly code: string; readonly facts: RefusalFacts }
    }
