/** `restore`: a backup into an empty database, proved there, and only then given free. */
import { join, resolve } from 'node:path'
import { verifyLog } from '../../verify-log/verify.ts'
import { refused, type Manifest } from '../backup/manifest.ts'
import { openBackup, restore, type Restored, type Step } from '../backup/restore.ts'
import type { Config } from '../config.ts'
import { MIGRATIONS_FOLDER } from '../installation.ts'
import { optionalText, type Command, type Words } from './command.ts'
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
  async run(asked, io) {
    const began = performance.now()
    const folder = resolve(asked.positionals[0] ?? '')
    const into = optionalText(asked, 'into')
    const config = into
      ? { ...asked.config, databaseUrl: undefined, dataFolder: resolve(into) }
      : asked.config
    const manifest = await openBackup(folder, MIGRATIONS_FOLDER)
    if (!asked.flags['as-trial']) requireDoor(manifest, config)
    const tell = tellNowAndThen(io)
    const target = await openTarget(config)
    try {
      const restored = await restore({
        url: target.url,
        folder,
        manifest,
        migrationsFolder: MIGRATIONS_FOLDER,
        keepSessions: asked.flags['keep-sessions'] === true,
        holdMail: asked.flags['send-mail'] !== true,
        acceptFindings: asked.flags['accept-findings'] === true,
        verifyLog: async (url) => (await verifyLog({ url })).problemCount,
        onStep: (step, detail) => (detail ? tell(detail) : io.tell(STEPS[step][io.language])),
      })
      const seconds = Math.round((performance.now() - began) / 100) / 10
      io.result({ ...restored, seconds })
      for (const line of linesOf(restored, seconds)) io.say(line[io.language])
      return restored.usable
    } finally {
      await target.stop()
    }
  },
}

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
  return startEmbeddedDatabase({ folder: join(dataFolder, 'database') })
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
