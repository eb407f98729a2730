/** `restore`: a backup into an empty database, proved there, and only then given free. */
import { resolve } from 'node:path'
import { isAway, isDiskFull } from '../../kernel/db.ts'
import { verifyLog } from '../../verify-log/verify.ts'
import { refused, type Manifest } from '../backup/manifest.ts'
import { openBackup, restore, type Restored, type Step } from '../backup/restore.ts'
import type { Config } from '../config.ts'
import { databaseFolder, MIGRATIONS_FOLDER, UNREACHABLE } from '../installation.ts'
import { CommandError, optionalText, type Command, type Words } from './command.ts'
import { tellNowAndThen } from './progress.ts'

export const restoreCommand: Command = {
  name: 'restore',
  positionals: ['DIR'],
  flags: {
    into: {
      value: 'FOLDER',
      words: {
        vi: 'thư mục dữ liệu khác (cơ sở dữ liệu đi kèm), thay cho DATABASE_URL hay DANGVU_DATA',
        en: 'another data folder (embedded database) in place of DATABASE_URL or DANGVU_DATA',
      },
    },
    'keep-sessions': {
      words: { vi: 'không kết thúc các phiên đăng nhập', en: 'do not end the sessions' },
    },
    'send-mail': {
      words: {
        vi: 'không giữ thư lại: bản này thay bản thật ngay',
        en: 'do not hold mail back: the copy takes the place of the real one at once',
      },
    },
    'accept-findings': {
      words: {
        vi: 'dùng được cả khi nhật ký hay sổ cái đã có sai lệch từ trước lúc sao lưu',
        en: 'usable also when the log or the ledger had findings before the backup was made',
      },
    },
    'as-trial': {
      words: {
        vi: 'cho phép dữ liệu thật vào cơ sở dữ liệu đi kèm, nơi ai ở máy này cũng đăng nhập thử được',
        en: 'allow real data in an embedded database, where anybody at this machine can sign in as anybody',
      },
    },
  },
  summary: {
    vi: 'khôi phục bản sao lưu vào cơ sở dữ liệu trống',
    en: 'restore a backup into an empty database',
  },
  about: {
    vi: 'Kiểm tra từng tệp của DIR, nạp vào cơ sở dữ liệu TRỐNG, đọc lại so từng bảng, áp dụng các bước cập nhật mới hơn, rồi chạy verify-log và verify-ledger; chỉ khi tất cả khớp thì bản khôi phục mới dùng được. Các phiên đăng nhập kết thúc; thư được giữ cho đến lệnh release-mail.\nMã kết thúc 0 chỉ khi đã kiểm tra và dùng được.\nJSON: {"takenAt", "tables", "rows", "log", "migrated", "logProblems", "ledgerProblems", "sessionsEnded", "mailHeld", "usable", "seconds"}',
    en: 'Checks every file of DIR, loads it into an EMPTY database, reads every table back, applies newer migrations, then runs verify-log and verify-ledger; only when all agree can the copy be used. Sessions are ended; mail is held until the command release-mail.\nExit code 0 only when it was verified and can be used.\nJSON: {"takenAt", "tables", "rows", "log", "migrated", "logProblems", "ledgerProblems", "sessionsEnded", "mailHeld", "usable", "seconds"}',
  },
  undoes: true,
  async run(asked, io) {
    const began = performance.now()
    const folder = resolve(asked.positionals[0] ?? '')
    const into = optionalText(asked, 'into')
    const config = into
      ? { ...asked.config, databaseUrl: undefined, dataFolder: resolve(into) }
      : asked.config
    const standing: Standing = { marked: false, step: undefined, where: whereOf(config) }
    let target: Awaited<ReturnType<typeof openTarget>> | undefined
    try {
      const manifest = await openBackup(folder, MIGRATIONS_FOLDER, asked.interrupted)
      if (!asked.flags['as-trial']) requireDoor(manifest, config)
      const tell = tellNowAndThen(io)
      target = await openTarget(config)
      const restored = await restore({
        url: target.url,
        folder,
        manifest,
        migrationsFolder: MIGRATIONS_FOLDER,
        keepSessions: asked.flags['keep-sessions'] === true,
        holdMail: asked.flags['send-mail'] !== true,
        acceptFindings: asked.flags['accept-findings'] === true,
        verifyLog: async (url) => (await verifyLog({ url })).problemCount,
        onStep: (step, detail) => {
          standing.step = step
          if (detail) tell(detail)
          else io.tell(STEPS[step][io.language])
        },
        onMarked: () => void (standing.marked = true),
        interrupted: asked.interrupted,
      })
      const seconds = Math.round((performance.now() - began) / 100) / 10
      io.result({ ...restored, seconds })
      for (const line of linesOf(restored, seconds)) io.say(line[io.language])
      return restored.usable
    } catch (error) {
      const told = inWords(error, standing, asked.interrupted.aborted)
      if (!told) io.tell(leftBehind(standing)[io.language])
      throw told ?? error
    } finally {
      await target?.stop()
    }
  },
}

