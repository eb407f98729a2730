/** `import-organisations`, `import-members`, `import-offices`: takes a list of a real office, row by row, and reports each. */
import { basename } from 'node:path'
import { todayIn, type Language } from '../../kernel/plain-date.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import type { ImportReport, Problem } from '../../registry/import/problems.ts'
import type { ImportKind } from '../../registry/import/request.ts'
import { FIELD_TEXTS, PROBLEM_TEXTS } from '../../registry/import/texts.ts'
import { openClock } from '../clock.ts'
import { optionalText, type Asked, type Command, type Flag, type Io, type Words } from './command.ts'
import { readGivenFile } from './files.ts'

/** The import itself refuses more; this keeps a wrong file from being read at all. */
const LIMIT_BYTES = 200 * 1024 * 1024

const DRY_RUN: Flag = {
  words: { vi: 'chỉ xem trước: không ghi gì vào sổ bộ', en: 'only look: nothing is written to the registry' },
}

const ABOUT: Words = {
  vi: [
    'FILE là XLSX hoặc CSV; cột được nhận theo tiêu đề. Mỗi dòng được nhập, được nhập kèm sửa lỗi có nêu tên,',
    'hoặc giữ lại kèm lý do và cách sửa. Nhập lại cùng tệp thì không có gì thay đổi.',
    'JSON: {"rows", "imported", "repaired", "heldBack", "unchanged", "problems": [{"row", "code", "severity", "field", "found", "repair", "fix"}]}',
  ].join('\n'),
  en: [
    'FILE is XLSX or CSV; columns are found by their headers. Each row is imported, imported with a repair that is named,',
    'or held back with the reason and the fix. Imported again, nothing changes.',
    'JSON: {"rows", "imported", "repaired", "heldBack", "unchanged", "problems": [{"row", "code", "severity", "field", "found", "repair", "fix"}]}',
  ].join('\n'),
}

function importCommand(kind: ImportKind, summary: Words, flags: Readonly<Record<string, Flag>>): Command {
  return {
    name: `import-${kind}`,
    positionals: ['FILE'],
    flags,
    summary,
    about: ABOUT,
    run: (asked, io) => runImportCommand(kind, asked, io),
  }
}

export const importOrganisationsCommand = importCommand(
  'organisations',
  { vi: 'nhập danh sách tổ chức đảng', en: 'import a list of organisations' },
  { 'dry-run': DRY_RUN },
)

export const importMembersCommand = importCommand(
  'members',
  { vi: 'nhập danh sách đảng viên', en: 'import a list of members' },
  {
    under: {
      value: 'CODE',
      words: {
        vi: 'mã tổ chức mà danh sách thuộc về, khi tên chi bộ trùng nhau hoặc tệp không nêu',
        en: 'code of the organisation the list belongs to, where cells share names or the file does not say',
      },
    },
    'dry-run': DRY_RUN,
  },
)

export const importOfficesCommand = importCommand(
  'offices',
  { vi: 'nhập danh sách chức vụ', en: 'import a list of offices' },
  { 'dry-run': DRY_RUN },
)

async function runImportCommand(kind: ImportKind, asked: Asked, io: Io): Promise<boolean> {
  const [path = ''] = asked.positionals
  const bytes = await readGivenFile(path, LIMIT_BYTES)
  const { database, trial } = await asked.open()
  const under = optionalText(asked, 'under')
  const clock = await openClock(database)
  const { runImport } = await import('../../registry/import/run.ts')
  try {
    const { report } = await runImport(database, {
      kind,
      bytes,
      fileName: basename(path),
      ...(under === undefined ? {} : { under }),
      dryRun: asked.flags['dry-run'] === true,
      today: todayIn(clock.now()),
      allowTestPrefixes: trial,
      onProgress: progress(io),
    })
    io.result(reportDocument(report))
    sayReport(report, io)
    return true
  } finally {
    clock.close()
  }
}

const TELL_EVERY_MS = 1000

/** One line a second while rows are read. */
function progress(io: Io): (rows: number) => void {
  let toldAt = performance.now()
  return (rows) => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return
    toldAt = performance.now()
    io.tell(io.language === 'vi' ? `Đã đọc ${rows} dòng…` : `${rows} rows read…`)
  }
}

/** The report with the members of the contract and no others. */
function reportDocument(report: ImportReport) {
  const { rows, imported, repaired, heldBack, unchanged } = report
  const problems = report.problems.map(({ row, code, severity, field, found, repair, fix }) => ({
    row,
    code,
    severity,
    field,
    found,
    ...(repair === undefined ? {} : { repair }),
    ...(fix === undefined ? {} : { fix }),
  }))
  return { rows, imported, repaired, heldBack, unchanged, problems }
}

const SHOWN = 40

function sayReport(report: ImportReport, io: Io): void {
  const { rows, imported, repaired, heldBack, unchanged, problems } = report
  const counts = {
    vi: `${rows} dòng: ${imported} được nhập, ${repaired} được nhập kèm sửa lỗi, ${heldBack} giữ lại, ${unchanged} không đổi.`,
    en: `${rows} rows: ${imported} imported, ${repaired} imported with repairs, ${heldBack} held back, ${unchanged} unchanged.`,
  }
  io.say(counts[io.language])
  const held = problems.filter((problem) => problem.severity === 'held-back')
  const shown = [...held, ...problems.filter((problem) => problem.severity !== 'held-back')].slice(0, SHOWN)
  for (const problem of shown) io.say(lineOf(problem, io.language))
  const left = problems.length - shown.length
  if (left > 0)
    io.say(
      io.language === 'vi' ? `… và ${left} vấn đề nữa (xem --json).` : `… and ${left} more (see --json).`,
    )
}

const NUMBER_OF_A_PERSON = /^\d[\d\s.-]{7,}$/

/** A row's problem in one line; numbers of persons are masked on the screen, --json has them for the one who repairs. */
function lineOf({ row, code, field, found }: Problem, language: Language): string {
  const { what, fix } = PROBLEM_TEXTS[code][language]
  const place = `${language === 'vi' ? 'Dòng' : 'Row'} ${row}, ${FIELD_TEXTS[field]?.[language] ?? field}`
  const shown = NUMBER_OF_A_PERSON.test(found) ? maskDigits(found) : found
  return `  ${place}${shown === '' ? '' : ` (${shown})`}: ${[what, fix].filter(Boolean).join('. ')}`
}
