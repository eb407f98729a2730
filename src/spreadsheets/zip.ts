/** The inside of an untrusted zip: its directory checked before anything is inflated, its entries inflated within bounds. */
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Refusal } from '../kernel/refusal.ts'

export interface ZipEntry {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  readonly compressedSize: number
  /** as the directory says; inflating stops there */
  readonly size: number
  readonly dataStart: number
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const MOST_ENTRIES = 2000
/** XML of tables shrinks 5 to 60 times; a bomb a thousand times. Small entries may shrink as they like. */
const MOST_SHRINKING = 200
const SMALL_BYTES = 1_000_000

const damaged = () => new Refusal('invalid', 'import.damaged')

/** The end-of-directory record, which a comment of at most 64 KB may follow. */
function endOfDirectory(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1)
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at
  throw damaged()
}

function methodOf(code: number): ZipEntry['method'] {
  if (code === 0) return 'stored'
  if (code === 8) return 'deflated'
  throw damaged()
}

/** One entry of the directory at `at`, and where the next one begins. */
function entryAt(bytes: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged()
  if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new Refusal('invalid', 'import.encrypted')
  const nameLength = bytes.readUInt16LE(at + 28)
  const localStart = bytes.readUInt32LE(at + 42)
  if (bytes.readUInt32LE(localStart) !== LOCAL_ENTRY) throw damaged()
  const dataStart =
    localStart + 30 + bytes.readUInt16LE(localStart + 26) + bytes.readUInt16LE(localStart + 28)
  const entry: ZipEntry = {
    name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
    method: methodOf(bytes.readUInt16LE(at + 10)),
    compressedSize: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    dataStart,
  }
  if (dataStart + entry.compressedSize > bytes.length) throw damaged()
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  return { entry, next }
}

/** Entries that share bytes are how small bombs are made. */
function refuseOverlaps(entries: readonly ZipEntry[]): void {
  const inOrder = [...entries].sort((a, b) => a.dataStart - b.dataStart)
  let end = 0
  for (const entry of inOrder) {
    if (entry.dataStart < end) throw new Refusal('invalid', 'import.zip-bomb')
    end = entry.dataStart + entry.compressedSize
  }
}

/**
 * The entries by their names.
 *
 * @throws Refusal invalid `import.damaged`, `import.encrypted`, `import.zip-bomb`
 */
export function readZipDirectory(bytes: Buffer): Map<string, ZipEntry> {
  try {
    const end = endOfDirectory(bytes)
    const count = bytes.readUInt16LE(end + 10)
    let at = bytes.readUInt32LE(end + 16)
    if (count > MOST_ENTRIES) throw new Refusal('invalid', 'import.zip-bomb')
    const entries = new Map<string, ZipEntry>()
    for (let number = 0; number < count; number += 1) {
      const { entry, next } = entryAt(bytes, at)
      at = next
      if (entries.has(entry.name)) throw damaged()
      if (entry.size > SMALL_BYTES && entry.size > MOST_SHRINKING * entry.compressedSize)
        throw new Refusal('invalid', 'import.zip-bomb')
      if (entry.size > 0) entries.set(entry.name, entry)
    }
    refuseOverlaps([...entries.values()])
    return entries
  } catch (error) {
    // reading past the end of the bytes: a record was cut off or points outside
    if (error instanceof RangeError) throw damaged()
    throw error
  }
}

/**
 * An entry's bytes, a piece at a time.
 *
 * @param mostBytes more than this is refused before it is inflated
 * @throws Refusal invalid `import.too-large`, `import.damaged`, `import.zip-bomb`
 */
export async function* inflateEntry(
  bytes: Buffer,
  entry: ZipEntry,
  mostBytes: number,
): AsyncGenerator<Buffer> {
  if (entry.size > mostBytes) throw new Refusal('invalid', 'import.too-large')
  const packed = bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedSize)
  if (entry.method === 'stored') return yield packed
  const inflating = Readable.from([packed]).pipe(createInflateRaw({ chunkSize: 65_536 }))
  let size = 0
  try {
    for await (const piece of inflating as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > entry.size) throw new Refusal('invalid', 'import.zip-bomb')
      yield piece
    }
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('Z_')) throw damaged()
    throw error
  } finally {
    inflating.destroy()
  }
}
