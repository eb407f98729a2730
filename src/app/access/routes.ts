/** "Who may see, who may sign" over HTTP: for administrators, by GET alone; it asks the rules and changes nothing. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { listPositions, type Office } from '../../registry/offices/store.ts'
import { findOrganisations, type Organisation } from '../../registry/organisations/store.ts'
import { suggestOrganisations } from '../../registry/organisations/view.ts'
import { readableOrganisation, readerOf } from '../../registry/reader.ts'
import type { Sight } from '../../web/feature.ts'
import { contextOf, parse } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Scope } from '../../web/scope.ts'
import type { Web } from '../../web/web.ts'
import type { RouteEntry } from '../route-table.ts'
import {
  askDossier,
  competentFor,
  askOrganisation,
  knownDossier,
  relationOf,
  seatsOf,
  type KnownDossier,
  type Seat,
} from './asking.ts'
import { AccessPage, MatrixPage, type AccessPageProps, type MatrixGroup, type SeatLine } from './page.tsx'
import { ACCESS_TEXTS, type AccessTexts } from './texts.ts'

const words = z.string().trim().max(200).optional().catch(undefined)
const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value)
const id = z.preprocess(blankAsAbsent, z.uuid().optional())
const QUESTION = z.object({
  position: words,
  organisation: words,
  organisationId: id,
  about: words,
  aboutId: id,
  dossier: words,
})
type Question = z.output<typeof QUESTION>

export function registerAccess(server: FastifyInstance, web: Web): void {
  const access = 'administrator' as const
  const scope = {
    organisationId: 'open',
    aboutId: 'registry-organisation',
    dossier: 'bare-dossier',
    position: 'word',
  } as const

  server.get('/access', { config: { access, scope } }, async (request, reply) => {
    const texts = ACCESS_TEXTS[request.language]
    const children = AccessPage(await answered(web, request, parse(QUESTION, request.query)))
    const back = { href: '/settings', text: texts.settings }
    return html(reply, await web.showPage(request, { title: texts.title, width: 'wide', back, children }))
  })

  server.get('/access/matrix', { config: { access } }, async (request, reply) => {
    const texts = ACCESS_TEXTS[request.language]
    const children = MatrixPage({ texts, groups: groupsOf(server.routeTable) })
    const back = { href: '/access', text: texts.title }
    return html(reply, await web.showPage(request, { title: texts.matrix, back, children }))
  })
}

/** Everything the page says about the question. */
async function answered(web: Web, request: FastifyRequest, question: Question): Promise<AccessPageProps> {
  const { language } = request
  const texts = ACCESS_TEXTS[language]
  const { read } = web.database
  const reader = readerOf(request, web)
  const context = await contextOf(request, web)
  const positions = await listPositions(read)
  const nameOf = new Map(positions.map(({ code, name, nameEn }) => [code, language === 'en' ? nameEn : name]))
  const page: AccessPageProps = {
    texts,
    language,
    positions: [...nameOf].map(([value, text]) => ({ value, text })),
    entered: question,
  }
  const isAsked = question.dossier || question.about || question.aboutId
  if (!isAsked) return question.position ? { ...page, problem: texts.nothing } : page
  const seat = await seatOf(web, context, question)
  if (seat === 'unclear') return { ...page, problem: texts.which }
  const told = { texts, language, nameOf }
  const filled = {
    ...page,
    entered: { ...question, organisation: seat?.organisationName ?? question.organisation },
  }
  if (question.dossier) {
    const dossier = await knownDossier(read, reader.organisationId, question.dossier, context.today)
    return { ...filled, ...(await aboutDossier(web, dossier, reader.organisationId, seat, context, told)) }
  }
  const aboutId = question.aboutId ?? (await theOne(web, context, question.about))
  if (aboutId === undefined) return { ...filled, problem: texts.which }
  const organisation = await readableOrganisation(read, reader, aboutId)
  return {
    ...page,
    ...(await aboutOrganisation(web, organisation, reader.organisationId, seat, context, told)),
  }
}

interface Told {
  readonly texts: AccessTexts
  readonly language: Language
  readonly nameOf: ReadonlyMap<string, string>
}

/** The office asked about; undefined for all of them, 'unclear' when its organisation is not named well enough. */
async function seatOf(
  web: Web,
  context: Context,
  { position, organisation, organisationId }: Question,
): Promise<(Seat & { readonly organisationName: string }) | 'unclear' | undefined> {
  if (!position) return undefined
  const found = organisationId ?? (await theOne(web, context, organisation))
  const [place] = found ? await findOrganisations(web.database.read, [found], context.today) : []
  return place ? { position, organisationId: place.id, organisationName: place.name } : 'unclear'
}

/** The one organisation of this name or code, or none: several are not guessed among. */
async function theOne(web: Web, { today }: Context, text: string | undefined): Promise<string | undefined> {
  if (!text) return undefined
  const found = await suggestOrganisations(web.database.read, text, today, false)
  const exact = found.filter((each) => each.text.toLowerCase() === text.toLowerCase())
  return (exact.length === 1 ? exact[0] : found.length === 1 ? found[0] : undefined)?.value
}

