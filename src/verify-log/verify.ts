/**
 * The verifier of the log (nhật ký). It shares no code with what writes the log and calls no function of the database
 * that is ours: what it knows is docs/audit-format.md, and it asks PostgreSQL's own functions only.
 */
import pg from 'pg'
import { readChain } from './chain.ts'
import { signatureProblem, type KeptCheckpoint } from './checkpoint.ts'
import { findLeftovers } from './leftovers.ts'
import { collectProblems, type LogReport, type Problems } from './report.ts'
import { checkRows } from './rows.ts'

export interface VerifyLogOptions {
  /** of a role that may read all tables */
  readonly url: string
  readonly checkpoint?: KeptCheckpoint
  /** PEM of the roots a checkpoint's signer must lead to */
  readonly trust?: readonly string[]
  readonly onProgress?: (entries: number, seconds: number) => void
}

/** Hashing is PostgreSQL's: each connection keeps one processor busy. */
const CHAIN_CONNECTIONS = 3

/** Verifies everything as it stood at one moment, also while the server goes on working. */
export async function verifyLog(options: VerifyLogOptions): Promise<LogReport> {
  const { url, checkpoint } = options
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const clients = Array.from(
    { length: 1 + CHAIN_CONNECTIONS },
    () => new pg.Client({ connectionString: url, application_name: 'dangvu-verify-log' }),
  )
  for (const client of clients) client.on('error', () => undefined) // told by the statement under way
  const [rowClient, ...chainClients] = clients as [pg.Client, ...pg.Client[]]
  try {
    await openAtOneMoment(rowClient, chainClients)
    const problems = collectProblems()
    const [chain, { leftovers, rows }] = await Promise.all([
      readChain(chainClients, problems, checkpoint?.block, (entries) =>
        options.onProgress?.(entries, seconds()),
      ),
      checkRest(rowClient, problems, checkpoint?.block),
    ])
    const trusted = checkpoint === undefined ? null : checkKept(checkpoint, options.trust, chain, problems)
    const tookSeconds = Number(seconds().toFixed(3))
    const entries = chain.entries + leftovers.unsealed
    return {
      entries,
      blocks: chain.blocks,
      ...leftovers,
      ...rows,
      tookSeconds,
      entriesPerSecond: Math.round(entries / Math.max(tookSeconds, 0.001)),
      checkpoint: checkpoint === undefined ? null : { block: checkpoint.block, trusted },
      problemCount: problems.count(),
      problems: problems.kept,
    }
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
  }
}

/** Connections that see the very same moment and can change nothing. */
async function openAtOneMoment(first: pg.Client, others: readonly pg.Client[]): Promise<void> {
  await Promise.all([first, ...others].map((client) => client.connect()))
  const begin = 'begin isolation level repeatable read read only'
  await first.query(begin)
  const { rows } = await first.query<{ name: string }>('select pg_export_snapshot() as name')
  for (const other of others) {
    await other.query(begin)
    await other.query(`set transaction snapshot ${pg.escapeLiteral(rows[0]?.name ?? '')}`)
  }
  // A function of the same name somewhere else must not be taken for PostgreSQL's own.
  for (const client of [first, ...others]) await client.query('set local search_path = pg_catalog')
}

async function checkRest(client: pg.Client, problems: Problems, known: number | undefined) {
  const leftovers = await findLeftovers(client, problems, known)
  return { leftovers, rows: await checkRows(client, problems) }
}

/** The chain against what somebody kept. @returns whether its signer is trusted; null: nobody said whom to trust */
function checkKept(
  kept: KeptCheckpoint,
  trust: readonly string[] | undefined,
  chain: Awaited<ReturnType<typeof readChain>>,
  problems: Problems,
): boolean | null {
  const { block } = kept
  const wrong = signatureProblem(kept, trust)
  if (wrong !== undefined) problems.add({ kind: wrong, block })
  if (chain.installation !== kept.installation) problems.add({ kind: 'checkpoint-of-another-log', block: 0 })
  else if (chain.lastBlock < block) problems.add({ kind: 'log-truncated', block: chain.lastBlock })
  else if (chain.hashAtAsked !== kept.hash) problems.add({ kind: 'checkpoint-differs', block })
  return trust === undefined ? null : wrong === undefined
}
