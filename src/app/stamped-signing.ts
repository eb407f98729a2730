/** Signing with time-stamps: every key that a source gives also asks the authority that TIMESTAMP_URL names. */
import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { SigningKey } from '../signatures/authority.ts'
import { readPem } from '../signatures/certificates.ts'
import { askForStamp } from '../signatures/time/authority.ts'
import { openStamper } from '../signatures/time/stamper.ts'
import type { Clock } from './clock.ts'
import type { KeyHolder, SignerSource } from './signing.ts'

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
  const { url, policy } = settings
  const timestampRoots = async () =>
    settings.roots === undefined
      ? source.trustRoots()
      : ((await readFile(settings.roots, 'utf8')).match(CERTIFICATES) ?? [])
  const roots = async () => (await timestampRoots()).flatMap((pem) => readPem(pem))
  const ask = (signature: Uint8Array) =>
    askForStamp({ url, policy, roots, now: () => clock.now() }, signature)
  const { stamp } = openStamper({
    ask,
    now: () => performance.now(),
    onChange: (error) =>
      error
        ? log?.warn({ err: error }, 'papers are signed without time-stamps')
        : log?.info('papers are signed with time-stamps again'),
  })
  const stamped = async (key: Promise<SigningKey>): Promise<SigningKey> => ({ ...(await key), stamp })
  const authority: KeyHolder = {
    kind: 'timestamp',
    name: new URL(url).host,
    check: async () => void (await ask(Buffer.from('dangvu'))),
  }
  return {
    ...source,
    sources: [...source.sources, authority],
    timestampRoots,
    forSystem: () => stamped(source.forSystem()),
    forPerson: (memberId) => stamped(source.forPerson(memberId)),
    forOrganisation: (organisationId) => stamped(source.forOrganisation(organisationId)),
  }
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
