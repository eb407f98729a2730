/** Delegation, told through HTTP: given by a form or as JSON, used by name, taken back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AN, BA, startIdentityServer, type IdentityServer } from '../../tests/identity-server.ts'
import { codeOf } from '../../tests/story-browser.ts'

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer()
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

describe('delegation', () => {
  const form = (csrf: string, change: Record<string, string | string[]> = {}) => ({
    csrf,
    id: crypto.randomUUID(),
    delegateKind: 'member',
    delegatePersonalId: AN.personalId,
    delegateName: 'NGUYEN THI AN',
    procedures: 'official-transfer',
    'validFrom-day': '20',
    'validFrom-month': '11',
    'validFrom-year': '2026',
    'validTo-day': '1',
    'validTo-month': '12',
    'validTo-year': '2026',
    form: 'written',
    basis: 'Giấy ủy quyền ngày 19/11/2026',
    ...change,
  })

  test('old Ba lets An act for him; she does so by name; he takes it back and it is over at once', async () => {
    const [ba, an] = [server.browser(), server.browser()]
    await ba.signIn(BA)
    await an.signIn(AN)
    const given = form((await ba.session()).csrf)
    expect((await ba.post('/delegations', given)).headers.get('location')).toBe('/delegations')
    expect((await ba.post('/delegations', given)).status).toBe(303) // sent twice, given once
    expect(await (await ba.open('/delegations')).text()).toContain('Nguyễn Thị An')

    const { csrf } = await an.session()
    expect((await an.post('/hat', { hat: `grant:${given.id}`, csrf })).status).toBe(303)
    expect(await (await an.post('/paper/sign', { csrf })).json()).toEqual({
      signedBy: server.ids.an,
      hat: { position: 'member', organisationId: server.ids.cell },
      onBehalfOf: { memberId: server.ids.ba, grantId: given.id },
    })
    const further = await an.post(
      '/delegations',
      form(csrf, { delegatePersonalId: BA.personalId, delegateName: BA.name }),
    )
    expect(further.status).toBe(403)
    expect(await further.text()).toContain('Không ủy quyền lại')

    expect((await ba.post(`/delegations/${given.id}/revoke`, { csrf: given.csrf })).status).toBe(303)
    expect(await codeOf(await an.post('/paper/sign', { csrf }))).toBe('identity.hat-ended')
    expect((await an.session()).hat.key).toBe('member')
  })

  test('what was written stays on the page when it cannot be taken', async () => {
    const ba = server.browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const unknown = await ba.post('/delegations', form(csrf, { delegateName: 'Ai Đó Khác' }))
    expect(unknown.status).toBe(422)
    const page = await unknown.text()
    for (const words of ['Chưa xác định được người nhận', 'Ai Đó Khác', 'Giấy ủy quyền ngày 19/11/2026'])
      expect(page).toContain(words)
    const broken = await ba.post(
      '/delegations',
      form(csrf, { basis: '', 'validTo-month': '13', delegatePersonalId: '12' }),
    )
    expect(broken.status).toBe(400)
    const mended = await broken.text()
    for (const field of ['field-basis', 'field-validTo', 'field-delegatePersonalId'])
      expect(mended).toContain(`href="#${field}"`)
  })

  test('a stale sign-in is asked to be renewed, and the same form then goes through', async () => {
    const ba = server.browser()
    await ba.signIn(BA)
    const given = form((await ba.session()).csrf)
    server.later(6)
    const stale = await ba.post('/delegations', given)
    expect(stale.status).toBe(403)
    expect(await stale.text()).toMatch(/target="_blank"[^]*Giấy ủy quyền ngày 19\/11\/2026/)
    server.later(0)
    await ba.signIn(BA)
    expect((await ba.post('/delegations', given)).status).toBe(303)
  })

  test('as JSON: an office, given in that office only', async () => {
    const ba = server.browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const ask = (path: string, method: string, body: unknown) =>
      ba.open(path, {
        method,
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
        body: JSON.stringify(body),
      })
    const grant = {
      id: crypto.randomUUID(),
      officeId: server.ids.office,
      delegateKind: 'member',
      delegatePersonalId: AN.personalId,
      delegateName: AN.name,
      procedures: ['official-transfer'],
      validFrom: '2026-11-20',
      validTo: '2026-11-27',
      form: 'account-auth',
      basis: 'Đi công tác',
    }
    expect(await codeOf(await ask('/api/v1/delegations', 'POST', grant))).toBe('identity.delegate-in-own-hat')
    expect((await ask('/api/v1/hats/current', 'PUT', { hat: `office:${server.ids.office}` })).status).toBe(
      200,
    )
    const given = await ask('/api/v1/delegations', 'POST', grant)
    expect(given.status).toBe(200)
    const lists = (await given.json()) as { given: Record<string, unknown>[] }
    expect(lists.given.find((each) => each.id === grant.id)).toMatchObject({
      standing: 'running',
      delegateName: AN.name,
      office: { id: server.ids.office, position: 'Bí thư' },
    })
    const an = server.browser()
    await an.signIn(AN)
    const { hats } = (await (await an.open('/api/v1/hats')).json()) as { hats: unknown[] }
    expect(hats).toContainEqual(
      expect.objectContaining({
        key: `grant:${grant.id}`,
        position: 'secretary',
        onBehalfOf: expect.objectContaining({ name: BA.name }),
      }),
    )
    expect((await ask(`/api/v1/delegations/${grant.id}/revoke`, 'POST', {})).status).toBe(200)
    expect((await ask('/api/v1/delegations', 'POST', { id: 1 })).status).toBe(400)
    expect((await ask('/api/v1/session', 'DELETE', {})).status).toBe(204)
    expect((await ba.open('/sessions')).status).toBe(403)
  })
})
