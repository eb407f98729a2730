/** The demonstration over HTTP: its page, and moving its clock forward as a form and as JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { instantAt, isPlainDate, localTime, todayIn } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addWorkingDays } from '../../kernel/working-time.ts'
import { demoPeople } from '../../registry/demo.ts'
import { GalleryPage } from '../../ui/gallery.tsx'
import { renderPage } from '../../ui/render.ts'
import { formFields } from '../../web/forms.ts'
import { parse, STATUS } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import type { Parts } from '../parts.ts'
import { DemoPage, type EnteredMove } from './demo-page.tsx'
import { DEMO_TEXTS } from './demo-texts.ts'

const count = (most: number) => z.coerce.number().int().min(1).max(most)
const MOVE = z.discriminatedUnion('by', [
  z.object({ by: z.literal('hours'), hours: count(1000) }),
  z.object({ by: z.literal('working-days'), 'working-days': count(400) }),
  z.object({ by: z.literal('date'), date: z.string().refine(isPlainDate, { message: 'date' }) }),
])
const REACH = z.object({ away: z.enum(['yes', 'no']) })
const MOVE_TO = z.object({ to: z.iso.datetime({ offset: true }) })
const CLOCK = z.object({ now: z.iso.datetime(), aheadMs: z.number().int() })

const HOUR_MS = 3_600_000
/** A day that was asked for begins in the morning, when offices are open. */
const MORNING_MINUTES = 8 * 60

/** Registers the demonstration's routes; outside a demonstration its pages do not exist and its clock refuses. */
export function registerDemo(server: FastifyInstance, web: Web, parts: Parts): void {
  const { clock, database } = parts

  const requireDemo = () => {
    if (!parts.demo) throw new Refusal('not-found', 'page.unknown')
  }
  const requireDemoClock = () => {
    if (!parts.demo) throw new Refusal('against-rule', 'clock.not-demo')
  }
  const aheadMs = () => Math.max(0, Math.round(clock.now().getTime() - clock.real().getTime()))

  const show = async (request: FastifyRequest, moved: boolean, entered?: EnteredMove): Promise<string> => {
    const texts = DEMO_TEXTS[request.language]
    const now = clock.now()
    return web.showPage(request, {
      title: texts.title,
      width: 'wide',
      children: DemoPage({
        texts,
        language: request.language,
        people: await demoPeople(database.read, todayIn(now)),
        now,
        aheadMs: aheadMs(),
        csrf: request.session?.csrf,
        moved,
        entered,
        away: parts.development?.reach?.isAway(),
      }),
    })
  }

  server.get('/demo', { config: { access: 'public' } }, async (request, reply) => {
    requireDemo()
    return html(reply, await show(request, 'moved' in (request.query as object)))
  })

  // Anybody may: while it is away nobody signs in, and somebody must be able to bring it back.
  const anybody = { access: 'public', level: 'passkey' } as const
  server.post('/demo/vneid', { config: anybody }, async (request, reply) => {
    requireDemo()
    const { away } = parse(REACH, request.body)
    const reach = parts.development?.reach
    if (!reach) throw new Refusal('against-rule', 'demo.other-provider')
    reach.setAway(away === 'yes')
    await parts.relyingParty?.look({ atOnce: true })
    return reply.redirect('/demo#vneid', 303)
  })

  server.post('/demo/clock', { config: { access: 'signed-in' } }, async (request, reply) => {
    requireDemoClock()
    const fields = formFields(request.body)
    try {
      await clock.moveTo(await wantedTime(parse(MOVE, fields)))
    } catch (error) {
      const entered = enteredMove(error, fields, request, web)
      if (!entered) throw error
      return html(reply.code(STATUS[(error as Refusal).kind]), await show(request, false, entered))
    }
    return reply.redirect('/demo?moved#clock', 303)
  })

  const wantedTime = async (move: z.infer<typeof MOVE>): Promise<Date> => {
    const now = clock.now()
    if (move.by === 'hours') return new Date(now.getTime() + move.hours * HOUR_MS)
    if (move.by === 'date') return instantAt(move.date, MORNING_MINUTES)
    const { date, minutes } = localTime(now)
    return instantAt(addWorkingDays(await parts.calendar(), date, move['working-days']), minutes)
  }

  const described = { summary: 'Move the demonstration’s clock forward', body: MOVE_TO, response: CLOCK }
  server.post('/api/v1/demo/clock', { config: { access: 'signed-in', api: described } }, async (request) => {
    requireDemoClock()
    await clock.moveTo(new Date(parse(MOVE_TO, request.body).to))
    return { now: clock.now().toISOString(), aheadMs: aheadMs() }
  })

  server.get('/gallery', { config: { access: 'public' } }, async (request, reply) => {
    requireDemo()
    const { assets } = parts
    return html(
      reply,
      renderPage(GalleryPage({ assets, largerText: request.largerText, lang: request.language })),
    )
  })
}

/** The refused form as it was filled in, with what is wrong about it; undefined for a refusal that belongs to no field. */
function enteredMove(
  error: unknown,
  fields: Readonly<Record<string, unknown>>,
  request: FastifyRequest,
  web: Web,
): EnteredMove | undefined {
  const { by } = fields
  if (!(error instanceof Refusal) || (by !== 'hours' && by !== 'working-days' && by !== 'date'))
    return undefined
  const texts = DEMO_TEXTS[request.language]
  const ofField = { hours: texts.fieldHours, 'working-days': texts.fieldWorkingDays, date: texts.fieldDate }
  const words = web.wordsOf(error, request.language)
  const body = request.body as Readonly<Record<string, unknown>>
  const part = (name: string) => String(body[`date-${name}`] ?? '')
  return {
    field: by,
    text: String(body[by] ?? ''),
    date: { day: part('day'), month: part('month'), year: part('year') },
    error: error.code === 'request.invalid' ? ofField[by] : `${words.what} ${words.mend}`,
  }
}
