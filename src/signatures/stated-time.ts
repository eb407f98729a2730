/** When somebody signed, as the signature itself states it (`/M`), in the time of Viet Nam (ISO 32000-1, 7.9.4). */
import { isText, latinOf, type PdfValue } from '../papers/pdf/values.ts'

export function pdfDate(at: Date): string {
  const local = new Date(at.getTime() + 7 * 3_600_000).toISOString()
  return `D:${local.slice(0, 19).replace(/[-T:]/g, '')}+07'00'`
}

/** `/M`: D:YYYYMMDDHHmmSS+07'00' (7.9.4). */
export function statedTime(value: PdfValue | undefined): Date | undefined {
  const text = isText(value) ? latinOf(value.bytes) : ''
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-])(\d\d)'(\d\d)'$/.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = found
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign}${hours}:${minutes}`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
