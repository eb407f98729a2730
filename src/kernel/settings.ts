/** Settings (thiết lập): values no readable regulation fixes, each dated, with its default, its mark and its reason. */
import { z } from 'zod'
import { sql, type Database, type Read, type Write } from './db.ts'
import { Refusal } from './refusal.ts'

/** C: the source says so; D: sources disagree; I: inferred by us. D and I are never shown as "the regulation says". */
export type Certainty = 'C' | 'D' | 'I'

export interface Setting<T> {
  readonly key: string
  readonly title: { readonly vi: string; readonly en: string }
  readonly certainty: Certainty
  /** where the value or the question comes from */
  readonly source: string
  /** why the default is what it is */
  readonly reason: { readonly vi: string; readonly en: string }
  readonly default: T
  readonly schema: z.ZodType<T>
  /** what a number counts; working days unless said */
  readonly unit?: { readonly vi: string; readonly en: string }
  /** the words of each value, where one chooses among a few */
  readonly choices?: Readonly<Record<string, { readonly vi: string; readonly en: string }>>
}

/** The values of one day, to be asked by rules. */
export interface SettingsOfDay {
  get<T>(setting: Setting<T>): T
}

/** No row is older than the day: every setting answers with its default. */
export const DEFAULT_SETTINGS: SettingsOfDay = { get: (setting) => setting.default }

/** The settings as they stand on a day ('YYYY-MM-DD'). A stored value its schema no longer takes is a defect. */
export async function settingsOn(read: Read, day: string): Promise<SettingsOfDay> {
  const rows = await read.rows<{ key: string; value: unknown }>(sql`
    select distinct on (key) key, value from setting_value where valid_from <= ${day}::date order by key, valid_from desc`)
  const values = new Map(rows.map((row) => [row.key, row.value]))
  return {
    get(setting) {
      return values.has(setting.key) ? setting.schema.parse(values.get(setting.key)) : setting.default
    },
  }
}

const KEPT_MS = 2_000
const kept = new WeakMap<Database, { day: string; until: number; settings: Promise<SettingsOfDay> }>()

/** `settingsOn`, kept for two seconds: what another process changed is seen then, what this one changed at once. */
export function currentSettings(database: Database, day: string): Promise<SettingsOfDay> {
  const known = kept.get(database)
  if (known && known.day === day && performance.now() < known.until) return known.settings
  const settings = settingsOn(database.read, day)
  kept.set(database, { day, until: performance.now() + KEPT_MS, settings })
  settings.catch(() => kept.delete(database))
  return settings
}

/** After a change in this process. */
export function forgetSettings(database: Database): void {
  kept.delete(database)
}

/**
 * Stores a value from a day on, with the reason that somebody must give.
 *
 * @throws Refusal invalid `setting.invalid` when the value is not of the setting's shape
 */
export async function changeSetting<T>(
  write: Write,
  setting: Setting<T>,
  change: { value: unknown; validFrom: string; reason: string; setBy: string | null },
): Promise<void> {
  const parsed = setting.schema.safeParse(change.value)
  if (!parsed.success) throw new Refusal('invalid', 'setting.invalid', { facts: { key: setting.key } })
  await write.run(sql`
    insert into setting_value (key, valid_from, value, reason, set_by)
    values (${setting.key}, ${change.validFrom}, ${JSON.stringify(parsed.data)}, ${change.reason}, ${change.setBy})
    on conflict (key, valid_from) do update
      set value = excluded.value, reason = excluded.reason, set_by = excluded.set_by, set_at = now()`)
}

export interface SettingRow {
  readonly key: string
  readonly validFrom: string
  readonly value: unknown
  readonly reason: string
  readonly setBy: string | null
}

/** Every stored value, newest first; who set it by name. */
export function settingRows(read: Read): Promise<SettingRow[]> {
  return read.rows<SettingRow>(sql`
    select key, valid_from as "validFrom", value, reason, (select full_name from member where id = set_by) as "setBy"
      from setting_value order by key, valid_from desc`)
}
