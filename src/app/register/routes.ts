/** The referral register of the organisation one acts in: on screen, as a sealed PDF, as a workbook. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered, type WornHat } from '../../identity/hats.ts'
import { todayIn, yearOf } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { keepListView } from '../../registry/readings/keeping.ts'
import { SYSTEM_ADMINISTRATOR } from '../../registry/offices/positions.ts'
import { parse, sessionOf } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Feature } from '../../web/feature.ts'
import type { RegisterPart } from '../../web/introductions.ts'
import type { Web } from '../../web/web.ts'
import { issueRegister, registerLines, registerPaper, registerSubjects } from './register.ts'
import { RegisterPage } from './page.tsx'
import { REGISTER_TEXTS } from './texts.ts'

/** No register is older than the procedure online, none younger than today. */
const FIRST_YEAR = 2025

/** A procedure that enters lines in the register. */
type Entering = Pick<Feature, 'code'> & { readonly register: RegisterPart }

/**
 * The hat of an office that works with the register: it names members, so a system administrator does not read it. A
 * delegate reads the lines of the procedures the delegation covers.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`, `identity.outside-delegation`
 */
function readerOf(
  request: FastifyRequest,
  entering: readonly Entering[],
): { hat: WornHat; parts: readonly RegisterPart[] } {
  const { hat } = sessionOf(request)
  if (hat.position === SYSTEM_ADMINISTRATOR)
    throw new Refusal('forbidden', 'registry.administrators-read-no-members')
  const { onBehalfOf } = hat
  const covered = entering.filter(({ code }) => !onBehalfOf || onBehalfOf.procedures.includes(code))
  if (covered.length === 0) requireCovered(hat, entering[0]!.code)
  return { hat, parts: covered.map(({ register }) => register) }
}

/** The hat that opens the register of a year; whom it names is kept before it is given out. */
async function openRegister(
  request: FastifyRequest,
  web: Web,
  entering: readonly Entering[],
  asked: number,
): Promise<{ hat: WornHat; parts: readonly RegisterPart[] }> {
  const { hat, parts } = readerOf(request, entering)
  const { organisationId, position, onBehalfOf } = hat
  const { memberId } = sessionOf(request)
  const at = web.clock.now()
  await web.database.transaction(async (write) => {
    const shown = await registerSubjects(write, parts, organisationId, asked)
    const viewer = { memberId, position, organisationId, grantId: onBehalfOf?.grantId ?? null }
    const list = { organisationId, day: todayIn(at), kind: 'register' as const, people: shown.length }
    await keepListView(write, { ...list, shown, viewer, at })
  })
  return { hat, parts }
}

export function registerReferralRegister(
  server: FastifyInstance,
  web: Web,
  features: readonly Feature[],
): void {
  const entering = features.flatMap(({ code, register }) => (register ? [{ code, register }] : []))
  const config = { access: 'officer' as const }
  const limited = { ...config, scope: { year: 'word' } as const, cost: 'heavy' as const }
  const thisYear = () => yearOf(todayIn(web.clock.now()))
  const year = z.coerce
    .number()
    .int()
    .min(FIRST_YEAR)
    .refine((asked) => asked <= thisYear())

  server.get('/registers', { config }, async (request, reply) => {
    const asked = parse(z.object({ year: year.optional() }), request.query).year ?? thisYear()
    const { hat, parts } = await openRegister(request, web, entering, asked)
    const page = RegisterPage({
      texts: REGISTER_TEXTS[request.language],
      language: request.language,
      organisation: hat.organisationName,
      year: asked,
      years: Array.from({ length: thisYear() - FIRST_YEAR + 1 }, (_each, index) => thisYear() - index),
      lines: await registerLines(web.database.read, parts, hat.organisationId, asked),
    })
    const { title } = REGISTER_TEXTS[request.language]
    return html(reply, await web.showPage(request, { title, width: 'wide', children: page }))
  })

  server.get('/registers/:year.pdf', { config: limited }, async (request, reply) => {
    const { year: asked } = parse(z.object({ year }), request.params)
    const { hat, parts } = await openRegister(request, web, entering, asked)
    const pdf = await issueRegister(web.database, web, parts, hat.organisationId, asked, web.clock.now())
    return file(reply, 'application/pdf', `so-gioi-thieu-${asked}.pdf`).send(Buffer.from(pdf))
  })

  server.get('/registers/:year.xlsx', { config: limited }, async (request, reply) => {
    const { year: asked } = parse(z.object({ year }), request.params)
    const { hat, parts } = await openRegister(request, web, entering, asked)
    const at = web.clock.now()
    const data = await web.database.report((read) =>
      registerPaper(read, parts, hat.organisationId, asked, todayIn(at)),
    )
    const { registerWorkbook } = await import('../../papers/register-workbook.ts')
    const frame = { title: 'Sổ giới thiệu', madeAt: at.toISOString(), verifyUrl: '', test: web.signers.test }
    const workbook = await registerWorkbook({ ...data, ...frame })
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return file(reply, type, `so-gioi-thieu-${asked}.xlsx`).send(Buffer.from(workbook))
  })
}

function file(reply: Parameters<typeof html>[0], type: string, name: string) {
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
}
