/** The cell's sitting over HTTP: the page, one row saved at a change, the day of the front board's meeting for all of them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { hasFreshSignIn } from '../../../kernel/actor.ts'
import { yearOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { perform, type CommandRequest, type Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { tidyLines } from '../../../kernel/vietnamese-text.ts'
import { findOrganisation } from '../../../registry/organisations/store.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { deadlineOf } from '../../../web/deadline.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS, wantsJson } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { RefusalWords, Web } from '../../../web/web.ts'
import { criteriaOf, formOf } from '../law/form.ts'
import { isComplete } from '../law/rules.ts'
import type { Command } from '../law/states.ts'
import { RESIDENCE_COMMENT, SITTING } from '../names.ts'
import { cannotSign } from '../papers/certificate.ts'
import { residenceComment } from '../procedure.ts'
import { requireReader } from '../readers.ts'
import { refusedForm } from '../refused.ts'
import {
  MOST_WORDS,
  SittingPage,
  VIEWS,
  type ShownGroup,
  type ShownRow,
  type SittingRefused,
} from './page.tsx'
import { SittingPrint } from './print-page.tsx'
import { draftSavedBy, MOST_ROWS, sittingOf, type SittingRow } from './sitting.ts'
import { shortOf, SITTING_TEXTS } from './texts.ts'

const ADDRESS = z.object({ id: z.uuid() })
const ROW = z.looseObject({
  commandId: z.uuid(),
  freeText: z.string().overwrite(tidyLines).max(MOST_WORDS).default(''),
})
const TICK = /^tick-([a-z-]{1,40})$/
const MEETING = z.object({ commandId: z.uuid(), metOn: z.iso.date() })
const CHOICE = /^([a-z-]{1,40}):([a-z-]{1,40})$/
const COLUMN = z.object({
  commandId: z.uuid(),
  choice: z.string().regex(CHOICE).optional(),
  /** the command by which a column was filled: it is taken back */
  undo: z.uuid().optional(),
})
const count = z.coerce.number().int().min(0).max(MOST_ROWS).optional().catch(undefined)
const QUERY = z.object({
  met: count,
  filled: count,
  undone: count,
  choice: z.string().regex(CHOICE).optional().catch(undefined),
  by: z.uuid().optional().catch(undefined),
  show: z.enum(VIEWS).catch('all').default('all'),
})

export function registerSitting(server: FastifyInstance, web: Web): void {
  const officer = { access: 'officer' } as const
  const drafting = { ...officer, level: 'passkey' } as const
  const show = async (request: FastifyRequest, refused?: SittingRefused) => {
    const { hat } = sessionOf(request)
    requireCovered(hat, RESIDENCE_COMMENT)
    requireReader(hat)
    const context = await contextOf(request, web)
    const rows = await openSitting(web, request, 'list')
    const refusal = await cannotSign(web, context)
    const unable = refusal && web.wordsOf(refusal, request.language)
    return web.showPage(request, pageOf(request, rows, unable, context, refused))
  }
  /** What a form could not do is said on the page it came from. */
  const again = async (
    request: FastifyRequest,
    reply: FastifyReply,
    at: SittingRefused['at'],
    error: unknown,
  ): Promise<FastifyReply> => {
    if (!(error instanceof Refusal) || error.kind === 'not-found' || wantsJson(request)) throw error
    const form = refusedForm(web, error, request.language)
    const refused = { at, form, entered: writtenIn(request.body) }
    return html(reply.code(STATUS[error.kind]), await show(request, refused))
  }

  server.get(SITTING, { config: officer }, async (request, reply) => html(reply, await show(request)))

  server.get(`${SITTING}/print`, { config: officer }, async (request, reply) => {
    const { hat } = sessionOf(request)
    requireCovered(hat, RESIDENCE_COMMENT)
    requireReader(hat)
    const { language } = request
    const texts = SITTING_TEXTS[language]
    const { today } = await contextOf(request, web)
    const rows = await openSitting(web, request, 'print')
    const cell = await findOrganisation(web.database.read, hat.organisationId, today)
    const year = rows[0]?.comment.year ?? yearOf(today)
    const groups = groupsOf(rows)
    const children = SittingPrint({ texts, language, cell: cell?.name ?? '', year, groups })
    const back = { href: SITTING, text: texts.printBack }
    return html(
      reply,
      await web.showPage(request, { title: texts.printTitle(year), back, width: 'wide', children }),
    )
  })

  server.post(
    `${SITTING}/:id`,
    { config: { ...drafting, scope: { id: 'residence-comment' } } },
    async (request, reply) => {
      const { id } = parse(ADDRESS, request.params)
      try {
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
      } catch (error) {
        return again(request, reply, 'row', error)
      }
    },
  )

  server.post(`${SITTING}/front-board`, { config: drafting }, async (request, reply) => {
    try {
      const { commandId, metOn } = parse(MEETING, formFields(request.body))
      const frontBoardMetOn = metOn as PlainDate
      const written = await saveMany(web, request, commandId, () => ({ type: 'save-draft', frontBoardMetOn }))
      return reply.redirect(`${SITTING}?met=${written}`, 303)
    } catch (error) {
      return again(request, reply, 'met', error)
    }
  })

  server.post(`${SITTING}/column`, { config: drafting }, async (request, reply) => {
    try {
      const { commandId, choice, undo } = parse(COLUMN, formFields(request.body))
      if (undo !== undefined)
        return reply.redirect(`${SITTING}?undone=${await takeBack(web, request, commandId, undo)}`, 303)
      const [, code, step] = CHOICE.exec(choice ?? '') ?? []
      if (code === undefined || step === undefined)
        throw new Refusal('invalid', 'request.invalid', { fields: [{ field: 'choice', code: 'missing' }] })
      const written = await saveMany(web, request, commandId, ({ comment }) => {
        const asked = criteriaOf(formOf(comment.form), comment.exempt).some((each) => each.code === code)
        const isOpen = (comment.draft.ticks[code] ?? '') === ''
        return asked && isOpen ? { type: 'save-draft', ticks: { [code]: step } } : undefined
      })
      const told = new URLSearchParams({ filled: String(written), choice: `${code}:${step}`, by: commandId })
      return reply.redirect(`${SITTING}?${told.toString()}`, 303)
    } catch (error) {
      return again(request, reply, 'column', error)
    }
  })
}

