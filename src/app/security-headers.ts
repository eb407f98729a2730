/** What browsers are told to refuse in our name: the headers of every answer, in one place. */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Nothing but what the pages use, each named; there is no inline script or style anywhere, so none is allowed. Nobody is told
 * of what was refused: a report would say outside what somebody reads here.
 */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

/** Of all that a device could lend a page we use passkeys, and writing what is to be copied. */
const UNUSED =
  `accelerometer autoplay browsing-topics camera clipboard-read display-capture encrypted-media fullscreen
  geolocation gyroscope hid idle-detection magnetometer microphone midi payment picture-in-picture screen-wake-lock serial
  storage-access usb xr-spatial-tracking`.split(/\s+/)
const USED = ['clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get']
const PERMISSIONS = [...UNUSED.map((name) => `${name}=()`), ...USED.map((name) => `${name}=(self)`)].join(
  ', ',
)

const YEAR_SECONDS = 365 * 24 * 3600

/** Registers them before any route. Over https the browser is told never to come without it again. */
export async function sendSecurityHeaders(server: FastifyInstance, publicUrl: string): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    hsts: publicUrl.startsWith('https:') && { maxAge: YEAR_SECONDS, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
  })
  server.addHook('onRequest', (_request, reply, done) => {
    reply.header('permissions-policy', PERMISSIONS)
    done()
  })
}
