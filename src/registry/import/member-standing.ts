/** The standing of a row (trạng thái sinh hoạt): who is still a member, and since when somebody is not. */
import { foldName } from '../../kernel/vietnamese-text.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Standing } from '../members/store.ts'
import type { MemberContext, MemberRow } from './member-context.ts'

/** Words lists use, without diacritics. */
const WORDS: Readonly<Record<string, Standing | 'transferred'>> = {
  'dang sinh hoat dang': 'active',
  'dang sinh hoat': 'active',
  'mien cong tac va sinh hoat dang': 'exempt',
  'mien sinh hoat dang': 'exempt',
  'mien sinh hoat': 'exempt',
  'ra khoi dang': 'left',
  'xin ra khoi dang': 'left',
  'xoa ten': 'removed',
  'khai tru': 'removed',
  'tu tran': 'deceased',
  'da tu tran': 'deceased',
  'da chuyen sinh hoat': 'transferred',
  'chuyen sinh hoat': 'transferred',
}

/** Standings after which somebody is no longer counted, so that their day must be known. */
const ENDED: readonly Standing[] = ['left', 'removed', 'deceased']

/** A row without the word is of somebody active: the list is one of those active in the cell. */
export function judgeStanding(
  row: MemberRow,
  context: MemberContext,
): { standing: Standing | undefined; endedOn: PlainDate | null } {
  const text = row.text('standing')
  const word = text === null ? 'active' : WORDS[foldName(text)]
  const endedOn = row.exactDate('endedOn', 'warning')
  if (endedOn !== null && endedOn > context.today) row.report('date.in-future', 'held-back', 'endedOn')
  if (word === undefined || word === 'transferred') {
    row.report(word === undefined ? 'standing.unknown' : 'standing.transferred', 'held-back', 'standing')
    return { standing: undefined, endedOn }
  }
  if (ENDED.includes(word) && endedOn === null) row.report('standing.day-missing', 'held-back', 'endedOn')
  return { standing: word, endedOn }
}
