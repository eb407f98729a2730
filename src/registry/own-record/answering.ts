/** A reported error from the asking to the end: asked, looked at by the cell, decided above, withdrawn, taken back. */
import type { Database, Read, Write } from '../../kernel/db.ts'
import { recordNotice } from '../../kernel/notices.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addWorkingDays, endOfWorkingDay } from '../../kernel/working-time.ts'
import {
  addStep,
  askCorrection,
  correctionsOf,
  endCorrection,
  getCorrection,
  insertUndo,
  lockCorrection,
  openCorrections,
  writtenBy,
  type CorrectionRequest,
} from '../members/corrections.ts'
import { membershipOf } from '../members/memberships.ts'
import { getMember, type Member, type MemberFacts } from '../members/store.ts'
import { findOrganisations } from '../organisations/store.ts'
import { keepView } from '../readings/keeping.ts'
import { memberWithin, type Reader } from '../reader.ts'
import {
  correctedFacts,
  listValue,
  writeFacts,
  type CorrectableField,
  type JudgingOptions,
} from './correcting.ts'
import { giveToBuilding, giveToCell } from './routing.ts'
import { ANSWERING, cellSettles, isTurnOf, mayAnswer, mayUndo, type Verdict } from './rules.ts'
import { CELL_SETTLES, UNDO_DAYS } from './settings.ts'

/** What became of a member's request: the codes of their notices. */
export const CORRECTION_ACCEPTED = 'correction.accepted'
export const CORRECTION_DECLINED = 'correction.declined'
export const CORRECTION_PASSED_ON = 'correction.passed-on'
export const CORRECTION_UNDONE = 'correction.undone'

/** More than there are facts nobody has to report at once. */
const MOST_OPEN = 30

/** When, under which calendar and settings, and how a fact is judged. */
export type Judging = Pick<Context, 'at' | 'today' | 'calendar' | 'settings'> & JudgingOptions

export interface AskedCorrection {
  readonly id: string
  readonly field: CorrectableField
  readonly proposed: string
  readonly explanation: string
}

/**
 * A member reports a fact as wrong; the cell is told. The same id twice asks once.
 *
 * @throws Refusal against-rule `correction.does-not-fit` when the record could not hold what is proposed; conflict
 *   `correction.too-many-open`
 */
export async function reportCorrection(
  database: Database,
  memberId: string,
  asked: AskedCorrection,
  now: Judging,
): Promise<void> {
  await database.transaction(async (write) => {
    const member = await getMember(write, memberId)
    try {
      correctedFacts(member, asked.field, asked.proposed, now)
    } catch (error) {
      // of another fact that is wrong too the officer will think; the member may still say this one
      if (!(error instanceof Refusal && error.code === 'correction.record-unfit')) throw error
    }
    const open = (await correctionsOf(write, memberId)).filter(({ status }) => status === 'open')
    if (open.length >= MOST_OPEN && !open.some(({ id }) => id === asked.id))
      throw new Refusal('conflict', 'correction.too-many-open', { facts: { most: MOST_OPEN } })
    if (!(await askCorrection(write, { memberId, ...asked, at: now.at }))) return
    await addStep(write, asked.id, { kind: 'asked', at: now.at, actor: { memberId } })
    await giveToCell(write, await getCorrection(write, asked.id), now)
  })
}

/**
 * The member takes the request back while nobody has decided it; twice is once.
 *
 * @throws Refusal not-found `correction.unknown` for another's; conflict `correction.already-answered`
 */
export async function withdrawCorrection(
  database: Database,
  memberId: string,
  id: string,
  { at }: Pick<Judging, 'at'>,
): Promise<void> {
  await database.transaction(async (write) => {
    const request = await lockCorrection(write, id)
    if (request.memberId !== memberId) throw new Refusal('not-found', 'correction.unknown')
    if (request.status === 'withdrawn') return
    await endCorrection(write, { id, status: 'withdrawn', by: memberId, answer: '', at })
    await addStep(write, id, { kind: 'withdrawn', at, actor: { memberId } })
  })
}

export interface CorrectionAnswer {
  readonly status: 'accepted' | 'declined' | 'passed-on'
  /** what is written into the record when accepted, as a list writes it */
  readonly value: string
  readonly answer: string
  /** of the cell when it passes the request on */
  readonly verdict?: Verdict | undefined
}

/**
 * The office whose turn it is answers: the cell passes on with its word, or says why not; the commission writes the fact,
 * or says why not. An accepted one changes the fact in the same transaction. Asked again by the same person with the
 * same answer, nothing more happens.
 *
 * @throws Refusal forbidden `correction.not-your-office`, `correction.own-record`, `correction.not-your-turn`; not-found
 *   `correction.unknown`; conflict `correction.already-answered`, `correction.personal-id-taken`; invalid
 *   `correction.reason-missing`, `correction.verdict-missing`; against-rule `correction.does-not-fit`,
 *   `correction.record-unfit`, `correction.decided-above`, `correction.passed-already`
 */
