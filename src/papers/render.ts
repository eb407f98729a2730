/** Typesets papers: a template of `layout/`, its data as JSON, out comes a tagged PDF/A-3a with the places to be signed. */

import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { encode } from 'uqr'
import { faceFiles, printableWithin } from './face.ts'
import type { Paper, PaperAttachment } from './layout.ts'

/** A box on a page, in points from its lower left corner. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A read-only box the paper keeps free for what is only known when it is signed: its number, its date. */
export interface ReservedField {
  readonly name: string
  /** 1 for the first page */
  readonly page: number
  readonly rect: Rect
  readonly label: string
  readonly size: number
  readonly italic: boolean
}

/** A place for one signature: `person`, `organisation`, `cell`, `system`. */
export interface SignaturePlace {
  readonly name: string
  readonly page: number
  readonly rect: Rect
  readonly label: string
}

export interface RenderedPaper {
  readonly pdf: Uint8Array
  readonly pages: number
  readonly fields: readonly ReservedField[]
  readonly places: readonly SignaturePlace[]
}

/** A little drawing the size of a signature or of a field, to be placed on a page. */
export type Appearance =
  | {
      readonly drawing: 'text'
      readonly data: { readonly text: string; readonly size: number; readonly italic: boolean }
    }
  | { readonly drawing: 'person' | 'seal' | 'system'; readonly data: SignatureDrawing }

export interface SignatureDrawing {
  readonly name: string
  readonly organisation?: string
  readonly title?: string
  /** 'dd/mm/yyyy hh:mm:ss +07:00' */
  readonly time: string
  readonly test: boolean
}

interface Marked {
  readonly value: {
    readonly what: 'field' | 'place'
    readonly name: string
    readonly label: string
    readonly page: number
    readonly pageHeight: number
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
    readonly size: number
    readonly italic: boolean
  }
}

interface Compiler {
  mapShadow(path: string, bytes: Buffer): void
  resetShadow(): void
  compile(from: { mainFilePath: string }): {
    result: TypesetDocument | null
    takeDiagnostics(): Diagnosed | null
  }
  fetchDiagnostics(from: Diagnosed): unknown[]
  query(document: TypesetDocument, by: { selector: string }): Marked[]
  pdf(
    document: TypesetDocument,
    how: { pdfStandard?: string; pdfTags?: boolean; creationTimestamp: number },
  ): Buffer
  evictCache(age: number): void
}

interface TypesetDocument {
  readonly numOfPages: number
}

interface Diagnosed {
  readonly shortDiagnostics: unknown[]
}

/** Kept small: unlimited, the typesetter's cache grows by a megabyte a paper. */
const CACHE_AGE = 5

const LAYOUT = fileURLToPath(new URL('./layout/', import.meta.url))

/**
 * @param paper the template and its data
 * @param attachments files carried inside; their names must differ
 * @throws Error when the template fails: a defect
 */
export async function renderPaper(
  paper: Paper & { readonly attachments?: readonly PaperAttachment[] },
): Promise<RenderedPaper> {
  const { template, attachments = [] } = paper
  const data = {
    ...(printableWithin(localWithin(paper.data)) as Paper['data']),
    verifyUrl: paper.data.verifyUrl,
    qr: qrDrawing(paper.data.verifyUrl),
    attached: attachments.map(({ name, mimeType, description }) => ({ name, mimeType, description })),
  }
  const files = new Map(attachments.map(({ name, bytes }) => [`attached/${name}`, Buffer.from(bytes)]))
  return typeset(`${template}.typ`, data, files, (compiler, document) => {
    const marked = compiler.query(document, { selector: '<reserved>' }).map((found) => found.value)
    const made = Math.floor(Date.parse(paper.data.madeAt) / 1000)
    return {
      pdf: compiler.pdf(document, { pdfStandard: 'a-3a', creationTimestamp: made }),
      pages: document.numOfPages,
      fields: marked
        .filter((mark) => mark.what === 'field')
        .map((mark) => ({ ...placed(mark), ...styled(mark) })),
      places: marked.filter((mark) => mark.what === 'place').map(placed),
    }
  })
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const VIET_NAM_OFFSET_MS = 7 * 3_600_000

/** Every instant inside a value, as the clock on a wall in Viet Nam shows it. */
function localWithin(value: unknown): unknown {
  if (typeof value === 'string' && INSTANT.test(value)) {
    return `${new Date(Date.parse(value) + VIET_NAM_OFFSET_MS).toISOString().slice(0, 19)}+07:00`
  }
  if (Array.isArray(value)) return value.map(localWithin)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localWithin(item)]))
}

/** One page of exactly this size, in points, as PDF: the drawing of a signature or of a filled field. */
export async function renderAppearance(
  appearance: Appearance,
  size: Pick<Rect, 'width' | 'height'>,
): Promise<Uint8Array> {
  const data = { ...appearance, data: printableWithin(appearance.data), ...size }
  const key = JSON.stringify(data)
  const known = drawn.get(key)
  if (known) return known
  const made = typeset('appearance.typ', data, new Map(), (compiler, document) => {
    if (document.numOfPages !== 1) throw new Error('an appearance does not fit its box')
    return compiler.pdf(document, { pdfStandard: '1.7', pdfTags: false, creationTimestamp: 0 })
  })
  if (drawn.size >= MOST_DRAWN) drawn.delete(drawn.keys().next().value!)
  drawn.set(key, made)
  return made
}

/** One act signs many papers with one drawing of name and second: the last ones are kept, a few kilobytes each. */
const drawn = new Map<string, Uint8Array>()
const MOST_DRAWN = 32

/** A QR code as an SVG path: one run of dark squares a step. */
function qrDrawing(address: string): string {
  const { data, size } = encode(address, { ecc: 'M', border: 0 })
  const runs: string[] = []
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      const from = x
      while (x < size && row[x]) x++
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`)
    }
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${runs.join('')}"/></svg>`
}

let compiler: Compiler | undefined

function typeset<T>(
  template: string,
  data: unknown,
  files: ReadonlyMap<string, Buffer>,
  take: (compiler: Compiler, document: TypesetDocument) => T,
): T {
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

function makeCompiler(): Compiler {
  const require = createRequire(import.meta.url)
  const { platform, arch } = process
  const flavours = { linux: ['-gnu', '-musl'], win32: ['-msvc'] }[platform as string] ?? ['']
  let failure: unknown
  for (const flavour of flavours) {
    try {
      const typst = require(`@myriaddreamin/typst-ts-node-compiler-${platform}-${arch}${flavour}`) as {
        NodeCompiler: { create(options: object): Compiler }
      }
      return typst.NodeCompiler.create({ workspace: LAYOUT, fontArgs: [{ fontBlobs: faceFiles() }] })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function placed(mark: Marked['value']): SignaturePlace {
  const { name, label, page, pageHeight, x, y, width, height } = mark
  return { name, label, page, rect: { x, y: pageHeight - y - height, width, height } }
}

function styled({ size, italic }: Marked['value']) {
  return { size, italic }
}
