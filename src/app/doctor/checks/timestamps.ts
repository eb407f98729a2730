/** The doctor on a time-stamp authority: asked for one stamp (RFC 3161) as a signature would ask, which is looked at as closely. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { TimestampError } from '../../../signatures/time/authority.ts'
import type { Config } from '../../config.ts'
import { readRoots } from '../../folder-signing.ts'
import { askAuthority, type TimestampSettings } from '../../stamped-signing.ts'
import { ok, wrong, type Finding, type Machine } from '../check.ts'

export async function judgeTimestampServer(
  settings: TimestampSettings,
  signing: Config['signing'],
  machine: Machine,
): Promise<Finding[]> {
  const trustRoots = async () => (signing ? readRoots(join(signing.folder, 'roots')) : [])
  try {
    await askAuthority(settings, trustRoots, machine.now, randomBytes(32))
    return [ok('máy chủ dấu thời gian đóng dấu đúng giờ', 'the time-stamp authority stamps the right time')]
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error
    return [
      wrong(
        error.words,
        [
          'giấy tờ vẫn được ký, không có dấu thời gian; hỏi nơi cấp, hoặc bỏ TIMESTAMP_URL',
          'papers are signed without time-stamps until then; ask the authority, or leave TIMESTAMP_URL out',
        ],
        `openssl ts -query -digest ${'0'.repeat(64)} -sha256 -cert | curl -s -H 'content-type: application/timestamp-query' --data-binary @- ${settings.url} | openssl ts -reply -in /dev/stdin -text`,
      ),
    ]
  }
}
