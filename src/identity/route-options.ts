/** What the routes of identity are given, and the two ways they all answer: a page, or what was wrong with the input. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../kernel/refusal.ts'
import type { IdentityContext } from './identification.ts'
import type { WatchedProvider } from './provider-watch.ts'
import type { DelegationsView, NamedProcedure, SessionsView, SignInView } from './view.ts'

type Page<View> = (view: View, request: FastifyRequest) => string | Promise<string>

/** The pages, put into its own frame by whoever registers the routes. */
export interface IdentityPages {
  readonly signIn: Page<SignInView>
  readonly sessions: Page<SessionsView>
  readonly delegations: Page<DelegationsView>
}

export interface IdentityRouteOptions extends IdentityContext {
  /** undefined where no provider is configured: nobody can sign in, and the page says so */
  readonly relyingParty: WatchedProvider | undefined
  /** what can be delegated */
  readonly procedures: readonly NamedProcedure[]
  readonly pages: IdentityPages
}

/** Every field that could not be taken, by its name; what was typed is not repeated. */
export function invalidInput(fields: readonly { field: string; code: string }[]): Refusal {
  return new Refusal('invalid', 'identity.invalid-input', { fields })
}

/** Pages of identity are about one person and are never kept by anybody on the way. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
}
