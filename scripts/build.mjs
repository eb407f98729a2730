/** Turns `src/` into what runs: server and command line, the browser's script and styles, fonts, and a list of them. */
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { spawnSync } from 'node:child_process'
import { inTurn, ROOT, runningServer, say } from './turn.mjs'

const BUILD = join(ROOT, 'build')
const PUBLIC = join(BUILD, 'public')
const BUILT = join(BUILD, 'built.json')

/** Programs for Node: source and the file made of it. */
const PROGRAMS = [
  ['src/main.server.ts', 'server.mjs'],
  ['src/main.cli.ts', 'cli.mjs'],
  ['src/main.press.ts', 'press.mjs'],
  ['src/main.reader.ts', 'reader.mjs'],
]
const BROWSER = 'src/main.browser.ts'
const SERVICE_WORKER = 'src/service-worker.browser.ts'
const STYLES = 'src/ui/styles/app.scss'
const FONTS = 'src/ui/styles/fonts.json'

/** Phones of 2019 (Chrome 74, Safari 12.1) read this. */
const BROWSER_TARGET = 'es2019'

const here = (path) => existsSync(join(ROOT, path))
const isTest = (name) => /\.test\.tsx?$/.test(name)

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesUnder(path)
    return isTest(entry.name) ? [] : [path]
  })
}

/** What the build depends on, as one number: each file's place, time and size. Reading them all would be too slow. */
function sourcesDigest() {
  const lock = join(ROOT, 'package-lock.json')
  const files = [...filesUnder(join(ROOT, 'src')), ...filesUnder(join(ROOT, 'scripts')), lock]
  const digest = createHash('sha256').update(process.version)
  for (const file of files) {
    const { mtimeMs, size } = statSync(file)
    digest.update(`${relative(ROOT, file)} ${mtimeMs} ${size}\n`)
  }
  return digest.digest('hex')
}

/** Is everything made from the sources as they are now? Takes some milliseconds and loads no build tool. */
export function isBuilt() {
  if (!existsSync(BUILT)) return false
  const { sources, files } = JSON.parse(readFileSync(BUILT, 'utf8'))
  return files.every((file) => existsSync(join(BUILD, file))) && sources === sourcesDigest()
}

/** Files written by this run, relative to `build/`. */
const made = []

/** Writes whole files only: a server that starts meanwhile reads the old one or the new one. */
function put(file, contents) {
  const path = join(BUILD, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, contents)
  renameSync(`${path}.new`, path)
  made.push(file)
}

/** A public file and its packed copy, made once so that no request packs it again. */
function putPublic(file, contents) {
  put(file, contents)
  put(`${file}.br`, brotliCompressSync(contents))
  put(`${file}.gz`, gzipSync(contents, { level: 9 }))
}

/** `import.meta` in a bundle would speak of `build/`, where every program lands; code means the place of its own source. */
const sourcePlaces = {
  name: 'source-places',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (path.includes('node_modules') || !text.includes('import.meta.')) return undefined
      const place = (target) => JSON.stringify('/' + relative(BUILD, target).replaceAll('\\', '/'))
      const contents = text
        .replaceAll('import.meta.dirname', `(import.meta.dirname + ${place(dirname(path))})`)
        .replaceAll('import.meta.filename', `(import.meta.dirname + ${place(path)})`)
        .replaceAll('import.meta.url', `new URL('.' + ${place(path)}, import.meta.url).href`)
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
}

const JSX = { jsx: 'automatic', jsxImportSource: 'preact' }

/** One program for Node, packages left in node_modules. */
async function buildProgram(source, file) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...JSX,
    entryPoints: [join(ROOT, source)],
    outfile: join(BUILD, file),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    sourcesContent: false, // the maps stay in memory; the sources are beside them
    plugins: [sourcePlaces],
    write: false,
    logLevel: 'warning',
  })
  for (const output of outputFiles) put(relative(BUILD, output.path), output.contents)
}

/** A script for the browser; returns its file's name under `build/public/`. */
async function buildScript(source, name, format) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...JSX,
    entryPoints: [join(ROOT, source)],
    outdir: PUBLIC,
    entryNames: name,
    bundle: true,
    minify: true,
    target: BROWSER_TARGET,
    format,
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
  })
  const [script] = outputFiles
  putPublic(relative(BUILD, script.path), script.contents)
  return basename(script.path)
}

async function buildStyles() {
  const sass = await import('sass')
  const { css } = sass.compile(join(ROOT, STYLES), {
    style: 'compressed',
    loadPaths: [join(ROOT, 'node_modules')],
    quietDeps: true,
  })
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 8).toUpperCase()
  const name = `app-${hash}.css`
  putPublic(join('public', name), css)
  return name
}

/** The faces that the styles name, by the list beside them: `[{ from, to }]`, `from` within the project. */
function copyFonts() {
  return JSON.parse(readFileSync(join(ROOT, FONTS), 'utf8')).map(({ from, to }) => {
    const name = `fonts/${basename(to)}`
    put(join('public', name), readFileSync(join(ROOT, from)))
    return name
  })
}

/** Scripts and styles of earlier builds, unless a server still hands them out. */
function removeOldAssets() {
  if (runningServer() !== undefined) return
  const current = new Set(made.map((file) => basename(file)))
  for (const name of readdirSync(PUBLIC))
    if (/^app-.*\.(js|css)(\.br|\.gz)?$/.test(name) && !current.has(name)) rmSync(join(PUBLIC, name))
}

async function buildAll() {
  const sources = sourcesDigest()
  mkdirSync(PUBLIC, { recursive: true })
  for (const [source, file] of PROGRAMS) if (here(source)) await buildProgram(source, file)
  const assets = {
    css: here(STYLES) ? await buildStyles() : undefined,
    js: here(BROWSER) ? await buildScript(BROWSER, 'app-[hash]', 'esm') : undefined,
    fonts: here(FONTS) ? copyFonts() : [],
  }
  const serviceWorker = here(SERVICE_WORKER)
    ? await buildScript(SERVICE_WORKER, 'service-worker', 'iife')
    : undefined
  put('assets.json', JSON.stringify({ ...assets, serviceWorker }, null, 2) + '\n')
  removeOldAssets()
  put('built.json', JSON.stringify({ sources, files: made }) + '\n')
}

/** Builds one program beside `src/` (`bench/`, `drills/`) and returns its path, ready to be imported. */
export async function buildApart(folder, name) {
  await buildProgram(`${folder}/${name}.ts`, `${folder}-${name}.mjs`)
  await (await import('esbuild')).stop()
  return join(BUILD, `${folder}-${name}.mjs`)
}

/**
 * Builds when the sources changed since the last time. The work runs in a process of its own: the compilers'
 * memory does not stay with the server.
 */
export async function build() {
  if (isBuilt()) return
  await inTurn('build', () => {
    if (isBuilt()) return
    const began = Date.now()
    const { status } = spawnSync(process.execPath, [import.meta.filename], { stdio: ['ignore', 2, 2] })
    if (status !== 0) process.exit(status ?? 1)
    say(`Đã dựng chương trình sau ${((Date.now() - began) / 1000).toFixed(1)} giây.`)
  })
}

if (process.argv[1] === import.meta.filename) await buildAll()
