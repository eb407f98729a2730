/** Typesets hand-over papers: a decision when somebody signs it, minutes before, so that both sides read what they sign. */
import { sql, type Read } from '../../../kernel/db.ts'
import { addDays, type PlainDate } from '../../../kernel/plain-date.ts'
import { maskDigits } from '../../../kernel/vietnamese-text.ts'
import { headingOf } from '../../../papers/bodies.ts'
import type { Typeset } from '../../../papers/issue.ts'
import type { HandOverMinutesPaper, SideOnPaper, SigningBlock } from '../../../papers/layout.ts'
import { ancestorsOn } from '../../organisations/store.ts'
import type { MinutesContent } from './content.ts'
import { decisionOf, minutesOf, type HandOverPaper } from './store.ts'

const TITLES = {
  decision: 'Quyết định chuyển giao tổ chức đảng, đảng viên',
  acceptance: 'Quyết định tiếp nhận tổ chức đảng, đảng viên',
  minutes: 'Biên bản bàn giao tổ chức đảng, đảng viên',
} as const

export const titleOnPaper = (kind: HandOverPaper['kind']): string => TITLES[kind]

/** A decision, with the one who signs it. */
export async function decisionPaper(
  read: Read,
  paper: HandOverPaper,
  signing: SigningBlock,
  today: PlainDate,
): Promise<Typeset> {
  const chain = await ancestorsOn(read, paper.issuerId, today)
  const { lines, recipients } = decisionOf(paper)
  return {
    title: titleOnPaper(paper.kind),
    content: (frame) => ({
      template: 'hand-over-decision',
      data: {
        ...frame,
        kind: paper.kind === 'acceptance' ? 'acceptance' : 'hand-over',
        heading: headingOf(chain, chain[0]!),
        basis: paper.decision,
        effectiveOn: paper.effectiveOn,
        lines,
        signing,
        recipients,
      },
    }),
  }
}

export async function minutesPaper(read: Read, paper: HandOverPaper): Promise<Typeset> {
  const content = minutesOf(paper)
  const lists = await listsOf(read, paper)
  const members = lists.reduce((sum, list) => sum + list.members.length, 0)
  return {
    title: titleOnPaper('minutes'),
    content: (frame) => ({
      template: 'hand-over-minutes',
      data: {
        ...frame,
        basis: paper.decision,
        effectiveOn: paper.effectiveOn,
        giver: sideOnPaper('giver', paper),
        receiver: sideOnPaper('receiver', paper),
        organisations: content.organisations,
        lists,
        files: filesOf(content, members, paper.underName),
      },
    }),
  }
}

function sideOnPaper(which: 'giver' | 'receiver', paper: HandOverPaper): SideOnPaper {
  const { name, tier, ended } = minutesOf(paper)[which]
  return {
    name,
    // A grassroots cell (chi bộ cơ sở) has a chi ủy like any other cell.
    authority: tier === 'cell' || name.startsWith('Chi bộ ') ? 'T/M CHI ỦY' : 'T/M BAN THƯỜNG VỤ',
    seal: paper.places.includes(`${which}-organisation`),
    ...(ended ? { endedOn: paper.effectiveOn } : {}),
  }
}

/** Outside one grassroots organisation files go along; the seals of what ended are handed to the committee above (24-QĐ/TW 6.3.5). */
function filesOf({ inside, organisations, seals }: MinutesContent, members: number, under: string): string[] {
  if (inside) return []
  return [
    ...(organisations.length > 0
      ? ['Hồ sơ, sổ sách của các tổ chức đảng trong Danh sách I và hồ sơ đảng viên']
      : []),
    ...(members > 0 ? [`Hồ sơ của ${members} đảng viên trong Danh sách II (bản giấy, niêm phong)`] : []),
    ...seals.map((name) => `Con dấu của ${name}, nộp về ${under}`),
  ]
}

interface Row {
  readonly from: string
  readonly to: string
  readonly fullName: string
  readonly bornIn: string
  readonly cardNumber: string | null
  readonly official: boolean
}

/** In the order of name lists; the standing of the day before it took effect. */
async function listsOf(read: Read, paper: HandOverPaper): Promise<HandOverMinutesPaper['lists']> {
  const { lists } = minutesOf(paper)
  if (lists.length === 0) return []
  const rows = await read.rows<Row>(sql`
    select x.from_id as "from", x.to_id as "to", m.full_name as "fullName", to_char(m.birth_date, 'YYYY') as "bornIn",
           m.card_number as "cardNumber",
           coalesce(m.official_on <= ${addDays(paper.effectiveOn, -1)}::date, false) as official
      from reorganisation_member x join member m on m.id = x.member_id
     where x.reorganisation_id = ${paper.reorganisationId} and x.from_id = any(${lists.map(({ from }) => from.id)}::uuid[])
     order by m.sort_key, m.id`)
  return lists.map(({ from, to }) => ({
    from: from.name,
    to: to.name,
    members: rows
      .filter((row) => row.from === from.id && row.to === to.id)
      .map(({ fullName, bornIn, cardNumber, official }) => ({
        fullName,
        bornIn,
        official,
        ...(cardNumber ? { cardNumber: maskDigits(cardNumber) } : {}),
      })),
  }))
}
