/** Papers of a comment and of a referral over HTTP, as PDF, for whoever may read what they say. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { shownDossier } from '../../../registry/readings/shown.ts'
import { loadFile, papersOf } from '../../../papers/store.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import type { Web } from '../../../web/web.ts'
import type { Comment } from '../law/states.ts'
import { COMMENT_PAGES, REFERRAL_PAGES, RESIDENCE_COMMENT, RESIDENCE_REFERRAL } from '../names.ts'
import { residenceComment } from '../procedure.ts'
import type { Referral } from '../referral/law/states.ts'
import { residenceReferral } from '../referral/procedure.ts'
import { seesContent } from '../view.ts'
import { referralPaper, requestPaper } from './asked.ts'
import { COMMENT_KIND } from './follow.ts'

const ADDRESS = z.object({ id: z.uuid() })

export function registerPapers(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in', cost: 'heavy' as const } as const
  const ofComment = { ...config, scope: { id: 'residence-comment' } } as const
  const ofReferral = { ...config, scope: { id: 'residence-referral' } } as const

  server.get(`${COMMENT_PAGES}/:id/comment.pdf`, { config: ofComment }, async (request, reply) => {
    const { id, context } = await asked(request, web, RESIDENCE_COMMENT)
    const bytes = await web.database.transaction(async (write) => {
      const { state } = await shownDossier<Comment>(write, residenceComment, id, context, 'dossier')
      if (!seesContent(state, context)) throw unknown()
      // One that was sealed is read also after another took its place.
      const standing = (await papersOf(write, id)).find(
        ({ id: paperId, kind, voidedAt }) =>
          kind === COMMENT_KIND && (voidedAt === null || paperId === state.paperId),
      )
      if (!standing?.sha256) throw unknown()
      return (await loadFile(write, standing.sha256)).bytes
    })
    return pdf(reply, bytes, 'phieu-nhan-xet')
  })

  server.get(`${COMMENT_PAGES}/:id/request.pdf`, { config: ofComment }, async (request, reply) => {
    const { id, context } = await asked(request, web, RESIDENCE_COMMENT)
    const bytes = await web.database.transaction(async (write) => {
      const dossier = await shownDossier<Comment>(write, residenceComment, id, context, 'dossier')
      return requestPaper(write, web, dossier, context.at)
    })
    return pdf(reply, bytes, 'phieu-xin-y-kien')
  })

  server.get(`${REFERRAL_PAGES}/:id/referral.pdf`, { config: ofReferral }, async (request, reply) => {
    const { id, context } = await asked(request, web, RESIDENCE_REFERRAL)
    const bytes = await web.database.transaction(async (write) => {
      await shownDossier<Referral>(write, residenceReferral, id, context, 'dossier')
      return referralPaper(write, id)
    })
    return pdf(reply, bytes, 'giay-gioi-thieu-noi-cu-tru')
  })
}

async function asked(request: FastifyRequest, web: Web, procedure: string) {
  requireCovered(sessionOf(request).hat, procedure)
  const { id } = parse(ADDRESS, request.params)
  return { id, context: await contextOf(request, web) }
}

/** No such paper yet, or none this reader may read: alike. */
function unknown(): Refusal {
  return new Refusal('not-found', 'paper.unknown')
}

function pdf(reply: FastifyReply, bytes: Uint8Array, name: string): FastifyReply {
  return reply
    .type('application/pdf')
    .header('cache-control', 'no-store')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .send(Buffer.from(bytes))
}
