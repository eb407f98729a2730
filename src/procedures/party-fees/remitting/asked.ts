/** A form that is asked for something: done, or shown again with what was typed and what is wrong. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { Refusal } from '../../../kernel/refusal.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { RefusalWords, Web } from '../../../web/web.ts'
import { REMITTING_TEXTS } from './texts.ts'

/** What a page shows of a form that was refused. */
export interface Again {
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly refused: RefusalWords | undefined
}

export const FRESH: Again = { entered: {}, errors: {}, refused: undefined }

export interface Asked<Fields> {
  readonly schema: z.ZodType<Fields>
  /** @returns where to go */
  readonly act: (fields: Fields) => Promise<string>
  readonly again: (again: Again) => Promise<string>
  /** words of fields that another page says otherwise */
  readonly words?: Readonly<Record<string, string>>
}

/** What may not be known of is answered by the house. */
export async function asked<Fields>(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  { schema, act, again, words }: Asked<Fields>,
): Promise<FastifyReply> {
  const entered = writtenIn(request.body)
  const given = schema.safeParse(formFields(request.body))
  if (!given.success) {
    const known: Readonly<Record<string, string>> = { ...REMITTING_TEXTS[request.language].errors, ...words }
    const errors = Object.fromEntries(
      given.error.issues.map(({ path }) => [String(path[0]), known[String(path[0])] ?? known.other!]),
    )
    return html(reply.code(STATUS.invalid), await again({ entered, errors, refused: undefined }))
  }
  try {
    return await reply.redirect(await act(given.data), 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not-found' || error.kind === 'forbidden') throw error
    const refused = web.wordsOf(error, request.language)
    return html(reply.code(STATUS[error.kind]), await again({ entered, errors: {}, refused }))
  }
}
