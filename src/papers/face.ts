/** The paper face: Tinos, metrically Times New Roman (05-HD/VPTW), and which characters it can draw. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const FILES = [
  '400Regular/Tinos_400Regular.ttf',
  '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  '700Bold/Tinos_700Bold.ttf',
  '700Bold_Italic/Tinos_700Bold_Italic.ttf',
]

let loaded: { readonly files: Buffer[]; readonly drawable: ReadonlySet<number> } | undefined

/** The four font files, read once. */
export function faceFiles(): Buffer[] {
  return face().files
}

/**
 * The text as it can be printed: composed (NFC), without control and direction characters, tabs as spaces, and `?` for
 * what the face lacks (an emoji, a foreign script).
 */
export function printable(text: string): string {
  const { drawable } = face()
  const plain = text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cf}\p{Cc}\p{Co}\p{Cs}]/gu, (char) => (char === '\n' ? char : ''))
  return [...plain]
    .map((char) => (char === '\n' || drawable.has(char.codePointAt(0) ?? 0) ? char : '?'))
    .join('')
}

/** `printable` for every text inside a value. */
export function printableWithin(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(printableWithin)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printableWithin(item)]))
}

function face() {
  if (!loaded) {
    const require = createRequire(import.meta.url)
    const files = FILES.map((file) => readFileSync(require.resolve(`@expo-google-fonts/tinos/${file}`)))
    const sets = files.map(charactersOf)
    const drawable = new Set([...(sets[0] ?? [])].filter((code) => sets.every((set) => set.has(code))))
    loaded = { files, drawable }
  }
  return loaded
}

/** The code points of a TrueType font: its cmap table of platform 3, format 4 (OpenType, "cmap"). */
function charactersOf(font: Buffer): Set<number> {
  const cmap = tableAt(font, 'cmap')
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const record = cmap + 4 + index * 8
    const at = cmap + font.readUInt32BE(record + 4)
    if (font.readUInt16BE(record) === 3 && font.readUInt16BE(at) === 4) return segmentsOf(font, at)
  }
  throw new Error('the face has no character map')
}

function tableAt(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + index * 16
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`the face has no table ${tag}`)
}

function segmentsOf(font: Buffer, at: number): Set<number> {
  const codes = new Set<number>()
  const doubled = font.readUInt16BE(at + 6)
  for (let index = 0; index < doubled; index += 2) {
    const last = font.readUInt16BE(at + 14 + index)
    const first = font.readUInt16BE(at + 16 + doubled + index)
    for (let code = first; code <= last && code !== 0xffff; code++) codes.add(code)
  }
  return codes
}
