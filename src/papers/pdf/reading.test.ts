/** PDF syntax, read and written (ISO 32000-2, 7.2–7.3). */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cursorOn, PdfSyntaxError, readIndirect, readValue } from './reading.ts'
import {
  bytesOf,
  dict,
  latinOf,
  name,
  readTextString,
  ref,
  sameValue,
  textString,
  writeValue,
  type PdfValue,
} from './values.ts'

const read = (text: string) => readValue(cursorOn(bytesOf(text)))

test('ISO 32000-2, 7.3: each kind of value', () => {
  expect(read('true')).toBe(true)
  expect(read('null')).toBe(null)
  expect(read('-.5')).toBe(-0.5)
  expect(read('/A#42 ')).toEqual(name('AB'))
  expect(read('12 0 R')).toEqual(ref(12))
  expect(read('[12 0 R 12 0]')).toEqual([ref(12), 12, 0])
  expect(latinOf((read('(a\\(b\\)\\101(c))') as { bytes: Uint8Array }).bytes)).toBe('a(b)A(c)')
  expect(latinOf((read('<48 656>') as { bytes: Uint8Array }).bytes)).toBe('He`')
  expect(read('<</A 1/B[/C]>> % comment')).toEqual(dict({ A: 1, B: [name('C')] }))
})

test('ISO 32000-2, 7.9.2.2: Vietnamese text survives as a text string', () => {
  for (const text of ['Số 07-GGT/ĐU', 'plain (ASCII)', 'Ễễ Ặặ Ữữ', '']) {
    expect(readTextString(readValue(cursorOn(writeValue(textString(text)))))).toBe(text)
  }
})

test('a key twice, a string without end, too deep nesting: refused', () => {
  for (const text of [
    '<</A 1/A 2>>',
    '(abc',
    '<41',
    '[1 2',
    '<</A',
    '1.2.3',
    '[[',
    '['.repeat(5000),
    '<4x>',
    '',
  ]) {
    expect(() => read(text)).toThrow(PdfSyntaxError)
  }
})

test('a stream may not run over what it was given', () => {
  const object = (length: number) =>
    cursorOn(bytesOf(`1 0 obj <</Length ${length}>> stream\nabc\nendstream endobj`))
  expect(readIndirect(object(3)).value).toMatchObject({ kind: 'stream' })
  expect(() => readIndirect(object(2))).toThrow(PdfSyntaxError)
  expect(() => readIndirect(object(3000))).toThrow(PdfSyntaxError)
})

const values: fc.Arbitrary<PdfValue> = fc.letrec<{ value: PdfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<PdfValue>(null, true, false),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.string().map((text) => name(text.replace(/[^\x01-\xff]/g, ''))),
    fc.string({ unit: 'binary' }).map(textString),
    fc.nat(9999).map((number) => ref(number)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .dictionary(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), tie('value'), { maxKeys: 4 })
      .map(dict),
  ),
})).value

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(values, (value) => sameValue(readValue(cursorOn(writeValue(value))), value)),
    { numRuns: 500 },
  )
})

test('any bytes: a value or a syntax error, nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readValue(cursorOn(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(PdfSyntaxError)
      }
    }),
    { numRuns: 2000 },
  )
})
