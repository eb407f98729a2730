/** The retention schedule: what is kept how long, why, and what happens then; the daily sweep does what it says. */
import { z } from 'zod'
import { sql, type Database, type Write } from '../../kernel/db.ts'
import type { Sweep } from '../../kernel/jobs.ts'
import { todayIn, type Language } from '../../kernel/plain-date.ts'
import { settingsOn, type Setting, type SettingsOfDay } from '../../kernel/settings.ts'

type Words = Readonly<Record<Language, string>>

const DAYS: Words = { vi: 'ngày', en: 'days' }
const NOT_FIXED = 'Không văn bản đọc được nào định thời hạn cho loại dữ liệu này'

function daysSetting(
  name: string,
  title: Words,
  reason: Words,
  fallback: number,
  source = NOT_FIXED,
): Setting<number> {
  return {
    key: `retention.${name}-days`,
    title,
    certainty: 'I',
    source,
    reason,
    default: fallback,
    schema: z.number().int().min(0).max(3650),
    unit: DAYS,
  }
}

const IMPORT_DAYS = daysSetting(
  'import',
  {
    vi: 'Giữ danh sách chờ nhập mà không ai nhập',
    en: 'Keep a list that waits for import and nobody imports',
  },
  { vi: 'Mặc định 7 ngày: đủ để sửa và nhập lại.', en: '7 days by default: enough to mend and import it.' },
  7,
)
const NOTICE_DAYS = daysSetting(
  'notice',
  { vi: 'Giữ thông báo đã đọc của việc đã xong', en: 'Keep read notices of what has ended' },
  {
    vi: 'Mặc định 365 ngày: một năm công tác. Nội dung đã có trong hồ sơ.',
    en: '365 days by default: a year’s work. The dossier says the same.',
  },
  365,
)
const UNUSED_DAYS = daysSetting(
  'unused-account',
  {
    vi: 'Tài khoản lâu không dùng bị đưa về tư cách đảng viên sau',
    en: 'An unused account loses its office hat after',
  },
  {
    vi: 'Mặc định 45 ngày, theo một tài liệu tổng hợp yêu cầu an toàn. Không khóa hẳn: nhiều đảng viên cả năm mới dùng một lần; các phiên cũ kết thúc, lần sau đăng nhập lại bằng VNeID và bắt đầu với tư cách đảng viên.',
    en: '45 days by default, after one digest of the security rules. Nobody is locked out, for many use it once a year: old sessions end, and the next sign-in with VNeID begins in the member’s own hat.',
  },
  45,
  'Một tài liệu tổng hợp các yêu cầu an toàn thông tin theo cấp độ nêu 45 ngày; chưa đối chiếu văn bản gốc',
)

export const RETENTION_SETTINGS: readonly Setting<unknown>[] = [
  IMPORT_DAYS,
  NOTICE_DAYS,
  UNUSED_DAYS,
] as readonly Setting<unknown>[]

export interface RetentionRule {
  readonly code: string
  readonly what: Words
  readonly why: Words
  /** how long in words; `{days}` is the setting's value */
  readonly howLong: Words
  readonly days?: Setting<number>
  /** what the sweep does when the time is over; gives the rows it touched. Absent: kept, or another sweep's. */
  readonly sweep?: (write: Write, before: Date, at: Date) => Promise<number>
}

const GONE = sql`(select id from member where standing not in ('active', 'exempt'))`

