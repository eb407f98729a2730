/** Whose turn it is, until when, and whom a comment passes: tasks, reminders, queues and buttons are this. */
import type { Awaiting, Party } from '../../../kernel/dossier.ts'
import { preparers, signers, type Place } from './place.ts'
import { writingPlace } from './rules.ts'
import type { Comment, Status } from './states.ts'

type Turn = Pick<Awaiting, 'who' | 'responsible' | 'positions'>

const by = (place: Place, positions: readonly string[] = preparers(place)): Turn => ({
  who: 'organisation',
  responsible: place.id,
  positions,
})
const done: Turn = { who: 'nobody', responsible: null, positions: [] }

const atCell = (comment: Comment): Turn => by(writingPlace(comment) ?? comment.commune)

const TURN: Record<Status, (comment: Comment) => Turn> = {
  requested: ({ commune }) => by(commune),
  'with-cell': atCell,
  drafted: atCell,
  'cell-signed': ({ commune }) => by(commune, [...new Set([...signers(commune), ...preparers(commune)])]),
  sealing: ({ commune }) => ({ ...by(commune), who: 'system' }),
  'sealing-failed': ({ commune }) => by(commune),
  'returned-to-workplace': ({ workplace }) => by(workplace),
  'sent-back': ({ workplace }) => by(workplace),
  filed: () => done,
  cancelled: () => done,
}

/** Whose turn, to do what, until when; and the one organisation that answers for the comment meanwhile. */
export function awaited(comment: Comment): Awaiting {
  const until = comment.dueAt === null ? null : new Date(comment.dueAt)
  return { ...TURN[comment.status](comment), act: comment.status, until }
}

/** Done with it at a status: the cell once it signed, the commune once it confirmed. */
const PAST: Record<'cell' | 'commune', ReadonlySet<Status>> = {
  cell: new Set([
    'cell-signed',
    'sealing',
    'sealing-failed',
    'returned-to-workplace',
    'filed',
    'sent-back',
    'cancelled',
  ]),
  commune: new Set(['returned-to-workplace', 'filed', 'sent-back', 'cancelled']),
}

/** Cell, commune and workplace, each once; a cell for which the commune acts is not asked. */
export function parties(comment: Comment): Party[] {
  const { workplace, commune, cell, communeActs, status } = comment
  const now = awaited(comment).responsible
  const closed = status === 'filed' || status === 'cancelled'
  const stages = new Map<string, Party['stage']>([[workplace.id, closed ? 'past' : 'ahead']])
  if (cell && !communeActs) stages.set(cell.id, PAST.cell.has(status) ? 'past' : 'ahead')
  stages.set(commune.id, PAST.commune.has(status) ? 'past' : 'ahead')
  if (workplace.id === commune.id) stages.set(workplace.id, closed ? 'past' : 'ahead')
  if (now !== null) stages.set(now, 'now')
  return [...stages].map(([organisationId, stage]) => ({ organisationId, stage }))
}
