/**
 * A token (USB token, smart card, HSM) whose keys sign: one session, opened and logged in when it is first needed, and again
 * when it was lost. A PIN that the token refused is not tried again, by no process, until its file says another one, and never
 * when one try is left: this system cannot lock a token.
 */

import { randomBytes, verify } from 'node:crypto'
import type { SigningKey } from '../authority.ts'
import { chainTo, isIssuedBy, readCertificate, type Certificate } from '../certificates.ts'
import { sha256 } from '../cms.ts'
import { integer, sequence } from '../der.ts'
import { SecretSpent, type Tries, type Verdict } from '../tries.ts'
import { CKR, CLASS, initialize, MECHANISM, TOKEN_FLAG, USER, type Module } from './calls.ts'
import { startModule, TokenError, type ModuleProcess, type ModuleSettings } from './module-process.ts'

export interface TokenSettings extends ModuleSettings {
  /** the token's label or serial number */
  readonly token: string
  /** read anew before each login */
  readonly pin: () => Promise<string>
  readonly tries: Tries
}

/** Which key of the token; one of the two at least. */
export interface KeyName {
  readonly label?: string
  /** CKA_ID */
  readonly id?: Uint8Array
  /** certificates that the token does not hold: the key's own, or those between it and the root; DER */
  readonly certificates?: readonly Uint8Array[]
}

export interface Token {
  /** @throws TokenError */
  key(name: KeyName): Promise<SigningKey>
  /** whether the token is there and lets us in. @throws TokenError */
  check(): Promise<void>
  /** whether it is there, alone of its name, and would be given its PIN; without logging in. @throws TokenError */
  look(): Promise<void>
  close(): void
}

interface Session {
  readonly running: ModuleProcess
  readonly module: Module
  /** the token, as its tries are kept */
  readonly holder: string
  readonly handle: bigint
  readonly keys: Map<string, { at: number; key: Promise<LoadedKey> }>
}

interface LoadedKey {
  readonly handle: bigint
  readonly pinEachTime: boolean
  readonly certificate: Certificate
  readonly chain: readonly Uint8Array[]
}

/** Whoever asks while the token is away is told so without another try; a token put back serves within this time. */
const AGAIN_MS = 2_000
/** A certificate renewed on the token counts within this time. */
const KEY_KEPT_MS = 10 * 60_000

/** A new session would say the same. */
const ASK_NO_MORE: readonly TokenError['why'][] = ['no-key', 'pin', 'two-tokens']
const PIN_REFUSED: readonly (number | undefined)[] = [CKR.pinIncorrect, CKR.pinInvalid, CKR.pinExpired]

const codeOf = (error: unknown) => (error instanceof TokenError ? error.code : undefined)

/** A token that is locked, and a session that is logged in, did not look at the PIN. */
function verdictOn(error: unknown): Verdict {
  const code = codeOf(error)
  if (code === CKR.userAlreadyLoggedIn || code === CKR.pinLocked) return 'not-sent'
  return PIN_REFUSED.includes(code) ? 'refused' : 'unknown'
}

export function openToken(settings: TokenSettings, now: () => number = () => performance.now()): Token {
  let open: Session | undefined
  let failed: { readonly at: number; readonly error: TokenError } | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const readPin = () =>
    settings.pin().catch(() => {
      throw new TokenError('pin')
    })

  async function login(
    { module, handle, holder }: Pick<Session, 'module' | 'handle' | 'holder'>,
    user: number,
  ): Promise<void> {
    const secret = await readPin()
    const send = () => module.login(handle, user, secret)
    try {
      await settings.tries.use({ holder, secret, send, judge: verdictOn })
    } catch (error) {
      if (error instanceof SecretSpent) throw new TokenError('pin')
      const code = codeOf(error)
      if (code === CKR.userAlreadyLoggedIn) return
      if (code === CKR.pinLocked) throw new TokenError('pin-locked', code)
      if (PIN_REFUSED.includes(code)) throw new TokenError('pin', code)
      throw error
    }
  }

  /** A module with the one token that is meant. */
  async function find(): Promise<{ running: ModuleProcess; module: Module; slot: bigint; holder: string }> {
    const running = await startModule(settings)
    try {
      const module = await initialize(running)
      const [token, another] = (await module.tokens()).filter(
        ({ label, serial }) => label === settings.token || serial === settings.token,
      )
      if (!token) throw new TokenError('away')
      if (another) throw new TokenError('two-tokens')
      if (token.flags & (TOKEN_FLAG.pinLocked | TOKEN_FLAG.pinFinalTry)) throw new TokenError('pin-locked')
      return { running, module, slot: token.slot, holder: `token ${token.serial} ${token.label}` }
    } catch (error) {
      running.end()
      throw error
    }
  }

  async function connect(): Promise<Session> {
    const { running, module, slot, holder } = await find()
    try {
      const handle = await module.openSession(slot)
      await login({ module, handle, holder }, USER.normal)
      return { running, module, handle, holder, keys: new Map() }
    } catch (error) {
      running.end()
      throw error
    }
  }

  async function session(): Promise<Session> {
    if (open?.running.alive) return open
    if (failed && now() - failed.at < AGAIN_MS) throw failed.error
    try {
      open = await connect()
      failed = undefined
      return open
    } catch (error) {
      if (error instanceof TokenError) failed = { at: now(), error }
      throw error
    }
  }

  /** One after the other: a session does one thing at a time. What fails on an old session is tried once on a new one. */
  function inSession<T>(act: (session: Session) => Promise<T>): Promise<T> {
    const mine = turn.then(async () => {
      const before = open
      const found = await session()
      try {
        return await act(found)
      } catch (error) {
        if (!(error instanceof TokenError) || ASK_NO_MORE.includes(error.why)) throw error
        found.running.end()
        open = undefined
        if (found !== before || error.why === 'slow') throw error
        return await act(await session())
      }
    })
    turn = mine.catch(() => undefined)
    return mine
  }

  function loaded(found: Session, name: KeyName): Promise<LoadedKey> {
    const called = `${name.label ?? ''} ${Buffer.from(name.id ?? []).toString('hex')}`
    const known = found.keys.get(called)
    if (known && now() - known.at < KEY_KEPT_MS) return known.key
    const key = loadKey(found, name, () => login(found, USER.again))
    found.keys.set(called, { at: now(), key })
    key.catch(() => found.keys.delete(called))
    return key
  }

  async function signWith(found: Session, name: KeyName, data: Uint8Array): Promise<Uint8Array> {
    const { module, handle } = found
    const key = await loaded(found, name)
    const again = key.pinEachTime ? () => login(found, USER.again) : undefined
    return rawSign(module, handle, key, data, again)
  }

  return {
    async key(name) {
      const { certificate, chain } = await inSession((found) => loaded(found, name))
      return {
        certificate: certificate.der,
        chain,
        algorithm: isEllipticKey(certificate) ? 'ecdsa-sha256' : 'rsa-sha256',
        sign: (data) => inSession((found) => signWith(found, name, data)),
      }
    },
    check: () => inSession(({ module, handle }) => module.sessionStands(handle)),
    async look() {
      const { running, holder } = await find()
      running.end()
      if (await settings.tries.isSpent(holder, await readPin())) throw new TokenError('pin')
    },
    close() {
      open?.running.end()
      open = undefined
    },
  }
}

