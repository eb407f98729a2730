/** Shares (trích giữ lại, nộp cấp trên): which part of a month's money an organisation keeps, by its kind and level and by date. */
import { addToMonth, lastDayOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Certainty, Setting, SettingsOfDay } from '../../../kernel/settings.ts'
import {
  KEEP_ABOVE_BASE,
  KEEP_BASE_OTHER,
  KEEP_CELL_ABROAD,
  KEEP_CELL_OF_COMMUNE,
  KEEP_CELL_OTHER,
  KEEP_COMMITTEE_ABROAD,
  KEEP_COMMUNE,
  OLD_KEEP_CELL_OF_COMMUNE,
  OLD_KEEP_CELL_OTHER,
  REMIT_UNTIL_CELL,
  REMIT_UNTIL_COMMITTEE,
} from './allocation-settings.ts'
import { roundHalfUp } from './money.ts'
import type { Period } from './period.ts'
import { FIRST_PERIOD_OF_01 } from './settings.ts'
import { REGIME_CITATIONS, regimeOf, type Regime } from './tariff.ts'

/** The kinds of organisations the rules of shares tell apart. */
export const SHARE_CLASSES = [
  'cell-of-commune',
  'cell-other',
  'commune',
  'base-other',
  'above-base',
  'cell-abroad',
  'committee-abroad',
  'centre',
] as const
export type ShareClass = (typeof SHARE_CLASSES)[number]

/** What the registry says of an organisation, as far as shares depend on it. */
export interface SharePlace {
  readonly kind: string
  readonly tier: string
  readonly holdsMembers: boolean
  readonly abroad: boolean
  /** the kind of the nearest organisation above that is no section (đảng bộ bộ phận) */
  readonly baseKind: string | undefined
}

/** A commune is a base committee or the level above base, by the day's rules of organisation: its share is its own all the time. */
const COMMUNE = 'commune'

/** Undefined: no rule read so far tells of such an organisation. */
export function shareClassOf({
  kind,
  tier,
  holdsMembers,
  abroad,
  baseKind,
}: SharePlace): ShareClass | undefined {
  if (tier === 'centre') return 'centre'
  if (tier === 'intermediate' || tier === 'advisory') return undefined
  if (abroad) return holdsMembers ? 'cell-abroad' : 'committee-abroad'
  if (tier === 'cell') return baseKind === COMMUNE ? 'cell-of-commune' : 'cell-other'
  if (kind === COMMUNE) return 'commune'
  if (tier === 'grassroots') return 'base-other'
  return tier === 'direct-superior' || tier === 'province' ? 'above-base' : undefined
}

/** What the regime's text fixes, in per cent; where it does not, the setting. */
const KEEPS: Readonly<Record<Regime, Readonly<Record<ShareClass, number | Setting<number>>>>> = {
  'decision-342': {
    'cell-of-commune': OLD_KEEP_CELL_OF_COMMUNE,
    'cell-other': OLD_KEEP_CELL_OTHER,
    commune: 90,
    'base-other': 70,
    'above-base': 50,
    'cell-abroad': 30,
    'committee-abroad': 50,
    centre: 100,
  },
  'regulation-01': {
    'cell-of-commune': KEEP_CELL_OF_COMMUNE,
    'cell-other': KEEP_CELL_OTHER,
    commune: KEEP_COMMUNE,
    'base-other': KEEP_BASE_OTHER,
    'above-base': KEEP_ABOVE_BASE,
    'cell-abroad': KEEP_CELL_ABROAD,
    'committee-abroad': KEEP_COMMITTEE_ABROAD,
    centre: 100,
  },
}

/** What the organisation above set for this very one (fee_share). */
export interface OwnShare {
  /** its first month */
  readonly validFrom: PlainDate
  /** absent: as the rule says */
  readonly keepPercent: number | null
  readonly source: string
}

export interface Allocation {
  readonly keepPercent: number
  /** kept with the remittance: which rule it was */
  readonly rule: string
  /** absent where it is a setting: no text says it */
  readonly citation: string | undefined
  readonly certainty: Certainty
  /** for a setting or an own share, where it comes from */
  readonly source: string | undefined
}

/** The months of the old regime are understood as of today, a month of the present one by its own first day. */
export interface ShareSettings {
  readonly ofFirstDay: SettingsOfDay
  readonly ofToday: SettingsOfDay
}

