/** `replay-2025`: merges the communes of before July 2025 into those of 2026, by signed plans, and checks that nobody is lost. */
import { optionalNumber, optionalText, type Command } from './command.ts'

const NUMBERS = {
  members: { least: 1, most: 5_000, usual: 20 },
  cells: { least: 1, most: 200, usual: 3 },
} as const

export const replayCommand: Command = {
  name: 'replay-2025',
  positionals: [],
  flags: {
    seed: {
      value: 'WORD',
      words: {
        vi: 'từ để chia các xã bị tách (mặc định: 2025)',
        en: 'parts communes that are split (2025 by default)',
      },
    },
    members: {
      value: 'N',
      words: {
        vi: 'số đảng viên mỗi xã cũ (mặc định: 20)',
        en: 'members of each old commune (20 by default)',
      },
    },
    cells: {
      value: 'N',
      words: { vi: 'số chi bộ mỗi xã cũ (mặc định: 3)', en: 'cells of each old commune (3 by default)' },
    },
  },
  summary: {
    vi: 'diễn lại việc sắp xếp xã tháng 7 năm 2025 trên bản tạm',
    en: 'replay the reorganisation of communes of July 2025 on a temporary database',
  },
  about: {
    vi: [
      'Dựng các xã trước ngày 01/7/2025 từ dữ liệu công khai, đảng viên và chi bộ đều là giả lập; mỗi tỉnh một phương án được',
      'lưu, xem trước và ký; rồi đối chiếu: không mất ai, ai cũng tìm thấy. Tỉnh cũ không được dựng lại. Mã thoát 1 nếu có sai lệch.',
      'JSON: {provinces, communes, oldCommunes, whole, parts, unparsed: [{commune, text}], members, cells, seconds, conserved, reachable, …}',
    ].join('\n'),
    en: [
      'Communes of before 1 July 2025 come from public data, members and cells are made up; each province has one plan, which is',
      'saved, looked at and signed; then: nobody is lost, everybody is found. Old provinces are not rebuilt. Exit code 1 when something is off.',
      'JSON: {provinces, communes, oldCommunes, whole, parts, unparsed: [{commune, text}], members, cells, seconds, conserved, reachable, …}',
    ].join('\n'),
  },
  async run(asked, io) {
    const size = {
      seed: optionalText(asked, 'seed') ?? '2025',
      cells: optionalNumber(asked, 'cells', NUMBERS.cells) ?? NUMBERS.cells.usual,
      members: optionalNumber(asked, 'members', NUMBERS.members) ?? NUMBERS.members.usual,
    }
    const { replay2025 } = await import('./replay-2025.ts')
    const replayed = await replay2025(size, (line) => io.tell(line))
    const vi = io.language === 'vi'
    for (const { commune, text } of replayed.unparsed)
      io.say(`${vi ? 'Không hiểu' : 'Not understood'}: ${commune}: "${text}"`)
    const { communes, oldCommunes, understood, members, seconds, off } = replayed
    io.say(
      vi
        ? `${oldCommunes} xã cũ thành ${communes} xã (${understood} xã hiểu trọn), ${members} đảng viên, ${seconds} giây, ${off.length} sai lệch`
        : `${oldCommunes} old communes became ${communes} (${understood} understood wholly), ${members} members, ${seconds} s, ${off.length} differences`,
    )
    io.result(replayed)
    return off.length === 0
  },
}
