/** Whether the identity provider answers: looked at before each sign-in, tried again ever more slowly while it is away, and written down. */
import { sql, type Database, type Read, type Write } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { RelyingParty } from './relying-party.ts'

/** A time during which the provider did not answer; `endedAt` null: it lasts. */
export interface Outage {
  readonly beganAt: Date
  readonly endedAt: Date | null
}

export interface WatchedProvider extends RelyingParty {
  /** Since when the provider does not answer; undefined while it does. */
  awaySince(): Promise<Date | undefined>
  /** Looks at the provider, at once or when it is time to; never throws for a provider that is away. */
  look(options?: { atOnce?: boolean }): Promise<void>
}

/** What was seen so lately is still so. */
const TRUST_MS = 5_000
/** The first try after a failure, and the longest wait between two. */
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 60_000

type Leg = 'discovery' | 'token'

/**
 * Watches a relying party. While the provider is away, sign-ins fail at once, and one look in a while is all that is sent
 * to it, however many people wait: first after five seconds, then twice as long each time, at most a minute.
 *
 * An outage seen where answers are redeemed ends only when one is redeemed: pages that open prove nothing about it.
 *
 * @param instants what is written down goes by the installation's clock (a demo's may be ahead); waiting goes by `now`
 */
export function watchProvider(
  party: RelyingParty,
  instants: { database: Database; at: () => Date; now?: () => number; trustMs?: number },
): WatchedProvider {
  const { database, at, now = () => performance.now(), trustMs = TRUST_MS } = instants
  let answeredAt = -Infinity
  let wait = 0
  let lookAgainAt = -Infinity
  let looking: Promise<Refusal | undefined> | undefined

  const failed = async (leg: Leg) => {
    answeredAt = -Infinity
    wait = Math.min(LONGEST_WAIT_MS, wait === 0 ? FIRST_WAIT_MS : wait * 2)
    lookAgainAt = now() + wait
    await database.transaction((write) => beginOutage(write, leg, at()))
  }
  const answered = async (leg: Leg) => {
    answeredAt = now()
    wait = 0
    if (await openOutage(database.read)) await database.transaction((write) => endOutage(write, leg, at()))
  }
  /** One look at a time, whoever asks. */
  const probe = () =>
    (looking ??= (async () => {
      try {
        await party.probe()
        await answered('discovery')
        return undefined
      } catch (error) {
        if (!isUnreachable(error)) throw error
        await failed('discovery')
        return error
      } finally {
        looking = undefined
      }
    })())

  return {
    async begin() {
      if (now() < lookAgainAt && wait > 0) throw new Refusal('conflict', 'identity.provider-unreachable')
      if (now() - answeredAt > trustMs) {
        const refusal = await probe()
        if (refusal) throw refusal
      }
      return party.begin()
    },
    async finish(answer, pending) {
      try {
        const identity = await party.finish(answer, pending)
        await answered('token')
        return identity
      } catch (error) {
        // What the browser brought along is the asker's word; only what we saw ourselves is a fact.
        if (isUnreachable(error) && !isToldByBrowser(error)) {
          await database.transaction((write) => beginOutage(write, 'token', at()))
        }
        throw error
      }
    },
    probe: () => party.probe(),
    awaySince: async () => (await openOutage(database.read))?.beganAt,
    async look({ atOnce = false } = {}) {
      if (!atOnce && now() < lookAgainAt && wait > 0) return
      await probe()
    },
  }
}

function isUnreachable(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code === 'identity.provider-unreachable'
}

/** The provider's own "busy" comes in the address the browser opens: anybody could write that. */
function isToldByBrowser(error: Refusal): boolean {
  return (error.cause as { error?: unknown } | undefined)?.error !== undefined && !hasStatus(error.cause)
}

const hasStatus = (cause: unknown): boolean =>
  typeof (cause as { status?: unknown } | undefined)?.status === 'number'

function openOutage(read: Read): Promise<{ beganAt: Date; leg: Leg } | undefined> {
  return read.maybe<{ beganAt: Date; leg: Leg }>(sql`
    select began_at as "beganAt", leg from provider_outage where ended_at is null`)
}

async function beginOutage(write: Write, leg: Leg, at: Date): Promise<void> {
  await write.run(sql`
    insert into provider_outage (leg, began_at) values (${leg}, ${at}) on conflict do nothing`)
}

async function endOutage(write: Write, leg: Leg, at: Date): Promise<void> {
  await write.run(sql`
    update provider_outage set ended_at = greatest(began_at, ${at}::timestamptz)
     where ended_at is null and (leg = 'discovery' or ${leg} = 'token')`)
}

/** The outages that touch a time, the newest first. */
export function outagesWithin(
  read: Read,
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<Outage[]> {
  return read.rows<Outage>(sql`
    select began_at as "beganAt", ended_at as "endedAt" from provider_outage
     where began_at <= ${to} and (ended_at is null or ended_at >= ${from})
     order by began_at desc limit ${limit}`)
}
