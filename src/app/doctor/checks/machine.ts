/** The doctor on the machine: Node, memory, the port, time zones, and as whom it looks. */
import { engines } from '../../../../package.json'
import { StartError } from '../../installation.ts'
import { findRunningServer, requirePort } from '../../running.ts'
import { ok, warn, wrong, type Check } from '../check.ts'

const GB = 1024 ** 3
/** The server with its database and 500 pages: 350 MB (bench start); many papers at once take as much again. */
const LEAST_MEMORY = 1 * GB
const GOOD_MEMORY = 2 * GB

export const MACHINE_CHECKS: readonly Check[] = [
  {
    name: 'node',
    group: 'machine',
    examines: { vi: 'phiên bản Node', en: 'the version of Node' },
    async run({ machine: { nodeVersion } }) {
      const least = engines.node.replace('>=', '')
      if (isAtLeast(nodeVersion, least)) return [ok(`Node ${nodeVersion}`, `Node ${nodeVersion}`)]
      return [
        wrong(
          [`Node ${nodeVersion} cũ hơn ${least}`, `Node ${nodeVersion} is older than ${least}`],
          ['cài Node 20.19 hoặc mới hơn (nên là 24 LTS)', 'install Node 20.19 or newer (24 LTS is best)'],
          'npm install --global n && n 24',
        ),
      ]
    },
  },
  {
    name: 'memory',
    group: 'machine',
    examines: { vi: 'bộ nhớ', en: 'memory' },
    async run({ machine: { memoryBytes } }) {
      const has = `${(memoryBytes / GB).toFixed(1)} GB`
      if (memoryBytes >= GOOD_MEMORY * 0.95) return [ok(`bộ nhớ ${has}`, `${has} of memory`)]
      const finding = memoryBytes < LEAST_MEMORY ? wrong : warn
      return [
        finding(
          [`bộ nhớ chỉ có ${has}`, `only ${has} of memory`],
          [
            'cho máy ít nhất 2 GB, hoặc nới giới hạn của dịch vụ',
            'give the machine 2 GB at least, or raise the service’s limit',
          ],
          'systemctl set-property dangvu.service MemoryMax=2G',
        ),
      ]
    },
  },
  {
    name: 'port',
    group: 'machine',
    examines: { vi: 'cổng', en: 'the port' },
    async run({ config }) {
      const { port, host } = config
      const running = await findRunningServer(config.dataFolder)
      if (running?.port === port)
        return [ok(`dịch vụ đang chạy ở cổng ${port}`, `the service runs on port ${port}`)]
      try {
        await requirePort(port, host)
        return [ok(`cổng ${port} còn trống`, `port ${port} is free`)]
      } catch (error) {
        if (!(error instanceof StartError)) throw error
        return [
          wrong(
            [`không dùng được cổng ${port} ở ${host}`, `port ${port} at ${host} cannot be had`],
            ['xem chương trình nào giữ cổng, hoặc chọn cổng khác', 'see who holds it, or choose another'],
            `ss -ltnp 'sport = :${port}'`,
            `PORT=${port === 3100 ? 3200 : 3100}`,
          ),
        ]
      }
    },
  },
  {
    name: 'time-zones',
    group: 'machine',
    examines: { vi: 'múi giờ của Node', en: 'time zones of Node' },
    async run() {
      const noon = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Asia/Ho_Chi_Minh',
        hour: '2-digit',
        hourCycle: 'h23',
      })
      if (noon.format(new Date('2026-01-01T05:00:00Z')) === '12')
        return [ok('Node biết giờ Việt Nam', 'Node knows the time in Viet Nam')]
      return [
        wrong(
          ['bản Node này không có dữ liệu múi giờ', 'this Node has no time zone data'],
          ['cài bản Node đầy đủ (full-icu)', 'install a Node with full-icu'],
          'unset NODE_ICU_DATA',
        ),
      ]
    },
  },
  {
    name: 'user',
    group: 'machine',
    examines: { vi: 'người dùng', en: 'the user' },
    async run({ machine: { uid } }) {
      if (uid !== 0) return []
      return [
        warn(
          [
            'đang khám bằng root: dịch vụ có ít quyền hơn trên tệp và cổng',
            'looking as root: the service has fewer rights',
          ],
          ['khám bằng người dùng của dịch vụ', 'look as the service’s user'],
          'systemd-run --pipe --wait --quiet --uid=dangvu --working-directory=/srv/dangvu -p EnvironmentFile=/etc/dangvu/environment node scripts/dangvu.mjs doctor',
        ),
      ]
    },
  },
]

function isAtLeast(version: string, least: string): boolean {
  const [has, needs] = [version, least].map((text) => text.split('.').map(Number))
  for (const [index, need] of (needs ?? []).entries()) {
    const part = has?.[index] ?? 0
    if (part !== need) return part > need
  }
  return true
}
