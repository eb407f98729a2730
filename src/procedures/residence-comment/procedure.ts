/** The residence comment as the house sees it. */
import type { Read } from '../../kernel/db.ts'
import type { Context, Procedure } from '../../kernel/procedure.ts'
import type { Sight } from '../../web/feature.ts'
import { consequences } from './consequences.ts'
import { gather } from './gather.ts'
import { awaited, parties } from './law/awaited.ts'
import { decide } from './law/decide.ts'
import { evolve } from './law/evolve.ts'
import type { Facts } from './law/facts.ts'
import type { Command, Comment, Event } from './law/states.ts'
import { RESIDENCE_COMMENT } from './names.ts'
import { sightOf } from '../../registry/readings/sight.ts'
import { cannotSign, type Signing } from './papers/certificate.ts'
import { keep } from './store.ts'

export type ResidenceComment = Procedure<Comment, Command, Event, Facts>

export const residenceComment: ResidenceComment = {
  name: RESIDENCE_COMMENT,
  drafting: ['save-draft'],
  gather,
  decide,
  evolve,
  awaited,
  parties,
  maySee: async (read, comment, context) => (await commentSight(read, comment, context)).sees,
  subjectOf: (comment) => comment.memberId,
  keep,
  consequences,
}

/** The same for who asks at a screen: whoever signs by it is told beforehand when their certificate does not serve. */
export function signedComment(signing: Signing): ResidenceComment {
  return {
    ...residenceComment,
    async gather(write, comment, command, context) {
      const facts = await gather(write, comment, command, context)
      const signs = command.type === 'sign' || command.type === 'request'
      return signs ? { ...facts, cannotSign: await cannotSign(signing, context) } : facts
    },
  }
}

export function commentSight(
  read: Read,
  comment: Comment,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  const { memberId, workplace, commune } = comment
  const concerned = { memberId, way: parties(comment), from: workplace.id, to: commune.id }
  return sightOf(read, concerned, context)
}
