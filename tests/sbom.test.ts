/** The bill of materials names everything that runs: each direct dependency with its version and licence, and what lies inside some. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Component {
  readonly name: string
  readonly version: string
  readonly licenses?: readonly unknown[]
}

test('every direct dependency stands there with its version and licence, and no test tool', () => {
  const { stdout, status } = spawnSync(process.execPath, ['scripts/sbom.mjs'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(status).toBe(0)
  const bill = JSON.parse(stdout) as { bomFormat: string; components: Component[] }
  expect(bill.bomFormat).toBe('CycloneDX')
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as Record<'dependencies' | 'optionalDependencies' | 'devDependencies', Record<string, string>>
  const told = new Map(bill.components.map((each) => [`${each.name}@${each.version}`, each]))
  const missing = Object.entries({ ...dependencies, ...optionalDependencies })
    .map(([name, version]) => `${name}@${version}`)
    .filter((each) => !(told.get(each)?.licenses ?? []).length)
  expect(missing).toEqual([])
  // Types of Node and of the database come along with packages that run.
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  const tools = Object.keys(devDependencies).filter((name) => lock.packages[`node_modules/${name}`]?.dev)
  expect(tools.filter((name) => told.has(`${name}@${devDependencies[name]}`))).toEqual([])
  expect(tools).toContain('vitest')
  const inside = ['PostgreSQL', 'Typst', 'Tinos', 'Be Vietnam Pro']
  expect(bill.components.map(({ name }) => name).filter((name) => inside.includes(name))).toEqual(inside)
})
