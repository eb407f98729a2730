/** The doctor on a well installation finds nothing; each thing spoilt, really and alone, is found and nothing else is. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createPrivateKey, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { lookup } from 'node:dns/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  certificateFor,
  later,
  openDoctorWorld,
  pemOf,
  WARD,
  type DoctorWorld,
} from '../../../tests/doctor-world.ts'
import { lies } from '../../../tests/time-authority.ts'
import { makeTestAuthority } from '../../signatures/authority.ts'
import { runCommandLine } from '../commands/command-line.ts'
import type { Machine } from './check.ts'
import { judgeVersion } from './checks/database.ts'
import { CHECKS, examine, isWell } from './examine.ts'
import { reportOf } from './report.ts'
import { openScene } from './scene.ts'

const GB = 1024 ** 3
let world: DoctorWorld
let stampLies: Awaited<ReturnType<typeof lies>> = {}

beforeAll(async () => {
  world = await openDoctorWorld()
  stampLies = await lies(world.stamps.root)
})
afterAll(() => world?.close())

const WELL_MACHINE: Machine = {
  now: () => new Date(),
  nodeVersion: '20.19.0',
  memoryBytes: 4 * GB,
  uid: 1000,
}

type Changes = { env?: Record<string, string | undefined>; machine?: Partial<Machine> }
type Found = readonly [check: string, level: string, words: RegExp]

async function look({ env = {}, machine = {} }: Changes = {}) {
  const { environmentFile } = world
  const scene = openScene(
    { ...world.env, ...env },
    { environmentFile, machine: { ...WELL_MACHINE, ...machine } },
  )
  try {
    return await examine(scene)
  } finally {
    await scene.close()
  }
}

const faults = async (changes?: Changes) => (await look(changes)).filter(({ level }) => level !== 'ok')

/** Exactly these, each with a fix in both languages and a line to run or write. */
async function expectOnly(expected: readonly Found[], changes?: Changes): Promise<void> {
  const found = await faults(changes)
  expect(found.map(({ check, level, what }) => `${check} ${level}: ${what.vi}`)).toEqual(
    expected.map(([check, level, words]) =>
      expect.stringMatching(new RegExp(`^${check} ${level}: .*${words.source}`, words.flags)),
    ),
  )
  for (const { level, fix, lines } of found.filter((each) => each.level !== 'unknown')) {
    expect([level, fix?.vi, fix?.en].every(Boolean)).toBe(true)
    if (!expected.some(([check]) => check === 'variables')) expect(lines?.length).toBeGreaterThan(0)
  }
}

/** Spoils something for the time of one look. */
async function whileSpoilt(
  spoil: string,
  mend: string,
  database: string,
  look: () => Promise<void>,
): Promise<void> {
  await world.ask('select seal_audit(10000)') // what earlier seeds left in the log is not this one's
  await world.ask(spoil, database)
  try {
    await look()
  } finally {
    await world.ask(mend, database)
    await world.ask('select seal_audit(10000)')
  }
}

const system = () => join(world.signing, 'system.pem')
const ward = () => join(world.signing, 'organisations', `${WARD}.pem`)

/** Puts another file in a key's place for the time of one look. */
async function withFile(
  path: string,
  contents: string | undefined,
  look: () => Promise<void>,
): Promise<void> {
  await rename(path, `${path}.kept`)
  try {
    if (contents !== undefined) await writeFile(path, contents, { mode: 0o600 })
    await look()
  } finally {
    await rename(`${path}.kept`, path)
  }
}

test('a well installation: nothing to mend, every check said what it saw', async () => {
  const examined = await look()
  expect(examined.filter(({ level }) => level !== 'ok')).toEqual([])
  const silent = CHECKS.filter(({ name }) => !examined.some(({ check }) => check === name)).map(
    ({ name }) => name,
  )
  const unasked = ['demo', 'user', 'signing-keys', 'read-replica']
  expect(silent, 'not of a real installation, not as root, not set').toEqual(unasked)
  expect(isWell(examined)).toBe(true)
  expect(reportOf(examined, 'vi', false).at(-1)).toContain('Mọi thứ đều ổn')
})

