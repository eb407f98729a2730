/** The doctor on what may stand between the service and PostgreSQL: a pooler that forgets roles or prepared statements. */
import pg from 'pg'
import { ok, wrong, type Check, type Finding, type Scene } from '../check.ts'
import { one } from './database.ts'

const CONNECT_MS = 5_000

export const POOLER_CHECKS: readonly Check[] = [
  {
    name: 'pooler',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'bộ gộp kết nối', en: 'a pooler in between' },
    async run(scene) {
      if (scene.config.databaseUrl === undefined) return []
      return [await tryConnections(scene, scene.config.databaseUrl)]
    },
  },
]

/** As many as may lie open in a pooler beside the one that is tried: one of them holds its session then. */
const HOLDERS = 3

/** Connections as the service opens them: whether they work under its role, and keep what was prepared. */
async function tryConnections(scene: Scene, url: string): Promise<Finding> {
  const { made } = await one<{ made: boolean }>(
    scene,
    `select coalesce((select pg_has_role(session_user, oid, 'member') from pg_roles where rolname = 'dangvu_app'), false) as made`,
  )
  const options = made ? { options: '-c role=dangvu_app' } : {}
  const clients: pg.Client[] = []
  const open = async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, ...options })
    client.on('error', () => undefined)
    clients.push(client)
    await client.connect()
    return client
  }
  try {
    const tried = await open().catch(() => undefined)
    if (!tried)
      return pooled(
        'không nhận tham số khởi đầu (role) của dịch vụ',
        'does not take the service’s parameters (role)',
      )
    if (made && (await whoAmI(tried)) !== 'dangvu_app')
      return pooled(
        'bỏ qua vai trò dangvu_app: dịch vụ làm việc với quyền của chủ',
        'forgets the role dangvu_app: the service would work as the owner',
      )
    return (await keepsStatements(tried, open))
      ? ok(
          'kết nối giữ vai trò và câu lệnh chuẩn bị sẵn',
          'connections keep their role and prepared statements',
        )
      : pooled(
          'mất câu lệnh chuẩn bị sẵn giữa hai giao dịch',
          'loses prepared statements between transactions',
        )
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
  }
}

async function whoAmI(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('select current_user as role')
  return rows[0]?.role ?? ''
}

/**
 * While others are in transactions, the tried one uses a statement that it prepared before: a pooler that gives it another
 * session of the server has lost the statement.
 */
async function keepsStatements(tried: pg.Client, open: () => Promise<pg.Client>): Promise<boolean> {
  const prepared = { name: 'dangvu_doctor', text: 'select 1' }
  try {
    await tried.query(prepared)
    for (let holder = 0; holder < HOLDERS; holder += 1) {
      await (await open()).query('begin')
      await tried.query(prepared)
    }
    return true
  } catch (error) {
    // 26000: no such statement there; 42P05, 08P01: another's of the same name
    if (!['26000', '42P05', '08P01'].includes((error as { code?: string }).code ?? '')) throw error
    return false
  }
}

const pooled = (vi: string, en: string) =>
  wrong(
    [`bộ gộp kết nối (pooler) ${vi}`, `the pooler ${en}`],
    [
      'nối thẳng vào PostgreSQL, hoặc để pooler giữ nguyên phiên',
      'connect to PostgreSQL itself, or let the pooler keep sessions',
    ],
    'pool_mode = session',
    'DATABASE_URL=postgres://…:5432/dangvu',
  )
