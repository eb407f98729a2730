/** The doctor on the database server's settings: room for connections, what a power cut would take, its clock, its time zones. */
import { clockOffset, CLOCK_LIMIT_MS, CLOCK_WRONG_MS } from '../../clock-offset.ts'
import { CONNECTIONS_OF_A_PROCESS } from '../../instance.ts'
import { ok, warn, wrong, type Check, type Finding } from '../check.ts'
import { one } from './database.ts'

/** Beside one process: the administrator's psql, a backup, the monitor. */
const CONNECTIONS_OF_OTHERS = 5

export const DATABASE_SETTINGS_CHECKS: readonly Check[] = [
  {
    name: 'database-connections',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'số kết nối cho phép', en: 'how many connections are allowed' },
    async run(scene) {
      const { server, role, data, name } = await one<{
        server: number
        role: number
        data: number
        name: string
      }>(
        scene,
        `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as server,
                (select rolconnlimit from pg_roles where rolname = session_user) as role,
                (select datconnlimit from pg_database where datname = current_database()) as data, session_user as name`,
      )
      const needed = CONNECTIONS_OF_A_PROCESS + CONNECTIONS_OF_OTHERS
      const limits = [
        {
          limit: server,
          what: 'max_connections',
          line: `alter system set max_connections = 100; -- restart PostgreSQL`,
        },
        { limit: role, what: 'connection limit (role)', line: `alter role ${name} connection limit -1;` },
        {
          limit: data,
          what: 'connection limit (database)',
          line: `alter database dangvu connection limit -1;`,
        },
      ].filter(({ limit }) => limit >= 0 && limit < needed)
      if (limits.length === 0) return [ok(`đủ chỗ cho ${needed} kết nối`, `room for ${needed} connections`)]
      return limits.map(({ limit, what, line }) =>
        wrong(
          [
            `${what}: chỉ ${limit} kết nối, một tiến trình cần ${needed}`,
            `${what}: only ${limit} connections, one process needs ${needed}`,
          ],
          ['nới giới hạn', 'raise it'],
          line,
        ),
      )
    },
  },
  {
    name: 'database-durability',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'độ bền khi mất điện', en: 'what a power cut would take' },
    async run(scene) {
      const { off } = await one<{ off: string[] }>(
        scene,
        `select array(select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')
                        and setting = 'off' order by name)::text[] as off`,
      )
      if (off.length === 0)
        return [ok('mất điện không mất việc đã xong', 'a power cut takes nothing that was done')]
      return [
        wrong(
          [
            `${off.join(', ')} đang tắt: mất điện là mất hoặc hỏng dữ liệu`,
            `${off.join(', ')} off: a power cut loses or breaks data`,
          ],
          [
            'bật lại (cả trong dòng lệnh và alter role/database, nếu đặt ở đó)',
            'turn them on (also on the command line and for the role or database, if set there)',
          ],
          ...off.map((name) => `alter system reset ${name};`),
          `select pg_reload_conf();`,
        ),
      ]
    },
  },
  {
    name: 'database-clock',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'đồng hồ', en: 'the clock' },
    async run(scene) {
      const offset = await clockOffset(scene.machine.now, async () => {
        const { at } = await one<{ at: Date }>(scene, `select clock_timestamp() as at`)
        return at
      })
      return [judgeClock(offset, 'cơ sở dữ liệu', 'the database')]
    },
  },
  {
    name: 'database-time-zones',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'múi giờ của PostgreSQL', en: 'time zones of PostgreSQL' },
    async run(scene) {
      const { known } = await one<{ known: boolean }>(
        scene,
        `select exists (select from pg_timezone_names where name = 'Asia/Ho_Chi_Minh' and utc_offset = '7 hours') as known`,
      )
      if (known) return [ok('PostgreSQL biết giờ Việt Nam', 'PostgreSQL knows the time in Viet Nam')]
      return [
        wrong(
          ['PostgreSQL không biết múi giờ Asia/Ho_Chi_Minh', 'PostgreSQL does not know Asia/Ho_Chi_Minh'],
          [
            'cài lại dữ liệu múi giờ rồi khởi động lại PostgreSQL',
            'install the time zone data and restart PostgreSQL',
          ],
          'apt-get install --reinstall tzdata && systemctl restart postgresql',
        ),
      ]
    },
  },
]

/** @param offsetMs how far the other clock is ahead of ours, beyond what the way there explains */
export function judgeClock(offsetMs: number, vi: string, en: string): Finding {
  const seconds = Math.round(Math.abs(offsetMs) / 100) / 10
  if (Math.abs(offsetMs) <= CLOCK_LIMIT_MS) return ok(`đồng hồ khớp với ${vi}`, `the clock agrees with ${en}`)
  const finding = Math.abs(offsetMs) > CLOCK_WRONG_MS ? wrong : warn
  return finding(
    [
      `đồng hồ máy này ${offsetMs > 0 ? 'chậm' : 'nhanh'} ${seconds} giây so với ${vi}`,
      `this machine’s clock is ${seconds} seconds ${offsetMs > 0 ? 'behind' : 'ahead of'} ${en}’s`,
    ],
    ['cho cả hai máy theo giờ mạng', 'let both machines follow network time'],
    'apt-get install -y systemd-timesyncd && timedatectl set-ntp true',
    'timedatectl timesync-status',
  )
}