/** How far it came. */
interface Standing {
  /** the target is no longer empty */
  marked: boolean
  step: Step | undefined
  readonly where: Words
}

/** How the target is thrown away. */
function whereOf({ databaseUrl, dataFolder }: Config): Words {
  const folder = databaseFolder(dataFolder)
  return databaseUrl === undefined
    ? { vi: `hãy xóa thư mục ${folder}`, en: `delete the folder ${folder}` }
    : {
        vi: 'hãy xóa cơ sở dữ liệu ấy và tạo lại trống (dropdb, createdb)',
        en: 'drop that database and make it anew, empty (dropdb, createdb)',
      }
}

/** What is in the target now, and what to do. */
function leftBehind({ marked, where }: Standing): Words {
  return marked
    ? {
        vi: `Trong cơ sở dữ liệu đích còn một bản dở dang, đã đánh dấu: không máy chủ hay lệnh nào dùng nó. Bản sao lưu không đổi. Để làm lại: ${where.vi}, rồi chạy lại lệnh này.`,
        en: `The target database holds an unfinished copy, marked so that no server and no command works on it. The backup is as it was. To try again: ${where.en}, then run this command again.`,
      }
    : {
        vi: 'Cơ sở dữ liệu đích vẫn như trước: chưa ghi gì vào đó. Có thể chạy lại lệnh này.',
        en: 'The target database is as it was: nothing was written into it. This command can be run again.',
      }
}

/** What failed, with what is left behind; undefined for a fault of the program. */
function inWords(error: unknown, standing: Standing, interrupted: boolean): CommandError | undefined {
  const left = leftBehind(standing)
  const step = standing.step && STEPS[standing.step]
  const during: Words = { vi: step ? ` (${step.vi})` : '', en: step ? ` (${step.en})` : '' }
  const saying = (code: string, vi: string, en: string) =>
    refused(code, { vi: `${vi}${during.vi}. ${left.vi}`, en: `${en}${during.en}. ${left.en}` })
  if (interrupted) return saying('interrupted', 'Đã dừng giữa chừng', 'Interrupted')
  if (error instanceof CommandError)
    return standing.marked
      ? new CommandError(error.code, {
          vi: `${error.words.vi} ${left.vi}`,
          en: `${error.words.en} ${left.en}`,
        })
      : error
  const { code, syscall } = error as NodeJS.ErrnoException
  if (isDiskFull(error))
    return saying(
      'target-full',
      'Đĩa của cơ sở dữ liệu đích đã đầy',
      'The disk of the target database is full',
    )
  if (isAway(error))
    return saying(
      'target-away',
      'Không kết nối được cơ sở dữ liệu đích, hoặc kết nối đã mất',
      'The target database is away, or the connection to it was lost',
    )
  if (UNREACHABLE.includes(code ?? ''))
    return saying(
      'target-unreachable',
      `Không vào được cơ sở dữ liệu đích (${code}), hãy xem lại DATABASE_URL`,
      `The target database lets nobody in (${code}), check DATABASE_URL`,
    )
  if (NO_RIGHTS === code)
    return saying(
      'target-rights',
      'Tài khoản của cơ sở dữ liệu đích thiếu quyền (tạo bảng, tạo vai trò)',
      'The role of the target database lacks rights (to make tables, to make roles)',
    )
  if (syscall !== undefined)
    return saying('unreadable', `Không đọc được bản sao lưu (${code})`, `The backup cannot be read (${code})`)
  return undefined
}

/** What PostgreSQL says to whoever may not do that. */
const NO_RIGHTS = '42501'

