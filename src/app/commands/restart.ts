/** `restart`: the server's processes are replaced one by one, by the program as it lies on the disk now. */
import { setTimeout as pause } from 'node:timers/promises'
import { findRunningServer, readNote } from '../running.ts'
import { CommandError, type Command, type Words } from './command.ts'

const LOOK_MS = 200
const LONGEST_MS = 1_800_000

export const restartCommand: Command = {
  name: 'restart',
  positionals: [],
  flags: {},
  onlyLooks: true,
  summary: {
    vi: 'thay lần lượt các tiến trình của máy chủ, không mất yêu cầu nào',
    en: 'replace the server’s processes one by one, losing no request',
  },
  about: {
    vi: 'Khi máy chủ chạy với DANGVU_PROCESSES từ 2 trở lên: từng tiến trình mới bắt đầu với chương trình đang có trên đĩa (sau npm run build), rồi tiến trình cũ trả lời nốt và dừng. Chờ đến khi xong. Giống như gửi SIGUSR2 cho máy chủ.\nMã kết thúc 0 chỉ khi mọi tiến trình đã được thay.\nJSON: {"processes", "replaced", "seconds"}',
    en: 'With a server of DANGVU_PROCESSES 2 or more: each new process begins with the program as it is on the disk (after npm run build), then an old one answers what it has and leaves. Waits until that is done. The same as SIGUSR2 to the server.\nExit code 0 only when every process was replaced.\nJSON: {"processes", "replaced", "seconds"}',
  },
  async run({ config }, io) {
    const began = performance.now()
    const running = await findRunningServer(config.dataFolder)
    if (!running) throw notPossible('restart.no-server', NO_SERVER)
    const { pid, processes = 1, restarted } = running
    if (processes < 2) throw notPossible('restart.one-process', ONE_PROCESS)
    process.kill(pid, 'SIGUSR2')
    for (;;) {
      const note = await readNote(config.dataFolder)
      const seconds = Math.round((performance.now() - began) / 100) / 10
      if (note?.pid !== pid || seconds * 1000 > LONGEST_MS) throw notPossible('restart.no-answer', NO_ANSWER)
      if (note.restarted && note.restarted.at !== restarted?.at) {
        const { ok } = note.restarted
        io.result({ processes, replaced: ok, seconds })
        const words = ok ? DONE(processes, seconds) : NOT_DONE
        io.say(words[io.language])
        return ok
      }
      await pause(LOOK_MS)
    }
  },
}

function notPossible(code: string, words: Words): CommandError {
  return new CommandError(code, words)
}

const NO_SERVER = {
  vi: 'Không có máy chủ nào đang chạy với thư mục dữ liệu này. Hãy xem DANGVU_DATA, hoặc chạy: npm start',
  en: 'No server runs on this data folder. Look at DANGVU_DATA, or begin with: npm start',
}
const ONE_PROCESS = {
  vi: 'Máy chủ chỉ có một tiến trình: hãy dừng rồi chạy lại, hoặc đặt DANGVU_PROCESSES=2 để lần sau thay lần lượt được.',
  en: 'The server is one process: stop it and start it again, or set DANGVU_PROCESSES=2 so that next time they are replaced one by one.',
}
const NO_ANSWER = {
  vi: 'Máy chủ không trả lời là đã thay xong. Hãy xem nhật ký của nó.',
  en: 'The server did not say that it was done. Look at its log.',
}
const NOT_DONE = {
  vi: 'KHÔNG thay được: tiến trình mới không bắt đầu được, các tiến trình cũ vẫn phục vụ. Lý do ở nhật ký của máy chủ.',
  en: 'NOT replaced: a new process did not begin, the old ones go on serving. Why is in the server’s log.',
}
const DONE = (processes: number, seconds: number) => ({
  vi: `Đã thay ${processes} tiến trình sau ${seconds} giây.`,
  en: `${processes} processes were replaced in ${seconds} seconds.`,
})
