/** Vietnamese names: folding, the order of lists, capitals and masks, over every letter and tone of the language. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  foldName,
  maskDigits,
  nameSortKey,
  nfc,
  tidyText,
  titleCaseName,
  titleSortKey,
} from './vietnamese-text.ts'

const ALPHABET = 'a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y'.split(' ')
const VOWELS = 'a ă â e ê i o ô ơ u ư y'.split(' ')
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const toned = (vowel: string) => TONES.map((tone) => nfc(vowel + tone))

const letter = fc.constantFrom(...ALPHABET, ...VOWELS.flatMap(toned))
const word = fc.array(letter, { minLength: 1, maxLength: 6 }).map((letters) => letters.join(''))
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))

/** How the registry orders: keys by their bytes. */
function inOrder(names: readonly string[], key: (name: string) => string): string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))))
}

/** A fixed disorder, so that sorting has something to do. */
function disordered(names: readonly string[]): string[] {
  return [...names]
    .reverse()
    .filter((_, n) => n % 2 === 0)
    .concat([...names].filter((_, n) => (names.length - 1 - n) % 2 === 1))
}

describe('text as it is stored', () => {
  it('is composed, without blanks at the ends or things nobody sees', () => {
    expect(nfc('Nguye\u0302\u0303n')).toBe('Nguyễn')
    expect(tidyText('\ufeff  Nguye\u0302\u0303n\u00a0\u00a0Đình\u200b\tHảo\n')).toBe('Nguyễn Đình Hảo')
    expect(tidyText('   ')).toBe('')
  })
})

describe('a folded name', () => {
  it.each([
    ['NGUYỄN ĐÌNH HẢO', 'nguyen dinh hao'],
    ['  Nguyễn \u00a0 Đình\tHảo ', 'nguyen dinh hao'],
    ['Hoà', 'hoa'],
    ['Hòa', 'hoa'],
    ['ĐẢNG UỶ', 'dang uy'],
    ['Đảng ủy', 'dang uy'],
    ['Ðặng Văn Ðức', 'dang van duc'],
    ["H'Hen Niê", "h'hen nie"],
    ['Chi bộ khu phố 19', 'chi bo khu pho 19'],
    ['', ''],
  ])('%j → %j', (text, folded) => {
    expect(foldName(text)).toBe(folded)
  })

  it('of every Vietnamese letter is one of 22 plain ones', () => {
    const folded = [...ALPHABET, ...VOWELS.flatMap(toned)].flatMap((l) => [
      foldName(l),
      foldName(l.toUpperCase()),
    ])
    expect([...new Set(folded)].sort().join('')).toBe('abcdeghiklmnopqrstuvxy')
    expect(VOWELS.flatMap(toned)).toHaveLength(72)
  })

  it('is the same for composed, decomposed, capital and widely spaced spellings, and for itself', () => {
    fc.assert(
      fc.property(name, (text) => {
        const folded = foldName(text)
        expect(folded).toMatch(/^[a-z]+( [a-z]+)*$/)
        expect(foldName(text.normalize('NFD'))).toBe(folded)
        expect(foldName(text.toUpperCase())).toBe(folded)
        expect(foldName(` ${text.replaceAll(' ', '  ')} `)).toBe(folded)
        expect(foldName(folded)).toBe(folded)
      }),
    )
  })
})

