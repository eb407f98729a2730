/** What the chain does not hold: entries in no block, entries in two, the unsealed tail, acts from outside, checkpoints kept here. */
import type { Client } from 'pg'
import type { Problems, ProblemKind } from './report.ts'

export interface Leftovers {
  readonly unsealed: number
  readonly oldestUnsealedSeconds: number | null
  readonly outside: number
}

const SEALED = `select coalesce(range_agg(r), '{}') as all_of_them from public.audit_block b, unnest(b.entries) r where b.number <= $1`
const EVERY_BLOCK = '9223372036854775807'
const LOWEST = '-9223372036854775808'

/** In neither a block nor the tail: put in without the triggers, or left over when blocks were dropped. */
const IN_NEITHER = `
  with sealed as (${SEALED}),
       gap as (select coalesce(lower(g), ${LOWEST}) as first, coalesce(upper(g), ${EVERY_BLOCK}) as next
                 from sealed, unnest('{(,)}'::int8multirange - all_of_them) g)
  select 'entry-inserted' as kind, e.seq::text, e.subject, e.key
    from gap join public.audit_entry e on e.seq >= gap.first and e.seq < gap.next
   where not exists (select from public.audit_tail t where t.seq = e.seq)`

const IN_TWO_BLOCKS = `
  select 'entry-sealed-twice' as kind, number::text as block, first::text as seq
    from (select b.number, lower(r) as first,
                 max(upper(r)) over (order by lower(r), b.number rows between unbounded preceding and 1 preceding) as before
            from public.audit_block b, unnest(b.entries) r where $1::bigint is not null) x
   where first < before`

const TAIL_WITHOUT_ENTRY = `
  select 'entry-missing' as kind, t.seq::text from public.audit_tail t
   where $1::bigint is not null and not exists (select from public.audit_entry e where e.seq = t.seq)`

const FROM_OUTSIDE = `
  with sealed as (${SEALED})
  select 'changed-outside' as kind, e.seq::text, e.subject, e.key
    from public.audit_entry e, sealed where e.actor_kind = 'outside' and not e.seq <@ all_of_them`

/** Those given away as this database remembers them: whoever rewrote the chain forgot one. */
const CHECKPOINTS = `
  select 'checkpoint-differs' as kind, c.block::text
    from public.audit_checkpoint c left join public.audit_block b on b.number = c.block
   where $1::bigint is not null and b.hash is distinct from c.hash`

const TAIL = `
  select (select count(distinct seq) from public.audit_tail)::int as unsealed,
         (select extract(epoch from clock_timestamp() - min(e.at))::float8
            from public.audit_tail t join public.audit_entry e on e.seq = t.seq) as oldest,
         (select count(*) from public.audit_entry where actor_kind = 'outside')::int as outside`

interface Found {
  readonly kind: ProblemKind
  readonly block?: string
  readonly seq?: string
  readonly subject?: string
  readonly key?: string
}

/** @param known the block of the checkpoint: acts from outside that it already covers were there when it was given */
export async function findLeftovers(
  client: Client,
  problems: Problems,
  known: number | undefined,
): Promise<Leftovers> {
  const questions: [string, string][] = [
    [IN_NEITHER, EVERY_BLOCK],
    [IN_TWO_BLOCKS, EVERY_BLOCK],
    [TAIL_WITHOUT_ENTRY, EVERY_BLOCK],
    [CHECKPOINTS, EVERY_BLOCK],
    [FROM_OUTSIDE, String(known ?? -1)],
  ]
  for (const [text, until] of questions) {
    const { rows } = await client.query<Found>(`${text} limit 1001`, [until])
    for (const { kind, block, seq, subject, key } of rows)
      problems.add({
        kind,
        ...(block === undefined ? {} : { block: Number(block) }),
        ...(seq === undefined ? {} : { seq: Number(seq) }),
        ...(subject === undefined ? {} : { subject }),
        ...(key === undefined ? {} : { key }),
      })
  }
  const { rows } = await client.query<{ unsealed: number; oldest: number | null; outside: number }>(TAIL)
  const { unsealed = 0, oldest = null, outside = 0 } = rows[0] ?? {}
  const oldestUnsealedSeconds = oldest === null ? null : Math.max(0, Number(oldest.toFixed(2)))
  return { unsealed, oldestUnsealedSeconds, outside }
}
