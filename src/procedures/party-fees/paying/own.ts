/** A member's own fees: what is open now and before, what waits for the cell, what is paid with its receipt, and why the month costs this. */
import { sql, type Read } from '../../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { settingsOn, type SettingsOfDay } from '../../../kernel/settings.ts'
import { grantedReliefs } from '../assessing/granted.ts'
import { factsOf, knownOf, reliefsIn } from '../assessing/schedule.ts'
import type { DeclaredFacts } from '../fact-contract.ts'
import { assess } from '../law/assess.ts'
import type { FeeClass, Step } from '../law/facts.ts'
import { settingsForPeriod } from '../law/settings.ts'
import type { Region } from '../law/tariff.ts'

/** A line of the member's that stands. */
export interface OwnLine {
  /** 'YYYY-MM-01' */
  readonly period: PlainDate
  readonly number: number
  readonly organisationId: string
  readonly organisationName: string
  readonly kind: 'month' | 'arrears' | 'replacement'
  readonly class: FeeClass
  readonly baseVnd: number | null
  readonly amountVnd: number
  readonly waiting: boolean
  readonly payment: {
    readonly id: string
    readonly payerId: string
    readonly paidAt: Date
    readonly method: 'transfer' | 'cash'
    readonly receiptNumber: number
    readonly receiptYear: number
  } | null
}

/** none: nothing was ever declared; submitted: the cell looks at it; refused: the rules give no amount for what is known. */
export type Declared = 'none' | 'submitted' | 'refused' | 'known'

export interface OwnFees {
  /** oldest first */
  readonly open: readonly OwnLine[]
  readonly waiting: readonly OwnLine[]
  /** newest first */
  readonly paid: readonly OwnLine[]
  readonly exempt: readonly OwnLine[]
  readonly declared: Declared
}

/** Paid and exempt months shown; open ones are all shown. */
const MOST_PAST = 24

export async function ownFees(read: Read, memberId: string): Promise<OwnFees> {
  const [lines, declared] = await Promise.all([linesOf(read, memberId), declaredBy(read, memberId)])
  const owed = lines.filter(({ amountVnd, payment }) => amountVnd > 0 && payment === null)
  const newest = lines.toReversed()
  return {
    open: owed.filter(({ waiting }) => !waiting),
    waiting: owed.filter(({ waiting }) => waiting),
    paid: newest.filter(({ payment }) => payment !== null).slice(0, MOST_PAST),
    exempt: newest.filter(({ amountVnd }) => amountVnd === 0).slice(0, MOST_PAST),
    declared,
  }
}

/** Only what is open: for the first page. */
export async function ownOpenLines(read: Read, memberId: string): Promise<OwnLine[]> {
  const lines = await linesOf(read, memberId)
  return lines.filter(({ amountVnd, payment, waiting }) => amountVnd > 0 && payment === null && !waiting)
}

async function linesOf(read: Read, memberId: string): Promise<OwnLine[]> {
  const rows = await read.rows<
    OwnLine & { payment: (NonNullable<OwnLine['payment']> & { paidAt: string }) | null }
  >(sql`
    select l.period, l.number, l.organisation_id as "organisationId", l.kind, l.class, l.base_vnd as "baseVnd",
           l.amount_vnd as "amountVnd", l.waiting,
           (select name from organisation_period z where z.organisation_id = l.organisation_id order by z.valid_from desc limit 1)
             as "organisationName",
           case when p.id is not null then json_build_object('id', p.id, 'payerId', p.payer_id, 'paidAt', p.paid_at, 'method', p.method,
             'receiptNumber', p.receipt_number, 'receiptYear', p.receipt_year) end as payment
      from fee_line_now l left join fee_payment p on p.id = l.payment_id
     where l.member_id = ${memberId} and not l.replaced
     order by l.period, l.number`)
  return rows.map((row) => ({
    ...row,
    payment: row.payment && { ...row.payment, paidAt: new Date(row.payment.paidAt) },
  }))
}

async function declaredBy(read: Read, memberId: string): Promise<Declared> {
  const { known, refused, submitted } = await read.one<{
    known: boolean
    refused: boolean
    submitted: boolean
  }>(sql`
    select exists (select from fee_schedule s where s.member_id = ${memberId} and s.refusal is null) as known,
           exists (select from fee_schedule s where s.member_id = ${memberId} and s.refusal is not null) as refused,
           exists (select from fee_declaration d where d.member_id = ${memberId} and d.status = 'submitted') as submitted`)
  return known ? 'known' : submitted ? 'submitted' : refused ? 'refused' : 'none'
}

/**
 * The reasoning behind a line, made anew from what was declared and granted; undefined where that does not give the line's amount: then
 * the line was set by hand, and its class and base are all there is to say.
 */
export async function reasonsOf(
  read: Read,
  memberId: string,
  line: Pick<OwnLine, 'period' | 'amountVnd'>,
  ofToday: SettingsOfDay,
): Promise<readonly Step[] | undefined> {
  const row = await read.maybe<{ declared: DeclaredFacts | null; region: Region | null }>(sql`
    select d.facts as declared, s.region
      from fee_schedule s left join fee_declaration d on d.id = s.declaration_id
     where s.member_id = ${memberId} and s.from_period <= ${line.period}::date
       and (s.until_period is null or s.until_period >= ${line.period}::date)`)
  if (!row) return undefined
  const [known, reliefs] = await Promise.all([knownOf(read, memberId), grantedReliefs(read, [memberId])])
  const granted = reliefsIn(reliefs, monthOf(line.period))
  const facts = factsOf(known, row.declared ?? {}, row.region ?? undefined, granted)
  try {
    const settings = settingsForPeriod(await settingsOn(read, line.period), ofToday)
    const assessed = assess({ ...facts, period: monthOf(line.period) }, settings)
    return assessed.amountVnd === line.amountVnd ? assessed.why : undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return undefined
  }
}
