/** The mutation run: each predicate of scope is taken out in turn, and the matrix must turn red. By hand: npm run -s mutate-access. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MUTANTS, type Mutant } from './access-mutants.ts'
import { openAccessWorld, type AccessWorld } from './access-world.ts'

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'build', 'mutation')
const RESULT = join(ROOT, 'docs', 'mutation.json')
const PATIENCE_MS = 3_600_000

let world: AccessWorld

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  // What is bundled looks for its templates beside itself, and a receipt is typeset when it is first opened.
  cpSync(join(ROOT, 'src', 'papers', 'layout'), join(FOLDER, 'layout'), { recursive: true })
  world = await openAccessWorld()
}, PATIENCE_MS)
afterAll(async () => {
  await world.close()
  rmSync(FOLDER, { recursive: true, force: true })
})

/** The first wrong answer of the matrix over sources changed so; undefined when it is green. */
async function firstWrong(mutant: Mutant | undefined, name: string): Promise<string | undefined> {
  const outfile = join(FOLDER, `${name}.mjs`)
  const changed = mutant && join(ROOT, mutant.file)
  await build({
    entryPoints: [join(ROOT, 'tests/access-child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
    plugins: [
      {
        name: 'mutant',
        setup(made) {
          made.onLoad({ filter: /\.tsx?$/ }, ({ path }) =>
            mutant && path === changed
              ? {
                  contents: readFileSync(path, 'utf8').replace(mutant.find, () => mutant.replace),
                  loader: path.endsWith('x') ? 'tsx' : 'ts',
                }
              : undefined,
          )
        },
      },
    ],
  })
  await world.wake()
  const given = join(FOLDER, `${name}.json`)
  const { databaseUrl, at, askers, things } = world
  // What is known to survive is asked where it would show, and no further.
  const only = mutant?.survives !== undefined
  const first = mutant?.first.source ?? ''
  writeFileSync(given, JSON.stringify({ databaseUrl, at, askers, things, first, only }))
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, given], { maxBuffer: 1 << 26 })
  return (JSON.parse(stdout) as string[])[0]
}

test('every predicate that is taken out turns the matrix red', { timeout: PATIENCE_MS }, async () => {
  const only = process.env.MUTANTS
  const chosen = MUTANTS.filter(({ without }) => only === undefined || new RegExp(only).test(without))
  expect(await firstWrong(undefined, 'unchanged')).toBeUndefined()
  const results: Result[] = []
  for (const [index, mutant] of chosen.entries()) {
    const found = await firstWrong(mutant, `mutant-${index}`)
    results.push({
      file: mutant.file,
      without: mutant.without,
      found: found ?? null,
      survives: mutant.survives ?? null,
    })
    console.log(found === undefined ? 'SURVIVED' : 'killed  ', mutant.without, '|', found?.slice(0, 160))
    // Each at once: a run that is broken off keeps what it found.
    writeFileSync(RESULT, `${JSON.stringify(recorded(results), undefined, 2)}\n`)
  }
  // What was red by itself would have killed everything.
  expect(await firstWrong(undefined, 'unchanged-still')).toBeUndefined()
  const survivors = results.filter(({ found, survives }) => found === null && survives === null)
  expect(survivors).toEqual([])
})

interface Result {
  readonly file: string
  readonly without: string
  readonly found: string | null
  readonly survives: string | null
}

/** The record of every mutant there is: of those asked now what was found, of the others what stands there. */
function recorded(results: readonly Result[]): Result[] {
  const before = JSON.parse(readFileSync(RESULT, 'utf8')) as Result[]
  return MUTANTS.flatMap(({ without }) => {
    const known = [...results, ...before].find((each) => each.without === without)
    return known ? [known] : []
  })
}
