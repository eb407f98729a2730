/** Every route of the registry: organisations, members, one's own record, corrections, readings, imports, reorganisations. */
import type { FastifyInstance } from 'fastify'
import type { Web } from '../web/web.ts'
import { registerImportRoutes } from './import/screens/routes.ts'
import { registerMemberRoutes } from './members/routes.ts'
import { registerOrganisationRoutes } from './organisations/routes.ts'
import { registerOwnRecordRoutes } from './own-record/routes.ts'
import { registerPrivacyRoutes } from './privacy/routes.ts'
import { registerReadingRoutes } from './readings/routes.ts'
import { registerHandOverRoutes } from './reorganisation/papers/routes.ts'
import { registerReorganisationRoutes } from './reorganisation/routes.ts'

export function registerRegistryRoutes(server: FastifyInstance, web: Web): void {
  registerOrganisationRoutes(server, web)
  registerMemberRoutes(server, web)
  registerOwnRecordRoutes(server, web)
  registerReadingRoutes(server, web)
  registerPrivacyRoutes(server, web)
  registerImportRoutes(server, web)
  registerReorganisationRoutes(server, web)
  registerHandOverRoutes(server, web)
}
