/** `npm run check-papers [-- FOLDER]`: has every paper of the played stories, or of a folder, judged by Debian's own tools, pdfsig and mutool. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { ROOT, say } from './turn.mjs'

const VALIDATORS = ['pdfsig', 'mutool']

/** Exit code and words, both streams together. */
function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', cwd: ROOT })
  return { status, missing: error?.code === 'ENOENT', words: `${stdout ?? ''}${stderr ?? ''}` }
}

/** One text per signature, in the order of their places on the paper. A place reserved for a later signer is none. */
function parts(words, heading) {
  const all = words.split(heading).slice(1)
  return all.filter((part) => !part.includes('is not signed'))
}

function judgedByPdfsig(path, signers) {
  const signatures = parts(run('pdfsig', path).words, /^Signature #\d+:$/m)
  const invalid = signatures.filter((words) => !words.includes('Signature Validation: Signature is Valid.'))
  return [
    signatures.length !== signers && `pdfsig: ${signatures.length} signatures, expected ${signers}`,
    invalid.length > 0 && `pdfsig: ${invalid.length} signatures are not valid`,
    // The last to sign covers the whole file; its place may stand before that of who signed first.
    signatures.filter((words) => /^ +- Total document signed/m.test(words)).length !== 1 &&
      'pdfsig: not just the last covers the whole file',
  ]
}

function judgedByMutool(path, signers) {
  const signatures = parts(run('mutool', 'sign', '-v', path).words, /^Verifying signature \d+:$/m)
  return [
    signatures.length !== signers && `mutool: ${signatures.length} signatures, expected ${signers}`,
    signatures.filter((words) => words.includes('The document is unchanged since signing')).length !== 1 &&
      'mutool: changed since the last signature',
  ]
}

function judgedByUs(path, trust, at) {
  const asked = ['verify-pdf', path, '--trust', trust, '--at', at]
  const { status, words } = run(process.execPath, 'scripts/dangvu.mjs', ...asked)
  return [status !== 0 && `verify-pdf: ${words.trim()}`]
}

const STORIES = ['official-transfer', 'temporary-transfer', 'residence-comment']

/** Plays a story into a folder of its own. */
function playStory(name) {
  const folder = mkdtempSync(join(tmpdir(), 'dangvu-papers-'))
  const { status, words } = run(process.execPath, 'scripts/dangvu.mjs', 'story', name, '--out', folder)
  if (status === 0) return folder
  say(words)
  process.exit(1)
}

const lacking = VALIDATORS.filter((program) => run(program, '-v').missing)
if (lacking.length > 0) {
  say(`Thiếu ${lacking.join(', ')}: apt install poppler-utils mupdf-tools`)
  process.exit(2)
}
await install('run')
await build()

/** Says what the three programs say of each paper. @returns how many there are, and how many failed */
function judge(folder) {
  const papers = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
  const signed = papers.filter(({ file, signers }) => file.endsWith('.pdf') && signers.length > 0)
  let failed = 0
  for (const { file, kind, signers, at } of signed) {
    const path = join(folder, file)
    const judgements = [
      ...judgedByPdfsig(path, signers.length),
      ...judgedByMutool(path, signers.length),
      ...judgedByUs(path, join(folder, 'ca.pem'), at),
    ]
    const problems = judgements.filter(Boolean)
    if (problems.length > 0) failed++
    console.log(
      `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${file} (${kind}, ${signers.length} signatures)`,
    )
    for (const problem of problems) console.log(`       ${problem}`)
  }
  console.log(`${folder}: ${signed.length - failed} passed, ${failed} failed`)
  return { signed: signed.length, failed }
}

const folders = process.argv[2] ? [process.argv[2]] : STORIES.map(playStory)
const judged = folders.map(judge)
process.exitCode = judged.every(({ signed, failed }) => signed > 0 && failed === 0) ? 0 : 1
