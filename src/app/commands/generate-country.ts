/** `generate-country`: fills an empty database with a made-up country, for trying the system at its full size. */
import { todayIn } from '../../kernel/plain-date.ts'
import { CommandError, optionalNumber, optionalText, type Command, type Io, type Words } from './command.ts'

const NUMBERS = {
  members: { least: 1_000, most: 10_000_000 },
  cells: { least: 20_000, most: 400_000 },
} as const

const STEPS: Readonly<Record<string, Words>> = {
  places: { vi: 'tổ chức đảng', en: 'organisations' },
  people: { vi: 'đảng viên', en: 'members' },
  offices: { vi: 'chức vụ', en: 'offices' },
  indexes: { vi: 'chỉ mục và ràng buộc', en: 'indexes and keys' },
  sealing: { vi: 'niêm phong nhật ký, thống kê bảng', en: 'sealing the log, looking through the tables' },
}

export const generateCountryCommand: Command = {
  name: 'generate-country',
  positionals: [],
  flags: {
    members: {
      value: 'N',
      words: { vi: 'số đảng viên (mặc định: 100.000)', en: 'how many members (100,000 by default)' },
    },
    cells: {
      value: 'N',
      words: {
        vi: 'số chi bộ (mặc định: cứ 22,4 đảng viên một chi bộ, từ 20.000 đến 250.000)',
        en: 'how many cells (by default one for 22.4 members, 20,000 to 250,000)',
      },
    },
    seed: {
      value: 'WORD',
      words: {
        vi: 'cùng một từ cho cùng một dữ liệu (mặc định: 2026)',
        en: 'the same word makes the same country (2026 by default)',
      },
    },
  },
  summary: {
    vi: 'tạo dữ liệu giả lập cả nước trong cơ sở dữ liệu trống',
    en: 'fill an empty database with a made-up country',
  },
  about: {
    vi: [
      'Trung ương, 34 tỉnh, 3.321 xã có thật, các đảng bộ và chi bộ, đảng viên và người giữ chức vụ đều là giả lập.',
      'Chỉ chạy trên cơ sở dữ liệu chưa có tổ chức và đảng viên nào; ghi trọn vẹn hoặc không ghi gì. Nhật ký có một dòng cho mỗi bản ghi.',
      'Bản này chạy thử với DANGVU_DATA là một thư mục mới. JSON: {members, cells, organisations, offices, seconds}',
    ].join('\n'),
    en: [
      'The Centre, 34 provinces, the 3,321 real communes; committees, cells, members and holders of offices are made up.',
      'Only into a database without organisations and members; all of it is written or nothing. The log has an entry for each row.',
      'Take a new folder as DANGVU_DATA for it. JSON: {members, cells, organisations, offices, seconds}',
    ].join('\n'),
  },
  async run(asked, io) {
    const { generateCountry, usualCells } = await import('../country/generate.ts')
    const members = optionalNumber(asked, 'members', NUMBERS.members) ?? 100_000
    const size = {
      members,
      cells: optionalNumber(asked, 'cells', NUMBERS.cells) ?? usualCells(members),
      seed: optionalText(asked, 'seed') ?? '2026',
    }
    const installation = await asked.open()
    const generated = await generateCountry(installation, size, todayIn(new Date()), progress(io))
    if (!generated)
      throw new CommandError('country.not-empty', {
        vi: 'Cơ sở dữ liệu này đã có tổ chức hoặc đảng viên: không ghi gì. Hãy chọn DANGVU_DATA là một thư mục mới, hoặc DATABASE_URL của một cơ sở dữ liệu trống.',
        en: 'This database has organisations or members already: nothing was written. Set DANGVU_DATA to a new folder, or DATABASE_URL to an empty database.',
      })
    const { organisations, offices, seconds } = generated
    const figure = (value: number) => value.toLocaleString(io.language)
    io.say(
      io.language === 'vi'
        ? `${figure(members)} đảng viên, ${figure(size.cells)} chi bộ trong ${figure(organisations)} tổ chức, ${figure(offices)} chức vụ; ${figure(seconds)} giây`
        : `${figure(members)} members, ${figure(size.cells)} cells in ${figure(organisations)} organisations, ${figure(offices)} offices; ${figure(seconds)} s`,
    )
    io.result({ members, cells: size.cells, ...generated })
    return true
  },
}

const TELL_EVERY_MS = 1000

/** A line when a step begins, and one a second while it goes on. */
function progress(io: Io): (what: string, done: number, all: number) => void {
  let told = { what: '', at: 0 }
  return (what, done, all) => {
    if (told.what === what && performance.now() - told.at < TELL_EVERY_MS && done < all) return
    told = { what, at: performance.now() }
    const words = STEPS[what]?.[io.language] ?? what
    io.tell(`${words}: ${done.toLocaleString(io.language)} / ${all.toLocaleString(io.language)}`)
  }
}
