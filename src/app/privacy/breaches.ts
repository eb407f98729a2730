/** Breaches of personal data (91/2025/QH15 art. 23): found when, how many, told to whom; nothing is ever taken back. */
import { z } from 'zod'
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Setting } from '../../kernel/settings.ts'

/** How long there is to tell the authority. */
export const BREACH_HOURS: Setting<number> = {
  key: 'breach.notice-hours',
  title: {
    vi: 'Báo sự cố lộ dữ liệu cho cơ quan có thẩm quyền trong',
    en: 'Time to tell the authority of a breach',
  },
  certainty: 'I',
  source:
    'Một tài liệu tổng hợp 91/2025/QH15 điều 23 nêu 72 giờ, mẫu 08; chưa đối chiếu văn bản gốc, và chưa rõ áp dụng cho cơ quan Đảng thế nào',
  reason: {
    vi: 'Mặc định 72 giờ kể từ lúc phát hiện, tính cả ngày nghỉ.',
    en: '72 hours from the finding by default, days of rest included.',
  },
  default: 72,
  schema: z.number().int().min(1).max(720),
  unit: { vi: 'giờ', en: 'hours' },
}

export const BREACH_STEPS = ['measure', 'authority-told', 'members-told', 'closed'] as const
export type BreachStepKind = (typeof BREACH_STEPS)[number]

export interface BreachStep {
  readonly id: string
  readonly kind: BreachStepKind
  readonly at: Date
  readonly told: string
  readonly words: string
}

export interface Breach {
  readonly id: string
  readonly foundAt: Date
  readonly what: string
  readonly dataKinds: string
  readonly people: number
  readonly steps: readonly BreachStep[]
  /** by when the authority is told */
  readonly dueAt: Date
  readonly toldAt: Date | null
  readonly closedAt: Date | null
}

/** Records a breach; the same id twice is one. @throws Refusal against-rule `breach.in-the-future` */
export async function recordBreach(
  write: Write,
  breach: Pick<Breach, 'id' | 'foundAt' | 'what' | 'dataKinds' | 'people'> & { by: string; at: Date },
): Promise<void> {
  const { id, foundAt, what, dataKinds, people, by, at } = breach
  if (foundAt > at)
    throw new Refusal('against-rule', 'breach.in-the-future', {
      fields: [{ field: 'foundAt', code: 'future' }],
    })
  await write.run(sql`
    insert into breach (id, found_at, what, data_kinds, people, recorded_by, recorded_at)
    values (${id}, ${foundAt}, ${what}, ${dataKinds}, ${people}, ${by}, ${at}) on conflict (id) do nothing`)
}

/**
 * Records what was done; the same id twice is one.
 *
 * @throws Refusal not-found `breach.unknown`; conflict `breach.closed`
 */
export async function recordBreachStep(
  write: Write,
  breachId: string,
  step: Omit<BreachStep, 'at'> & { by: string; at: Date },
): Promise<void> {
  const { id, kind, told, words, by, at } = step
  const found = await write.maybe<{ closed: boolean; done: boolean }>(sql`
    select exists (select from breach_step s where s.breach_id = b.id and s.kind = 'closed') as closed,
           exists (select from breach_step s where s.id = ${id}) as done
      from breach b where b.id = ${breachId}`)
  if (!found) throw new Refusal('not-found', 'breach.unknown')
  if (found.done) return
  if (found.closed) throw new Refusal('conflict', 'breach.closed')
  await write.run(sql`
    insert into breach_step (id, breach_id, kind, at, told, words, recorded_by, recorded_at)
    values (${id}, ${breachId}, ${kind}, ${at}, ${told}, ${words}, ${by}, ${at})`)
}

/** Every breach, the newest first, with its steps. */
export async function breaches(read: Read, hours: number): Promise<Breach[]> {
  const rows = await read.rows<Omit<Breach, 'steps' | 'dueAt' | 'toldAt' | 'closedAt'>>(sql`
    select id, found_at as "foundAt", what, data_kinds as "dataKinds", people from breach order by found_at desc, id`)
  const steps = await read.rows<BreachStep & { breachId: string }>(sql`
    select id, breach_id as "breachId", kind, at, told, words from breach_step order by at, id`)
  return rows.map((row) => {
    const own = steps
      .filter(({ breachId }) => breachId === row.id)
      .map(({ breachId: _breachId, ...step }) => step)
    const first = (kind: BreachStepKind) => own.find((step) => step.kind === kind)?.at ?? null
    return {
      ...row,
      steps: own,
      dueAt: new Date(row.foundAt.getTime() + hours * 3_600_000),
      toldAt: first('authority-told'),
      closedAt: first('closed'),
    }
  })
}
