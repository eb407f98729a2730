/** The doctor on the read replica: whether it is one, of this database, and how far it is behind. */
import pg from 'pg'
import { FAR_BEHIND_SECONDS, type ReplicaStanding, standingOf } from '../../../kernel/replica.ts'
import { ok, warn, wrong, type Check, type Finding, type Scene } from '../check.ts'
import { one } from './database.ts'

const CONNECT_MS = 5_000

export const REPLICA_CHECKS: readonly Check[] = [
  {
    name: 'read-replica',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'bản sao chỉ đọc', en: 'the read replica' },
    async run(scene) {
      const url = scene.config.databaseReadUrl
      return url === undefined ? [] : [await lookAt(scene, url)]
    },
  },
]

const SYSTEM = 'select system_identifier::text as system from pg_control_system()'
const PLACE = 'select pg_current_wal_flush_lsn()::text as place'

async function lookAt(scene: Scene, url: string): Promise<Finding> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { place } = await one<{ place: string }>(scene, PLACE)
    const standing = await standingOf(client, place)
    const { system } = await one<{ system: string }>(scene, SYSTEM)
    const { rows } = await client.query<{ system: string }>(SYSTEM)
    return standing.follows && rows[0]?.system === system ? judgeLag(standing) : NO_REPLICA
  } catch {
    return warn(
      [
        'bản sao chỉ đọc không cho vào: sổ và danh sách xuất đang lấy từ cơ sở dữ liệu chính',
        'the read replica lets nobody in: books and exports are asked of the primary',
      ],
      [
        'xem máy chủ bản sao và địa chỉ trong DATABASE_READ_URL',
        'see the replica and the address in DATABASE_READ_URL',
      ],
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

function judgeLag({ behindSeconds }: ReplicaStanding): Finding {
  if (behindSeconds <= FAR_BEHIND_SECONDS)
    return ok('bản sao chỉ đọc theo kịp cơ sở dữ liệu', 'the read replica keeps up with the database')
  return warn(
    [
      `bản sao chỉ đọc chậm ${behindSeconds} giây: sổ và danh sách xuất đang lấy từ cơ sở dữ liệu chính`,
      `the read replica is ${behindSeconds} seconds behind: books and exports are asked of the primary`,
    ],
    [
      'xem đường truyền và đĩa của bản sao; trên cơ sở dữ liệu chính:',
      'see the way to the replica and its disk; on the primary:',
    ],
    'select application_name, state, sent_lsn, replay_lsn, replay_lag from pg_stat_replication;',
  )
}

/** Never asked: it has another history, or will have. */
const NO_REPLICA = wrong(
  [
    'DATABASE_READ_URL không phải bản sao của DATABASE_URL (đã tách ra, hay là máy khác)',
    'DATABASE_READ_URL is no replica of DATABASE_URL (promoted, or another server)',
  ],
  ['dựng lại bản sao, hoặc bỏ DATABASE_READ_URL', 'build the replica anew, or leave DATABASE_READ_URL out'],
  'pg_basebackup --host=PRIMARY --pgdata=DATA --write-recovery-conf',
)
