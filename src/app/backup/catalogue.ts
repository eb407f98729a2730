/** What a database of ours is made of, asked of its catalogue: tables, sequences, and what holds the rows to their rules. */
import pg from 'pg'
import type { Sequence } from './manifest.ts'

export interface Table {
  readonly schema: string
  readonly name: string
  /** those that are kept: what is computed from others is not */
  readonly columns: readonly string[]
  /** as SQL: columns of the primary key in order, texts by their bytes; all columns where there is none */
  readonly order: readonly string[]
  /** the same by the database's own locale, which backups were written by before */
  readonly localOrder: readonly string[]
}

/** Our own tables and those of the job queue; its list of migrations comes with the library. */
const OURS = `n.nspname in ('public', 'graphile_worker') and not (n.nspname = 'graphile_worker' and c.relname = 'migrations')`

/** True of a database that orders texts by their bytes already: its indexes give that order, and nothing is sorted. */
const BY_BYTES = `(select to_jsonb(d) ->> 'datlocprovider' = 'b' or d.datcollate ~ '^(C|POSIX)([.]|$)' and to_jsonb(d) ->> 'datlocprovider' is distinct from 'i'
                     from pg_database d where d.datname = current_database())`

/** Digits of a SHA-256 are in the same order everywhere, and the files behind them are not to be sorted for nothing. */
const ORDERED = `quote_ident(a.attname) || case when a.attcollation = 0 or a.attname = 'sha256' or ${BY_BYTES} then '' else ' collate "C"' end`

/** Leaves only: the rows of a table in parts are in its parts. */
const TABLES = `
  select n.nspname as schema, c.relname as name, k.columns, coalesce(p.ordered, k.ordered) as order,
         coalesce(p.columns, k.quoted) as "localOrder"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   cross join lateral (
     select array_agg(a.attname::text order by a.attnum) as columns,
            array_agg(quote_ident(a.attname) order by a.attnum) as quoted, array_agg(${ORDERED} order by a.attnum) as ordered
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') k
    left join lateral (
     select array_agg(quote_ident(a.attname) order by x.place) as columns, array_agg(${ORDERED} order by x.place) as ordered
       from pg_index i, unnest(i.indkey) with ordinality as x(number, place), pg_attribute a
      where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = x.number) p on true
   where c.relkind = 'r' and ${OURS}
   order by 1, 2`

export async function findTables(client: pg.Client): Promise<Table[]> {
  return (await client.query<Table>(TABLES)).rows
}

export async function findSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and ${OURS} order by 1, 2`)
  const found: Sequence[] = []
  for (const { schema, name } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted({ schema, name })}`,
    )
    found.push({ schema, name, last: Number(values[0]?.last), called: values[0]?.called ?? false })
  }
  return found
}

/** Each trigger, constraint and index there is, with what it says and whether it is in force: before and after are compared. */
export async function findGuards(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ guard: string }>(`
    select concat_ws(' ', 'trigger', t.tgrelid::regclass, t.tgenabled, pg_get_triggerdef(t.oid)) as guard
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and ${OURS}
    union all
    select concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, k.convalidated, pg_get_constraintdef(k.oid))
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS}
    union all
    select concat_ws(' ', 'index', i.indisvalid, pg_get_indexdef(i.indexrelid))
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS}
    order by 1`)
  return rows.map(({ guard }) => guard)
}

export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Those of whole tables; the parts of a table have theirs through it. */
export async function findForeignKeys(client: pg.Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and ${OURS} order by 1, 2`)
  return rows
}

export function quoted({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
}
