/** A token without hardware for tests and drills: SoftHSM 2, its keys made on it, their certificates of a test authority. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certifyKey, type CertificateSubject, type StoredKey } from '../src/signatures/authority.ts'

export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so'
const NEEDED = ['softhsm2-util', 'pkcs11-tool', 'p11-kit']

/** What is to be installed before a token can be played, or undefined when everything is there. */
export function softHsmMissing(): string | undefined {
  const there = NEEDED.every((program) => spawnSync(program, ['--help']).error === undefined)
  return there && existsSync(SOFTHSM_MODULE) ? undefined : 'apt-get install -y softhsm2 opensc p11-kit'
}

export interface SoftToken {
  readonly label: string
  readonly pin: string
  readonly pinFile: string
  readonly environment: Readonly<Record<string, string>>
  /** makes a key on the token and puts the certificate beside it */
  makeKey(
    key: { label: string; id: string; type: 'rsa:2048' | 'EC:prime256v1'; alwaysAsk?: boolean },
    authority: StoredKey,
    subject: CertificateSubject,
  ): Promise<Uint8Array>
  /** pulls it out of its reader, and puts it back */
  takeOut(): Promise<void>
  putBack(): Promise<void>
  /** a second token of the same label in the next slot */
  addAnother(): void
  /** what `pkcs11-tool` says of the token and its flags */
  about(): string
  drop(): Promise<void>
}

const VALIDITY = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2032-01-01T00:00:00Z') }

export async function makeSoftToken(label = 'dangvu'): Promise<SoftToken> {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-token-'))
  const [there, away] = [join(folder, 'tokens'), join(folder, 'away')]
  await mkdir(there)
  await mkdir(away)
  const configuration = join(folder, 'softhsm2.conf')
  await writeFile(configuration, `directories.tokendir = ${there}\nlog.level = ERROR\n`)
  const pin = '246813'
  const pinFile = join(folder, 'pin')
  await writeFile(pinFile, `${pin}\n`, { mode: 0o600 })
  const environment = { SOFTHSM2_CONF: configuration }
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const tool = (...args: string[]) =>
    run('pkcs11-tool', '--module', SOFTHSM_MODULE, '--token-label', label, ...args)
  const initialize = () =>
    run('softhsm2-util', '--init-token', '--free', '--label', label, '--so-pin', '135724', '--pin', pin)
  initialize()
  return {
    label,
    pin,
    pinFile,
    environment,
    async makeKey({ label: named, id, type, alwaysAsk }, authority, subject) {
      const login = ['--login', '--pin', pin, '--label', named, '--id', id]
      tool(...login, '--keypairgen', '--key-type', type, ...(alwaysAsk ? ['--always-auth'] : []))
      const spki = tool('--read-object', '--type', 'pubkey', '--id', id)
      const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
      const certificate = certifyKey(authority, subject, VALIDITY, publicKey)
      const file = join(folder, `${id}.der`)
      await writeFile(file, certificate)
      tool(...login, '--write-object', file, '--type', 'cert')
      return certificate
    },
    takeOut: () => moveAll(there, away),
    putBack: () => moveAll(away, there),
    addAnother: () => void initialize(),
    about: () => tool('--list-slots').toString(),
    drop: () => rm(folder, { recursive: true }),
  }
}

/** The slot stays, empty: what lies in the folder is the token. */
async function moveAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) await rename(join(from, name), join(to, name))
}
