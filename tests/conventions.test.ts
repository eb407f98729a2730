/** Habits of the house that a machine can watch: names, first lines, pinned versions. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** Files below the folders, relative to the root, with `/` between. Names that begin with a dot are nobody's code. */
function filesOf(...folders: string[]): string[] {
  return folders.flatMap((folder) => {
    const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(ROOT.length + 1)
          .replaceAll(sep, '/'),
      )
  })
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const isCode = (path: string) => /\.(ts|tsx|mjs)$/.test(path)
const code = filesOf('src', 'tests', 'scripts').filter(isCode)

test('there is code to look at', () => {
  expect(code).toContain('src/kernel/migrations.ts')
  expect(code).toContain('scripts/test.mjs')
})

test('every file begins with a sentence that says what it is', () => {
  const silent = code.filter((path) => !/^(\/\*\*|\/\/)\s*(\* )?\S+ \S+/.test(read(path)))
  expect(silent).toEqual([])
})

test('names are lower-case with hyphens, the part last', () => {
  const odd = code.filter((path) => !/^[a-z0-9-]+(\.[a-z-]+)*\.(ts|tsx|mjs)$/.test(basename(path)))
  expect(odd).toEqual([])
})

test('no barrels, and no drawers for what found no name', () => {
  const barrels = code.filter((path) => /^index\.tsx?$/.test(basename(path)))
  const drawers = code.filter((path) => /(^|\/)(utils?|helpers?|shared|common|misc|manager)[./]/i.test(path))
  expect([...barrels, ...drawers]).toEqual([])
})

test('a form by POST is made in one place, which asks for its token', () => {
  const elsewhere = filesOf('src')
    .filter(
      (path) =>
        path.endsWith('.tsx') &&
        !path.endsWith('.test.tsx') &&
        /method=("post"|\{[^}]*post)/i.test(read(path)),
    )
    .filter((path) => path !== 'src/ui/form.tsx')
  // the one that plays VNeID is another site, with no session of ours
  expect(elsewhere).toEqual(['src/identity/development-provider-page.tsx'])
})

test('versions are pinned exactly', () => {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
  const manifest = JSON.parse(read('package.json')) as Record<(typeof kinds)[number], Record<string, string>>
  const all = kinds.flatMap((kind) => Object.entries(manifest[kind]))
  expect(all.length).toBeGreaterThan(20)
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('the lock holds every package that package.json names, so that a clean installation works', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> }
  const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const missing = Object.entries(named).filter(
    ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
  )
  expect(missing).toEqual([])
})

test('nothing reaches out of the checkout', () => {
  const reaching = [...code, ...filesOf('migrations')].filter((path) =>
    /\.\.\/shared\/(design|domain|samples|data)/.test(read(path)),
  )
  expect(reaching.filter((path) => path !== 'tests/conventions.test.ts')).toEqual([])
})
