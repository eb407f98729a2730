/** Signing with time-stamps: every key that a source gives also asks the authority that TIMESTAMP_URL names. */
import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { SigningKey } from '../signatures/authority.ts'
import { readPem } from '../signatures/certificates.ts'
import { askForStamp } from '../signatures/time/authority.ts'
import { openStamper } from '../signatures/time/stamper.ts'
import type { Clock } from './clock.ts'
import type { SignerSource } from './signing.ts'

export interface TimestampSettings {
  readonly url: string
  /** PEM file with the roots behind the authority; undefined: those of signatures */
  readonly roots: string | undefined
  readonly policy: string | undefined
}

export function withTimestamps(
  source: SignerSource,
  settings: TimestampSettings,
  clock: Clock,
  log?: Pick<Logger, 'warn' | 'info'>,
): SignerSource {
  const timestampRoots = () => rootsBehind(settings, () => source.trustRoots())
  const ask = (signature: Uint8Array) =>
    askAuthority(
      settings,
      () => source.trustRoots(),
      () => clock.now(),
      signature,
    )
  const { stamp } = openStamper({
    ask,
    now: () => performance.now(),
    onChange: (error) =>
      error
        ? log?.warn({ err: error }, 'papers are signed without time-stamps')
        : log?.info('papers are signed with time-stamps again'),
  })
  const stamped = async (key: Promise<SigningKey>): Promise<SigningKey> => ({ ...(await key), stamp })
  return {
    ...source,
    timestampRoots,
    forSystem: () => stamped(source.forSystem()),
    forPerson: (memberId) => stamped(source.forPerson(memberId)),
    forOrganisation: (organisationId) => stamped(source.forOrganisation(organisationId)),
  }
}

/**
 * Asks the authority of the configuration for one stamp, and looks at it.
 *
 * @param trustRoots PEM: those of signatures
 * @throws TimestampError
 */
export function askAuthority(
  settings: TimestampSettings,
  trustRoots: () => Promise<string[]>,
  now: () => Date,
  signature: Uint8Array,
): Promise<Uint8Array> {
  const roots = async () => (await rootsBehind(settings, trustRoots)).flatMap((pem) => readPem(pem))
  return askForStamp({ ...settings, roots, now }, signature)
}

async function rootsBehind(
  { roots }: TimestampSettings,
  trustRoots: () => Promise<string[]>,
): Promise<string[]> {
  return roots === undefined ? trustRoots() : ((await readFile(roots, 'utf8')).match(CERTIFICATES) ?? [])
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
