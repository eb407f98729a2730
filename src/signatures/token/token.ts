/**
 * A token (USB token, smart card, HSM) whose keys sign: one session, opened and logged in when it is first needed, and again
 * when it was lost. A PIN that the token refused is not tried again until its file says another one, and never when one try
 * is left: this system cannot lock a token.
 */

import { createHash, randomBytes, verify } from 'node:crypto'
import type { SigningKey } from '../authority.ts'
import { chainTo, isIssuedBy, readCertificate, type Certificate } from '../certificates.ts'
import { sha256 } from '../cms.ts'
import { integer, sequence } from '../der.ts'
import { CKR, CLASS, initialize, MECHANISM, TOKEN_FLAG, USER, type Module } from './calls.ts'
import { startModule, TokenError, type ModuleProcess, type ModuleSettings } from './module-process.ts'

export interface TokenSettings extends ModuleSettings {
  /** the token's label or serial number */
  readonly token: string
  /** read anew before each login */
  readonly pin: () => Promise<string>
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
  close(): void
}

interface Session {
  readonly running: ModuleProcess
  readonly module: Module
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

export function openToken(settings: TokenSettings, now: () => number = () => performance.now()): Token {
  let open: Session | undefined
  let failed: { readonly at: number; readonly error: TokenError } | undefined
  let refusedPin: string | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function login(module: Module, handle: bigint, user: number): Promise<void> {
    const pin = await settings.pin().catch(() => {
      throw new TokenError('pin')
    })
    const print = createHash('sha256').update(pin).digest('hex')
    if (print === refusedPin) throw new TokenError('pin')
    try {
      await module.login(handle, user, pin)
      refusedPin = undefined
    } catch (error) {
      const code = error instanceof TokenError ? error.code : undefined
      if (code === CKR.userAlreadyLoggedIn) return
      if (code === CKR.pinLocked) throw new TokenError('pin-locked', code)
      if (code === CKR.pinIncorrect || code === CKR.pinInvalid || code === CKR.pinExpired) {
        refusedPin = print
        throw new TokenError('pin', code)
      }
      throw error
    }
  }

  async function connect(): Promise<Session> {
    const running = await startModule(settings)
    try {
      const module = await initialize(running)
      const token = (await module.tokens()).find(
        ({ label, serial }) => label === settings.token || serial === settings.token,
      )
      if (!token) throw new TokenError('away')
      if (token.flags & (TOKEN_FLAG.pinLocked | TOKEN_FLAG.pinFinalTry)) throw new TokenError('pin-locked')
      const handle = await module.openSession(token.slot)
      await login(module, handle, USER.normal)
      return { running, module, handle, keys: new Map() }
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
        if (!(error instanceof TokenError) || error.why === 'no-key' || error.why === 'pin') throw error
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
    const key = loadKey(found, name, () => login(found.module, found.handle, USER.again))
    found.keys.set(called, { at: now(), key })
    key.catch(() => found.keys.delete(called))
    return key
  }

  async function signWith(found: Session, name: KeyName, data: Uint8Array): Promise<Uint8Array> {
    const { module, handle } = found
    const key = await loaded(found, name)
    const again = key.pinEachTime ? () => login(module, handle, USER.again) : undefined
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
