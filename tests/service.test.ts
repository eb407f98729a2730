/** The systemd unit: well formed, closed as the documents say, and starting what is there. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

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

test('it starts the program that is there, as its own user, and gives it time to finish', () => {
  const [start = ''] = valuesOf('ExecStart')
  const [program, node, script = ''] = start.split(' ')
  expect([program, node]).toEqual(['/usr/bin/env', 'node'])
  expect(existsSync(join(ROOT, script))).toBe(true)
  expect([valuesOf('User'), valuesOf('EnvironmentFile')]).toEqual([['dangvu'], ['/etc/dangvu/environment']])
  expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThanOrEqual(30)
})

test('the document installs this file and no other text of it', () => {
  const document = readFileSync(join(ROOT, 'docs/how-to/put-it-on-a-server.md'), 'utf8')
  expect(document).toContain('deploy/dangvu.service')
  expect(document).not.toContain('[Service]')
})
