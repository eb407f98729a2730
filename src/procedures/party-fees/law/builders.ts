/** Facts for tests: a member of each class, and settings that differ from the defaults. */
import { DEFAULT_SETTINGS, type Setting, type SettingsOfDay } from '../../../kernel/settings.ts'
import type { FeeFacts } from './facts.ts'

/** The defaults, but for what is named. */
export function settingsWith(...changed: [Setting<never>, unknown][]): SettingsOfDay {
  const values = new Map(changed.map(([setting, value]) => [setting.key, value]))
  return {
    get: <T>(setting: Setting<T>) =>
      values.has(setting.key) ? (values.get(setting.key) as T) : DEFAULT_SETTINGS.get(setting),
  }
}

const YOUNG = { birthDate: '1986-05-19', sex: 'male', region: 'I' } as const

/** One member of each class, with every fact that the class needs. */
export const MEMBERS = {
  BHXH: { insured: true, insuredSalaryPreviousMonthVnd: 8_000_000 },
  OM_DAU: { insured: true, benefit: { kind: 'sickness', amountVnd: 3_000_000 } },
  THAI_SAN: { insured: true, benefit: { kind: 'maternity', amountVnd: 4_000_000 } },
  NGHI_KHAC: { insured: true, contributionSuspended: true, ...YOUNG },
  HUU_TRI: { pensionVnd: 5_000_000 },
  HUU_LAM_THEM: { pensionVnd: 5_000_000, extraPayVnd: 2_000_000 },
  TRONG_TUOI: YOUNG,
  NGOAI_TUOI: { birthDate: '1950-05-19', sex: 'female', region: 'I' },
  HSSV: { student: true },
  NN_SHP: { abroad: { kind: 'mission', allowanceVnd: 30_000_000 } },
  NN_KHAC: { abroad: { kind: 'other', setAmountVnd: 100_000 } },
} as const satisfies Readonly<Record<string, Omit<FeeFacts, 'period'>>>
