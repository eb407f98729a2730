/** What money may have been meant for: sums to the đồng, names as banks write them, keys with one character wrong, and their order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addingUp } from './adding-up.ts'
import { holdsName, nearlyHolds, proposalsFor, type OpenOrder, type Person } from './proposals.ts'

const KEY = 'DP7K2M9QX4HTB8R'
const lines = (memberId: string, ...amounts: number[]) =>
  amounts.map((amountVnd, place) => ({ memberId, period: `2026-0${place + 1}-01`, number: 0, amountVnd }))
const order = (more: Partial<OpenOrder> = {}): OpenOrder => ({
  id: 'o',
  key: KEY,
  payerId: 'sau',
  payerName: 'Nguyễn Thị Sáu',
  amountVnd: 30,
  whole: true,
  lines: lines('six', 10, 20),
  ...more,
})
const person = (memberId: string, fullName: string, ...amounts: number[]): Person => ({
  memberId,
  fullName,
  lines: lines(memberId, ...amounts),
})

describe('adding up', () => {
  const amounts = (some: readonly number[], sum: number) =>
    addingUp(lines('m', ...some), sum)?.map(({ amountVnd }) => amountVnd)

  test('the earliest that make up the amount to the đồng, or none', () => {
    expect(amounts([10, 10, 20], 20)).toEqual([10, 10])
    expect(amounts([30, 10, 20], 30)).toEqual([30])
    expect(amounts([10, 20], 31)).toBe(undefined)
    expect(amounts([10, 20], 29)).toBe(undefined)
    expect(amounts([], 0)).toBe(undefined)
    expect(amounts([0, 5], 5)).toEqual([5])
    expect(amounts([5], -5)).toBe(undefined)
  })

  test('as every choice tried one by one says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }), fc.nat(40), (some, sum) => {
        const sums = new Set(
          Array.from({ length: 2 ** some.length }, (_, mask) =>
            some.reduce((total, each, place) => total + (mask & (1 << place) ? each : 0), 0),
          ),
        )
        const found = amounts(some, sum)
        expect(found !== undefined).toBe(sum > 0 && sums.has(sum))
        if (found) expect(found.reduce((total, each) => total + each, 0)).toBe(sum)
      }),
    )
  })

  test('too many sums are not tried to the end', () => {
    const many = Array.from({ length: 40 }, (_, place) => 1_000_003 * 2 ** (place % 20) + place)
    expect(amounts(many, 10 ** 15)).toBe(undefined)
  })
})

test.each([
  ['CT DEN NGUYEN THI SAU nop', 'Nguyễn Thị Sáu', true],
  ['MBVCB.nguyenthisau-DP', 'Nguyễn Thị Sáu', true],
  ['NGUYEN THI SAUMUOI', 'Nguyễn Thị Sáu', true],
  ['le an khang nop', 'Lê An', true],
  ['tuyen le ansao', 'Lê An', false],
  ['DANG VAN DO chuyen', 'Đặng Văn Đô', true],
  ['Nguyen Sau', 'Nguyễn Thị Sáu', false],
  ['sau', 'Sáu', false],
  ['', 'Lê An', false],
])('%s holds %s: %s', (content, name, expected) => {
  expect(holdsName(content, name)).toBe(expected)
})

describe('keys', () => {
  test('one character wrong, lost or too many, at any place; blanks and capitals do not matter', () => {
    for (let at = 0; at < KEY.length; at += 1) {
      const [before, after] = [KEY.slice(0, at), KEY.slice(at + 1)]
      for (const wrong of [
        `${before}#${after}`.replace('#', '1'),
        before + after,
        `${before}Z${KEY[at]}${after}`,
      ])
        expect(nearlyHolds(`ct ${wrong.toLowerCase().slice(0, 6)} ${wrong.slice(6)} tu 9`, KEY), wrong).toBe(
          true,
        )
    }
    expect(nearlyHolds(KEY, KEY)).toBe(true)
  })

  test('two wrong, another key, nothing', () => {
    expect(nearlyHolds(KEY.replace('K2', 'ZZ'), KEY)).toBe(false)
    expect(nearlyHolds('DP0000000000000', KEY)).toBe(false)
    expect(nearlyHolds(KEY.slice(0, 13), KEY)).toBe(false)
    expect(nearlyHolds('', KEY)).toBe(false)
  })
})

describe('proposals', () => {
  const ask = (amountVnd: number, content: string, more: Partial<Parameters<typeof proposalsFor>[1]> = {}) =>
    proposalsFor({ amountVnd, content }, { orders: [], people: [], ...more })

  test('over-paid: the order it names, and the rest stays', () => {
    const [first] = proposalsFor(
      { amountVnd: 35, content: KEY, orderId: 'o' },
      { orders: [order()], people: [] },
    )
    expect(first).toMatchObject({ kind: 'order', amountVnd: 30, why: ['named'] })
  })

  test('under-paid: those of its lines that add up; none where none do', () => {
    const of = (amountVnd: number) =>
      proposalsFor({ amountVnd, content: KEY, orderId: 'o' }, { orders: [order()], people: [] })
    expect(of(20)).toMatchObject([{ kind: 'lines', amountVnd: 20, lines: [{ period: '2026-02-01' }] }])
    expect(of(19)).toEqual([])
  })

  test('already paid in part: the open lines that add up', () => {
    const taken = order({ whole: false, lines: lines('six', 10) })
    expect(
      proposalsFor({ amountVnd: 10, content: '', orderId: 'o' }, { orders: [taken], people: [] }),
    ).toMatchObject([{ kind: 'lines', lines: [{ amountVnd: 10 }] }])
  })

  test('already paid in part, and more than what is open: all that is open, and the rest stays', () => {
    const taken = order({ whole: false, lines: lines('six', 10) })
    const ask = (amountVnd: number, orderId?: string) =>
      proposalsFor({ amountVnd, content: '', orderId }, { orders: [taken], people: [] })
    expect(ask(30, 'o')).toMatchObject([{ kind: 'lines', lines: [{ amountVnd: 10 }], amountVnd: 10 }])
    expect(ask(30)).toEqual([])
    expect(
      proposalsFor(
        { amountVnd: 30, content: '', orderId: 'o' },
        { orders: [{ ...taken, lines: [] }], people: [] },
      ),
    ).toEqual([])
  })

  test('a key nearly right before a name, a name before the same amount', () => {
    const found = ask(30, `NGUYEN THI BAY ${KEY.replace('7', '1')}`, {
      orders: [order(), order({ id: 'other', key: 'DP0000000000000', lines: lines('x', 30) })],
      people: [person('seven', 'Nguyễn Thị Bảy', 10, 20, 40), person('eight', 'Lê Tám', 30)],
    })
    expect(found.map(({ why }) => why)).toEqual([
      ['key-nearly', 'amount'],
      ['name', 'amount'],
      ['amount'],
      ['amount'],
    ])
  })

  test('an order of more than there is is not proposed for its amount; a name whose lines do not add up neither', () => {
    expect(
      ask(29, 'NGUYEN THI SAU', { orders: [order()], people: [person('six', 'Nguyễn Thị Sáu', 10, 20)] }),
    ).toEqual([])
    expect(ask(10, 'khong ten', { people: [person('six', 'Nguyễn Thị Sáu', 10, 20)] })).toEqual([])
  })

  test('the same lines by an order and by the name are one proposal', () => {
    const found = ask(30, 'NGUYEN THI SAU', {
      orders: [order()],
      people: [person('six', 'Nguyễn Thị Sáu', 10, 20)],
    })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ kind: 'order', why: ['name', 'amount'] })
  })

  test('no more than one looks through', () => {
    const people = Array.from({ length: 20 }, (_, place) => person(`m${place}`, `Lê Người ${place}`, 30))
    expect(ask(30, '', { people })).toHaveLength(8)
  })
})
