/** A sign-in on its way: remembered between the redirect to the provider and its answer, and taken exactly once. */
import { sql, type Write } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { PendingSignIn } from './relying-party.ts'
import { SIGN_IN_MINUTES } from './session-rules.ts'
import { sha256Hex } from './sessions.ts'

/** Remembers a sign-in under its state, for this browser alone. */
export async function rememberSignIn(
  write: Write,
  pending: PendingSignIn,
  { browser, returnTo, now }: { browser: string; returnTo: string; now: Date },
): Promise<void> {
  await write.run(sql`
    insert into sign_in (state_sha256, browser_sha256, nonce, code_verifier, return_to, started_at)
    values (${sha256Hex(pending.state)}, ${sha256Hex(browser)}, ${pending.nonce}, ${pending.codeVerifier}, ${returnTo}, ${now})`)
}

/**
 * Takes a sign-in out: the second asker finds nothing.
 *
 * @param browser the secret of the browser that began it
 * @throws Refusal forbidden `identity.sign-in-not-ours` when it was answered already, began elsewhere or too long ago
 */
export async function takeSignIn(
  write: Write,
  { state, browser, now }: { state: string; browser: string; now: Date },
): Promise<PendingSignIn & { returnTo: string }> {
  const row = await write.maybe<{
    nonce: string
    code_verifier: string
    return_to: string
    started_at: Date
  }>(sql`
    delete from sign_in where state_sha256 = ${sha256Hex(state)} and browser_sha256 = ${sha256Hex(browser)}
    returning nonce, code_verifier, return_to, started_at`)
  if (row === undefined || now.getTime() - row.started_at.getTime() > SIGN_IN_MINUTES * 60_000)
    throw new Refusal('forbidden', 'identity.sign-in-not-ours')
  return { state, nonce: row.nonce, codeVerifier: row.code_verifier, returnTo: row.return_to }
}