export async function settleCorrection(
  database: Database,
  reader: Reader,
  id: string,
  answer: CorrectionAnswer,
  now: Judging,
): Promise<void> {
  requireAnswering(reader)
  requireWords(answer)
  await database.transaction(async (write) => {
    await answerable(write, reader, id)
    const request = await lockCorrection(write, id)
    if (request.answeredBy === reader.memberId && request.status === answer.status) return
    if (request.memberId === reader.memberId) throw new Refusal('forbidden', 'correction.own-record')
    if (request.status !== 'open') throw new Refusal('conflict', 'correction.already-answered')
    mayAnswer(request, reader, answer.status, now.settings.get(CELL_SETTLES))
    if (answer.status === 'passed-on') await passOn(write, reader, request, answer, now)
    else await decideCorrection(write, reader, request, answer, now)
  })
}

/** @throws Refusal invalid */
function requireWords({ status, answer, verdict }: CorrectionAnswer): void {
  if (status === 'declined' && answer.trim() === '')
    throw new Refusal('invalid', 'correction.reason-missing', {
      fields: [{ field: 'answer', code: 'missing' }],
    })
  if (status === 'passed-on' && !verdict)
    throw new Refusal('invalid', 'correction.verdict-missing', {
      fields: [{ field: 'verdict', code: 'missing' }],
    })
}

async function passOn(
  write: Write,
  reader: Reader,
  request: CorrectionRequest,
  { verdict, answer }: CorrectionAnswer,
  now: Judging,
): Promise<void> {
  const step = { kind: 'passed-on' as const, at: now.at, actor: reader, words: answer.trim() }
  await addStep(write, request.id, { ...step, verdict: verdict ?? 'unclear' })
  await giveToBuilding(write, request, now)
  await recordNotice(write, { to: { memberId: request.memberId }, code: CORRECTION_PASSED_ON, at: now.at })
}

async function decideCorrection(
  write: Write,
  reader: Reader,
  request: CorrectionRequest,
  { status, value, answer }: CorrectionAnswer,
  now: Judging,
): Promise<void> {
  const { id, memberId } = request
  const accepted = status === 'accepted'
  const member = await getMember(write, memberId)
  const words = accepted ? [`Đã ghi: ${value || 'bỏ trống'}.`, answer.trim()] : [answer.trim()]
  const said = words.filter(Boolean).join(' ')
  const end = { id, by: reader.memberId, answer: said, at: now.at }
  if (accepted) {
    const written = correctedFacts(member, request.field as CorrectableField, value, now)
    await endCorrection(write, { ...end, status, before: factsNow(member, written), written })
    await writeFacts(write, memberId, written)
  } else await endCorrection(write, { ...end, status: 'declined' })
  await addStep(write, id, {
    kind: accepted ? 'accepted' : 'declined',
    at: now.at,
    actor: reader,
    words: said,
  })
  const code = accepted ? CORRECTION_ACCEPTED : CORRECTION_DECLINED
  await recordNotice(write, { to: { memberId }, code, at: now.at })
}

/** The same facts as they stand in the record now. */
function factsNow(member: Member, facts: Partial<MemberFacts>): Partial<MemberFacts> {
  const names = Object.keys(facts) as (keyof MemberFacts)[]
  return Object.fromEntries(names.map((name) => [name, member[name]]))
}

/**
 * Takes a written correction back: a new correction that names the old one, by whoever decided it, while the days of the
 * setting run. The same id twice takes back once.
 *
 * @throws Refusal as `mayUndo`; not-found `correction.unknown`; conflict `correction.changed-since` when the fact was
 *   changed again meanwhile; invalid `correction.reason-missing`
 */
export async function undoCorrection(
  database: Database,
  reader: Reader,
  oldId: string,
  undo: { readonly id: string; readonly reason: string },
  now: Judging,
): Promise<void> {
  requireAnswering(reader)
  await database.transaction(async (write) => {
    await answerable(write, reader, oldId)
    const old = await lockCorrection(write, oldId)
    if (old.undoneBy === undo.id) return
    mayUndo(
      { ...old, undone: old.undoneBy !== null, undoUntil: undoUntil(old, now) },
      reader.memberId,
      now.at,
    )
    const member = await getMember(write, old.memberId)
    const { factsBefore: before, factsWritten: written } = old
    if (!before || !written) throw new Refusal('conflict', 'correction.not-written')
    const names = Object.keys(written) as (keyof MemberFacts)[]
    if (names.some((name) => member[name] !== written[name]))
      throw new Refusal('conflict', 'correction.changed-since')
    await writeFacts(write, old.memberId, before)
    const again = await getMember(write, old.memberId)
    const proposed = listValue(again, old.field as CorrectableField)
    const { id, reason } = undo
    const by = reader.memberId
    await insertUndo(write, { id, old, reason, by, at: now.at, proposed, before: written, written: before })
    await addStep(write, id, { kind: 'accepted', at: now.at, actor: reader, words: reason })
    await addStep(write, oldId, { kind: 'undone', at: now.at, actor: reader, words: reason })
    await recordNotice(write, { to: { memberId: old.memberId }, code: CORRECTION_UNDONE, at: now.at })
  })
}

