// ../../tmp/papers/t7.ts
import fs from 'node:fs'

// src/papers/render.ts
import { createRequire as createRequire2 } from 'node:module'
import { fileURLToPath } from 'node:url'
import { encode } from 'uqr'

// src/papers/face.ts
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
var FILES = [
  '400Regular/Tinos_400Regular.ttf',
  '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  '700Bold/Tinos_700Bold.ttf',
  '700Bold_Italic/Tinos_700Bold_Italic.ttf',
]
var loaded
function faceFiles() {
  return face().files
}
function printable(text) {
  const { drawable } = face()
  const plain2 = text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cf}\p{Cc}\p{Co}\p{Cs}]/gu, (char) => (char === '\n' ? char : ''))
  return [...plain2]
    .map((char) => (char === '\n' || drawable.has(char.codePointAt(0) ?? 0) ? char : '?'))
    .join('')
}
function printableWithin(value) {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(printableWithin)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printableWithin(item)]))
}
function face() {
  if (!loaded) {
    const require2 = createRequire(import.meta.url)
    const files = FILES.map((file) => readFileSync(require2.resolve(`@expo-google-fonts/tinos/${file}`)))
    const sets = files.map(charactersOf)
    const drawable = new Set([...(sets[0] ?? [])].filter((code) => sets.every((set) => set.has(code))))
    loaded = { files, drawable }
  }
  return loaded
}
function charactersOf(font) {
  const cmap = tableAt(font, 'cmap')
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const record = cmap + 4 + index * 8
    const at = cmap + font.readUInt32BE(record + 4)
    if (font.readUInt16BE(record) === 3 && font.readUInt16BE(at) === 4) return segmentsOf(font, at)
  }
  throw new Error('the face has no character map')
}
function tableAt(font, tag) {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + index * 16
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`the face has no table ${tag}`)
}
function segmentsOf(font, at) {
  const codes = /* @__PURE__ */ new Set()
  const doubled = font.readUInt16BE(at + 6)
  for (let index = 0; index < doubled; index += 2) {
    const last = font.readUInt16BE(at + 14 + index)
    const first = font.readUInt16BE(at + 16 + doubled + index)
    for (let code = first; code <= last && code !== 65535; code++) codes.add(code)
  }
  return codes
}

