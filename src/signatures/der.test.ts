/** DER (ITU-T X.690): written in its one form, read only in that form. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bits,
  childrenOf,
  DerError,
  integer,
  octets,
  oid,
  readNode,
  readOid,
  readOnly,
  readTime,
  sequence,
  setOf,
  time,
} from './der.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('X.690, 8.3, 8.19, 11.6: known encodings', () => {
  expect(hex(integer(0))).toBe('020100')
  expect(hex(integer(127))).toBe('02017f')
  expect(hex(integer(128))).toBe('02020080')
  expect(hex(integer(Uint8Array.of(0, 0, 1)))).toBe('020101')
  expect(hex(oid('1.2.840.113549.1.7.2'))).toBe('06092a864886f70d010702')
  expect(hex(bits(Uint8Array.of(0xc0), 6))).toBe('030206c0')
  expect(hex(setOf(integer(2), integer(1)))).toBe('3106020101020102')
  expect(hex(sequence(octets(new Uint8Array(200))))).toMatch(/^3081cb0481c8/)
})

test('RFC 5280, 4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050', () => {
  for (const at of ['2026-08-05T02:12:33Z', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z']) {
    expect(readTime(readOnly(time(new Date(at))))).toEqual(new Date(at))
  }
  expect(time(new Date('2049-12-31T00:00:00Z'))[0]).toBe(0x17)
  expect(time(new Date('2050-01-01T00:00:00Z'))[0]).toBe(0x18)
})

test('X.690, 10.1: a length in any but its shortest form is refused', () => {
  for (const wrong of ['0281017f', '028200017f', '3080', '0204', '02850000000001', '1f01', '02']) {
    expect(() => readNode(Buffer.from(wrong, 'hex')), wrong).toThrow(DerError)
  }
  expect(() => readOnly(Buffer.from('02017f00', 'hex'))).toThrow(DerError)
})

test('object identifiers go both ways', () => {
  const arcs = fc.tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(1_000_000), { maxLength: 8 }))
  fc.assert(
    fc.property(arcs, ([first, second, rest]) => {
      const dotted = [first, second, ...rest].join('.')
      return readOid(readOnly(oid(dotted))) === dotted
    }),
  )
})

test('any bytes: elements or a DerError, nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        const node = readOnly(bytes)
        childrenOf(node)
        readOid(node)
      } catch (error) {
        expect(error).toBeInstanceOf(DerError)
      }
    }),
    { numRuns: 2000 },
  )
})