/** The private key of that name, its certificate (same CKA_ID, else same label, or one that was given), and those above it. */
async function loadKey(
  { module, handle }: Session,
  { certificates: given = [], ...named }: KeyName,
  again: () => Promise<void>,
): Promise<LoadedKey> {
  const [key, another] = await module.find(handle, { class: CLASS.privateKey, ...named })
  if (key === undefined || another !== undefined) throw new TokenError('no-key')
  const own = await module.describe(handle, key)
  const pinEachTime = await module.wantsPinEachTime(handle, key)
  const all = given.map((der) => ({ certificate: readCertificate(der), mine: true }))
  for (const object of await module.find(handle, { class: CLASS.certificate })) {
    const { id, label, value } = await module.describe(handle, object)
    const mine = own.id.length > 0 ? Buffer.compare(id, own.id) === 0 : label === own.label
    if (value) all.push({ certificate: readCertificate(value), mine })
  }
  const certificates = all.map(({ certificate }) => certificate)
  // A renewed certificate may lie beside the old one: the one that is valid longest, if it is really of this key.
  const possible = all
    .filter(({ certificate, mine }) => mine && !certificate.isAuthority)
    .map(({ certificate }) => certificate)
    .sort((one, other) => other.validTo.getTime() - one.validTo.getTime())
  const words = randomBytes(32)
  for (const certificate of possible) {
    const loaded = { handle: key, pinEachTime, certificate, chain: between(certificate, certificates) }
    const signature = await rawSign(module, handle, loaded, words, pinEachTime ? again : undefined)
    if (verify('sha256', words, certificate.publicKey, signature)) return loaded
  }
  throw new TokenError('no-key')
}

/** Those that lead up from it, roots left out. */
function between(leaf: Certificate, all: readonly Certificate[]): Uint8Array[] {
  const roots = all.filter((one) => isIssuedBy(one, one))
  const chain = chainTo(leaf, all, roots, leaf.validTo)?.slice(1, -1)
  if (chain) return chain.map(({ der }) => der)
  return all.filter((one) => one.isAuthority && !roots.includes(one)).map(({ der }) => der)
}

/** DigestInfo of SHA-256 (RFC 8017, 9.2): what a token signs by CKM_RSA_PKCS is PKCS#1 v1.5 over the hash. */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')

async function rawSign(
  module: Module,
  session: bigint,
  { handle, certificate }: LoadedKey,
  data: Uint8Array,
  before: (() => Promise<void>) | undefined,
): Promise<Uint8Array> {
  const digest = sha256(data)
  if (!isEllipticKey(certificate)) {
    return module.sign(session, handle, MECHANISM.rsa, Buffer.concat([DIGEST_INFO, digest]), before)
  }
  const pair = await module.sign(session, handle, MECHANISM.ecdsa, digest, before)
  const half = pair.length / 2
  return sequence(integer(pair.subarray(0, half)), integer(pair.subarray(half)))
}

function isEllipticKey({ publicKey }: Certificate): boolean {
  return publicKey.asymmetricKeyType === 'ec'
}
