/** The doctor on the way into the database and what was found there: reach, encryption, version, letters, roles, migrations. */
import type pg from 'pg'
import { pendingMigrations, type Queryable } from '../../../kernel/migrations.ts'
import { MIGRATIONS_FOLDER } from '../../installation.ts'
import { LOCAL_HOSTS, ok, warn, wrong, type Check, type Finding, type Scene } from '../check.ts'
import { codeOf } from './configuration.ts'

/** The oldest on which the migrations and the stories were tried. */
const LEAST_VERSION = 15

const APPLICATION_ROLE = 'dangvu_app'

/** The database made anew as the documents say; what is in the old one is taken over by a dump. */
const MAKE_ANEW = {
  old: `create database dangvu owner dangvu template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8';`,
  new: `create database dangvu owner dangvu template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C.UTF-8';`,
}

export const DATABASE_CHECKS: readonly Check[] = [
  {
    name: 'database-reach',
    group: 'database',
    examines: { vi: 'đường vào cơ sở dữ liệu', en: 'the way into the database' },
    async run(scene) {
      if ((await scene.databaseUrl().catch(() => '')) === undefined)
        return [
          ok(
            'cơ sở dữ liệu đi kèm sẽ được tạo ở lần chạy đầu',
            'the embedded database is made at the first start',
          ),
        ]
      try {
        await scene.database()
        return [ok('vào được cơ sở dữ liệu', 'the database lets us in')]
      } catch (error) {
        return [cannotReach(codeOf(error), scene)]
      }
    },
  },
  {
    name: 'database-encryption',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'mã hóa đường truyền đến cơ sở dữ liệu', en: 'encryption on the way to the database' },
    async run(scene) {
      if (scene.config.databaseUrl === undefined) return []
      const { ssl } = await one<{ ssl: boolean }>(
        scene,
        `select coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as ssl`,
      )
      return [judgeEncryption(scene.config.databaseUrl, ssl)]
    },
  },
  {
    name: 'database-version',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'phiên bản PostgreSQL', en: 'the version of PostgreSQL' },
    async run(scene) {
      const version = await versionOf(scene)
      return [judgeVersion(version)]
    },
  },
  {
    name: 'database-letters',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'bảng mã và ngôn ngữ của cơ sở dữ liệu', en: 'encoding and locale of the database' },
    async run(scene) {
      const { encoding } = await one<{ encoding: string }>(
        scene,
        `select current_setting('server_encoding') as encoding`,
      )
      const faults: string[] = encoding === 'UTF8' ? [] : [`encoding ${encoding}`]
      if (encoding === 'UTF8') {
        const { lower, bytes } = await one<{ lower: boolean; bytes: boolean }>(
          scene,
          `select lower('ĐẢNG ỦY') = 'đảng ủy' as lower, 'B' < 'a' and 'z' < 'đ' as bytes`,
        )
        if (!lower) faults.push('lower() không biết chữ Việt (does not know Vietnamese letters)')
        if (!bytes) faults.push('không sắp theo byte (does not sort by bytes)')
      }
      if (faults.length === 0)
        return [ok('UTF-8, sắp theo byte, biết chữ Việt', 'UTF-8, sorted by bytes, knows Vietnamese letters')]
      return [
        wrong(
          [
            `bảng mã hoặc ngôn ngữ chưa đúng: ${faults.join('; ')}`,
            'encoding or locale are not UTF-8 and C.UTF-8',
          ],
          [
            'tạo lại cơ sở dữ liệu, rồi nạp bản sao lưu vào; không đổi được tại chỗ',
            'make the database anew and restore a dump into it; it cannot be changed in place',
          ],
          (await versionOf(scene)) >= 17 ? MAKE_ANEW.new : MAKE_ANEW.old,
        ),
      ]
    },
  },
  {
    name: 'database-owner',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'quyền của vai trò trong DATABASE_URL', en: 'the rights of the role in DATABASE_URL' },
    async run(scene) {
      if (scene.config.databaseUrl === undefined) return [] // the embedded server is its owner's alone
      return judgeRole(await roleOf(scene))
    },
  },
  {
    name: 'migrations',
    group: 'database',
    needsDatabase: true,
    examines: { vi: 'các bản cập nhật cơ sở dữ liệu', en: 'migrations' },
    async run(scene) {
      try {
        const pending = await pendingMigrations((await scene.database()) as Queryable, MIGRATIONS_FOLDER)
        if (pending.length === 0) return [ok('cơ sở dữ liệu ở bản mới nhất', 'the database is up to date')]
        return [
          ok(
            `${pending.length} bản cập nhật sẽ được áp dụng ở lần khởi động tới`,
            `${pending.length} migrations will be applied at the next start`,
          ),
        ]
      } catch (error) {
        const { message } = error as Error
        if (!message.startsWith('Migration ')) throw error
        return [
          wrong(
            [
              `cơ sở dữ liệu không khớp chương trình: ${message}`,
              'the database is not of this version of the program',
            ],
            [
              'chạy đúng phiên bản, hoặc phục hồi bản sao lưu của nó',
              'run the version it belongs to, or restore its backup',
            ],
            'git -C /srv/dangvu log -1 && git -C /srv/dangvu status --short migrations',
          ),
        ]
      }
    },
  },
]

