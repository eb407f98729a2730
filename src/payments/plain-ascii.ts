/** Vietnamese for machines that know only ASCII: accents off, letters kept. */
import { tidyText } from '../kernel/vietnamese-text.ts'

/** 'Đóng  đảng phí' → 'Dong dang phi'. What has no plain letter behind it stays as it is. */
export function withoutAccents(text: string): string {
  return tidyText(text).replace(/[đð]/gu, 'd').replace(/[ĐÐ]/gu, 'D').normalize('NFD').replace(/\p{M}/gu, '')
}

/** Letters, digits, blanks and signs that every bank prints; no line ends. */
export function isPlainAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}
