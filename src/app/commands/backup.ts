/** `backup`: the whole database as it is now into a new folder, also while the server works. */
import { resolve } from 'node:path'
import { writeBackup } from '../backup/backup.ts'
import { tellNowAndThen } from './progress.ts'
import type { Command } from './command.ts'

export const backupCommand: Command = {
  name: 'backup',
  positionals: ['DIR'],
  flags: {},
  onlyLooks: true,
  asItIs: true,
  undoes: true,
  summary: { vi: 'sao lưu toàn bộ dữ liệu vào thư mục mới', en: 'back everything up into a new folder' },
  about: {
    vi: 'Ghi mọi bảng của cùng một thời điểm vào DIR (chưa được có), kèm manifest.json với SHA-256 của từng tệp; máy chủ chạy hay không đều được, cơ sở dữ liệu đi kèm hay riêng đều được. Cơ sở dữ liệu của phiên bản cũ được sao lưu đúng như nó đang có, không cập nhật. Chỉ khi đã ghi xong xuống đĩa thì DIR mới có tên đó; Ctrl-C xóa phần dở dang.\nBản sao lưu chứa dữ liệu cá nhân: chỉ chủ tài khoản này đọc được, hãy mã hóa trước khi mang đi.\nJSON: {"folder", "takenAt", "tables", "rows", "bytes", "log": {"block", "hash", …}, "seconds"}',
    en: 'Writes every table as of one moment into DIR (which must not exist), with a manifest.json holding the SHA-256 of each file; with or without a running server, embedded database or your own. A database of an older version is taken as it is and not brought up to date. DIR gets its name when all of it is on the disk; Ctrl-C removes what was written.\nA backup holds personal data: only this account can read it; encrypt it before it leaves.\nJSON: {"folder", "takenAt", "tables", "rows", "bytes", "log": {"block", "hash", …}, "seconds"}',
  },
  async run(asked, io) {
    const began = performance.now()
    const { url, trial } = await asked.open()
    const tell = tellNowAndThen(io)
    const { folder, manifest, bytes } = await writeBackup({
      url,
      folder: resolve(asked.positionals[0] ?? ''),
      program: asked.config.version,
      // One that signs people in with a real provider holds real people, whatever database it runs on.
      trial: trial && asked.config.identity === undefined,
      onTable: (name, done, of) => tell(`${done}/${of} ${name}`),
      interrupted: asked.interrupted,
    })
    const { takenAt, tables, log } = manifest
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    io.result({ folder, takenAt, tables: tables.length, rows, bytes, log, seconds })
    const megabytes = (bytes / 1_000_000).toFixed(1)
    io.say(
      io.language === 'vi'
        ? `Đã sao lưu ${tables.length} bảng, ${rows} dòng (${megabytes} MB, ${seconds} giây), đúng như lúc ${takenAt}, nhật ký đến khối ${log.block}: ${folder}`
        : `Backed up ${tables.length} tables, ${rows} rows (${megabytes} MB, ${seconds} seconds) as of ${takenAt}, the log up to block ${log.block}: ${folder}`,
    )
    return true
  },
}