/** One row of the owner's connection. */
export async function one<T extends pg.QueryResultRow>(scene: Scene, query: string): Promise<T> {
  const { rows } = await (await scene.database()).query<T>(query)
  return rows[0] as T
}

export async function versionOf(scene: Scene): Promise<number> {
  const { version } = await one<{ version: number }>(
    scene,
    `select current_setting('server_version_num')::int / 10000 as version`,
  )
  return version
}

const CANNOT_REACH: Readonly<Record<string, readonly [fix: readonly [string, string], ...lines: string[]]>> =
  {
    '28P01': [
      [
        'ghi đúng mật khẩu vào DATABASE_URL, hoặc đặt lại',
        'write the right password into DATABASE_URL, or set it anew',
      ],
      String.raw`\password dangvu`,
    ],
    '28000': [
      ['thêm dòng cho phép vào pg_hba.conf', 'add a line that lets it in to pg_hba.conf'],
      'host dangvu dangvu 127.0.0.1/32 scram-sha-256',
    ],
    '3D000': [['tạo cơ sở dữ liệu', 'make the database'], MAKE_ANEW.old],
    '53300': [
      ['máy chủ hết chỗ cho kết nối mới', 'the server has no connection left'],
      `alter system set max_connections = 100;`,
    ],
  }

function cannotReach(code: string, { config }: Scene): Finding {
  const known = CANNOT_REACH[code]
  const what = [`không vào được cơ sở dữ liệu (${code})`, `no way into the database (${code})`] as const
  if (known) return wrong(what, ...known)
  const { hostname, port } = new URL(config.databaseUrl ?? 'postgres://localhost')
  return wrong(
    what,
    [
      'xem máy chủ PostgreSQL có chạy không, và địa chỉ trong DATABASE_URL',
      'see whether PostgreSQL runs, and the address in DATABASE_URL',
    ],
    `pg_isready -h ${hostname || 'localhost'} -p ${port || '5432'}`,
    'systemctl start postgresql',
  )
}

/** @param encrypted what the server says of this very connection */
export function judgeEncryption(databaseUrl: string, encrypted: boolean): Finding {
  const url = new URL(databaseUrl)
  const local =
    LOCAL_HOSTS.includes(url.hostname) || url.hostname.startsWith('127.') || url.hostname.startsWith('%2F')
  if (local) return ok('cơ sở dữ liệu ở ngay máy này', 'the database is on this machine')
  const fixed = new URL(databaseUrl)
  fixed.searchParams.set('sslmode', 'verify-full')
  const line = `DATABASE_URL=${url.protocol}//USER:PASSWORD@${fixed.host}${fixed.pathname}${fixed.search}`
  if (!encrypted)
    return wrong(
      [
        'đường đến cơ sở dữ liệu ở máy khác không mã hóa',
        'the way to a database on another machine is not encrypted',
      ],
      [
        'bật TLS ở PostgreSQL rồi đòi kiểm tra chứng chỉ',
        'turn TLS on at PostgreSQL and demand a checked certificate',
      ],
      line,
    )
  if (['verify-full', 'verify-ca'].includes(url.searchParams.get('sslmode') ?? ''))
    return ok(
      'đường đến cơ sở dữ liệu có mã hóa và kiểm tra chứng chỉ',
      'the way to the database is encrypted and checked',
    )
  return warn(
    [
      'đường đến cơ sở dữ liệu có mã hóa nhưng sslmode không nói rõ phải kiểm tra chứng chỉ',
      'the way to the database is encrypted, but sslmode does not ask for a checked certificate',
    ],
    ['ghi rõ', 'say so'],
    line,
  )
}