export const RETENTION: readonly RetentionRule[] = [
  {
    code: 'member',
    what: {
      vi: 'Thông tin đảng viên trong danh sách: họ tên, ngày sinh, số định danh cá nhân, số thẻ, ngày vào Đảng, quê quán, nơi ở, điện thoại',
      en: 'The member’s entry: name, birth date, personal ID, card number, day of joining, native place, residence, phone',
    },
    why: {
      vi: 'Xác định đúng người, điền sẵn vào đơn và giấy giới thiệu, tính đảng số',
      en: 'To know the right person, to fill in requests and letters, to count members',
    },
    howLong: {
      vi: 'Không tự xóa, kể cả khi đã ra khỏi danh sách; đơn vị lưu và hủy theo quy định lưu trữ của Đảng',
      en: 'Never deleted by itself, nor when a member has left: kept and destroyed under the Party’s archive rules',
    },
  },
  {
    code: 'dossiers',
    what: {
      vi: 'Hồ sơ thủ tục, từng bước xử lý, tệp đính kèm, giấy tờ đã ký, sổ giới thiệu',
      en: 'Dossiers with every step, attached files, signed papers, registers',
    },
    why: {
      vi: 'Giải quyết thủ tục và chứng minh đã làm đúng quy định',
      en: 'To decide, and to prove it was decided by the rules',
    },
    howLong: {
      vi: 'Không tự xóa: đơn vị lưu và hủy theo quy định lưu trữ hồ sơ của Đảng. Tài liệu mật bị từ chối ngay, không giữ nội dung, tên tệp',
      en: 'Never deleted by itself: kept and destroyed under the Party’s archive rules. A secret document is refused at once, and neither content nor name is kept',
    },
  },
  {
    code: 'views',
    what: {
      vi: 'Ai đã xem hồ sơ, lần báo sai, câu hỏi, đồng ý và rút đồng ý',
      en: 'Who looked at a record, reported errors, questions, consents given and withdrawn',
    },
    why: {
      vi: 'Để đồng chí biết và hỏi lại; để chứng minh',
      en: 'So that you know and may ask; as proof',
    },
    howLong: {
      vi: 'Cùng với hồ sơ đảng viên; không ai sửa, xóa được',
      en: 'With the record; nobody can change or delete it',
    },
  },
  {
    code: 'sessions',
    what: { vi: 'Lần đăng nhập: thiết bị, lúc vào, lúc dùng cuối', en: 'Sign-ins: device, when, last used' },
    why: {
      vi: 'Để đồng chí tự thấy và kết thúc phiên lạ',
      en: 'So that you can see and end one you do not know',
    },
    howLong: {
      vi: '92 ngày sau lần dùng cuối thì xóa; lần đăng nhập dở dang xóa sau 1 ngày',
      en: 'Deleted 92 days after the last use; a sign-in that never came back after one day',
    },
  },
  {
    code: 'passkeys',
    what: {
      vi: 'Khóa truy cập đã đăng ký và việc chờ xác thực',
      en: 'Passkeys registered, and acts that wait for VNeID',
    },
    why: {
      vi: 'Để đọc và viết nháp khi VNeID không phản hồi',
      en: 'To read and draft while VNeID does not answer',
    },
    howLong: {
      vi: 'Khóa đã gỡ không dùng được nữa, còn lưu tên và ngày; việc chờ xác thực lưu cùng hồ sơ',
      en: 'A removed key works no more, its name and days stay; acts that waited stay with the dossier',
    },
  },
  {
    code: 'gone-accounts',
    what: { vi: 'Tài khoản của người đã ra khỏi danh sách', en: 'Accounts of those who left the list' },
    why: { vi: 'Không còn dùng để đăng nhập', en: 'Nobody signs in with it any more' },
    howLong: { vi: 'Xóa trong ngày', en: 'Deleted within a day' },
    sweep: async (write, _before, at) => {
      await write.run(sql`
        update session set ended_at = ${at}, end_reason = 'member-gone'
         where ended_at is null and member_id in ${GONE}`)
      return write.run(sql`delete from account where member_id in ${GONE}`)
    },
  },
  {
    code: 'unused-accounts',
    what: { vi: 'Tài khoản lâu không dùng', en: 'Unused accounts' },
    why: {
      vi: 'Quyền của chức vụ không nằm sẵn ở phiên bỏ quên',
      en: 'An office’s rights do not lie in a forgotten session',
    },
    howLong: {
      vi: 'Sau {days} ngày: phiên kết thúc, lần sau bắt đầu với tư cách đảng viên',
      en: 'After {days} days: sessions end, the next sign-in begins in the member’s own hat',
    },
    days: UNUSED_DAYS,
    sweep: async (write, before, at) => {
      const unused = sql`(select member_id from account where last_signed_in_at < ${before})`
      await write.run(sql`
        update session set ended_at = ${at}, end_reason = 'expired'
         where ended_at is null and last_seen_at < ${before} and member_id in ${unused}`)
      return write.run(sql`
        update account set hat = 'member' where hat <> 'member' and last_signed_in_at < ${before}`)
    },
  },
  {
    code: 'mail-of-gone',
    what: {
      vi: 'Địa chỉ thư điện tử (nếu đồng chí cho)',
      en: 'The e-mail address, if you give one',
    },
    why: {
      vi: 'Báo có việc mới; thư không nêu tên người, nội dung',
      en: 'To tell you something is new; mails name nobody and nothing',
    },
    howLong: {
      vi: 'Xóa ngay khi đồng chí rút đồng ý; trong ngày khi ra khỏi danh sách',
      en: 'Deleted at once when you withdraw consent; within a day when you leave the list',
    },
    sweep: (write) => write.run(sql`delete from mail_address where member_id in ${GONE}`),
  },
  {
    code: 'notices',
    what: { vi: 'Thông báo trong hệ thống', en: 'Notices' },
    why: { vi: 'Báo có việc mới', en: 'To tell you something is new' },
    howLong: {
      vi: 'Xóa {days} ngày sau khi đọc, nếu hồ sơ đã xong',
      en: 'Deleted {days} days after they were read, where the dossier has ended',
    },
    days: NOTICE_DAYS,
    sweep: (write, before) =>
      write.run(sql`
        delete from notice n
         where n.read_at < ${before} and n.once_key is null
           and not exists (select from dossier d where d.id = n.dossier_id and d.is_open)`),
  },
  {
    code: 'imports',
    what: { vi: 'Danh sách nộp để nhập', en: 'Lists handed in for import' },
    why: { vi: 'Nhập đúng những gì đã thử', en: 'To import exactly what was tried' },
    howLong: {
      vi: 'Xóa ngay khi nhập xong; bỏ {days} ngày không nhập thì xóa',
      en: 'Deleted when it is imported; after {days} days when nobody imports it',
    },
    days: IMPORT_DAYS,
    sweep: (write, before) =>
      write.run(sql`
        update import_attempt set stage = case when stage = 'refused' then stage else 'dropped' end, bytes = null
         where bytes is not null and handed_in_at < ${before} and stage in ('tried', 'trying', 'refused')`),
  },
  {
    code: 'drafts',
    what: { vi: 'Đơn đang viết dở', en: 'Half-filled forms' },
    why: { vi: 'Để đồng chí viết tiếp', en: 'So that you can go on writing' },
    howLong: { vi: 'Đến khi gửi, hoặc bỏ dở quá lâu', en: 'Until it is sent, or left for too long' },
  },
  {
    code: 'log',
    what: {
      vi: 'Nhật ký vận hành: lúc nào, trang nào, mã lỗi',
      en: 'The log: when, which page, which error',
    },
    why: { vi: 'Tìm và sửa lỗi', en: 'To find and mend defects' },
    howLong: {
      vi: 'Không ghi họ tên, số định danh, nội dung; đơn vị đặt thời gian giữ',
      en: 'No names, IDs or content in it; the organisation sets how long it is kept',
    },
  },
  {
    code: 'breaches',
    what: { vi: 'Biên bản sự cố lộ dữ liệu', en: 'Records of data breaches' },
    why: { vi: 'Báo cáo, khắc phục, rút kinh nghiệm', en: 'To report, mend and learn' },
    howLong: { vi: 'Ít nhất 5 năm; không tự xóa', en: 'Five years at least; never deleted by itself' },
  },
]

