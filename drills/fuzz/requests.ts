/** Requests by their number: a route or a form as it is meant to be asked, and then one or more things in it changed. */
import type { Asked } from './ask.ts'
import { chanceOf, type Chance } from './chance.ts'
import { file, multipart } from './files.ts'
import type { Form, Offered } from './pages.ts'
import type { Described, Operation } from './routes.ts'
import { foreignId, mutated, oddText, valueOf, type Json, type Known } from './values.ts'

/** Somebody who asks: signed in, in a hat of theirs, or nobody. */
export interface Hat {
  readonly name: string
  readonly cookie: string
  readonly csrf: string
  readonly offered: Offered
}

export interface Made {
  readonly hat: string
  /** the route meant, for counting: what is asked may be spoiled so that it is another or none */
  readonly route: string
  readonly asked: Asked
}

/** What ends the trial itself: the session it asks with, the clock and the provider of the demo. */
const LEFT_OUT =
  /^\/(sign-out|sign-in\/|demo|development|sessions?\/)|^\/api\/v1\/(sessions?|hats)\b.*|^\/hats/

const isLeftOut = (method: string, path: string): boolean => method !== 'GET' && LEFT_OUT.test(path)

export interface World {
  readonly described: Described
  readonly hats: readonly Hat[]
}

/** Makes request `number` of `seed`: the same again over the same pages. */
export function requestOf(world: World, seed: number, number: number): Made {
  const chance = chanceOf(seed, number)
  const hat = chance.one(world.hats)
  const from = chance.next()
  const { forms, links } = hat.offered
  if (from < 0.3 && forms.length > 0) return ofForm(world, hat, chance.one(forms), chance, number)
  if (from < 0.4 && links.length > 0) return ofLink(hat, chance.one(links), chance, number)
  const routes = world.described.routes.filter(({ method, url }) => !isLeftOut(method, url))
  const api = routes.filter(({ url }) => url.startsWith('/api/'))
  return ofRoute(world, hat, chance.one(from < 0.75 ? api : routes), chance, number)
}

function knownTo(world: World, hat: Hat): Known {
  return {
    schema: world.described.schema,
    idOf(chance) {
      const own = hat.offered.ids
      if (own.length > 0 && chance.in(0.7)) return chance.one(own)
      const others = chance.one(world.hats).offered.ids
      return others.length > 0 && chance.in(0.8) ? chance.one(others) : foreignId(chance)
    },
  }
}

function ofRoute(
  world: World,
  hat: Hat,
  { method, url }: { readonly method: string; readonly url: string },
  chance: Chance,
  number: number,
): Made {
  const known = knownTo(world, hat)
  const operation = world.described.operations.get(`${method} ${url}`)
  const path = url.replace(/:(\w+)|\*/g, (_, name: string | undefined) => {
    if (chance.in(0.1)) return encodeURIComponent(wellFormed(oddText(chance))).slice(0, 400)
    if (name === 'token') return 'A'.repeat(22)
    if (name === 'month') return '2026-11'
    return name === undefined ? 'app.css' : known.idOf(chance)
  })
  const query = queryOf(operation, chance, known)
  if (method === 'GET') return made(hat, `${method} ${url}`, chance, number, { method, path: path + query })
  const type = Object.keys(operation?.requestBody?.content ?? {})[0]
  const schema = operation?.requestBody?.content[type ?? '']?.schema
  const valid = schema ? valueOf(schema, chance, known) : { note: 'x' }
  const value = spoiled(valid, chance)
  const body =
    type === 'multipart/form-data'
      ? uploadOf(value, hat, chance)
      : url.startsWith('/api/')
        ? {
            type: 'application/json',
            bytes: Buffer.from(chance.in(0.03) ? chance.one(BROKEN_JSON) : jsonOf(value)),
          }
        : formOf(value, hat)
  return made(hat, `${method} ${url}`, chance, number, { method, path: path + query, ...body })
}

const jsonOf = (value: Json): string => JSON.stringify(value)

/** What is no JSON, or deeper than any value can be made. */
const BROKEN_JSON: readonly string[] = [
  '',
  '{',
  '{"a":1,}',
  '\u0000',
  'undefined',
  '{"__proto__":{"a":1}}',
  '[[1,2],',
  '['.repeat(100_000) + ']'.repeat(100_000),
  '{"a":'.repeat(60_000) + '1' + '}'.repeat(60_000),
  '"'.padEnd(900_000, 'x') + '"',
]

function spoiled(value: Json, chance: Chance): Json {
  const times = chance.one([0, 0, 1, 1, 1, 2, 4])
  let result = value
  for (let time = 0; time < times; time += 1) result = mutated(result, chance)
  return result
}

