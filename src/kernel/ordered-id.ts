/** Ids made up by us for rows that come in thousands a second: UUIDs of version 7, later ones greater, so an index grows at its end. */
import { randomUUID } from 'node:crypto'

/** @param at the moment it carries, in milliseconds since 1970 */
export function orderedId(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  // Of a UUID of version 4 all but the first 48 bits and the version: drawn from chance that Node keeps ready.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
