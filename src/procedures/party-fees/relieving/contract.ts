/** What the forms and programs of a relief say: asking, forwarding, deciding, ending early. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { amountIn } from '../declaring/contract.ts'
import { HARDSHIPS, type Hardship } from '../law/facts.ts'
import { MAX_AMOUNT_VND } from '../law/money.ts'
import type { Period } from '../law/period.ts'
import {
  REDUCTION_PERCENTS,
  RELIEF_KINDS,
  type ReductionPercent,
  type ReliefKind,
  type ReliefStatus,
} from '../law/relief/rules.ts'

/** Whose word it is where a deputy asks: the delegation's, and nobody's else. */
export const BY_DELEGATION = 'theo ủy quyền'

/** What is asked for: which of the later fields are there follows from the kind. */
export interface Asked {
  readonly kind: ReliefKind
  readonly from: Period
  readonly until: Period
  readonly hardship?: Hardship | undefined
  readonly percent?: ReductionPercent | undefined
  readonly extraVnd?: number | undefined
  readonly exemption?: Exemption | undefined
  readonly request: string
  /** on behalf: who said so, and how */
  readonly saidBy?: string | undefined
}

/** A temporary exemption from activity (tạm miễn sinh hoạt đảng), as its decision says. */
export interface Exemption {
  readonly number: string
  readonly from: PlainDate
  readonly until: PlainDate
  /** the organisation that granted it */
  readonly by: string
}

/** What is granted in its place. */
export interface Granting {
  readonly number: string
  readonly from: Period
  readonly until: Period
  readonly percent?: ReductionPercent | undefined
  readonly extraVnd?: number | undefined
  readonly reason?: string | undefined
}

export interface Relief {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly organisationId: string
  readonly organisationName: string
  readonly deciderId: string
  readonly deciderName: string
  readonly kind: ReliefKind
  readonly from: Period
  readonly until: Period
  readonly hardship: Hardship | null
  readonly percent: ReductionPercent | null
  readonly extraVnd: number | null
  readonly exemptionNumber: string | null
  readonly exemptionFrom: PlainDate | null
  readonly exemptionUntil: PlainDate | null
  readonly request: string
  readonly askedBy: string
  readonly askedByName: string
  readonly askedAt: Date
  readonly saidBy: string | null
  readonly dueOn: PlainDate
  readonly status: ReliefStatus
  readonly opinion: 'for' | 'against' | null
  readonly opinionReason: string | null
  readonly forwardedBy: string | null
  readonly forwardedAt: Date | null
  readonly answeredAt: Date | null
  readonly reason: string | null
  readonly decisionNumber: string | null
  readonly grantedFrom: Period | null
  readonly grantedUntil: Period | null
  readonly grantedPercent: ReductionPercent | null
  readonly grantedExtraVnd: number | null
  readonly endedFrom: Period | null
  readonly endedReason: string | null
}

type Fields = Readonly<Record<string, unknown>>
type Problem = { readonly field: string; readonly code: 'missing' | 'month' | 'date' | 'amount' | 'order' }

const text = (value: unknown, most: number): string | undefined => {
  const trimmed = typeof value === 'string' ? value.trim() : ''
  return trimmed === '' || trimmed.length > most ? undefined : trimmed
}
const percentIn = (value: unknown): ReductionPercent | undefined =>
  REDUCTION_PERCENTS.find((each) => String(each) === String(value))

/** Reads fields one by one and remembers what is wrong. */
class Reading {
  readonly problems: Problem[] = []
  readonly #fields: Fields

  constructor(fields: Fields) {
    this.#fields = fields
  }

  /** @returns the value, or the empty one of its kind where it is missing or wrong */
  take<T>(field: string, read: (value: unknown) => T | undefined, wrong: Problem['code']): T | undefined {
    const given = this.#fields[field]
    const value = given === undefined ? undefined : read(given)
    if (value === undefined) this.problems.push({ field, code: given === undefined ? 'missing' : wrong })
    return value
  }

  month(field: string): Period | undefined {
    return this.take(field, (value) => (isPlainMonth(value) ? value : undefined), 'month')
  }
  day(field: string): PlainDate | undefined {
    return this.take(field, (value) => (isPlainDate(value) ? value : undefined), 'date')
  }
  words(field: string, most: number): string | undefined {
    return this.take(field, (value) => text(value, most), 'missing')
  }
  amount(field: string): number | undefined {
    return this.take(field, (value) => (amountIn(value) ?? 0) || undefined, 'amount')
  }
  percent(field: string): ReductionPercent | undefined {
    return this.take(field, percentIn, 'missing')
  }
  /** @throws Refusal invalid `request.invalid` naming every field that is missing or cannot be taken */
  finish(): void {
    if (this.problems.length > 0) throw new Refusal('invalid', 'request.invalid', { fields: this.problems })
  }
}

/**
 * What the form of asking says.
 *
 * @throws Refusal invalid `request.invalid`
 */
