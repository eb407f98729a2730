/** What a page weighs: styles, script and faces, compressed, against their budgets; and whether the face has every letter. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { compile } from 'sass'
import { expect, test } from 'vitest'
import fonts from './styles/fonts.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '../..')
const STYLES_BYTES = 20_000
const SCRIPT_BYTES = 12_000
const FACES_BYTES = 35_000

const css = compile(join(ROOT, 'src/ui/styles/app.scss'), {
  style: 'compressed',
  loadPaths: [join(ROOT, 'node_modules')],
  quietDeps: true,
}).css

async function script(source: string, format: 'esm' | 'iife'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, source)],
    bundle: true,
    minify: true,
    target: 'es2019',
    format,
    write: false,
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}

test('styles stay below 20 KB compressed', () => {
  expect(gzipSync(css).length).toBeLessThan(STYLES_BYTES)
})

test('scripts stay below 12 KB compressed', async () => {
  const page = await script('src/main.browser.ts', 'esm')
  const worker = await script('src/service-worker.browser.ts', 'iife')
  expect(page.length).toBeGreaterThan(1000)
  expect(gzipSync(page).length + gzipSync(worker).length).toBeLessThan(SCRIPT_BYTES)
})

test('faces stay below 35 KB all together, swap in, and are those the styles name', () => {
  const bytes = fonts.map(({ from }) => statSync(join(ROOT, from)).size)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FACES_BYTES)
  const named = [...css.matchAll(/\/assets\/fonts\/([\w.-]+)/g)].map((match) => match[1])
  expect(named.toSorted()).toStrictEqual(fonts.map(({ to }) => to).toSorted())
  expect(css.match(/font-display:\s?swap/g)).toHaveLength(fonts.length)
})

test('the styles load nothing from elsewhere and name no foreign face', () => {
  expect(css).not.toMatch(/url\(["']?(?:https?:)?\/\//)
  expect(css).not.toMatch(/GDS Transport/)
})

test('regular and bold have every Vietnamese letter, and the styles ask them for it', () => {
  const alphabet = vietnameseLetters()
  expect(alphabet).toHaveLength((12 * 6 + 1 + 16) * 2)
  for (const weight of ['400', '700']) {
    const files = fonts.filter(({ to }) => to.includes(`-${weight}.`))
    const drawn = new Set(files.flatMap(({ from }) => [...codePoints(readFileSync(join(ROOT, from)))]))
    expect(alphabet.filter((letter) => !drawn.has(letter.codePointAt(0) ?? 0)).join('')).toBe('')
  }
  const ranges = [...css.matchAll(/unicode-range:\s?([^;}]*)/g)].flatMap((match) => rangesOf(match[1] ?? ''))
  const asked = (letter: string) => {
    const code = letter.codePointAt(0) ?? 0
    return ranges.some(([first, last]) => code >= first && code <= last)
  }
  expect(alphabet.filter((letter) => !asked(letter)).join('')).toBe('')
})

/** Twelve vowels with six tones each, đ, and the sixteen plain consonants; small and capital. */
function vietnameseLetters(): string[] {
  const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
  const vowels = [...'aăâeêioôơuưy'].flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')))
  const small = [...vowels, 'đ', ...'bcdghklmnpqrstvx']
  return [...small, ...small.map((letter) => letter.toUpperCase())]
}

function rangesOf(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '', last] = range.trim().slice(2).split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last ?? first, 16)]
  })
}

/** Characters a WOFF2 file draws: its `cmap` table, formats 4 and 12 (W3C WOFF 2.0 §4–5, OpenType cmap). */
function codePoints(woff2: Buffer): Set<number> {
  const cmap = table(woff2, 0)
  const found = new Set<number>()
  for (let record = 0; record < cmap.readUInt16BE(2); record++) {
    const at = cmap.readUInt32BE(4 + record * 8 + 4)
    if (cmap.readUInt16BE(at) === 12) {
      for (let group = 0; group < cmap.readUInt32BE(at + 12); group++) {
        const place = at + 16 + group * 12
        for (let code = cmap.readUInt32BE(place); code <= cmap.readUInt32BE(place + 4); code++)
          found.add(code)
      }
    }
    if (cmap.readUInt16BE(at) !== 4) continue
    const segments = cmap.readUInt16BE(at + 6) / 2
    for (let segment = 0; segment < segments; segment++) {
      const last = cmap.readUInt16BE(at + 14 + segment * 2)
      const first = cmap.readUInt16BE(at + 16 + segments * 2 + segment * 2)
      for (let code = first; code <= last && code < 0xffff; code++) found.add(code)
    }
  }
  return found
}

/** One table of a WOFF2 file by its known-tag number (0 is cmap); the tables are one compressed stream. */
function table(woff2: Buffer, wanted: number): Buffer {
  const count = woff2.readUInt16BE(12)
  const compressed = woff2.readUInt32BE(20)
  let at = 48
  const number = () => {
    let value = 0
    for (;;) {
      const byte = woff2.readUInt8(at++)
      value = value * 128 + (byte & 0x7f)
      if ((byte & 0x80) === 0) return value
    }
  }
  const tables = Array.from({ length: count }, () => {
    const flags = woff2.readUInt8(at++)
    const tag = flags & 0x3f
    if (tag === 0x3f) at += 4
    const length = number()
    const outlines = tag === 10 || tag === 11
    const transformed = outlines ? flags >> 6 !== 3 : flags >> 6 !== 0
    return { tag, length: transformed ? number() : length }
  })
  const stream = brotliDecompressSync(woff2.subarray(at, at + compressed))
  const place = tables.findIndex(({ tag }) => tag === wanted)
  const start = tables.slice(0, place).reduce((sum, { length }) => sum + length, 0)
  return stream.subarray(start, start + (tables[place]?.length ?? 0))
}
