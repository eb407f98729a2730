/** The watch over the provider: one look however many wait, ever slower, each outage written down once, and nobody's word taken for it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startDevelopmentProvider, type DevelopmentProvider } from './development-provider.ts'
import { identityWorld, type IdentityWorld } from '../../tests/identity-world.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { outagesWithin, watchProvider, type WatchedProvider } from './provider-watch.ts'
import { createRelyingParty } from './relying-party.ts'

const START = Date.parse('2025-08-28T07:00:00Z')

let world: IdentityWorld
let vneid: DevelopmentProvider
let watch: WatchedProvider
let seconds: number
let looks: number

beforeAll(async () => {
  world = await identityWorld()
  vneid = await startDevelopmentProvider({
    port: 0,
    issuerHost: '127.0.0.1',
    redirectUri: 'http://127.0.0.1:1/sign-in/callback',
    people: async () => [],
  })
})
afterAll(async () => {
  await vneid.stop()
  await world.close()
})
beforeEach(async () => {
  await world.change('delete from provider_outage')
  vneid.reach.setAway(false)
  seconds = 0
  looks = 0
  const party = createRelyingParty(vneid.configuration)
  const counted = {
    ...party,
    probe: () => {
      looks += 1
      return party.probe()
    },
  }
  const now = () => START + seconds * 1000
  watch = watchProvider(counted, { database: world.database, at: () => new Date(now()), now })
})

const begin = () =>
  watch.begin().then(
    () => 'sent',
    (refusal: Refusal) => refusal.code,
  )
const outages = () =>
  outagesWithin(world.database.read, { from: new Date(0), to: new Date(START + 1e9), limit: 10 })

test('many who come at once make one look, and while it is away most of them none', async () => {
  vneid.reach.setAway(true)
  const codes = await Promise.all(Array.from({ length: 20 }, begin))
  expect(new Set(codes)).toEqual(new Set(['identity.provider-unreachable']))
  expect(looks).toBe(1)
  expect(await watch.awaySince()).toEqual(new Date(START))

  const after: number[] = []
  for (seconds = 1; seconds <= 300; seconds += 1) {
    await begin()
    await watch.look()
    if (looks > after.length + 1) after.push(seconds)
  }
  // five seconds, then twice as long each time, at most a minute
  expect(after).toEqual([5, 15, 35, 75, 135, 195, 255])
  expect(await outages()).toEqual([{ beganAt: new Date(START), endedAt: null }])
})

test('back, the outage ends at the first look that is answered, and the next one is another', async () => {
  vneid.reach.setAway(true)
  await begin()
  vneid.reach.setAway(false)
  seconds = 4
  expect(await begin()).toBe('identity.provider-unreachable')
  seconds = 6
  expect(await begin()).toBe('sent')
  expect(await watch.awaySince()).toBeUndefined()
  // what was seen within five seconds is not looked at again
  expect(await begin()).toBe('sent')
  expect(looks).toBe(2)

  seconds = 60
  vneid.reach.setAway(true)
  await watch.look({ atOnce: true })
  expect(await outages()).toEqual([
    { beganAt: new Date(START + 60_000), endedAt: null },
    { beganAt: new Date(START), endedAt: new Date(START + 6_000) },
  ])
})

test('an outage goes on over a restart, and a new watch ends it', async () => {
  vneid.reach.setAway(true)
  await begin()
  vneid.reach.setAway(false)
  const other = watchProvider(createRelyingParty(vneid.configuration), {
    database: world.database,
    at: () => new Date(START + 120_000),
  })
  expect(await other.awaySince()).toEqual(new Date(START))
  await other.look()
  expect(await outages()).toEqual([{ beganAt: new Date(START), endedAt: new Date(START + 120_000) }])
})

test('where answers are redeemed it is seen too, and pages that open do not end that', async () => {
  const { url: _url, ...pending } = await watch.begin()
  vneid.reach.setAway(true)
  const answer = new URLSearchParams({ code: 'x', state: pending.state, iss: vneid.issuer })
  await expect(watch.finish(answer, pending)).rejects.toMatchObject({ code: 'identity.provider-unreachable' })
  expect(await watch.awaySince()).toEqual(new Date(START))
  vneid.reach.setAway(false)
  seconds = 30
  expect(await begin()).toBe('sent')
  expect(await watch.awaySince()).toEqual(new Date(START))
})

test('a browser that says the provider is busy makes no outage', async () => {
  const { url: _url, ...pending } = await watch.begin()
  const told = new URLSearchParams({
    error: 'temporarily_unavailable',
    state: pending.state,
    iss: vneid.issuer,
  })
  await expect(watch.finish(told, pending)).rejects.toMatchObject({ code: 'identity.provider-unreachable' })
  expect(await outages()).toEqual([])
})
