/** Signing with keys that lie elsewhere: whoever is on the list signs with theirs, everybody else with the folder's. */
import { readFile } from 'node:fs/promises'
import { sql, type Database } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { SigningKey } from '../signatures/authority.ts'
import { isValidAt, readCertificate, readPem } from '../signatures/certificates.ts'
import { certificateEnded } from '../signatures/ended.ts'
import { TokenError } from '../signatures/token/module-process.ts'
import { openToken, type Token } from '../signatures/token/token.ts'
import type { Clock } from './clock.ts'
import { readSecret, type KeyList, type ListedKey } from './key-list.ts'
import { noCertificate, probe, type Holder, type KeyHolder, type SignerSource } from './signing.ts'

/** A token that takes longer than this for one call is taken for lost. */
const TOKEN_CALL_MS = 10_000

/** @param folder who signs for everybody who is not on the list; its roots are trusted */
export function openListedSigners(
  list: KeyList,
  folder: SignerSource,
  database: Database,
  clock: Clock,
): SignerSource {
  const tokens = new Map(Object.entries(list.tokens).map(([name, token]) => [name, open(token)]))
  const keys = new Map(list.keys.map((key) => [key.whose, key]))

  async function listed(names: readonly string[], holder: Holder): Promise<SigningKey | undefined> {
    const entry = names.map((name) => keys.get(name)).find((found) => found !== undefined)
    if (!entry) return undefined
    const key = await worded(holder, () => keyOf(entry, tokens))
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
  const sources: KeyHolder[] = [...tokens].map(([name, token]) => ({
    kind: 'token',
    name,
    check: () => token.check(),
  }))

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
    async check() {
      await (keys.has('system')
        ? keyOf(keys.get('system')!, tokens).then((key) => probe(key, clock.now()))
        : folder.check())
      for (const token of tokens.values()) await token.check()
    },
  }
}

function open({ module, token, pinFile, environment = {} }: KeyList['tokens'][string]): Token {
  return openToken({ module, token, environment, callMs: TOKEN_CALL_MS, pin: () => readSecret(pinFile) })
}

async function keyOf(
  { token, label, id, certificates }: ListedKey,
  tokens: ReadonlyMap<string, Token>,
): Promise<SigningKey> {
  const given = certificates === undefined ? [] : readPem(await readFile(certificates, 'utf8'))
  return tokens.get(token)!.key({
    ...(label === undefined ? {} : { label }),
    ...(id === undefined ? {} : { id: Buffer.from(id, 'hex') }),
    certificates: given.map(({ der }) => der),
  })
}

/** What a token says, as the refusal that whoever signs is told; the log and `/readyz` have the token's own words. */
async function worded<T>(holder: Holder, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof TokenError) throw refusalOf(error, holder)
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
