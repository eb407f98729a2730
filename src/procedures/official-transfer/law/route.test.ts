/** Which organisations a referral passes, under the tree of 208-QĐ/TW and the one of 294-QĐ/TW. */
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../../kernel/refusal.ts'
import {
  aPlace,
  CELL,
  CITY,
  CLINIC,
  COMMISSION,
  COMMUNE,
  FAR_CELL,
  FAR_COMMUNE,
  FAR_SCHOOL,
  FAR_WARD,
  NEAR_CELL,
  PART,
  SCHOOL,
  SCHOOL_CELL,
  WARD,
} from './builders.ts'
import { routeOf, type Chain, type RouteQuestion } from './route.ts'

const ask = (origin: Chain, destination: Chain, more: Partial<RouteQuestion> = {}): RouteQuestion => ({
  origin,
  destination,
  commission: COMMISSION,
  withinProvince: 'through-commission',
  ...more,
})

/** 'cell>ward, ward>commission' */
const legs = (question: RouteQuestion): string =>
  routeOf(question)
    .legs.map(({ from, to }) => `${from.id}>${to.id}`)
    .join(', ')

const refused = (question: RouteQuestion): string | undefined => refusalOf(() => routeOf(question))?.code

const fromWard: Chain = [CELL, WARD, CITY]
const toFarWard: Chain = [FAR_CELL, FAR_WARD, CITY]
const OTHER_CITY = aPlace('other-city', 'province')

describe('under 208-QĐ/TW, wards directly under the city', () => {
  it('ward to ward goes through the organisation commission', () => {
    const route = routeOf(ask(fromWard, toFarWard))
    expect(legs(ask(fromWard, toFarWard))).toBe('cell>ward, ward>commission, commission>far-ward')
    expect(route).toMatchObject({ kind: 'official', receiver: FAR_WARD })
  })

  it('goes directly where the setting lets wards of one city refer to each other', () => {
    expect(legs(ask(fromWard, toFarWard, { withinProvince: 'direct' }))).toBe('cell>ward, ward>far-ward')
  })

  it('the setting reaches no further than the city', () => {
    const away: Chain = [FAR_CELL, FAR_WARD, OTHER_CITY]
    expect(legs(ask(fromWard, away, { withinProvince: 'direct' }))).toBe(
      'cell>ward, ward>commission, commission>far-ward',
    )
  })

  it('the setting does not shorten the way to an organisation under another direct superior', () => {
    const toSchool: Chain = [SCHOOL_CELL, SCHOOL, COMMUNE, CITY]
    expect(legs(ask(fromWard, toSchool, { withinProvince: 'direct' }))).toBe(
      'cell>ward, ward>commission, commission>school',
    )
  })

  it('an intermediate committee has its own box', () => {
    expect(legs(ask([CELL, PART, WARD, CITY], toFarWard))).toBe(
      'cell>part, part>ward, ward>commission, commission>far-ward',
    )
  })

  it('a grassroots cell refers as both: one box before the commission', () => {
    const grassrootsCell = aPlace('grassroots-cell', 'grassroots')
    expect(legs(ask([grassrootsCell, CITY], toFarWard))).toBe(
      'grassroots-cell>commission, commission>far-ward',
    )
  })

  it('a committee that the registry still calls grassroots under such a ward is inside it', () => {
    const inner = aPlace('inner', 'grassroots')
    expect(legs(ask([CELL, inner, WARD, CITY], toFarWard))).toBe(
      'cell>inner, inner>ward, ward>commission, commission>far-ward',
    )
    expect(routeOf(ask(fromWard, [FAR_CELL, inner, FAR_WARD, CITY])).receiver).toBe(FAR_WARD)
    const inside = ask([CELL, inner, WARD, CITY], [NEAR_CELL, WARD, CITY])
    expect(routeOf(inside).kind).toBe('internal')
    expect(legs(inside)).toBe('cell>inner, inner>ward, ward>near-cell')
  })

  it('the destination may be the ward itself: it assigns a cell later', () => {
    expect(routeOf(ask(fromWard, [FAR_WARD, CITY])).receiver).toBe(FAR_WARD)
  })
})