// src/papers/render.ts
var CACHE_AGE = 5
var LAYOUT = fileURLToPath(new URL('./layout/', import.meta.url))
async function renderPaper(paper) {
  const { template, attachments = [] } = paper
  const data = {
    ...printableWithin(localWithin(paper.data)),
    verifyUrl: paper.data.verifyUrl,
    qr: qrDrawing(paper.data.verifyUrl),
    attached: attachments.map(({ name: name2, mimeType, description }) => ({
      name: name2,
      mimeType,
      description,
    })),
  }
  const files = new Map(
    attachments.map(({ name: name2, bytes }) => [`attached/${name2}`, Buffer.from(bytes)]),
  )
  return typeset(`${template}.typ`, data, files, (compiler2, document) => {
    const marked = compiler2.query(document, { selector: '<reserved>' }).map((found) => found.value)
    const made = Math.floor(Date.parse(paper.data.madeAt) / 1e3)
    return {
      pdf: compiler2.pdf(document, { pdfStandard: 'a-3a', creationTimestamp: made }),
      pages: document.numOfPages,
      fields: marked
        .filter((mark) => mark.what === 'field')
        .map((mark) => ({ ...placed(mark), ...styled(mark) })),
      places: marked.filter((mark) => mark.what === 'place').map(placed),
    }
  })
}
var INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
var VIET_NAM_OFFSET_MS = 7 * 36e5
function localWithin(value) {
  if (typeof value === 'string' && INSTANT.test(value)) {
    return `${new Date(Date.parse(value) + VIET_NAM_OFFSET_MS).toISOString().slice(0, 19)}+07:00`
  }
  if (Array.isArray(value)) return value.map(localWithin)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localWithin(item)]))
}
async function renderAppearance(appearance, size) {
  const data = { ...appearance, data: printableWithin(appearance.data), ...size }
  return typeset('appearance.typ', data, /* @__PURE__ */ new Map(), (compiler2, document) => {
    if (document.numOfPages !== 1) throw new Error('an appearance does not fit its box')
    return compiler2.pdf(document, { pdfStandard: '1.7', pdfTags: false, creationTimestamp: 0 })
  })
}
function qrDrawing(address) {
  const { data, size } = encode(address, { ecc: 'M', border: 0 })
  const runs = []
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      const from = x
      while (x < size && row[x]) x++
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`)
    }
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${runs.join('')}"/></svg>`
}
var compiler
function typeset(template, data, files, take) {
  compiler ??= makeCompiler()
  compiler.mapShadow(`${LAYOUT}data.json`, Buffer.from(JSON.stringify(data)))
  for (const [path, bytes] of files) compiler.mapShadow(LAYOUT + path, bytes)
  try {
    const compiled = compiler.compile({ mainFilePath: LAYOUT + template })
    const failed = compiled.takeDiagnostics()
    if (!compiled.result) throw new Error(`${template}: ${JSON.stringify(failed?.shortDiagnostics)}`)
    return take(compiler, compiled.result)
  } finally {
    compiler.resetShadow()
    compiler.evictCache(CACHE_AGE)
  }
}
function makeCompiler() {
  const require2 = createRequire2(import.meta.url)
  const { platform, arch } = process
  const flavours = { linux: ['-gnu', '-musl'], win32: ['-msvc'] }[platform] ?? ['']
  let failure
  for (const flavour of flavours) {
    try {
      const typst = require2(`@myriaddreamin/typst-ts-node-compiler-${platform}-${arch}${flavour}`)
      return typst.NodeCompiler.create({ workspace: LAYOUT, fontArgs: [{ fontBlobs: faceFiles() }] })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
function placed(mark) {
  const { name: name2, label, page, pageHeight, x, y, width, height } = mark
  return { name: name2, label, page, rect: { x, y: pageHeight - y - height, width, height } }
}
function styled({ size, italic }) {
  return { size, italic }
}

// src/papers/pdf/values.ts
var latin = new TextDecoder('latin1')
var utf8 = new TextEncoder()
function bytesOf(text) {
  return utf8.encode(text)
}
function latinOf(bytes) {
  return latin.decode(bytes)
}
function name(value) {
  return { kind: 'name', name: value }
}
function ref(object, generation = 0) {
  return { kind: 'ref', object, generation }
}
function dict(entries) {
  const made = /* @__PURE__ */ new Map()
  for (const [key, value] of Object.entries(entries)) if (value !== void 0) made.set(key, value)
  return made
}
function stream(entries, raw) {
  return { kind: 'stream', dict: new Map(entries).set('Length', raw.length), raw }
}
function textString(text) {
  if (/^[\x20-\x7e]*$/.test(text)) {
    return { kind: 'text', bytes: bytesOf(text), hex: false, from: 0, to: 0 }
  }
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([254, 255])
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    bytes[2 + index * 2] = unit >> 8
    bytes[3 + index * 2] = unit & 255
  }
  return { kind: 'text', bytes, hex: true, from: 0, to: 0 }
}
function readTextString(value) {
  if (!isText(value)) return void 0
  const { bytes } = value
  if (bytes[0] === 254 && bytes[1] === 255) {
    let text = ''
    for (let at = 2; at + 1 < bytes.length; at += 2) {
      text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
    }
    return text
  }
  if (bytes[0] === 239 && bytes[1] === 187 && bytes[2] === 191) {
    return new TextDecoder().decode(bytes.subarray(3))
  }
  return latinOf(bytes)
}
function isName(value, expected) {
  return hasKind(value, 'name') && (expected === void 0 || value.name === expected)
}
function isText(value) {
  return hasKind(value, 'text')
}
function isRef(value) {
  return hasKind(value, 'ref')
}
function isStream(value) {
  return hasKind(value, 'stream')
}
function isDict(value) {
  return value instanceof Map
}
function hasKind(value, kind) {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}
function dictOf(value) {
  if (isDict(value)) return value
  return isStream(value) ? value.dict : void 0
}
function* valuesWithin(value) {
  yield value
  if (Array.isArray(value)) for (const item of value) yield* valuesWithin(item)
  const entries = dictOf(value)
  if (entries) for (const item of entries.values()) yield* valuesWithin(item)
}
function writeValue(value) {
  const parts = []
  put(value, parts)
  return concat(parts)
}
function sameValue(one, other) {
  if (one === void 0 || other === void 0) return one === other
  return Buffer.compare(writeValue(one), writeValue(other)) === 0
}
function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
function put(value, parts) {
  if (value === null || typeof value === 'boolean') parts.push(bytesOf(String(value)))
  else if (typeof value === 'number') parts.push(bytesOf(writeNumber(value)))
  else if (Array.isArray(value)) putArray(value, parts)
  else if (value instanceof Map) putDict(value, parts)
  else if (value.kind === 'name') parts.push(bytesOf(writeName(value.name)))
  else if (value.kind === 'text') parts.push(writeText(value))
  else if (value.kind === 'ref') parts.push(bytesOf(`${value.object} ${value.generation} R`))
  else if (value.kind === 'verbatim') parts.push(value.bytes)
  else {
    putDict(value.dict, parts)
    parts.push(bytesOf('\nstream\n'), value.raw, bytesOf('\nendstream'))
  }
}
function putArray(items, parts) {
  parts.push(bytesOf('['))
  items.forEach((item, index) => {
    if (index > 0) parts.push(bytesOf(' '))
    put(item, parts)
  })
  parts.push(bytesOf(']'))
}
function putDict(entries, parts) {
  parts.push(bytesOf('<<'))
  for (const [key, value] of entries) {
    parts.push(bytesOf(` ${writeName(key)} `))
    put(value, parts)
  }
  parts.push(bytesOf(' >>'))
}
function writeNumber(value) {
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(5).replace(/0+$/, '').replace(/\.$/, '')
}
function writeName(value) {
  return `/${value.replace(/[^\x21-\x7e]|[#()<>[\]{}/%]/g, (char) => {
    return `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  })}`
}
function writeText(value) {
  if (value.hex) return bytesOf(`<${Buffer.from(value.bytes).toString('hex')}>`)
  const escaped = [40]
  for (const byte of value.bytes) {
    if (byte === 40 || byte === 41 || byte === 92) escaped.push(92, byte)
    else if (byte === 13) escaped.push(92, 114)
    else escaped.push(byte)
  }
  return Uint8Array.from([...escaped, 41])
}

// src/papers/pdf/reading.ts
var PdfSyntaxError = class extends Error {
  name = 'PdfSyntaxError'
  offset
  constructor(reason, offset) {
    super(`${reason} at byte ${offset}`)
    this.offset = offset
  }
}
var MOST_DEPTH = 64
function cursorOn(bytes, at = 0, end = bytes.length) {
  return { bytes, at, end }
}
function isSpace(byte) {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0
}
function isDigit(byte) {
  return byte !== void 0 && byte >= 48 && byte <= 57
}
function isDelimiter(byte) {
  return '()<>[]{}/%'.includes(String.fromCharCode(byte))
}
function peek(cursor, ahead = 0) {
  const at = cursor.at + ahead
  return at < cursor.end ? cursor.bytes[at] : void 0
}
function skipSpace(cursor) {
  for (;;) {
    const byte = peek(cursor)
    if (isSpace(byte)) cursor.at++
    else if (byte === 37) {
      while (cursor.at < cursor.end && peek(cursor) !== 10 && peek(cursor) !== 13) cursor.at++
    } else return
  }
}
function takeWord(cursor, word) {
  for (let index = 0; index < word.length; index++) {
    if (peek(cursor, index) !== word.charCodeAt(index)) return false
  }
  cursor.at += word.length
  return true
}
function expectWord(cursor, word) {
  if (!takeWord(cursor, word)) throw new PdfSyntaxError(`expected ${word}`, cursor.at)
}
function takeWhole(cursor) {
  const from = cursor.at
  let value = 0
  for (
    let byte = peek(cursor);
    byte !== void 0 && isDigit(byte) && cursor.at - from < 10;
    byte = peek(cursor)
  ) {
    value = value * 10 + byte - 48
    cursor.at++
  }
  if (cursor.at === from) throw new PdfSyntaxError('expected a number', from)
  return value
}
function readValue(cursor, depth = 0) {
  if (depth > MOST_DEPTH) throw new PdfSyntaxError('nested too deep', cursor.at)
  skipSpace(cursor)
  const byte = peek(cursor)
  if (byte === void 0) throw new PdfSyntaxError('unexpected end', cursor.at)
  if (byte === 47) return name(readName(cursor))
  if (byte === 40) return readLiteral(cursor)
  if (byte === 60) return peek(cursor, 1) === 60 ? readDict(cursor, depth) : readHex(cursor)
  if (byte === 91) return readArray(cursor, depth)
  if (isDigit(byte) || byte === 43 || byte === 45 || byte === 46) return readNumberOrRef(cursor)
  if (takeWord(cursor, 'true')) return true
  if (takeWord(cursor, 'false')) return false
  if (takeWord(cursor, 'null')) return null
  throw new PdfSyntaxError('no value', cursor.at)
}
function readIndirect(cursor, lengthOf2) {
  const from = cursor.at
  const object = takeWhole(cursor)
  skipSpace(cursor)
  const generation = takeWhole(cursor)
  skipSpace(cursor)
  expectWord(cursor, 'obj')
  let value = readValue(cursor)
  skipSpace(cursor)
  if (value instanceof Map && takeWord(cursor, 'stream')) value = readStream(cursor, value, lengthOf2)
  skipSpace(cursor)
  expectWord(cursor, 'endobj')
  return { object, generation, value, from, to: cursor.at }
}
function readStream(cursor, dict2, lengthOf2) {
  if (peek(cursor) === 13) cursor.at++
  if (peek(cursor) !== 10) throw new PdfSyntaxError('no line end after stream', cursor.at)
  cursor.at++
  const stated = dict2.get('Length') ?? null
  const length = typeof stated === 'number' ? stated : lengthOf2?.(stated)
  if (length === void 0 || !Number.isInteger(length) || length < 0 || cursor.at + length > cursor.end) {
    throw new PdfSyntaxError('stream without a usable length', cursor.at)
  }
  const raw = cursor.bytes.subarray(cursor.at, cursor.at + length)
  cursor.at += length
  if (peek(cursor) === 13) cursor.at++
  if (peek(cursor) === 10) cursor.at++
  expectWord(cursor, 'endstream')
  return { kind: 'stream', dict: dict2, raw }
}
function readName(cursor) {
  cursor.at++
  let text = ''
  for (
    let byte = peek(cursor);
    byte !== void 0 && !isSpace(byte) && !isDelimiter(byte);
    byte = peek(cursor)
  ) {
    const code = byte === 35 ? hexPair(peek(cursor, 1), peek(cursor, 2)) : void 0
    text += String.fromCharCode(code ?? byte)
    cursor.at += code === void 0 ? 1 : 3
  }
  return text
}
function hexDigit(byte) {
  if (byte === void 0) return void 0
  if (isDigit(byte)) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : void 0
}
function hexPair(high, low) {
  const first = hexDigit(high)
  const second = hexDigit(low)
  return first === void 0 || second === void 0 ? void 0 : first * 16 + second
}
function readHex(cursor) {
  const from = cursor.at++
  const digits = []
  for (;;) {
    const byte = peek(cursor)
    cursor.at++
    if (byte === 62) break
    const digit = hexDigit(byte)
    if (digit !== void 0) digits.push(digit)
    else if (!isSpace(byte)) throw new PdfSyntaxError('bad hexadecimal string', cursor.at - 1)
  }
  const bytes = new Uint8Array(Math.ceil(digits.length / 2))
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (digits[index * 2] ?? 0) * 16 + (digits[index * 2 + 1] ?? 0)
  }
  return { kind: 'text', bytes, hex: true, from, to: cursor.at }
}
var ESCAPES = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 }
function readLiteral(cursor) {
  const from = cursor.at++
  const bytes = []
  for (let open = 1; ; cursor.at++) {
    const byte = peek(cursor)
    if (byte === void 0) throw new PdfSyntaxError('string without end', from)
    if (byte === 92) {
      cursor.at++
      readEscape(cursor, bytes)
      continue
    }
    if (byte === 40) open++
    if (byte === 41 && --open === 0) break
    bytes.push(byte)
  }
  cursor.at++
  return { kind: 'text', bytes: Uint8Array.from(bytes), hex: false, from, to: cursor.at }
}
function readEscape(cursor, bytes) {
  const byte = peek(cursor)
  if (byte === void 0) return
  if (byte >= 48 && byte <= 55) {
    let code = 0
    let count = 0
    for (; count < 3; count++) {
      const digit = peek(cursor, count)
      if (digit === void 0 || digit < 48 || digit > 55) break
      code = code * 8 + digit - 48
    }
    cursor.at += count - 1
    bytes.push(code & 255)
  } else if (byte === 13) {
    if (peek(cursor, 1) === 10) cursor.at++
  } else if (byte !== 10) bytes.push(ESCAPES[byte] ?? byte)
}
function readArray(cursor, depth) {
  cursor.at++
  const items = []
  for (;;) {
    skipSpace(cursor)
    if (peek(cursor) === 93) break
    items.push(readValue(cursor, depth + 1))
  }
  cursor.at++
  return items
}
function readDict(cursor, depth) {
  cursor.at += 2
  const entries = /* @__PURE__ */ new Map()
  for (;;) {
    skipSpace(cursor)
    if (peek(cursor) === 62 && peek(cursor, 1) === 62) break
    if (peek(cursor) !== 47) throw new PdfSyntaxError('expected a key', cursor.at)
    const key = readName(cursor)
    if (entries.has(key)) throw new PdfSyntaxError(`key ${key} twice`, cursor.at)
    entries.set(key, readValue(cursor, depth + 1))
  }
  cursor.at += 2
  return entries
}
function readNumberOrRef(cursor) {
  const reference = readRef(cursor)
  if (reference) return reference
  const from = cursor.at
  while (isDigit(peek(cursor)) || [43, 45, 46].includes(peek(cursor) ?? 0)) cursor.at++
  const text = String.fromCharCode(...cursor.bytes.subarray(from, Math.min(cursor.at, from + 32)))
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new PdfSyntaxError('bad number', from)
  return Number(text)
}
function readRef(cursor) {
  const start = cursor.at
  if (isDigit(peek(cursor))) {
    const object = takeWhole(cursor)
    if (isSpace(peek(cursor))) {
      while (isSpace(peek(cursor))) cursor.at++
      if (isDigit(peek(cursor))) {
        const generation = takeWhole(cursor)
        if (isSpace(peek(cursor))) {
          while (isSpace(peek(cursor))) cursor.at++
          const after = peek(cursor, 1)
          const ends = after === void 0 || isSpace(after) || isDelimiter(after)
          if (peek(cursor) === 82 && ends) {
            cursor.at++
            return ref(object, generation)
          }
        }
      }
    }
  }
  cursor.at = start
  return void 0
}

// src/papers/pdf/revisions.ts
var MOST_BYTES = 64 * 1024 * 1024
var MOST_REVISIONS = 64
var MOST_OBJECTS = 2e5
var TRAILER_KEYS = ['Size', 'Root', 'Info', 'ID', 'Prev']
function openPdf(bytes) {
  if (bytes.length > MOST_BYTES) throw new PdfSyntaxError('file too large', MOST_BYTES)
  const ends = revisionEnds(bytes)
  const revisions = []
  let from = readHeader(bytes)
  for (const end of ends) {
    const revision = readRevision(bytes, from, end, revisions.at(-1))
    revisions.push(revision)
    from = revision.to
  }
  return { bytes, revisions }
}
function resolve(pdf, value, at = pdf.revisions.length - 1) {
  if (!isRef(value)) return value ?? null
  for (let index = at; index >= 0; index--) {
    const found = pdf.revisions[index]?.objects.get(value.object)
    if (found) return found.generation === value.generation && !isRef(found.value) ? found.value : null
  }
  return null
}
function dictAt(pdf, value, at) {
  const found = resolve(pdf, value, at)
  return isDict(found) ? found : void 0
}
function catalogOf(pdf) {
  const catalog = dictAt(pdf, pdf.revisions.at(-1)?.trailer.get('Root'))
  if (!catalog) throw new PdfSyntaxError('no catalog', 0)
  return catalog
}
function pagesOf(pdf) {
  const pages = []
  const seen = /* @__PURE__ */ new Set()
  const walk = (node) => {
    if (!isRef(node) || seen.has(node.object)) throw new PdfSyntaxError('broken page tree', 0)
    seen.add(node.object)
    const entries = dictAt(pdf, node)
    const kids = resolve(pdf, entries?.get('Kids'))
    if (Array.isArray(kids)) for (const kid of kids) walk(kid)
    else if (entries) pages.push({ object: node.object, page: entries })
    else throw new PdfSyntaxError('broken page tree', 0)
  }
  walk(catalogOf(pdf).get('Pages'))
  return pages
}
function revisionEnds(bytes) {
  const tables = []
  let tableAt2 = lastStartxref(bytes)
  while (tableAt2 !== void 0) {
    if (tables.length >= MOST_REVISIONS) throw new PdfSyntaxError('too many revisions', tableAt2)
    if (tables.some((table) => table.tableAt <= (tableAt2 ?? 0)))
      throw new PdfSyntaxError('tables in a ring', tableAt2)
    tables.push({ tableAt: tableAt2 })
    const previous = readTable(bytes, tableAt2).trailer.get('Prev')
    if (previous !== void 0 && typeof previous !== 'number') throw new PdfSyntaxError('bad /Prev', tableAt2)
    tableAt2 = previous
  }
  return tables.reverse()
}
function lastStartxref(bytes) {
  const tail = String.fromCharCode(...bytes.subarray(Math.max(0, bytes.length - 64)))
  const found = /startxref\n(\d{1,10})\n%%EOF\n?$/.exec(tail)
  if (!found) throw new PdfSyntaxError('the file does not end with its table', bytes.length)
  return Number(found[1])
}
function readHeader(bytes) {
  const cursor = cursorOn(bytes)
  if (!takeWord(cursor, '%PDF-1.7\n') && !takeWord(cursor, '%PDF-2.0\n')) {
    throw new PdfSyntaxError('no header', 0)
  }
  expectWord(cursor, '%')
  for (let index = 0; index < 4; index++) {
    if ((bytes[cursor.at++] ?? 0) < 128) throw new PdfSyntaxError('no binary mark', cursor.at)
  }
  return cursor.at
}
function readTable(bytes, tableAt2) {
  const cursor = cursorOn(bytes, tableAt2)
  expectWord(cursor, 'xref\n')
  const offsets = /* @__PURE__ */ new Map()
  while (isDigit(bytes[cursor.at])) readSection(cursor, offsets)
  expectWord(cursor, 'trailer\n')
  const trailer = readValue(cursor)
  if (!isDict(trailer)) throw new PdfSyntaxError('no trailer', cursor.at)
  for (const key of trailer.keys()) {
    if (!TRAILER_KEYS.includes(key)) throw new PdfSyntaxError(`trailer with ${key}`, tableAt2)
  }
  expectWord(cursor, '\nstartxref\n')
  if (takeWhole(cursor) !== tableAt2) throw new PdfSyntaxError('startxref points elsewhere', cursor.at)
  expectWord(cursor, '\n%%EOF')
  if (cursor.at < bytes.length) expectWord(cursor, '\n')
  return { offsets, trailer, to: cursor.at }
}
function readSection(cursor, offsets) {
  const first = takeWhole(cursor)
  expectWord(cursor, ' ')
  const count = takeWhole(cursor)
  expectWord(cursor, '\n')
  if (offsets.size + count > MOST_OBJECTS) throw new PdfSyntaxError('too many objects', cursor.at)
  for (let object = first; object < first + count; object++) {
    const line = String.fromCharCode(...cursor.bytes.subarray(cursor.at, cursor.at + 20))
    const entry = /^(\d{10}) (\d{5}) ([nf])(?: \n|\r\n| \r)$/.exec(line)
    if (!entry) throw new PdfSyntaxError('bad table entry', cursor.at)
    const isHead = object === 0 && line.startsWith('0000000000 65535 f')
    if (!isHead && (entry[3] !== 'n' || entry[2] !== '00000'))
      throw new PdfSyntaxError('freed object', cursor.at)
    if (offsets.has(object)) throw new PdfSyntaxError('object listed twice', cursor.at)
    if (!isHead) offsets.set(object, Number(entry[1]))
    cursor.at += 20
  }
}
function readRevision(bytes, from, { tableAt: tableAt2 }, previous) {
  const table = readTable(bytes, tableAt2)
  if (tableAt2 < from) throw new PdfSyntaxError('table inside an earlier revision', tableAt2)
  if (table.trailer.get('Prev') !== previous?.tableAt) throw new PdfSyntaxError('bad /Prev', tableAt2)
  const objects = /* @__PURE__ */ new Map()
  const cursor = cursorOn(bytes, from, tableAt2)
  for (skipOnlySpace(cursor); cursor.at < tableAt2; skipOnlySpace(cursor)) {
    const read = readIndirect(cursor)
    if (table.offsets.get(read.object) !== read.from || read.generation !== 0) {
      throw new PdfSyntaxError('object its table does not name', read.from)
    }
    objects.set(read.object, read)
  }
  if (objects.size !== table.offsets.size)
    throw new PdfSyntaxError('table names an object that is not there', tableAt2)
  checkSize(table, previous, tableAt2)
  return { from, to: table.to, objects, trailer: table.trailer, tableAt: tableAt2 }
}
function checkSize(table, previous, tableAt2) {
  const before = previous?.trailer.get('Size')
  const highest = Math.max(typeof before === 'number' ? before - 1 : 0, ...table.offsets.keys())
  if (table.trailer.get('Size') !== highest + 1) throw new PdfSyntaxError('bad /Size', tableAt2)
}
function skipOnlySpace(cursor) {
  while (cursor.at < cursor.end && isSpace(cursor.bytes[cursor.at])) cursor.at++
}

// src/papers/pdf/writing.ts
var HEADER = concat([bytesOf('%PDF-1.7\n%'), Uint8Array.of(226, 227, 207, 211), bytesOf('\n')])
function writeWhole(pdf, changes) {
  const objects = /* @__PURE__ */ new Map()
  for (const revision of pdf.revisions) {
    for (const [number, { from, to }] of revision.objects) objects.set(number, pdf.bytes.subarray(from, to))
  }
  for (const [number, value] of changes) objects.set(number, indirect(number, value))
  const numbers = [...objects.keys()].sort((one, other) => one - other)
  const sorted = numbers.map((number) => [number, objects.get(number) ?? new Uint8Array()])
  return write(HEADER, sorted, trailerOf(pdf, Math.max(...numbers) + 1), true)
}
function appendRevision(pdf, changes) {
  const sorted = [...changes.entries()]
    .sort(([one], [other]) => one - other)
    .map(([number, value]) => [number, indirect(number, value)])
  const size = Math.max(nextObject(pdf), ...[...changes.keys()].map((number) => number + 1))
  const trailer = trailerOf(pdf, size).set('Prev', pdf.revisions.at(-1)?.tableAt ?? 0)
  return write(pdf.bytes, sorted, trailer, false)
}
function nextObject(pdf) {
  const size = pdf.revisions.at(-1)?.trailer.get('Size')
  return typeof size === 'number' ? size : 1
}
function indirect(number, value) {
  return concat([
    bytesOf(`${number} 0 obj
