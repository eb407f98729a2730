/** The papers of a temporary stay as its member opens them, and what is printed on them. */
import { PDF } from '@libpdf/core'
import type { StayLife } from './stay-life.ts'
import type { Answer } from './transfer-visitor.ts'

/** The oldest paper of its kind unless told otherwise. */
export async function stayPaper({ id, member, sees }: StayLife, kind: string, place = 0) {
  const paper = (await sees()).papers.filter((each) => each.kind === kind)[place]
  if (!paper) throw new Error(`no ${kind} ${place}`)
  const file = await member.get(`/temporary-transfers/${id}/papers/${paper.id}`)
  if (file.status !== 200) throw new Error(`${kind}: ${file.status}`)
  return { ...paper, file, text: await wordsIn(file) }
}

/** What is printed on a file that came back. */
export async function wordsIn({ bytes }: Answer): Promise<string> {
  const pdf = await PDF.load(bytes)
  const pages = pdf.getPages().map((page) => page.extractText().text)
  return pages.join('\n').replaceAll(/\s+/g, ' ')
}
