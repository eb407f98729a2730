/** The cell's sitting over HTTP: the page, one row saved at a change, the day of the front board's meeting for all of them. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { hasFreshSignIn } from '../../../kernel/actor.ts'
import { formatInstant, type PlainDate } from '../../../kernel/plain-date.ts'
import { perform, type CommandRequest, type Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { tidyLines } from '../../../kernel/vietnamese-text.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, wantsJson } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { RefusalWords, Web } from '../../../web/web.ts'
import { criteriaOf, formOf } from '../law/form.ts'
import { isComplete } from '../law/rules.ts'
import type { Command } from '../law/states.ts'
import { RESIDENCE_COMMENT, SITTING } from '../names.ts'
import { cannotSign } from '../papers/certificate.ts'
import { residenceComment } from '../procedure.ts'
import { requireReader } from '../readers.ts'
import { MOST_WORDS, SittingPage, type ShownGroup, type ShownRow } from './page.tsx'
import { MOST_ROWS, sittingOf, type SittingRow } from './sitting.ts'
import { SITTING_TEXTS } from './texts.ts'

const ADDRESS = z.object({ id: z.uuid() })
const ROW = z.looseObject({
  commandId: z.uuid(),
  freeText: z.string().overwrite(tidyLines).max(MOST_WORDS).default(''),
})
const TICK = /^tick-([a-z-]{1,40})$/
const MEETING = z.object({ commandId: z.uuid(), metOn: z.iso.date() })
const QUERY = z.object({ met: z.coerce.number().int().min(0).max(MOST_ROWS).optional().catch(undefined) })

export function registerSitting(server: FastifyInstance, web: Web): void {
  const officer = { access: 'officer' } as const
  const drafting = { ...officer, level: 'passkey' } as const

  server.get(SITTING, { config: officer }, async (request, reply) => {
    const { hat } = sessionOf(request)
    requireCovered(hat, RESIDENCE_COMMENT)
    requireReader(hat)
    const context = await contextOf(request, web)
    const rows = await openSitting(web, request)
    const refusal = await cannotSign(web, context)
    const unable = refusal && web.wordsOf(refusal, request.language)
    return html(reply, await web.showPage(request, pageOf(request, rows, unable, context)))
  })

  server.post(
    `${SITTING}/:id`,
    { config: { ...drafting, scope: { id: 'residence-comment' } } },
    async (request, reply) => {
      const { id } = parse(ADDRESS, request.params)
      const { commandId, freeText, ...fields } = parse(ROW, request.body ?? {})
      const ticks = Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => {
          const code = TICK.exec(name)?.[1]
          return code === undefined ? [] : [[code, String(value)]]
        }),
      )
      const context = await contextOf(request, web)
      const command = { type: 'save-draft' as const, ticks, freeText }
      const { state, version } = await save(web, request, { dossierId: id, commandId, command }, context)
      if (!wantsJson(request)) return reply.redirect(`${SITTING}#row-${id}`, 303)
      return reply
        .header('cache-control', 'no-store')
        .send({ version, complete: isComplete(state, state.draft) })
    },
  )

  server.post(`${SITTING}/front-board`, { config: drafting }, async (request, reply) => {
    const { commandId, metOn } = parse(MEETING, formFields(request.body))
    requireReader(sessionOf(request).hat)
    const context = await contextOf(request, web)
    const rows = await sittingOf(web.database.read, sessionOf(request).hat.organisationId)
    let written = 0
    for (const { id } of rows) {
      const command = { type: 'save-draft' as const, frontBoardMetOn: metOn as PlainDate }
      const asked = { dossierId: id, commandId: derivedId(`${commandId} ${id}`), command }
      if (await wasSaved(save(web, request, asked, context))) written += 1
    }
    return reply.redirect(`${SITTING}?met=${written}`, 303)
  })
}

function save(web: Web, request: FastifyRequest, asked: CommandRequest<Command>, context: Context) {
  requireCovered(sessionOf(request).hat, RESIDENCE_COMMENT)
  return perform(web.database, residenceComment, asked, context)
}

/** One that moved on meanwhile, or is the writer's own, keeps the others from nothing. */
async function wasSaved(saving: Promise<unknown>): Promise<boolean> {
  try {
    await saving
    return true
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'invalid') throw error
    return false
  }
}

/** The rows, once it is kept whom they name. One's own comment lies on another's table. */
async function openSitting(web: Web, request: FastifyRequest): Promise<SittingRow[]> {
  const { memberId, hat } = sessionOf(request)
  const all = await sittingOf(web.database.read, hat.organisationId)
  const rows = all.filter((row) => row.memberId !== memberId)
  await keepShown(
    web,
    request,
    rows.map((row) => row.memberId),
  )
  return rows
}

function pageOf(
  request: FastifyRequest,
  rows: readonly SittingRow[],
  unable: RefusalWords | undefined,
  { actor, at }: Context,
) {
  const { language } = request
  const texts = SITTING_TEXTS[language]
  const due = rows.flatMap(({ comment }) => comment.dueAt ?? []).sort()[0]
  const children = SittingPage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    groups: groupsOf(rows),
    total: rows.length,
    more: rows.length === MOST_ROWS,
    unable,
    firstDue: due && formatInstant(new Date(due), language),
    metCommandId: newCommandId(),
    signCommandId: newCommandId(),
    freshHref: hasFreshSignIn(actor, at) ? undefined : `/sign-in/start?return=${encodeURIComponent(SITTING)}`,
    metDone: parse(QUERY, request.query).met,
  })
  return { title: texts.title, width: 'wide' as const, children }
}

/** Each form has a table of its own: the short one has other criteria. */
function groupsOf(rows: readonly SittingRow[]): ShownGroup[] {
  const groups = new Map<string, ShownGroup & { rows: ShownRow[] }>()
  for (const row of rows) {
    const { form, exempt } = row.comment
    const key = `${form} ${exempt}`
    const group = groups.get(key) ?? { exempt, criteria: criteriaOf(formOf(form), exempt), rows: [] }
    groups.set(key, group)
    group.rows.push(shown(row))
  }
  return [...groups.values()].sort((one, other) => Number(one.exempt) - Number(other.exempt))
}

function shown({ id, version, name, comment }: SittingRow): ShownRow {
  const { year, purpose, draft } = comment
  return {
    id,
    version,
    commandId: newCommandId(),
    name,
    year,
    yearly: purpose === 'yearly',
    ticks: draft.ticks,
    freeText: draft.freeText,
    metOn: draft.frontBoardMetOn,
    complete: isComplete(comment, draft),
  }
}
