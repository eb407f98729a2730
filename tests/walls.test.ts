/** Each wall of `.dependency-cruiser.cjs` is broken once on purpose, to see it bite; a house that keeps them all passes. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser'
import { afterEach, beforeEach, expect, test } from 'vitest'

const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IConfiguration & {
  forbidden: { name: string }[]
}

const SLICE = 'src/procedures/official-transfer'

/** A small house that keeps every wall: file and what it imports. */
const HOUSE: Record<string, readonly string[]> = {
  'src/kernel/refusal.ts': [],
  'src/kernel/dossier.ts': ['./refusal.ts'],
  'src/kernel/db.ts': ['pg', 'node:crypto'],
  'src/kernel/db.test.ts': ['../app/server.ts'],
  'src/ui/card.tsx': [],
  'src/registry/members/store.ts': ['../../kernel/db.ts'],
  [`${SLICE}/rules.ts`]: ['../../kernel/refusal.ts', '../../kernel/dossier.ts'],
  [`${SLICE}/states.ts`]: ['./rules.ts'],
  [`${SLICE}/law/settings.ts`]: ['zod'],
  [`${SLICE}/law/deciding/letters.ts`]: ['../settings.ts', '../../../../kernel/dossier.ts'],
  [`${SLICE}/gather.ts`]: ['./law/settings.ts', '../../kernel/db.ts'],
  [`${SLICE}/contract.ts`]: ['zod'],
  [`${SLICE}/store.ts`]: ['./states.ts', '../../kernel/db.ts'],
  [`${SLICE}/consequences.ts`]: ['../../registry/members/store.ts'],
  [`${SLICE}/view.ts`]: ['./states.ts', './contract.ts'],
  [`${SLICE}/routes.ts`]: ['./store.ts', './view.ts', './page.tsx'],
  [`${SLICE}/page.tsx`]: ['./contract.ts', '../../ui/card.tsx'],
  [`${SLICE}/story.test.ts`]: ['../../app/server.ts', 'vitest'],
  [`${SLICE}/draft.browser.ts`]: ['./contract.ts'],
  'src/procedures/party-fees/store.ts': [],
  'src/procedures/party-fees/states.ts': [],
  'src/oversight/deadlines/view.ts': ['../../procedures/party-fees/store.ts'],
  'src/oversight/reports/view.ts': [],
  'src/app/server.ts': [`../procedures/official-transfer/routes.ts`, '../procedures/party-fees/store.ts'],
  'src/verify-log/chain.ts': ['pg', 'node:crypto'],
  'src/verify-log/chain.test.ts': ['../kernel/db.ts'],
  'src/app/commands/verify-log.ts': ['../../verify-log/chain.ts'],
  'src/main.server.ts': ['./app/server.ts'],
  'src/main.browser.ts': ['./procedures/official-transfer/draft.browser.ts'],
}

