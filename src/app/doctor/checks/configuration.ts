/** The doctor on the configuration: variables, the file they stand in, the demo, the address people open, the proxy. */
import { stat } from 'node:fs/promises'
import { findRunningServer } from '../../running.ts'
import { isReal, LOCAL_HOSTS, ok, warn, wrong, type Check, type Scene } from '../check.ts'

const OTHERS = 0o007
const ANSWER_MS = 5_000

export const CONFIGURATION_CHECKS: readonly Check[] = [
  {
    name: 'variables',
    group: 'configuration',
    examines: { vi: 'các biến cấu hình', en: 'the variables' },
    async run({ problems }) {
      if (problems.length === 0) return [ok('các biến cấu hình đọc được', 'the variables can be read')]
      return problems.map((problem) =>
        wrong(
          [`cấu hình chưa dùng được: ${problem}`, `this cannot be used: ${problem}`],
          [
            'sửa dòng đó trong tệp cấu hình; bảng các biến ở README',
            'mend that line; the table of variables is in the README',
          ],
        ),
      )
    },
  },
  {
    name: 'environment-file',
    group: 'configuration',
    examines: { vi: 'quyền của các tệp cấu hình', en: 'the rights of the configuration’s files' },
    async run({ environmentFile, env }) {
      const files = [environmentFile, env.BANK_CALLBACKS_FILE].filter((file) => file !== undefined)
      const modes = await Promise.all(files.map(async (file) => ({ file, mode: (await stat(file)).mode })))
      return modes.map(({ file, mode }) =>
        mode & OTHERS
          ? wrong(
              [
                `${file} có mật khẩu mà ai trên máy cũng đọc được`,
                `${file} holds secrets and everybody here may read it`,
              ],
              ['chỉ để dịch vụ đọc', 'let only the service read it'],
              `chmod o= ${file}`,
            )
          : ok(`${file} chỉ người được phép mới đọc được`, `${file} is closed to others`),
      )
    },
  },
  {
    name: 'demo',
    group: 'configuration',
    examines: { vi: 'bản dùng thử', en: 'whether this is a demo' },
    async run({ config, env }) {
      const shown = config.publicUrl.startsWith('https:') || !LOCAL_HOSTS.includes(config.host)
      if (!config.demo && (config.databaseUrl !== undefined || !shown)) return []
      if (!shown && env.NODE_ENV !== 'production')
        return [ok('bản dùng thử, chỉ máy này vào được', 'a demo that only this machine reaches')]
      return [
        wrong(
          [
            'bản dùng thử trên máy người khác vào được: ai cũng đăng nhập được với tên người khác',
            'a demo where others reach it: anybody signs in as anybody',
          ],
          [
            'bỏ DANGVU_DEMO và dùng cơ sở dữ liệu riêng cho bản chính thức',
            'remove DANGVU_DEMO, and give the real installation a database of its own',
          ],
          '# DANGVU_DEMO=1',
          'DATABASE_URL=postgres://…',
        ),
      ]
    },
  },
  {
    name: 'public-url',
    group: 'configuration',
    examines: { vi: 'PUBLIC_URL', en: 'PUBLIC_URL' },
    async run(scene) {
      if (!isReal(scene)) return []
      const url = new URL(scene.config.publicUrl)
      if (url.protocol !== 'https:')
        return [
          wrong(
            [
              'PUBLIC_URL không phải https: mật khẩu phiên và mã QR đi không mã hóa',
              'PUBLIC_URL is not https: sessions travel unencrypted',
            ],
            [
              'đặt máy chủ trung gian có TLS phía trước rồi ghi địa chỉ của nó',
              'put a proxy with TLS in front and write its address',
            ],
            `PUBLIC_URL=https://${LOCAL_HOSTS.includes(url.hostname) ? 'dangvu.example.vn' : url.hostname}`,
          ),
        ]
      return whoAnswers(scene, url)
    },
  },
  {
    name: 'proxy',
    group: 'configuration',
    examines: { vi: 'TRUST_PROXY', en: 'TRUST_PROXY' },
    async run(scene) {
      const { publicUrl, trustProxy } = scene.config
      if (!isReal(scene) || !publicUrl.startsWith('https:')) return []
      if (trustProxy !== 0) return [ok('máy chủ trung gian được tin', 'the proxy is believed')]
      return [
        wrong(
          [
            'TRUST_PROXY là 0 mà https do máy chủ trung gian làm: giới hạn số lần thử tính chung cho mọi người',
            'TRUST_PROXY is 0, though a proxy speaks https: limits count everybody as one',
          ],
          ['ghi số máy chủ trung gian đứng trước', 'write how many proxies stand before the server'],
          'TRUST_PROXY=1',
        ),
      ]
    },
  },
]

/** Asked only while the service runs: what answers at the public address must be this program. */
async function whoAnswers({ config }: Scene, url: URL) {
  const running = await findRunningServer(config.dataFolder)
  if (!running)
    return [
      ok(
        'PUBLIC_URL là https (dịch vụ chưa chạy nên chưa hỏi thử)',
        'PUBLIC_URL is https (not asked: the service is not running)',
      ),
    ]
  const answer = await fetch(new URL('/healthz', url), {
    signal: AbortSignal.timeout(ANSWER_MS),
    redirect: 'manual',
  }).then(
    async (response) => ({ status: response.status, body: (await response.text()).slice(0, 200) }),
    (error: Error) => ({ failed: codeOf(error) }),
  )
  if ('failed' in answer)
    return [
      warn(
        [
          `từ máy này không mở được ${url.origin} (${answer.failed})`,
          `${url.origin} cannot be opened from here (${answer.failed})`,
        ],
        [
          'xem tên miền, chứng chỉ TLS và máy chủ trung gian',
          'look at the name, its TLS certificate, and the proxy',
        ],
        `curl -v ${url.origin}/healthz`,
      ),
    ]
  if (answer.status === 200 && answer.body.includes('"alive"'))
    return [ok(`${url.origin} dẫn đến chương trình này`, `${url.origin} leads to this program`)]
  return [
    wrong(
      [
        `ở ${url.origin} có chương trình khác trả lời (${answer.status})`,
        `something else answers at ${url.origin} (${answer.status})`,
      ],
      [
        'sửa PUBLIC_URL, hoặc sửa máy chủ trung gian cho dẫn đến đây',
        'mend PUBLIC_URL, or let the proxy pass to this program',
      ],
      `proxy_pass http://localhost:${config.port};`,
    ),
  ]
}

/** What the network said, without the address. */
export function codeOf(error: unknown): string {
  const { cause, code, name } = error as { cause?: { code?: string }; code?: string; name: string }
  return cause?.code ?? code ?? name
}
