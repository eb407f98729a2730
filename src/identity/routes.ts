/** The routes of identity: registers sign-in, hats, sessions and delegations, as pages with forms and as JSON. */
import formBody from 'node:querystring'
import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { registerDelegationRoutes } from './delegation-routes.ts'
import { invalidInput, type IdentityRouteOptions } from './route-options.ts'
import { registerSessionRoutes } from './session-routes.ts'
import { registerSignInRoutes } from './sign-in-routes.ts'

/**
 * Registers all routes in a scope of their own. Before it the application registers @fastify/cookie, its error handler
 * (refusals pass through to it) and, if it limits rates, @fastify/rate-limit.
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
    takeForms(scope)
    registerSignInRoutes(scope, options)
    registerSessionRoutes(scope, options)
    registerDelegationRoutes(scope, options)
  })
}

/** Forms as browsers send them, where the application does not read them already. */
function takeForms(scope: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded'
  if (scope.hasContentTypeParser(type)) return
  scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) => {
    done(null, { ...formBody.parse(String(body)) })
  })
}