/** An embedded database without an identity provider lets anybody at the machine in as anybody. */
function requireDoor(manifest: Manifest, { databaseUrl, identity }: Config): void {
  if (manifest.trial || databaseUrl !== undefined || identity !== undefined) return
  throw refused('real-data-in-a-trial', {
    vi: 'Bản sao lưu này là dữ liệu thật; trên cơ sở dữ liệu đi kèm, ai ở máy này cũng đăng nhập thử được với tên bất kỳ. Hãy đặt DATABASE_URL (hoặc VNEID_ISSUER), hay thêm --as-trial nếu chỉ mình đồng chí dùng máy.',
    en: 'This backup holds real data; on an embedded database anybody at this machine can sign in as anybody. Set DATABASE_URL (or VNEID_ISSUER), or add --as-trial if nobody else uses the machine.',
  })
}

async function openTarget({
  databaseUrl,
  dataFolder,
}: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: async () => undefined }
  const { startEmbeddedDatabase } = await import('../database/embedded.ts')
  return startEmbeddedDatabase({ folder: databaseFolder(dataFolder) })
}

const STEPS: Readonly<Record<Step, Words>> = {
  migrate: { vi: 'Tạo các bảng…', en: 'Making the tables…' },
  load: { vi: 'Nạp dữ liệu…', en: 'Loading…' },
  guards: { vi: 'Bật lại khóa ngoại và các chốt…', en: 'Foreign keys and triggers back in force…' },
  compare: { vi: 'Đọc lại, so từng bảng…', en: 'Reading every table back…' },
  newer: { vi: 'Áp dụng các bước cập nhật mới hơn…', en: 'Applying newer migrations…' },
  log: { vi: 'Kiểm tra nhật ký…', en: 'Verifying the log…' },
  ledger: { vi: 'Đối chiếu sổ cái…', en: 'Verifying the ledger…' },
}

/** The last line says whether the copy can be used. */
function linesOf(restored: Restored, seconds: number): Words[] {
  const { tables, rows, log, takenAt, migrated, logProblems, ledgerProblems } = restored
  const lines: Words[] = []
  if (migrated.length > 0)
    lines.push({
      vi: `Đã áp dụng thêm: ${migrated.join(', ')}`,
      en: `Applied besides: ${migrated.join(', ')}`,
    })
  if (restored.sessionsEnded > 0)
    lines.push({
      vi: `Đã kết thúc ${restored.sessionsEnded} phiên đăng nhập.`,
      en: `${restored.sessionsEnded} sessions were ended.`,
    })
  if (restored.mailHeld)
    lines.push({
      vi: 'Thư được giữ lại; khi bản này thay bản thật: npm run -s dangvu -- release-mail',
      en: 'Mail is held back; when this copy takes the place of the real one: npm run -s dangvu -- release-mail',
    })
  const findings = logProblems + ledgerProblems
  const found: Words =
    findings === 0
      ? { vi: 'nhật ký và sổ cái khớp', en: 'log and ledger agree' }
      : {
          vi: `nhật ký có ${logProblems}, sổ cái có ${ledgerProblems} chỗ không khớp TỪ TRƯỚC lúc sao lưu`,
          en: `${logProblems} findings in the log and ${ledgerProblems} in the ledger, there BEFORE the backup`,
        }
  const same = {
    vi: `${tables} bảng, ${rows} dòng đúng như lúc ${takenAt}, nhật ký đến khối ${log.block}`,
    en: `${tables} tables, ${rows} rows as of ${takenAt}, the log up to block ${log.block}`,
  }
  lines.push(
    restored.usable
      ? {
          vi: `ĐÃ KIỂM TRA, DÙNG ĐƯỢC: ${same.vi}; ${found.vi}; ${seconds} giây.`,
          en: `VERIFIED, READY: ${same.en}; ${found.en}; ${seconds} seconds.`,
        }
      : {
          vi: `CHƯA DÙNG ĐƯỢC: ${same.vi}; nhưng ${found.vi}. Xem verify-log, verify-ledger ở bản gốc; nếu đã biết rõ, khôi phục lại với --accept-findings.`,
          en: `NOT READY: ${same.en}; but ${found.en}. Look with verify-log and verify-ledger at the original; if they are known, restore anew with --accept-findings.`,
        },
  )
  return lines
}