describe('the order of a list of people', () => {
  it('is by given name, then family name, then middle names', () => {
    const sorted = [
      'Nguyễn An',
      'Nguyễn Bình An',
      'Nguyễn Văn An',
      'Trần An',
      'Lê Văn Ánh',
      'Bùi Bình',
      'Trần Thị Dung',
      'Phạm Đào',
      'Đặng Văn Hà',
      'Nguyễn Đình Hảo',
      'Hoàng Hoa',
      'Lý Hòa',
      'Mai Hoan',
      'Đỗ Văn Tám',
      'Vũ Thị Tấm',
    ]
    expect(inOrder(disordered(sorted), nameSortKey)).toEqual(sorted)
  })

  it('follows the alphabet', () => {
    expect(inOrder(disordered(ALPHABET), nameSortKey)).toEqual(ALPHABET)
    const withOneMore = ALPHABET.map((l) => `${l}z`)
    expect(inOrder(disordered(withOneMore), nameSortKey)).toEqual(withOneMore)
  })

  it('follows the tones, after the letters: all of "hoa" come before "hoan"', () => {
    for (const vowel of VOWELS) {
      expect(inOrder(disordered(toned(vowel)), nameSortKey)).toEqual(toned(vowel))
    }
    const sorted = [
      'hoa',
      'hòa',
      'hỏa',
      'hõa',
      'hóa',
      'họa',
      'hoan',
      'hoàn',
      'hoạn',
      'hoang',
      'hoăng',
      'hô',
      'hồ',
      'hơ',
    ]
    expect(inOrder(disordered(sorted), nameSortKey)).toEqual(sorted)
  })

  it('puts d before đ, a before ă before â, whatever follows', () => {
    const sorted = ['Dy', 'Đan', 'Lan', 'Lăn', 'Lân']
    expect(inOrder(disordered(sorted), nameSortKey)).toEqual(sorted)
  })

  it('does not mind where the tone mark stands', () => {
    expect(nameSortKey('Lê Thị Hoà')).toBe(nameSortKey('Lê Thị Hòa'))
    expect(nameSortKey('Phan Thuỷ')).toBe(nameSortKey('Phan Thủy'))
    expect(nameSortKey('NGUYỄN  ĐÌNH HẢO')).toBe(nameSortKey('Nguyễn Đình Hảo'.normalize('NFD')))
  })

  it('agrees with a comparison letter by letter and tone by tone', () => {
    const letterRank = new Map(ALPHABET.map((l, n) => [l, n + 1]))
    const split = (text: string) => {
      let tone = 0
      const letters = [...text].map((l) => {
        const vowel = VOWELS.find((v) => toned(v).includes(l))
        if (vowel === undefined) return letterRank.get(l) ?? 0
        tone = toned(vowel).indexOf(l) || tone
        return letterRank.get(vowel) ?? 0
      })
      return [...letters, 0, tone]
    }
    const compareLists = (a: number[], b: number[]): number => {
      for (let n = 0; n < Math.min(a.length, b.length); n++) {
        const difference = (a[n] ?? 0) - (b[n] ?? 0)
        if (difference !== 0) return Math.sign(difference)
      }
      return 0
    }
    fc.assert(
      fc.property(word, word, (a, b) => {
        const byBytes = Buffer.compare(Buffer.from(nameSortKey(a)), Buffer.from(nameSortKey(b)))
        expect(byBytes).toBe(compareLists(split(a), split(b)))
      }),
      { numRuns: 2000 },
    )
  })

  it('is a key of printable ASCII, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'binary' })), (text) => {
        expect(nameSortKey(text)).toMatch(/^[\x20-\x7e]*$/)
        expect(titleSortKey(text)).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
    expect(nameSortKey('')).not.toBe(nameSortKey('An'))
    expect(nameSortKey('王')).not.toBe(nameSortKey('李'))
  })

  it('of titles goes from left to right, numbers by size', () => {
    const sorted = [
      'Chi bộ Công an',
      'Chi bộ khu phố 3',
      'Chi bộ khu phố 10',
      'Chi bộ khu phố 19',
      'Chi bộ Quân sự',
      'Đảng bộ',
    ]
    expect(inOrder(disordered(sorted), titleSortKey)).toEqual(sorted)
    expect(titleSortKey('Tổ 03')).toBe(titleSortKey('Tổ 3'))
  })
})

describe('capitals', () => {
  it.each([
    ['NGUYỄN  ĐÌNH HẢO', 'Nguyễn Đình Hảo'],
    ['nguyễn đình hảo', 'Nguyễn Đình Hảo'],
    ['ÂU ÁI ÁNH', 'Âu Ái Ánh'],
    ["H'HEN NIÊ", "H'Hen Niê"],
    ['y-bhiêm niê kđăm', 'Y-Bhiêm Niê Kđăm'],
    ['Nguye\u0302\u0303n', 'Nguyễn'],
    ['', ''],
  ])('%j → %j', (text, expected) => {
    expect(titleCaseName(text)).toBe(expected)
  })

  it('settle after one pass and do not change the folded name', () => {
    fc.assert(
      fc.property(name, (text) => {
        const cased = titleCaseName(text.toUpperCase())
        expect(titleCaseName(cased)).toBe(cased)
        expect(foldName(cased)).toBe(foldName(text))
        expect(cased).toBe(nfc(cased))
      }),
    )
  })
})

describe('a masked number', () => {
  it.each([
    ['038085001212', '0380******12'],
    [' 038085001212 ', '0380******12'],
    ['123456789', '1234***89'],
    ['12345678', '********'],
    ['12', '**'],
    ['', ''],
  ])('%j is shown as %j', (number, shown) => {
    expect(maskDigits(number)).toBe(shown)
  })

  it('never shows more than six characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,20}$/), (number) => {
        const shown = maskDigits(number)
        expect(shown).toHaveLength(number.length)
        expect(shown.replaceAll('*', '').length).toBeLessThanOrEqual(6)
      }),
    )
  })
})
