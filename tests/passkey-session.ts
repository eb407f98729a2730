/** A session as a passkey opens it, for tests that are about what it may do and not about the key. */
import { randomBytes } from 'node:crypto'
import type { HatChoice } from '../src/identity/hats.ts'
import { addPasskey } from '../src/identity/passkeys.ts'
import { openSession } from '../src/identity/sessions.ts'
import type { Write } from '../src/kernel/db.ts'

/** Registers a key nobody has, and opens a session by it. @returns the cookie's secret */
export async function openPasskeySession(
  write: Write,
  memberId: string,
  choice: HatChoice,
  now: Date,
): Promise<string> {
  const id = await addPasskey(write, {
    memberId,
    credentialId: randomBytes(16).toString('base64url'),
    publicKey: randomBytes(32),
    counter: 0,
    transports: [],
    name: 'kiểm thử',
    now,
  })
  const endsBy = new Date(now.getTime() + 3_600_000)
  return openSession(write, {
    memberId,
    choice,
    signedInAt: now,
    device: 'kiểm thử',
    now,
    passkey: { id, endsBy },
  })
}
