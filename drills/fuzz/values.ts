/** Values as schemas want them, and values nobody wants: what the fuzz puts into requests. */
import type { Chance } from './chance.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Schema = { readonly [key: string]: unknown }

/** What a string, whatever it is for, was never meant to be. */
const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '\uFEFF',
  '\u202Egnp.exe',
  'Nguyễn Thị Á',
  'Nguye\u0302\u0303n',
  '👩‍👩‍👧‍👦'.repeat(20),
  'ﬀ',
  '0',
  '-1',
  '1e999',
  'NaN',
  '9'.repeat(40),
  'true',
  'null',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '"; drop table member; --',
  '%00',
  '%',
  '%25%',
  '..%2f..%2fetc%2fpasswd',
  '../../etc/passwd',
  '\\',
  '<script>alert(1)</script>',
  '<!--',
  '${7*7}',
  '{{7*7}}',
  '\r\nSet-Cookie: a=b',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '-000001-01-01',
  '2026-11-28T25:61:61Z',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(300),
  'Đ'.repeat(5_000),
  '(a+)+$'.repeat(50),
  '&'.repeat(2_000),
]

const ODD_NUMBERS: readonly number[] = [
  0,
  -1,
  1.5,
  -0.1,
  2 ** 31,
  2 ** 31 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  -1e308,
  5e-324,
]

export const oddText = (chance: Chance): string => chance.one(ODD_TEXTS)

/** Objects or lists so deep that whoever walks them by calling themselves falls. */
function deep(chance: Chance): Json {
  const levels = chance.one([20, 500, 3_000])
  const asList = chance.in(0.5)
  let value: Json = 'x'
  for (let level = 0; level < levels; level += 1) value = asList ? [value] : { a: value }
  return value
}

/** Any value at all. */
function oddValue(chance: Chance): Json {
  return chance.one<() => Json>([
    () => null,
    () => oddText(chance),
    () => oddText(chance),
    () => chance.one(ODD_NUMBERS),
    () => chance.in(0.5),
    () => [],
    () => ({}),
    () => [oddText(chance), null],
    () => ({ __proto__x: 1, constructor: { prototype: {} }, toString: 'x' }),
    () => Array.from({ length: 3_000 }, (_, place) => place),
    () => deep(chance),
  ])()
}

/** Places an id may come from. */
export interface Known {
  /** ids read in the pages of the hat that asks, or of any other */
  idOf(chance: Chance): string
  schema(reference: string): Schema
}

const DEEPEST = 8

/** A value as the schema describes it (JSON Schema 2020-12, as far as zod writes it). */
export function valueOf(schema: Schema, chance: Chance, known: Known, depth = 0): Json {
  if (typeof schema.$ref === 'string')
    return depth > DEEPEST ? null : valueOf(known.schema(schema.$ref), chance, known, depth + 1)
  if ('const' in schema) return schema.const as Json
  if (Array.isArray(schema.enum)) return chance.one(schema.enum as Json[])
  for (const key of ['anyOf', 'oneOf', 'allOf'])
    if (Array.isArray(schema[key]))
      return valueOf(chance.one(schema[key] as Schema[]), chance, known, depth + 1)
  const type = Array.isArray(schema.type) ? chance.one(schema.type as string[]) : schema.type
  if (type === 'object') return objectOf(schema, chance, known, depth)
  if (type === 'array') return listOf(schema, chance, known, depth)
  if (type === 'integer' || type === 'number') return numberOf(schema, chance)
  if (type === 'boolean') return chance.in(0.5)
  if (type === 'null') return null
  return type === 'string' || 'pattern' in schema ? textOf(schema, chance, known) : 'x'
}

function objectOf(schema: Schema, chance: Chance, known: Known, depth: number): Json {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  const kept = Object.entries(properties).filter(
    ([name]) => required.includes(name) || (depth < DEEPEST && chance.in(0.6)),
  )
  return Object.fromEntries(kept.map(([name, each]) => [name, valueOf(each, chance, known, depth + 1)]))
}

function listOf(schema: Schema, chance: Chance, known: Known, depth: number): Json {
  const least = Number(schema.minItems ?? 0)
  const length = depth > DEEPEST ? least : least + chance.below(3)
  const items = (schema.items ?? {}) as Schema
  return Array.from({ length }, () => valueOf(items, chance, known, depth + 1))
}

function numberOf(schema: Schema, chance: Chance): number {
  const least = Math.max(Number(schema.minimum ?? 0), -1_000_000)
  const most = Math.min(Number(schema.maximum ?? least + 1000), least + 1_000_000)
  return Math.floor(least + chance.next() * (most - least))
}

function textOf(schema: Schema, chance: Chance, known: Known): string {
  const { format, pattern } = schema as { format?: string; pattern?: string }
  if (format === 'uuid') return known.idOf(chance)
  if (format === 'date') return chance.one(['2026-11-20', '2025-07-01', '1985-03-08', '2027-01-31'])
  if (format === 'date-time') return '2026-11-20T08:00:00Z'
  if (format === 'email') return 'a@example.vn'
  if (format === 'uri') return 'https://example.vn/'
  if (pattern && /\\d\{4\}.*-/.test(pattern)) return chance.one(['2026-11-20', '2026-11', '2026'])
  if (pattern && /\\d\{12\}/.test(pattern)) return '099185000001'
  if (pattern && /A-Za-z0-9_-/.test(pattern)) return 'A'.repeat(22)
  const least = Number(schema.minLength ?? 0)
  return 'Nội dung thử '.repeat(1 + Math.ceil(least / 12)).slice(0, Math.max(least, 12))
}

/** The same value with one thing in it changed: a part of another type, missing, doubled, renamed, or something added. */
export function mutated(value: Json, chance: Chance): Json {
  if (Array.isArray(value) && value.length > 0 && chance.in(0.7)) {
    const place = chance.below(value.length)
    if (chance.in(0.2)) return [...value, ...value]
    return (value as readonly Json[]).with(place, mutated(value[place] as Json, chance))
  }
  if (isObject(value) && Object.keys(value).length > 0 && chance.in(0.85)) {
    const name = chance.one(Object.keys(value))
    const { [name]: part, ...others } = value
    const way = chance.next()
    if (way < 0.1) return others
    if (way < 0.15)
      return { ...value, [chance.one(['__proto__', 'x', 'id', 'toString', ''])]: oddValue(chance) }
    return { ...others, [name]: mutated(part as Json, chance) }
  }
  return oddValue(chance)
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An id nobody has. */
export function foreignId(chance: Chance): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => chance.below(16).toString(16)).join('')
  return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`
}
