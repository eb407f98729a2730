/** The doctor on those the service talks to: the identity provider, the time-stamp authority, the mail server. */
import { probeMailServer } from '../../notices/smtp.ts'
import { clockOffset } from '../../clock-offset.ts'
import type { ProviderConfiguration } from '../../../identity/configuration.ts'
import { isReal, ok, warn, wrong, type Check, type Finding, type Machine } from '../check.ts'
import { codeOf } from './configuration.ts'
import { judgeClock } from './database-settings.ts'
import { judgeTimestampServer } from './timestamps.ts'

const ANSWER_MS = 8_000

export const PEER_CHECKS: readonly Check[] = [
  {
    name: 'identity-provider',
    group: 'peers',
    examines: { vi: 'nhà cung cấp định danh', en: 'the identity provider' },
    async run(scene) {
      const { identity } = scene.config
      if (!isReal(scene)) return []
      if (!identity) return scene.problems.some((problem) => problem.includes('VNEID_')) ? [] : [noProvider()]
      return judgeProvider(identity, scene.machine)
    },
  },
  {
    name: 'timestamps',
    group: 'peers',
    examines: { vi: 'máy chủ dấu thời gian', en: 'the time-stamp authority' },
    async run({ config, machine }) {
      return config.timestamps ? judgeTimestampServer(config.timestamps, config.signing, machine) : []
    },
  },
  {
    name: 'mail',
    group: 'peers',
    examines: { vi: 'máy chủ thư', en: 'the mail server' },
    async run({ config }) {
      if (!config.mail) return []
      try {
        await probeMailServer(config.mail)
        return [ok('máy chủ thư nhận', 'the mail server takes mail')]
      } catch (error) {
        return [mailFault(new URL(config.mail.url), error as Error)]
      }
    },
  },
]

interface Metadata {
  readonly issuer?: unknown
  readonly authorization_endpoint?: unknown
  readonly token_endpoint?: unknown
  readonly acr_values_supported?: unknown
}

