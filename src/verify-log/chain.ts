/** The chain: every block follows from the one before, every sealed entry is what was sealed, nothing is left over. */
import { hash, randomInt } from 'node:crypto'
import type { Client } from 'pg'
import type { Problems } from './report.ts'

export interface Chain {
  readonly blocks: number
  /** sealed entries that were there to be read */
  readonly entries: number
  readonly installation: string
  readonly lastBlock: number
  /** the hash of the block that was asked for, as it is now */
  readonly hashAtAsked: string | undefined
}

/** An entry as the text that was hashed (docs/audit-format.md): what is not there is \N, tabs and line ends are escaped. */
const escaped = (field: string) =>
  `coalesce(replace(replace(replace(replace(e.${field}, e'\\\\', e'\\\\\\\\'), e'\\t', e'\\\\t'), e'\\n', e'\\\\n'), e'\\r', e'\\\\r'), e'\\\\N')`
const plain = (expression: string) => `coalesce(${expression}, e'\\\\N')`
const LINE = [
  'e.seq::text',
  '(extract(epoch from e.at) * 1000000)::bigint::text',
  plain('e.subject'),
  escaped('key'),
  plain('e.operation'),
  plain(`encode(e.digest, 'hex')`),
  plain('e.actor_kind'),
  plain('e.actor_id::text'),
  escaped('position'),
  plain('e.organisation_id::text'),
  plain('e.on_behalf_of::text'),
  plain('e.request_id::text'),
  escaped('act'),
].join(` || e'\\t' || `)

interface Block {
  readonly number: string
  readonly previous: string
  readonly hash: string
  readonly sealed_at: string
  readonly entries: string
  readonly total: string
  readonly leaves: string
  /** the entries it names, as PostgreSQL hashes them, have these leaves */
  readonly same: boolean
}

/** Blocks from a number on, so many that their entries fit into a step: numbers only, which is quick. */
const STEP = 20_000
const NEXT_STEP = `
  select min(number)::text as first, max(number)::text as last from (
    select number, row_number() over (order by number) as place,
           sum(octet_length(leaves) / 32) over (order by number) as entries
      from (select number, leaves from public.audit_block where number > $1 order by number limit 4000) b) b
   where entries <= ${STEP} or place = 1`

/** The entries of a block, each range a look into the index (`offset 0` keeps the planner from reading the whole table). */
const ENTRIES = `
  from unnest(b.entries) r,
       lateral (select e.seq, ${LINE} as line from public.audit_entry e
                 where e.seq >= lower(r) and e.seq < upper(r) order by e.seq offset 0) x`
/** Ranges that name more than there are leaves are not followed: they might name billions. */
const FITS = `octet_length(b.leaves) = 32 * (select coalesce(sum(upper(r) - lower(r)), 0) from unnest(b.entries) r)`

const BLOCKS = `
  select b.number::text, encode(b.previous, 'hex') as previous, encode(b.hash, 'hex') as hash,
         (extract(epoch from b.sealed_at) * 1000000)::bigint::text as sealed_at, b.entries::text, b.total::text,
         encode(b.leaves, 'hex') as leaves,
         case when ${FITS} then
           b.leaves = coalesce((select string_agg(sha256(convert_to(x.line, 'UTF8')), ''::bytea order by x.seq) ${ENTRIES}), '')
         else false end as same
    from public.audit_block b where b.number between $1 and $2 order by b.number`

const LINES = `
  select case when ${FITS} then (select string_agg(x.line, e'\\n' order by x.seq) ${ENTRIES}) end as lines
    from public.audit_block b where b.number = $1`

const HASH_LENGTH = 64
const GONE = '0'.repeat(HASH_LENGTH)

/** One block in so many is hashed again here: a database that lies about its own SHA-256 does not lie for long. */
const SAMPLE = 64

/**
 * Reads the whole chain in steps, the next ones being hashed while one is looked at. PostgreSQL hashes the entries, on as
 * many connections as there are, and tells which blocks do not fit; those, and some at random, are read entry by entry.
 *
 * @param clients connections that see the same moment
 * @param asked the number of a block whose hash is wanted
 * @param onProgress told the number of entries read so far
 */
