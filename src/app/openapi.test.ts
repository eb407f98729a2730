/** openapi.json describes every route of the interface, and is whole: references lead somewhere, schemas are JSON Schema. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '../../tests/house.ts'
import { apiRoutes } from './openapi.ts'

type Json = Record<string, unknown>

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Json }[]
  readonly security?: readonly Json[]
  readonly requestBody?: { readonly content: Json }
  readonly responses: Record<string, Json>
}

let house: House
let document: Json & {
  paths: Record<string, Record<string, Operation>>
  components: Record<'schemas' | 'responses' | 'securitySchemes', Record<string, Json>>
}

beforeAll(async () => {
  house = await openHouse()
  document = (await house.ask(house.visitors.nobody, { url: '/api/v1/openapi.json' })).json()
})

afterAll(() => house.close())

const operations = (): [name: string, operation: Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  )

test('it is OpenAPI 3.1, and anybody may read it', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: 'dangvu', license: { identifier: 'EUPL-1.2' } })
})

test('every route of the interface is there, and nothing else', () => {
  const routes = apiRoutes(house.server.routeTable).map(
    ({ method, url }) => `${method.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}')}`,
  )
  expect(routes.length).toBeGreaterThan(20)
  expect(
    operations()
      .map(([name]) => name)
      .sort(),
  ).toEqual(routes.sort())
})

test('each says what it does, what it wants and what it answers', () => {
  const wanting = operations().flatMap(([name, { summary, requestBody, responses, parameters }]) => {
    const done = Object.entries(responses).find(([status]) => status.startsWith('2'))
    const faults = [
      /\S{3}/.test(summary) ? '' : 'no summary',
      done && (done[0] === '204' || 'content' in done[1]) ? '' : 'no answer',
      /^(post|put|patch)/.test(name) && requestBody === undefined && !WITHOUT_BODY.test(name)
        ? 'no body'
        : '',
      [...name.matchAll(/\{(\w+)\}/g)].every(([, id]) => parameters.some((each) => each.name === id))
        ? ''
        : 'no parameter',
    ]
    return faults.filter(Boolean).map((fault) => `${name}: ${fault}`)
  })
  expect(wanting).toEqual([])
})

/** What they do stands in their address. */
const WITHOUT_BODY = /(revoke|declarations\/\{id\}\/approve)$/

test('ids of operations are unique', () => {
  const ids = operations().map(([, { operationId }]) => operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('what is behind the sign-in says so, and a change wants the form’s token', () => {
  const open = operations().filter(([, { security }]) => security === undefined)
  expect(open.map(([name]) => name).sort()).toEqual([
    'get /api/v1/openapi.json',
    'get /api/v1/verify/{token}',
    'post /api/v1/bank-callbacks/casso',
    'post /api/v1/bank-callbacks/payos',
    'post /api/v1/bank-callbacks/sepay',
    'post /api/v1/verify',
  ])
  const change = document.paths['/api/v1/notices/read']?.post
  expect(change?.security).toEqual([{ session: [], formToken: [] }])
  expect(Object.keys(document.components.securitySchemes)).toEqual(['session', 'formToken'])
})

test('every reference leads somewhere', () => {
  const broken = referencesIn(document).filter((reference) => resolve(reference) === undefined)
  expect(broken).toEqual([])
  expect(referencesIn(document).length).toBeGreaterThan(50)
})

test('errors are problem documents', () => {
  const { Problem } = document.components.schemas
  expect(Problem).toMatchObject({
    type: 'object',
    required: expect.arrayContaining(['title', 'status', 'code']),
  })
  for (const [name, { responses }] of operations())
    for (const status of ['400', '403', '404', '409', '422'])
      expect(resolve(String(responses[status]?.$ref)), `${name} ${status}`).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      })
})

test('schemas are JSON Schema: known words, each of the kind it must be', () => {
  const faults = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    schemaFaults(schema, name),
  )
  for (const [name, { parameters }] of operations())
    for (const { schema } of parameters) faults.push(...schemaFaults(schema, name))
  expect(faults).toEqual([])
  expect(schemaFaults({ type: 'text', properties: [], minimum: 'x', foo: 1 }, 't')).toHaveLength(4)
})

test('what is answered is what is described, for every list and everybody who may read it', async () => {
  const routes = apiRoutes(house.server.routeTable).filter(
    ({ method, url, api }) => method === 'GET' && !url.includes(':') && api?.response,
  )
  const checked: string[] = []
  for (const kind of ['member', 'officer', 'administrator'] as const)
    for (const { url, api } of routes) {
      const answer = await house.ask(house.visitors[kind], { url })
      if (answer.statusCode !== 200) continue
      const { error } = api!.response!.safeParse(answer.json())
      expect(error?.issues ?? [], `${url} as ${kind}`).toEqual([])
      checked.push(url)
    }
  expect(new Set(checked).size).toBeGreaterThan(5)
})

test('a schema says what its route wants', () => {
  expect(document.components.schemas.postNoticesReadBody).toEqual({
    type: 'object',
    properties: {
      ids: {
        anyOf: [
          { type: 'string', const: 'all' },
          { type: 'array', minItems: 1, maxItems: 200, items: expect.objectContaining({ format: 'uuid' }) },
        ],
      },
    },
    required: ['ids'],
  })
})

function referencesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(referencesIn)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' ? [String(value)] : referencesIn(value),
  )
}

function resolve(reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((part, key) => (part as Json | undefined)?.[key], document)
}

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']
const isSchema = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const isList = Array.isArray

/** The words of JSON Schema 2020-12 that may stand in a schema here, and what each must be. */
const WORDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: (value) => (isList(value) ? value : [value]).every((each) => TYPES.includes(each as string)),
  properties: isSchema,
  required: (value) => isList(value) && value.every(isText),
  additionalProperties: (value) => isSchema(value) || typeof value === 'boolean',
  propertyNames: isSchema,
  items: (value) => isSchema(value) || value === false,
  prefixItems: isList,
  anyOf: (value) => isList(value) && value.length > 0,
  oneOf: (value) => isList(value) && value.length > 0,
  allOf: (value) => isList(value) && value.length > 0,
  enum: (value) => isList(value) && value.length > 0,
  const: () => true,
  default: () => true,
  format: isText,
  pattern: (value) => isText(value) && new RegExp(value as string, 'u') instanceof RegExp,
  description: isText,
  contentEncoding: isText,
  readOnly: (value) => typeof value === 'boolean',
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  minLength: isNumber,
  maxLength: isNumber,
  minItems: isNumber,
  maxItems: isNumber,
  $ref: isText,
}

function schemaFaults(schema: unknown, where: string): string[] {
  if (schema === false || schema === true) return []
  if (!isSchema(schema)) return [`${where}: not a schema`]
  const own = Object.entries(schema).flatMap(([word, value]) =>
    WORDS[word]?.(value) ? [] : [`${where}: ${word} = ${JSON.stringify(value)}`],
  )
  const inner = [
    ...(isSchema(schema.properties) ? Object.entries(schema.properties) : []),
    ...(['items', 'additionalProperties', 'propertyNames'] as const).flatMap((word) =>
      isSchema(schema[word]) ? [[word, schema[word]] as const] : [],
    ),
    ...(['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const).flatMap((word) =>
      isList(schema[word])
        ? (schema[word] as unknown[]).map((part, index) => [`${word}${index}`, part] as const)
        : [],
    ),
  ]
  return [...own, ...inner.flatMap(([key, part]) => schemaFaults(part, `${where}.${key}`))]
}
