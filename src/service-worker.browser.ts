/** The service worker: the offline page, the site's own assets, and the last pages one reader has opened, for reading only. */

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchingEvent extends WaitingEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker {
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: WaitingEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchingEvent) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent & WaitingEvent) => void): void
}

const worker = self as unknown as Worker
const SHELL = 'shell-1'
const PAGES = 'pages-1'
const OFFLINE = '/offline'
/** Under this key the pages' cache remembers whose they are. */
const READER = '/service-worker/reader'
const MOST_PAGES = 30
const MOST_ASSETS = 40

worker.addEventListener('install', (event) => event.waitUntil(install()))
worker.addEventListener('activate', (event) => event.waitUntil(activate()))
worker.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(PAGES))
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (request.mode === 'navigate') event.respondWith(page(request, event))
})

/** The offline page with its style, script and faces. */
async function install(): Promise<void> {
  const shell = await caches.open(SHELL)
  const answer = await fetch(OFFLINE)
  if (answer.ok) {
    await shell.put(OFFLINE, answer.clone())
    await keepAll(shell, (await answer.text()).match(/\/assets\/[\w./-]+/g) ?? [])
  }
  await worker.skipWaiting()
}

async function activate(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name !== SHELL && name !== PAGES).map((name) => caches.delete(name)),
  )
  await worker.clients.claim()
}

/** Keeps assets, and the faces a style sheet names. */
async function keepAll(shell: Cache, paths: readonly string[]): Promise<void> {
  for (const path of new Set(paths)) {
    const answer = await fetch(path)
    if (!answer.ok) continue
    await shell.put(path, answer.clone())
    if (path.endsWith('.css'))
      await keepAll(shell, (await answer.text()).match(/\/assets\/fonts\/[\w./-]+/g) ?? [])
  }
}

/** Names of assets change with what they hold: what is kept is right. */
async function asset(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL)
  const kept = await shell.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    await shell.put(request, answer.clone())
    await trim(shell, MOST_ASSETS, (path) => path.startsWith('/assets/'))
  }
  return answer
}

/** The network first; without it what was kept for this reader, else the offline page. */
async function page(request: Request, event: FetchingEvent): Promise<Response> {
  try {
    const answer = await fetch(request)
    event.waitUntil(keep(request, answer.clone()))
    return answer
  } catch {
    const pages = await caches.open(PAGES)
    const shell = await caches.open(SHELL)
    return (await pages.match(request)) ?? (await shell.match(OFFLINE)) ?? Response.error()
  }
}

/**
 * Keeps a page that says it may be kept (`data-keep-offline`), for its reader (`data-reader`) alone. A page for another reader,
 * or for none, or for one who wants nothing kept (`data-keep-nothing`), makes us forget what was kept before.
 */
async function keep(request: Request, answer: Response): Promise<void> {
  // A server that has no time, or is away, says nothing of who reads.
  if (answer.status === 429 || answer.status >= 500) return
  if (!answer.headers.get('content-type')?.startsWith('text/html')) return
  const html = /<html[^>]*>/.exec(await answer.clone().text())?.[0] ?? ''
  const reader = /data-reader="([^"]+)"/.exec(html)?.[1]
  const pages = await caches.open(PAGES)
  const keptFor = await (await pages.match(READER))?.text()
  const unwanted = html.includes('data-keep-nothing') || (keptFor !== undefined && keptFor !== reader)
  if (unwanted) await caches.delete(PAGES)
  if (reader === undefined || !answer.ok || answer.redirected || !html.includes('data-keep-offline')) return
  const own = await caches.open(PAGES)
  await own.put(READER, new Response(reader))
  await own.put(request, answer)
  await trim(own, MOST_PAGES, (path) => path !== READER)
}

/** The oldest go first. */
async function trim(cache: Cache, most: number, counts: (path: string) => boolean): Promise<void> {
  const keys = (await cache.keys()).filter((request) => counts(new URL(request.url).pathname))
  for (const request of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(request)
}
