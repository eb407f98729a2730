/** `verify-log`: opens the installation's database, hands its address to the verifier, and prints what it found. */
import type { Language } from '../../kernel/plain-date.ts'
import { readCheckpoint, type KeptCheckpoint } from '../../verify-log/checkpoint.ts'
import type { LogReport, Problem, ProblemKind } from '../../verify-log/report.ts'
import { CommandError, optionalText, type Asked, type Command, type Io, type Words } from './command.ts'
import { readGivenFile } from './files.ts'
import { readRoots } from './pem-file.ts'

const TELL_EVERY_SECONDS = 2

export const verifyLogCommand: Command = {
  name: 'verify-log',
  positionals: [],
  flags: {
    checkpoint: {
      value: 'FILE',
      words: {
        vi: 'điểm đối chiếu mà người khác giữ: tìm cả phần bị cắt bớt hoặc viết lại',
        en: 'a checkpoint somebody kept: finds what was cut off or rewritten, too',
      },
    },
    trust: {
      value: 'PEM',
      words: {
        vi: 'tệp PEM với chứng thư gốc mà người ký điểm đối chiếu phải thuộc về',
        en: 'PEM file with the roots that the signer of the checkpoint must lead to',
      },
    },
  },
  onlyLooks: true,
  summary: { vi: 'kiểm tra nhật ký có bị sửa, xóa, chèn không', en: 'check the log for anything altered' },
  about: {
    vi: 'Kiểm tra chuỗi khối, từng mục, và từng dòng dữ liệu so với mục cuối của nó; máy chủ chạy hay không đều được.\nMã kết thúc 0 chỉ khi không có vấn đề nào.\nJSON: {"entries", "blocks", "unsealed", "oldestUnsealedSeconds", "outside", "rowsChecked", "filesChecked", "tookSeconds", "entriesPerSecond", "checkpoint", "problemCount", "problems": [{"kind", "block", "seq", "subject", "key"}]}',
    en: 'Checks the chain of blocks, every entry, and every row against its last entry; with or without a running server.\nExit code 0 only when there is no problem.\nJSON: {"entries", "blocks", "unsealed", "oldestUnsealedSeconds", "outside", "rowsChecked", "filesChecked", "tookSeconds", "entriesPerSecond", "checkpoint", "problemCount", "problems": [{"kind", "block", "seq", "subject", "key"}]}',
  },
  async run(asked, io) {
    const checkpoint = await keptCheckpoint(asked)
    const pem = optionalText(asked, 'trust')
    const trust = pem === undefined ? undefined : await readRoots(pem)
    const { database } = await asked.open()
    const { verifyLog } = await import('../../verify-log/verify.ts')
    const report = await database.reportAt((url) =>
      verifyLog({
        url,
        ...(checkpoint === undefined ? {} : { checkpoint }),
        ...(trust === undefined ? {} : { trust }),
        onProgress: progress(io),
      }),
    )
    io.result(report)
    sayReport(report, io)
    return report.problemCount === 0
  },
}

async function keptCheckpoint(asked: Asked): Promise<KeptCheckpoint | undefined> {
  const file = optionalText(asked, 'checkpoint')
  if (file === undefined) return undefined
  const checkpoint = readCheckpoint(Buffer.from(await readGivenFile(file, 1024 * 1024)).toString('utf8'))
  if (checkpoint) return checkpoint
  throw new CommandError('checkpoint.unreadable', {
    vi: `Tệp ${file} không phải là điểm đối chiếu của nhật ký.`,
    en: `The file ${file} is no checkpoint of a log.`,
  })
}

function progress(io: Io): (entries: number, seconds: number) => void {
  let told = 0
  return (entries, seconds) => {
    if (seconds - told < TELL_EVERY_SECONDS) return
    told = seconds
    io.tell(io.language === 'vi' ? `Đã kiểm tra ${entries} mục…` : `${entries} entries checked…`)
  }
}

const SHOWN = 40

