/** What the provider answers is checked: each part changed on its own is refused. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AN, startIdentityServer, type IdentityServer } from '../../tests/identity-server.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { ProviderConfiguration } from './configuration.ts'
import { createRelyingParty } from './relying-party.ts'

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer()
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

describe('what the provider answers is checked', () => {
  type Change = {
    provider?: Partial<ProviderConfiguration>
    pending?: object
    answer?: (answer: URLSearchParams) => void
  }

  /** Signs An in with a relying party of its own and returns the refusal's code, or her personal ID. */
  async function outcome(change: Change): Promise<string> {
    const party = createRelyingParty({ ...server.provider.configuration, ...change.provider })
    const { url, ...pending } = await party.begin()
    const browser = server.browser()
    const { address: page } = await browser.follow(await browser.open(url.href), url.href)
    const callback = await browser.choose(page, { person: AN.personalId, level: '2' })
    const answer = new URL(callback).searchParams
    change.answer?.(answer)
    return party.finish(answer, { ...pending, ...change.pending }).then(
      (identity) => identity.personalId,
      (refusal: Refusal) => refusal.code,
    )
  }
  const claims = { personalId: 'personal_id', name: 'name', birthDate: 'birthdate' }

  test.each<[string, Change, string]>([
    ['nothing changed', {}, AN.personalId],
    [
      'no claim of that name',
      { provider: { claims: { ...claims, personalId: 'so_dinh_danh' } } },
      'identity.claims-missing',
    ],
    [
      'an ID that is none',
      { provider: { claims: { ...claims, personalId: 'name' } } },
      'identity.claims-missing',
    ],
    [
      'a birth date that is none',
      { provider: { claims: { ...claims, birthDate: 'name' } } },
      'identity.claims-missing',
    ],
    ['a level we do not accept', { provider: { levels: ['level-3'] } }, 'identity.level-too-low'],
    ['a nonce that is not ours', { pending: { nonce: 'other' } }, 'identity.sign-in-failed'],
    ['a verifier that is not ours', { pending: { codeVerifier: 'x'.repeat(43) } }, 'identity.sign-in-failed'],
    ['a state that is not ours', { pending: { state: 'other' } }, 'identity.sign-in-failed'],
    [
      'another issuer',
      { answer: (answer) => answer.set('iss', 'https://evil.example') },
      'identity.sign-in-failed',
    ],
  ])('%s', async (_, change, expected) => {
    expect(await outcome(change)).toBe(expected)
  })

  test.each([
    ['access_denied', 'identity.sign-in-cancelled'],
    ['server_error', 'identity.provider-unreachable'],
    ['unmet_authentication_requirements', 'identity.sign-in-failed'],
  ])('the error %s is %s', async (error, expected) => {
    const party = createRelyingParty(server.provider.configuration)
    const { state, nonce, codeVerifier } = await party.begin()
    const answer = new URLSearchParams({ error, state, iss: server.provider.issuer })
    await expect(party.finish(answer, { state, nonce, codeVerifier })).rejects.toMatchObject({
      code: expected,
    })
  })

  test("a proxy's error page is no provider", async () => {
    const proxy = createServer((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'))
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const issuer = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const party = createRelyingParty({ ...server.provider.configuration, issuer })
    await expect(party.begin()).rejects.toMatchObject({ code: 'identity.provider-unreachable' })
    await new Promise((resolve) => proxy.close(resolve))
  })
})
