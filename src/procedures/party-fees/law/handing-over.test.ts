/** What becomes of balances: nothing is lost, whoever takes over, and a merger taken back gives each what it brought. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharesOf } from './handing-over.ts'

const heir = (id: string, gaveVnd = 0) => ({ id, gaveVnd })
const said = (...args: Parameters<typeof sharesOf>) =>
  sharesOf(...args).map((share) => `${share.heir} ${share.balanceVnd}`)

describe('shares of a balance', () => {
  it('go whole to the only heir, a debit or a credit', () => {
    expect(said(500, [heir('a')])).toEqual(['a 500'])
    expect(said(-500, [heir('a')])).toEqual(['a -500'])
  })

  it('go whole to the first of several that gave nothing', () => {
    expect(said(500, [heir('a'), heir('b')])).toEqual(['a 500'])
  })

  it('give back what each brought, and the rest to the first', () => {
    expect(said(500, [heir('a', 100), heir('b', 150)])).toEqual(['a 350', 'b 150'])
    expect(said(-500, [heir('a', -100), heir('b', -150)])).toEqual(['a -350', 'b -150'])
  })

  it('give back no more than there is, to those first in rank', () => {
    expect(said(120, [heir('a'), heir('b', 100), heir('c', 100)])).toEqual(['b 100', 'c 20'])
  })

  it('nothing of the other side: a debit is not answered by a credit', () => {
    expect(said(500, [heir('a'), heir('b', -100)])).toEqual(['a 500'])
  })

  it('are none where there is nothing, or nobody', () => {
    expect(said(0, [heir('a'), heir('b', 5)])).toEqual([])
    expect(said(500, [])).toEqual([])
  })

  it('always come to the balance', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 })
    fc.assert(
      fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 5 }), (balance, gave) => {
        const shares = sharesOf(
          balance,
          gave.map((gaveVnd, index) => heir(String(index), gaveVnd)),
        )
        expect(shares.reduce((sum, share) => sum + share.balanceVnd, 0)).toBe(balance)
        for (const share of shares) expect(Math.sign(share.balanceVnd)).toBe(Math.sign(balance))
      }),
    )
  })
})