/** One breach a wall, or several where the wall has several sides: the file that gets one import too many. */
const BREACHES: readonly [wall: string, file: string, imported: string][] = [
  ['no-circles', 'src/kernel/refusal.ts', './dossier.ts'],
  ['kernel-stands-on-nothing', 'src/kernel/dossier.ts', '../registry/members/store.ts'],
  ['ui-knows-no-domain', 'src/ui/card.tsx', '../kernel/refusal.ts'],
  ['services-know-no-feature', 'src/registry/members/store.ts', '../../procedures/party-fees/store.ts'],
  ['verifier-stands-alone', 'src/verify-log/chain.ts', '../kernel/refusal.ts'],
  ['verifier-stands-alone', 'src/verify-log/chain.ts', 'zod'],
  ['verifier-stands-alone', 'src/app/server.ts', '../verify-log/chain.ts'],
  ['slices-do-not-know-each-other', `${SLICE}/view.ts`, '../party-fees/store.ts'],
  ['slices-do-not-know-each-other', 'src/oversight/deadlines/view.ts', '../reports/view.ts'],
  ['oversight-only-reads', 'src/oversight/deadlines/view.ts', '../../procedures/party-fees/states.ts'],
  ['only-app-knows-everybody', `${SLICE}/view.ts`, '../../app/notices.ts'],
  ['law-is-pure', `${SLICE}/rules.ts`, '../../kernel/db.ts'],
  ['law-is-pure', `${SLICE}/states.ts`, './texts/view.ts'],
  ['law-is-pure', `${SLICE}/states.ts`, 'zod'],
  ['law-is-pure', `${SLICE}/law/deciding/letters.ts`, 'zod'],
  ['law-is-pure', `${SLICE}/law/deciding/letters.ts`, '../../gather.ts'],
  ['law-asks-no-machine', `${SLICE}/rules.ts`, 'node:crypto'],
  ['law-asks-no-machine', `${SLICE}/law/deciding/letters.ts`, 'node:crypto'],
  ['pages-only-show', `${SLICE}/page.tsx`, './states.ts'],
  ['pages-only-show', `${SLICE}/page.tsx`, 'node:fs'],
  ['browser-code-is-alone', `${SLICE}/draft.browser.ts`, '../../kernel/refusal.ts'],
  ['browser-code-is-alone', `${SLICE}/draft.browser.ts`, 'pg'],
  ['browser-code-is-alone', `${SLICE}/page.tsx`, './draft.browser.ts'],
  ['what-runs-is-shipped', 'src/registry/members/store.ts', 'vitest'],
  ['what-runs-is-shipped', 'src/registry/members/store.ts', 'chance'],
]

let root: string

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

const importing = (names: readonly string[], keyword = 'import') =>
  names.map((name, index) => `${keyword} * as name${index} from '${name}'\n`).join('')

async function buildHouse(breach?: { file: string; imported: string; keyword: string }): Promise<void> {
  await put(
    'package.json',
    JSON.stringify({ dependencies: { pg: '1', zod: '1' }, devDependencies: { vitest: '1' } }),
  )
  for (const name of ['pg', 'zod', 'vitest', 'chance']) {
    await put(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', main: 'main.js' }),
    )
    await put(`node_modules/${name}/main.js`, '')
  }
  for (const path of ['src/app/notices.ts', `${SLICE}/texts/view.ts`])
    await put(path, 'export const here = 1\n')
  for (const [path, imports] of Object.entries(HOUSE)) {
    const more = breach?.file === path ? importing([breach.imported], breach.keyword) : ''
    await put(path, importing(imports) + more.replace('name0', 'oneTooMany') + 'export const here = 1\n')
  }
}

/** Names of the walls that were broken, each with where. */
async function brokenWalls(): Promise<string[]> {
  const result = await cruise(['src'], { ...config.options, baseDir: root, validate: true, ruleSet: config })
  const { violations } = (result.output as ICruiseResult).summary
  return violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dangvu-walls-'))
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

test('a house that keeps the walls passes', async () => {
  await buildHouse()
  expect(await brokenWalls()).toEqual([])
})

test.each(BREACHES)('%s bites when %s imports %s', async (wall, file, imported) => {
  await buildHouse({ file, imported, keyword: 'import' })
  const broken = await brokenWalls()
  expect(broken).toContainEqual(expect.stringMatching(new RegExp(`^${wall}: `)))
  expect(broken.filter((one) => !one.startsWith(`${wall}: `))).toEqual([])
})

test('a ring of types alone is a ring', async () => {
  await buildHouse({ file: 'src/kernel/refusal.ts', imported: './dossier.ts', keyword: 'import type' })
  expect(await brokenWalls()).toContainEqual(expect.stringMatching(/^no-circles: /))
})

test('every wall has a breach here', () => {
  expect(new Set(BREACHES.map(([wall]) => wall))).toEqual(new Set(config.forbidden.map(({ name }) => name)))
})
