/** Ids made from what they stand for: the same words give the same id. */
import { createHash } from 'node:crypto'

/** A UUID (version 8, RFC 9562) of the text's SHA-256. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 32).split('')
  hex[12] = '8'
  hex[16] = '8'
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
