/** Ids made up by us for rows that come in thousands a second: UUIDs of version 7, later ones greater, so an index grows at its end. */
import { randomBytes } from 'node:crypto'

/** @param at the moment it carries, in milliseconds since 1970 */
export function orderedId(at: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
