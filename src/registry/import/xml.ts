/** A small reader for the XML of spreadsheets: a stream of tags and texts, without entities of its own, within bounds. */
import { Refusal } from '../../kernel/refusal.ts'

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

/** Where the tag that begins at `start` ends: '>' inside quotes does not end it. -1: not here yet. */
function endOfTag(text: string, start: number): number {
  const mark = /[>"']/g
  mark.lastIndex = start
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[0] === '>') return found.index
    const closing = text.indexOf(found[0], found.index + 1)
    if (closing === -1) return -1
    mark.lastIndex = closing + 1
  }
  return -1
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function giveTag(tag: string, reader: XmlReader): void {
  if (tag.startsWith('/')) return reader.close(local(tag.slice(1).trim()))
  const empty = tag.endsWith('/')
  const body = empty ? tag.slice(0, -1) : tag
  const blank = body.search(/\s/)
  const name = local(blank === -1 ? body : body.slice(0, blank))
  reader.open(name, blank === -1 ? '' : body.slice(blank))
  if (empty) reader.close(name)
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
    if (text.startsWith('<!--', at) || text.startsWith('<![CDATA[', at) || text.startsWith('<?', at)) {
      const closing = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : ']]>'
      const end = text.indexOf(closing, at)
      if (end === -1) break
      if (closing === ']]>') reader.text(text.slice(at + '<![CDATA['.length, end))
      at = end + closing.length
      continue
    }
    if (text.length - at < 9 && !last) break // may be the beginning of a longer mark
    if (text.startsWith('<!', at)) throw damaged() // a document type: entities of its own
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
