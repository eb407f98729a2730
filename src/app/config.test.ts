/** The configuration: defaults that work at once, refusals that name the variable and never its value. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { nearest } from './nearest.ts'
import { CONFIGURATION } from './variables.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('an empty environment is a trial on this machine', () => {
  expect(readConfig({ PATH: '/bin' })).toMatchObject({
    port: 3000,
    host: 'localhost',
    publicUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    dataFolder: join(process.cwd(), '.dangvu'),
    demo: false,
    identity: undefined,
    signing: undefined,
    mail: undefined,
    log: { level: 'warn' },
    trustProxy: 0,
  })
})

test('a real installation', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://dangvu.example.vn/',
    DATABASE_URL: 'postgres://dangvu:x@db/dangvu',
    DANGVU_DATA: '/var/lib/dangvu',
    SIGNING_FOLDER: '/etc/dangvu/signing',
    SMTP_URL: 'smtps://mail.example.vn',
    SMTP_FROM: 'bao-viec@example.vn',
    TRUST_PROXY: '10.0.0.0/8,::1',
    VNEID_ISSUER: 'https://vneid.example.vn',
    VNEID_CLIENT_ID: 'dangvu',
    VNEID_CLIENT_SECRET: 'x',
    VNEID_ACR_LEVEL2: 'level2 level3',
  })
  expect(config).toMatchObject({
    publicUrl: 'https://dangvu.example.vn',
    dataFolder: '/var/lib/dangvu',
    signing: { folder: '/etc/dangvu/signing', password: '' },
    mail: { url: 'smtps://mail.example.vn', from: 'bao-viec@example.vn' },
    log: { level: 'info' },
    trustProxy: ['10.0.0.0/8', '::1'],
    identity: { redirectUri: 'https://dangvu.example.vn/sign-in/callback', levels: ['level2', 'level3'] },
  })
})

describe('a bad value is refused with its name and an example, and is not repeated', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', '3000 '.repeat(2)],
    ['HOST', 'http://x'],
    ['PUBLIC_URL', 'dangvu.example.vn'],
    ['DATABASE_URL', 'mysql://root:canary@db/x'],
    ['DANGVU_DEMO', 'yes-canary'],
    ['INSTALLATION_COLOUR', '#ffff00'],
    ['INSTALLATION_COLOUR', 'red'],
    ['INSTALLATION_EMBLEM', '/nowhere/canary.svg'],
    ['INSTALLATION_EMBLEM', '/etc/hostname'],
    ['BANK_CALLBACKS_FILE', '/nowhere/canary.json'],
    ['SMTP_FROM', 'canary'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'true'],
  ])('%s=%s', (name, value) => {
    const [problem] = problemsOf({ [name]: value })
    expect(problem).toMatch(new RegExp(`^${name}: .*Ví dụ: ${name}=`))
    expect(problem).not.toContain('canary')
  })
})

test('the secrets of callbacks: each source is checked, and what is wrong is named by its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-config-'))
  const file = join(folder, 'callbacks.json')
  const source = { provider: 'sepay', secret: 'canary-canary-canary' }
  await writeFile(file, JSON.stringify([source]))
  expect(readConfig({ BANK_CALLBACKS_FILE: file }).bankCallbacks).toEqual([source])
  for (const wrong of ['{', '{}', JSON.stringify([{ provider: 'sepay', secret: 'canary' }])]) {
    await writeFile(file, wrong)
    const problems = problemsOf({ BANK_CALLBACKS_FILE: file })
    expect(problems).toEqual([expect.stringMatching(/^BANK_CALLBACKS_FILE: .*docs\/payments\.md$/)])
    expect(problems.join()).not.toContain('canary')
  }
  await rm(folder, { recursive: true })
})

test('all problems at once: unknown names with the nearest one, and halves of pairs', () => {
  const problems = problemsOf({
    PORT: 'x',
    DANGVU_DATE: '/x',
    SMTP_URL: 'smtp://mail',
    VNEID_ISSUER: 'http://vneid.vn',
    DANGVU_SOMETHING_ELSE: '1',
  })
  expect(problems).toHaveLength(5)
  expect(problems.join('\n')).toContain(
    'DANGVU_DATE: không có biến này (no such variable). Có phải DANGVU_DATA?',
  )
  expect(problems.join('\n')).toContain('SMTP_URL, SMTP_FROM')
  expect(problems.join('\n')).toContain('VNEID_CLIENT_ID is missing')
})

test('every variable is documented in both languages, and its example is one that counts', () => {
  for (const { name, vi, en, example } of CONFIGURATION) {
    expect([name, vi.length > 0, en.length > 0]).toEqual([name, true, true])
    if (example === '' || /EMBLEM|SMTP|CALLBACKS|SIGNING_KEYS|TIMESTAMP_ROOTS/.test(name)) continue
    const besides = name === 'DATABASE_READ_URL' ? { DATABASE_URL: example } : {} // a replica has its primary
    expect(problemsOf({ ...besides, [name]: example })).toEqual([])
  }
})

test('nearest: swapped, missing and wrong letters; nothing when nothing is near', () => {
  const names = ['import-members', 'import-offices', 'migrate']
  expect(nearest('import-memebrs', names)).toBe('import-members')
  expect(nearest('migarte', names)).toBe('migrate')
  expect(nearest('import-office', names)).toBe('import-offices')
  expect(nearest('story', names)).toBeUndefined()
})
