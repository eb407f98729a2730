/** The server's own table of routes and description of its interface, read from a server that never listens. */
import { openCalendar } from '../../src/app/calendar.ts'
import { readConfig } from '../../src/app/config.ts'
import { makeLog } from '../../src/app/logging.ts'
import { describeApi } from '../../src/app/openapi.ts'
import type { RouteEntry } from '../../src/app/route-table.ts'
import { buildServer } from '../../src/app/server.ts'
import { READ_HERE } from '../../src/foreign-files/readers.ts'
import { openDatabase } from '../../src/kernel/db.ts'
import type { Schema } from './values.ts'

/** One operation as openapi.json describes it. */
export interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}

export interface Described {
  readonly routes: readonly RouteEntry[]
  /** by method and address with its parameters: 'POST /api/v1/…/:id' */
  readonly operations: ReadonlyMap<string, Operation>
  schema(reference: string): Schema
}

export async function describedRoutes(): Promise<Described> {
  const config = readConfig({ LOG_LEVEL: 'silent' })
  const database = openDatabase('postgres://nobody@127.0.0.1:1/none', { connections: 1 }) // never asked
  const clock = {
    now: () => new Date(),
    real: () => new Date(),
    moveTo: async () => undefined,
    onMove: () => undefined,
    onStep: () => undefined,
    isSettled: () => true,
    close: () => undefined,
  }
  const calendar = openCalendar(database, clock)
  const none = () => Promise.reject(new Error('nothing is signed here'))
  const server = await buildServer({
    config,
    database,
    clock,
    calendar: calendar.get,
    invalidateCalendar: calendar.invalidate,
    signers: {
      forPerson: none,
      forOrganisation: none,
      forSystem: none,
      trustRoots: none,
      check: none,
    } as never,
    publicUrl: config.publicUrl,
    demo: true,
    relyingParty: undefined,
    development: undefined,
    assets: { css: '/assets/a.css', js: '/assets/a.js', fonts: [], brandCss: '/brand.css' },
    publicFolder: import.meta.dirname,
    readers: READ_HERE,
    bankCallbacks: [],
    migrationsFolder: import.meta.dirname,
    log: makeLog({ level: 'silent' }),
  })
  const routes = [...server.routeTable]
  await server.close()
  await database.close()
  const { paths, components } = describeApi(routes) as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Schema> }
  }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        [`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`, operation] as const,
    ),
  )
  return {
    routes,
    operations: new Map(operations),
    schema: (reference) => components.schemas[reference.replace('#/components/schemas/', '')] ?? {},
  }
}