function queryOf(operation: Operation | undefined, chance: Chance, known: Known): string {
  const named = (operation?.parameters ?? []).filter((each) => each.in === 'query' && chance.in(0.7))
  const pairs = named.map(({ name, schema }) => {
    const value = chance.in(0.4) ? oddText(chance) : valueOf(schema, chance, known)
    return [name, typeof value === 'string' ? value : jsonOf(value)] as const
  })
  if (chance.in(0.15))
    pairs.push([chance.one(['page', 'on', 'q', 'words', '__proto__', 'sort', 'a[b]']), oddText(chance)])
  if (chance.in(0.05) && pairs[0]) pairs.push(pairs[0])
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(value)).slice(0, 4_000)}`).join('&')}`
}

/** Half a character cannot be percent-encoded. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

function ofLink(hat: Hat, link: string, chance: Chance, number: number): Made {
  const [path = '/', query = ''] = link.split('?', 2)
  const pairs = [...new URLSearchParams(query)]
  if (chance.in(0.7))
    pairs.push([chance.one(['page', 'on', 'q', 'words', 'month', 'year', 'tab']), oddText(chance)])
  const changed = pairs.map(([name, value]) => [name, chance.in(0.4) ? oddText(chance) : value] as const)
  const asked = changed
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(value)).slice(0, 4_000)}`,
    )
    .join('&')
  return made(hat, 'a link', chance, number, { method: 'GET', path: asked ? `${path}?${asked}` : path })
}

function ofForm(world: World, hat: Hat, form: Form, chance: Chance, number: number): Made {
  const known = knownTo(world, hat)
  const [plainPath = '/'] = form.action.split('?', 1)
  if (isLeftOut('POST', plainPath)) return ofRoute(world, hat, { method: 'GET', url: '/' }, chance, number)
  const filled = Object.fromEntries(
    [...form.fields].map(([name, values]): [string, string] => {
      const value = chance.one(values)
      if (value === '' && /id$/i.test(name)) return [name, known.idOf(chance)]
      return [name, value === '' ? chance.one(['2026-11-20', '1', 'Nội dung thử', '']) : value]
    }),
  )
  const value = spoiled(filled, chance)
  const body = form.multipart ? uploadOf(value, hat, chance) : formOf(value, hat)
  return made(hat, 'a form', chance, number, { method: 'POST', path: form.action, ...body })
}

interface Body {
  readonly type: string
  readonly bytes: Uint8Array
}

/** Fields as a browser posts them; what is no text is posted as its JSON. */
function fieldsOf(value: Json, hat: Hat): [string, string][] {
  const own = typeof value === 'object' && value !== null ? Object.entries(value) : [['x', value] as const]
  const fields = own.flatMap(([name, each]): [string, string][] =>
    (Array.isArray(each) && each.length < 50 ? each : [each]).map((one: Json) => [
      name,
      typeof one === 'string' ? one : jsonOf(one),
    ]),
  )
  return [['csrf', hat.csrf], ...fields]
}

function formOf(value: Json, hat: Hat): Body {
  const encoded = (text: string) => encodeURIComponent(wellFormed(text))
  const text = fieldsOf(value, hat)
    .map(([name, each]) => `${encoded(name)}=${encoded(each)}`)
    .join('&')
  return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(text) }
}

function uploadOf(value: Json, hat: Hat, chance: Chance): Body {
  return multipart(fieldsOf(value, hat).slice(0, 40), file(chance))
}

/** Headers as they should be; now and then one is missing, foreign or odd. */
function made(
  hat: Hat,
  route: string,
  chance: Chance,
  number: number,
  { method, path, type, bytes }: { method: string; path: string } & Partial<Body>,
): Made {
  const headers: Record<string, string> = {
    // Limits count by address: everybody comes from elsewhere.
    'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    accept: chance.one(['text/html', 'application/json', '*/*', 'text/html', oddHeader(chance)]),
    ...(hat.cookie ? { cookie: hat.cookie } : {}),
    ...(hat.csrf && method !== 'GET' && chance.in(0.95) ? { 'x-csrf-token': hat.csrf } : {}),
    ...(type ? { 'content-type': chance.in(0.04) ? oddHeader(chance) : type } : {}),
    ...(bytes ? { 'content-length': String(bytes.length) } : {}),
  }
  if (chance.in(0.05))
    headers[
      chance.one([
        'accept-language',
        'range',
        'if-none-match',
        'if-modified-since',
        'accept-encoding',
        'origin',
        'x-trial',
      ])
    ] = oddHeader(chance)
  const asked = { method, path: asciiPath(path), headers }
  return { hat: hat.name, route, asked: bytes ? { ...asked, body: bytes } : asked }
}

const oddHeader = (chance: Chance): string =>
  oddText(chance)
    .replaceAll(/[^\x20-\x7e]/g, '')
    .slice(0, 2_000) || 'x'

/** What may stand in a request line. */
const asciiPath = (path: string): string =>
  path.replaceAll(/[^\x21-\x7e]/g, (each) => encodeURIComponent(wellFormed(each)))
