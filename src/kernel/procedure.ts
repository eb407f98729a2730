/** The life of a command (yêu cầu), once for all procedures: load, decide, evolve, save, record, follow up, in one transaction. */
import { createHash } from 'node:crypto'
import type { Actor, PersonActor } from './actor.ts'
import { isUniqueViolation, type Database, type Read, type Write } from './db.ts'
import {
  loadForCommand,
  loadTogether,
  saveParties,
  storeHappened,
  type Awaiting,
  type Loaded,
  type Party,
} from './dossier.ts'
import type { PlainDate } from './plain-date.ts'
import { Refusal } from './refusal.ts'
import type { SettingsOfDay } from './settings.ts'
import type { WorkCalendar } from './working-time.ts'

/** What surrounds a command: who, when, and the calendar and settings of that day. */
export interface Context {
  readonly actor: Actor
  readonly at: Date
  readonly today: PlainDate
  readonly calendar: WorkCalendar
  readonly settings: SettingsOfDay
}

/** What a command brought about. `before` is absent when it opened the dossier. */
export interface Happened<State, Event> {
  readonly dossierId: string
  readonly events: readonly Event[]
  readonly before: State | undefined
  readonly state: State
  readonly version: number
}

/** A slice as the house sees it. */
export interface Procedure<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
> {
  readonly name: string
  /** Commands that only write a draft: all that somebody who came in by a passkey may ask. */
  readonly drafting: readonly Command['type'][]
  /**
   * Loads what the rules must know beside the state, in the command's own transaction; numbers are taken here, and given
   * back when the rules refuse.
   */
  gather(write: Write, state: State | undefined, command: Command, context: Context): Promise<Facts>
  /** Whether the actor may know of the dossier at all: to others it is as unknown as none. */
  maySee(read: Read, state: State, context: Pick<Context, 'actor' | 'today'>): Promise<boolean>
  /** Pure: events, or a thrown refusal. */
  decide(state: State | undefined, command: Command, facts: Facts, context: Context): Event[]
  /** Pure: what the dossier is after one more event. */
  evolve(state: State | undefined, event: Event, at: Date): State
  /** Pure: whose turn it is, to do what, until when. */
  awaited(state: State): Awaiting
  /** Pure: the organisations it passed, has it now, and will come to. */
  parties(state: State): Party[]
  /** The member it is about. */
  subjectOf(state: State): string
  /** Keeps the columns of its own that SQL must know; `before` tells what stands there already. */
  keep(write: Write, dossierId: string, state: State, before: State | undefined): Promise<void>
  /** What follows in registers, papers, notices and jobs, in the same transaction. */
  consequences(write: Write, happened: Happened<State, Event>, context: Context): Promise<void>
}

export interface CommandRequest<Command> {
  readonly dossierId: string
  /** made up by the page or caller; the same id again is answered alike and does nothing */
  readonly commandId: string
  /** the number of the last event the asker saw; another one is refused with what happened since */
  readonly expected?: number
  readonly command: Command
}

export interface Performed<State> {
  readonly state: State
  readonly version: number
  readonly firstEvent: number
  readonly lastEvent: number
  /** true when this command id had been done before and nothing new happened */
  readonly repeated: boolean
}

/**
 * Performs one command: everything it brings about commits together or not at all.
 *
 * @throws Refusal conflict `dossier.moved-on` when somebody else acted first,
 *   `command.reused` when the id belongs to another command; not-found `dossier.unknown`; whatever the rules refuse
 */
export async function perform<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  db: Database,
  procedure: Procedure<State, Command, Event, Facts>,
  request: CommandRequest<Command>,
  context: Context,
): Promise<Performed<State>> {
  const { name } = procedure
  let loaded: Loaded<State> | undefined = await loadTogether<State>(db, { ...request, procedure: name })
  try {
    return await db.transaction((write) => {
      // Done anew after somebody outside was waited for: what was loaded before that may not be true any more.
      if (!loaded) return performIn(write, procedure, request, context)
      const now = loaded
      loaded = undefined
      return performLoaded(write, procedure, request, context, now)
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'dossier_event_pkey') && !isUniqueViolation(error, 'command_done_pkey'))
      throw error
    // Somebody claimed the same number, or the same command came twice at once: ask once more what is true now.
    return db.transaction((write) => performIn(write, procedure, request, context))
  }
}

/** `perform` inside a transaction that is already open: for sweeps and reactions that act on many. */
export async function performIn<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  write: Write,
  procedure: Procedure<State, Command, Event, Facts>,
  request: CommandRequest<Command>,
  context: Context,
): Promise<Performed<State>> {
  const { name } = procedure
  const loaded = await loadForCommand<State>(write, { ...request, procedure: name })
  return performLoaded(write, procedure, request, context, loaded)
}