export async function readChain(
  clients: readonly Client[],
  problems: Problems,
  asked: number | undefined,
  onProgress: (entries: number) => void,
): Promise<Chain> {
  for (const client of clients)
    await client.query(
      'set local enable_seqscan = off; set local enable_bitmapscan = off; set local jit = off',
    )
  let chain: Chain = { blocks: 0, entries: 0, installation: '', lastBlock: -1, hashAtAsked: undefined }
  let before: { readonly hash: string; readonly total: number } | undefined
  for await (const { client, blocks } of steps(clients)) {
    for (const block of blocks) {
      const number = Number(block.number)
      checkPlace(block, number, chain.lastBlock, before, problems)
      const sampled = randomInt(SAMPLE) === 0
      const entries =
        block.same && !sampled
          ? block.leaves.length / HASH_LENGTH
          : checkEntries(block, await linesOf(client, number), number, problems)
      chain = {
        blocks: chain.blocks + 1,
        entries: chain.entries + entries,
        installation: chain.blocks === 0 ? block.hash : chain.installation,
        lastBlock: number,
        hashAtAsked: number === asked ? block.hash : chain.hashAtAsked,
      }
      before = { hash: block.hash, total: Number(block.total) }
    }
    onProgress(chain.entries)
  }
  return chain
}

/** The blocks in order, each connection working on one step ahead of the reader. */
async function* steps(clients: readonly Client[]): AsyncGenerator<{ client: Client; blocks: Block[] }> {
  const ahead: { client: Client; blocks: Promise<Block[]> }[] = []
  const idle = [...clients]
  let last: string | null = '-1'
  for (;;) {
    while (last !== null) {
      const client = idle.shift()
      if (client === undefined) break
      const { first, last: end } = await nextStep(client, last)
      last = end
      if (first === null || end === null) break
      const blocks = client.query<Block>({ name: 'blocks', text: BLOCKS, values: [first, end] })
      const step = { client, blocks: blocks.then(({ rows }) => rows) }
      step.blocks.catch(() => undefined) // it is thrown where it is awaited
      ahead.push(step)
    }
    const step = ahead.shift()
    if (step === undefined) return
    yield { client: step.client, blocks: await step.blocks }
    idle.push(step.client)
  }
}

async function nextStep(
  client: Client,
  after: string,
): Promise<{ first: string | null; last: string | null }> {
  const { rows } = await client.query<{ first: string | null; last: string | null }>({
    name: 'step',
    text: NEXT_STEP,
    values: [after],
  })
  return rows[0] ?? { first: null, last: null }
}

async function linesOf(client: Client, number: number): Promise<string[]> {
  const { rows } = await client.query<{ lines: string | null }>({
    name: 'lines',
    text: LINES,
    values: [number],
  })
  return rows[0]?.lines?.split('\n') ?? []
}

/** The block's own hash, its number, and that it names the block before. */
function checkPlace(
  block: Block,
  number: number,
  lastNumber: number,
  before: { readonly hash: string; readonly total: number } | undefined,
  problems: Problems,
): void {
  for (let missing = lastNumber + 1; missing < number && missing < lastNumber + 1000; missing += 1)
    problems.add({ kind: 'block-missing', block: missing })
  const header = ['dangvu-block-1', number, block.previous, block.sealed_at, block.entries, block.total]
  const content = Buffer.concat([Buffer.from(`${header.join('\t')}\n`), Buffer.from(block.leaves, 'hex')])
  const leaves = block.leaves.length / HASH_LENGTH
  const miscounted = Number(block.total) !== (before?.total ?? 0) + leaves
  if (hash('sha256', content) !== block.hash || (miscounted && number === lastNumber + 1))
    problems.add({ kind: 'block-altered', block: number })
  if (number === lastNumber + 1 && before !== undefined && block.previous !== before.hash)
    problems.add({ kind: 'chain-broken', block: number })
}

/** Each entry against its leaf. @returns how many entries were there */
function checkEntries(block: Block, lines: readonly string[], number: number, problems: Problems): number {
  const { leaves } = block
  let leaf = 0
  let line = 0
  for (const [from, to] of rangesOf(block.entries)) {
    for (let seq = from; seq < to && leaf < leaves.length; seq += 1, leaf += HASH_LENGTH) {
      const text = lines[line]
      if (text === undefined || Number(text.slice(0, text.indexOf('\t'))) !== seq) {
        problems.add({ kind: 'entry-missing', block: number, seq })
        continue
      }
      line += 1
      const wanted = leaves.slice(leaf, leaf + HASH_LENGTH)
      if (hash('sha256', text) === wanted) continue
      const [, , subject = '', key = ''] = text.split('\t')
      const kind = wanted === GONE ? 'entry-inserted' : 'entry-altered'
      problems.add({ kind, block: number, seq, subject, key })
    }
  }
  return line
}

/** '{[1,5),[7,8)}' → [[1, 5], [7, 8]] */
function rangesOf(entries: string): [number, number][] {
  return [...entries.matchAll(/\[(-?\d+),(-?\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to)])
}
