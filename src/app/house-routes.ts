/** The house's own routes: the first page, settings, notices, and the pages and files that belong to no feature. */
import type { FastifyInstance } from 'fastify'
import type { Web } from '../web/web.ts'
import { registerAccess } from './access/routes.ts'
import { FEATURES, NOTICE_TEXTS, SETTINGS } from './features.ts'
import { registerHome } from './home/routes.ts'
import { registerNotices } from './notices/routes.ts'
import { registerDemoBank } from './pages/demo-bank-routes.ts'
import { registerDemo } from './pages/demo-routes.ts'
import { registerPublicFiles } from './pages/public-files.ts'
import { registerPages } from './pages/routes.ts'
import type { Parts } from './parts.ts'
import { registerLog } from './settings/log-routes.ts'
import { registerPrivacyOffice } from './privacy/routes.ts'
import { registerSettings } from './settings/routes.ts'

export function registerHouse(server: FastifyInstance, web: Web, parts: Parts): void {
  registerHome(server, web)
  registerSettings(server, web, parts, SETTINGS)
  registerLog(server, web)
  registerPrivacyOffice(server, web)
  registerAccess(server, web)
  registerNotices(server, web, NOTICE_TEXTS, FEATURES)
  registerPages(server, web, parts)
  registerDemo(server, web, parts)
  registerDemoBank(server, web, parts)
  registerPublicFiles(server, parts)
}
