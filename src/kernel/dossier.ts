/** The dossier (hồ sơ) as it is kept: its state, its numbered events, whose turn it is, whom it passes. */
import type { Actor } from './actor.ts'
import { sql, type Read, type Write } from './db.ts'
import { Refusal } from './refusal.ts'

/** Whose turn it is: tasks, reminders, buttons and dashboards are this; nothing else is stored for them. */
export interface Awaiting {
  /** who acts next; 'system': a job does; 'nobody': the dossier is closed */
  readonly who: 'member' | 'organisation' | 'system' | 'nobody'
  /** the one organisation that answers for the dossier now; null for a member's draft and a closed dossier */
  readonly responsible: string | null
  /** the positions in it that may act */
  readonly positions: readonly string[]
  /** what is to be done: a key of the slice's texts */
  readonly act: string
  readonly until: Date | null
}

export interface Party {
  readonly organisationId: string
  readonly stage: 'past' | 'now' | 'ahead'
}

export interface StoredDossier<State> {
  readonly id: string
  readonly number: string | null
  readonly subjectId: string
  readonly state: State
  readonly version: number
  readonly openedAt: Date
}

/** One event as it was recorded. `data` is the event itself. */
export interface RecordedEvent {
  readonly number: number
  readonly type: string
  readonly at: Date
  readonly data: Record<string, unknown>
  readonly actorKind: Actor['kind']
  readonly actorId: string | null
  readonly position: string | null
  readonly organisationId: string | null
  readonly onBehalfOf: string | null
}

/** The dossier, or undefined for an id nobody used yet; one of another procedure is unknown here. */
export async function loadDossier<State>(
  read: Read,
  procedure: string,
  id: string,
): Promise<StoredDossier<State> | undefined> {
  const row = await read.maybe<StoredDossier<State> & { procedure: string }>(sql`
    select id, procedure, number, subject_id as "subjectId", state, version, opened_at as "openedAt"
      from dossier where id = ${id}`)
  if (row && row.procedure !== procedure) throw new Refusal('not-found', 'dossier.unknown')
  return row
}

/** The events of a dossier in their order. */
export function eventsOf(read: Read, dossierId: string): Promise<RecordedEvent[]> {
  return read.rows<RecordedEvent>(sql`
    select number, type, at, data, actor_kind as "actorKind", actor_id as "actorId", position,
           organisation_id as "organisationId", on_behalf_of as "onBehalfOf"
      from dossier_event where dossier_id = ${dossierId} order by number`)
}

/** Adds the events under the next numbers: the primary key settles who came first. */
export async function recordEvents(
  write: Write,
  request: { dossierId: string; commandId: string },
  version: number,
  events: readonly { readonly type: string }[],
  { actor, at }: { actor: Actor; at: Date },
): Promise<void> {
  const person = actor.kind === 'person' ? actor : undefined
  const rows = events.map((event, index) => ({ number: version + index + 1, type: event.type, data: event }))
  await write.run(sql`
    insert into dossier_event (dossier_id, number, type, data, at, actor_kind, actor_id, position, organisation_id,
                               on_behalf_of, grant_id, command_id)
    select ${request.dossierId}, e.number, e.type, e.data, ${at}::timestamptz, ${actor.kind}, ${person?.memberId ?? null}::uuid,
           ${person?.hat.position ?? null}::text, ${person?.hat.organisationId ?? null}::uuid,
           ${person?.onBehalfOf?.memberId ?? null}::uuid, ${person?.onBehalfOf?.grantId ?? null}::uuid, ${request.commandId}::uuid
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(number int, type text, data jsonb)`)
}

/** Keeps the state with what is derived from it. */
export async function saveDossier<State extends { readonly status: string }>(
  write: Write,
  procedure: string,
  dossier: { dossierId: string; before: State | undefined; state: State; version: number },
  derived: { awaited: Awaiting; parties: readonly Party[]; subjectId: string; at: Date },
): Promise<void> {
  const { who, responsible, positions, act, until } = derived.awaited
  await write.run(sql`
    insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at,
                         awaited_kind, awaited_organisation, awaited_positions, awaited_act, due_at)
    values (${dossier.dossierId}, ${procedure}, ${derived.subjectId}, ${dossier.state.status}, ${who !== 'nobody'},
            ${dossier.version}, ${JSON.stringify(dossier.state)}, ${derived.at}, ${derived.at},
            ${who}, ${responsible}, ${[...positions]}, ${act}, ${until})
    on conflict (id) do update set status = excluded.status, is_open = excluded.is_open, version = excluded.version,
      state = excluded.state, changed_at = excluded.changed_at, awaited_kind = excluded.awaited_kind,
      awaited_organisation = excluded.awaited_organisation, awaited_positions = excluded.awaited_positions,
      awaited_act = excluded.awaited_act, due_at = excluded.due_at`)
  await saveParties(write, dossier.dossierId, derived.parties)
}

async function saveParties(write: Write, dossierId: string, parties: readonly Party[]): Promise<void> {
  const rows = JSON.stringify(parties.map((party) => ({ id: party.organisationId, stage: party.stage })))
  await write.run(sql`
    with wanted as (select * from jsonb_to_recordset(${rows}::jsonb) as w(id uuid, stage text)),
         gone as (delete from dossier_party p where p.dossier_id = ${dossierId}
                     and not exists (select from wanted w where w.id = p.organisation_id))
    insert into dossier_party (dossier_id, organisation_id, stage)
    select ${dossierId}, id, stage from wanted
    on conflict (dossier_id, organisation_id) do update set stage = excluded.stage
      where dossier_party.stage <> excluded.stage`)
}

export interface DoneCommand {
  readonly digest: string
  readonly firstEvent: number
  readonly lastEvent: number
}

export function findDone(read: Read, commandId: string): Promise<DoneCommand | undefined> {
  return read.maybe<DoneCommand>(sql`
    select digest, first_event as "firstEvent", last_event as "lastEvent" from command_done where command_id = ${commandId}`)
}

export async function recordDone(
  write: Write,
  done: DoneCommand & { commandId: string; dossierId: string; at: Date },
): Promise<void> {
  await write.run(sql`
    insert into command_done (command_id, dossier_id, digest, first_event, last_event, done_at)
    values (${done.commandId}, ${done.dossierId}, ${done.digest}, ${done.firstEvent}, ${done.lastEvent}, ${done.at})`)
}

/** The next number of an organisation's series, without gaps: the row's lock makes the takers queue, a rollback gives it back. */
export async function nextNumber(
  write: Write,
  organisationId: string,
  series: string,
  term: string,
): Promise<number> {
  const row = await write.one<{ last: number }>(sql`
    insert into number_series (organisation_id, series, term, last) values (${organisationId}, ${series}, ${term}, 1)
    on conflict (organisation_id, series, term) do update set last = number_series.last + 1
    returning last`)
  return row.last
}
