/** Payment keys: made, found in what banks make of them, and not found when damaged. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPaymentKeys, KEY_BYTES, makePaymentKey } from './payment-key.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const anyKey = fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES }).map(makePaymentKey)

test('a key is fifteen plain characters, the same for the same bytes', () => {
  const key = makePaymentKey(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
  expect(key).toMatch(/^DP[0-9A-HJKMNP-TV-Z]{13}$/)
  expect(makePaymentKey(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toBe(key)
  expect(() => makePaymentKey(Uint8Array.of(1))).toThrow(RangeError)
})

test('all bits but the first four make another key', () => {
  const bytes = new Uint8Array(KEY_BYTES)
  const keys = Array.from({ length: 64 }, (_, bit) => {
    const changed = Uint8Array.from(bytes)
    changed[bit >> 3] = 128 >> (bit & 7)
    return makePaymentKey(changed)
  })
  expect(new Set([...keys, makePaymentKey(bytes)]).size).toBe(61)
})

const KEY = makePaymentKey(Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2))

test.each([
  KEY,
  KEY.toLowerCase(),
  `MBVCB.3278907687.${KEY}.CT tu 0123456789 NGUYEN VAN A toi 113366668888`,
  `IBFT ${KEY.slice(0, 5)} ${KEY.slice(5, 9)}-${KEY.slice(9)} FT26330123456789`,
  `QR - ${[...KEY].join(' ')}`,
  `dong dang phi ${KEY}`,
  `DPDP${KEY}`,
  `Đ${KEY.slice(1)}`,
  `${KEY}${KEY}`,
])('found in %s', (content) => {
  expect(findPaymentKeys(content)).toEqual([KEY])
})

test('several keys are all found, none where there is none', () => {
  const other = makePaymentKey(Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1))
  expect(findPaymentKeys(`${KEY} va ${other}`)).toEqual([KEY, other])
  expect(findPaymentKeys('dong dang phi thang 11')).toEqual([])
  expect(findPaymentKeys(KEY.slice(0, -1))).toEqual([])
  expect(findPaymentKeys('')).toEqual([])
})

test('found whatever stands around it and wherever it was cut', () => {
  const junk = fc.stringMatching(/^[ .,:;/_-]{0,3}$/)
  fc.assert(
    fc.property(
      anyKey,
      fc.string(),
      fc.string(),
      fc.array(junk, { minLength: 15, maxLength: 15 }),
      (key, before, after, between) => {
        const cut = [...key].map((character, place) => character + between[place]).join('')
        expect(findPaymentKeys(`${before} ${cut} ${after}`)).toContain(key)
      },
    ),
  )
})

test('one wrong character is never accepted', () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      for (let at = 2; at < key.length; at += 1)
        for (const character of ALPHABET)
          if (character !== key[at])
            expect(findPaymentKeys(key.slice(0, at) + character + key.slice(at + 1))).toEqual([])
    }),
    { numRuns: 20 },
  )
})

test('two characters that changed places are never accepted, neighbours or not', () => {
  fc.assert(
    fc.property(anyKey, fc.integer({ min: 2, max: 14 }), fc.integer({ min: 2, max: 14 }), (key, a, b) => {
      fc.pre(key[a] !== key[b])
      const characters = [...key]
      ;[characters[a], characters[b]] = [characters[b]!, characters[a]!]
      expect(findPaymentKeys(characters.join(''))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('of bodies made by chance, one in 32 passes the check', () => {
  const runs = 32_000
  let passed = 0
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-CE-HJKMNQ-TV-Z]{13}$/), (body) => {
      passed += findPaymentKeys(`DP${body}`).length
    }),
    { numRuns: runs, seed: 20261126 },
  )
  expect(passed / runs).toBeGreaterThan(0.025)
  expect(passed / runs).toBeLessThan(0.038)
})
