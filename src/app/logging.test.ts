/** The log: what was planted as a canary must not be found in it, and what an engineer needs must be. */
import { existsSync } from 'node:fs'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { Refusal } from '../kernel/refusal.ts'
import { makeLog, openLogStream, withoutPersons } from './logging.ts'

function collect() {
  let text = ''
  const log = makeLog({ level: 'debug', stream: { write: (line: string) => void (text += line) } })
  return {
    log,
    text: () => text,
    lines: () =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  }
}

const CANARIES = [
  '099080123456',
  '099 080 123 456',
  '021234567',
  '0912.345.678',
  'Nguyễn Thị Chim',
  'Hoàng Yến',
  'TRẦN VĂN MINH',
  'Tran Van Minh',
  'chim@example.vn',
  'c2VjcmV0LWNvb2tpZS12YWx1ZQ',
]

test.each(CANARIES)('%s does not come through in any place of a call', (canary) => {
  const { log, text } = collect()
  log.info(`member ${canary} not found`)
  log.info({ dossierId: canary, name: canary, code: canary, payload: { deep: canary } }, `for ${canary}`)
  log.info({ status: { nested: canary } }, 'nested')
  log.error(new Error(`no row for ${canary}`))
  log.error({ err: new Error('outer', { cause: new Error(canary) }) }, 'failed')
  log.error({
    err: { message: canary, detail: `Key (personal_id)=(${canary})`, stack: `Error: ${canary}\n    at x` },
  })
  log
    .child({ reqId: '1', person: canary })
    .warn({ err: new Refusal('invalid', 'a.b', { facts: { canary } }) })
  log.info('%s', canary)
  for (const part of [canary, ...(canary.match(/\p{L}{3,}/gu) ?? [])]) expect(text()).not.toContain(part)
  expect(text().split('\n').length).toBe(9)
})

test('a parser that quotes what it read is not believed to be harmless', () => {
  const { log, text } = collect()
  try {
    JSON.parse('Tran Van Khong Dau')
  } catch (error) {
    log.error(error as Error)
  }
  expect(text()).not.toContain('Tran')
})

test('what an engineer needs is there: code, constraint, frames, our own ids, the request', () => {
  const { log, lines } = collect()
  const error = Object.assign(new Error('duplicate key value violates unique constraint "paper_pkey"'), {
    code: '23505',
    constraint: 'paper_pkey',
  })
  const dossierId = '0b8f7a3e-1c52-4d7c-9e0f-123456789012'
  log.child({ reqId: 'req-7' }).error({ err: error, dossierId, attempt: 2 }, 'job failed')
  expect(lines()[0]).toMatchObject({
    level: 'error',
    reqId: 'req-7',
    dossierId,
    attempt: 2,
    msg: 'job failed',
    err: { type: 'Error', code: '23505', constraint: 'paper_pkey' },
  })
  expect(lines()[0].err.frames[0]).toContain('logging.test.ts')
  expect(withoutPersons('PostgreSQL did not start (1)')).toBe('PostgreSQL did not start (1)')
})

test('through HTTP: neither the address, the query, a header nor a body comes through; each line has its request', async () => {
  const { log, text, lines } = collect()
  const server = Fastify({ loggerInstance: log })
  server.get('/members/:id', (request) => {
    request.log.info({ body: request.headers, query: request.query }, 'asked')
    throw new Error(`unknown ${(request.params as { id: string }).id}`)
  })
  server.post('/members', (request) => request.body)
  const address = `/members/${encodeURIComponent('Nguyễn Thị Chim')}?id=099080123456`
  await server.inject({
    url: address,
    headers: { cookie: 'dangvu=c2VjcmV0LWNvb2tpZS12YWx1ZQ', authorization: 'Bearer x' },
  })
  await server.inject({
    method: 'POST',
    url: '/members',
    payload: '{"id": 099080123456}',
    headers: { 'content-type': 'application/json' },
  })
  await server.inject({ url: '/nowhere/099080123456' })
  await server.inject({ url: '/nowhere/Chim?q=Chim' })
  await server.close()
  for (const canary of [...CANARIES, encodeURIComponent('Nguyễn'), 'Bearer'])
    expect(text()).not.toContain(canary)
  expect(lines().length).toBeGreaterThan(5)
  for (const line of lines()) expect(line.reqId).toMatch(/^req-/)
  expect(text()).toContain('"route":"/members/:id"')
})

test.runIf(existsSync('/dev/full'))('a disk without room under the log fails nobody who logs', () => {
  const log = makeLog({ level: 'error', stream: openLogStream('/dev/full') })
  expect(() => {
    log.error('one')
    log.error('another')
  }).not.toThrow()
})