/** One change for every row that wants it, each under an id of its own made from the form's. @returns for how many it was done */
async function saveMany(
  web: Web,
  request: FastifyRequest,
  commandId: string,
  changeOf: (row: SittingRow) => Command | undefined,
): Promise<number> {
  requireReader(sessionOf(request).hat)
  const context = await contextOf(request, web)
  let written = 0
  for (const row of await sittingOf(web.database.read, sessionOf(request).hat.organisationId)) {
    const command = changeOf(row)
    if (!command) continue
    const asked = { dossierId: row.id, commandId: derivedId(`${commandId} ${row.id}`), command }
    if (await wasSaved(save(web, request, asked, context))) written += 1
  }
  return written
}

/** The rows a column was filled in by that command have the box open again; what was changed since stays. */
async function takeBack(web: Web, request: FastifyRequest, commandId: string, fill: string): Promise<number> {
  const filled = new Map<string, string>()
  for (const { id } of await sittingOf(web.database.read, sessionOf(request).hat.organisationId)) {
    const ticks = await draftSavedBy(web.database.read, id, derivedId(`${fill} ${id}`))
    const [code, step] = Object.entries(ticks ?? {})[0] ?? []
    if (code !== undefined && step !== undefined) filled.set(id, `${code}:${step}`)
  }
  return saveMany(web, request, commandId, ({ id, comment }) => {
    const [code, step] = filled.get(id)?.split(':') ?? []
    return code !== undefined && comment.draft.ticks[code] === step
      ? { type: 'save-draft', ticks: { [code]: '' } }
      : undefined
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
async function openSitting(web: Web, request: FastifyRequest, kind: 'list' | 'print'): Promise<SittingRow[]> {
  const { memberId, hat } = sessionOf(request)
  const all = await sittingOf(web.database.read, hat.organisationId)
  const rows = all.filter((row) => row.memberId !== memberId)
  await keepShown(
    web,
    request,
    rows.map((row) => row.memberId),
    kind,
  )
  return rows
}

function pageOf(
  request: FastifyRequest,
  rows: readonly SittingRow[],
  unable: RefusalWords | undefined,
  { actor, at, calendar }: Context,
  refused: SittingRefused | undefined,
) {
  const { language } = request
  const texts = SITTING_TEXTS[language]
  const query = parse(QUERY, request.query)
  const view = request.method === 'GET' ? query.show : 'all'
  const due = rows.flatMap(({ comment }) => comment.dueAt ?? []).sort()[0]
  const isFull = ({ comment }: SittingRow) => isComplete(comment, comment.draft)
  const looked = rows.filter((row) => view === 'all' || (view === 'full') === isFull(row))
  const children = SittingPage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    groups: groupsOf(looked),
    view,
    total: rows.length,
    complete: rows.filter(isFull).length,
    firstLacking: looked.find((row) => !isFull(row))?.id,
    more: rows.length === MOST_ROWS,
    unable,
    firstDue: due === undefined ? undefined : deadlineOf(new Date(due), at, calendar, language),
    metCommandId: newCommandId(),
    signCommandId: newCommandId(),
    columnCommandId: newCommandId(),
    freshHref: hasFreshSignIn(actor, at) ? undefined : `/sign-in/start?return=${encodeURIComponent(SITTING)}`,
    metDone: refused ? undefined : query.met,
    filled: refused ? undefined : filledIn(query, rows, language),
    undone: refused ? undefined : query.undone,
    refused,
  })
  return { title: texts.title, back: { href: '/', text: texts.back }, width: 'wide' as const, children }
}

/** The column that was just filled, in words. */
function filledIn(
  { filled, choice, by }: z.infer<typeof QUERY>,
  rows: readonly SittingRow[],
  language: FastifyRequest['language'],
): { count: number; choice: string; command: string } | undefined {
  const [, code, step] = CHOICE.exec(choice ?? '') ?? []
  if (filled === undefined || code === undefined || by === undefined) return undefined
  const criteria = groupsOf(rows).flatMap((group) => group.criteria)
  const criterion = criteria.find((each) => each.code === code)
  const text = criterion?.scale.find((each) => each.code === step)?.text[language]
  if (!criterion || text === undefined) return undefined
  const title = shortOf(criterion, language)
  return { count: filled, choice: `${title}: ${text}`, command: by }
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
