/** `migrate`: brings the database up to date, and says what was applied. */
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  positionals: [],
  flags: {},
  summary: { vi: 'cập nhật cấu trúc cơ sở dữ liệu', en: 'bring the database up to date' },
  about: {
    vi: 'Áp dụng các tệp migrations/*.sql còn thiếu, theo thứ tự. Máy chủ khi khởi động cũng tự làm việc này.\nJSON: {"applied": [tên tệp]}',
    en: 'Applies the missing migrations/*.sql in order. The server does the same when it starts.\nJSON: {"applied": [file names]}',
  },
  async run(asked, io) {
    const { migrated } = await asked.open()
    const nothing = { vi: 'Cơ sở dữ liệu đã ở bản mới nhất.', en: 'The database is up to date.' }
    const done = { vi: 'Đã áp dụng', en: 'Applied' }
    if (migrated.length === 0) io.say(nothing[io.language])
    for (const name of migrated) io.say(`${done[io.language]} ${name}`)
    io.result({ applied: migrated })
    return true
  },
}