describe('certificates and keys', () => {
  test.each([
    ['that ended', { from: later(-90), to: later(-3) }, 'wrong', /system: chứng thư hết hạn/],
    ['that ends soon', { to: later(20.5) }, 'warn', /system: chứng thư còn 20 ngày/],
    ['that has not begun', { from: later(9) }, 'wrong', /system: .* mới có hiệu lực/],
  ])('a certificate %s', async (_name, validity, level, words) => {
    const key = await certificateFor(world.authority, { name: 'dangvu', kind: 'system' }, validity)
    await withFile(system(), pemOf(key), () => expectOnly([['certificates', level, words]]))
  })

  test('none for the system, and no folder', async () => {
    await withFile(system(), undefined, () =>
      expectOnly([['certificates', 'wrong', /thiếu chứng thư của hệ thống/]]),
    )
    await expectOnly([['certificates', 'wrong', /chưa có SIGNING_FOLDER/]], {
      env: { SIGNING_FOLDER: undefined },
    })
    await expectOnly(
      [
        ['certificates', 'unknown', /ENOENT/],
        ['key-rights', 'unknown', /ENOENT/],
        ['certificate-holders', 'unknown', /ENOENT/],
      ],
      { env: { SIGNING_FOLDER: '/nowhere/signing' } },
    )
  })

  test('a chain that leads nowhere, and no roots at all', async () => {
    const stranger = await makeTestAuthority('Stranger', { from: later(-9), to: later(900) })
    const key = await certificateFor(stranger, { name: 'dangvu', kind: 'system' })
    await withFile(system(), pemOf(key), () => expectOnly([['certificates', 'wrong', /không dẫn lên được/]]))
    const root = join(world.signing, 'roots', 'root.pem')
    await withFile(root, undefined, () => expectOnly([['certificates', 'warn', /chưa có chứng thư gốc/]]))
  })

  test('a key of another certificate, one whose password is another, one too weak', async () => {
    const [one, other] = [await certificateFor(world.authority), await certificateFor(world.authority)]
    await withFile(system(), `${one.privateKeyPem}${other.certificatePem}`, () =>
      expectOnly([['certificates', 'wrong', /khóa không khớp chứng thư/]]),
    )
    const locked = createPrivateKey(one.privateKeyPem)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' })
      .toString()
    await withFile(system(), `${locked}${one.certificatePem}`, async () => {
      await expectOnly([['certificates', 'wrong', /không mở được khóa/]], {
        env: { SIGNING_PASSWORD: 'wrong' },
      })
      await expectOnly([], { env: { SIGNING_PASSWORD: 'right' } })
    })
    const weak = await certificateFor(world.authority, {}, {}, 1024)
    await withFile(system(), pemOf(weak), () =>
      expectOnly([['certificates', 'wrong', /RSA 1024 bit quá yếu/]]),
    )
  })

  test('others may read the keys', async () => {
    await chmod(world.signing, 0o755)
    await expectOnly([['key-rights', 'wrong', /đọc được khóa/]])
    await chmod(world.signing, 0o700)
  })

  test('the certificate of another organisation, and of none that is known', async () => {
    const other = await certificateFor(world.authority, { name: 'Đảng ủy phường Bình Tân' })
    await withFile(ward(), pemOf(other), () =>
      expectOnly([['certificate-holders', 'wrong', /tên khác với sổ/]]),
    )
    const unknown = join(dirname(ward()), '79.099.000.000.000.pem')
    await copyFile(ward(), unknown)
    await expectOnly([['certificate-holders', 'warn', /không có mã này/]])
    await rm(unknown)
  })

  test('of a person nothing is told but the file', async () => {
    const id = '0d3e4f5a-0000-4000-8000-000000000001'
    const path = join(world.signing, 'people', `${id}.pem`)
    await writeFile(
      path,
      pemOf(await certificateFor(world.authority, { name: 'Đỗ Thị Kín', kind: 'person' })),
    )
    await expectOnly([['certificate-holders', 'warn', new RegExp(id)]])
    expect(JSON.stringify(await look())).not.toContain('Kín')
    await rm(path)
  })
})