/** The schedule in words, as it stands with the settings of a day. */
export function scheduleOf(
  settings: SettingsOfDay,
  language: Language,
): { what: string; why: string; howLong: string }[] {
  return RETENTION.map(({ what, why, howLong, days }) => ({
    what: what[language],
    why: why[language],
    howLong: howLong[language].replace('{days}', days ? String(settings.get(days)) : ''),
  }))
}

/** Does what the schedule says, rule by rule; figures are kept, never whom it was about. 0 days: never. */
export async function sweepRetention(database: Database, at: Date): Promise<void> {
  const settings = await settingsOn(database.read, todayIn(at))
  for (const { code, days, sweep } of RETENTION) {
    if (!sweep || (days && settings.get(days) === 0)) continue
    const before = new Date(at.getTime() - (days ? settings.get(days) : 0) * 86_400_000)
    await database.transaction(async (write) => {
      const rows = await sweep(write, before, at)
      if (rows > 0)
        await write.run(sql`
          insert into retention_run (rule, at, rows) values (${code}, ${at}, ${rows}) on conflict do nothing`)
    })
  }
}

const DAY_MINUTES = 24 * 60

/** Accounts and sessions live in real time, and a demo's clock must not make everything old: so all of it does. */
export function retentionSweep(database: Database, { real }: { real(): Date }): Sweep {
  return {
    name: 'retention',
    everyMinutes: DAY_MINUTES,
    run: () => sweepRetention(database, real()),
  }
}
