/** A well installation for the doctor: its own PostgreSQL as the documents make it, certificates, and peers that speak their protocols. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttp, type Server as HttpServer, type ServerResponse } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { migrate } from '../src/kernel/migrations.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  type CertificateSubject,
  type StoredKey,
} from '../src/signatures/authority.ts'
import { HONEST, startTimeAuthority, type TimeAuthority } from './time-authority.ts'

const ROOT = join(import.meta.dirname, '..')
export const DAY_MS = 86_400_000
export const WARD = '79.021.000.000.000'
export const WARD_NAME = 'Đảng ủy phường Tân Tạo'

export const later = (days: number) => new Date(Date.now() + days * DAY_MS)
const VALIDITY = { from: later(-30), to: later(400) }

const DOCUMENTED = `encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C.UTF-8'`

export interface DoctorWorld {
  /** for this world's files; gone with it */
  readonly folder: string
  readonly signing: string
  readonly env: Readonly<Record<string, string>>
  readonly environmentFile: string
  /** asks as superuser, in the installation's database or another */
  ask(statement: string, database?: string): Promise<void>
  /** the address of a database of this server for a role; every role's password is 'x' */
  address(database: string, role?: string): string
  readonly superuser: { readonly name: string; readonly url: string }
  authority: StoredKey
  /** what the peers answer; a seed changes it, and `heal` puts it back */
  readonly peers: Peers
  /** told to lie by its manner; `heal` makes it honest */
  readonly stamps: TimeAuthority
  heal(): void
  close(): Promise<void>
}

export interface Peers {
  metadata: Record<string, unknown>
  /** of the provider's `Date` header */
  dateOffsetMs: number
  mailAnswers: Record<string, string>
}

/** @param at now + this */
export async function certificateFor(
  authority: StoredKey,
  subject: Partial<CertificateSubject> = {},
  validity: Partial<typeof VALIDITY> = {},
  bits?: number,
): Promise<StoredKey> {
  const whole = { name: WARD_NAME, kind: 'organisation', ...subject } as const
  return issueTestCertificate(authority, whole, { ...VALIDITY, ...validity }, bits)
}

export const pemOf = (key: StoredKey) => `${key.privateKeyPem}${key.certificatePem}`

async function listening(server: Server | HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

export async function openDoctorWorld(): Promise<DoctorWorld> {
  await mkdir(join(ROOT, '.dangvu'), { recursive: true })
  const folder = await mkdtemp(join(ROOT, '.dangvu', 'doctor-'))
  const server = await startEmbeddedDatabase({ folder: join(folder, 'server') })
  const superuserUrl = new URL(server.url)

  const address = (database: string, role?: string) => {
    const url = new URL(superuserUrl)
    url.pathname = `/${database}`
    if (role) [url.username, url.password] = [role, 'x']
    return url.href
  }
  const ask = async (statement: string, database = 'well') => {
    const client = new pg.Client(address(database))
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await ask(`create role keeper login createrole password 'x'`, 'postgres')
  await ask(`create database well owner keeper template template0 ${DOCUMENTED}`, 'postgres')
  await migrate(address('well', 'keeper'), join(ROOT, 'migrations'))
  await ask(`with made as (insert into organisation (code) values ('${WARD}') returning id)
    insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, path, source)
    select id, '2025-07-01', 'Đảng bộ phường Tân Tạo', 'dang bo phuong tan tao', 'commune', '1.', 'test' from made`)

  await ask('select seal_audit(10000)')

  const authority = await makeTestAuthority('Doctor', { from: later(-100), to: later(2000) })
  const signing = join(folder, 'signing')
  for (const below of ['organisations', 'people', 'roots'])
    await mkdir(join(signing, below), { recursive: true })
  await chmod(signing, 0o700)
  await writeFile(join(signing, 'roots', 'root.pem'), authority.certificatePem)
  await writeFile(
    join(signing, 'system.pem'),
    pemOf(await certificateFor(authority, { name: 'dangvu', kind: 'system' })),
  )
  await writeFile(join(signing, 'organisations', `${WARD}.pem`), pemOf(await certificateFor(authority)))

  const peers = { ...wellPeers() }
  const stamps = await startTimeAuthority(() => new Date())
  const stampRoots = join(folder, 'timestamp-roots.pem')
  await writeFile(stampRoots, stamps.root.certificatePem)
  const http = createHttp((request, reply) => answer(request.url ?? '', reply))
  const httpPort = await listening(http)
  const issuer = `http://127.0.0.1:${httpPort}`
  function answer(url: string, reply: ServerResponse): void {
    if (url.startsWith('/.well-known/')) {
      reply.setHeader('date', new Date(Date.now() + peers.dateOffsetMs).toUTCString())
      const endpoints = { authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` }
      const said = { issuer, ...endpoints, acr_values_supported: ['muc-do-1', 'muc-do-2'], ...peers.metadata }
      return void reply.setHeader('content-type', 'application/json').end(JSON.stringify(said))
    }
    reply.writeHead(404).end()
  }
  const mail = createTcp((socket) => speakSmtp(socket, peers))
  const mailPort = await listening(mail)

  const free = createTcp()
  const port = await listening(free)
  await new Promise((resolve) => free.close(resolve))
  const environmentFile = join(folder, 'environment')
  await writeFile(environmentFile, '', { mode: 0o600 })
  const data = join(folder, 'data')
  await mkdir(data)

  return {
    folder,
    signing,
    environmentFile,
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: 'https://dangvu.example.vn',
      TRUST_PROXY: '1',
      DATABASE_URL: address('well', 'keeper'),
      DANGVU_DATA: data,
      SIGNING_FOLDER: signing,
      VNEID_ISSUER: issuer,
      VNEID_CLIENT_ID: 'dangvu',
      VNEID_CLIENT_SECRET: 'secret',
      VNEID_ACR_LEVEL2: 'muc-do-2',
      TIMESTAMP_URL: stamps.url,
      TIMESTAMP_ROOTS: stampRoots,
      SMTP_URL: `smtp://sender:secret@127.0.0.1:${mailPort}`,
      SMTP_FROM: 'bao@example.vn',
    },
    ask,
    address,
    superuser: { name: superuserUrl.username, url: address('well') },
    authority,
    peers,
    stamps,
    heal() {
      Object.assign(peers, wellPeers())
      stamps.manner = HONEST
    },
    async close() {
      http.close()
      await stamps.close()
      mail.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const wellPeers = (): Peers => ({
  metadata: {},
  dateOffsetMs: 0,
  mailAnswers: {},
})

const MAIL_ANSWERS: Readonly<Record<string, string>> = {
  EHLO: '250-mail\r\n250 AUTH PLAIN',
  AUTH: '235 ok',
  QUIT: '221 bye',
}

/** A mail server's side (RFC 5321), as far as the sender's address. */
function speakSmtp(socket: Socket, peers: Peers): void {
  socket.on('error', () => undefined)
  socket.write('220 ready\r\n')
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const verb = line.split(' ')[0] ?? ''
      socket.write(`${peers.mailAnswers[verb] ?? MAIL_ANSWERS[verb] ?? '250 ok'}\r\n`)
    }
  })
}