`),
    writeValue(value),
    bytesOf('\nendobj'),
  ])
}
function trailerOf(pdf, size) {
  const last = pdf.revisions.at(-1)?.trailer
  return dict({ Size: size, Root: last?.get('Root'), Info: last?.get('Info'), ID: last?.get('ID') })
}
function write(before, objects, trailer, whole) {
  const parts = [before]
  const offsets = []
  let at = before.length
  for (const [number, bytes] of objects) {
    offsets.push([number, at])
    parts.push(bytes, bytesOf('\n'))
    at += bytes.length + 1
  }
  const table = `${whole ? headedTable(offsets) : tableOf(offsets)}trailer
`
  parts.push(
    bytesOf(table),
    writeValue(trailer),
    bytesOf(`
startxref
${at}
%%EOF
`),
  )
  return concat(parts)
}
function headedTable(offsets) {
  return tableOf([[0, -1], ...offsets])
}
function tableOf(offsets) {
  let text = 'xref\n'
  for (let index = 0; index < offsets.length;) {
    let end = index + 1
    while (end < offsets.length && offsets[end]?.[0] === (offsets[end - 1]?.[0] ?? 0) + 1) end++
    text += `${offsets[index]?.[0]} ${end - index}
`
    for (; index < end; index++) text += entryOf(offsets[index]?.[1] ?? -1)
  }
  return text
}
function entryOf(offset) {
  return offset < 0
    ? '0000000000 65535 f \n'
    : `${String(offset).padStart(10, '0')} 00000 n 
