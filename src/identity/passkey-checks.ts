/** What a browser says by a passkey (WebAuthn), checked: our own origin and name, our challenge, the person verified, the counter. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { Refusal } from '../kernel/refusal.ts'
import { PASSKEY_CHALLENGE_MINUTES, userHandleOf, type StoredPasskey } from './passkeys.ts'

/** Whose keys these are: the name a key is bound to and the origin its answers come from, both out of PUBLIC_URL. */
export interface PasskeyParty {
  readonly id: string
  readonly origin: string
}

export function passkeyPartyOf(publicUrl: string): PasskeyParty {
  const { hostname, origin } = new URL(publicUrl)
  return { id: hostname, origin }
}

const TIMEOUT_MS = PASSKEY_CHALLENGE_MINUTES * 60_000

/**
 * What a browser needs to make a key. The key must be found without a name (resident): on the day nobody can say who
 * they are but by the key. No attestation is asked for: which maker's device it is, is nobody's business here.
 */
export function registrationOptions(
  party: PasskeyParty,
  member: { readonly id: string; readonly name: string },
  known: readonly string[],
) {
  return generateRegistrationOptions({
    rpName: 'dangvu',
    rpID: party.id,
    userID: userHandleOf(member.id),
    userName: member.name,
    userDisplayName: member.name,
    attestationType: 'none',
    timeout: TIMEOUT_MS,
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What a browser needs to answer by a key: no names, so that nobody learns who has one. */
export function authenticationOptions(party: PasskeyParty) {
  return generateAuthenticationOptions({
    rpID: party.id,
    userVerification: 'required',
    timeout: TIMEOUT_MS,
    allowCredentials: [],
  })
}

/** The challenge an answer says it is to; '' for what cannot be read. */
export function challengeIn(clientDataJson: string): string {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'))
    const challenge = (said as { challenge?: unknown } | null)?.challenge
    return typeof challenge === 'string' ? challenge : ''
  } catch {
    return ''
  }
}

/** @throws Refusal forbidden `identity.passkey-not-taken` for anything that is not exactly as asked */
export async function checkRegistration(
  party: PasskeyParty,
  answer: RegistrationResponseJSON,
  challenge: string,
): Promise<{ credentialId: string; publicKey: Uint8Array; counter: number; transports: string[] }> {
  const { verified, registrationInfo } = await asked(() =>
    verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    }),
  )
  if (!verified) throw new Refusal('forbidden', 'identity.passkey-not-taken')
  const { id, publicKey, counter } = registrationInfo.credential
  return { credentialId: id, publicKey, counter, transports: (answer.response.transports ?? []).slice(0, 10) }
}

/**
 * Checks an answer against the passkey it names. Returns the counter it came with.
 *
 * @throws Refusal forbidden `identity.passkey-not-taken`; `identity.passkey-copied` when everything is right but the
 *   counter did not go on
 */
export async function checkAuthentication(
  party: PasskeyParty,
  answer: AuthenticationResponseJSON,
  challenge: string,
  passkey: StoredPasskey,
): Promise<number> {
  const handle = answer.response.userHandle
  if (handle && handle !== Buffer.from(userHandleOf(passkey.memberId)).toString('base64url'))
    throw new Refusal('forbidden', 'identity.passkey-not-taken')
  const { verified, authenticationInfo } = await asked(() =>
    verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // The counter is judged here below, once the signature is known to be right: a stranger's guess accuses no key.
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: 0 },
    }),
  )
  if (!verified) throw new Refusal('forbidden', 'identity.passkey-not-taken')
  const { newCounter } = authenticationInfo
  if ((newCounter > 0 || passkey.counter > 0) && newCounter <= passkey.counter)
    throw new Refusal('forbidden', 'identity.passkey-copied')
  return newCounter
}

/** The library throws for everything that is not as expected; to the asker it is all one "no". */
async function asked<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    throw Object.assign(new Refusal('forbidden', 'identity.passkey-not-taken'), { cause: error })
  }
}
