/** What the pages of the running server offer: links, forms with their fields, ids. Read as each hat sees them. */
import { ask } from './ask.ts'

export interface Form {
  readonly action: string
  readonly multipart: boolean
  /** names and the values that stand there or may be chosen */
  readonly fields: ReadonlyMap<string, readonly string[]>
}

export interface Offered {
  readonly links: readonly string[]
  readonly forms: readonly Form[]
  readonly ids: readonly string[]
}

/** Pages of one hat that are opened; lists go on for ever. */
const MOST_PAGES = 120
/** Pages of one kind: the hundredth member's record has the forms of the first. */
const MOST_ALIKE = 4
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Opens what can be opened from the first page on, breadth first. */
export async function walkPages(base: string, cookie: string): Promise<Offered> {
  const links = new Set(['/'])
  const forms = new Map<string, Form>()
  const ids = new Set<string>()
  const alike = new Map<string, number>()
  let opened = 0
  for (const path of links) {
    const kind = path.replace(UUID, ':id').replace(/\?.*/, '')
    const seen = alike.get(kind) ?? 0
    if (seen >= MOST_ALIKE || opened >= MOST_PAGES) continue
    alike.set(kind, seen + 1)
    opened += 1
    const { type, body } = await ask(base, { method: 'GET', path, headers: cookie ? { cookie } : {} })
    if (type !== 'text/html') continue
    for (const id of body.match(UUID) ?? []) ids.add(id)
    for (const link of linksOf(body)) links.add(link)
    for (const form of formsOf(body, path))
      forms.set(`${form.action.replace(UUID, ':id')} ${[...form.fields.keys()].join(' ')}`, form)
  }
  return { links: [...links], forms: [...forms.values()], ids: [...ids] }
}

const plain = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plain(value)
}

/** Addresses of our own, without what only ends the session. */
function linksOf(page: string): string[] {
  return [...page.matchAll(/<a\s[^>]*>/g)]
    .map(([tag]) => attribute(tag, 'href')?.replace(/#.*/, '') ?? '')
    .filter((href) => /^\/(?!\/)/.test(href))
}

function formsOf(page: string, at: string): Form[] {
  return [...page.matchAll(/(<form\s[^>]*>)([\s\S]*?)<\/form>/g)].flatMap(
    ([, tag = '', inside = '']): Form[] => {
      if (attribute(tag, 'method')?.toLowerCase() !== 'post') return []
      const action = attribute(tag, 'action') ?? at
      return [
        { action, multipart: attribute(tag, 'enctype') === 'multipart/form-data', fields: fieldsOf(inside) },
      ]
    },
  )
}

function fieldsOf(form: string): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  const add = (name: string | undefined, value: string) => {
    if (name && name !== 'csrf') fields.set(name, [...(fields.get(name) ?? []), value])
  }
  for (const [tag] of form.matchAll(/<(?:input|button)\s[^>]*>/g))
    add(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
  for (const [, tag = '', text = ''] of form.matchAll(/(<textarea\s[^>]*>)([^<]*)/g))
    add(attribute(tag, 'name'), plain(text))
  for (const [, tag = '', inside = ''] of form.matchAll(/(<select\s[^>]*>)([\s\S]*?)<\/select>/g))
    for (const [option] of inside.matchAll(/<option\s?[^>]*>/g))
      add(attribute(tag, 'name'), attribute(option, 'value') ?? '')
  return fields
}
