/**
 * Two products that people build such systems with, for a look side by side: Directus 10 and Parse Server 8, installed from
 * npm in exactly these versions, each in one process on a database of its own in our PostgreSQL.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './running.ts'
import type { Call } from './calling.ts'

const VERSIONS = { directus: '10.13.4', 'parse-server': '8.6.94' }
/** Of their packages the two whose scripts run: they are compiled here. */
const COMPILED = ['argon2', 'isolated-vm']

/** What one more entry of a dossier and a page of a list of members are asked by, on one of so many connections. */
export interface Side {
  readonly name: string
  create(connection: number): Call
  list(connection: number): Call
}

/** A product that runs with the members in it. */
export interface Peer extends Side {
  stop(): Promise<void>
}

/** What every side holds: a member, of one organisation. */
export interface PeerMember {
  readonly id: string
  readonly fullName: string
  readonly sortKey: string
  readonly birthDate: string
  readonly cardNumber: string
  readonly organisationId: string
}

/** @returns the folder with both, installed by the first run and kept */
export async function installPeers(): Promise<string> {
  const folder = join('node_modules', '.cache', 'dangvu-peers')
  if (existsSync(join(folder, 'ready'))) return folder
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: VERSIONS }))
  const npm = (...words: string[]) => {
    const { status } = spawnSync('npm', words, { cwd: folder, stdio: ['ignore', 2, 2] })
    if (status !== 0) throw new Error(`npm ${words.join(' ')} ended with ${status}`)
  }
  npm('install', '--ignore-scripts', '--no-audit', '--no-fund')
  npm('rebuild', ...COMPILED)
  await writeFile(join(folder, 'ready'), '')
  return folder
}

/** The server's own connection to a database made for one peer. */
async function databaseFor(url: string, name: string): Promise<{ address: string; client: pg.Client }> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(`create database ${name}`)
  await owner.end()
  const address = new URL(url)
  address.pathname = `/${name}`
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  return { address: address.href, client }
}

