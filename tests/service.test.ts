/** The systemd unit: well formed, closed as the documents say, and starting what is there. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STOP_WAIT_MS } from '../src/app/database/embedded.ts'
import { CLOSE_WAIT_MS } from '../src/app/installation.ts'
import { LEAVE_MS, LEAVING } from '../src/app/leaving.ts'

const ROOT = join(import.meta.dirname, '..')
const UNIT = join(ROOT, 'deploy', 'dangvu.service')
const there = spawnSync('systemd-analyze', ['--version']).status === 0

/** The values of a directive, in order. */
const valuesOf = (name: string) =>
  [...readFileSync(UNIT, 'utf8').matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value)

test.skipIf(!there)('systemd-analyze verify has nothing to say (skipped without systemd-analyze)', () => {
  const { status, stderr, stdout } = spawnSync('systemd-analyze', ['verify', UNIT], { encoding: 'utf8' })
  const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('dangvu.service'))
  expect(about).toEqual([])
  expect(status).toBe(0)
})

test.skipIf(!there)(
  'its exposure is small (skipped without systemd-analyze): 1.3 of 10 by systemd 252',
  () => {
    const { stdout, status } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', '--no-pager', '--threshold=20', UNIT],
      { encoding: 'utf8' },
    )
    expect(status, stdout.split('\n').at(-2)).toBe(0)
  },
)

test('it starts the program that is there, as its own user', () => {
  const [start = ''] = valuesOf('ExecStart')
  const [program, node, script = ''] = start.split(' ')
  expect([program, node]).toEqual(['/usr/bin/env', 'node'])
  expect(existsSync(join(ROOT, script))).toBe(true)
  expect([valuesOf('User'), valuesOf('EnvironmentFile')]).toEqual([['dangvu'], ['/etc/dangvu/environment']])
})

test('the parts of leaving fit into what the first process allows, and that into what the service manager does', () => {
  // the end of work itself, readers, press, keys and the log; then the database
  const parts = LEAVING.requestsMs + LEAVING.workMs + 5 * LEAVING.partMs + CLOSE_WAIT_MS
  expect(parts).toBeLessThan(LEAVE_MS)
  expect(LEAVE_MS + STOP_WAIT_MS).toBeLessThan(Number(valuesOf('TimeoutStopSec')[0]) * 1000)
})

test('the document installs this file and no other text of it', () => {
  const document = readFileSync(join(ROOT, 'docs/how-to/put-it-on-a-server.md'), 'utf8')
  expect(document).toContain('deploy/dangvu.service')
  expect(document).not.toContain('[Service]')
})
