/** `release-mail`: lets go the mail that a restore held back. */
import { releaseMail } from '../notices/held.ts'
import type { Command } from './command.ts'

export const releaseMailCommand: Command = {
  name: 'release-mail',
  positionals: [],
  flags: {},
  summary: { vi: 'gửi thư đã giữ lại sau khi khôi phục', en: 'let go the mail held after a restore' },
  about: {
    vi: 'Sau restore, thư báo việc mới được giữ lại để một bản thử không gửi thư cho ai. Lệnh này cho gửi: thư đang chờ đi ngay (trừ việc đã đọc), thư mới đi như thường.\nJSON: {"held", "released"}',
    en: 'After a restore mail about new tasks is held back, so that a trial copy writes to nobody. This lets it go: what waits is sent now (unless it was read), what is new as usual.\nJSON: {"held", "released"}',
  },
  async run(asked, io) {
    const { database } = await asked.open()
    const released = await releaseMail(database)
    io.result({ held: released !== undefined, released: released ?? 0 })
    const vi =
      released === undefined ? 'Thư không bị giữ.' : `Thư được gửi như thường; ${released} thư đang chờ.`
    const en =
      released === undefined ? 'Mail is not held.' : `Mail is sent as usual; ${released} were waiting.`
    io.say(io.language === 'vi' ? vi : en)
    return true
  },
}
