/** The drill of payments, in short: application and database killed once each, nothing that was answered lost or doubled. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('what was answered outlives a killed application and a killed database', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/drill.mjs', 'pay', '--cycles', '2'],
    {
      timeout: 540_000,
    },
  )
  const said = JSON.parse(stdout) as Record<string, unknown>
  expect(said).toMatchObject({
    taken: { application: 1, database: 1, disk: 0 },
    lost: 0,
    doubled: 0,
    ledgerProblems: 0,
    logProblems: 0,
  })
  expect(said.answered).toBeGreaterThan(0)
}, 600_000)
