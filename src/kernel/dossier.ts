/** The dossier (hồ sơ) as it is kept: its state, its numbered events, whose turn it is, whom it passes. */
import type { Actor } from './actor.ts'
import { askedTogether } from './asked-together.ts'
import { sql, type Database, type Read, type Write } from './db.ts'
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

/** The dossier a command is about, and what that command did if it was done before. */
export interface Loaded<State> {
  readonly current: StoredDossier<State> | undefined
  readonly done: DoneCommand | undefined
}

interface AskedCommand {
  readonly procedure: string
  readonly dossierId: string
  readonly commandId: string
}

type LoadedRow = { readonly [K in keyof StoredDossier<unknown>]: StoredDossier<unknown>[K] | null } & {
  readonly [K in keyof DoneCommand]: DoneCommand[K] | null
} & { readonly procedure: string | null }

/** What commands are about, each in its place: one question. */
function loadRows(read: Read, asked: readonly AskedCommand[]): Promise<LoadedRow[]> {
  return read.rows<LoadedRow>(sql`
    select d.id, d.procedure, d.number, d.subject_id as "subjectId", d.state, d.version, d.opened_at as "openedAt",
           c.digest, c.first_event as "firstEvent", c.last_event as "lastEvent"
      from unnest(${asked.map((each) => each.dossierId)}::uuid[], ${asked.map((each) => each.commandId)}::uuid[])
             with ordinality as asked(dossier_id, command_id, place)
      left join dossier d on d.id = asked.dossier_id
      left join command_done c on c.command_id = asked.command_id
     order by asked.place`)
}

function loadedFrom<State>(row: LoadedRow | undefined, procedure: string): Loaded<State> {
  if (!row) throw new Error('a command was asked about and not answered')
  if (row.id !== null && row.procedure !== procedure) throw new Refusal('not-found', 'dossier.unknown')
  return {
    current: row.id === null ? undefined : (row as StoredDossier<State>),
    done: row.digest === null ? undefined : (row as DoneCommand),
  }
}

/** Inside a transaction: what the command is about, as the transaction left it. */
export async function loadForCommand<State>(read: Read, asked: AskedCommand): Promise<Loaded<State>> {
  const [row] = await loadRows(read, [asked])
  return loadedFrom(row, asked.procedure)
}

const askRow = askedTogether(loadRows)

/** Before a transaction, together with others who ask just now. Whoever stores first is settled when it is stored. */
export async function loadTogether<State>(database: Database, asked: AskedCommand): Promise<Loaded<State>> {
  return loadedFrom(await askRow(database, asked), asked.procedure)
}

/** The events of a dossier in their order. */
export function eventsOf(read: Read, dossierId: string): Promise<RecordedEvent[]> {
  return read.rows<RecordedEvent>(sql`
    select number, type, at, data, actor_kind as "actorKind", actor_id as "actorId", position,
           organisation_id as "organisationId", on_behalf_of as "onBehalfOf"
      from dossier_event where dossier_id = ${dossierId} order by number`)
}

/**
 * Keeps what a command brought about, in one statement: the events under the next numbers (the primary key settles who
 * came first), the state with what is derived from it, and that the command is done. Sent along with what is asked next,
 * or with the commit.
 */
export function storeHappened<State extends { readonly status: string }>(
  write: Write,
  procedure: string,
  request: { readonly dossierId: string; readonly commandId: string },
  happened: {
    readonly events: readonly { readonly type: string }[]
    readonly state: State
    readonly version: number
  },
  derived: { readonly awaited: Awaiting; readonly subjectId: string; readonly digest: string },
  { actor, at }: { readonly actor: Actor; readonly at: Date },
): void {
  const { dossierId, commandId } = request
  const { events, state, version } = happened
  const person = actor.kind === 'person' ? actor : undefined
  const first = version - events.length + 1
  const rows = events.map((event, index) => ({ number: first + index, type: event.type, data: event }))
  const { who, responsible, positions, act, until } = derived.awaited
  // An update where there is a row: an upsert would wake the log's triggers for inserts and for updates.
  const moved = sql`
    update dossier set status = ${state.status}, is_open = ${who !== 'nobody'}, version = ${version},
      state = ${JSON.stringify(state)}, changed_at = ${at}, awaited_kind = ${who}, awaited_organisation = ${responsible},
      awaited_positions = ${[...positions]}, awaited_act = ${act}, due_at = ${until}
     where id = ${dossierId}`
  const opened = sql`
    insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at,
                         awaited_kind, awaited_organisation, awaited_positions, awaited_act, due_at)
    values (${dossierId}, ${procedure}, ${derived.subjectId}, ${state.status}, ${who !== 'nobody'}, ${version},
            ${JSON.stringify(state)}, ${at}, ${at}, ${who}, ${responsible}, ${[...positions]}, ${act}, ${until})
    on conflict (id) do update set status = excluded.status, is_open = excluded.is_open, version = excluded.version,
      state = excluded.state, changed_at = excluded.changed_at, awaited_kind = excluded.awaited_kind,
      awaited_organisation = excluded.awaited_organisation, awaited_positions = excluded.awaited_positions,
      awaited_act = excluded.awaited_act, due_at = excluded.due_at`
  write.later(sql`
    with happened as (
      insert into dossier_event (dossier_id, number, type, data, at, actor_kind, actor_id, position, organisation_id,
                                 on_behalf_of, grant_id, command_id)
      select ${dossierId}, e.number, e.type, e.data, ${at}::timestamptz, ${actor.kind}, ${person?.memberId ?? null}::uuid,
             ${person?.hat.position ?? null}::text, ${person?.hat.organisationId ?? null}::uuid,
             ${person?.onBehalfOf?.memberId ?? null}::uuid, ${person?.onBehalfOf?.grantId ?? null}::uuid, ${commandId}::uuid
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(number int, type text, data jsonb)),
    done as (
      insert into command_done (command_id, dossier_id, digest, first_event, last_event, done_at)
      values (${commandId}, ${dossierId}, ${derived.digest}, ${first}, ${version}, ${at}))
    ${first === 1 ? opened : moved}`)
}

/** Keeps the organisations the dossier passes. */
export async function saveParties(write: Write, dossierId: string, parties: readonly Party[]): Promise<void> {
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
