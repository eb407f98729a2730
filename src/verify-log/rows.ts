/** The rows themselves: each row of a watched table must be what its last entry says, and a file what its name says. */
import pg, { type Client } from 'pg'
import type { Problems, ProblemKind } from './report.ts'

interface Table {
  readonly name: string
  readonly exists: boolean
  /** columns of the primary key in order */
  readonly keys: readonly string[]
  readonly triggers: number
}

/** Tables the log says it watches, and tables that have its triggers. */
const TABLES = `
  with named as (
    select subject as name from public.audit_entry group by subject
    union select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
           where t.tgname = 'audit_insert' and c.relnamespace = 'public'::regnamespace)
  select n.name, c.oid is not null as exists,
         coalesce((select array_agg(a.attname::text order by k.place)
                     from pg_index i, unnest(i.indkey) with ordinality as k(number, place), pg_attribute a
                    where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.number), '{}') as keys,
         (select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A')
             and t.tgname in ('audit_insert', 'audit_update', 'audit_delete'))::int as triggers
    from named n left join pg_class c on c.relname = n.name and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
   order by n.name`

const TRIGGERS = 3

/** @returns how many rows and how many files were looked at */
export async function checkRows(
  client: Client,
  problems: Problems,
): Promise<{ rowsChecked: number; filesChecked: number }> {
  await client.query(
    `set local timezone = 'UTC'; set local bytea_output = 'hex'; set local work_mem = '64MB'; set local jit = off`,
  )
  const { rows: tables } = await client.query<Table>(TABLES)
  for (const { name, exists, triggers } of tables) {
    if (!exists) problems.add({ kind: 'table-missing', subject: name })
    else if (triggers < TRIGGERS) problems.add({ kind: 'trigger-off', subject: name })
  }
  const present = tables.filter(({ exists, keys }) => exists && keys.length > 0)
  if (present.length === 0) return { rowsChecked: 0, filesChecked: 0 }
  const { rows: counted } = await client.query<{ rows: number }>(
    `select sum(n)::float8 as rows from (${present.map(({ name }) => `select count(*) as n from ${inPublic(name)}`).join(' union all ')}) c`,
  )
  const { rows } = await client.query<{
    kind: ProblemKind
    subject: string
    key: string
    seq: string | null
  }>(differences(present))
  for (const { kind, subject, key, seq } of rows)
    problems.add({ kind, subject, key, ...(seq === null ? {} : { seq: Number(seq) }) })
  const filesChecked = present.some(({ name }) => name === FILES) ? await checkFiles(client, problems) : 0
  return { rowsChecked: counted[0]?.rows ?? 0, filesChecked }
}

const inPublic = (name: string) => `public.${pg.escapeIdentifier(name)}`

/** The one table of which a column is left out: the bytes are checked against the key. */
const FILES = 'file'

/** Rows and last entries of all tables side by side, in one question. */
function differences(tables: readonly Table[]): string {
  const rows = tables.map(({ name, keys }) => {
    const key = keys.map((column) => `j ->> ${pg.escapeLiteral(column)}`).join(', ')
    const columns = name === FILES ? 'sha256, kind, size, stored_at' : '*'
    return `
      select ${pg.escapeLiteral(name)} as subject, concat_ws('/', ${key}) as key,
             sha256(convert_to(jsonb_strip_nulls(j)::text, 'UTF8')) as digest
        from (select to_jsonb(t) as j from (select ${columns} from ${inPublic(name)}) t offset 0) r`
  })
  return `
    with newest as (select subject, key, max(seq) as seq from public.audit_entry where operation <> 'watched' group by subject, key),
         logged as (select n.subject, n.key, n.seq, e.digest from newest n join public.audit_entry e on e.seq = n.seq),
         present as (${rows.join(' union all ')})
    select case when p.key is null then 'row-missing' when l.digest is null then 'row-not-in-log' else 'row-altered' end as kind,
           coalesce(p.subject, l.subject) as subject, coalesce(p.key, l.key) as key, l.seq::text
      from logged l full join present p on p.subject = l.subject and p.key = l.key
     where p.digest is distinct from l.digest
     limit 1001`
}

async function checkFiles(client: Client, problems: Problems): Promise<number> {
  const { rows } = await client.query<{ key: string }>(
    `select sha256 as key from public.file where encode(sha256(bytes), 'hex') <> sha256 limit 1001`,
  )
  for (const { key } of rows) problems.add({ kind: 'file-altered', subject: FILES, key })
  const { rows: counted } = await client.query<{ files: number }>(
    'select count(*)::int as files from public.file',
  )
  return counted[0]?.files ?? 0
}
