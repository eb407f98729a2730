/** Signing with keys that lie elsewhere: whoever is on the list signs with theirs, everybody else with the folder's. */
import { readFile } from 'node:fs/promises'
import { sql, type Database } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { SigningKey } from '../signatures/authority.ts'
import { isValidAt, readCertificate, readPem } from '../signatures/certificates.ts'
import { certificateEnded } from '../signatures/ended.ts'
import { openRemote, RemoteError, type RemoteService } from '../signatures/remote/csc.ts'
import { TokenError } from '../signatures/token/module-process.ts'
import { openToken, type Token } from '../signatures/token/token.ts'
import type { Clock } from './clock.ts'
import { readSecret, type KeyList, type ListedKey } from './key-list.ts'
import { noCertificate, probe, type Holder, type KeyHolder, type SignerSource } from './signing.ts'

/** A token, or a service, that takes longer than this for one call is taken for lost. */
const CALL_MS = 10_000

interface Holders {
  readonly tokens: ReadonlyMap<string, Token>
  readonly services: ReadonlyMap<string, RemoteService>
}

/** @param folder who signs for everybody who is not on the list; its roots are trusted */
export function openListedSigners(
  list: KeyList,
  folder: SignerSource,
  database: Database,
  clock: Clock,
): SignerSource {
  const tokens = new Map(Object.entries(list.tokens).map(([name, token]) => [name, open(token)]))
  const services = new Map(Object.entries(list.services).map(([name, service]) => [name, reach(service)]))
  const holders = { tokens, services }
  const keys = new Map(list.keys.map((key) => [key.whose, key]))

  async function listed(names: readonly string[], holder: Holder): Promise<SigningKey | undefined> {
    const entry = names.map((name) => keys.get(name)).find((found) => found !== undefined)
    if (!entry) return undefined
    const key = await worded(holder, () => keyOf(entry, holders))
    const certificate = readCertificate(key.certificate)
    if (!isValidAt(certificate, clock.now())) throw certificateEnded(holder, certificate)
    return { ...key, sign: (data) => worded(holder, () => key.sign(data)) }
  }

  async function namesOf(organisationId: string): Promise<string[]> {
    const row = await database.read.maybe<{ code: string | null }>(
      sql`select code from organisation where id = ${organisationId}`,
    )
    return [row?.code, organisationId].flatMap((part) => (part ? [`organisation:${part}`] : []))
  }

  const personKey = (memberId: string) => listed([`person:${memberId}`], 'person')
  const systemKey = () => listed(['system'], 'system')
  const sources: KeyHolder[] = [
    ...[...tokens].map(([name, { check }]) => ({ kind: 'token' as const, name, check })),
    ...[...services].map(([name, { check }]) => ({ kind: 'service' as const, name, check })),
  ]

  return {
    ...folder,
    sources: [...sources, ...folder.sources],
    forSystem: async () => (await systemKey()) ?? folder.forSystem(),
    forPerson: async (memberId) => (await personKey(memberId)) ?? folder.forPerson(memberId),
    async whyNotPerson(memberId) {
      try {
        return (await personKey(memberId)) ? undefined : await folder.whyNotPerson(memberId)
      } catch (error) {
        if (error instanceof Refusal) return error
        throw error
      }
    },
    async forOrganisation(organisationId) {
      return (
        (await listed(await namesOf(organisationId), 'organisation')) ??
        folder.forOrganisation(organisationId)
      )
    },
    /** The system's key, and tokens: they are of this machine. A service that is away keeps only its own people waiting. */
    async check() {
      const system = keys.get('system')
      if (system) await probe(await keyOf(system, holders), clock.now())
      else await folder.check()
      for (const token of tokens.values()) await token.check()
    },
  }
}

function open({ module, token, pinFile, environment = {} }: KeyList['tokens'][string]): Token {
  return openToken({ module, token, environment, callMs: CALL_MS, pin: () => readSecret(pinFile) })
}

function reach({ url, clientId, clientSecretFile, pinFile, confirmSeconds }: KeyList['services'][string]) {
  return openRemote({
    url: url.replace(/\/+$/, ''),
    clientId,
    clientSecret: () => readSecret(clientSecretFile),
    pin: pinFile === undefined ? undefined : () => readSecret(pinFile),
    confirmMs: confirmSeconds * 1000,
    callMs: CALL_MS,
  })
}

async function keyOf(entry: ListedKey, { tokens, services }: Holders): Promise<SigningKey> {
  if ('service' in entry) return services.get(entry.service)!.key(entry.credential)
  const { token, label, id, certificates } = entry
  const given = certificates === undefined ? [] : readPem(await readFile(certificates, 'utf8'))
  return tokens.get(token)!.key({
    ...(label === undefined ? {} : { label }),
    ...(id === undefined ? {} : { id: Buffer.from(id, 'hex') }),
    certificates: given.map(({ der }) => der),
  })
}

/** What a token or service says, as the refusal that whoever signs is told; the log has its own words. */
async function worded<T>(holder: Holder, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof TokenError) throw refusalOf(error, holder)
    if (error instanceof RemoteError) throw refusalOfService(error, holder)
    throw error
  }
}

function refusalOf({ why }: TokenError, holder: Holder): Refusal {
  const facts = { for: holder }
  if (why === 'no-key') return noCertificate(holder)
  if (why === 'slow') return new Refusal('conflict', 'signing.token-slow', { facts })
  if (why === 'pin' || why === 'pin-locked') return new Refusal('conflict', 'signing.pin-refused', { facts })
  return new Refusal('conflict', 'signing.token-away', { facts })
}

function refusalOfService({ why }: RemoteError, holder: Holder): Refusal {
  const facts = { for: holder }
  if (why === 'credential') return noCertificate(holder)
  if (why === 'pin') return new Refusal('conflict', 'signing.pin-refused', { facts })
  if (why === 'not-confirmed' || why === 'denied')
    return new Refusal('conflict', 'signing.not-confirmed', { facts })
  return new Refusal('conflict', 'signing.service-away', { facts })
}
