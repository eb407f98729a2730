/** Words that travel in an address and are read by their session alone: whom somebody looked for stays out of logs and proxies. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { sessionToken, type ActingSession } from '../identity/sessions.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** What the address holds; another one each time, so that two searches for one person do not look alike. */
export function sealWords(session: Pick<ActingSession, 'csrf'>, words: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, keyOf(session), nonce)
  const sealed = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The words again; undefined for another session's, an ended one's, and what was never sealed. */
export function openWords(session: Pick<ActingSession, 'csrf'>, address: string): string | undefined {
  const bytes = Buffer.from(address, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv(CIPHER, keyOf(session), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    return (
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    )
  } catch {
    return undefined
  }
}

/** Made from what only the session's browser and this server know, and kept nowhere. */
function keyOf({ csrf }: Pick<ActingSession, 'csrf'>): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', sessionToken(csrf), '', 'words of an address', 32))
}
