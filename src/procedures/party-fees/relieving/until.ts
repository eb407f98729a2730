/** By when a request is to be answered, and how near that is. */
import type { Language } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { endOfWorkingDay } from '../../../kernel/working-time.ts'
import type { DeadlineProps } from '../../../ui/pill.tsx'
import { deadlineOf } from '../../../web/deadline.ts'
import type { Relief } from './contract.ts'

export function deadlineOfRelief(
  { at, calendar }: Pick<Context, 'at' | 'calendar'>,
  language: Language,
): (relief: Relief) => DeadlineProps {
  return ({ dueOn }) => deadlineOf(endOfWorkingDay(calendar, dueOn), at, calendar, language)
}
