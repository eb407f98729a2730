/** The doctor on keys that lie elsewhere: each token looked at without logging in, each remote service asked whether it knows us. Nothing is signed. */
import type { KeyList } from '../../key-list.ts'
import { isOfTheHouse, openHolders } from '../../listed-signing.ts'
import { openTries, triedFolder } from '../../tried-secrets.ts'
import { RemoteError } from '../../../signatures/remote/csc.ts'
import { TokenError } from '../../../signatures/token/module-process.ts'
import { ok, warn, wrong, type Check, type Finding } from '../check.ts'

export const SIGNING_KEY_CHECKS: readonly Check[] = [
  {
    name: 'signing-keys',
    group: 'keys',
    examines: { vi: 'token và dịch vụ ký số', en: 'tokens and signing services' },
    async run({ config }) {
      const { signingKeys: list, dataFolder } = config
      if (!list) return []
      const tried = triedFolder(dataFolder)
      const { tokens, services } = openHolders(list, openTries(tried))
      return Promise.all([
        ...[...tokens].map(([name, { look }]) => judge(list, { kind: 'token', name }, tried, look)),
        ...[...services].map(([name, { check }]) => judge(list, { kind: 'service', name }, tried, check)),
      ])
    },
  },
]

interface Place {
  readonly kind: 'token' | 'service'
  readonly name: string
}

async function judge(
  list: KeyList,
  { kind, name }: Place,
  tried: string,
  ask: () => Promise<void>,
): Promise<Finding> {
  const called =
    kind === 'token' ? [`token ${name}`, `token ${name}`] : [`dịch vụ ${name}`, `service ${name}`]
  try {
    await ask()
    return ok(`${called[0]}: có mặt, trả lời`, `${called[1]}: is there and answers`)
  } catch (error) {
    if (!(error instanceof TokenError || error instanceof RemoteError)) throw error
    const { words, why } = error
    const keys = list.keys.filter(
      (key) => (kind === 'token' ? 'token' in key && key.token : 'service' in key && key.service) === name,
    )
    const lines = why === 'pin' ? pinLines(list, name, tried) : [askByHand(list, { kind, name })]
    const what = [`${called[0]}: ${words[0]}`, `${called[1]}: ${words[1]}`] as const
    if (keys.some(isOfTheHouse))
      return wrong(
        what,
        [
          'con dấu, chữ ký của hệ thống ở đó phải chờ',
          'seals and the system’s signature that lie there wait',
        ],
        ...lines,
      )
    return warn(
      what,
      [
        `chỉ ${keys.length} người có khóa ở đó chưa ký được; việc khác vẫn chạy`,
        `only the ${keys.length} persons whose keys lie there cannot sign; everything else goes on`,
      ],
      ...lines,
    )
  }
}

function askByHand({ tokens, services }: KeyList, { kind, name }: Place): string {
  if (kind === 'token') return `pkcs11-tool --module ${tokens[name]!.module} --list-slots`
  return `curl -sS -X POST ${services[name]!.url}/info`
}

/** The right PIN into its file; or, where it is right already, what was tried forgotten. */
function pinLines(list: KeyList, name: string, tried: string): string[] {
  const file = list.tokens[name]?.pinFile
  return [...(file === undefined ? [] : [`install -o dangvu -m 0600 /dev/stdin ${file}`]), `rm -r ${tried}`]
}