describe('inside one grassroots organisation', () => {
  it('the ward refers to the cell, through an intermediate committee of the origin', () => {
    expect(legs(ask(fromWard, [NEAR_CELL, WARD, CITY]))).toBe('cell>ward, ward>near-cell')
    expect(legs(ask([CELL, PART, WARD, CITY], [NEAR_CELL, WARD, CITY]))).toBe(
      'cell>part, part>ward, ward>near-cell',
    )
    expect(routeOf(ask(fromWard, [NEAR_CELL, PART, WARD, CITY]))).toMatchObject({
      kind: 'internal',
      receiver: WARD,
    })
  })

  it('needs a cell, and another one', () => {
    expect(refused(ask(fromWard, fromWard))).toBe('transfer.same-cell')
    expect(refused(ask(fromWard, [WARD, CITY]))).toBe('transfer.choose-cell')
    expect(refused(ask(fromWard, [PART, WARD, CITY]))).toBe('transfer.choose-cell')
  })

  it('needs no commission', () => {
    expect(refused(ask(fromWard, [NEAR_CELL, WARD, CITY], { commission: undefined }))).toBeUndefined()
  })
})

describe('under 294-QĐ/TW, communes directly above grassroots organisations', () => {
  const fromSchool: Chain = [SCHOOL_CELL, SCHOOL, COMMUNE, CITY]

  it('inside one direct superior the grassroots committee refers by itself', () => {
    expect(legs(ask(fromSchool, [CLINIC, COMMUNE, CITY]))).toBe('school-cell>school, school>clinic')
  })

  it('out of it the direct superior refers, in the province and beyond', () => {
    const way = 'school-cell>school, school>commune, commune>far-school'
    expect(legs(ask(fromSchool, [FAR_SCHOOL, FAR_COMMUNE, CITY]))).toBe(way)
    expect(legs(ask(fromSchool, [FAR_SCHOOL, FAR_COMMUNE, OTHER_CITY]))).toBe(way)
    expect(legs(ask(fromSchool, [FAR_SCHOOL, FAR_COMMUNE, CITY], { commission: undefined }))).toBe(way)
  })

  it('a cell that sits in the commune, with no grassroots organisation, has nobody who may refer', () => {
    expect(refused(ask([SCHOOL_CELL, COMMUNE, CITY], toFarWard))).toBe('transfer.no-grassroots')
    expect(refused(ask(fromWard, [COMMUNE, CITY]))).toBe('transfer.no-grassroots')
    expect(refused(ask(fromWard, [CITY]))).toBe('transfer.no-grassroots')
    expect(refused(ask([], toFarWard))).toBe('transfer.no-grassroots')
  })
})

describe('what nobody may refer', () => {
  it.each([
    ['armedForces', 'transfer.armed-forces'],
    ['abroad', 'transfer.abroad'],
  ] as const)('%s, anywhere above the origin or the destination', (mark, code) => {
    const marked = (chain: Chain, index: number): Chain =>
      chain.map((place, each) => (each === index ? { ...place, [mark]: true } : place))
    for (const index of [0, 1, 2]) {
      expect(refused(ask(marked(fromWard, index), toFarWard))).toBe(code)
      expect(refused(ask(fromWard, marked(toFarWard, index)))).toBe(code)
    }
  })

  it('says which organisation lacks its commission or its superior', () => {
    expect(refused(ask(fromWard, toFarWard, { commission: undefined }))).toBe('transfer.no-commission')
    expect(refused(ask([CELL, WARD], toFarWard))).toBe('transfer.no-superior')
    expect(refused(ask(fromWard, [FAR_CELL, FAR_WARD]))).toBe('transfer.no-superior')
  })

  it('the last letter needs a seal', () => {
    const bare = { ...COMMISSION, hasSeal: false }
    expect(refused(ask(fromWard, toFarWard, { commission: bare }))).toBe('transfer.no-seal-at-last')
    const bareWard = { ...WARD, hasSeal: false }
    expect(refused(ask([CELL, bareWard, CITY], [NEAR_CELL, bareWard, CITY]))).toBe('transfer.no-seal-at-last')
  })
})
