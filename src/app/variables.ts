/** The variables of the environment (biến cấu hình): names, defaults, examples and what each is, in one table. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { IDENTITY_SETTINGS } from '../identity/configuration.ts'

export interface Variable<T = unknown> {
  readonly schema: z.ZodType<T, string | undefined>
  /** the value that counts when none is given; absent: nothing is configured then */
  readonly default?: string
  readonly example: string
  readonly vi: string
  readonly en: string
}

function variable<T>(definition: Variable<T>): Variable<T> {
  return definition
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535)
const yesOrNo = z.enum(['0', '1']).transform((value) => value === '1')
const address = (...protocols: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))
const webAddress = address('http:', 'https:').transform((value) => value.replace(/\/+$/, ''))
const optional = <T>(schema: z.ZodType<T, string>) =>
  schema.optional() as z.ZodType<T | undefined, string | undefined>

/** A word of an IP address or network, or how many proxies stand before the server. Trusting any proxy is not offered. */
const proxies = z
  .string()
  .regex(/^(?:0|[1-9]|[0-9a-fA-F.:/]{3,}(?:,[0-9a-fA-F.:/]{3,})*)$/)
  .transform((value) => (/^\d$/.test(value) ? Number(value) : value.split(',')))

/** All but those of the identity provider, which `identity/configuration.ts` reads. */
export const VARIABLES = {
  PORT: variable({
    schema: port,
    default: '3000',
    example: '8080',
    vi: 'cổng của máy chủ; cổng kế tiếp dành cho nhà cung cấp định danh thử nghiệm',
    en: 'port of the server; the next one is the development identity provider’s',
  }),
  HOST: variable({
    schema: z.string().regex(/^[\w.:-]+$/),
    default: 'localhost',
    example: '0.0.0.0',
    vi: 'địa chỉ máy chủ lắng nghe; mặc định chỉ máy này vào được',
    en: 'address the server listens on; by default only this machine reaches it',
  }),
  PUBLIC_URL: variable({
    schema: optional(webAddress),
    example: 'https://dangvu.example.vn',
    vi: 'địa chỉ người dùng mở, in trong mã QR của giấy tờ (mặc định: http://localhost:PORT)',
    en: 'address people open, printed in the QR codes of papers (default: http://localhost:PORT)',
  }),
  DATABASE_URL: variable({
    schema: optional(address('postgres:', 'postgresql:')),
    example: 'postgres://dangvu:secret@db.example.vn/dangvu',
    vi: 'PostgreSQL của bản chính thức; bỏ trống thì dùng PostgreSQL đi kèm',
    en: 'PostgreSQL of a real installation; the embedded PostgreSQL without it',
  }),
  DATABASE_READ_URL: variable({
    schema: optional(address('postgres:', 'postgresql:')),
    example: 'postgres://dangvu:secret@replica.example.vn/dangvu',
    vi: 'bản sao chỉ đọc của DATABASE_URL, để lập sổ, danh sách xuất ra, kiểm tra; bỏ trống, hoặc khi bản sao chậm hay ngừng, thì dùng DATABASE_URL',
    en: 'a read replica of DATABASE_URL, for books, exported lists and checks; without it, or while it is behind or away, DATABASE_URL',
  }),
  DANGVU_DATA: variable({
    schema: z.string().min(1),
    default: '.dangvu',
    example: '/var/lib/dangvu',
    vi: 'thư mục dữ liệu: PostgreSQL đi kèm, ghi chú về máy chủ đang chạy',
    en: 'data folder: the embedded PostgreSQL, the note about the running server',
  }),
  DANGVU_PROCESSES: variable({
    schema: z
      .string()
      .regex(/^[1-8]$/)
      .transform(Number),
    default: '1',
    example: '2',
    vi: 'số tiến trình cùng phục vụ một địa chỉ (1–8); từ 2 trở lên thì khởi động lại lần lượt được, không mất yêu cầu nào',
    en: 'processes behind the one address (1–8); from 2 on they can be restarted one by one without losing a request',
  }),
  DANGVU_DEMO: variable({
    schema: yesOrNo,
    default: '0',
    example: '1',
    vi: '1: nạp dữ liệu dùng thử (cơ sở dữ liệu đi kèm còn trống thì luôn được nạp)',
    en: '1: fill in the demo (an empty embedded database always gets it)',
  }),
  INSTALLATION_NAME: variable({
    schema: z.string().min(1).max(120),
    default: 'Thủ tục hành chính của Đảng',
    example: 'Thủ tục hành chính của Đảng – Thành ủy',
    vi: 'tên hiển thị ở đầu trang',
    en: 'name at the head of every page',
  }),
  INSTALLATION_COLOUR: variable({
    schema: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .refine(readableOnWhite),
    default: '#8a1f1f',
    example: '#8a1f1f',
    vi: 'màu chính, đủ đậm để đọc được cùng chữ trắng (tương phản 4,5:1)',
    en: 'main colour, dark enough to be read with white (contrast 4.5:1)',
  }),
  INSTALLATION_EMBLEM: variable({
    schema: optional(
      z
        .string()
        .regex(/\.(svg|png)$/i)
        .refine(isReadable),
    ),
    example: '/etc/dangvu/emblem.svg',
    vi: 'tệp SVG hoặc PNG của biểu trưng',
    en: 'SVG or PNG file with the emblem',
  }),
  SIGNING_FOLDER: variable({
    schema: optional(z.string().min(1)),
    example: '/etc/dangvu/signing',
    vi: 'thư mục chứng thư số của bản chính thức: system.p12, organisations/MÃ.p12, people/ID.p12, roots/*.pem (hoặc .pem)',
    en: 'folder with the certificates of a real installation: system.p12, organisations/CODE.p12, people/ID.p12, roots/*.pem (or .pem)',
  }),
  SIGNING_PASSWORD: variable({
    schema: z.string(),
    default: '',
    example: '…',
    vi: 'mật khẩu của các tệp đó; tệp có TÊN.p12.password bên cạnh thì dùng mật khẩu riêng',
    en: 'password of those files; one with NAME.p12.password beside it has its own',
  }),
  SIGNING_KEYS_FILE: variable({
    schema: optional(z.string().min(1).refine(isReadable)),
    example: '/etc/dangvu/signing-keys.json',
    vi: 'tệp JSON ghi khóa của ai nằm trong token (PKCS#11) hoặc dịch vụ ký số từ xa nào (docs/how-to/sign-with-a-token.md)',
    en: 'JSON file that says whose key lies in which token (PKCS#11) or remote signing service (docs/how-to/sign-with-a-token.md)',
  }),
  TIMESTAMP_URL: variable({
    schema: optional(webAddress),
    example: 'http://tsa.example.vn/tsa',
    vi: 'nơi cấp dấu thời gian (RFC 3161); bỏ trống, hoặc khi không liên lạc được, giấy tờ vẫn được ký, không có dấu thời gian',
    en: 'time-stamp authority (RFC 3161); without it, or while it does not answer, papers are signed without time-stamps',
  }),
  TIMESTAMP_ROOTS: variable({
    schema: optional(z.string().min(1).refine(isReadable)),
    example: '/etc/dangvu/timestamp-roots.pem',
    vi: 'tệp PEM các chứng thư gốc được tin cậy của nơi cấp dấu thời gian; bỏ trống thì dùng roots/*.pem của SIGNING_FOLDER',
    en: 'PEM file with the trusted roots of that authority; without it those of SIGNING_FOLDER/roots count',
  }),
  TIMESTAMP_POLICY: variable({
    schema: optional(z.string().regex(/^[0-2](?:\.(?:0|[1-9]\d*))+$/)),
    example: '1.3.6.1.4.1.55555.1',
    vi: 'mã chính sách (OID) phải có trong dấu thời gian; bỏ trống thì chính sách nào cũng nhận',
    en: 'policy (OID) a time-stamp must name; any without it',
  }),
  BANK_CALLBACKS_FILE: variable({
    schema: optional(z.string().min(1).refine(isReadable)),
    example: '/etc/dangvu/bank-callbacks.json',
    vi: 'tệp JSON chỉ dịch vụ đọc được, ghi mã bí mật của SePay, Casso, payOS báo có tiền vào (docs/payments.md)',
    en: 'JSON file that only the service reads, with the secrets of SePay, Casso, payOS that tell of money (docs/payments.md)',
  }),
  SMTP_URL: variable({
    schema: optional(address('smtp:', 'smtps:')),
    example: 'smtp://user:secret@mail.example.vn:587',
    vi: 'máy chủ gửi thư báo việc mới; bỏ trống thì không gửi thư',
    en: 'server that sends mail about new tasks; none is sent without it',
  }),
  SMTP_FROM: variable({
    schema: optional(z.string().regex(/^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$/)),
    example: 'khong-tra-loi@dangvu.example.vn',
    vi: 'địa chỉ người gửi của thư',
    en: 'sender’s address of mail',
  }),
  LOG_LEVEL: variable({
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
    example: 'info',
    vi: 'mức ghi nhật ký: fatal, error, warn, info, debug, silent (mặc định: info khi có DATABASE_URL, warn khi không)',
    en: 'how much is logged: fatal, error, warn, info, debug, silent (default: info with DATABASE_URL, else warn)',
  }),
  DANGVU_REQUESTS_PER_MINUTE: variable({
    schema: z
      .string()
      .regex(/^[1-9]\d{2,6}$/)
      .transform(Number),
    default: '600',
    example: '1200',
    vi: 'hạn mức một phút của mỗi người đăng nhập, tính theo đơn vị: xem 1, gửi 2, ký 5, xuất tệp hoặc giấy tờ 20; người chưa đăng nhập: mỗi địa chỉ mạng gấp mười',
    en: 'what a signed-in person may ask for in a minute, in units: reading 1, sending 2, signing 5, a file or paper 20; visitors: ten times as much for each network address',
  }),
  METRICS_TOKEN: variable({
    schema: optional(z.string().regex(/^[\w.~+/=-]{20,200}$/)),
    example: '4f1d0c9a7be35268f0a1c2d3',
    vi: 'mã mà máy theo dõi đưa ra để đọc số đo ở /metrics (từ 20 ký tự); bỏ trống thì không ai đọc được',
    en: 'token with which a monitor reads /metrics (20 characters or more); nobody does without it',
  }),
  TRUST_PROXY: variable({
    schema: proxies,
    default: '0',
    example: '1',
    vi: 'số máy chủ trung gian đứng trước, hoặc địa chỉ của chúng cách nhau bằng dấu phẩy',
    en: 'how many proxies stand before the server, or their addresses separated by commas',
  }),
}

export type Values = {
  readonly [Name in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Name]['schema']>
}

/** One row of the README's table. */
export interface ConfigurationRow {
  readonly name: string
  readonly default: string
  readonly example: string
  readonly vi: string
  readonly en: string
}

/** Every variable there is, for the README and for the command line's help. */
export const CONFIGURATION: readonly ConfigurationRow[] = [
  ...Object.entries<Variable>(VARIABLES).map(([name, { default: fallback = '', example, vi, en }]) => ({
    name,
    default: fallback,
    example,
    vi,
    en,
  })),
  ...Object.entries(IDENTITY_SETTINGS).map(([name, en]) => ({ name, default: '', example: '', vi: en, en })),
]

function isReadable(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}

/** WCAG 2.2, 1.4.3: contrast of at least 4.5 to 1 with white. */
function readableOnWhite(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
}