async function performLoaded<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  write: Write,
  procedure: Procedure<State, Command, Event, Facts>,
  request: CommandRequest<Command>,
  context: Context,
  { current, done }: Loaded<State>,
): Promise<Performed<State>> {
  const digest = digestOf(procedure.name, request, context.actor)
  const { dossierId } = request
  if (done) {
    if (done.digest !== digest || !current) throw new Refusal('conflict', 'command.reused')
    return { ...done, state: current.state, version: current.version, repeated: true }
  }
  if (current && !(await procedure.maySee(write, current.state, context)))
    throw new Refusal('not-found', 'dossier.unknown')
  // Who names an event saw a dossier: an id that nobody has answers as a foreign one does.
  if (!current && request.expected) throw new Refusal('not-found', 'dossier.unknown')
  requireLevel(procedure, request.command, context.actor)
  const version = current?.version ?? 0
  if (request.expected !== undefined && request.expected !== version) {
    throw new Refusal('conflict', 'dossier.moved-on', {
      facts: { expected: request.expected, actual: version },
    })
  }
  const facts = await procedure.gather(write, current?.state, request.command, context)
  const events = procedure.decide(current?.state, request.command, facts, context)
  if (events.length === 0) throw new Error(`${procedure.name}: ${request.command.type} decided nothing`)
  let state = current?.state
  for (const event of events) state = procedure.evolve(state, event, context.at)
  if (!state) throw new Error(`${procedure.name}: no state after ${events.length} events`)
  const happened = {
    dossierId: request.dossierId,
    events,
    before: current?.state,
    state,
    version: version + events.length,
  }
  const derived = { awaited: procedure.awaited(state), subjectId: procedure.subjectOf(state), digest }
  storeHappened(write, procedure.name, request, happened, derived, context)
  const parties = procedure.parties(state)
  if (!current || !sameParties(parties, procedure.parties(current.state)))
    await saveParties(write, dossierId, parties)
  await procedure.keep(write, dossierId, state, current?.state)
  await procedure.consequences(write, happened, context)
  const numbers = { firstEvent: version + 1, lastEvent: version + events.length }
  return { ...numbers, state, version: happened.version, repeated: false }
}

/**
 * What the rules say now to a command that is not done: nothing stays of the asking, a number taken for it goes back. For
 * an act that waits for level 2: as if its writer had just proved who they are.
 *
 * @throws Refusal as `perform` would, but for the sign-in
 */
export async function tryOut<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  db: Database,
  procedure: Procedure<State, Command, Event, Facts>,
  { dossierId, commandId, command, expected }: CommandRequest<Command>,
  context: Context,
): Promise<{ readonly version: number }> {
  const { byPasskey: _without, ...actor } = context.actor as PersonActor
  const asked = { ...context, actor: { ...actor, signedInAt: context.at } }
  const nothingStays = new Error('nothing stays')
  let version = 0
  await db
    .transaction(async (write) => {
      const { current } = await loadForCommand<State>(write, {
        procedure: procedure.name,
        dossierId,
        commandId,
      })
      if (!current || !(await procedure.maySee(write, current.state, asked)))
        throw new Refusal('not-found', 'dossier.unknown')
      version = current.version
      if (expected !== undefined && expected !== version)
        throw new Refusal('conflict', 'dossier.moved-on', { facts: { expected, actual: version } })
      const facts = await procedure.gather(write, current.state, command, asked)
      procedure.decide(current.state, command, facts, asked)
      throw nothingStays
    })
    .catch((error: unknown) => {
      if (error !== nothingStays) throw error
    })
  return { version }
}

/** What is official waits for the provider (level 2), by whatever door it comes. */
function requireLevel<Command extends { readonly type: string }>(
  { drafting }: { readonly drafting: readonly Command['type'][] },
  { type }: Command,
  actor: Actor,
): void {
  if (actor.kind === 'person' && actor.byPasskey && !drafting.includes(type))
    throw new Refusal('forbidden', 'identity.level-2-needed', { citation: '338-QĐ/TW, Điều 12' })
}

function sameParties(now: readonly Party[], then: readonly Party[]): boolean {
  return (
    now.length === then.length &&
    now.every(
      (party, index) =>
        then[index]?.organisationId === party.organisationId && then[index]?.stage === party.stage,
    )
  )
}

function digestOf(procedure: string, request: CommandRequest<unknown>, actor: Actor): string {
  const who =
    actor.kind === 'person'
      ? [actor.memberId, actor.hat.position, actor.hat.organisationId, actor.onBehalfOf?.memberId]
      : ['clock']
  const text = JSON.stringify([procedure, request.dossierId, request.command, who])
  return createHash('sha256').update(text).digest('hex')
}
