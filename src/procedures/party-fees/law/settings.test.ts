/** By which day's settings a period is assessed, and that every default is a value its setting takes. */
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { assess } from './assess.ts'
import { MEMBERS, settingsWith } from './builders.ts'
import { OLD_OTHERS_VND, ROUNDING_VND, settingsForPeriod, TARIFF_SETTINGS } from './settings.ts'

test('every default fits, and no key stands twice', () => {
  for (const { schema, default: fallback } of TARIFF_SETTINGS)
    expect(schema.safeParse(fallback).success).toBe(true)
  expect(new Set(TARIFF_SETTINGS.map(({ key }) => key)).size).toBe(TARIFF_SETTINGS.length)
})

test('what an area paid before 2026 can be said today; how a period is rounded is of its own day', () => {
  const today = settingsWith([OLD_OTHERS_VND as never, 12_345], [ROUNDING_VND as never, 1000])
  const settings = settingsForPeriod(DEFAULT_SETTINGS, today)
  expect(assess({ period: '2025-06', ...MEMBERS.TRONG_TUOI }, settings).amountVnd).toBe(12_345)
  expect(assess({ period: '2026-06', ...MEMBERS.TRONG_TUOI }, settings).amountVnd).toBe(15_930)
  expect(assess({ period: '2026-06', ...MEMBERS.TRONG_TUOI }, today).amountVnd).toBe(16_000)
})