function sayReport(report: LogReport, io: Io): void {
  const { entries, blocks, rowsChecked, filesChecked, unsealed, tookSeconds, problems, problemCount } = report
  const oldest = report.oldestUnsealedSeconds ?? 0
  const vi = [
    `${entries} mục trong ${blocks} khối, ${rowsChecked} dòng dữ liệu, ${filesChecked} tệp; ${tookSeconds} giây.`,
    `Chưa khóa vào khối: ${unsealed} mục${unsealed > 0 ? `, mục cũ nhất ${oldest} giây trước` : ''}.`,
  ]
  const en = [
    `${entries} entries in ${blocks} blocks, ${rowsChecked} rows, ${filesChecked} files; ${tookSeconds} seconds.`,
    `Not yet sealed: ${unsealed} entries${unsealed > 0 ? `, the oldest ${oldest} seconds ago` : ''}.`,
  ]
  for (const line of io.language === 'vi' ? vi : en) io.say(line)
  if (report.checkpoint) io.say(checkpointLine(report.checkpoint, io.language))
  for (const problem of problems.slice(0, SHOWN)) io.say(`  ${lineOf(problem, io.language)}`)
  const left = problemCount - Math.min(problemCount, SHOWN)
  if (left > 0)
    io.say(
      io.language === 'vi' ? `  … và ${left} vấn đề nữa (xem --json).` : `  … and ${left} more (see --json).`,
    )
  const verdict =
    problemCount === 0
      ? { vi: 'Nhật ký nguyên vẹn.', en: 'The log is whole.' }
      : {
          vi: `Nhật ký KHÔNG khớp: ${problemCount} vấn đề.`,
          en: `The log does NOT agree: ${problemCount} problems.`,
        }
  io.say(verdict[io.language])
}

function checkpointLine(
  { block, trusted }: NonNullable<LogReport['checkpoint']>,
  language: Language,
): string {
  const vi = {
    true: 'người ký được tin cậy',
    false: 'người ký KHÔNG được tin cậy',
    null: 'chưa xét người ký (--trust)',
  }
  const en = {
    true: 'its signer is trusted',
    false: 'its signer is NOT trusted',
    null: 'signer not looked at (--trust)',
  }
  const key = String(trusted) as 'true' | 'false' | 'null'
  return language === 'vi'
    ? `Đối chiếu với điểm ở khối ${block}: ${vi[key]}.`
    : `Compared with the checkpoint at block ${block}: ${en[key]}.`
}

function lineOf({ kind, block, seq, subject, key }: Problem, language: Language): string {
  const place = [
    block === undefined ? '' : `${language === 'vi' ? 'khối' : 'block'} ${block}`,
    seq === undefined ? '' : `${language === 'vi' ? 'mục' : 'entry'} ${seq}`,
    [subject, key].filter(Boolean).join(' '),
  ]
  return `${PROBLEM_WORDS[kind][language]} (${place.filter(Boolean).join(', ')}) [${kind}]`
}

const PROBLEM_WORDS: Record<ProblemKind, Words> = {
  'block-missing': { vi: 'Mất một khối', en: 'A block is missing' },
  'block-altered': { vi: 'Khối bị sửa', en: 'A block was altered' },
  'chain-broken': { vi: 'Khối không nối với khối trước', en: 'A block does not follow from the one before' },
  'entry-altered': { vi: 'Mục đã khóa bị sửa', en: 'A sealed entry was altered' },
  'entry-missing': { vi: 'Mục bị xóa', en: 'An entry was deleted' },
  'entry-inserted': { vi: 'Mục bị chèn vào', en: 'An entry was put in' },
  'entry-sealed-twice': { vi: 'Một mục nằm trong hai khối', en: 'An entry lies in two blocks' },
  'log-truncated': { vi: 'Nhật ký bị cắt bớt phần cuối', en: 'The end of the log was cut off' },
  'checkpoint-differs': {
    vi: 'Chuỗi khối đã bị viết lại: không khớp điểm đối chiếu',
    en: 'The chain was rewritten: it differs from the checkpoint',
  },
  'checkpoint-of-another-log': {
    vi: 'Điểm đối chiếu là của nhật ký khác, hoặc nhật ký đã bị thay',
    en: 'The checkpoint is of another log, or the log was replaced',
  },
  'checkpoint-signature-wrong': {
    vi: 'Chữ ký của điểm đối chiếu sai',
    en: 'The signature of the checkpoint is wrong',
  },
  'checkpoint-untrusted': {
    vi: 'Không rõ ai ký điểm đối chiếu',
    en: 'The signer of the checkpoint is not trusted',
  },
  'row-altered': { vi: 'Dòng dữ liệu bị sửa ngoài nhật ký', en: 'A row was altered past the log' },
  'row-missing': { vi: 'Dòng dữ liệu bị xóa ngoài nhật ký', en: 'A row was deleted past the log' },
  'row-not-in-log': { vi: 'Dòng dữ liệu được thêm ngoài nhật ký', en: 'A row was added past the log' },
  'table-missing': { vi: 'Mất cả bảng dữ liệu', en: 'A whole table is missing' },
  'trigger-off': { vi: 'Bảng này không còn ghi nhật ký', en: 'This table no longer writes the log' },
  'file-altered': { vi: 'Nội dung tệp bị thay', en: 'The content of a file was replaced' },
  'changed-outside': {
    vi: 'Có người sửa thẳng trong cơ sở dữ liệu',
    en: 'Somebody changed the database itself',
  },
}