/**
 * What the organisation keeps of a month's money.
 *
 * @param period the month in which the money came in
 * @throws Refusal against-rule `party-fees.share-unknown` where no rule tells and nothing was set,
 *   `party-fees.period-before-tariff`
 */
export function allocationOf(
  place: SharePlace,
  period: Period,
  { ofFirstDay, ofToday }: ShareSettings,
  own: OwnShare | undefined,
): Allocation {
  if (own && own.keepPercent !== null)
    return {
      keepPercent: own.keepPercent,
      rule: `own.${own.validFrom}`,
      citation: undefined,
      certainty: 'I',
      source: own.source,
    }
  const regime = regimeOf(period, ofToday.get(FIRST_PERIOD_OF_01))
  const shareClass = shareClassOf(place)
  if (!shareClass)
    throw new Refusal('against-rule', 'party-fees.share-unknown', { citation: REGIME_CITATIONS[regime] })
  const rule = `${regime}.${shareClass}`
  const keeps = KEEPS[regime][shareClass]
  if (typeof keeps === 'number')
    return {
      keepPercent: keeps,
      rule,
      citation: REGIME_CITATIONS[regime],
      certainty: 'C',
      source: undefined,
    }
  const settings = regime === 'decision-342' ? ofToday : ofFirstDay
  return {
    keepPercent: settings.get(keeps),
    rule,
    citation: undefined,
    certainty: keeps.certainty,
    source: keeps.source,
  }
}

export interface Shares {
  readonly keepVnd: number
  readonly remitVnd: number
}

/** Hundredths of a per cent in the whole. */
const WHOLE = 10_000n

/**
 * What is kept is rounded half up to the đồng, what is remitted is the rest: together they are always the whole.
 *
 * @param keepPercent with two decimals at most
 */
export function sharesOf(baseVnd: number, keepPercent: number): Shares {
  const hundredths = BigInt(Math.round(keepPercent * 100))
  const keepVnd = roundHalfUp({ num: BigInt(baseVnd) * hundredths, den: WHOLE }, 1)
  return { keepVnd, remitVnd: baseVnd - keepVnd }
}

/** From which of the two accounts a share is taken: the kept part from what was collected directly first. */
export interface Taken {
  readonly keep: { readonly dues: number; readonly receipts: number }
  readonly remit: { readonly dues: number; readonly receipts: number }
}

/** @param collectedVnd less than nothing where more was paid back than came in; the other source is then taken for less */
export function takenFrom(collectedVnd: number, receivedVnd: number, { keepVnd, remitVnd }: Shares): Taken {
  const dues = Math.max(0, Math.min(collectedVnd, collectedVnd + receivedVnd))
  const keepDues = Math.min(keepVnd, dues)
  const remitDues = dues - keepDues
  return {
    keep: { dues: keepDues, receipts: keepVnd - keepDues },
    remit: { dues: remitDues, receipts: remitVnd - remitDues },
  }
}

/** Until when a month's part for the level above is to be sent: a setting, since no readable text says. */
export function remitUntil(period: Period, tier: string, settings: SettingsOfDay): PlainDate {
  const month = addToMonth(period, 1)
  const until = settings.get(tier === 'cell' ? REMIT_UNTIL_CELL : REMIT_UNTIL_COMMITTEE)
  const last = lastDayOf(month)
  const day = `${month}-${String(until).padStart(2, '0')}`
  return day < last ? day : last
}

/**
 * A rule kept with a remittance, in words again.
 *
 * @param ownSource the basis of an own share, where the rule is one
 */
export function allocationKept(
  { rule, keepPercent }: Pick<Allocation, 'rule' | 'keepPercent'>,
  ownSource: string | undefined,
): Allocation {
  const [regime, shareClass] = rule.split('.') as [Regime, ShareClass]
  const keeps = (KEEPS as Readonly<Record<string, (typeof KEEPS)[Regime]>>)[regime]?.[shareClass]
  if (typeof keeps === 'number')
    return { keepPercent, rule, citation: REGIME_CITATIONS[regime], certainty: 'C', source: undefined }
  return { keepPercent, rule, citation: undefined, certainty: 'I', source: keeps?.source ?? ownSource }
}
