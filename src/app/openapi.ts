/** openapi.json: every route under /api/v1 described from the schemas it parses with, so that it cannot say anything else. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { version } from '../../package.json'
import type { Access } from '../web/http.ts'
import type { RouteEntry } from './route-table.ts'

type Json = Readonly<Record<string, unknown>>

const API = '/api/v1/'
const ADDRESS = '/api/v1/openapi.json'

/** What an error answers (RFC 9457), with the words a person can act on. */
const PROBLEM = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('stable, area.reason'),
  detail: z.string().describe('what happened and how to mend it, in the language of the cookie "language"'),
  citation: z.string().optional().describe('the regulation behind a refusal'),
  facts: z.record(z.string(), z.unknown()).optional(),
  fields: z.array(z.object({ field: z.string(), code: z.string() })).optional(),
  instance: z.string().describe('id of the request, for whoever is asked for help'),
})

const REFUSALS: readonly (readonly [status: number, description: string])[] = [
  [400, 'What was sent cannot be taken; `fields` says which'],
  [403, 'Not signed in (`identity.sign-in-needed`), or not for this hat'],
  [404, 'Unknown, or not for the asker to know'],
  [409, 'Somebody else was first, or the id was used before'],
  [422, 'Against a rule; `citation` says which'],
  [429, 'Too many requests; `retry-after` says how many seconds to wait'],
  [503, 'Too much at once, nothing was done; `retry-after` says how many seconds to wait'],
]

const WHO: Readonly<Record<Access, string>> = {
  public: 'Anybody.',
  'signed-in': 'Whoever is signed in.',
  officer: 'Whoever acts in an office.',
  administrator: 'Whoever acts as system administrator.',
}

/** Serves the description; made at the first request, when every route is there. */
export function registerOpenApi(server: FastifyInstance): void {
  let made: Json | undefined
  const api = { summary: 'This description', response: z.looseObject({ openapi: z.string() }) }
  server.get(ADDRESS, { config: { access: 'public', api } }, async () => {
    made ??= describeApi(server.routeTable)
    return made
  })
}

/** The routes that belong to the interface. */
export function apiRoutes(table: readonly RouteEntry[]): RouteEntry[] {
  return table.filter(({ url }) => url.startsWith(API))
}

/** OpenAPI 3.1 of the routes. */
export function describeApi(table: readonly RouteEntry[]): Json {
  const schemas: Record<string, Json> = { Problem: schemaOf(PROBLEM, 'output', 'Problem', {}) }
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of apiRoutes(table)) {
    const path = (paths[route.url.replace(/:(\w+)/g, '{$1}')] ??= {})
    path[route.method.toLowerCase()] = describeRoute(route, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'dangvu',
      version,
      summary: 'Party administrative procedures online',
      description:
        'Sign in with a browser; the session cookie then also opens this interface. Whatever changes something carries the ' +
        'session’s form token (GET /api/v1/session, `csrf`) in the header `x-csrf-token`. Commands carry a `commandId` of the ' +
        'caller’s: the same id again is answered alike and does nothing.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(REFUSALS.map(([status, words]) => [`Refused${status}`, refused(words)])),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'dangvu-session',
          description: 'over https: __Host-dangvu-session',
        },
        formToken: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
      },
    },
  }
}

function refused(description: string): Json {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

function describeRoute(route: RouteEntry, schemas: Record<string, Json>): Json {
  const id = operationId(route)
  const { api } = route
  const given = route.schema as { body?: z.ZodType; response?: Record<string, z.ZodType> } | undefined
  const body = api?.body ?? given?.body
  const answer = api?.response ?? given?.response?.['200']
  const status = api?.status ?? (route.method === 'DELETE' && !answer ? 204 : 200)
  const changes = route.method !== 'GET'
  const secured = changes && route.token !== 'not-asked' ? { session: [], formToken: [] } : { session: [] }
  return {
    operationId: id,
    summary: api?.summary ?? '',
    description: WHO[route.access],
    tags: [route.url.slice(API.length).split('/')[0]],
    ...(route.access === 'public' ? {} : { security: [secured] }),
    parameters: [...pathParameters(route.url), ...queryParameters(api?.query, id, schemas)],
    ...(body || api?.bodyType
      ? {
          requestBody: {
            required: true,
            content: content(body, 'input', `${id}Body`, schemas, api?.bodyType),
          },
        }
      : {}),
    responses: {
      ...(status === 204
        ? { '204': { description: 'Done, nothing to say' } }
        : {
            [String(status)]: {
              description: 'Done',
              content: content(answer, 'output', `${id}Answer`, schemas, api?.responseType),
            },
          }),
      ...Object.fromEntries(
        REFUSALS.map(([status]) => [String(status), { $ref: `#/components/responses/Refused${status}` }]),
      ),
    },
  }
}

/** 'POST /api/v1/official-transfers/:id/admit' → 'postOfficialTransfersIdAdmit'. */
function operationId({ method, url }: RouteEntry): string {
  const words = url.slice(API.length).split(/[^A-Za-z0-9]+/)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function pathParameters(url: string): Json[] {
  return [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' || name.endsWith('Id') ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined, id: string, schemas: Record<string, Json>): Json[] {
  if (!query) return []
  const { properties = {}, required = [] } = schemaOf(query, 'input', `${id}Query`, schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function content(
  schema: z.ZodType | undefined,
  side: 'input' | 'output',
  name: string,
  schemas: Record<string, Json>,
  type = 'application/json',
): Json {
  if (!schema) return { [type]: {} }
  schemas[name] = schemaOf(schema, side, name, schemas)
  return { [type]: { schema: { $ref: `#/components/schemas/${name}` } } }
}

/**
 * JSON Schema 2020-12 of a zod schema. What zod sets apart in `$defs` moves to the components: a schema with an id of its
 * own under that id, once for all routes; an unnamed ring under the name of the schema it lies in.
 */
function schemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  name: string,
  schemas: Record<string, Json>,
): Json {
  const {
    $schema: _,
    $defs = {},
    ...made
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // Callers must not break when an answer says more one day.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  }) as Json & { $defs?: Record<string, Json> }
  const nameOf = (key: string) => (key.startsWith('__') ? `${name}.${key}` : key)
  const moved = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(moved)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string' ? componentOf(value, name, nameOf) : moved(value),
      ]),
    )
  }
  for (const [key, part] of Object.entries($defs)) schemas[nameOf(key)] = moved(part) as Json
  return moved(made) as Json
}

function componentOf(reference: string, name: string, nameOf: (key: string) => string): string {
  const key = /^#\/\$defs\/(.+)$/.exec(reference)?.[1]
  return `#/components/schemas/${key === undefined ? name : nameOf(key)}`
}