`
}

// src/signatures/prepare.ts
var PRINT = 4
var LOCKED = 128
var READ_ONLY = 1
var SIGNATURES_EXIST_APPEND_ONLY = 3
var FIELD_FACE = { upright: 'Tinos', italic: 'TinosItalic' }
function preparePaper(paper) {
  const pdf = openPdf(paper.pdf)
  const made = /* @__PURE__ */ new Map()
  let next = nextObject(pdf)
  const add = (value) => {
    made.set(next, value)
    return ref(next++)
  }
  const pages = pagesOf(pdf)
  const tree = structureOf(pdf)
  const widgets = [...paper.fields, ...paper.places].map((box, index) => {
    const page = pages[box.page - 1]
    if (!page) throw new Error(`no page ${box.page}`)
    const widget = add(widgetOf(box, ref(page.object), add(emptyAppearance(box.rect)), tree.nextKey + index))
    const element = add(formElement(tree.document, widget, ref(page.object)))
    return { widget, element, page }
  })
  for (const page of new Set(widgets.map((made2) => made2.page))) {
    const mine = widgets.filter((made2) => made2.page === page).map((made2) => made2.widget)
    const before = resolve(pdf, page.page.get('Annots'))
    const annotations = [...(Array.isArray(before) ? before : []), ...mine]
    made.set(page.object, new Map(page.page).set('Annots', annotations).set('Tabs', name('S')))
  }
  addToStructure(
    made,
    pdf,
    tree,
    widgets.map((one) => one.element),
  )
  const form = add(
    formOf(
      pdf,
      widgets.map((one) => one.widget),
    ),
  )
  const root = pdf.revisions.at(-1)?.trailer.get('Root')
  if (!isRef(root)) throw new Error('no catalog')
  made.set(root.object, new Map(catalogOf(pdf)).set('AcroForm', form))
  return writeWhole(pdf, made)
}
function widgetOf(box, page, appearance, structParent) {
  const isField = 'size' in box
  const face2 = isField && box.italic ? FIELD_FACE.italic : FIELD_FACE.upright
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name(isField ? 'Tx' : 'Sig'),
    T: textString(box.name),
    TU: textString(box.label),
    F: isField ? PRINT : PRINT + LOCKED,
    Ff: isField ? READ_ONLY : void 0,
    Q: isField ? 1 : void 0,
    DA: isField ? textString(`/${face2} ${box.size} Tf 0 g`) : void 0,
    Rect: rectangle(box.rect),
    P: page,
    StructParent: structParent,
    AP: dict({ N: appearance }),
  })
}
function rectangle({ x, y, width, height }) {
  return [x, y, x + width, y + height].map((value) => Math.round(value * 1e3) / 1e3)
}
function emptyAppearance({ width, height }) {
  const entries = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: rectangle({ x: 0, y: 0, width, height }),
    Resources: dict({}),
  })
  return stream(entries, new Uint8Array())
}
function formElement(parent, widget, page) {
  return dict({
    Type: name('StructElem'),
    S: name('Form'),
    P: parent,
    Pg: page,
    K: [dict({ Type: name('OBJR'), Obj: widget, Pg: page })],
  })
}
function structureOf(pdf) {
  const root = catalogOf(pdf).get('StructTreeRoot')
  const entries = dictAt(pdf, root)
  const kids = resolve(pdf, entries?.get('K'))
  const document = Array.isArray(kids) ? kids[0] : entries?.get('K')
  const nextKey = entries?.get('ParentTreeNextKey')
  if (!isRef(root) || !entries || !isRef(document) || typeof nextKey !== 'number') {
    throw new Error('the paper is not tagged')
  }
  return { root, entries, document, nextKey }
}
function addToStructure(made, pdf, tree, elements) {
  const document = dictAt(pdf, tree.document)
  const kids = resolve(pdf, document?.get('K'))
  const parents = dictAt(pdf, tree.entries.get('ParentTree'))
  const numbers = resolve(pdf, parents?.get('Nums'))
  if (!document || !Array.isArray(kids) || !Array.isArray(numbers))
    throw new Error('an unknown structure tree')
  const added = elements.flatMap((element, index) => [tree.nextKey + index, element])
  made.set(tree.document.object, new Map(document).set('K', [...kids, ...elements]))
  made.set(
    tree.root.object,
    new Map(tree.entries)
      .set('ParentTree', dict({ Nums: [...numbers, ...added] }))
      .set('ParentTreeNextKey', tree.nextKey + elements.length),
  )
}
function formOf(pdf, fields) {
  const upright = faceObject(pdf, /\+Tinos$/)
  const fonts = {
    [FIELD_FACE.upright]: upright,
    [FIELD_FACE.italic]: faceObject(pdf, /\+Tinos-Italic$/) ?? upright,
  }
  return dict({
    Fields: fields,
    SigFlags: SIGNATURES_EXIST_APPEND_ONLY,
    DR: dict({ Font: dict(fonts) }),
    DA: textString(`/${FIELD_FACE.upright} 14 Tf 0 g`),
  })
}
function faceObject(pdf, baseFont) {
  for (const [number, { value }] of pdf.revisions.flatMap((revision) => [...revision.objects])) {
    if (!(value instanceof Map) || !isName(value.get('Subtype'), 'Type0')) continue
    const base = value.get('BaseFont')
    if (isName(base) && baseFont.test(base.name)) return ref(number)
  }
  return void 0
}

// src/kernel/refusal.ts
var Refusal = class extends Error {
  name = 'Refusal'
  kind
  code
  citation
  facts
  fields
  constructor(kind, code, more = {}) {
    super(`${kind}: ${code}`)
    this.kind = kind
    this.code = code
    this.citation = more.citation
    this.facts = more.facts ?? {}
    this.fields = more.fields ?? []
  }
}

// src/signatures/appearance.ts
function importAppearance(drawing, add) {
  const pdf = openPdf(drawing)
  const [page] = pagesOf(pdf)
  const content = resolve(pdf, page?.page.get('Contents'))
  if (!page || !isStream(content)) throw new Error('a drawing without content')
  const copied = /* @__PURE__ */ new Map()
  const entries = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: page.page.get('MediaBox'),
    Resources: copy(pdf, page.page.get('Resources') ?? null, copied, add),
    Filter: content.dict.get('Filter'),
  })
  return add(stream(entries, content.raw))
}
function copy(pdf, value, copied, add) {
  if (isRef(value)) {
    const before = copied.get(value.object)
    if (before) return before
    const made2 = add(copy(pdf, resolve(pdf, value), copied, add))
    copied.set(value.object, made2)
    return made2
  }
  if (Array.isArray(value)) return value.map((item) => copy(pdf, item, copied, add))
  const entries = dictOf(value)
  if (!entries) return value
  const made = new Map([...entries].map(([key, item]) => [key, copy(pdf, item, copied, add)]))
  return isStream(value) ? { ...value, dict: made } : made
}

// src/signatures/certificates.ts
import { X509Certificate } from 'node:crypto'

// src/signatures/der.ts
var TAG = {
  boolean: 1,
  integer: 2,
  bits: 3,
  octets: 4,
  nothing: 5,
  oid: 6,
  utf8: 12,
  printable: 19,
  utcTime: 23,
  generalTime: 24,
  sequence: 48,
  set: 49,
}
var DerError = class extends Error {
  name = 'DerError'
}
function tlv(tag, ...contents) {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content])
}
function sequence(...items) {
  return tlv(TAG.sequence, ...items)
}
function setOf(...items) {
  return tlv(TAG.set, ...[...items].sort(Buffer.compare))
}
function tagged(number, ...items) {
  return tlv(160 | number, ...items)
}
function octets(bytes) {
  return tlv(TAG.octets, bytes)
}
function bits(bytes, unused = 0) {
  return tlv(TAG.bits, Uint8Array.of(unused), bytes)
}
function integer(value) {
  const bytes = typeof value === 'number' ? Buffer.from(hexOf(value), 'hex') : Buffer.from(value)
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const short = bytes.subarray(start)
  return tlv(TAG.integer, (short[0] ?? 0) > 127 ? Buffer.concat([Uint8Array.of(0), short]) : short)
}
function hexOf(value) {
  const hex = value.toString(16)
  return hex.length % 2 ? `0${hex}` : hex
}
function nothing() {
  return tlv(TAG.nothing)
}
function yes() {
  return tlv(TAG.boolean, Uint8Array.of(255))
}
function utf82(text) {
  return tlv(TAG.utf8, Buffer.from(text, 'utf8'))
}
function oid(dotted) {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = []
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(128 + (left % 128))
    bytes.push(...groups)
  }
  return tlv(TAG.oid, Uint8Array.from(bytes))
}
function time(at) {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return at.getUTCFullYear() < 2050
    ? tlv(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : tlv(TAG.generalTime, Buffer.from(`${digits}Z`))
}
function lengthOf(length) {
  if (length < 128) return Uint8Array.of(length)
  const bytes = Buffer.from(hexOf(length), 'hex')
  return Buffer.concat([Uint8Array.of(128 | bytes.length), bytes])
}
function readNode(bytes, at = 0) {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === void 0 || first === void 0 || (tag & 31) === 31) throw new DerError('no element')
  let length = first
  let from = at + 2
  if (first > 127) {
    const count = first & 127
    if (count < 1 || count > 3) throw new DerError('bad length')
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[from++] ?? 0)
    if (length < 128 || length < 256 ** (count - 1)) throw new DerError('length not in its shortest form')
  }
  if (from + length > bytes.length) throw new DerError('element cut short')
  return { tag, whole: bytes.subarray(at, from + length), content: bytes.subarray(from, from + length) }
}
function readOnly(bytes) {
  const node = readNode(bytes)
  if (node.whole.length !== bytes.length) throw new DerError('bytes behind the element')
  return node
}
function childrenOf(node, tag) {
  if (tag !== void 0) expectTag(node, tag)
  const children = []
  for (let at = 0; at < node.content.length;) {
    const child = readNode(node.content, at)
    children.push(child)
    at += child.whole.length
    if (children.length > 1e3) throw new DerError('too many elements')
  }
  return children
}
function expectTag(node, tag) {
  if (node?.tag !== tag) throw new DerError(`expected tag ${tag}, found ${node?.tag}`)
  return node
}
function readOid(node) {
  const { content } = expectTag(node, TAG.oid)
  const arcs = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 127)
    if (byte < 128) {
      arcs.push(arc)
      arc = 0
    }
  }
  const first = arcs.shift() ?? 0
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...arcs].join('.')
}
function readTime(node) {
  const text = Buffer.from(node?.content ?? []).toString('latin1')
  const digits = node?.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits)
  if (!found || (node?.tag !== TAG.utcTime && node?.tag !== TAG.generalTime)) throw new DerError('bad time')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number)
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

// src/signatures/certificates.ts
var OID = {
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  title: '2.5.4.12',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
  timeStamping: '1.3.6.1.5.5.7.3.8',
}
var KEY_USAGE = { digitalSignature: 0, nonRepudiation: 1, certificateSign: 5, crlSign: 6 }
function readCertificate(der) {
  const [body, , signature] = childrenOf(readOnly(der), TAG.sequence)
  if (!body || !signature) throw new DerError('no certificate')
  const fields = childrenOf(body, TAG.sequence)
  if (fields[0]?.tag === 160) fields.shift()
  const [serial, , issuer, validity, subject] = fields
  if (!serial || !issuer || !validity || !subject) throw new DerError('certificate with missing parts')
  const [from, to] = childrenOf(validity, TAG.sequence)
  const names = namesOf(subject)
  const extensions = extensionsOf(fields.find((field) => field.tag === 163))
  return {
    der,
    commonName: names.get(OID.commonName) ?? '',
    organisation: names.get(OID.organisation),
    title: names.get(OID.title),
    issuer: issuer.whole,
    subject: subject.whole,
    serial: serial.content,
    validFrom: readTime(from),
    validTo: readTime(to),
    isAuthority: saysAuthority(extensions.get(OID.basicConstraints)),
    usages: usagesOf(extensions.get(OID.keyUsage)),
    extendedUsages: extendedUsagesOf(extensions.get(OID.extendedKeyUsage)),
    publicKey: publicKeyOf(der),
    test: [...names.values(), ...namesOf(issuer).values()].some((value) => /\bTEST\b/.test(value)),
  }
}
function readPem(pem) {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)
  return [...blocks].map(([, base64 = '']) => readCertificate(Uint8Array.from(Buffer.from(base64, 'base64'))))
}
function isIssuedBy(child, parent) {
  if (Buffer.compare(child.issuer, parent.subject) !== 0) return false
  if (!parent.isAuthority || !parent.usages.includes(KEY_USAGE.certificateSign)) return false
  try {
    return new X509Certificate(child.der).verify(parent.publicKey)
  } catch {
    return false
  }
}
function isValidAt(certificate, at) {
  return certificate.validFrom <= at && at <= certificate.validTo
}
var LONGEST_CHAIN = 6
function chainTo(leaf, between, roots, at) {
  const chain = [leaf]
  for (let last = leaf; chain.length <= LONGEST_CHAIN;) {
    if (!isValidAt(last, at)) return void 0
    const root = roots.find((candidate) => isIssuedBy(last, candidate) && isValidAt(candidate, at))
    if (root) return [...chain, root]
    const next = between.find((candidate) => !chain.includes(candidate) && isIssuedBy(last, candidate))
    if (!next) return void 0
    chain.push(next)
    last = next
  }
  return void 0
}
function publicKeyOf(der) {
  try {
    return new X509Certificate(der).publicKey
  } catch {
    throw new DerError('certificate without a usable key')
  }
}
function namesOf(node) {
  const names = /* @__PURE__ */ new Map()
  for (const part of childrenOf(node, TAG.sequence)) {
    for (const pair of childrenOf(part, TAG.set)) {
      const [type, value] = childrenOf(pair, TAG.sequence)
      names.set(readOid(type), Buffer.from(value?.content ?? []).toString('utf8'))
    }
  }
  return names
}
function extensionsOf(node) {
  const extensions = /* @__PURE__ */ new Map()
  if (!node) return extensions
  for (const extension of childrenOf(readOnly(node.content), TAG.sequence)) {
    const parts = childrenOf(extension, TAG.sequence)
    const value = parts.at(-1)
    if (value?.tag === TAG.octets) extensions.set(readOid(parts[0]), readOnly(value.content))
  }
  return extensions
}
function saysAuthority(node) {
  if (!node || node.content.length === 0) return false
  const first = readNode(node.content)
  return first.tag === TAG.boolean && first.content[0] === 255
}
function usagesOf(node) {
  const [, ...bytes] = node?.tag === TAG.bits ? node.content : []
  return bytes.flatMap((byte, index) => {
    return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (128 >> bit)).map((bit) => index * 8 + bit)
  })
}
function extendedUsagesOf(node) {
  return node ? childrenOf(node, TAG.sequence).map(readOid) : []
}

// src/signatures/cms.ts
import { constants, createHash, verify } from 'node:crypto'
var TYPE = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
  timestamp: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
}
var ALGORITHM = {
  'rsa-sha256': '1.2.840.113549.1.1.11',
  'ecdsa-sha256': '1.2.840.10045.4.3.2',
}
function sha256(...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
async function buildSignedData(content, key, stampOf) {
  const certificate = readCertificate(key.certificate)
  const attributes = [
    attribute(TYPE.contentType, oid(content.type)),
    attribute(TYPE.messageDigest, octets(content.digest)),
    attribute(TYPE.signingCertificate, sequence(sequence(sequence(octets(sha256(key.certificate)))))),
  ]
  const signed = setOf(...attributes)
  const signature = await key.sign(signed)
  const unsigned = stampOf ? [tagged(1, attribute(TYPE.timestamp, await stampOf(signature)))] : []
  const signer = sequence(
    integer(1),
    identifierOf(certificate),
    sequence(oid(TYPE.sha256)),
    retag(160, signed),
    signatureAlgorithm(key.algorithm),
    octets(signature),
    ...unsigned,
  )
  const carried = content.carried ? [tagged(0, octets(content.carried))] : []
  const body = sequence(
    integer(content.type === TYPE.data ? 1 : 3),
    setOf(sequence(oid(TYPE.sha256))),
    sequence(oid(content.type), ...carried),
    retag(160, setOf(key.certificate, ...key.chain)),
    setOf(signer),
  )
  return sequence(oid(TYPE.signedData), tagged(0, body))
}
function signDetached(digest, key, stampOf) {
  return buildSignedData({ type: TYPE.data, digest }, key, stampOf)
}
function readSignedData(node) {
  const [type, wrapped, ...rest] = childrenOf(node, TAG.sequence)
  if (readOid(type) !== TYPE.signedData || rest.length > 0) throw new DerError('no SignedData')
  const body = only(childrenOf(expectTag(wrapped, 160)))
  const [version, digests, content, certificates, signers, ...more] = childrenOf(body, TAG.sequence)
  if (!certificates || !signers || !content || !digests || more.length > 0) {
    throw new DerError('SignedData with missing or unknown parts')
  }
  const contentParts = childrenOf(content, TAG.sequence)
  const contentType = readOid(contentParts[0])
  expectSame(version?.whole, integer(contentType === TYPE.data ? 1 : 3))
  expectSame(sequenceOfDigest(only(childrenOf(digests, TAG.set))), sequence(oid(TYPE.sha256)))
  const carried = contentParts[1] && only(childrenOf(expectTag(contentParts[1], 160)))
  const found = childrenOf(expectTag(certificates, 160)).map((item) => readCertificate(item.whole))
  const signer = readSigner(only(childrenOf(signers, TAG.set)), found)
  return { contentType, carried: carried && expectTag(carried, TAG.octets).content, ...signer }
}
function readSigner(node, certificates) {
  const [version, who, digest, attributes, algorithm, value, unsigned, ...more] = childrenOf(
    node,
    TAG.sequence,
  )
  if (!who || !digest || !attributes || !algorithm || more.length > 0) throw new DerError('bad signer')
  expectSame(version?.whole, integer(1))
  expectSame(sequenceOfDigest(digest), sequence(oid(TYPE.sha256)))
  const signer = certificates.find((candidate) => same(who.whole, identifierOf(candidate)))
  if (!signer) throw new DerError('the signer\u2019s certificate is not there')
  const signed = readAttributes(expectTag(attributes, 160))
  const late = unsigned ? readAttributes(expectTag(unsigned, 161)) : /* @__PURE__ */ new Map()
  if ([...late.keys()].some((type) => type !== TYPE.timestamp))
    throw new DerError('unknown unsigned attribute')
  return {
    signer,
    others: certificates.filter((candidate) => candidate !== signer),
    signedAttributes: retag(TAG.set, attributes.whole),
    messageDigest: expectTag(signed.get(TYPE.messageDigest), TAG.octets).content,
    signedContentType: readOid(signed.get(TYPE.contentType)),
    signingCertificateHash: certificateHash(signed.get(TYPE.signingCertificate)),
    algorithm: readAlgorithm(algorithm),
    signature: expectTag(value, TAG.octets).content,
    timestamp: late.get(TYPE.timestamp)?.whole,
  }
}
function checkSignature(data, digest) {
  if (data.signedContentType !== data.contentType) return 'signature.content-type'
  if (!same(data.messageDigest, digest)) return 'signature.digest'
  if (!same(data.signingCertificateHash, sha256(data.signer.der))) return 'signature.certificate-binding'
  const isRsa = data.signer.publicKey.asymmetricKeyType === 'rsa'
  if (isRsa !== (data.algorithm === 'rsa-sha256')) return 'signature.value'
  const key = isRsa
    ? { key: data.signer.publicKey, padding: constants.RSA_PKCS1_PADDING }
    : { key: data.signer.publicKey }
  return verify('sha256', data.signedAttributes, key, data.signature) ? void 0 : 'signature.value'
}
var CONTENT_TYPE = { data: TYPE.data, timestampInfo: '1.2.840.113549.1.9.16.1.4' }
function attribute(type, value) {
  return sequence(oid(type), setOf(value))
}
function identifierOf(certificate) {
  return sequence(certificate.issuer, tlv(TAG.integer, certificate.serial))
}
function signatureAlgorithm(algorithm) {
  return algorithm === 'rsa-sha256'
    ? sequence(oid(ALGORITHM[algorithm]), nothing())
    : sequence(oid(ALGORITHM[algorithm]))
}
function readAlgorithm(node) {
  for (const algorithm of ['rsa-sha256', 'ecdsa-sha256']) {
    if (same(node.whole, signatureAlgorithm(algorithm))) return algorithm
  }
  throw new DerError('unknown signature algorithm')
}
function sequenceOfDigest(node) {
  return same(node.whole, sequence(oid(TYPE.sha256), nothing())) ? sequence(oid(TYPE.sha256)) : node.whole
}
function readAttributes(node) {
  const read = /* @__PURE__ */ new Map()
  for (const item of childrenOf(node)) {
    const [type, values, ...more] = childrenOf(item, TAG.sequence)
    const key = readOid(type)
    if (read.has(key) || more.length > 0) throw new DerError('attribute twice')
    read.set(key, only(childrenOf(expectTag(values, TAG.set))))
  }
  return read
}
function certificateHash(node) {
  const [list] = childrenOf(expectTag(node, TAG.sequence))
  const [first] = childrenOf(expectTag(list, TAG.sequence))
  const parts = childrenOf(expectTag(first, TAG.sequence))
  const hash = parts[0]?.tag === TAG.sequence ? parts[1] : parts[0]
  if (parts[0]?.tag === TAG.sequence) expectSame(sequenceOfDigest(parts[0]), sequence(oid(TYPE.sha256)))
  return expectTag(hash, TAG.octets).content
}
function retag(tag, element) {
  const copy2 = Uint8Array.from(element)
  copy2[0] = tag
  return copy2
}
function only(nodes) {
  const [first, second] = nodes
  if (!first || second) throw new DerError('expected exactly one element')
  return first
}
function same(one, other) {
  return one !== void 0 && other !== void 0 && Buffer.compare(one, other) === 0
}
function expectSame(found, expected) {
  if (!same(found, expected)) throw new DerError('unexpected value')
}
function readPadded(bytes) {
  const node = readNode(bytes)
  if (bytes.subarray(node.whole.length).some((byte) => byte !== 0))
    throw new DerError('bytes behind the signature')
  return node
}

// src/signatures/seal.ts
var ROOM = 2048
var ROOM_FOR_TIMESTAMP = 10240
async function signPaper(paper, options) {
  const certificate = readCertificate(options.key.certificate)
  if (!isValidAt(certificate, options.at)) {
    throw new Refusal('against-rule', 'signature.certificate-not-valid', {
      citation: '379-Q\u0110/TW art. 12',
    })
  }
  const pdf = openPdf(paper)
  const made = /* @__PURE__ */ new Map()
  let next = nextObject(pdf)
  const add = (value2) => {
    made.set(next, value2)
    return ref(next++)
  }
  const field = fieldNamed(pdf, options.place, 'Sig')
  const value = add(signatureDict(options, certificate))
  const look = await renderAppearance(drawingOf(options, certificate), sizeOf(field.entries))
  made.set(field.object, withAppearance(field.entries, value, importAppearance(look, add)))
  for (const [fieldName, text] of Object.entries(options.fill ?? {})) {
    const filled = fieldNamed(pdf, fieldName, 'Tx')
    const drawing = await renderAppearance(fieldDrawing(filled.entries, text), sizeOf(filled.entries))
    made.set(filled.object, withAppearance(filled.entries, textString(text), importAppearance(drawing, add)))
  }
  return sealRevision(appendRevision(pdf, made), paper.length, options)
}
function fieldNamed(pdf, wanted, type) {
  const form = dictAt(pdf, catalogOf(pdf).get('AcroForm'))
  const fields = resolve(pdf, form?.get('Fields'))
  for (const field of Array.isArray(fields) ? fields : []) {
    const entries = dictAt(pdf, field)
    if (!isRef(field) || !entries || readTextString(entries.get('T')) !== wanted) continue
    if (!isName(entries.get('FT'), type)) break
    if (entries.has('V')) throw new Refusal('conflict', 'paper.place-taken', { facts: { place: wanted } })
    return { object: field.object, entries }
  }
  throw new Error(`the paper has no ${type} field ${wanted}`)
}
function sizeOf(field) {
  const [left = 0, bottom = 0, right = 0, top = 0] = field.get('Rect') ?? []
  return { width: right - left, height: top - bottom }
}
function withAppearance(field, value, appearance) {
  return new Map(field).set('V', value).set('AP', dict({ N: appearance }))
}
function localTime(at) {
  const [day = '', time2 = ''] = new Date(at.getTime() + 7 * 36e5).toISOString().split('T')
  return `${day.split('-').reverse().join('/')} ${time2.slice(0, 8)} +07:00`
}
function pdfDate(at) {
  const local = new Date(at.getTime() + 7 * 36e5).toISOString()
  return `D:${local.slice(0, 19).replace(/[-T:]/g, '')}+07'00'`
}
var HEX_PER_BYTE = 2
function signatureDict(options, certificate) {
  const certificates = [options.key.certificate, ...options.key.chain].reduce(
    (sum, one) => sum + one.length,
    0,
  )
  const room = ROOM + certificates + (options.timestamper ? ROOM_FOR_TIMESTAMP : 0)
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    Name: textString(certificate.commonName),
    M: textString(pdfDate(options.at)),
    Reason: options.reason === void 0 ? void 0 : textString(options.reason),
    ByteRange: { kind: 'verbatim', bytes: bytesOf(BYTE_RANGE) },
    Contents: { kind: 'verbatim', bytes: bytesOf(`<${'0'.repeat(room * HEX_PER_BYTE)}>`) },
  })
}
var BYTE_RANGE = '[0 ********** ********** **********]'
async function sealRevision(file, from, options) {
  const bytes = Buffer.from(file)
  const rangeAt = bytes.indexOf(BYTE_RANGE, from)
  const open = bytes.indexOf('/Contents <', rangeAt) + '/Contents '.length
  const close = bytes.indexOf('>', open) + 1
  const numbers = [open, close, bytes.length - close].map((number) => String(number))
  bytes.write(`[0 ${numbers.join(' ')}]`.padEnd(BYTE_RANGE.length), rangeAt, 'latin1')
  const digest = sha256(bytes.subarray(0, open), bytes.subarray(close))
  const { timestamper } = options
  const stamp = timestamper && ((signature2) => timestamper.timestamp(sha256(signature2)))
  const signature = Buffer.from(await signDetached(digest, options.key, stamp)).toString('hex')
  if (signature.length > close - open - 2) throw new Error('the signature is larger than its room')
  bytes.write(signature, open + 1, 'latin1')
  return bytes
}
function drawingOf(options, certificate) {
  const data = {
    name: certificate.commonName.replace(/ \(TEST\)$/, ''),
    ...(certificate.organisation === void 0 ? {} : { organisation: certificate.organisation }),
    ...(certificate.title === void 0 ? {} : { title: certificate.title }),
    time: localTime(options.at),
    test: certificate.test,
  }
  if (options.place === 'organisation') return { drawing: 'seal', data }
  return { drawing: options.place === 'system' ? 'system' : 'person', data }
}
function fieldDrawing(field, text) {
  const style = field.get('DA')
  const [, face2, size] = /^\/(\w+) (\d+) Tf/.exec((isText(style) && readTextString(style)) || '') ?? []
  return { drawing: 'text', data: { text, size: Number(size ?? 14), italic: face2 === FIELD_FACE.italic } }
}

// src/signatures/authority.ts
import {
  createHash as createHash2,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'
var generate = promisify(generateKeyPair)
async function makeTestAuthority(name2, validity) {
  const keys = await generate('rsa', { modulusLength: 3072 })
  const subject = nameOf({ name: `${name2} (TEST)`, organisation: 'TEST', kind: 'system' })
  const certificate = certify(keys.publicKey, subject, subject, keys.privateKey, validity, [
    critical(OID.basicConstraints, sequence(yes(), integer(0))),
    critical(OID.keyUsage, usageBits(KEY_USAGE.certificateSign, KEY_USAGE.crlSign)),
    plain(OID.subjectKey, octets(keyIdentifier(keys.publicKey))),
  ])
  return stored(certificate, keys.privateKey)
}
async function issueTestCertificate(authority, subject, validity) {
  const issuer = readPem(authority.certificatePem)[0]
  if (!issuer) throw new Error('the authority has no certificate')
  const keys = await generate('rsa', { modulusLength: 2048 })
  const made = nameOf({ ...subject, name: `${subject.name} (TEST)` })
  const certificate = certify(
    keys.publicKey,
    made,
    issuer.subject,
    createPrivateKey(authority.privateKeyPem),
    validity,
    [
      critical(OID.basicConstraints, sequence()),
      critical(OID.keyUsage, usageBits(KEY_USAGE.digitalSignature, KEY_USAGE.nonRepudiation)),
      plain(OID.subjectKey, octets(keyIdentifier(keys.publicKey))),
      plain(OID.authorityKey, sequence(tlv(128, keyIdentifier(issuer.publicKey)))),
      ...(subject.kind === 'timestamp'
        ? [critical(OID.extendedKeyUsage, sequence(oid(OID.timeStamping)))]
        : []),
    ],
  )
  return stored(certificate, keys.privateKey)
}
function signingKey(key) {
  const [certificate] = readPem(key.certificatePem)
  if (!certificate) throw new Error('no certificate in the PEM')
  const secret = createPrivateKey(key.privateKeyPem)
  if (!matches(certificate.publicKey, secret)) throw new Error('the certificate is not of this key')
  return {
    certificate: certificate.der,
    chain: key.chainPem.flatMap((pem) => readPem(pem)).map((between) => between.der),
    algorithm: secret.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-sha256',
    sign: (data) => {
      return new Promise((settle, fail) => {
        sign('sha256', data, secret, (error, signature) => (error ? fail(error) : settle(signature)))
      })
    },
  }
}
function matches(publicKey, secret) {
  return publicKey.equals(createPublicKey(secret))
}
var RSA_WITH_SHA256 = '1.2.840.113549.1.1.11'
function certify(publicKey, subject, issuer, issuerKey, validity, extensions) {
  const algorithm = sequence(oid(RSA_WITH_SHA256), nothing())
  const body = sequence(
    tagged(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    issuer,
    sequence(time(validity.from), time(validity.to)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...extensions)),
  )
  return sequence(body, algorithm, bits(sign('sha256', body, issuerKey)))
}
function serialNumber() {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 127) | 64
  return bytes
}
function nameOf(subject) {
  const part = (type, value) => setOf(sequence(oid(type), utf82(value)))
  return sequence(
    setOf(sequence(oid('2.5.4.6'), tlv(TAG.printable, Buffer.from('VN')))),
    ...(subject.organisation ? [part(OID.organisation, subject.organisation)] : []),
    ...(subject.title ? [part(OID.title, subject.title)] : []),
    part(OID.commonName, subject.name),
  )
}
function keyIdentifier(publicKey) {
  return createHash2('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
}
function usageBits(...usages) {
  const byte = usages.reduce((sum, usage) => sum | (128 >> usage), 0)
  const unused = 31 - Math.clz32(byte & -byte)
  return bits(Uint8Array.of(byte), unused)
}
function critical(type, value) {
  return sequence(oid(type), yes(), octets(value))
}
function plain(type, value) {
  return sequence(oid(type), octets(value))
}
function stored(certificate, secret) {
  const base64 = Buffer.from(certificate)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
  return {
    certificatePem: `-----BEGIN CERTIFICATE-----
