/** Half-filled forms (bản nháp) as somebody left them: kept between pages, devices and sign-ins until the form is done. */
import { z } from 'zod'
import { sql, type Read, type Write } from '../kernel/db.ts'
import type { Sweep } from '../kernel/jobs.ts'
import type { Setting } from '../kernel/settings.ts'
import type { BackgroundServices } from './feature.ts'

/** Fields as the form posts them: a date is still in its three boxes. */
export type DraftFields = Readonly<Record<string, string>>

/** Fields that belong to one sending of the form, not to what was written. */
const NOT_WRITTEN = new Set(['csrf', 'commandId', 'expectedNumber', 'openedAs', 'queue'])
const MOST_CHARACTERS = 40_000

/** What was written in a form, without its hidden fields; longer than any form of ours, it is not kept. */
export function writtenIn(body: unknown): DraftFields {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !NOT_WRITTEN.has(entry[0]),
  )
  const length = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  return length > MOST_CHARACTERS ? {} : Object.fromEntries(entries)
}

interface FormOf {
  readonly memberId: string
  readonly dossierId: string
  /** which form: a command, or a question of the request */
  readonly form: string
}

/** More forms than any dossier has; names of forms come from the browser, and each kept one takes room. */
const MOST_FORMS = 40

/** Keeps what is written so far, in the place of what was kept before. */
export async function keepDraft(write: Write, of: FormOf, fields: DraftFields, at: Date): Promise<void> {
  await write.run(sql`
    insert into form_draft (member_id, dossier_id, form, fields, kept_at)
    select ${of.memberId}::uuid, ${of.dossierId}::uuid, ${of.form}::text, ${JSON.stringify(fields)}::jsonb, ${at}::timestamptz
     where (select count(*) from form_draft
             where member_id = ${of.memberId} and dossier_id = ${of.dossierId} and form <> ${of.form}) < ${MOST_FORMS}
    on conflict (member_id, dossier_id, form) do update set fields = excluded.fields, kept_at = excluded.kept_at`)
}

/** Every form this person left half-filled on a dossier, by its name. */
export async function draftsOf(
  read: Read,
  memberId: string,
  dossierId: string,
): Promise<Readonly<Record<string, DraftFields>>> {
  const rows = await read.rows<{ form: string; fields: DraftFields }>(sql`
    select form, fields from form_draft where member_id = ${memberId} and dossier_id = ${dossierId}`)
  return Object.fromEntries(rows.map(({ form, fields }) => [form, fields]))
}

/** The form was done: nothing of it is kept. */
export async function forgetDraft(write: Write, { memberId, dossierId, form }: FormOf): Promise<void> {
  await write.run(sql`
    delete from form_draft where member_id = ${memberId} and dossier_id = ${dossierId} and form = ${form}`)
}

/** Everything this person left half-filled on a dossier. */
export async function forgetDrafts(write: Write, memberId: string, dossierId: string): Promise<void> {
  await write.run(sql`delete from form_draft where member_id = ${memberId} and dossier_id = ${dossierId}`)
}

/** How long a form left half-filled is kept. */
export const DRAFT_DAYS: Setting<number> = {
  key: 'form-drafts.kept-days',
  title: { vi: 'Giữ bản nháp bỏ dở', en: 'Half-filled forms are kept' },
  unit: { vi: 'ngày', en: 'days' },
  certainty: 'I',
  source: 'Nguyên tắc của hệ thống: dữ liệu cá nhân không giữ lâu hơn mức cần',
  reason: {
    vi: 'Mặc định 120 ngày: dài hơn 60 ngày làm việc mà đảng viên có để làm thủ tục, kể cả Tết. Hồ sơ đã gửi không bị ảnh hưởng.',
    en: '120 days by default: longer than the 60 working days a member has to begin the procedure, the New Year holidays included. What was sent is not touched.',
  },
  default: 120,
  schema: z.number().int().min(7).max(730),
}

const DAY_MINUTES = 24 * 60
const DAY_MS = DAY_MINUTES * 60_000

/** Forgets half-filled forms that nobody went on with. */
export function forgetDraftsSweep(services: Pick<BackgroundServices, 'database' | 'contextNow'>): Sweep {
  return {
    name: 'old-form-drafts',
    everyMinutes: DAY_MINUTES,
    async run(at) {
      const { settings } = await services.contextNow()
      const before = new Date(at.getTime() - settings.get(DRAFT_DAYS) * DAY_MS)
      await services.database.transaction((write) =>
        write.run(sql`delete from form_draft where kept_at < ${before}::timestamptz`),
      )
    },
  }
}
