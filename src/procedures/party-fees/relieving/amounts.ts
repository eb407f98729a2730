/** What a relief would come to for its member: the fee now, under each share, and what happens to months that have lines. */
import type { Read } from '../../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { planCatchUp } from '../assessing/catching-up.ts'
import { tariffOf, type TariffOf } from '../assessing/asking.ts'
import type { GrantedRelief } from '../assessing/granted.ts'
import { horizonOn } from '../assessing/schedule.ts'
import type { Step } from '../law/catching-up.ts'
import type { Period } from '../law/period.ts'
import { REDUCTION_PERCENTS, type ReductionPercent } from '../law/relief/rules.ts'
import type { Relief } from './contract.ts'
import { holdsFor } from './holding.ts'

export interface Amounts {
  /** of the first month asked for, without this relief; undefined where it cannot be computed yet */
  readonly nowVnd: number | undefined
  /** as asked: what is left to pay, or with what is given beyond */
  readonly askedVnd: number | undefined
  /** under each share that may be granted */
  readonly byPercent: ReadonlyMap<ReductionPercent, number>
  /** months that have lines: what granting as asked does, or what was left as it is */
  readonly steps: readonly Step[]
}

const ASKED = 'đề nghị này'

export async function amountsOf(read: Read, relief: Relief, today: PlainDate): Promise<Amounts> {
  const { memberId } = relief
  const until = horizonOn(today)
  const months = holdsFor(relief) ?? relief
  const from = months.from <= until ? months.from : until
  const tariff = await tariffOf(read, memberId, { from, until, today })
  const granted = relief.status === 'granted'
  const nowVnd = vndOf(tariff, from, (all) =>
    granted ? all.filter(({ reduction, hardship }) => !(reduction ?? hardship)) : all,
  )
  const supposed = supposedOf(relief)
  const waits = relief.status === 'asked' || relief.status === 'forwarded'
  const changes = supposed !== undefined && (waits || granted) && from <= monthOf(today)
  const steps = changes
    ? await planCatchUp(
        read,
        memberId,
        from,
        today,
        (period) => tariff(period, waits ? (all) => [...all, supposed] : undefined),
        'relief',
      )
    : []
  return {
    nowVnd,
    askedVnd: supposed && vndOf(tariff, from, (all) => (granted ? all : [...all, supposed])),
    byPercent: new Map(
      REDUCTION_PERCENTS.flatMap((percent) => {
        const amount = vndOf(tariff, from, (all) => [
          ...all,
          { ...given(relief), ...reducedBy(percent, relief) },
        ])
        return amount === undefined ? [] : [[percent, amount] as const]
      }),
    ),
    steps: steps.filter(({ period }) => period <= months.until),
  }
}

function vndOf(
  tariff: TariffOf,
  period: Period,
  supposed: (granted: readonly GrantedRelief[]) => readonly GrantedRelief[],
): number | undefined {
  return tariff(period, supposed)?.amountVnd ?? undefined
}

const given = ({ memberId, from, until }: Relief): GrantedRelief => ({
  memberId,
  from,
  until,
  decision: ASKED,
})
const reducedBy = (percent: ReductionPercent, { from, until }: Relief) => ({
  reduction: { percent, from, to: until },
})

/** What is asked as if it were granted; undefined where it changes no amount. */
function supposedOf(relief: Relief): GrantedRelief | undefined {
  const { kind, hardship, percent, extraVnd } = relief
  if (kind === 'hardship' && hardship) return { ...given(relief), hardship }
  if (kind === 'reduction' && percent) return { ...given(relief), ...reducedBy(percent, relief) }
  return kind === 'voluntary' && extraVnd ? { ...given(relief), voluntaryExtraVnd: extraVnd } : undefined
}
