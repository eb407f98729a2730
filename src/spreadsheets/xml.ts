/** A small reader for the XML of spreadsheets: a stream of tags and texts, without entities of its own, within bounds. */
import { Refusal } from '../kernel/refusal.ts'

export interface XmlReader {
  /** `attributes` as they stand in the tag; ask `attributeOf` */
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

/** A cell holds at most 32,767 characters; nothing longer is looked for in vain. */
const LONGEST_PIECE = 1_000_000

const damaged = () => new Refusal('invalid', 'import.damaged')

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (_, hex?: string, decimal?: string, name?: string) => {
      const known = name === undefined ? undefined : NAMED[name]
      if (known !== undefined) return known
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      if (!(code > 0 && code <= 0x10ffff)) throw damaged()
      return String.fromCodePoint(code)
    },
  )
}

const attributePatterns = new Map<string, RegExp>()

function attributePattern(name: string): RegExp {
  const known = attributePatterns.get(name)
  if (known) return known
  const pattern = new RegExp(`[\\s:]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  attributePatterns.set(name, pattern)
  return pattern
}

/** The value of an attribute, by its name without prefix. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = attributePattern(name).exec(attributes)
  const value = found?.[1] ?? found?.[2]
  return value === undefined ? undefined : decodeReferences(value)
}

const GREATER = 62
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39

/** Where the tag that begins at `start` ends: '>' inside quotes does not end it. -1: not here yet. */
function endOfTag(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === GREATER) return at
    if (code !== DOUBLE_QUOTE && code !== SINGLE_QUOTE) continue
    at = text.indexOf(code === DOUBLE_QUOTE ? '"' : "'", at + 1)
    if (at === -1) return -1
  }
  return -1
}

/** The name of a tag without its prefix, and where its attributes begin. */
function nameOf(tag: string, start: number): { name: string; end: number } {
  let from = start
  let at = start
  for (; at < tag.length; at += 1) {
    const code = tag.charCodeAt(at)
    if (code <= 32) break
    if (code === 58) from = at + 1 // a colon ends a prefix
  }
  return { name: tag.slice(from, at), end: at }
}

function giveTag(tag: string, reader: XmlReader): void {
  if (tag.startsWith('/')) return reader.close(nameOf(tag, 1).name)
  const empty = tag.endsWith('/')
  const body = empty ? tag.slice(0, -1) : tag
  const { name, end } = nameOf(body, 0)
  reader.open(name, body.slice(end))
  if (empty) reader.close(name)
}

const EXCLAMATION = 33
const QUESTION = 63
const LONGEST_MARK = '<![CDATA['.length

/** Where a comment, instruction or literal text ends; -1: not here yet. A document type brings entities of its own: refused. */
function afterMark(text: string, at: number, reader: XmlReader): number {
  const literal = text.startsWith('<![CDATA[', at)
  const closing = literal
    ? ']]>'
    : text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?', at)
        ? '?>'
        : undefined
  if (closing === undefined) throw damaged()
  const end = text.indexOf(closing, at)
  if (end === -1) return -1
  if (literal) reader.text(text.slice(at + LONGEST_MARK, end))
  return end + closing.length
}

/** Takes what is whole at the front of `text`; returns what is not whole yet. */
function take(text: string, reader: XmlReader, last: boolean): string {
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('<', at)
    if (open === -1 && !last) break
    if (open !== at) {
      reader.text(decodeReferences(text.slice(at, open === -1 ? text.length : open)))
      if (open === -1) return ''
    }
    at = open
    if (text.length - at < LONGEST_MARK && !last) break // may be the beginning of a longer mark
    const code = text.charCodeAt(at + 1)
    if (code === EXCLAMATION || code === QUESTION) {
      const next = afterMark(text, at, reader)
      if (next === -1) break
      at = next
      continue
    }
    const end = endOfTag(text, at + 1)
    if (end === -1) break
    giveTag(text.slice(at + 1, end), reader)
    at = end + 1
  }
  return text.slice(at)
}

/**
 * Reads UTF-8 XML piece by piece. `pause` is awaited after each piece, so that its results can be used up.
 *
 * @throws Refusal invalid `import.damaged` for anything that is not plain, whole XML
 */
export async function* readXml(pieces: AsyncIterable<Uint8Array>, reader: XmlReader): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch {
      throw damaged()
    }
  }
  for await (const piece of pieces) {
    rest = take(rest + decode(piece), reader, false)
    if (rest.length > LONGEST_PIECE) throw damaged()
    yield
  }
  if (take(rest + decode(), reader, true).trim() !== '') throw damaged()
}
