/** A small XML document as a tree, within bounds; the reader beneath knows no entities and no document types. */
import { Refusal } from '../../kernel/refusal.ts'
import { attributeOf, readXml } from '../../spreadsheets/xml.ts'
import { unreadable } from './statement.ts'

export interface Element {
  readonly name: string
  /** as they stand in the tag */
  readonly attributes: string
  readonly children: Element[]
  text: string
}

const MOST_DEPTH = 40
const MOST_ELEMENTS = 1_000_000
const MOST_BYTES = 64 * 1024 * 1024
const PIECE_BYTES = 65_536

/** @throws Refusal invalid `payments.statement-unreadable` for anything that is not plain, whole, bounded XML */
export async function readTree(bytes: Uint8Array): Promise<Element> {
  if (bytes.length > MOST_BYTES) throw unreadable('XML')
  const document: Element = { name: '', attributes: '', children: [], text: '' }
  const open = [document]
  let elements = 0
  const reader = {
    open(name: string, attributes: string) {
      if (open.length > MOST_DEPTH || (elements += 1) > MOST_ELEMENTS) throw unreadable('XML')
      const element: Element = { name, attributes, children: [], text: '' }
      open.at(-1)?.children.push(element)
      open.push(element)
    },
    close(name: string) {
      if (open.length === 1 || open.pop()?.name !== name) throw unreadable('XML')
    },
    text(text: string) {
      const last = open.at(-1)
      if (last !== undefined) last.text += text
    },
  }
  try {
    for await (const _ of readXml(piecesOf(bytes), reader));
  } catch (error) {
    throw error instanceof Refusal ? unreadable('XML') : error
  }
  if (open.length !== 1) throw unreadable('XML')
  return document
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

/** Every element at the end of a path of names: 'Acct/Id/IBAN'. */
export function all(element: Element, path: string): Element[] {
  return path
    .split('/')
    .reduce<Element[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [element],
    )
}

/** The text at the first of these paths that has one. */
export function textAt(element: Element, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = all(element, path)[0]?.text.trim()
    if (text !== undefined && text !== '') return text
  }
  return undefined
}

export const attribute = (element: Element, name: string): string | undefined =>
  attributeOf(element.attributes, name)
