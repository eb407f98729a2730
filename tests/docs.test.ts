/** The project's own papers keep their word: links lead somewhere, commands, settings, states and names exist. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS } from '../src/app/commands/command-line.ts'
import { SETTINGS } from '../src/procedures/official-transfer/law/settings.ts'
import { NEXT } from '../src/procedures/official-transfer/law/states.ts'
import { SETTINGS as STAY_SETTINGS } from '../src/procedures/temporary-transfer/law/settings.ts'
import { FEE_CLASSES } from '../src/procedures/party-fees/law/facts.ts'
import { TARIFF_SETTINGS } from '../src/procedures/party-fees/law/settings.ts'

const ROOT = join(import.meta.dirname, '..')
const NOT_OURS = new Set(['node_modules', 'build', 'coverage', '.git', '.dangvu'])

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesUnder(path, ending)
    return ending.test(entry.name) ? [path] : []
  })
}

const papers = filesUnder('.', /\.md$/)
const README = ['README.md', 'README.vi.md']

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')

/** The anchors of a paper's headings, as the usual forges make them. */
function anchorsOf(path: string): string[] {
  const headings = read(path)
    .replace(/^```[\s\S]*?^```/gm, '')
    .match(/^#{1,6} .*$/gm)
  return (headings ?? []).map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Links of a paper that lead nowhere: a file that is not there, or a heading it does not have. */
function brokenLinks(path: string): string[] {
  const links = [...withoutCode(read(path)).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(
    ([, target = '']) => target,
  )
  return links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false
    const [file = '', anchor] = decodeURI(link).split('#')
    const target = file === '' ? join(ROOT, path) : resolve(ROOT, dirname(path), file)
    if (!existsSync(target) || relative(ROOT, target).startsWith('..')) return true
    if (anchor === undefined || statSync(target).isDirectory()) return false
    return !anchorsOf(relative(ROOT, target)).includes(anchor)
  })
}

test('links between papers lead somewhere', () => {
  const broken = papers.flatMap((path) => brokenLinks(path).map((link) => `${path}: ${link}`))
  expect(papers.length).toBeGreaterThan(20)
  expect(broken).toEqual([])
})

/** Calls of npm in a paper, each as its words: what stands in code, one a line or in a sentence. */
function callsIn(path: string): string[][] {
  const code = [...read(path).matchAll(/^```\w*\n([\s\S]*?)^```|`([^`\n]+)`/gm)]
  const lines = code.flatMap(([, block, inline]) =>
    (block ?? inline ?? '').replace(/\\\n\s*/g, ' ').split('\n'),
  )
  return lines.flatMap((line) => {
    const call = /(?:^|[\s=&(])npm (.*)$/.exec(line.replace(/\s+#.*$/, ''))?.[1]
    return call === undefined ? [] : [call.split(/\s+/)]
  })
}

const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts)
const OTHERS_OF_NPM = new Set(['ci', 'install', 'version'])

/** What is wrong with a call: a script, a command, a flag or a benchmark that does not exist. */
function problemOf(words: readonly string[]): string | undefined {
  const [first = '', ...rest] = words.filter((word) => word !== 'run' && word !== '-s')
  if (OTHERS_OF_NPM.has(first)) return undefined
  if (!scripts.includes(first)) return `no script ${first}`
  const [dashes, name, ...flags] = rest
  if (dashes !== '--' || name === undefined || /^[A-Z…]/.test(name)) return undefined
  if (first === 'bench') return existsSync(join(ROOT, 'bench', `${name}.ts`)) ? undefined : `no bench ${name}`
  if (first !== 'dangvu' || name.startsWith('--')) return undefined
  const command = COMMANDS.find((each) => each.name === name)
  if (!command) return `no command ${name}`
  const known = new Set([...Object.keys(command.flags), 'json', 'lang', 'help'])
  const wrong = flags.find((flag) => flag.startsWith('--') && !known.has(flag.slice(2).split('=')[0] ?? ''))
  return wrong && `${name} takes no ${wrong}`
}

test('commands in the papers exist, with their flags', () => {
  const calls = papers.flatMap((path) => callsIn(path).map((words) => ({ path, words })))
  const wrong = calls.flatMap(({ path, words }) => {
    const problem = problemOf(words)
    return problem === undefined ? [] : [`${path}: ${problem}`]
  })
  expect(calls.length).toBeGreaterThan(20)
  expect(wrong).toEqual([])
})

test.each(README)('%s tells of every command of the command line', (path) => {
  const told = callsIn(path).map((words) => words[words.indexOf('--') + 1])
  expect(COMMANDS.map(({ name }) => name).filter((name) => !told.includes(name))).toEqual([])
})

test('every name the glossary gives stands in the code', () => {
  const sources = [...filesUnder('src', /\.(ts|tsx|typ)$/), ...filesUnder('migrations', /\.sql$/)]
  const code = sources.map((path) => `${path}\n${read(path)}`).join('\n')
  const rows = [...read('GLOSSARY.md').matchAll(/^\|(.+)\|(.+)\|(.+)\|$/gm)]
  const names = rows.flatMap(([, , , third = '']) =>
    [...third.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  )
  expect(names.length).toBeGreaterThan(60)
  expect([...new Set(names)].filter((name) => !code.includes(name))).toEqual([])
})

const TRANSFER = 'docs/domain/official-transfer.md'
const TARIFF = 'docs/domain/party-fee-tariff.md'

test('the paper on the official transfer names every state and every command', () => {
  const text = read(TRANSFER)
  const named = new Set([...text.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name))
  const states = Object.keys(NEXT)
  const commands = [...new Set(Object.values(NEXT).flat())]
  expect([...states, ...commands].filter((name) => !named.has(name))).toEqual([])
})

test.each([
  [TRANSFER, SETTINGS],
  [TARIFF, TARIFF_SETTINGS],
  ['docs/domain/temporary-transfer.md', STAY_SETTINGS],
])('%s names every setting with its mark and its default', (path, settings) => {
  const rows = read(path)
    .split('\n')
    .filter((line) => line.startsWith('|'))
  const missing = settings.filter(({ key, certainty, default: fallback }) => {
    const row = rows.find((line) => line.includes(`\`${key}\``))
    return !row?.includes(`[${certainty}]`) || !row.includes(`\`${String(fallback)}\``)
  })
  expect(missing.map(({ key }) => key)).toEqual([])
})

test('the paper on the tariff names every class', () => {
  const text = read(TARIFF)
  expect(FEE_CLASSES.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})

test('decisions are numbered without gaps and say where they stand', () => {
  const names = readdirSync(join(ROOT, 'docs/adr'))
    .filter((name) => /^\d/.test(name))
    .sort()
  const numbers = names.map((name) => Number(name.slice(0, 4)))
  expect(numbers).toEqual(names.map((_, index) => index + 1))
  const headless = names.filter((name) => {
    const text = read(`docs/adr/${name}`)
    const parts = ['## Context', '## Decision', '## Consequences', '## What would change our mind']
    return (
      !/^Status: \w+, \d{4}-\d\d-\d\d$/m.test(text) || parts.some((part) => !text.includes(`\n${part}\n`))
    )
  })
  expect(headless).toEqual([])
})
