/** The doctor on the disk: room, whether the data folder can be written, and what kind of file system it lies on. */
import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { freeSpace, FULL_BYTES, nearestExisting, NEARLY_FULL_BYTES } from '../../disk.ts'
import { ok, warn, wrong, type Check } from '../check.ts'

/** `f_type` of statfs(2), for file systems that forget or that reach over a network. */
const FORGETFUL = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
])
const REMOTE = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
])

const MB = 1024 ** 2

export const DISK_CHECKS: readonly Check[] = [
  {
    name: 'disk-space',
    group: 'machine',
    examines: { vi: 'chỗ trống trên đĩa', en: 'room on the disk' },
    async run({ config }) {
      const folder = await nearestExisting(config.dataFolder)
      const free = await freeSpace(folder)
      const has = free < 1024 * MB ? `${Math.round(free / MB)} MB` : `${(free / MB / 1024).toFixed(1)} GB`
      if (free >= NEARLY_FULL_BYTES)
        return [ok(`còn ${has} trên đĩa dữ liệu`, `${has} left on the data’s disk`)]
      const finding = free < FULL_BYTES ? wrong : warn
      return [
        finding(
          [
            `đĩa của ${config.dataFolder} chỉ còn ${has}`,
            `only ${has} left on the disk of ${config.dataFolder}`,
          ],
          ['dọn bớt, hoặc mở rộng đĩa', 'make room, or enlarge the disk'],
          `df -h ${folder}`,
          `du -xh --max-depth=2 ${folder} | sort -h | tail`,
          'journalctl --vacuum-size=500M',
        ),
      ]
    },
  },
  {
    name: 'data-folder',
    group: 'machine',
    examines: { vi: 'thư mục dữ liệu', en: 'the data folder' },
    async run({ config: { dataFolder } }) {
      const folder = await nearestExisting(dataFolder)
      const writable = await access(folder, constants.W_OK | constants.X_OK).then(
        () => true,
        () => false,
      )
      const isFolder = (await stat(folder)).isDirectory()
      if (writable && isFolder) return [ok(`ghi được vào ${dataFolder}`, `${dataFolder} can be written`)]
      return [
        wrong(
          [
            `không ghi được vào thư mục dữ liệu ${dataFolder}`,
            `the data folder ${dataFolder} cannot be written`,
          ],
          ['tạo thư mục và giao cho người dùng của dịch vụ', 'make it and give it to the service’s user'],
          `install -d -o dangvu -g dangvu -m 0750 ${dataFolder}`,
        ),
      ]
    },
  },
  {
    name: 'file-system',
    group: 'machine',
    examines: { vi: 'loại hệ thống tệp', en: 'the kind of file system' },
    async run({ config }) {
      const { type } = await statfs(await nearestExisting(config.dataFolder))
      const forgets = FORGETFUL.get(type)
      const embedded = config.databaseUrl === undefined
      if (forgets === undefined && !(embedded && REMOTE.has(type)))
        return [ok('hệ thống tệp giữ được dữ liệu', 'the file system keeps what is written')]
      return [
        (embedded ? wrong : warn)(
          [
            `${config.dataFolder} nằm trên ${forgets ?? REMOTE.get(type)}: ${forgets ? 'khởi động lại là mất' : 'không đủ chắc cho PostgreSQL'}`,
            `${config.dataFolder} lies on ${forgets ?? REMOTE.get(type)}: ${forgets ? 'lost at the next boot' : 'not safe enough for PostgreSQL'}`,
          ],
          ['chọn thư mục trên đĩa của máy', 'choose a folder on a disk of the machine'],
          'DANGVU_DATA=/var/lib/dangvu',
        ),
      ]
    },
  },
]
