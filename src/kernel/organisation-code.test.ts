/** Organisation codes: dotted or not, nothing in between. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grassrootsPrefix, isOrganisationCode, parseOrganisationCode } from './organisation-code.ts'
import { refusalOf } from './refusal.ts'

describe('an organisation code', () => {
  it.each([
    ['38168053000001', '38.168.053.000.001'],
    ['38.168.053.000.001', '38.168.053.000.001'],
    [' 79.021.000.000.000 ', '79.021.000.000.000'],
    ['00000000000000', '00.000.000.000.000'],
  ])('%j is %s', (text, code) => {
    expect(parseOrganisationCode(text)).toBe(code)
    expect(isOrganisationCode(text)).toBe(true)
  })

  it.each([
    '',
    '3816805300001',
    '381680530000011',
    '38.168053.000.001',
    '38.168.053.000001',
    '38.168.053.000.001.',
    '.38.168.053.000.001',
    '38-168-053-000-001',
    '38 168 053 000 001',
    '3.8168.053.000.001',
    '38.168.053.000.00A',
    '38.168.053.000.001\n38',
    '３８168053000001',
  ])('%j is none', (text) => {
    expect(isOrganisationCode(text)).toBe(false)
    expect(refusalOf(() => parseOrganisationCode(text))).toMatchObject({
      kind: 'invalid',
      code: 'organisation-code.invalid',
    })
  })

  it('of fourteen digits is the same dotted and not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{14}$/), (digits) => {
        const code = parseOrganisationCode(digits)
        expect(code).toMatch(/^\d{2}\.\d{3}\.\d{3}\.\d{3}\.\d{3}$/)
        expect(code.replaceAll('.', '')).toBe(digits)
        expect(parseOrganisationCode(code)).toBe(code)
        expect(code.startsWith(`${grassrootsPrefix(digits)}.`)).toBe(true)
      }),
    )
  })

  it('names its grassroots organisation by the first three groups', () => {
    expect(grassrootsPrefix('38.168.053.000.001')).toBe('38.168.053')
    expect(refusalOf(() => grassrootsPrefix('38.168'))?.code).toBe('organisation-code.invalid')
  })
})
