/** Forms as browsers send them: fields by name, dates put together from their three parts, empty fields left out. */

/** `x-day`, `x-month`, `x-year` become `x` ('YYYY-MM-DD'); `x-month`, `x-year` alone 'YYYY-MM'; blank fields are left out. */
export function formFields(body: unknown): Record<string, unknown> {
  const given = (body ?? {}) as Record<string, unknown>
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (/-(day|month|year)$/.test(name)) continue
    const kept = typeof value === 'string' ? value.trim() : value
    if (kept !== '') fields[name] = kept
  }
  for (const name of Object.keys(given)) {
    const base = /^(.+)-year$/.exec(name)?.[1]
    if (base) {
      const date = dateOf(given, base)
      if (date !== '') fields[base] = date
    }
  }
  return fields
}

function dateOf(given: Record<string, unknown>, base: string): string {
  const part = (name: string, width: number): string => {
    const value = String(given[`${base}-${name}`] ?? '').trim()
    return /^\d+$/.test(value) ? value.padStart(width, '0') : value
  }
  const written = [part('year', 4), part('month', 2), ...(`${base}-day` in given ? [part('day', 2)] : [])]
  return written.every((each) => each === '') ? '' : written.join('-')
}

/** The body of a urlencoded post: a repeated field is a list. */
export function parseUrlencoded(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name]
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return fields
}
