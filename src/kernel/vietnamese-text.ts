/** Vietnamese words and names: one normal form, search without diacritics, the order of name lists, masked numbers. */

/** The one form in which text is stored (Unicode NFC: dựng sẵn). */
export function nfc(text: string): string {
  return text.normalize('NFC')
}

/**
 * Characters that print nothing and come along when lists are pasted: zero-width, soft hyphen, direction marks. Those that
 * turn the reading direction could make a signed paper read otherwise than it was written.
 */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu

/** NFC, nothing invisible, one blank between words, none at the ends. */
export function tidyText(text: string): string {
  return nfc(text).replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim()
}

/** What somebody wrote over several lines: NFC, nothing invisible, no control character but line and tab. */
export function tidyLines(text: string): string {
  return nfc(text).replaceAll('\r\n', '\n').replace(INVISIBLE, '').replace(CONTROLS, '').trim()
}

/**
 * What a search compares: without diacritics, lower case, single blanks ('NGUYỄN  ĐÌNH HẢO' → 'nguyen dinh hao').
 * Old and new tone places (oà/òa, uỷ/ủy) fold alike. đ and its look-alike ð do not decompose and are replaced by hand.
 */
export function foldName(name: string): string {
  return tidyText(name).toLowerCase().replace(/[đð]/gu, 'd').normalize('NFD').replace(/\p{M}/gu, '')
}

/** 'NGUYỄN  ĐÌNH HẢO' → 'Nguyễn Đình Hảo'; a letter after an apostrophe or hyphen is a capital too (H'Hen Niê). */
export function titleCaseName(name: string): string {
  return tidyText(name)
    .toLowerCase()
    .replace(/(^|[\s'’ʼ-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}

/** The six tones in dictionary order: ngang 1, huyền 2, hỏi 3, ngã 4, sắc 5, nặng 6. */
const TONES: Readonly<Record<string, string>> = {
  '\u0300': '2',
  '\u0309': '3',
  '\u0303': '4',
  '\u0301': '5',
  '\u0323': '6',
}

/** Marks that make another letter, which follows its plain one: ă after a, â after ă; đ after d; ê; ô, ơ; ư. */
const LETTER_MARKS: Readonly<Record<string, string>> = {
  'a\u0306': '{',
  'a\u0302': '|',
  'e\u0302': '{',
  'o\u0302': '{',
  'o\u031b': '|',
  'u\u031b': '{',
}

/**
 * The key of one word: its letters, then its tone, all ASCII. A letter with a mark is the plain one followed by '{' or
 * '|', which come after z; the tone is a digit, which comes before every letter. A number goes by its size.
 */
function wordKey(word: string): string {
  if (/^[0-9]+$/.test(word)) {
    const digits = word.replace(/^0+(?=.)/, '')
    return String(digits.length).padStart(2, '0') + digits
  }
  let letters = ''
  let tone = '1'
  let base = ''
  for (const character of word.toLowerCase().replace(/[đð]/gu, 'd{').normalize('NFD')) {
    if (/[a-z0-9{]/.test(character)) letters += base = character
    else if (TONES[character] !== undefined) tone = TONES[character]
    else if (LETTER_MARKS[base + character] !== undefined) letters += LETTER_MARKS[base + character]
    else if (/[\p{L}\p{N}]/u.test(character)) letters += `}${character.codePointAt(0)?.toString(16)}`
  }
  return letters + tone
}

/**
 * The key by which Vietnamese lists of people are sorted: given name (the last word), then family name, then the middle
 * names; alphabet a ă â b c d đ e ê …, tones ngang huyền hỏi ngã sắc nặng. Order the keys by their bytes.
 */
export function nameSortKey(name: string): string {
  const words = tidyText(name).split(' ')
  const given = words.pop() ?? ''
  return [given, ...words].map(wordKey).join(' ').trim()
}

/** The key by which titles are sorted, read from left to right, numbers by size ('khu phố 3' before 'khu phố 10'). */
export function titleSortKey(title: string): string {
  return tidyText(title).split(' ').map(wordKey).join(' ')
}

/**
 * A personal ID or card number as it is shown when the task does not need it whole: '038085001212' → '0380******12'
 * (domain G.4). Shorter than 9 characters nothing is shown: too little would be hidden.
 */
export function maskDigits(number: string): string {
  const text = number.trim()
  if (text.length < 9) return '*'.repeat(text.length)
  return text.slice(0, 4) + '*'.repeat(text.length - 6) + text.slice(-2)
}
