/** The matrix of access: every route, for every role, in every relation to the thing it names; foreign is as unknown as none. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RouteEntry } from '../src/app/route-table.ts'
import { requireScope } from '../src/web/scope.ts'
import { accessDocument } from './access-document.ts'
import { judge, nameOf, type Verdict } from './access-judge.ts'
import { LISTS, NAMING_NOBODY } from './access-lists.ts'
import { MUTANTS } from './access-mutants.ts'
import { openAccessServer, type AccessServer } from './access-server.ts'
import { openAccessWorld, type AccessWorld } from './access-world.ts'

const ROOT = join(import.meta.dirname, '..')

/** Longer than a slow machine needs to build the world, or to ask everything. */
const PATIENCE_MS = 900_000

let world: AccessWorld
let server: AccessServer
let verdict: Verdict
let written: number

beforeAll(async () => {
  world = await openAccessWorld()
  server = await openAccessServer(world.databaseUrl, world.at)
  const before = await world.changes()
  verdict = await judge(server, world.askers, world.things)
  written = (await world.changes()) - before
}, PATIENCE_MS)
afterAll(async () => {
  await server.close()
  await world.close()
})

test('every route answers as its rule promises', () => {
  expect(verdict.wrong).toEqual([])
  expect(verdict.cells.length).toBeGreaterThan(5000)
})

test('asking changes nothing, so that every answer is about the same world', () => {
  expect(written).toBe(0)
})

test('docs/access.md says what was answered', async () => {
  const path = join(ROOT, 'docs', 'access.md')
  const text = accessDocument(server.server.routeTable, verdict.cells)
  const options = await resolveConfig(path)
  await expect(await format(text, { ...options, parser: 'markdown' })).toMatchFileSnapshot(path)
})

describe('a new route', () => {
  test('that names something in its address and says by which rule does not start', () => {
    const url = '/letters/:id/pages/:page'
    expect(() => requireScope({ method: 'GET', url, config: { scope: { id: 'dossier' } } })).toThrow(
      /GET \/letters\/:id\/pages\/:page declares no scope rule for "page"[\s\S]*scope: \{ 'page': '…' \}/,
    )
    expect(() =>
      requireScope({ method: 'GET', url, config: { scope: { id: 'dossier', page: 'word' } } }),
    ).not.toThrow()
  })

  test('says the rule of every id that its query or body takes', () => {
    const silent = server.server.routeTable.flatMap((route) =>
      idsTakenBy(route)
        .filter((name) => !(name in route.scope))
        .map(
          (name) => `${nameOf(route)}: write scope: { '${name}': '…' } beside its access (src/web/scope.ts)`,
        ),
    )
    expect(silent).toEqual([])
  })

  test('that names nothing shows what is in access-lists.ts, or nobody', () => {
    const tried = new Set([
      ...verdict.cells.map(({ trial }) => nameOf(trial.route)),
      ...LISTS.map(({ route }) => route),
    ])
    const unsaid = server.server.routeTable
      .filter((route) => route.method === 'GET' && route.access !== 'public')
      .map(nameOf)
      .filter((name) => !tried.has(name) && !(name in NAMING_NOBODY))
      .map(
        (name) =>
          `${name}: say in tests/access-lists.ts what it shows to whom (LISTS), or why to nobody (NAMING_NOBODY)`,
      )
    expect(unsaid).toEqual([])
    expect(
      LISTS.map(({ route }) => route).filter(
        (name) => !server.server.routeTable.some((each) => nameOf(each) === name),
      ),
    ).toEqual([])
  })
})

/** Made up by whoever asks, in every form. */
const MADE_UP = ['commandId']

/** Fields of a described query or body that hold a UUID. */
function idsTakenBy({ api, schema }: RouteEntry): string[] {
  const body = (schema as { body?: z.ZodType } | undefined)?.body
  const taken = [api?.query, api?.body, body].flatMap((each) => {
    if (!each) return []
    const made = z.toJSONSchema(each, { io: 'input', unrepresentable: 'any' })
    return idFields(made as JsonSchema)
  })
  return [...new Set(taken)].filter((name) => !MADE_UP.includes(name))
}

