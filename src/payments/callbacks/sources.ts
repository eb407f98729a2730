/** Who may tell us of money (nguồn báo có): each go-between with the secret it was given, read from a file that only the service reads. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import type { BankLine } from '../bank-line.ts'
import type { RawCallback } from './callback.ts'
import { readCasso, type CassoAccess } from './casso.ts'
import { readPayos, type PayosAccess } from './payos.ts'
import { readSepay, type SepayAccess } from './sepay.ts'

export const PROVIDERS = ['sepay', 'casso', 'payos'] as const
export type ProviderName = (typeof PROVIDERS)[number]

const secret = z.string().min(16)
/** Accounts the source speaks of, by number; without them any that the organisations declared. */
const accounts = z.array(z.string().min(1)).nonempty().optional()
const SOURCE = z.union([
  z.strictObject({ provider: z.literal('sepay'), secret, accounts }),
  z.strictObject({ provider: z.literal('sepay'), apiKey: secret, accounts }),
  z.strictObject({ provider: z.literal('casso'), secret, accounts }),
  z.strictObject({ provider: z.literal('casso'), token: secret, accounts }),
  z.strictObject({ provider: z.literal('payos'), checksumKey: secret, accounts }),
])
export const CALLBACK_SOURCES = z.array(SOURCE)

export type CallbackSource = z.output<typeof SOURCE>

/** A source for the simulated bank of a demo: its secret is chance, and gone with the process. */
export function simulatedSource(): CallbackSource & { readonly provider: 'sepay'; readonly secret: string } {
  return { provider: 'sepay', secret: randomBytes(32).toString('hex') }
}

/**
 * The lines a callback tells of, once one of the provider's sources is known as its sender.
 *
 * @throws Refusal forbidden `payments.signature-wrong` when none is, or the line is of an account that source does not
 *   speak of; forbidden `payments.stale`; invalid `payments.malformed`, …
 */
export function readCallback(
  sources: readonly CallbackSource[],
  provider: ProviderName,
  callback: RawCallback,
  now: Date,
): readonly BankLine[] {
  for (const source of sources) {
    if (source.provider !== provider) continue
    const lines = unlessUnknown(() => readOf(source, callback, now))
    if (lines?.every(({ accountNumber }) => source.accounts?.includes(accountNumber) ?? true)) return lines
  }
  throw new Refusal('forbidden', 'payments.signature-wrong')
}

function readOf(source: CallbackSource, callback: RawCallback, now: Date): readonly BankLine[] {
  if (source.provider === 'payos') return readPayos(callback, source satisfies PayosAccess)
  if (source.provider === 'casso') {
    const access: CassoAccess =
      'token' in source
        ? { kind: 'token', token: source.token }
        : { kind: 'signature', secret: source.secret }
    return readCasso(callback, access, now)
  }
  const access: SepayAccess =
    'apiKey' in source
      ? { kind: 'api-key', key: source.apiKey }
      : { kind: 'signature', secret: source.secret }
  return readSepay(callback, access, now)
}

/** Another source of the same provider may have sent it. */
function unlessUnknown<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'payments.signature-wrong') return undefined
    throw error
  }
}