export function judgeVersion(version: number): Finding {
  if (version >= LEAST_VERSION) return ok(`PostgreSQL ${version}`, `PostgreSQL ${version}`)
  return wrong(
    [`PostgreSQL ${version} cũ hơn ${LEAST_VERSION}`, `PostgreSQL ${version} is older than ${LEAST_VERSION}`],
    [`nâng cấp lên ${LEAST_VERSION} hoặc mới hơn`, `upgrade to ${LEAST_VERSION} or newer`],
    `apt-get install postgresql-${LEAST_VERSION} && pg_upgradecluster ${version} main`,
  )
}

interface Role {
  readonly name: string
  readonly superuser: boolean
  readonly createrole: boolean
  /** the application's role is there */
  readonly made: boolean
  readonly member: boolean
  /** may make schemas and extensions in this database, which the first migration does */
  readonly creates: boolean
}

const roleOf = (scene: Scene) =>
  one<Role>(
    scene,
    `select r.rolname as name, r.rolsuper as superuser, r.rolcreaterole as createrole, a.oid is not null as made,
            coalesce(pg_has_role(r.oid, a.oid, 'member'), false) as member,
            has_database_privilege(session_user, current_database(), 'create') as creates
       from pg_roles r left join pg_roles a on a.rolname = '${APPLICATION_ROLE}' where r.rolname = session_user`,
  )

function judgeRole(role: Role): Finding[] {
  const findings: Finding[] = []
  if (role.superuser)
    findings.push(
      wrong(
        [
          `vai trò ${role.name} là superuser: lỗ hổng nào cũng mở được mọi thứ`,
          `role ${role.name} is a superuser: any fault would open everything`,
        ],
        ['bỏ quyền ấy đi', 'take that away'],
        `alter role ${role.name} nosuperuser;`,
      ),
    )
  else if (!role.made && !role.createrole)
    findings.push(
      wrong(
        [
          `vai trò ${role.name} không tạo được ${APPLICATION_ROLE} ở lần chạy đầu`,
          `role ${role.name} cannot make ${APPLICATION_ROLE} at the first start`,
        ],
        [
          'cho phép tạo vai trò, hoặc tạo sẵn bằng superuser',
          'let it make roles, or make that one as a superuser',
        ],
        `create role ${APPLICATION_ROLE} nologin; grant ${APPLICATION_ROLE} to ${role.name};`,
      ),
    )
  else if (role.made && !role.member)
    findings.push(
      wrong(
        [
          `vai trò ${role.name} không được làm việc dưới tên ${APPLICATION_ROLE}`,
          `role ${role.name} may not work as ${APPLICATION_ROLE}`,
        ],
        ['cấp vai trò đó', 'grant it'],
        `grant ${APPLICATION_ROLE} to ${role.name};`,
      ),
    )
  if (!role.creates)
    findings.push(
      wrong(
        [
          `vai trò ${role.name} không phải chủ của cơ sở dữ liệu`,
          `role ${role.name} does not own the database`,
        ],
        ['giao cơ sở dữ liệu cho vai trò đó', 'give the database to it'],
        `alter database dangvu owner to ${role.name};`,
      ),
    )
  if (findings.length > 0) return findings
  return [ok(`vai trò ${role.name} có vừa đủ quyền`, `role ${role.name} has the rights it needs`)]
}
