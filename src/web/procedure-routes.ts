/** One definition of a procedure's commands, two doors: JSON under /api/v1 and its HTML twin (form post, redirect). */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../identity/hats.ts'
import type { Context, Performed, Procedure } from '../kernel/procedure.ts'
import { perform, tryOut } from '../kernel/procedure.ts'
import { Refusal } from '../kernel/refusal.ts'
import { contextOf, parse, sessionOf, STATUS } from './http.ts'
import { keepDraft, writtenIn } from './form-drafts.ts'
import { formFields } from './forms.ts'
import { queueAct } from './queued-acts.ts'
import type { Scopes } from './scope.ts'
import type { Web } from './web.ts'

/** What travels beside a command's own fields. */
export const ENVELOPE = z.object({
  commandId: z.uuid(),
  expectedNumber: z.coerce.number().int().min(0).optional(),
})

/** What a command answers, beside the dossier as it is then. */
const PERFORMED = z.object({
  version: z.number().int(),
  firstEvent: z.number().int(),
  lastEvent: z.number().int(),
  /** true: this command id had been done before, and nothing new happened */
  repeated: z.boolean(),
})

const ADDRESS = z.object({ id: z.uuid() })

/** A refused form, to be shown again with what was entered. */
export interface Refused {
  readonly refusal: Refusal
  readonly command: string
  readonly entered: Readonly<Record<string, unknown>>
}

export interface ProcedureDoors<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
> {
  /** '/transfers' */
  readonly pages: string
  /** '/api/v1/official-transfers' */
  readonly api: string
  readonly procedure: Procedure<State, Command, Event, Facts>
  /** fields of its commands that name something, with the rule by which it may be known */
  readonly scope?: Scopes
  /** each command a person may ask over HTTP, with the schema of its fields; commands of the clock are not here */
  readonly commands: Readonly<Record<string, z.ZodType>>
  /** those by which somebody signs: after a fresh sign-in, and dear to the machine */
  readonly signing: ReadonlySet<Command['type']>
  /** the schema of what `view` answers, for openapi.json */
  readonly answer?: z.ZodType
  /** the dossier as this reader may see it; refuses as unknown what the reader may not see */
  view(request: FastifyRequest, dossierId: string, context: Context): Promise<unknown>
  /** the dossier's page, after a refusal with what was entered */
  page(request: FastifyRequest, dossierId: string, context: Context, refused?: Refused): Promise<string>
  /** where the HTML twin goes after a command was done */
  next(request: FastifyRequest, dossierId: string, command: string): string
}

