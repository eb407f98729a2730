/**
 * What a commune's predecessors (đơn vị hành chính trước sắp xếp) are called in prose: whole ones, parts, and what could not
 * be understood, word for word. Pure; a phrase it does not know is listed, never guessed.
 */
import { tidyText, titleSortKey } from '../../../kernel/vietnamese-text.ts'

/**
 * How much of it. 'people': part of the land with all the people; 'land': part of the land, of people nothing is said;
 * 'rest': what was left after other communes had their parts.
 */
export type Share = 'whole' | 'part' | 'people' | 'land' | 'rest'

export interface Named {
  /** the same for every way its name is written */
  readonly key: string
  /** 'Xã Hòa Bình (huyện Thường Tín)' */
  readonly name: string
  readonly share: Share
}

export interface Predecessors {
  /** 'giữ nguyên': the commune is its own predecessor */
  readonly kept: boolean
  readonly named: readonly Named[]
  /** what could not be understood, as it stands there */
  readonly unparsed: readonly string[]
}

/** What begins a list of parts; typos of the source included. A list of a later kind, or the words at its end, ends it. */
const INTRODUCTION =
  /(?:sắp xếp )?(?:(toàn bộ|một phần) diện tích (?:TN|tự nhiên)(?<people>,? (?<all>toàn b[ộố] )?quy mô dân số)?|(?<rest>phần còn lạ?a?i))(?: củ| của)*(?: các)?(?=[ ,]|$)/giu
const REARRANGED = /sau khi sắp xếp(?: theo quy định tại khoản \d+ Điều này)?$/iu
const BRACKET = /\s*\(([^()]*)\)$/u
const REST_OF = /^phần còn lại(?: sau khi sáp nhập vào .+)?$/iu
const WITHIN = /^(?:thuộc )?((?:huyện|quận|thành phố|thị xã) .+)$/iu
const NOTE = /^bao gồm /iu
const TYPED = /^(xã|phường|thị trấn|đặc khu|huyện)(?: (?:xã|phường|thị trấn))? (.+)$/iu
const NAME = /^[\p{Lu}\d][\p{L}\p{M}\d'’ -]*$/u
const NOT_A_NAME = / (?:xã|phường|thị trấn|của|phần|diện tích|sau|khu vực)( |$)/u
const TYPES: Readonly<Record<string, string>> = {
  xã: 'Xã',
  phường: 'Phường',
  'thị trấn': 'Thị trấn',
  'đặc khu': 'Đặc khu',
  huyện: 'Huyện',
}
/** stand for an introduction until the list is cut at its commas */
const MARK = '\u0001'

interface Piece {
  readonly text: string
  /** begins a list of this kind */
  readonly begins?: Share
}

interface Item {
  readonly piece: string
  readonly type: string | undefined
  readonly name: string
  within: string | undefined
  readonly share: Share
}

/** @param prose the column `predecessors_2025` of `data/administrative-units.csv` */
export function readPredecessors(prose: string): Predecessors {
  const text = tidyText(prose)
  if (text.toLowerCase() === 'giữ nguyên') return { kept: true, named: [], unparsed: [] }
  if (text === '') return { kept: false, named: [], unparsed: [''] }
  const unparsed: string[] = []
  const items: Item[] = []
  let share: Share = 'whole'
  for (const { text: piece, begins } of piecesOf(text)) {
    if (begins) share = begins
    const words = piece.replace(REARRANGED, '').trim()
    const item = words === '' ? undefined : itemOf(words, share)
    if (item) items.push(item)
    else if (words !== '') unparsed.push(words)
    if (words !== piece) share = 'whole'
  }
  giveTypes(items)
  giveDistricts(items)
  const named = items.flatMap((item) => {
    if (item.type !== undefined) return [namedBy(item, item.type)]
    unparsed.push(item.piece)
    return []
  })
  return { kept: false, named: onceEach(named), unparsed }
}

/** The list cut at its commas and 'và', brackets whole. */
function piecesOf(text: string): Piece[] {
  const shares: Share[] = []
  const marked = text.replace(INTRODUCTION, (...found) => {
    const [whole, how] = found as [string, string | undefined]
    const { people, all, rest } = found.at(-1) as Readonly<Record<string, string | undefined>>
    // Inside brackets the same words say something of the name before them.
    const before = text.slice(0, found.at(-3) as number)
    if (before.lastIndexOf('(') > before.lastIndexOf(')')) return whole
    shares.push(
      rest ? 'rest' : how?.toLowerCase() === 'toàn bộ' ? 'whole' : all ? 'people' : people ? 'part' : 'land',
    )
    return `,${MARK}`
  })
  return marked
    .split(/(?:,| và )(?![^(]*\))/u)
    .map((piece) => piece.trim().replace(/^và /u, ''))
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (!piece.startsWith(MARK)) return { text: piece }
      return { text: piece.slice(MARK.length).trim(), begins: shares.shift()! }
    })
}

/** undefined: not understood */
function itemOf(piece: string, listed: Share): Item | undefined {
  let words = piece
  let share = listed
  let within: string | undefined
  for (let found = BRACKET.exec(words); found; found = BRACKET.exec(words)) {
    const inside = found[1]!
    if (REST_OF.test(inside)) share = 'rest'
    else if (inside === 'một phần') share = 'part'
    else if (WITHIN.test(inside)) within = WITHIN.exec(inside)![1]!
    else if (!NOTE.test(inside)) return undefined
    words = words.slice(0, found.index)
  }
  words = words.replace(/^các /iu, '').replace(/^(.+) \1$/iu, '$1')
  const [, typed, rest] = TYPED.exec(words) ?? []
  const name = rest ?? words
  if (!NAME.test(name) || NOT_A_NAME.test(` ${name}`)) return undefined
  return { piece, type: typed === undefined ? undefined : TYPES[typed.toLowerCase()], name, within, share }
}

/** 'Phường A, B, C': where the first of a list alone names what all are, they are that; the list is all of one kind. */
function giveTypes(items: Item[]): void {
  for (let at = 0; at < items.length; at += 1) {
    if (items[at]!.type === undefined) continue
    let end = at + 1
    while (end < items.length && items[end]!.type === undefined && items[end]!.share === items[at]!.share)
      end += 1
    const alone = (at === 0 || items[at - 1]!.share !== items[at]!.share) && end > at + 1
    const next = items[end]
    if (alone && (next === undefined || next.share !== items[at]!.share))
      for (let each = at + 1; each < end; each += 1) items[each] = { ...items[each]!, type: items[at]!.type }
  }
}

/** 'Phường 1, Phường 2, Phường 5 (thành phố Vũng Tàu)': numbered ones in a row lie where the last of them is said to. */
function giveDistricts(items: readonly Item[]): void {
  const isNumbered = ({ name }: Item) => /^\d+$/.test(name)
  for (let at = items.length - 2; at >= 0; at -= 1) {
    const [item, next] = [items[at]!, items[at + 1]!]
    if (isNumbered(item) && isNumbered(next) && item.within === undefined) item.within = next.within
  }
}

function namedBy({ name, within, share }: Item, type: string): Named {
  const whole = within === undefined ? `${type} ${name}` : `${type} ${name} (${within})`
  return { key: keyOf(whole), name: whole, share }
}

/** A name's key: the places of tones (Hòa, Hoà) and capitals do not matter. */
export function keyOf(name: string): string {
  return titleSortKey(name.replace(/[(),-]/gu, ' '))
}

function onceEach(named: readonly Named[]): Named[] {
  return [...new Map(named.map((each) => [each.key, each])).values()]
}
