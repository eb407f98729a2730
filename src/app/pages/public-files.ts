/** Small public files: the installation's colour and emblem, the mark, the manifest, the service worker, robots.txt. */
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../kernel/refusal.ts'
import type { Parts } from '../parts.ts'
import { brandCss, faviconSvg, webManifest } from './brand.ts'

/** They change when the configuration does, which is rare: browsers ask again after an hour. */
const HOUR = 'public, max-age=3600'

/** An emblem may be an SVG: nothing in it runs or fetches anything, also when it is opened by itself. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

export function registerPublicFiles(server: FastifyInstance, parts: Parts): void {
  const { installation } = parts.config
  const options = { config: { access: 'public' as const } }

  const file = (path: string, type: string, content: string) =>
    server.get(path, options, async (_request, reply) =>
      reply.type(type).header('cache-control', HOUR).send(content),
    )
  file('/brand.css', 'text/css; charset=utf-8', brandCss(installation.colour))
  file('/favicon.svg', 'image/svg+xml', faviconSvg(installation.colour))
  file('/manifest.webmanifest', 'application/manifest+json', JSON.stringify(webManifest(installation)))
  // Everything here is behind a sign-in or for the holder of one paper: nothing to be found by searching.
  file('/robots.txt', 'text/plain; charset=utf-8', 'User-agent: *\nDisallow: /\n')

  server.get('/brand-emblem', options, async (_request, reply) => {
    if (!installation.emblem) throw new Refusal('not-found', 'page.unknown')
    const type = installation.emblem.toLowerCase().endsWith('.png') ? 'image/png' : 'image/svg+xml'
    return reply
      .type(type)
      .header('cache-control', HOUR)
      .header('content-security-policy', PICTURE_POLICY)
      .send(await readFile(installation.emblem))
  })

  server.get('/service-worker.js', options, async (_request, reply) => {
    if (!parts.assets.serviceWorker) throw new Refusal('not-found', 'page.unknown')
    return reply
      .header('service-worker-allowed', '/')
      .header('cache-control', 'no-cache')
      .sendFile('service-worker.js', parts.publicFolder, { cacheControl: false })
  })
}
