/** The way of a dossier (đường đi của hồ sơ) for one reader: what happened, where it is, what comes after, each with its rule. */
import { formatInstant, formatMonth, formatDate, type Language } from '../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../kernel/settings.ts'
import type { WorkCalendar } from '../../kernel/working-time.ts'
import type { TimelineStep } from '../../ui/timeline.tsx'
import { dayInWords } from '../../web/deadline.ts'
import type { TransferView } from './contract.ts'
import { bodyName } from '../../papers/bodies.ts'
import { AUTHORITY } from './law/route.ts'
import { BLOCK_CITATION, INTAKE_CITATION, PRESENT_CITATION, SEGREGATION_CITATION } from './law/rules.ts'
import * as setting from './law/settings.ts'
import type { EventType, Status } from './law/states.ts'
import { TRANSFER_TEXTS, type TransferWords } from './texts.ts'

/** What tells the way needs beside the dossier. */
export interface WayContext {
  readonly language: Language
  readonly at: Date
  readonly calendar: WorkCalendar
  readonly settings: SettingsOfDay
}

/** All steps in their order. */
export function wayOf(view: TransferView, context: WayContext): TimelineStep[] {
  const words = TRANSFER_TEXTS[context.language]
  const events = view.timeline.filter((_event, index) => !isQuiet(view.timeline, index))
  const done = events.map((event) => doneStep(view, event, words, context.language))
  if (view.awaited.who === 'nobody') return done
  return [...done, nowStep(view, words, context), ...nextSteps(view, words, context)]
}

/** What happened after the event the reader saw last. */
export function since(view: TransferView, number: number, language: Language): TimelineStep[] {
  return view.timeline
    .filter((event) => event.number > number)
    .map((event) => doneStep(view, event, TRANSFER_TEXTS[language], language))
}

const QUIET: ReadonlySet<string> = new Set<EventType>([
  'transfer-drafted',
  'draft-saved',
  'file-attached',
  'file-detached',
])

/** Told by the event that came with it: sending by its reception, the last seal by the referral. */
const TOLD_BY: Readonly<Record<string, readonly string[]>> = {
  'transfer-submitted': ['transfer-received', 'transfer-technically-rejected'],
  'referral-sealed': ['transfer-referred'],
  'sealing-retried': ['referral-sealed'],
}

function isQuiet(timeline: TransferView['timeline'], index: number): boolean {
  const type = timeline[index]!.type
  const next = timeline[index + 1]?.type
  // A seal that was set is told with its number; only one that was tried again has a line of its own.
  if (type === 'referral-sealed' && timeline[index - 1]?.type === 'number-taken') return true
  return QUIET.has(type) || (next !== undefined && (TOLD_BY[type]?.includes(next) ?? false))
}

type TimelineEvent = TransferView['timeline'][number]

function doneStep(
  view: TransferView,
  event: TimelineEvent,
  words: TransferWords,
  language: Language,
): TimelineStep {
  const note = [cellNote(view, event, words, language), event.note].filter(Boolean).join('; ')
  return {
    standing: 'done',
    title: titleOf(view, event, words),
    when: formatInstant(new Date(event.at), language),
    who: whoOf(event, words, language),
    ...(note === '' ? {} : { note }),
  }
}

/** A signature is told with who signed; the rest by what happened. */
function titleOf(view: TransferView, event: TimelineEvent, words: TransferWords): string {
  if (event.type !== 'referral-signed' || event.organisation === null)
    return words.events[event.type as EventType] ?? event.type
  return event.organisation === view.origin.cell.name
    ? words.steps.cellSigns(event.organisation)
    : words.steps.refers(bodyName({ name: event.organisation, tier: 'grassroots' }))
}

function whoOf(event: TimelineEvent, words: TransferWords, language: Language): string {
  if (event.who === null) return words.system
  const position = language === 'en' ? event.positionEn : event.position
  const acted = [position, event.who].filter(Boolean).join(' ')
  const behalf = event.onBehalfOf ? ` (${words.onBehalfOf(event.onBehalfOf)})` : ''
  const organisation = event.type === 'referral-signed' ? null : event.organisation
  return [acted + behalf, organisation].filter(Boolean).join(', ')
}

function cellNote(
  view: TransferView,
  event: TimelineEvent,
  words: TransferWords,
  language: Language,
): string | undefined {
  const { cellReview } = view
  if (event.type !== 'referral-signed' || !cellReview || event.organisation !== view.origin.cell.name)
    return undefined
  return [
    words.request.met(formatDate(cellReview.meetingOn, language)),
    words.request.fees(formatMonth(cellReview.feesPaidThrough, language)),
  ].join('; ')
}

const PROBLEMS: ReadonlySet<string> = new Set<Status>([
  'technically-rejected',
  'blocked',
  'returned',
  'sealing-failed',
  'papers-lost',
  'destination-returned',
])

