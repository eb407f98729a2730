/** The fields of an EMV QR text: two digits of name, two of length, the value; and the checksum at its end. */
import { Refusal } from '../kernel/refusal.ts'

/** Names of fields and their values, in their order. */
export type Fields = ReadonlyMap<string, string>

const malformed = () => new Refusal('invalid', 'payments.qr-malformed')

/** CRC-16/CCITT-FALSE: polynomial 0x1021, begins with 0xFFFF, nothing mirrored, nothing turned at the end. */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1)
      crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ 0x1021) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** Fields without a value are left out: a length of 00 is not allowed. */
export function writeFields(fields: readonly (readonly [name: string, value: string | undefined])[]): string {
  return fields
    .filter((field): field is readonly [string, string] => field[1] !== undefined && field[1] !== '')
    .map(([name, value]) => {
      if (value.length > 99) throw new RangeError('a field holds 99 characters')
      return `${name}${String(value.length).padStart(2, '0')}${value}`
    })
    .join('')
}

/** @throws Refusal invalid `payments.qr-malformed` when the lengths do not add up or a field stands twice */
export function readFields(text: string): Fields {
  const fields = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const [, name, length] = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4)) ?? []
    if (name === undefined || length === '00' || fields.has(name)) throw malformed()
    const end = at + 4 + Number(length)
    if (end > text.length) throw malformed()
    fields.set(name, text.slice(at + 4, end))
    at = end
  }
  return fields
}
