/** Signing on a real installation: P12 or PEM files of a folder, named after who may sign with them. */
import { createPrivateKey, randomBytes, sign, verify, X509Certificate } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Database } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { SigningKey } from '../signatures/authority.ts'
import { certificateEnded } from '../signatures/ended.ts'
import { isValidAt, readCertificate, readPem } from '../signatures/certificates.ts'
import type { Clock } from './clock.ts'
import { noCertificate, probe, type Holder, type SignerSource } from './signing.ts'

export interface SigningFolder {
  readonly folder: string
  /** opens P12 files and encrypted PEM keys; a file NAME.password beside one has its own */
  readonly password: string
}

/**
 * The layout of the folder: `system.p12`, `organisations/79.021.000.000.000.p12` (a body without a code, as an organisation
 * commission is: its id), `people/MEMBER-ID.p12` (or `.pem` with the key, its certificate and those between it and the root),
 * `roots/*.pem`. A renewed file counts at its next use.
 */
export function openFolderSigners(settings: SigningFolder, database: Database, clock: Clock): SignerSource {
  const kept = new Map<string, { changed: number; key: Promise<SigningKey> }>()

  async function keyAt(name: string): Promise<SigningKey | undefined> {
    for (const path of [join(settings.folder, `${name}.p12`), join(settings.folder, `${name}.pem`)]) {
      const changed = (await stat(path).catch(() => undefined))?.mtimeMs
      if (changed === undefined) continue
      const known = kept.get(path)
      if (known?.changed === changed) return known.key
      const key = readKey(path, settings.password)
      kept.set(path, { changed, key })
      key.catch(() => kept.delete(path))
      return key
    }
    return undefined
  }

  async function validKey(name: string, holder: Holder): Promise<SigningKey> {
    const key = await keyAt(name)
    if (!key) throw noCertificate(holder)
    const certificate = readCertificate(key.certificate)
    if (!isValidAt(certificate, clock.now())) throw certificateEnded(holder, certificate)
    return key
  }

  const personKey = (memberId: string) => validKey(join('people', safeName(memberId)), 'person')

  return {
    test: false,
    forSystem: () => validKey('system', 'system'),
    forPerson: (memberId) => personKey(memberId),
    async whyNotPerson(memberId) {
      try {
        await personKey(memberId)
        return undefined
      } catch (error) {
        if (error instanceof Refusal) return error
        throw error
      }
    },
    async forOrganisation(organisationId) {
      const row = await database.read.maybe<{ code: string | null }>(
        sql`select code from organisation where id = ${organisationId}`,
      )
      if (!row) throw noCertificate('organisation')
      return validKey(join('organisations', safeName(row.code ?? organisationId)), 'organisation')
    },
    trustRoots: () => readRoots(join(settings.folder, 'roots')),
    async check() {
      const key = await keyAt('system')
      if (!key) throw noCertificate('system')
      await probe(key, clock.now())
    },
  }
}

/** Ids and codes only: nothing that leads out of the folder. */
function safeName(name: string): string {
  if (!/^[0-9a-zA-Z.-]+$/.test(name) || name.includes('..'))
    throw new Error('not a name of a certificate file')
  return name
}

export async function readRoots(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pem')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap(
    (text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
  )
}

/** Why a key of the folder is of no use though it was opened: told apart from a wrong password. */
export const NO_CERTIFICATE_OF_KEY = 'no certificate of this key in the file'

/** @throws Error when the password is wrong or no certificate fits the key: the message names no path and no password */
export async function readKey(path: string, sharedPassword: string): Promise<SigningKey> {
  const own = await readFile(`${path}.password`, 'utf8').catch(() => undefined)
  const password = own?.trim() ?? sharedPassword
  return path.endsWith('.p12')
    ? readP12(await readFile(path), password)
    : readPemKey(await readFile(path, 'utf8'), password)
}

async function readPemKey(text: string, passphrase: string): Promise<SigningKey> {
  const secret = createPrivateKey({ key: text, passphrase })
  const certificates = readPem(text).map((certificate) => certificate.der)
  const algorithm = secret.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256'
  return withOwnCertificate(certificates, algorithm, async (data) => sign('sha256', data, secret))
}

async function readP12(bytes: Uint8Array, password: string): Promise<SigningKey> {
  const { P12Signer } = await import('@libpdf/core')
  const signer = await P12Signer.create(bytes, password)
  const algorithm = signer.keyType === 'EC' ? 'ecdsa-sha256' : 'rsa-sha256'
  const certificates = [signer.certificate, ...(signer.certificateChain ?? [])]
  return withOwnCertificate(certificates, algorithm, (data) => signer.sign(data, 'SHA-256'))
}

/** Files name certificates in any order: the one that verifies what the key signs is the key's own; roots are left out. */
async function withOwnCertificate(
  certificates: readonly Uint8Array[],
  algorithm: SigningKey['algorithm'],
  signData: SigningKey['sign'],
): Promise<SigningKey> {
  const words = randomBytes(32)
  const signature = await signData(words)
  const own = certificates.find((der) =>
    verify('sha256', words, new X509Certificate(der).publicKey, signature),
  )
  if (!own) throw new Error(NO_CERTIFICATE_OF_KEY)
  const chain = certificates.filter((der) => der !== own && !isRoot(der))
  return { certificate: own, chain, algorithm, sign: signData }
}

function isRoot(der: Uint8Array): boolean {
  const { issuer, subject } = readCertificate(der)
  return Buffer.compare(issuer, subject) === 0
}