describe('configuration', () => {
  test.each<[string, Record<string, string | undefined>, readonly Found[]]>([
    ['a value that is none', { PORT: 'x' }, [['variables', 'wrong', /PORT/]]],
    ['a slip of the pen', { SMTP_FORM: 'a@b.vn' }, [['variables', 'wrong', /SMTP_FROM/]]],
    ['no level 2', { VNEID_ACR_LEVEL2: undefined }, [['variables', 'wrong', /VNEID_ACR_LEVEL2/]]],
    [
      'PUBLIC_URL without https',
      { PUBLIC_URL: 'http://dangvu.example.vn' },
      [['public-url', 'wrong', /không phải https/]],
    ],
    ['a demo that others reach', { DANGVU_DEMO: '1' }, [['demo', 'wrong', /ai cũng đăng nhập được/]]],
    ['a proxy that is not believed', { TRUST_PROXY: '0' }, [['proxy', 'wrong', /TRUST_PROXY là 0/]]],
    ['no provider', { VNEID_ISSUER: undefined }, [['identity-provider', 'wrong', /chưa có VNEID_ISSUER/]]],
  ])('%s', async (_name, env, expected) => {
    await expectOnly(expected, { env })
  })

  test('files with secrets that everybody may read', async () => {
    await chmod(world.environmentFile, 0o644)
    await expectOnly([['environment-file', 'wrong', /ai trên máy cũng đọc được/]])
    await chmod(world.environmentFile, 0o600)
    const callbacks = join(world.folder, 'bank-callbacks.json')
    await writeFile(callbacks, '[]', { mode: 0o644 })
    await expectOnly([['environment-file', 'wrong', /bank-callbacks/]], {
      env: { BANK_CALLBACKS_FILE: callbacks },
    })
  })

  test('the variables of the service’s file count', async () => {
    const file = join(world.folder, 'variables')
    await writeFile(file, `# as systemd reads it\nPUBLIC_URL="http://dangvu.example.vn"\n`, { mode: 0o600 })
    const asked = await onCommandLine(['--environment', file])
    expect(asked.findings.filter(isFault).map(({ check }) => check)).toEqual(['public-url'])
  })
})

