/** An authenticator in a test's own hands: makes keys and answers as a device would, and lies wherever a test wants it to. */
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'

/** What a test changes about an answer. */
export interface Lies {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly counter?: number
  /** false: the device did not ask for fingerprint, face or PIN */
  readonly verified?: boolean
  readonly userHandle?: string
  /** signs with another key than the one registered */
  readonly key?: KeyObject
}

export interface Device {
  readonly id: string
  readonly key: KeyObject
  /** The answer to `options` of a registration, as a browser sends it. */
  register(options: RegistrationAsked, lies?: Lies): object
  /** The answer to a challenge of a sign-in. */
  answer(challenge: string, lies?: Lies): object
}

interface RegistrationAsked {
  readonly challenge: string
  readonly user: { readonly id: string }
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest()

/** A device that keeps one key, for our name and origin. */
export function makeDevice(origin: string): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rpId = new URL(origin).hostname
  const rawId = randomBytes(32)
  const id = rawId.toString('base64url')
  let counter = 0
  let userHandle = ''

  const clientData = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({ type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? origin }),
    )
  const authenticatorData = (flags: number, lies: Lies, more = Buffer.alloc(0)) => {
    counter = lies.counter ?? counter + 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const uv = lies.verified === false ? 0 : 0x04
    return Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.from([flags | 0x01 | uv]), count, more])
  }
  return {
    id,
    key: privateKey,
    register(options, lies = {}) {
      userHandle = options.user.id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(rawId.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, rawId, coseOf(publicKey)])
      const attestation = attestationObject(authenticatorData(0x40, lies, attested))
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, lies).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    answer(challenge, lies = {}) {
      const said = clientData('webauthn.get', challenge, lies)
      const data = authenticatorData(0, lies)
      const signature = createSign('SHA256')
        .update(Buffer.concat([data, sha256(said)]))
        .sign(lies.key ?? privateKey)
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: said.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: lies.userHandle ?? userHandle,
        },
      }
    },
  }
}

/** The public key as CBOR writes it for WebAuthn: ES256 on P-256. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    Buffer.from(x, 'base64url'),
    Buffer.from([0x22, 0x58, 0x20]),
    Buffer.from(y, 'base64url'),
  ])
}

/** {fmt: 'none', attStmt: {}, authData} in CBOR. */
function attestationObject(authData: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(authData.length)
  return Buffer.concat([
    Buffer.from([0xa3]),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from([0xa0]),
    cborText('authData'),
    Buffer.from([0x59]),
    length,
    authData,
  ])
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)])
}