${base64.trimEnd()}
-----END CERTIFICATE-----
`,
    privateKeyPem: secret.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chainPem: [],
  }
}

// src/papers/check-structure.ts
function checkStructure(bytes) {
  try {
    const pdf = openPdf(bytes)
    return CHECKS.flatMap((check) => [...check(pdf)])
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error
    return [{ code: 'structure.unreadable', where: error.message }]
  }
}
var CHECKS = [
  checkMetadata,
  checkOutputIntent,
  checkTags,
  checkFonts,
  checkWidgets,
  checkAttachments,
  checkActiveContent,
]
function* objectsOf(pdf) {
  for (const revision of pdf.revisions)
    for (const [number, { value }] of revision.objects) yield [number, value]
}
function* checkMetadata(pdf) {
  const metadata = resolve(pdf, catalogOf(pdf).get('Metadata'))
  const xmp = isStream(metadata) && !metadata.dict.has('Filter') ? latinOf(metadata.raw) : ''
  if (!/<pdfaid:part>3<\/pdfaid:part>/.test(xmp)) yield { code: 'structure.metadata', where: 'pdfaid:part' }
  if (!/<pdfaid:conformance>A<\/pdfaid:conformance>/.test(xmp)) {
    yield { code: 'structure.metadata', where: 'pdfaid:conformance' }
  }
  if (!/<dc:title>/.test(xmp)) yield { code: 'structure.title', where: 'dc:title' }
  const trailer = pdf.revisions.at(-1)?.trailer
  if (!Array.isArray(resolve(pdf, trailer?.get('ID'))))
    yield { code: 'structure.identifier', where: 'trailer' }
}
function* checkOutputIntent(pdf) {
  const intents = resolve(pdf, catalogOf(pdf).get('OutputIntents'))
  const intent = dictAt(pdf, Array.isArray(intents) ? intents[0] : void 0)
  const profile = resolve(pdf, intent?.get('DestOutputProfile'))
  if (!isName(intent?.get('S'), 'GTS_PDFA1') || !isStream(profile)) {
    yield { code: 'structure.output-intent', where: 'catalog' }
  }
}
function* checkTags(pdf) {
  const catalog = catalogOf(pdf)
  if (dictAt(pdf, catalog.get('MarkInfo'))?.get('Marked') !== true) {
    yield { code: 'structure.not-tagged', where: 'MarkInfo' }
  }
  if (!readTextString(catalog.get('Lang'))) yield { code: 'structure.language', where: 'catalog' }
  const tree = dictAt(pdf, catalog.get('StructTreeRoot'))
  const parents = resolve(pdf, dictAt(pdf, tree?.get('ParentTree'))?.get('Nums'))
  const keys = new Set(Array.isArray(parents) ? parents.filter((_, index) => index % 2 === 0) : [])
  if (keys.size === 0) yield { code: 'structure.not-tagged', where: 'ParentTree' }
  for (const { object, page } of pagesOf(pdf)) {
    const key = page.get('StructParents')
    if (key === void 0 || !keys.has(key))
      yield { code: 'structure.not-tagged', where: `page object ${object}` }
    for (const widget of annotationsOf(pdf, page)) {
      const own = widget.get('StructParent')
      if (own === void 0 || !keys.has(own))
        yield { code: 'structure.not-tagged', where: `annotation on ${object}` }
    }
  }
}
function* checkFonts(pdf) {
  for (const [number, value] of objectsOf(pdf)) {
    const entries = dictOf(value)
    if (!isName(entries?.get('Type'), 'Font') || isName(entries.get('Subtype'), 'Type0')) continue
    if (isName(entries.get('Subtype'), 'Type3')) continue
    const descriptor = dictAt(pdf, entries.get('FontDescriptor'))
    const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) =>
      isStream(resolve(pdf, descriptor?.get(key))),
    )
    if (!embedded) yield { code: 'structure.font-not-embedded', where: `object ${number}` }
  }
}
function* checkWidgets(pdf) {
  const form = dictAt(pdf, catalogOf(pdf).get('AcroForm'))
  if (form?.get('NeedAppearances') === true) yield { code: 'structure.appearance', where: 'AcroForm' }
  for (const { object, page } of pagesOf(pdf)) {
    for (const annotation of annotationsOf(pdf, page)) {
      if (!isName(annotation.get('Subtype'), 'Widget')) continue
      const flags = annotation.get('F')
      const looks = dictAt(pdf, annotation.get('AP'))
      const one = looks?.size === 1 && isStream(resolve(pdf, looks.get('N')))
      const printed = typeof flags === 'number' && (flags & 4) === 4 && (flags & 35) === 0
      if (!one || !printed) yield { code: 'structure.appearance', where: `widget on page object ${object}` }
    }
  }
}
function* checkAttachments(pdf) {
  for (const [number, value] of objectsOf(pdf)) {
    const entries = dictOf(value)
    if (isName(entries?.get('Type'), 'Filespec') || isDict(entries?.get('EF'))) {
      const complete = entries?.has('AFRelationship') && entries.has('F') && entries.has('UF')
      if (!complete) yield { code: 'structure.attachment', where: `object ${number}` }
    }
    if (isName(entries?.get('Type'), 'EmbeddedFile') && !entries.has('Subtype')) {
      yield { code: 'structure.attachment', where: `object ${number}` }
    }
  }
}
function* checkActiveContent(pdf) {
  for (const where of activeContentOf(pdf)) yield { code: 'structure.active-content', where }
}
var ACTIVE_KEYS = [
  'AA',
  'Encrypt',
  'FFilter',
  'JS',
  'JavaScript',
  'NeedAppearances',
  'OCProperties',
  'OpenAction',
  'PieceInfo',
  'Requirements',
  'RichMedia',
  'XFA',
]
var PASSIVE_ACTIONS = ['URI', 'GoTo']
function activeContentOf(pdf) {
  const found = /* @__PURE__ */ new Set()
  for (const [number, value] of objectsOf(pdf)) {
    for (const inner of valuesWithin(value)) {
      const entries = dictOf(inner)
      if (!entries) continue
      for (const key of ACTIVE_KEYS) if (entries.has(key)) found.add(`${key} in object ${number}`)
      if (isStream(inner) && entries.has('F')) found.add(`external stream in object ${number}`)
      const action = entries.get('S')
      const acts = isName(entries.get('Type'), 'Action') || entries.has('URI')
      if (acts && !(isName(action) && PASSIVE_ACTIONS.includes(action.name)))
        found.add(`action in object ${number}`)
      const linked = entries.get('A')
      if (isName(entries.get('Subtype'), 'Link') && linked !== void 0 && !isPassive(pdf, linked)) {
        found.add(`link in object ${number}`)
      }
    }
  }
  return [...found]
}
function isPassive(pdf, action) {
  const kind = dictAt(pdf, action)?.get('S')
  return isName(kind) && PASSIVE_ACTIONS.includes(kind.name)
}
function annotationsOf(pdf, page) {
  const annotations = resolve(pdf, page.get('Annots'))
  if (!Array.isArray(annotations)) return []
  return annotations.map((one) => dictAt(pdf, one)).filter((one) => one !== void 0)
}

// src/signatures/changes.ts
function reviewRevisions(pdf) {
  const fields = formFields(pdf)
  const reviews = pdf.revisions.slice(1).map((_, index) => reviewRevision(pdf, index + 1, fields))
  const names = [...fields.keys()]
  const end = names.map((object) => ({
    object,
    entries: dictAt(pdf, refTo(object)) ?? /* @__PURE__ */ new Map(),
  }))
  return {
    changes: reviews.flatMap((review) => review.changes),
    signatures: reviews.flatMap((review) => review.signatures),
    problems: [...checkBase(pdf, fields), ...reviews.flatMap((review) => review.problems)],
    unsigned: end
      .filter(({ entries }) => isName(entries.get('FT'), 'Sig') && !entries.has('V'))
      .map(({ object }) => fields.get(object) ?? ''),
    filled: Object.fromEntries(
      end
        .filter(({ entries }) => isName(entries.get('FT'), 'Tx') && entries.has('V'))
        .map(({ object, entries }) => [fields.get(object) ?? '', readTextString(entries.get('V')) ?? '']),
    ),
  }
}
function refTo(object) {
  return { kind: 'ref', object, generation: 0 }
}
function formFields(pdf) {
  const form = dictAt(pdf, catalogOf(pdf).get('AcroForm'), 0)
  const listed = resolve(pdf, form?.get('Fields'), 0)
  const fields = /* @__PURE__ */ new Map()
  for (const field of Array.isArray(listed) ? listed : []) {
    const entries = dictAt(pdf, field, 0)
    if (isRef(field) && entries) fields.set(field.object, readTextString(entries.get('T')) ?? '')
  }
  return fields
}
function checkBase(pdf, fields) {
  const problems = []
  for (const [object, field] of fields) {
    const entries = dictAt(pdf, refTo(object), 0)
    if (entries?.has('V') || entries?.has('Kids') || entries?.has('Parent') || field === '') {
      problems.push({ code: 'form.not-empty', facts: { field } })
    }
  }
  if (new Set(fields.values()).size !== fields.size)
    problems.push({ code: 'form.not-empty', facts: { field: '' } })
  for (const [number, { value }] of pdf.revisions[0]?.objects ?? []) {
    if (looksSigned(value)) problems.push({ code: 'signature.misplaced', facts: { object: number } })
  }
  return problems
}
function looksSigned(value) {
  return [...valuesWithin(value)].some((inner) => dictOf(inner)?.has('ByteRange'))
}
function reviewRevision(pdf, revision, fields) {
  const review = { changes: [], signatures: [], problems: [] }
  const current = pdf.revisions[revision]
  const previous = pdf.revisions[revision - 1]
  if (!current || !previous) return review
  const fault = (code, facts = {}) => {
    review.problems.push({ code, facts: { revision, ...facts } })
  }
  for (const key of ['Root', 'Info', 'ID']) {
    if (!sameValue(current.trailer.get(key), previous.trailer.get(key)))
      fault('revision.trailer-changed', { key })
  }
  const size = Number(previous.trailer.get('Size'))
  const fresh = new Set([...current.objects.keys()].filter((object) => object >= size))
  const reached = /* @__PURE__ */ new Set()
  for (const [object, { value }] of current.objects) {
    if (fresh.has(object)) continue
    const field = fields.get(object)
    const before = dictAt(pdf, refTo(object), revision - 1)
    if (field === void 0 || !before || !isDict(value)) {
      fault('revision.object-changed', { object })
      continue
    }
    const what = fillingOf(before, value)
    if (!what) fault('revision.field-changed', { field })
    else review.changes.push({ revision, field, what })
    if (what === 'signed') placeSignature(pdf, revision, field, value, review)
    reach(pdf, revision, dict({ V: value.get('V'), AP: value.get('AP') }), fresh, reached, () => {
      fault('revision.points-outside', { field })
    })
  }
  for (const object of fresh) if (!reached.has(object)) fault('revision.stray-object', { object })
  const signed = review.changes.filter((change) => change.what === 'signed').length
  if (signed !== 1) fault('revision.not-one-signature', { signed })
  return review
}
function fillingOf(before, after) {
  const strip = (entries) => new Map([...entries].filter(([key]) => key !== 'V' && key !== 'AP'))
  if (before.has('V') || !sameValue(strip(before), strip(after))) return void 0
  const looks = after.get('AP')
  if (!isDict(looks) || looks.size !== 1 || !isRef(looks.get('N'))) return void 0
  const value = after.get('V')
  if (isName(after.get('FT'), 'Sig')) return isRef(value) ? 'signed' : void 0
  const readOnly2 = isName(after.get('FT'), 'Tx') && after.get('Ff') === 1
  return readOnly2 && isText(value) ? 'filled' : void 0
}
function placeSignature(pdf, revision, place, field, review) {
  const entries = dictAt(pdf, field.get('V'), revision)
  const looks = resolve(pdf, field.get('AP').get('N'), revision)
  const drawn = isStream(looks) && isName(looks.dict.get('Subtype'), 'Form') && !looks.dict.has('Matrix')
  if (!entries || !drawn) review.problems.push({ code: 'signature.unreadable', facts: { place, revision } })
  else review.signatures.push({ revision, place, entries })
}
function reach(pdf, revision, from, fresh, reached, outside) {
  const waiting = [from]
  for (let value = waiting.pop(); value !== void 0; value = waiting.pop()) {
    for (const inner of valuesWithin(value)) {
      if (!isRef(inner) || reached.has(inner.object)) continue
      if (!fresh.has(inner.object)) outside()
      else {
        reached.add(inner.object)
        waiting.push(pdf.revisions[revision]?.objects.get(inner.object)?.value ?? null)
      }
    }
  }
}

// src/signatures/timestamp.ts
var SHA256 = '2.16.840.1.101.3.4.2.1'
function readTimestamp(token, signature, roots) {
  const data = readSignedData(readOnly(token))
  if (data.contentType !== CONTENT_TYPE.timestampInfo || !data.carried) throw new DerError('no time-stamp')
  const fault = checkSignature(data, sha256(data.carried))
  if (fault) throw new DerError(`time-stamp with ${fault}`)
  if (!data.signer.extendedUsages.includes(OID.timeStamping)) throw new DerError('not a time-stamp authority')
  const [, , imprint, , at] = childrenOf(readOnly(data.carried), TAG.sequence)
  const [algorithm, hash] = childrenOf(expectTag(imprint, TAG.sequence))
  if (readOid(algorithm && childrenOf(algorithm, TAG.sequence)[0]) !== SHA256)
    throw new DerError('unknown hash')
  if (Buffer.compare(expectTag(hash, TAG.octets).content, sha256(signature)) !== 0) {
    throw new DerError('time-stamp over something else')
  }
  const when = readTime(at)
  return {
    at: when,
    by: data.signer.commonName,
    trusted: chainTo(data.signer, data.others, roots, when) !== void 0,
  }
}

// src/signatures/verify.ts
var CLOCK_TOLERANCE_MS = 5 * 6e4
function verifyPaper(bytes, options) {
  try {
    return verifyOpened(openPdf(bytes), options)
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error
    return resultOf([], [{ code: 'file.unreadable', facts: { offset: error.offset } }])
  }
}
function verifyOpened(pdf, options) {
  const review = reviewRevisions(pdf)
  const problems = [...review.problems]
  if (activeContentOf(pdf).length > 0) problems.push({ code: 'file.active-content', facts: {} })
  const roots = options.trust.flatMap((pem) => readPem(pem))
  const reports = review.signatures.map((signature) => report(pdf, signature, roots, options, problems))
  if (reports.length === 0) problems.push({ code: 'file.not-signed', facts: {} })
  checkTimes(reports, options, problems)
  return {
    ...resultOf(reports, problems),
    unsigned: review.unsigned,
    fields: review.filled,
    changes: review.changes,
  }
}
function resultOf(signatures, problems) {
  const valid = problems.length === 0 && signatures.length > 0
  return {
    valid,
    trusted: valid && signatures.every((signature) => signature.standing === 'valid'),
    test: signatures.some((signature) => signature.test),
    signatures,
    unsigned: [],
    fields: {},
    changes: [],
    problems,
  }
}
function report(pdf, signature, roots, options, problems) {
  const { place, revision, entries } = signature
  const fault = (code) => problems.push({ code, facts: { place, revision } })
  const before = problems.length
  const range = coveredRange(pdf, signature)
  if (!range) fault('signature.range')
  const stated = statedTime(entries.get('M'))
  const data = readContents(pdf, signature)
  if (!data || !stated) fault('signature.unreadable')
  const wrong = data && range && checkSignature(data, sha256(...range))
  if (wrong) fault(wrong)
  const stamp = data?.timestamp && readStamp(data.timestamp, data, roots, () => fault('signature.timestamp'))
  const at = stamp?.trusted ? stamp.at : (stated ?? /* @__PURE__ */ new Date(0))
  const broken = problems.length > before
  const reason = readTextString(entries.get('Reason'))
  return {
    place,
    ...signerOf(data?.signer),
    at: at.toISOString(),
    timestamped: stamp?.trusted ?? false,
    standing: broken || !data ? 'broken' : standingOf(data, at, roots, options),
    coversWholeFile: range !== void 0 && revision === pdf.revisions.length - 1,
    ...(reason === void 0 ? {} : { reason }),
  }
}
function signerOf(certificate) {
  return {
    signer: certificate?.commonName ?? '',
    ...(certificate?.organisation === void 0 ? {} : { organisation: certificate.organisation }),
    ...(certificate?.title === void 0 ? {} : { title: certificate.title }),
    serial: Buffer.from(certificate?.serial ?? []).toString('hex'),
    test: certificate?.test ?? false,
  }
}
function coveredRange(pdf, { revision, entries }) {
  const range = entries.get('ByteRange')
  const contents = entries.get('Contents')
  const end = pdf.revisions[revision]?.to
  if (!Array.isArray(range) || range.length !== 4 || !isText(contents) || !contents.hex) return void 0
  const [start, first, second, length] = range
  if (start !== 0 || first !== contents.from || second !== contents.to) return void 0
  if (typeof length !== 'number' || contents.to + length !== end) return void 0
  return [pdf.bytes.subarray(0, contents.from), pdf.bytes.subarray(contents.to, end)]
}
var KNOWN_KEYS = ['Type', 'Filter', 'SubFilter', 'Name', 'M', 'Reason', 'ByteRange', 'Contents']
function readContents(pdf, { entries }) {
  const contents = entries.get('Contents')
  if (!isName(entries.get('SubFilter'), 'ETSI.CAdES.detached') || !isName(entries.get('Type'), 'Sig'))
    return void 0
  if (!isText(contents) || [...entries.keys()].some((key) => !KNOWN_KEYS.includes(key))) return void 0
  const written = Buffer.from(pdf.bytes.subarray(contents.from + 1, contents.to - 1)).toString('latin1')
  if (written !== Buffer.from(contents.bytes).toString('hex')) return void 0
  try {
    const data = readSignedData(readPadded(contents.bytes))
    return data.contentType === CONTENT_TYPE.data && !data.carried ? data : void 0
  } catch (error) {
    if (error instanceof DerError) return void 0
    throw error
  }
}
function readStamp(token, data, roots, fault) {
  try {
    return readTimestamp(token, data.signature, roots)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    fault()
    return void 0
  }
}
function standingOf(data, at, roots, options) {
  const { signer, others } = data
  if (!isValidAt(signer, at)) return 'expired'
  const signs =
    signer.usages.includes(KEY_USAGE.digitalSignature) || signer.usages.includes(KEY_USAGE.nonRepudiation)
  if (signer.isAuthority || !signs || !chainTo(signer, others, roots, at)) return 'untrusted'
  const revoked = options.revokedAt?.(Buffer.from(signer.serial).toString('hex'))
  return revoked && revoked <= at ? 'revoked' : 'valid'
}
function statedTime(value) {
  const text = isText(value) ? latinOf(value.bytes) : ''
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-])(\d\d)'(\d\d)'$/.exec(text)
  if (!found) return void 0
  const [, year, month, day, hour, minute, second, sign2, hours, minutes] = found
  const at = /* @__PURE__ */ new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${sign2}${hours}:${minutes}`,
  )
  return Number.isNaN(at.getTime()) ? void 0 : at
}
function checkTimes(reports, { at }, problems) {
  reports.forEach((one, index) => {
    const earlier = reports[index - 1]
    if (earlier && one.at < earlier.at)
      problems.push({ code: 'signature.time-order', facts: { place: one.place } })
    if (at && Date.parse(one.at) > at.getTime() + CLOCK_TOLERANCE_MS) {
      problems.push({ code: 'signature.in-the-future', facts: { place: one.place } })
    }
  })
}

