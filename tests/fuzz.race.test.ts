/** The drill of the fuzz, as long as continuous integration has time for: 5,000 requests, none of which ends badly. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('5,000 changed requests in nineteen hats: no 5xx, no stack, no defect in the log, no swelling', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/drill.mjs', 'fuzz', '--requests', '5000'],
    { timeout: 1_200_000, maxBuffer: 16 * 1024 * 1024 },
  )
  const said = JSON.parse(stdout) as {
    failures: number
    logged: number
    routesAsked: number
    routes: number
    statuses: Record<string, number>
  }
  expect(said).toMatchObject({ failures: 0, logged: 0 })
  // It came to somebody: what is refused at the door alone proves nothing.
  expect(said.statuses[200]).toBeGreaterThan(500)
  expect(said.statuses[303]).toBeGreaterThan(100)
  expect(said.routesAsked).toBeGreaterThan(said.routes * 0.7)
}, 1_260_000)