/** What a request of the bench is answered with, as JSON; anything but success ends it. */
async function ask<T>(
  base: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
  method: 'POST' | 'PATCH' = 'POST',
) {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function untilAnswers(address: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${address}: the server ended with ${child.exitCode}`)
    const up = await fetch(address).then(
      (answer) => answer.ok,
      () => false,
    )
    if (up) return
    await pause(200)
  }
  throw new Error(`${address} did not answer within two minutes`)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const slow = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await over
  clearTimeout(slow)
}

const ENTRY = (memberId: string) => ({
  member: memberId,
  command: randomUUID(),
  type: 'draft-saved',
  answers: { reason: 'residence', reasonText: `Chuyển về nơi ở mới, lần ghi ${performance.now()}` },
})

/** Directus, asked with a token of its administrator; its activity and revisions are on, as they come. */
export async function startDirectus(
  folder: string,
  url: string,
  members: readonly PeerMember[],
): Promise<Peer> {
  const { address, client } = await databaseFor(url, 'directus')
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const account = { email: 'bench@example.vn', password: randomUUID() }
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: base,
    KEY: randomUUID(),
    SECRET: randomUUID(),
    DB_CLIENT: 'pg',
    DB_CONNECTION_STRING: address,
    ADMIN_EMAIL: account.email,
    ADMIN_PASSWORD: account.password,
    LOG_LEVEL: 'error',
    TELEMETRY: 'false',
    RATE_LIMITER_ENABLED: 'false',
    SERVE_APP: 'false',
    WEBSOCKETS_ENABLED: 'false',
  }
  const cli = join('node_modules', 'directus', 'cli.js')
  const made = spawnSync(process.execPath, [cli, 'bootstrap'], { cwd: folder, env, stdio: ['ignore', 2, 2] })
  if (made.status !== 0) throw new Error(`directus bootstrap ended with ${made.status}`)
  const child = spawn(process.execPath, [cli, 'start'], { cwd: folder, env, stdio: ['ignore', 2, 2] })
  await untilAnswers(`${base}/server/ping`, child)
  const login = await ask<{ data: { access_token: string } }>(base, '/auth/login', {}, account)
  const token = randomUUID()
  await ask(base, '/users/me', { authorization: `Bearer ${login.data.access_token}` }, { token }, 'PATCH')
  const headers = { authorization: `Bearer ${token}` }
  const text = (field: string, type = 'string') => ({ field, type })
  const key = { field: 'id', type: 'uuid', schema: { is_primary_key: true } }
  await ask(base, '/collections', headers, {
    collection: 'member',
    schema: {},
    meta: {},
    fields: [
      key,
      text('full_name'),
      text('sort_key'),
      text('birth_date', 'date'),
      text('card_number'),
      text('organisation', 'uuid'),
    ],
  })
  await ask(base, '/collections', headers, {
    collection: 'entry',
    schema: {},
    meta: {},
    fields: [
      { field: 'id', type: 'uuid', meta: { special: ['uuid'] }, schema: { is_primary_key: true } },
      text('member', 'uuid'),
      text('command', 'uuid'),
      text('type'),
      { field: 'answers', type: 'json', meta: { special: ['cast-json'] } },
    ],
  })
  await client.query(
    `insert into member (id, full_name, sort_key, birth_date, card_number, organisation)
     select * from jsonb_to_recordset($1::jsonb) x("id" uuid, "fullName" text, "sortKey" text, "birthDate" date, "cardNumber" text, "organisationId" uuid)`,
    [JSON.stringify(members)],
  )
  await client.query(
    `create index on member (organisation, sort_key, id); create unique index on entry (command)`,
  )
  await client.query('analyze')
  await client.end()
  const any = () => members[Math.floor(Math.random() * members.length)]!
  return {
    name: 'directus',
    create: () => ({
      base,
      method: 'POST',
      path: '/items/entry',
      headers,
      body: ENTRY(any().id),
      status: 200,
    }),
    list: () => {
      const filter = encodeURIComponent(JSON.stringify({ organisation: { _eq: any().organisationId } }))
      const path = `/items/member?filter=${filter}&sort=sort_key,id&limit=50&meta=filter_count`
      return { base, method: 'GET', path, headers, status: 200 }
    },
    stop: () => ended(child),
  }
}

/** Parse Server, asked by a signed-in user of a role that may read and write both classes. */
export async function startParse(folder: string, url: string, members: readonly PeerMember[]): Promise<Peer> {
  const { address, client } = await databaseFor(url, 'parse')
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const [appId, masterKey] = [randomUUID(), randomUUID()]
  const settings = {
    appId,
    masterKey,
    maintenanceKey: randomUUID(),
    databaseURI: address,
    host: '127.0.0.1',
    port,
    serverURL: `${base}/parse`,
    mountPath: '/parse',
    allowClientClassCreation: false,
    logLevel: 'error',
    silent: true,
  }
  await writeFile(join(folder, 'parse.json'), JSON.stringify(settings))
  const child = spawn(
    process.execPath,
    [join('node_modules', 'parse-server', 'bin', 'parse-server'), 'parse.json'],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
      stdio: ['ignore', 2, 2],
    },
  )
  await untilAnswers(`${base}/parse/health`, child)
  const master = { 'x-parse-application-id': appId, 'x-parse-master-key': masterKey }
  const signedIn = { requiresAuthentication: true }
  const rights = { find: signedIn, count: signedIn, get: signedIn, create: signedIn, update: {}, delete: {} }
  const text = { type: 'String' }
  await ask(base, '/parse/schemas/Member', master, {
    className: 'Member',
    fields: { fullName: text, sortKey: text, birthDate: text, cardNumber: text, organisationId: text },
    classLevelPermissions: rights,
  })
  await ask(base, '/parse/schemas/Entry', master, {
    className: 'Entry',
    fields: { member: text, command: text, type: text, answers: { type: 'Object' } },
    classLevelPermissions: rights,
  })
  await client.query(
    `insert into "Member" ("objectId", "createdAt", "updatedAt", "fullName", "sortKey", "birthDate", "cardNumber", "organisationId")
     select id, now(), now(), "fullName", "sortKey", "birthDate", "cardNumber", "organisationId"
       from jsonb_to_recordset($1::jsonb) x(id text, "fullName" text, "sortKey" text, "birthDate" text, "cardNumber" text, "organisationId" text)`,
    [JSON.stringify(members)],
  )
  await client.query(
    `create index on "Member" ("organisationId", "sortKey", "objectId"); create unique index on "Entry" (command)`,
  )
  await client.query('analyze')
  await client.end()
  const user = await ask<{ sessionToken: string }>(
    base,
    '/parse/users',
    { 'x-parse-application-id': appId, 'x-parse-revocable-session': '1' },
    { username: 'bench', password: randomUUID() },
  )
  const headers = { 'x-parse-application-id': appId, 'x-parse-session-token': user.sessionToken }
  const any = () => members[Math.floor(Math.random() * members.length)]!
  return {
    name: 'parse',
    create: () => ({
      base,
      method: 'POST',
      path: '/parse/classes/Entry',
      headers,
      body: ENTRY(any().id),
      status: 201,
    }),
    list: () => {
      const where = encodeURIComponent(JSON.stringify({ organisationId: any().organisationId }))
      return {
        base,
        method: 'GET',
        path: `/parse/classes/Member?where=${where}&order=sortKey&limit=50&count=1`,
        headers,
        status: 200,
      }
    },
    stop: () => ended(child),
  }
}