/** What the provider says of itself, compared with what is configured. Its `Date` is a clock that is not ours. */
async function judgeProvider(provider: ProviderConfiguration, machine: Machine): Promise<Finding[]> {
  const address = `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  let date: Date | undefined
  let metadata: Metadata
  let offset = 0
  try {
    let body: unknown
    offset = await clockOffset(
      machine.now,
      async () => {
        const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' })
        const said = answer.headers.get('date')
        date = said === null ? undefined : new Date(said)
        if (!answer.ok) throw Object.assign(new Error('refused'), { code: String(answer.status) })
        body = await answer.json()
        return date ?? machine.now()
      },
      1000,
    )
    metadata = (typeof body === 'object' && body !== null ? body : {}) as Metadata
  } catch (error) {
    return [
      wrong(
        [
          `không hỏi được nhà cung cấp định danh (${codeOf(error)})`,
          `the identity provider does not answer (${codeOf(error)})`,
        ],
        ['xem VNEID_ISSUER và đường mạng ra ngoài', 'look at VNEID_ISSUER and the way out of this network'],
        `curl -v ${address}`,
      ),
    ]
  }
  const faults = [...identityFaults(provider, metadata)]
  const clock =
    date === undefined ? [] : [judgeClock(offset, 'nhà cung cấp định danh', 'the identity provider')]
  if (faults.length > 0) return [...faults, ...clock.filter(({ level }) => level !== 'ok')]
  return [ok('nhà cung cấp định danh trả lời đúng', 'the identity provider answers as configured'), ...clock]
}

function identityFaults(provider: ProviderConfiguration, said: Metadata): Finding[] {
  const faults: Finding[] = []
  if (said.issuer !== provider.issuer)
    faults.push(
      wrong(
        [
          'nhà cung cấp định danh tự xưng tên khác VNEID_ISSUER',
          'the provider calls itself otherwise than VNEID_ISSUER',
        ],
        [
          'ghi đúng tên nó tự xưng (kể cả dấu / ở cuối), nếu đó đúng là họ',
          'write the name it gives itself (with or without the last slash), if it is really theirs',
        ],
        `VNEID_ISSUER=${typeof said.issuer === 'string' && URL.canParse(said.issuer) ? said.issuer : '…'}`,
      ),
    )
  const local = new URL(provider.issuer).protocol === 'http:'
  for (const place of ['authorization_endpoint', 'token_endpoint'] as const) {
    const address = said[place]
    const safe =
      typeof address === 'string' &&
      URL.canParse(address) &&
      (local || new URL(address).protocol === 'https:')
    if (!safe)
      faults.push(
        wrong(
          [
            `${place} của nhà cung cấp định danh không phải địa chỉ https`,
            `the provider’s ${place} is no https address`,
          ],
          [
            'báo cho nhà cung cấp định danh; không đăng nhập cho đến khi sửa',
            'tell the provider; nobody signs in until it is mended',
          ],
          `curl -s ${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        ),
      )
  }
  const levels = said.acr_values_supported
  if (Array.isArray(levels) && !provider.levels.some((level) => levels.includes(level)))
    faults.push(
      wrong(
        [
          'nhà cung cấp định danh không biết giá trị acr nào trong VNEID_ACR_LEVEL2',
          'the provider knows none of the values of VNEID_ACR_LEVEL2',
        ],
        [
          'hỏi họ giá trị nào là mức độ 2 rồi ghi vào',
          'ask which of its values means level 2, and write that',
        ],
        `VNEID_ACR_LEVEL2=${levels.filter((level) => typeof level === 'string' && /^[\w:./#-]+$/.test(level)).at(-1) ?? '…'}`,
      ),
    )
  if (!provider.redirectUri.startsWith('https:') && !local)
    faults.push(
      wrong(
        ['địa chỉ quay về sau đăng nhập không phải https', 'the address to come back to is not https'],
        [
          'ghi PUBLIC_URL là https và đăng ký địa chỉ này với họ',
          'make PUBLIC_URL https, and register this address there',
        ],
        `PUBLIC_URL=${provider.redirectUri.replace(/^http:/, 'https:').replace(/\/sign-in\/callback$/, '')}`,
      ),
    )
  return faults
}

const noProvider = () =>
  wrong(
    ['chưa có VNEID_ISSUER: không ai đăng nhập được', 'there is no VNEID_ISSUER: nobody can sign in'],
    ['đăng ký với nhà cung cấp định danh rồi ghi', 'register with the identity provider, then write'],
    'VNEID_ISSUER=https://…',
    'VNEID_CLIENT_ID=…',
    'VNEID_CLIENT_SECRET=…',
    'VNEID_ACR_LEVEL2=…',
  )

/** A refusal of the mail server is the password or the sender; the rest is the way there. */
function mailFault(url: URL, error: Error): Finding {
  const where = `${url.hostname}:${url.port || (url.protocol === 'smtps:' ? 465 : 587)}`
  const code = codeOf(error)
  if (/^\d{3}$/.test(code))
    return wrong(
      [`máy chủ thư từ chối (${code})`, `the mail server refuses (${code})`],
      [
        'xem tên, mật khẩu trong SMTP_URL và địa chỉ SMTP_FROM; trong mật khẩu, @ viết là %40',
        'look at name and password in SMTP_URL and at SMTP_FROM; in a password, @ is written %40',
      ],
      `SMTP_URL=${url.protocol}//USER:PASSWORD@${where}`,
    )
  const finding = error.message.includes('encryption') ? warn : wrong
  return finding(
    [
      `không nói chuyện được với máy chủ thư (${code === 'Error' ? 'no encryption' : code})`,
      `no way to the mail server (${code === 'Error' ? error.message : code})`,
    ],
    [
      'xem địa chỉ và cổng trong SMTP_URL, tường lửa, TLS',
      'look at address and port in SMTP_URL, the firewall, TLS',
    ],
    `openssl s_client -connect ${where}${url.protocol === 'smtps:' ? '' : ' -starttls smtp'}`,
  )
}
