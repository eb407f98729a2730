/** Settings of passkeys: when one may come in by them, and for how long. No regulation we could read speaks of them. */
import { z } from 'zod'
import type { Setting } from '../kernel/settings.ts'

const SOURCE =
  '338-QĐ/TW điều 12 đòi tài khoản định danh mức độ 2; không văn bản nào đọc được nói về lúc hệ thống định danh gián đoạn'

/** When a passkey opens a session. */
export const PASSKEY_USE: Setting<'always' | 'when-away' | 'never'> = {
  key: 'passkey.use',
  title: { vi: 'Khi nào được vào bằng khóa truy cập', en: 'When a passkey opens a session' },
  certainty: 'I',
  source: SOURCE,
  reason: {
    vi: 'Mặc định chỉ khi VNeID không phản hồi: bình thường mọi người vào bằng mức độ 2. Phiên khóa truy cập chỉ xem, soạn và xếp hàng.',
    en: 'By default only while VNeID does not answer: as a rule everybody comes in by level 2. Such a session reads, drafts and queues.',
  },
  default: 'when-away',
  schema: z.enum(['always', 'when-away', 'never']),
  choices: {
    always: { vi: 'Lúc nào cũng được', en: 'Always' },
    'when-away': { vi: 'Chỉ khi VNeID không phản hồi', en: 'Only while VNeID does not answer' },
    never: { vi: 'Không bao giờ', en: 'Never' },
  },
}

/** How long a session opened by a passkey lasts at most; idle times count as for any other. */
export const PASSKEY_SESSION_MINUTES: Setting<number> = {
  key: 'passkey.session-minutes',
  title: {
    vi: 'Phiên vào bằng khóa truy cập kéo dài tối đa (phút)',
    en: 'A passkey session lasts at most (minutes)',
  },
  certainty: 'I',
  source: SOURCE,
  reason: {
    vi: 'Ngắn hơn phiên VNeID: đủ để xem và soạn một buổi làm việc.',
    en: 'Shorter than a VNeID session: enough to read and draft for half a working day.',
  },
  default: 240,
  schema: z.number().int().min(5).max(720),
}

/** What the settings page shows of identity. */
export const IDENTITY_SETTINGS_OF_DAY: readonly Setting<unknown>[] = [
  PASSKEY_USE as Setting<unknown>,
  PASSKEY_SESSION_MINUTES as Setting<unknown>,
]