/** Until when whoever decided may take it back. */
function undoUntil({ answeredAt }: CorrectionRequest, { calendar, settings }: Judging): Date | null {
  if (!answeredAt) return null
  return endOfWorkingDay(calendar, addWorkingDays(calendar, todayIn(answeredAt), settings.get(UNDO_DAYS)))
}

/** @throws Refusal forbidden `correction.not-your-office` */
export function requireAnswering(reader: Reader): void {
  if (!ANSWERING.includes(reader.position)) throw new Refusal('forbidden', 'correction.not-your-office')
}

/** A request about a member the reader may see; about anybody else's it is unknown. */
async function answerable(read: Read, reader: Reader, id: string): Promise<void> {
  const request = await getCorrection(read, id)
  try {
    await memberWithin(read, reader, request.memberId)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not-found')
      throw new Refusal('not-found', 'correction.unknown')
    throw error
  }
}

/** A request as the one who may answer it sees it. */
export interface OpenCorrection {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly organisationName: string
  readonly field: CorrectableField
  /** what stands in the record now */
  readonly now: string
  readonly proposed: string
  readonly explanation: string
  readonly askedAt: Date
  readonly dueAt: Date | null
  readonly stage: 'cell' | 'building'
  /** the reader may write it: the commission always, a cell what is for it to settle */
  readonly mayAccept: boolean
  /** of the reader's own record: somebody else answers it */
  readonly own: boolean
}

/** Something the reader wrote and may still take back. */
export interface WrittenCorrection {
  readonly id: string
  readonly memberName: string
  readonly field: CorrectableField
  readonly answer: string
  readonly until: Date
}

export const CORRECTIONS_A_PAGE = 20

/** More days of rest than there are in a row between so many working days. */
const REST_DAYS = 30

/** Requests whose turn is the reader's, the oldest first, a page of them; and those the reader may take back. */
export async function correctionsFor(
  database: Database,
  reader: Reader,
  page: number,
  now: Judging,
): Promise<{ total: number; corrections: OpenCorrection[]; written: WrittenCorrection[] }> {
  requireAnswering(reader)
  const { read } = database
  const all = await openCorrections(read, [reader.organisationId], reader.today)
  const mine = all.filter((request) => isTurnOf(request, reader) || request.memberId === reader.memberId)
  const first = (page - 1) * CORRECTIONS_A_PAGE
  const corrections = await Promise.all(
    mine
      .slice(first, first + CORRECTIONS_A_PAGE)
      .map((request) => openCorrection(read, reader, request, now)),
  )
  const since = new Date(now.at.getTime() - (REST_DAYS + now.settings.get(UNDO_DAYS)) * 86_400_000)
  const written = (await writtenBy(read, reader.memberId, since)).flatMap((each) => {
    const until = undoUntil(each, now)
    return until && until >= now.at && each.undoneBy === null && each.factsBefore
      ? [writtenLine(each, until)]
      : []
  })
  await database.transaction(async (write) => {
    for (const { memberId } of corrections)
      await keepView(write, { memberId, kind: 'correction', viewer: reader, at: now.at })
  })
  return { total: mine.length, corrections, written }
}

function writtenLine(request: CorrectionRequest, until: Date): WrittenCorrection {
  const { id, memberName, answer } = request
  return { id, memberName, field: request.field as CorrectableField, answer: answer ?? '', until }
}

async function openCorrection(
  read: Read,
  reader: Reader,
  request: CorrectionRequest,
  { settings }: Judging,
): Promise<OpenCorrection> {
  const { id, memberId, memberName, proposed, explanation, askedAt, dueAt } = request
  const field = request.field as CorrectableField
  const [member, membership] = await Promise.all([getMember(read, memberId), membershipOf(read, memberId)])
  const [organisation] = membership
    ? await findOrganisations(read, [membership.organisationId], reader.today)
    : []
  const stage = request.stage ?? 'cell'
  return {
    id,
    memberId,
    memberName,
    organisationName: organisation?.name ?? '',
    field,
    now: listValue(member, field),
    proposed,
    explanation,
    askedAt,
    dueAt,
    stage,
    mayAccept: stage === 'building' || cellSettles(field, settings.get(CELL_SETTLES)),
    own: memberId === reader.memberId,
  }
}
