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
import type { Tries } from '../signatures/tries.ts'
import type { Clock } from './clock.ts'
import { readSecret, type KeyList, type ListedKey } from './key-list.ts'
import { noCertificate, type Holder, type SignerSource } from './signing.ts'

/** A token, or a service, that takes longer than this for one call is taken for lost. */
const CALL_MS = 10_000

/** The list, and what it names, each started or asked when it is first needed. */
interface Holders {
  readonly list: KeyList
  readonly tokens: ReadonlyMap<string, Token>
  readonly services: ReadonlyMap<string, RemoteService>
}

export function openHolders(list: KeyList, tries: Tries): Holders {
  const tokens = Object.entries(list.tokens).map(([name, token]) => [name, open(token, tries)] as const)
  const services = Object.entries(list.services).map(
    ([name, service]) => [name, reach(service, tries)] as const,
  )
  return { list, tokens: new Map(tokens), services: new Map(services) }
}

/** Seals and the system's key are the house's own; a person's signature is that person's. */
export const isOfTheHouse = ({ whose }: ListedKey): boolean => !whose.startsWith('person:')

/** @param folder who signs for everybody who is not on the list; its roots are trusted */
export function openListedSigners(
  holders: Holders,
  folder: SignerSource,
  database: Database,
  clock: Clock,
): SignerSource {
  const { list, tokens, services } = holders
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

  /** Whether the key is there and its certificate valid now: nothing is signed for that. */
  async function look(entry: ListedKey): Promise<void> {
    if ('token' in entry) await tokens.get(entry.token)!.check()
    else await services.get(entry.service)!.check()
    const { certificate } = await keyOf(entry, holders)
    if (!isValidAt(readCertificate(certificate), clock.now())) throw new Error('certificate not valid now')
  }

  return {
    ...folder,
    forSystem: async () => (await systemKey()) ?? folder.forSystem(),
    forPerson: async (memberId) => (await personKey(memberId)) ?? folder.forPerson(memberId),
    async whyNotPerson(memberId) {
      const entry = keys.get(`person:${memberId}`)
      if (!entry) return folder.whyNotPerson(memberId)
      try {
        // A key that was loaded before does not say that the token is still there.
        if ('token' in entry) await worded('person', () => tokens.get(entry.token)!.check())
        await personKey(memberId)
        return undefined
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
    /** A service that holds a body's seal keeps only that body waiting: every page goes on without it. */
    async check() {
      const system = keys.get('system')
      if (system) await look(system)
      else await folder.check()
      const seals = list.keys.filter(isOfTheHouse).flatMap((key) => ('token' in key ? [key.token] : []))
      for (const name of new Set(seals)) await tokens.get(name)!.check()
    },
    async refuseDoubt() {
      const looks = [...tokens].map(([name, token]) =>
        token.look().catch((error: unknown) => {
          if (error instanceof TokenError && error.why === 'two-tokens')
            throw new Error(`SIGNING_KEYS_FILE, tokens.${name}: ${error.message}`, { cause: error })
        }),
      )
      await Promise.all(looks)
    },
  }
}

function open({ module, token, pinFile, environment = {} }: KeyList['tokens'][string], tries: Tries): Token {
  return openToken({ module, token, environment, callMs: CALL_MS, pin: () => readSecret(pinFile), tries })
}

function reach(
  { url, clientId, clientSecretFile, confirmSeconds }: KeyList['services'][string],
  tries: Tries,
) {
  return openRemote({
    url: url.replace(/\/+$/, ''),
    clientId,
    clientSecret: () => readSecret(clientSecretFile),
    tries,
    confirmMs: confirmSeconds * 1000,
    callMs: CALL_MS,
  })
}

async function keyOf(entry: ListedKey, { tokens, services }: Holders): Promise<SigningKey> {
  if ('service' in entry) {
    const { service, credential, pinFile, otpFile } = entry
    return services.get(service)!.key(credential, {
      ...(pinFile === undefined ? {} : { pin: () => readSecret(pinFile) }),
      ...(otpFile === undefined ? {} : { otp: () => readSecret(otpFile) }),
    })
  }
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
  if (why === 'pin' || why === 'otp') return new Refusal('conflict', 'signing.pin-refused', { facts })
  if (why === 'not-confirmed' || why === 'denied')
    return new Refusal('conflict', 'signing.not-confirmed', { facts })
  return new Refusal('conflict', 'signing.service-away', { facts })
}
