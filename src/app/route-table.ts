/** Every route of the server as it was registered: for openapi.json, and for the tests that go through all of them. */
import type { FastifyContextConfig, FastifyInstance, RouteOptions } from 'fastify'
import type { Access, ApiDescription } from '../web/http.ts'
import type { Scopes } from '../web/scope.ts'

type RouteLevel = FastifyContextConfig['level']
type RouteToken = FastifyContextConfig['token']
type RouteCost = FastifyContextConfig['cost']

export interface RouteEntry {
  readonly method: string
  /** with its parameters: '/transfers/:id' */
  readonly url: string
  readonly access: Access
  /** what its parameters and fields name, by which rule */
  readonly scope: Scopes
  /** where the form's token is checked; undefined: at the door */
  readonly token: RouteToken
  /** what a request costs; undefined: by its method */
  readonly cost: RouteCost
  /** it reads a form with a file by itself */
  readonly takesFile: boolean
  /** what a change needs; undefined: the provider's level 2 */
  readonly level: RouteLevel
  readonly api: ApiDescription | undefined
  /** schemas given to the framework (routes of identity) */
  readonly schema: RouteOptions['schema']
}

declare module 'fastify' {
  interface FastifyInstance {
    routeTable: readonly RouteEntry[]
  }
}

/** Keeps a list of the routes registered from now on; HEAD, which follows GET by itself, is left out. */
export function keepRouteTable(server: FastifyInstance): void {
  const table: RouteEntry[] = []
  server.decorate('routeTable', table)
  server.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (method === 'HEAD') continue
      table.push({
        method,
        url: route.url,
        access: route.config?.access ?? 'public',
        scope: route.config?.scope ?? {},
        token: route.config?.token,
        cost: route.config?.cost,
        takesFile: route.config?.takesFile ?? false,
        level: route.config?.level,
        api: route.config?.api,
        schema: route.schema,
      })
    }
  })
}