async function aboutDossier(
  web: Web,
  dossier: KnownDossier,
  own: string,
  seat: (Seat & { readonly organisationName: string }) | undefined,
  context: Context,
  { texts, language, nameOf }: Told,
): Promise<Pick<AccessPageProps, 'thing' | 'answer' | 'reverse'>> {
  const { read } = web.database
  const { awaited, feature, number, status } = dossier
  const labels = feature.whatIf.acts[language]
  const [place] = awaited.responsible
    ? await findOrganisations(read, [awaited.responsible], context.today)
    : []
  const holder =
    place?.name ??
    ({ member: texts.theMember, nobody: texts.nobody } as Record<string, string>)[awaited.who] ??
    texts.system
  const thing = {
    title: texts.ofDossier(number),
    facts: [
      { term: texts.step, value: feature.words[language].statuses[status] ?? status },
      { term: texts.holder, value: holder },
      ...(awaited.until ? [{ term: texts.until, value: formatInstant(awaited.until, language) }] : []),
    ],
  }
  if (!seat) return { thing, reverse: await reverseOf(web, dossier, own, context, labels, nameOf) }
  const { sight, acts } = await askDossier(web, dossier, seat, context)
  const competent = await competentFor(web, dossier, [...nameOf.keys()], context)
  const whyNot = (command: string, refusal: Refusal, theirs: boolean): string => {
    if (theirs) return web.wordsOf(refusal, language).what
    const offices = competent.get(command)?.map((code) => nameOf.get(code) ?? code)
    if (!offices) return texts.notOfOffice
    return awaited.responsible === seat.organisationId
      ? texts.notCompetent(offices.join(', '))
      : texts.notHolder(holder)
  }
  const lines = [
    { key: 'see', act: texts.sees, may: sight.sees, why: texts.sight[sight.why] },
    ...acts
      .filter(({ command }) => command in labels)
      .map(({ command, refusal, theirs }) => ({
        key: command,
        act: labels[command] ?? command,
        may: refusal === undefined,
        why: refusal ? whyNot(command, refusal, theirs) : texts.mayBecause,
        citation: refusal?.citation,
      })),
  ]
  const who = texts.answerFor(nameOf.get(seat.position) ?? seat.position, seat.organisationName)
  return { thing, answer: { who, lines, signs: lines.some(({ key, may }) => may && key !== 'see') } }
}

/** Every office that is held where the dossier is concerned: who may see it, and who may do something now. */
async function reverseOf(
  web: Web,
  dossier: KnownDossier,
  own: string,
  context: Context,
  labels: Readonly<Record<string, string>>,
  nameOf: ReadonlyMap<string, string>,
): Promise<NonNullable<AccessPageProps['reverse']>> {
  const seats = await seatsOf(web.database.read, dossier.organisations, own, context.today)
  const lines: { line: SeatLine; sight: Sight }[] = []
  for (const seat of seats) {
    const { sight, acts } = await askDossier(web, dossier, seat, context)
    const open = acts.filter(({ command, refusal }) => command in labels && refusal === undefined)
    const line = seatLine(
      seat,
      nameOf,
      open.map(({ command }) => labels[command] ?? command),
    )
    lines.push({ line, sight })
  }
  return {
    seeing: lines.filter(({ sight }) => sight.sees).map(({ line }) => ({ ...line, acts: [] })),
    acting: lines.map(({ line }) => line).filter(({ acts }) => acts.length > 0),
  }
}

function seatLine(
  seat: Office & { readonly named: boolean },
  nameOf: ReadonlyMap<string, string>,
  acts: readonly string[],
): SeatLine {
  return {
    id: seat.id,
    position: nameOf.get(seat.position) ?? seat.position,
    organisation: seat.organisationName,
    holder: seat.named ? seat.memberName : null,
    acts,
  }
}

async function aboutOrganisation(
  web: Web,
  organisation: Organisation,
  own: string,
  seat: (Seat & { readonly organisationName: string }) | undefined,
  { today }: Context,
  { texts, language, nameOf }: Told,
): Promise<Pick<AccessPageProps, 'thing' | 'answer' | 'reverse'>> {
  const { read } = web.database
  const thing = { title: organisation.name, facts: [] }
  if (!seat) {
    const seats = await seatsOf(read, [organisation.id], own, today)
    const lines = await Promise.all(
      seats.map(async (held) => {
        const asked = await askOrganisation(read, held, organisation.id, today)
        const open = asked.filter(({ may }) => may)
        return seatLine(
          held,
          nameOf,
          open.map(({ act }) => texts.registryActs[act]),
        )
      }),
    )
    return { thing, reverse: { seeing: [], acting: lines } }
  }
  const relation = texts.relations[await relationOf(read, seat, organisation.id, today)]
  const asked = await askOrganisation(read, seat, organisation.id, today)
  const whyNot = (refusal: Refusal | undefined): string => {
    if (!refusal) return texts.notThisOffice
    return refusal.kind === 'not-found' ? relation : web.wordsOf(refusal, language).what
  }
  const lines = asked.map(({ act, may, refusal }) => ({
    key: act,
    act: texts.registryActs[act],
    may,
    why: may ? relation : whyNot(refusal),
    citation: refusal?.citation,
  }))
  const who = texts.answerFor(nameOf.get(seat.position) ?? seat.position, seat.organisationName)
  return { thing, answer: { who, lines, signs: false } }
}

const QUIET: readonly Scope[] = ['part', 'open', 'new', 'word']

/** Routes by the door and by the first rule they name. */
function groupsOf(table: readonly RouteEntry[]): MatrixGroup[] {
  const groups = new Map<
    string,
    { access: MatrixGroup['access']; scope: MatrixGroup['scope']; routes: string[] }
  >()
  for (const { method, url, access, scope } of table) {
    const rule = Object.values(scope).find((each) => !QUIET.includes(each)) ?? 'none'
    const key = `${access} ${rule}`
    const group = groups.get(key) ?? { access, scope: rule as MatrixGroup['scope'], routes: [] }
    group.routes.push(`${method} ${url}`)
    groups.set(key, group)
  }
  return [...groups.values()]
}
