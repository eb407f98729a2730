/** `checkpoint`: signs the end of the log as it is now, into a file that somebody else keeps. */
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { takeCheckpoint } from '../../audit/checkpoint.ts'
import { openClock } from '../clock.ts'
import { signersFor } from '../installation-signers.ts'
import { CommandError, textOf, type Command } from './command.ts'

export const checkpointCommand: Command = {
  name: 'checkpoint',
  positionals: [],
  flags: {
    out: {
      value: 'FILE',
      required: true,
      words: { vi: 'tệp để ghi điểm đối chiếu vào', en: 'file to write the checkpoint to' },
    },
  },
  summary: {
    vi: 'ký điểm đối chiếu của nhật ký, để người khác giữ',
    en: 'sign a checkpoint of the log, for somebody else to keep',
  },
  about: {
    vi: 'Giao tệp này cho người ngoài hệ thống giữ: ai sửa phần nhật ký đã khóa trước đó thì verify-log --checkpoint sẽ chỉ ra.\nJSON: {"format", "installation", "block", "hash", "entries", "at", "algorithm", "certificates", "signature"}',
    en: 'Give the file to somebody outside the system: whoever alters the log sealed before it is found by verify-log --checkpoint.\nJSON: {"format", "installation", "block", "hash", "entries", "at", "algorithm", "certificates", "signature"}',
  },
  async run(asked, io) {
    const file = textOf(asked, 'out')
    const { database, trial } = await asked.open()
    const clock = await openClock(database)
    clock.close()
    const key = await signersFor(trial, database, asked.config, clock).forSystem()
    const checkpoint = await takeCheckpoint(database, { id: randomUUID(), key, at: clock.now() })
    await writeFile(file, `${JSON.stringify(checkpoint, undefined, 2)}\n`).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      throw new CommandError('file.unwritable', {
        vi: `Không ghi được tệp ${file} (${code}).`,
        en: `The file ${file} cannot be written (${code}).`,
      })
    })
    io.result(checkpoint)
    io.say(
      io.language === 'vi'
        ? `Đã ký điểm đối chiếu: khối ${checkpoint.block}, ${checkpoint.entries} mục. Tệp: ${file}`
        : `Checkpoint signed: block ${checkpoint.block}, ${checkpoint.entries} entries. File: ${file}`,
    )
    return true
  },
}