/** Registers reading and every command of a procedure, JSON and HTML. */
export function procedureRoutes<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(server: FastifyInstance, web: Web, doors: ProcedureDoors<State, Command, Event, Facts>): void {
  const config = { access: 'signed-in' as const, scope: { id: 'dossier', ...doors.scope } as const }

  const { name, drafting } = doors.procedure
  /** a draft is written by whoever came in; the rest by level 2, and from a form it may wait for it */
  const levelOf = (type: string, other?: 'queue') =>
    drafting.some((each) => each === type) ? ({ level: 'passkey' } as const) : other ? { level: other } : {}
  const costOf = (type: string) => (doors.signing.has(type) ? ({ cost: 'signing' } as const) : {})
  const dossier = doors.answer ?? z.looseObject({})

  const reading = { ...config, api: { summary: `A dossier of ${name}`, response: dossier } }
  server.get(`${doors.api}/:id`, { config: reading }, async (request) => {
    const { id } = parse(ADDRESS, request.params)
    return doors.view(request, id, await contextOf(request, web))
  })

  server.get(`${doors.pages}/:id`, { config }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    return html(reply, await doors.page(request, id, await contextOf(request, web)))
  })

  for (const [type, schema] of Object.entries(doors.commands)) {
    const api = {
      summary: `${name}: ${type.replaceAll('-', ' ')}`,
      body: z.intersection(ENVELOPE, schema),
      response: PERFORMED.extend({ dossier: dossier.nullable() }),
    }
    server.post(
      `${doors.api}/:id/${type}`,
      { config: { ...config, ...levelOf(type), ...costOf(type), api } },
      async (request) => {
        const { id } = parse(ADDRESS, request.params)
        const context = await contextOf(request, web)
        const done = await ask(request, web, doors, id, type, schema, request.body ?? {}, context)
        const { version, firstEvent, lastEvent, repeated } = done
        const seen = await doors.procedure.maySee(web.database.read, done.state, context)
        // What was handed on for good is no longer the asker's to see.
        const dossier = seen ? await doors.view(request, id, context) : null
        return { version, firstEvent, lastEvent, repeated, dossier }
      },
    )

    const posting = { ...config, ...levelOf(type, 'queue'), ...costOf(type) }
    server.post(`${doors.pages}/:id/${type}`, { config: posting }, async (request, reply) => {
      const { id } = parse(ADDRESS, request.params)
      const entered = formFields(request.body)
      const context = await contextOf(request, web)
      try {
        if (posting.level === 'queue' && (await waits(request, web, entered))) {
          await queue(request, web, doors, id, type, schema, entered, context)
          return reply.redirect(`${doors.pages}/${id}?queued`, 303)
        }
        const { state } = await ask(request, web, doors, id, type, schema, entered, context)
        const seen = await doors.procedure.maySee(web.database.read, state, context)
        return reply.redirect(seen ? doors.next(request, id, type) : '/', 303)
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind === 'not-found') throw error
        const refused = { refusal: error, command: type, entered }
        const page = await doors.page(request, id, context, refused)
        return html(reply.code(STATUS[error.kind]), page)
      }
    })
  }
}

async function ask<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  request: FastifyRequest,
  web: Web,
  doors: ProcedureDoors<State, Command, Event, Facts>,
  dossierId: string,
  type: string,
  schema: z.ZodType,
  body: unknown,
  context: Context,
): Promise<Performed<State>> {
  requireCovered(sessionOf(request).hat, doors.procedure.name)
  const { commandId, expectedNumber } = parse(ENVELOPE, body)
  const fields = parse(schema, body) as object
  const command = { ...fields, type } as unknown as Command
  const expected = expectedNumber === undefined ? {} : { expected: expectedNumber }
  return perform(web.database, doors.procedure, { dossierId, commandId, command, ...expected }, context)
}

/** Whether a form's act waits for level 2: its writer came in by a passkey, or asks for it while the provider is away. */
async function waits(request: FastifyRequest, web: Web, entered: Record<string, unknown>): Promise<boolean> {
  if (sessionOf(request).level === 'passkey') return true
  return entered.queue === 'yes' && (await web.awaySince()) !== undefined
}

/** Puts the act into its writer's queue, once the rules would take it; what was written stays in the form as well. */
async function queue<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  request: FastifyRequest,
  web: Web,
  doors: ProcedureDoors<State, Command, Event, Facts>,
  dossierId: string,
  type: string,
  schema: z.ZodType,
  body: unknown,
  context: Context,
): Promise<void> {
  const { hat, memberId } = sessionOf(request)
  const procedure = doors.procedure.name
  requireCovered(hat, procedure)
  const { commandId, expectedNumber } = parse(ENVELOPE, body)
  const fields = parse(schema, body) as Readonly<Record<string, unknown>>
  const command = { ...fields, type } as unknown as Command
  const expected = expectedNumber === undefined ? {} : { expected: expectedNumber }
  const asked = { dossierId, commandId, command, ...expected }
  const { version } = await tryOut(web.database, doors.procedure, asked, context)
  await web.database.transaction(async (write) => {
    await queueAct(write, {
      id: commandId,
      memberId,
      hat: hat.key,
      procedure,
      dossierId,
      command: type,
      fields,
      expectedNumber: version,
      writtenAt: context.at,
    })
    await keepDraft(write, { memberId, dossierId, form: type }, writtenIn(request.body), context.at)
  })
}

/** An HTML answer that no cache keeps. */
export function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
}

/** A command id for a form: made when the page is made, so a form sent twice is one command. */
export function newCommandId(): string {
  return randomUUID()
}
