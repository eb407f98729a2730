/** What the form, the review and the waiting page of a declaration show, for the member and for who declares on behalf. */
import type { FastifyRequest } from 'fastify'
import { addToMonth, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { draftsOf } from '../../../web/form-drafts.ts'
import { sessionOf } from '../../../web/http.ts'
import { newCommandId } from '../../../web/procedure-routes.ts'
import type { Page, Web } from '../../../web/web.ts'
import { classInWords, explain } from '../explanation.ts'
import { CheckPage, type FeeInWords } from './check-page.tsx'
import { formOf, type Declared } from './contract.ts'
import { tryTariff, type Tried } from './declare.ts'
import { DeclareForm } from './form-page.tsx'
import { BeforeForm, History, WaitingDeclaration } from './own-parts.tsx'
import { declarationsOf } from './store.ts'
import { DECLARING_TEXTS, type DeclaringTexts } from './texts.ts'

/** Whose declaration it is, and where its pages are. */
export interface Subject {
  readonly memberId: string
  /** '/fees/declare', '/fees/members/ID/declare' */
  readonly base: string
  /** the member's name, where an officer declares on behalf */
  readonly onBehalfOf?: string
}

export const DRAFT_FORM = 'fee-declaration'

export async function declarePage(
  web: Web,
  request: FastifyRequest,
  subject: Subject,
  shown: {
    readonly today: PlainDate
    readonly done?: string | undefined
    readonly entered?: Readonly<Record<string, string>>
    readonly refusal?: Refusal
  },
): Promise<Page> {
  const { language } = request
  const texts = DECLARING_TEXTS[language]
  const { csrf, memberId: writer } = sessionOf(request)
  const { read } = web.database
  const declarations = await declarationsOf(read, subject.memberId)
  const title = subject.onBehalfOf ? texts.onBehalfTitle : texts.title
  const back = backOf(subject, texts)
  const common = { texts, language, declarations, done: doneWords(texts, shown.done) }
  const waiting = declarations.find(({ status }) => status === 'submitted')
  const { base, onBehalfOf } = subject
  if (waiting)
    return { title, back, children: WaitingDeclaration({ ...common, csrf, waiting, base, onBehalfOf }) }
  const drafts = await draftsOf(read, writer, subject.memberId)
  const inForce = declarations.find(({ status }) => status === 'approved')
  const entered = shown.entered ?? drafts[DRAFT_FORM] ?? prefilled(inForce, shown.today)
  const errors = shown.refusal ? errorsOf(shown.refusal, texts, web, request) : {}
  const before = BeforeForm(common)
  const children = [DeclareForm({ texts, csrf, base, onBehalfOf, entered, errors, before }), History(common)]
  return { title, back, children }
}

const backOf = ({ onBehalfOf, memberId }: Subject, texts: DeclaringTexts) =>
  onBehalfOf ? { href: `/fees/members/${memberId}`, text: onBehalfOf } : { href: '/fees', text: texts.fees }

function doneWords(texts: DeclaringTexts, done: string | undefined): string | undefined {
  if (done === 'sent') return texts.sent
  return done === 'withdrawn' ? texts.withdrawn : undefined
}

/** What holds now, from the next month on; nothing yet: this month. */
function prefilled(inForce: Declared | undefined, today: PlainDate): Readonly<Record<string, string>> {
  const now = monthOf(today)
  return inForce ? boxed(formOf({ ...inForce, fromPeriod: addToMonth(now, 1) })) : boxed({ fromPeriod: now })
}

/** A month in its two boxes, as the form posts it. */
export function boxed(form: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { fromPeriod = '', ...rest } = form
  const [year = '', month = ''] = fromPeriod.split('-')
  return { ...rest, 'fromPeriod-month': String(Number(month)), 'fromPeriod-year': year }
}

function errorsOf(
  refusal: Refusal,
  texts: DeclaringTexts,
  web: Web,
  request: FastifyRequest,
): Record<string, string> {
  const known = refusal.code !== 'request.invalid'
  return Object.fromEntries(
    refusal.fields.map(({ field, code }) => {
      if (known) return [field, web.wordsOf(refusal, request.language).what]
      if (field === 'kind') return [field, texts.errors.kind]
      if (field === 'fromPeriod')
        return [field, code === 'missing' ? texts.errors.fromMissing : texts.errors.month]
      return [field, code === 'missing' ? texts.errors.missing : texts.errors.amount]
    }),
  )
}

export async function checkPage(
  web: Web,
  request: FastifyRequest,
  subject: Subject,
  declared: Declared,
  today: PlainDate,
  unticked = false,
): Promise<Page> {
  const { language } = request
  const texts = DECLARING_TEXTS[language]
  const tried = await tryTariff(web.database.read, { ...declared, memberId: subject.memberId }, today)
  const children = CheckPage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    commandId: newCommandId(),
    base: subject.base,
    onBehalfOf: subject.onBehalfOf,
    declared,
    fields: formOf(declared),
    fee: feeInWords(tried, web, request),
    error: unticked ? texts.errors.declared : undefined,
  })
  return { title: texts.checkTitle, back: { href: subject.base, text: texts.change }, children }
}

export function feeInWords(
  { answer }: Pick<Tried, 'answer'>,
  web: Web,
  { language }: Pick<FastifyRequest, 'language'>,
): FeeInWords {
  if (answer instanceof Refusal) return { refused: web.wordsOf(answer, language) }
  const { amountVnd, class: feeClass, why } = answer
  return { amountVnd, className: classInWords(feeClass, language), why: explain(why, language) }
}
