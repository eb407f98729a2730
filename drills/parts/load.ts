/** Load (tải): people and a bank at work through the front door. What was not answered is asked again under the same key until it is. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Journal, Kind, Told } from './journal.ts'

export interface Act {
  readonly key: string
  readonly kind: Kind
  readonly what: string
  send(): Promise<Response>
  /** Called before it is sent again after a no about the session: signs in anew. */
  renew?(): Promise<void>
}

export type Outcome = 'acknowledged' | 'refused'

export interface Load {
  /** Sends one act until it is answered for good. */
  perform(act: Act): Promise<Outcome>
  /**
   * The same, of what the rules cannot refuse: a no is a fault of the drill or of the system.
   *
   * @param but the code of the one no that is none
   */
  demand(act: Act, but?: string): Promise<Outcome>
  /** Lets everybody go on. */
  resume(): void
  /** Lets nobody begin anything; resolves when what was under way is answered. */
  quiet(): Promise<void>
  /** The moment the next act of a kind was sent and is not answered yet. */
  nextOf(kind: Kind): Promise<void>
  /** how often an act of each kind got no answer, or one that tells nothing */
  readonly unanswered: Readonly<Record<Kind, number>>
  /** why there was no answer that tells something, by the code of the trouble ('' for none), with how often */
  readonly troubles: ReadonlyMap<string, number>
  /** what was refused, by code, with how often */
  readonly refusals: ReadonlyMap<string, number>
  /** Somebody does this again and again; rejects with what ended it. */
  begin(work: () => Promise<void>): void
  /** Throws what ended anybody's work. */
  check(): void
  /** Ends everybody's work after what is under way. */
  end(): Promise<void>
}

/** An answer that takes longer is no answer: browsers and banks wait about as long. */
const ANSWER_MS = 20_000
/** From then on the system counts as not come back. */
const ANSWERED_WITHIN_MS = 180_000
const AGAIN_MS = 300
/** Where the server says no to too many requests, an ended session (a page says no code) or a clock that differs from the sender's, the sender comes again. */
const COME_AGAIN =
  /^(identity\.(sign-in-needed|stale-sign-in|form-not-ours|hat-ended)|request\.too-many|payments\.stale|403)$/
/** Before it does, it signs in anew. */
const SIGN_IN_FIRST = /^(identity\.|403$)/

export function openLoad(journal: Journal): Load {
  const gate = openGate()
  const unanswered: Record<Kind, number> = {
    paying: 0,
    declaring: 0,
    transferring: 0,
    signing: 0,
    commenting: 0,
  }
  const troubles = new Map<string, number>()
  const refusals = new Map<string, number>()
  const refusedWith = new Map<string, string>()
  const lookouts: { readonly kind: Kind; readonly seen: () => void }[] = []
  const workers: Promise<void>[] = []
  let failure: unknown
  let ended = false

  async function sendOnce(act: Act): Promise<Outcome | 'unknown'> {
    await journal.write({ did: 'sent', key: act.key, kind: act.kind, what: act.what })
    const answer = answerOf(act)
    for (const lookout of lookouts.splice(0))
      if (lookout.kind === act.kind) lookout.seen()
      else lookouts.push(lookout)
    const { outcome, code, told } = await answer
    if (outcome === 'acknowledged') await journal.write({ did: 'acknowledged', key: act.key, told })
    else if (outcome === 'refused') {
      await journal.write({ did: 'refused', key: act.key, code })
      refusedWith.set(act.key, code)
      refusals.set(`${act.what}: ${code}`, (refusals.get(`${act.what}: ${code}`) ?? 0) + 1)
    } else {
      unanswered[act.kind] += 1
      troubles.set(code, (troubles.get(code) ?? 0) + 1)
      await pause(AGAIN_MS)
      if (SIGN_IN_FIRST.test(code)) await act.renew?.().catch(() => undefined)
    }
    return outcome
  }

  async function perform(act: Act): Promise<Outcome> {
    await gate.enter()
    try {
      const until = performance.now() + ANSWERED_WITHIN_MS
      for (;;) {
        const outcome = await sendOnce(act)
        if (outcome !== 'unknown') return outcome
        if (performance.now() > until) throw new Error(`${act.what}: not answered within three minutes`)
      }
    } finally {
      gate.leave()
    }
  }

  async function work(task: () => Promise<void>): Promise<void> {
    try {
      for (;;) {
        if (ended) return
        await task()
      }
    } catch (error) {
      if (!ended) failure ??= error
    }
  }

  return {
    perform,
    async demand(act, but) {
      const outcome = await perform(act)
      if (outcome === 'refused' && refusedWith.get(act.key) !== but)
        throw new Error(`${act.what} was refused: ${[...refusals.keys()].join(', ')}`)
      return outcome
    },
    unanswered,
    troubles,
    refusals,
    resume: gate.open,
    quiet: gate.close,
    nextOf: (kind) => new Promise((resolve) => lookouts.push({ kind, seen: resolve })),
    begin: (task) => void workers.push(work(task)),
    check() {
      if (failure) throw failure
    },
    async end() {
      await gate.close()
      ended = true
      gate.open()
      await Promise.race([Promise.all(workers), pause(ANSWER_MS)])
    },
  }
}

interface Heard {
  readonly outcome: Outcome | 'unknown'
  readonly code: string
  readonly told?: Told | undefined
}

/** 2xx and 3xx: done. 5xx, a cut connection, no answer in time: nobody knows. The rest is a no, or a "come again". */
async function answerOf(act: Act): Promise<Heard> {
  const never = new AbortController()
  const tooLate = pause(ANSWER_MS, undefined, { signal: never.signal }).catch(() => undefined)
  const heard = act.send().then(
    async (answer) => ({ status: answer.status, text: await answer.text() }),
    () => undefined,
  )
  const said = await Promise.race([heard.catch(() => undefined), tooLate])
  never.abort()
  if (!said) return { outcome: 'unknown', code: '' }
  const fields = jsonOf(said.text)
  if (said.status >= 500) return { outcome: 'unknown', code: String(fields.code ?? said.status) }
  if (said.status < 400) {
    const { firstEvent, lastEvent } = fields
    const told =
      firstEvent && lastEvent ? { firstEvent: Number(firstEvent), lastEvent: Number(lastEvent) } : undefined
    return { outcome: 'acknowledged', code: '', told }
  }
  const code = String(fields.code ?? said.status)
  return { outcome: said.status === 429 || COME_AGAIN.test(code) ? 'unknown' : 'refused', code }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Who comes to a closed gate waits before it; who closes it waits until all who are inside left. */
function openGate() {
  let inside = 0
  let opened: (() => void) | undefined
  let isOpen: Promise<void> | undefined
  let emptied: (() => void) | undefined
  return {
    async enter(): Promise<void> {
      for (let wait = isOpen; wait; wait = isOpen) await wait
      inside += 1
    },
    leave(): void {
      inside -= 1
      if (inside === 0) emptied?.()
    },
    open(): void {
      opened?.()
      isOpen = undefined
    },
    async close(): Promise<void> {
      isOpen ??= new Promise((resolve) => (opened = resolve))
      if (inside > 0) await new Promise<void>((resolve) => (emptied = resolve))
    },
  }
}