describe('the machine', () => {
  test.each<[string, Partial<Machine>, readonly Found[]]>([
    ['Node too old', { nodeVersion: '18.20.4' }, [['node', 'wrong', /cũ hơn 20.19/]]],
    ['too little memory', { memoryBytes: 0.5 * GB }, [['memory', 'wrong', /0.5 GB/]]],
    ['little memory', { memoryBytes: 1.5 * GB }, [['memory', 'warn', /1.5 GB/]]],
    ['looked at as root', { uid: 0 }, [['user', 'warn', /root/]]],
    [
      'a clock that is an hour ahead of everybody else’s',
      { now: () => new Date(Date.now() + 3_600_000) },
      [
        ['database-clock', 'wrong', /nhanh 3[56]\d\d(\.\d)? giây so với cơ sở dữ liệu/],
        ['identity-provider', 'wrong', /nhanh 3[56]\d\d(\.\d)? giây so với nhà cung cấp/],
        ['timestamps', 'wrong', /lệch quá 5 phút/],
      ],
    ],
  ])('%s', async (_name, machine, expected) => {
    await expectOnly(expected, { machine })
  })

  test('a port that another program holds', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const PORT = String((holder.address() as AddressInfo).port)
    await expectOnly([['port', 'wrong', /không dùng được cổng/]], { env: { PORT } })
    holder.close()
  })

  test('a data folder that cannot be written', async () => {
    const DANGVU_DATA = join(world.environmentFile, 'data')
    await expectOnly([['data-folder', 'wrong', /không ghi được/]], { env: { DANGVU_DATA } })
  })

  test.skipIf(!existsSync('/dev/shm'))('a file system that forgets (skipped without /dev/shm)', async () => {
    const DANGVU_DATA = await mkdtemp('/dev/shm/dangvu-doctor-')
    const found = (await faults({ env: { DANGVU_DATA } })).filter(({ check }) => check !== 'disk-space')
    expect(found).toMatchObject([{ check: 'file-system', level: 'warn' }])
    await rm(DANGVU_DATA, { recursive: true })
  })

  const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0 && process.getuid?.() === 0
  test.skipIf(!mayMount)('a full disk (skipped where nothing may be mounted)', async () => {
    const DANGVU_DATA = await mkdtemp(join(world.folder, 'full-'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', DANGVU_DATA]).status).toBe(0)
    try {
      const expected: Found[] = [
        ['disk-space', 'wrong', /chỉ còn 8 MB/],
        ['file-system', 'warn', /tmpfs/],
      ]
      await expectOnly(expected, { env: { DANGVU_DATA } })
    } finally {
      spawnSync('umount', [DANGVU_DATA])
    }
  })
})

describe('the database', () => {
  const NEEDING = CHECKS.filter(({ needsDatabase }) => needsDatabase).length

  test.each<[string, (url: URL) => unknown, RegExp]>([
    ['not there', (url) => (url.port = '1'), /ECONNREFUSED/],
    ['another password', (url) => (url.password = 'other'), /28P01/],
    ['no such database', (url) => (url.pathname = '/nowhere'), /3D000/],
  ])('%s: found once, the rest says it could not be examined', async (_name, change, words) => {
    const url = new URL(world.env.DATABASE_URL!)
    change(url)
    const found = await faults({ env: { DATABASE_URL: url.href } })
    expect(found.filter(({ level }) => level === 'wrong')).toMatchObject([
      { check: 'database-reach', what: { vi: expect.stringMatching(words) } },
    ])
    expect(found.filter(({ level }) => level === 'unknown')).toHaveLength(NEEDING)
    expect(JSON.stringify(found)).not.toContain('other@')
  })

  test('an old version (judged by its number: no older server is at hand)', () => {
    expect(judgeVersion(14)).toMatchObject({ level: 'wrong' })
    expect(judgeVersion(15)).toMatchObject({ level: 'ok' })
  })

  test.each([
    [
      'no encoding',
      `encoding 'SQL_ASCII' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
      /encoding SQL_ASCII/,
    ],
    [
      'letters without case',
      `encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
      /không biết chữ Việt/,
    ],
    [
      'another order',
      `encoding 'UTF8' locale_provider icu icu_locale 'vi' lc_collate 'C' lc_ctype 'C.UTF-8'`,
      /không sắp theo byte/,
    ],
  ])('%s', async (_name, kind, words) => {
    await world.ask(`create database odd owner keeper template template0 ${kind}`)
    try {
      await expectOnly([['database-letters', 'wrong', words]], {
        env: { DATABASE_URL: world.address('odd', 'keeper') },
      })
    } finally {
      await world.ask('drop database odd with (force)')
    }
  })

  test('a superuser', async () => {
    const env = { DATABASE_URL: world.superuser.url }
    await expectOnly([['database-owner', 'wrong', /là superuser/]], { env })
  })

  test('a role that cannot make the application’s, may not work as it, owns nothing', async () => {
    await world.ask(`create role plain login password 'x'`)
    await world.ask(`create database bare owner plain template template0`)
    const env = { DATABASE_URL: world.address('bare', 'plain') }
    await whileSpoilt(
      'alter role dangvu_app rename to away',
      'alter role away rename to dangvu_app',
      'well',
      () => expectOnly([['database-owner', 'wrong', /không tạo được dangvu_app/]], { env }),
    )
    await expectOnly([['database-owner', 'wrong', /không được làm việc dưới tên/]], { env })
    await world.ask('grant dangvu_app to plain; alter database bare owner to keeper')
    await expectOnly([['database-owner', 'wrong', /không phải chủ/]], { env })
    await world.ask('drop database bare with (force)')
    await world.ask('drop role plain')
  })

  test('too few connections, and commits that do not wait for the disk', async () => {
    await whileSpoilt(
      'alter role keeper connection limit 6',
      'alter role keeper connection limit -1',
      'well',
      () => expectOnly([['database-connections', 'wrong', /chỉ 6 kết nối/]]),
    )
    await whileSpoilt(
      'alter role keeper set synchronous_commit = off',
      'alter role keeper reset all',
      'well',
      () => expectOnly([['database-durability', 'wrong', /synchronous_commit đang tắt/]]),
    )
  })

  test('a server that does not write through to the disk: the tests’ own', async () => {
    const url = inject('databaseServer')
    const found = await faults({ env: { DATABASE_URL: url } })
    expect(found.find(({ check }) => check === 'database-durability')).toMatchObject({
      level: 'wrong',
      what: { vi: expect.stringContaining('fsync, full_page_writes, synchronous_commit') },
    })
  })

  test('a clear way to a database on another machine', async (context) => {
    const here = await lookup(hostname()).catch(() => undefined)
    if (here?.address !== '127.0.0.1') return context.skip('this machine’s name does not lead to 127.0.0.1')
    const url = new URL(world.env.DATABASE_URL!)
    url.hostname = hostname()
    await expectOnly([['database-encryption', 'wrong', /không mã hóa/]], { env: { DATABASE_URL: url.href } })
  })

  test('a database of a later program', async () => {
    await whileSpoilt(
      `insert into migration (name, checksum) values ('9999-later.sql', repeat('0', 64))`,
      `delete from migration where name = '9999-later.sql'`,
      'well',
      () => expectOnly([['migrations', 'wrong', /9999-later/]]),
    )
  })

  const POOLER = '/usr/sbin/pgbouncer'
  test.skipIf(!existsSync(POOLER))('poolers that forget (skipped without pgbouncer)', async () => {
    const direct = new URL(world.env.DATABASE_URL!)
    const pooled = async (settings: string, expected: readonly Found[]) => {
      const pooler = await startPooler(POOLER, direct, settings)
      await expectOnly(expected, { env: { DATABASE_URL: pooler.url } }).finally(pooler.stop)
    }
    await pooled('pool_mode = session', [['pooler', 'wrong', /không nhận tham số/]])
    await pooled('pool_mode = session\nignore_startup_parameters = options', [
      ['pooler', 'wrong', /bỏ qua vai trò/],
    ])
    await whileSpoilt(
      `alter role keeper set role = 'dangvu_app'`,
      'alter role keeper reset all',
      'well',
      async () => {
        await pooled('pool_mode = transaction\nignore_startup_parameters = options', [
          ['pooler', 'wrong', /mất câu lệnh chuẩn bị sẵn/],
        ])
        await pooled('pool_mode = session\nignore_startup_parameters = options', [])
      },
    )
  })
})

async function startPooler(program: string, direct: URL, settings: string) {
  const folder = await mkdtemp('/tmp/dangvu-pooler-')
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  await writeFile(join(folder, 'users'), '"keeper" "x"\n')
  await writeFile(
    join(folder, 'pooler.ini'),
    `[databases]\nwell = host=127.0.0.1 port=${direct.port} user=keeper password=x\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${folder}/users\n${settings}\n`,
  )
  await chmod(folder, 0o755)
  const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const child: ChildProcess = spawn(program, [join(folder, 'pooler.ini')], { stdio: 'ignore', ...identity })
  const url = new URL(direct)
  url.port = String(port)
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = new pg.Client(url.href)
    const there = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    if (there) break
    await pause(50)
  }
  return {
    url: url.href,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

describe('services outside', () => {
  /** where nobody listens */
  const gone = () => `http://127.0.0.1:${world.env.PORT}`
  let awayKeys: string
  beforeAll(async () => {
    awayKeys = join(world.folder, 'signing-keys.json')
    const token = { module: '/nowhere/lib.so', token: 'cua-toi', pinFile: '/nowhere/pin' }
    const service = { url: gone(), clientId: 'dangvu', clientSecretFile: join(world.folder, 'secret') }
    const keys = [
      { whose: `person:${randomUUID()}`, token: 'cua-toi', label: 'a' },
      { whose: `organisation:${WARD}`, service: 'xa', credential: 'a' },
    ]
    await writeFile(service.clientSecretFile, 'x')
    await writeFile(
      awayKeys,
      JSON.stringify({ tokens: { 'cua-toi': token }, services: { xa: service }, keys }),
    )
  })
  test.each<[string, () => Changes | undefined, readonly Found[]]>([
    [
      'no provider there',
      () => ({ env: { VNEID_ISSUER: gone() } }),
      [['identity-provider', 'wrong', /ECONNREFUSED/]],
    ],
    [
      'a provider of another name',
      () => void (world.peers.metadata = { issuer: 'https://other.example.vn' }),
      [['identity-provider', 'wrong', /tự xưng tên khác/]],
    ],
    [
      'a provider without an address to sign in at',
      () => void (world.peers.metadata = { authorization_endpoint: 'ftp:' }),
      [['identity-provider', 'wrong', /authorization_endpoint/]],
    ],
    [
      'a provider that knows no such level',
      () => void (world.peers.metadata = { acr_values_supported: ['loa1', 'loa2'] }),
      [['identity-provider', 'wrong', /không biết giá trị acr/]],
    ],
    [
      'a provider whose clock is ahead',
      () => void (world.peers.dateOffsetMs = 600_000),
      [['identity-provider', 'wrong', /chậm \d+(\.\d)? giây so với nhà cung cấp/]],
    ],
    [
      'no time-stamps there',
      () => ({ env: { TIMESTAMP_URL: gone() } }),
      [['timestamps', 'wrong', /không liên lạc được/]],
    ],
    [
      'a time-stamp over something else',
      () => void (world.stamps.manner = stampLies['stamps something else']![1]),
      [['timestamps', 'wrong', /cấp cho nội dung khác/]],
    ],
    [
      'a time-stamp of the past',
      () => void (world.stamps.manner = stampLies['lives in the past']![1]),
      [['timestamps', 'wrong', /lệch quá 5 phút/]],
    ],
    [
      'a token of a person, a service that holds a seal: neither there',
      () => ({ env: { SIGNING_KEYS_FILE: awayKeys } }),
      [
        ['signing-keys', 'warn', /token cua-toi: (chưa cài p11-kit|không nạp được)/],
        ['signing-keys', 'wrong', /dịch vụ xa: không liên lạc được/],
      ],
    ],
    [
      'no mail server there',
      () => ({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } }),
      [['mail', 'wrong', /ECONNREFUSED/]],
    ],
    [
      'a mail server that refuses the password',
      () => void (world.peers.mailAnswers = { AUTH: '535 no' }),
      [['mail', 'wrong', /từ chối \(535\)/]],
    ],
  ])('%s', async (_name, spoil, expected) => {
    const changes = spoil()
    try {
      await expectOnly(expected, changes)
    } finally {
      world.heal()
    }
  })
})

describe('work under way', () => {
  test('a log that nobody seals', async () => {
    const old = `insert into audit_entry (at, subject, key, operation, digest, actor_kind)
      values (now() - interval '1 hour', 'member', 'x', 'insert', sha256('x'), 'program') returning seq`
    await whileSpoilt(
      `with made as (${old}) insert into audit_tail select seq from made`,
      'truncate audit_tail',
      'well',
      () => expectOnly([['log-sealed', 'wrong', /chưa niêm phong, cũ nhất 60 phút/]]),
    )
  })

  test('jobs that nobody does, and jobs that were given up', async () => {
    const none = 'delete from graphile_worker._private_jobs'
    await whileSpoilt(
      `select graphile_worker.add_job('nothing', '{}', run_at => now() - interval '2 hours')`,
      none,
      'well',
      () => expectOnly([['jobs', 'warn', /lâu nhất 120 phút/]]),
    )
    await whileSpoilt(
      `select graphile_worker.add_job('nothing', '{}', max_attempts => 1);
       update graphile_worker._private_jobs set attempts = 1`,
      none,
      'well',
      () => expectOnly([['jobs', 'wrong', /đã thử hết số lần/]]),
    )
  })
})

interface Told {
  readonly exit: number
  readonly well: boolean
  readonly findings: readonly { check: string; level: string }[]
}

const isFault = ({ check, level }: { check: string; level: string }) => level !== 'ok' && check !== 'user'

async function onCommandLine(argv: readonly string[], env: Record<string, string> = {}): Promise<Told> {
  let out = ''
  const exit = await runCommandLine(['doctor', '--json', ...argv], {
    env: { ...world.env, ...env },
    out: (text) => void (out += text),
    error: () => undefined,
  })
  return { exit, ...(JSON.parse(out) as Omit<Told, 'exit'>) }
}

describe('on the command line', () => {
  test('exit code 0 with JSON alone when all is well, 1 when something is wrong', async () => {
    const well = await onCommandLine([])
    expect(well).toMatchObject({ exit: 0, well: true })
    expect(well.findings.filter(isFault)).toEqual([])
    expect(await onCommandLine([], { PUBLIC_URL: 'http://x.vn' })).toMatchObject({ exit: 1, well: false })
  })

  test('at a terminal: by group, the fix and its lines beneath, and nothing was made or changed', async () => {
    let out = ''
    const env = { DANGVU_DATA: join(world.folder, 'none'), PORT: 'x' }
    const exit = await runCommandLine(['doctor'], {
      env,
      out: (text) => void (out += text),
      error: () => undefined,
    })
    expect(exit).toBe(1)
    expect(out).toMatch(/^Cấu hình\n {2}✗ .*PORT.*\n {4}.*\n {4}→ sửa dòng đó/)
    expect(out).toContain('cơ sở dữ liệu đi kèm sẽ được tạo ở lần chạy đầu')
    expect(existsSync(env.DANGVU_DATA)).toBe(false)
  })

  test('a check that fails is said and stops no other', async () => {
    const scene = openScene(world.env, { machine: WELL_MACHINE })
    const examined = await examine(scene, [
      { ...CHECKS[0]!, name: 'broken', run: () => Promise.reject(new Error('out of order')) },
      CHECKS[0]!,
    ])
    await scene.close()
    expect(examined.map(({ check, level }) => [check, level])).toEqual([
      ['broken', 'unknown'],
      ['variables', 'ok'],
    ])
    expect(isWell(examined)).toBe(false)
  })

  test('no secret is told, whatever is wrong', async () => {
    const secrets = {
      SMTP_URL: 'smtp://a:canary-mail@127.0.0.1:1',
      SIGNING_PASSWORD: 'canary-key',
      VNEID_CLIENT_SECRET: 'canary-id',
    }
    const url = new URL(world.env.DATABASE_URL!)
    url.password = 'canary-database'
    expect(JSON.stringify(await look({ env: { ...secrets, DATABASE_URL: url.href } }))).not.toContain(
      'canary',
    )
  })
})