// src/papers/examples.ts
var FRAME = {
  madeAt: '2026-08-05T09:12:00+07:00',
  verifyUrl: 'https://thutuc.example.vn/verify/8f3kq2m1x7r9t5w4b6n0c2d8e1',
  test: true,
}
var MEMBER = {
  fullName: 'Nguy\u1EC5n Th\u1ECB H\u1ED3ng H\u1EA1nh',
  alias: 'kh\xF4ng',
  sex: 'female',
  bornOn: '1984-03-02',
  homeTown: 'X\xE3 B\xECnh L\u1EE3i, Th\xE0nh ph\u1ED1 H\u1ED3 Ch\xED Minh',
  joinedOn: '2010-02-03',
  officialOn: '2011-02-03',
  cardNumber: '079184001234',
  cvNumber: '01-2010/TT',
  cellOrdinal: '17',
  partyPosition: '\u0111\u1EA3ng vi\xEAn',
}
var ORIGIN = {
  cell: 'Chi b\u1ED9 Khu ph\u1ED1 5',
  grassroots: '\u0110\u1EA3ng b\u1ED9 ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
}
var DESTINATION = {
  cell: 'Chi b\u1ED9 Khu ph\u1ED1 2',
  grassroots: '\u0110\u1EA3ng b\u1ED9 ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u',
}
var CITY = '\u0110\u1EA3ng b\u1ED9 Th\xE0nh ph\u1ED1 H\u1ED3 Ch\xED Minh'
var SHA2562 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
var TRANSFER_REQUEST = {
  ...FRAME,
  title: 'Y\xEAu c\u1EA7u chuy\u1EC3n sinh ho\u1EA1t \u0111\u1EA3ng ch\xEDnh th\u1EE9c',
  dossierNumber: 'CT-2026-000123',
  addressee: 'Chi \u1EE7y Chi b\u1ED9 Khu ph\u1ED1 5',
  member: MEMBER,
  contact: {
    phone: '0900 000 000',
    permanentAddress:
      '12 \u0111\u01B0\u1EDDng s\u1ED1 3, ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u, Th\xE0nh ph\u1ED1 H\u1ED3 Ch\xED Minh',
    currentAddress:
      '12 \u0111\u01B0\u1EDDng s\u1ED1 3, ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u, Th\xE0nh ph\u1ED1 H\u1ED3 Ch\xED Minh',
  },
  origin: ORIGIN,
  destination: DESTINATION,
  internal: false,
  reason: 'Thay \u0111\u1ED5i n\u01A1i c\u01B0 tr\xFA l\xE2u d\xE0i',
  reasonNote: 'Gia \u0111\xECnh t\xF4i chuy\u1EC3n v\u1EC1 nh\xE0 m\u1EDBi t\u1EEB th\xE1ng 7 n\u0103m 2026.',
  decision: {
    number: '1234/XN-CT',
    issuedOn: '2026-07-10',
    effectiveOn: '2026-07-15',
    issuer: 'C\xF4ng an ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u',
  },
  lastDayAtOrigin: '2026-08-15',
  enclosed: [
    { name: 'xac-nhan-cu-tru.pdf', sha256: SHA2562 },
    { name: 'ban-tu-kiem-diem.pdf', sha256: SHA2562.split('').reverse().join('') },
  ],
  confirmation: { at: '2026-08-01T20:15:30+07:00', method: 'VNeID m\u1EE9c \u0111\u1ED9 2' },
  sentAt: '2026-08-01T20:16:02+07:00',
}
var SELF_REVIEW = {
  ...FRAME,
  title: 'B\u1EA3n t\u1EF1 ki\u1EC3m \u0111i\u1EC3m \u2013 Nguy\u1EC5n Th\u1ECB H\u1ED3ng H\u1EA1nh',
  member: MEMBER,
  origin: ORIGIN,
  periodFrom: '2025-08-01',
  periodTo: '2026-07-31',
  strengths:
    'Ch\u1EA5p h\xE0nh nghi\xEAm ch\u1EE7 tr\u01B0\u01A1ng, \u0111\u01B0\u1EDDng l\u1ED1i c\u1EE7a \u0110\u1EA3ng, ch\xEDnh s\xE1ch, ph\xE1p lu\u1EADt c\u1EE7a Nh\xE0 n\u01B0\u1EDBc.\nTham gia \u0111\u1EA7y \u0111\u1EE7 c\xE1c bu\u1ED5i sinh ho\u1EA1t chi b\u1ED9; \u0111\xF3ng \u0111\u1EA3ng ph\xED \u0111\xFAng h\u1EA1n; ho\xE0n th\xE0nh t\u1ED1t nhi\u1EC7m v\u1EE5 \u0111\u01B0\u1EE3c giao.',
  weaknesses: 'C\xF3 l\xFAc ch\u01B0a m\u1EA1nh d\u1EA1n g\xF3p \xFD trong sinh ho\u1EA1t chi b\u1ED9.',
  remedies:
    'Ch\u1EE7 \u0111\u1ED9ng ph\xE1t bi\u1EC3u, g\xF3p \xFD; d\xE0nh th\u1EDDi gian gi\xFAp \u0111\u1EE1 \u0111\u1EA3ng vi\xEAn m\u1EDBi.',
  confirmation: { at: '2026-08-01T20:15:30+07:00', method: 'VNeID m\u1EE9c \u0111\u1ED9 2' },
  cellComment: {
    organisation: 'Chi b\u1ED9 Khu ph\u1ED1 5',
    metOn: '2026-08-03',
    text: 'Chi b\u1ED9 nh\u1EA5t tr\xED v\u1EDBi b\u1EA3n t\u1EF1 ki\u1EC3m \u0111i\u1EC3m. \u0110\u1ED3ng ch\xED H\u1EA1nh l\xE0 \u0111\u1EA3ng vi\xEAn g\u01B0\u01A1ng m\u1EABu, c\xF3 tinh th\u1EA7n tr\xE1ch nhi\u1EC7m.',
    signing: {
      authority: 'T/M Chi b\u1ED9',
      position: 'B\xED th\u01B0',
      name: 'L\xEA V\u0103n Th\u1EAFng',
      seal: false,
    },
  },
  committeeComment: {
    organisation: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
    metOn: '2026-08-04',
    text: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng nh\u1EA5t tr\xED v\u1EDBi nh\u1EADn x\xE9t c\u1EE7a chi b\u1ED9.',
    signing: {
      authority: 'T/M Ban Th\u01B0\u1EDDng v\u1EE5',
      position: 'Ph\xF3 b\xED th\u01B0',
      name: 'Tr\u1EA7n Qu\u1ED1c To\u1EA3n',
      seal: true,
    },
  },
}
var REFERRAL = {
  ...FRAME,
  title:
    'Gi\u1EA5y gi\u1EDBi thi\u1EC7u sinh ho\u1EA1t \u0111\u1EA3ng \u2013 Nguy\u1EC5n Th\u1ECB H\u1ED3ng H\u1EA1nh',
  kind: 'official',
  heading: { superior: CITY, organisation: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o' },
  hop: 2,
  to: 'Ban T\u1ED5 ch\u1EE9c Th\xE0nh \u1EE7y Th\xE0nh ph\u1ED1 H\u1ED3 Ch\xED Minh',
  member: MEMBER,
  origin: ORIGIN,
  destination: DESTINATION,
  feesPaidThrough: '2026-08',
  reason: 'thay \u0111\u1ED5i n\u01A1i c\u01B0 tr\xFA l\xE2u d\xE0i',
  enclosed: [
    'Gi\u1EA5y t\u1EDD v\u1EC1 thay \u0111\u1ED5i n\u01A1i c\u01B0 tr\xFA',
    'B\u1EA3n t\u1EF1 ki\u1EC3m \u0111i\u1EC3m, c\xF3 nh\u1EADn x\xE9t c\u1EE7a chi b\u1ED9 v\xE0 \u0111\u1EA3ng \u1EE7y',
    'Th\u1EBB \u0111\u1EA3ng vi\xEAn (\u0111\u1EA3ng vi\xEAn gi\u1EEF)',
  ],
  earlier: [
    {
      number: 'S\u1ED1 03-GGT/CB',
      on: '2026-08-03',
      from: 'Chi b\u1ED9 Khu ph\u1ED1 5',
      to: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
      sha256: SHA2562,
    },
  ],
  signing: {
    authority: 'T/M Ban Th\u01B0\u1EDDng v\u1EE5',
    position: 'Ph\xF3 b\xED th\u01B0',
    name: 'Tr\u1EA7n Qu\u1ED1c To\u1EA3n',
    seal: true,
  },
  recipients: [
    'Nh\u01B0 tr\xEAn',
    'Chi b\u1ED9 Khu ph\u1ED1 5',
    '\u0110\u1ED3ng ch\xED Nguy\u1EC5n Th\u1ECB H\u1ED3ng H\u1EA1nh',
    'L\u01B0u V\u0103n ph\xF2ng \u0110\u1EA3ng \u1EE7y',
  ],
}
var CELL_REFERRAL = {
  ...REFERRAL,
  heading: {
    superior: '\u0110\u1EA3ng b\u1ED9 ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
    organisation: 'Chi b\u1ED9 Khu ph\u1ED1 5',
  },
  hop: 1,
  to: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
  earlier: [],
  signing: {
    authority: 'T/M Chi b\u1ED9',
    position: 'B\xED th\u01B0',
    name: 'L\xEA V\u0103n Th\u1EAFng',
    seal: false,
  },
  recipients: ['Nh\u01B0 tr\xEAn', 'L\u01B0u Chi b\u1ED9'],
}
var NOTICE_OF_TRANSFER = {
  ...FRAME,
  title:
    'Phi\u1EBFu b\xE1o \u0111\u1EA3ng vi\xEAn chuy\u1EC3n sinh ho\u1EA1t \u0111\u1EA3ng ch\xEDnh th\u1EE9c',
  heading: REFERRAL.heading,
  to: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u',
  member: MEMBER,
  origin: ORIGIN,
  destination: DESTINATION,
  referral: { number: 'S\u1ED1 07-GGT/\u0110U', on: '2026-08-05' },
  reason: 'thay \u0111\u1ED5i n\u01A1i c\u01B0 tr\xFA l\xE2u d\xE0i',
  presentBy: '2026-09-17',
  fileSealNumber: 'NP-2026-0042',
  signing: REFERRAL.signing,
  recipients: [
    'Nh\u01B0 tr\xEAn',
    'Ban T\u1ED5 ch\u1EE9c Th\xE0nh \u1EE7y',
    'L\u01B0u V\u0103n ph\xF2ng \u0110\u1EA3ng \u1EE7y',
  ],
}
var ACCEPTANCE = {
  ...FRAME,
  title:
    'Th\xF4ng b\xE1o ti\u1EBFp nh\u1EADn \u0111\u1EA3ng vi\xEAn chuy\u1EC3n sinh ho\u1EA1t \u0111\u1EA3ng ch\xEDnh th\u1EE9c',
  heading: {
    superior: '\u0110\u1EA3ng b\u1ED9 ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u',
    organisation: 'Chi b\u1ED9 Khu ph\u1ED1 2',
  },
  to: [
    '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u',
    '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
    'Chi b\u1ED9 Khu ph\u1ED1 5',
  ],
  member: MEMBER,
  origin: ORIGIN,
  destination: DESTINATION,
  referral: {
    number: 'S\u1ED1 07-GGT/\u0110U',
    on: '2026-08-05',
    issuer: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
  },
  meetingOn: '2026-09-03',
  admittedOn: '2026-09-03',
  firstFeeMonth: '2026-09',
  signing: {
    authority: 'T/M Chi b\u1ED9',
    position: 'B\xED th\u01B0',
    name: 'Ph\u1EA1m Th\u1ECB Lan',
    seal: false,
  },
  recipients: [
    'Nh\u01B0 tr\xEAn',
    '\u0110\u1ED3ng ch\xED Nguy\u1EC5n Th\u1ECB H\u1ED3ng H\u1EA1nh',
    'L\u01B0u Chi b\u1ED9',
  ],
}
var NAMES = [
  'Tr\u1EA7n V\u0103n B\u1EA3o',
  'V\xF5 Th\u1ECB Ng\u1ECDc \xC1nh',
  '\u0110\u1ED7 H\u1EEFu Ngh\u0129a',
  'Hu\u1EF3nh Th\u1ECB M\u1EF9 Duy\xEAn',
  'Nguy\u1EC5n Ph\u01B0\u1EDBc L\u1ED9c',
]
function registerOf(count) {
  const lines = Array.from({ length: count }, (_, index) => {
    const out = index % 3 !== 2
    return {
      ordinal: index + 1,
      on: `2026-${String(1 + (index % 8)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
      fullName: NAMES[index % NAMES.length] ?? '',
      bornOn: index % 7 === 0 ? '1960' : '1984-03-02',
      joinedOn: '2010-02-03',
      ...(index % 11 === 0 ? {} : { officialOn: '2011-02-03' }),
      cardNumber: `0791840${String(index).padStart(5, '0')}`,
      direction: out ? 'out' : 'in',
      kind: index % 5 === 0 ? 'temporary' : 'official',
      counterpart: '\u0110\u1EA3ng b\u1ED9 ph\u01B0\u1EDDng C\u1EA7u Ki\u1EC7u',
      referring: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
      receiving: 'Ban T\u1ED5 ch\u1EE9c Th\xE0nh \u1EE7y',
      ...(out
        ? {}
        : {
            destination: '\u0110\u1EA3ng b\u1ED9 ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
            reach: 'inside-province',
          }),
      referralNumber: `S\u1ED1 ${String(index + 1).padStart(2, '0')}-GGT/\u0110U`,
      voided: index % 13 === 5,
    }
  })
  return {
    ...FRAME,
    title: 'S\u1ED5 gi\u1EDBi thi\u1EC7u sinh ho\u1EA1t \u0111\u1EA3ng n\u0103m 2026',
    heading: REFERRAL.heading,
    from: '2026-01-01',
    to: '2026-08-31',
    lines,
    place: 'T\xE2n T\u1EA1o',
    on: '2026-08-31',
    signing: REFERRAL.signing,
  }
}
var EXAMPLES = [
  { template: 'transfer-request', data: TRANSFER_REQUEST },
  { template: 'self-review', data: SELF_REVIEW },
  { template: 'referral', data: CELL_REFERRAL },
  { template: 'referral', data: REFERRAL },
  { template: 'notice-of-transfer', data: NOTICE_OF_TRANSFER },
  { template: 'acceptance', data: ACCEPTANCE },
  { template: 'referral-register', data: registerOf(60) },
]
var VOWELS = 'a\u0103\xE2e\xEAio\xF4\u01A1u\u01B0y'
var TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
var VIETNAMESE = [...VOWELS, ...'bcd\u0111ghklmnpqrstvx']
  .flatMap((letter) => (VOWELS.includes(letter) ? TONES.map((tone) => letter + tone) : [letter]))
  .flatMap((letter) => [letter.normalize('NFC'), letter.normalize('NFC').toUpperCase()])
var LONG =
  '\u0110\u1EA3ng b\u1ED9 T\u1ED5ng c\xF4ng ty \u0110\u1EA7u t\u01B0 Ph\xE1t tri\u1EC3n H\u1EA1 t\u1EA7ng K\u1EF9 thu\u1EADt \u0110\xF4 th\u1ECB v\xE0 Khu c\xF4ng nghi\u1EC7p Mi\u1EC1n \u0110\xF4ng '.repeat(
    3,
  )
var ABSURD_REFERRAL = {
  ...REFERRAL,
  heading: { superior: LONG, organisation: LONG },
  to: LONG,
  member: {
    ...MEMBER,
    fullName: `Nguy\u1EC5n ${'Th\u1ECB H\u1ED3ng '.repeat(20)}H\u1EA1nh`,
    alias: 'A'.repeat(300),
    homeTown: VIETNAMESE.join(''),
  },
  reason: `${VIETNAMESE.join(' ')} \u{1F642}
${'ch\u1EEF'.repeat(200)}`,
  enclosed: Array.from({ length: 25 }, () => LONG),
  earlier: Array.from({ length: 30 }, (_, index) => ({
    number: `S\u1ED1 ${index + 1}-GGT/${'\u0110U'.repeat(30)}`,
    on: '2026-08-03',
    from: LONG,
    to: LONG,
    sha256: 'f'.repeat(64),
  })),
  signing: {
    authority: `T/M ${LONG}`,
    position: LONG,
    name: `Tr\u1EA7n ${'Qu\u1ED1c '.repeat(30)}To\u1EA3n`,
    seal: true,
  },
  recipients: Array.from({ length: 12 }, () => LONG),
}

// ../../tmp/papers/t7.ts
var v = { from: /* @__PURE__ */ new Date('2026-01-01'), to: /* @__PURE__ */ new Date('2031-01-01') }
var ca = await makeTestAuthority('Dangvu CA', v)
var p = signingKey(
  await issueTestCertificate(
    ca,
    {
      name: 'Tr\u1EA7n Qu\u1ED1c To\u1EA3n',
      organisation: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
      title: 'Ph\xF3 b\xED th\u01B0',
      kind: 'person',
    },
    v,
  ),
)
var o = signingKey(
  await issueTestCertificate(
    ca,
    {
      name: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
      organisation: '\u0110\u1EA3ng \u1EE7y ph\u01B0\u1EDDng T\xE2n T\u1EA1o',
      kind: 'organisation',
    },
    v,
  ),
)
fs.mkdirSync('/tmp/papers/out', { recursive: true })
fs.writeFileSync('/tmp/papers/out/ca.pem', ca.certificatePem)
var i = 0
for (const paper of EXAMPLES) {
  i++
  const t0 = performance.now()
  const r = await renderPaper(paper)
  const t1 = performance.now()
  let pdf = preparePaper(r)
  const t2 = performance.now()
  let at = Date.parse('2026-08-05T02:12:33Z')
  r.places.forEach((x) => 0)
  for (const [k, place] of r.places.entries()) {
    const fill =
      k === r.places.length - 1 && r.fields.length
        ? { number: 'S\u1ED1 07-GGT/\u0110U', date: 'T\xE2n T\u1EA1o, ng\xE0y 05 th\xE1ng 8 n\u0103m 2026' }
        : {}
    pdf = await signPaper(pdf, {
      place: place.name,
      key: place.name === 'organisation' || place.name === 'system' ? o : p,
      at: new Date((at += 6e4)),
      fill,
    })
  }
  const t3 = performance.now()
  const res = verifyPaper(pdf, { trust: [ca.certificatePem] })
  console.log(
    paper.template,
    r.pages,
    'pages',
    (t1 - t0).toFixed(0),
    (t2 - t1).toFixed(0),
    (t3 - t2).toFixed(0),
    'ms',
    pdf.length,
    res.valid && res.trusted,
    res.problems,
    checkStructure(pdf),
    r.places.map((p2) => p2.name).join(),
  )
  fs.writeFileSync(`/tmp/papers/out/${i}-${paper.template}.pdf`, pdf)
}