/** The regulation behind a step; a step without one has a deadline of the unit's own. */
export const RULE_OF: Readonly<Partial<Record<Status, string>>> = {
  received: INTAKE_CITATION,
  'supplement-requested': INTAKE_CITATION,
  blocked: BLOCK_CITATION,
  'committee-review': AUTHORITY,
  numbering: SEGREGATION_CITATION,
  'in-transit': PRESENT_CITATION,
  'cell-admission': '4192-QĐ/BTCTW',
}

function nowStep(view: TransferView, words: TransferWords, context: WayContext): TimelineStep {
  const status = view.status as Status
  const { awaited } = view
  const rule = RULE_OF[status]
  return {
    standing: PROBLEMS.has(status) || awaited.overdue ? 'problem' : 'now',
    title: words.statuses[status],
    when: [awaited.mine ? words.steps.waitingYou : '', untilOf(view, words, context)]
      .filter(Boolean)
      .join(', '),
    ...(awaited.mine ? {} : { who: awaitedName(view, words) }),
    ...(rule && status !== 'numbering' ? { rule } : {}),
  }
}

/** Who has it, in words: the member, an organisation, or the system. */
export function awaitedName(view: TransferView, words: TransferWords): string {
  const { who, organisation } = view.awaited
  if (who === 'member') return words.theMember
  return organisation?.name ?? words.system
}

function untilOf(view: TransferView, words: TransferWords, { at, calendar, language }: WayContext): string {
  if (view.awaited.until === null) return ''
  const until = new Date(view.awaited.until)
  const day = dayInWords(until, calendar, language)
  return until < at ? words.steps.overdue(day) : words.steps.due(day)
}

/** Steps to come, derived from where it is and from the hops of the letter. */
function nextSteps(view: TransferView, words: TransferWords, { settings }: WayContext): TimelineStep[] {
  const within = (days: number): string => `${words.workingDays(days)} (${words.unitSettingShort})`
  const { steps } = words
  const hopStep = (hop: TransferView['hops'][number]): TimelineStep => {
    const ofCell = hop.from.id === view.origin.cell.id
    const days = ofCell
      ? setting.CELL_REVIEW_DAYS
      : hop.hasSeal
        ? setting.COMMITTEE_DAYS
        : setting.INTERMEDIATE_DAYS
    return {
      standing: 'next',
      title: ofCell ? steps.cellSigns(hop.from.name) : steps.refers(hop.from.name),
      note: `${steps.to(hop.to.name)}. ${within(settings.get(days))}`,
      ...(ofCell ? {} : { rule: AUTHORITY }),
    }
  }
  const cellCheck: TimelineStep = { standing: 'next', title: steps.cellCheck, rule: INTAKE_CITATION }
  const unknownHops: TimelineStep[] = [
    {
      standing: 'next',
      title: steps.cellSigns(view.origin.cell.name),
      note: within(settings.get(setting.CELL_REVIEW_DAYS)),
    },
    { standing: 'next', title: steps.someoneRefers, rule: AUTHORITY },
  ]
  const handOver: TimelineStep = {
    standing: 'next',
    title: steps.handOver,
    note: within(settings.get(setting.HAND_OVER_DAYS)),
    rule: words.citations.announced,
  }
  const present: TimelineStep = {
    standing: 'next',
    title: steps.present,
    note: steps.presentNote,
    rule: PRESENT_CITATION,
  }
  const receive: TimelineStep = {
    standing: 'next',
    title: steps.receive,
    note: within(settings.get(setting.RECEPTION_DAYS)),
  }
  const admit: TimelineStep = {
    standing: 'next',
    title: steps.admit,
    note: steps.admitNote,
    rule: words.citations.announced,
  }
  const arrival = view.kind === 'internal' ? [admit] : [handOver, present, receive, admit]
  if (view.referredOn !== null) return AFTER_REFERRAL[view.status]?.({ present, receive, admit }) ?? []
  const coming = view.hops.filter((hop) => hop.standing === 'next').map(hopStep)
  if (view.hops.length > 0) return [...coming, ...arrival]
  return [...(CHECKED.has(view.status) ? [] : [cellCheck]), ...unknownHops, ...arrival]
}

const CHECKED: ReadonlySet<string> = new Set<Status>(['received', 'supplement-requested', 'blocked'])

type Arrival = Readonly<Record<'present' | 'receive' | 'admit', TimelineStep>>

const AFTER_REFERRAL: Readonly<Record<string, (steps: Arrival) => TimelineStep[]>> = {
  referred: ({ present, receive, admit }) => [present, receive, admit],
  'in-transit': ({ receive, admit }) => [receive, admit],
  'papers-lost': ({ present, receive, admit }) => [present, receive, admit],
  'at-destination': ({ admit }) => [admit],
}