interface JsonSchema {
  readonly format?: string
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
}

function idFields(schema: JsonSchema, name = ''): string[] {
  const inside = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((each) => each ?? [])
  return [
    ...(schema.format === 'uuid' && name !== '' ? [name] : []),
    ...inside.flatMap((each) => idFields(each, name)),
    ...(schema.items ? idFields(schema.items, name) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, each]) => idFields(each, key)),
  ]
}

describe('the mutation run', () => {
  const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|test-builders|^app\/(pages|variables)/.test(path))
    .map((path) => `src/${path}`)

  test('finds the text of each predicate exactly once', () => {
    const lost = MUTANTS.filter(({ file, find }) => read(file).split(find).length !== 2)
    expect(lost.map(({ file, without }) => `${file}: ${without}`)).toEqual([])
  })

  test('is recorded for every predicate, and what survived has a reason', () => {
    const record = JSON.parse(read('docs/mutation.json')) as {
      without: string
      found: string | null
      survives: string | null
    }[]
    expect(record.map(({ without }) => without)).toEqual(MUTANTS.map(({ without }) => without))
    expect(record.filter(({ found, survives }) => found === null && survives === null)).toEqual([])
  })

  /** What a function that decides who may know of a thing is called. */
  const PREDICATE =
    /function ((?:readableOrganisation|readableAttempt|readableReorganisation|readableHandOver\b|memberWithin|mayRead|mustInspect|liesWithin|findWithin|sightOf|ownDossier|seenTransfer|shownDossier|requireMemberReader|requireImporter|requireAnswering|requireCovered|requireAccess)\w*)/g

  test('has a mutant for every function that decides who may know of a thing', () => {
    const without = sources.flatMap((file) => {
      const text = read(file)
      return [...text.matchAll(PREDICATE)].flatMap(({ 1: name = '', index }) => {
        const body = text.slice(index, endOf(text, index))
        const covered = MUTANTS.some(
          (mutant) => mutant.file === file && body.includes(mutant.find.trim().slice(0, 40)),
        )
        return covered ? [] : [`${file}: ${name} has no mutant in tests/access-mutants.ts`]
      })
    })
    expect(without).toEqual([])
  })

  test('has a mutant for every place that asks whether an organisation lies within another, and for every subtree', () => {
    const without = sources.flatMap((file) => {
      const text = read(file)
      return [...text.matchAll(/(?:liesWithin|liesWithinAny|scopeOf)\((?:read|write|web\.)/g)].flatMap(
        ({ index }) => {
          const call = text.slice(text.lastIndexOf('\n', index) + 1, text.indexOf('\n', index))
          if (/(?:function|import) /.test(call) || NOT_A_SCOPE.includes(`${file} ${call.trim()}`)) return []
          const covered = MUTANTS.some((mutant) => mutant.file === file && overlaps(text, mutant.find, index))
          return covered ? [] : [`${file}: "${call.trim()}" has no mutant in tests/access-mutants.ts`]
        },
      )
    })
    expect(without).toEqual([])
  })
})

/** Asked for what is shown of a thing that was opened before, not for whether it may be. */
const NOT_A_SCOPE = [
  'src/registry/own-record/routing.ts return !(await liesWithin(read, membership.organisationId, request.awaitedOrganisation, today))',
  'src/app/home/holds.ts const mayLift = !body || (await liesWithin(read, body.id, actor.hat.organisationId, today))',
  'src/app/access/asking.ts liesWithin(read, id, own, today),',
  "src/registry/organisations/between.ts membersIn(await scopeOf(read, [id], day), day, sql`s.standing = 'active'`)",
]

/** The end of a function that begins here: the first line that closes at its depth. */
const endOf = (text: string, from: number): number => {
  const end = text.indexOf('\n}', from)
  return end < 0 ? text.length : end
}

function overlaps(text: string, find: string, index: number): boolean {
  const start = text.indexOf(find)
  return start >= 0 && index >= start - 120 && index <= start + find.length
}
