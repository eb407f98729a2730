/** Every text of the screens is there in both languages: none missing, empty, or left in the other language. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { identityWords } from '../src/identity/words.ts'

const ROOT = join(import.meta.dirname, '..')

/** Files whose name says that words are in them. */
const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|[/-])(texts|words)\.ts$/.test(path))
  .sort()

interface Pair {
  /** file and the way to it: 'app/texts.ts APP_REFUSALS.page.unknown' */
  readonly where: string
  readonly vi: unknown
  readonly en: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Everything that stands in two languages: `{vi, en}` at any depth, and a module's VI and EN beside each other. */
function pairsIn(value: unknown, where: string): Pair[] {
  if (!isObject(value)) return []
  if ('vi' in value || 'en' in value) return [{ where, vi: value.vi, en: value.en }]
  return Object.entries(value).flatMap(([key, part]) => {
    const other = /^(.*)VI$/.exec(key)?.[1]
    if (other !== undefined) return [{ where: `${where}.${key}`, vi: part, en: value[`${other}EN`] }]
    return key.endsWith('EN') ? [] : pairsIn(part, `${where}.${key}`)
  })
}

/** The one module that gives its words by a function. */
const identityPair = { words: { vi: identityWords('vi'), en: identityWords('en') } }

const pairs = await Promise.all(
  files.map(async (path) => {
    const module = (await import(pathToFileURL(join(ROOT, 'src', path)).href)) as Record<string, unknown>
    const words = 'identityWords' in module ? identityPair : { ...module }
    const found = pairsIn(words, path)
    return { path, found }
  }),
)

/** Modules that put words together, and the papers, which are Vietnamese alone. */
const WITHOUT_PAIRS = [
  'app/fact-words.ts',
  'app/refusal-words.ts',
  'procedures/official-transfer/papers/paper-words.ts',
  'procedures/residence-comment/papers/paper-words.ts',
  'procedures/temporary-transfer/papers/paper-words.ts',
  'web/refusal-texts.ts',
]

test('there are texts to look at, in each file that is named so', () => {
  expect(files).toContain('app/shell-texts.ts')
  expect(files).toContain('procedures/official-transfer/texts.ts')
  expect(files.length).toBeGreaterThan(12)
  const silent = pairs.filter(({ found }) => found.length === 0).map(({ path }) => path)
  expect(silent.filter((path) => !WITHOUT_PAIRS.includes(path))).toEqual([])
})

/** What is wrong between the two sides of a text, each with the way to it. */
function faults(vi: unknown, en: unknown, where: string): string[] {
  if (typeof vi === 'function' || typeof en === 'function')
    return typeof vi === typeof en ? [] : [`${where}: a sentence made of facts in one language only`]
  if (typeof vi === 'string' || typeof en === 'string') return stringFaults(vi, en, where)
  if (Array.isArray(vi) || Array.isArray(en)) {
    if (!Array.isArray(vi) || !Array.isArray(en) || vi.length !== en.length) return [`${where}: lists differ`]
    return vi.flatMap((each, index) => faults(each, en[index], `${where}[${index}]`))
  }
  if (isObject(vi) && isObject(en)) {
    const keys = [...new Set([...Object.keys(vi), ...Object.keys(en)])]
    return keys.flatMap((key) => faults(vi[key], en[key], `${where}.${key}`))
  }
  return vi === en ? [] : [`${where}: ${typeof vi} and ${typeof en}`]
}

/** Letters that only Vietnamese writes. */
const VIETNAMESE =
  /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂÂĐÊÔƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]/
/** Words that only English has. */
const ENGLISH = /\b(the|and|of|with|your|you|this|not|has|have|is|are|was|cannot|please|for|yes|write|one)\b/i

/** A regulation is cited as it is called, in any language. */
const CITATION = /^\d+-(QĐ|HD|QC|CT|NQ|SHĐ)(?=[/ ,]|$)/

/** Nobody's turn: the step has no sentence for whoever would act. */
const EMPTY_ON_PURPOSE = /\.now\.[\w-]+\.mine$/

function stringFaults(vi: unknown, en: unknown, where: string): string[] {
  if (typeof vi !== 'string' || typeof en !== 'string') return [`${where}: missing in one language`]
  if (vi === '' && en === '' && EMPTY_ON_PURPOSE.test(where)) return []
  if (vi.trim() === '' || en.trim() === '') return [`${where}: empty`]
  const found: string[] = []
  // English may name a Vietnamese place, mark or form, but not in a text without any English word.
  if (VIETNAMESE.test(en) && !ENGLISH.test(en) && !CITATION.test(en))
    found.push(`${where}: English still Vietnamese: ${en}`)
  if (ENGLISH.test(vi) && !VIETNAMESE.test(vi)) found.push(`${where}: Vietnamese still English: ${vi}`)
  if (String(placesOf(vi)) !== String(placesOf(en))) found.push(`${where}: places to fill differ`)
  return found
}

const placesOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort()

test.each(pairs)('$path says the same in both languages', ({ found }) => {
  expect(found.flatMap(({ vi, en, where }) => faults(vi, en, where))).toEqual([])
})

test('the test itself finds what is wrong', () => {
  expect(faults({ a: 'Có', b: 'x' }, { a: 'Yes' }, 't')).toEqual(['t.b: missing in one language'])
  expect(faults({ a: 'Có' }, { a: ' ' }, 't')).toEqual(['t.a: empty'])
  expect(faults({ a: 'Hồ sơ' }, { a: 'Hồ sơ' }, 't')).toHaveLength(1)
  expect(faults({ a: 'This is not yet said' }, { a: 'This is not yet said' }, 't')).toHaveLength(1)
  expect(faults({ a: 'Có {count}' }, { a: 'There are {number}' }, 't')).toHaveLength(1)
  expect(faults(['a', 'b'], ['a'], 't')).toEqual(['t: lists differ'])
})