export function readAsking(fields: Fields, onBehalf: boolean): Asked {
  const reading = new Reading(fields)
  const kind = reading.take('kind', (value) => RELIEF_KINDS.find((each) => each === value), 'missing')
  const hardship =
    kind === 'hardship'
      ? reading.take('hardship', (value) => HARDSHIPS.find((each) => each === value), 'missing')
      : undefined
  const percent = kind === 'reduction' ? reading.percent('percent') : undefined
  const extraVnd = kind === 'voluntary' ? reading.amount('extraVnd') : undefined
  const exemption = kind === 'late' || kind === 'advance' ? readExemption(reading, kind) : undefined
  const from = reading.month('from')
  const until = reading.month('until')
  const request = reading.words('request', 2000)
  const saidBy = onBehalf ? reading.words('saidBy', 300) : undefined
  reading.finish()
  return {
    kind: kind!,
    from: from!,
    until: until!,
    hardship,
    percent,
    extraVnd,
    exemption,
    request: request!,
    saidBy,
  }
}

/** The fields of the one kind end with its name: both are on the page where no scripts run. */
function readExemption(reading: Reading, kind: 'late' | 'advance'): Exemption | undefined {
  const number = reading.words(`exemption-${kind}`, 100)
  const by = reading.take(`exemptedBy-${kind}`, (value) => z.uuid().safeParse(value).data, 'missing')
  const from = reading.day(`exemptionFrom-${kind}`)
  const until = reading.day(`exemptionUntil-${kind}`)
  if (!number || !by || !from || !until) return undefined
  if (until < from) reading.problems.push({ field: `exemptionUntil-${kind}`, code: 'order' })
  return { number, by, from, until }
}

/** What the form of granting says. */
export function readGranting(fields: Fields, kind: ReliefKind): Granting {
  const reading = new Reading(fields)
  const number = reading.words('number', 100)
  const from = reading.month('grantFrom')
  const until = reading.month('grantUntil')
  const percent = kind === 'reduction' ? reading.percent('grantPercent') : undefined
  const extraVnd = kind === 'voluntary' ? reading.amount('grantExtraVnd') : undefined
  reading.finish()
  return { number: number!, from: from!, until: until!, percent, extraVnd, reason: text(fields.why, 1000) }
}

export function readOpinion(fields: Fields): { opinion: 'for' | 'against'; reason: string | undefined } {
  const reading = new Reading(fields)
  const opinion = reading.take(
    'opinion',
    (value) => (['for', 'against'] as const).find((each) => each === value),
    'missing',
  )
  const reason =
    opinion === 'against' ? reading.words('opinionReason', 1000) : text(fields.opinionReason, 1000)
  reading.finish()
  return { opinion: opinion!, reason }
}

export function readRefusing(fields: Fields): { reason: string } {
  const reading = new Reading(fields)
  const reason = reading.words('refuseReason', 1000)
  reading.finish()
  return { reason: reason! }
}

export function readEnding(fields: Fields): { from: Period; reason: string } {
  const reading = new Reading(fields)
  const from = reading.month('endFrom')
  const reason = reading.words('endReason', 1000)
  reading.finish()
  return { from: from!, reason: reason! }
}

const month = z.string().refine(isPlainMonth)
const amount = z.number().int().min(1).max(MAX_AMOUNT_VND)
const percent = z.literal([...REDUCTION_PERCENTS])
const reason = z.string().trim().min(1).max(1000)

/** The same for programs. */
export const ASK_BODY = z
  .object({
    commandId: z.uuid(),
    kind: z.enum(RELIEF_KINDS),
    from: month,
    until: month,
    hardship: z.enum(HARDSHIPS).optional(),
    percent: percent.optional(),
    extraVnd: amount.optional(),
    exemption: z
      .object({
        number: z.string().trim().min(1).max(100),
        from: z.string().refine(isPlainDate),
        until: z.string().refine(isPlainDate),
        by: z.uuid(),
      })
      .refine(({ from, until }) => from <= until, { path: ['until'] })
      .optional(),
    request: z.string().trim().min(1).max(2000),
  })
  .refine((asked) => (asked.kind === 'hardship') === (asked.hardship !== undefined), { path: ['hardship'] })
  .refine((asked) => (asked.kind === 'reduction') === (asked.percent !== undefined), { path: ['percent'] })
  .refine((asked) => (asked.kind === 'voluntary') === (asked.extraVnd !== undefined), { path: ['extraVnd'] })
  .refine(({ kind, exemption }) => (kind === 'late' || kind === 'advance') === (exemption !== undefined), {
    path: ['exemption'],
  })

export const FORWARD_BODY = z.object({ opinion: z.enum(['for', 'against']), reason: reason.optional() })
export const DECIDE_BODY = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('grant'),
    number: z.string().trim().min(1).max(100),
    from: month,
    until: month,
    percent: percent.optional(),
    extraVnd: amount.optional(),
    reason: reason.optional(),
  }),
  z.object({ decision: z.literal('refuse'), reason }),
])
export const ANSWER = z.object({ id: z.uuid() })
export const LIST_ANSWER = z.object({
  reliefs: z.array(
    z.object({
      id: z.uuid(),
      memberId: z.uuid(),
      kind: z.enum(RELIEF_KINDS),
      from: z.string(),
      until: z.string(),
      status: z.enum(['asked', 'forwarded', 'granted', 'refused', 'withdrawn']),
      dueOn: z.string(),
      grantedFrom: z.string().nullable(),
      grantedUntil: z.string().nullable(),
    }),
  ),
})
