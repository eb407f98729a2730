/** The routes of identity: registers sign-in, hats, sessions and delegations, as pages with forms and as JSON. */
import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { registerDelegationRoutes } from './delegation-routes.ts'
import { invalidInput, type IdentityRouteOptions } from './route-options.ts'
import { registerPasskeyRoutes } from './passkey-routes.ts'
import { registerSessionRoutes } from './session-routes.ts'
import { registerSignInRoutes } from './sign-in-routes.ts'

/**
 * Registers all routes in a scope of their own. Before it the application registers @fastify/cookie, a parser of urlencoded
 * forms and its error handler (refusals pass through to it).
 */
export async function registerIdentityRoutes(
  app: FastifyInstance,
  options: IdentityRouteOptions,
): Promise<void> {
  await app.register(async (scope) => {
    scope.setValidatorCompiler(validatorCompiler)
    scope.setSerializerCompiler(serializerCompiler)
    scope.setSchemaErrorFormatter((problems) =>
      invalidInput(
        problems.map(({ instancePath, keyword }) => ({ field: instancePath.slice(1), code: keyword })),
      ),
    )
    registerSignInRoutes(scope, options)
    registerPasskeyRoutes(scope, options)
    registerSessionRoutes(scope, options)
    registerDelegationRoutes(scope, options)
  })
}
