/** Whose turn a reported error is: the cell first, then the commission above it; found anew where nobody is there. */
import type { Read, Write } from '../../kernel/db.ts'
import { recordNotice } from '../../kernel/notices.ts'
import type { Context } from '../../kernel/procedure.ts'
import { addWorkingDays, endOfWorkingDay } from '../../kernel/working-time.ts'
import {
  addStep,
  getCorrection,
  routeCorrection,
  strayCorrections,
  type CorrectionRequest,
} from '../members/corrections.ts'
import { membershipOf } from '../members/memberships.ts'
import { isHeldHere, nearestOffice, type OfficeAddress } from '../offices/nearest.ts'
import { liesWithin } from '../organisations/store.ts'
import { BUILDING_DECIDES, CELL_LOOKS, LEADERS, type Stage } from './rules.ts'
import { BUILDING_DAYS, CELL_DAYS } from './settings.ts'

/** The notices of offices: a new request, and one that is late. */
export const CORRECTION_ASKED = 'correction.asked'
export const CORRECTION_LATE = 'correction.late'

type Now = Pick<Context, 'at' | 'today' | 'calendar' | 'settings'>

/** The end of the working day so many working days from today. */
export function dueAfter(now: Pick<Now, 'today' | 'calendar'>, workingDays: number): Date {
  return endOfWorkingDay(now.calendar, addWorkingDays(now.calendar, now.today, workingDays))
}

/** Gives the request to the cell, or where nobody there can look at it, above. */
export async function giveToCell(write: Write, request: CorrectionRequest, now: Now): Promise<void> {
  const membership = await membershipOf(write, request.memberId)
  if (!membership) return
  const { organisationId } = membership
  if (!(await isHeldHere(write, organisationId, CELL_LOOKS, now.today, request.memberId))) {
    await addStep(write, request.id, { kind: 'went-up', at: now.at, words: 'no-cell-office' })
    return giveToBuilding(write, request, now)
  }
  await give(write, request, 'cell', { organisationId, positions: CELL_LOOKS }, now)
}

/** Gives it to the commission of the nearest committee, or to the leaders of one that has none. */
export async function giveToBuilding(write: Write, request: CorrectionRequest, now: Now): Promise<void> {
  const membership = await membershipOf(write, request.memberId)
  if (!membership) return
  const { organisationId } = membership
  const near = (positions: readonly string[]) =>
    nearestOffice(write, organisationId, positions, now.today, request.memberId)
  await give(write, request, 'building', (await near(BUILDING_DECIDES)) ?? (await near(LEADERS)), now)
}

async function give(
  write: Write,
  request: CorrectionRequest,
  stage: Stage,
  awaited: OfficeAddress | undefined,
  now: Now,
): Promise<void> {
  const days = now.settings.get(stage === 'cell' ? CELL_DAYS : BUILDING_DAYS)
  await routeCorrection(write, request.id, { stage, awaited, dueAt: dueAfter(now, days) })
  if (!awaited) return
  await recordNotice(write, {
    to: awaited,
    code: CORRECTION_ASKED,
    onceKey: `${CORRECTION_ASKED} ${request.id} ${stage} ${awaited.organisationId}`,
    at: now.at,
  })
}

/** What time brings about: requests nobody looked at go up, those of members who moved go along, leaders are told. */
export async function routeStrays(write: Write, now: Now): Promise<void> {
  for (const id of await strayCorrections(write, now.today, now.at)) {
    const request = await getCorrection(write, id)
    if (request.stage === null || (await isElsewhere(write, request, now))) {
      await giveToCell(write, request, now)
    } else if (request.stage === 'cell') {
      const words = request.dueAt && request.dueAt < now.at ? 'too-long' : 'no-cell-office'
      await addStep(write, id, { kind: 'went-up', at: now.at, words })
      await giveToBuilding(write, request, now)
    } else await lookAfterBuilding(write, request, now)
  }
}

async function lookAfterBuilding(write: Write, request: CorrectionRequest, now: Now): Promise<void> {
  const { awaitedOrganisation, awaitedPositions, memberId, dueAt } = request
  const held =
    awaitedOrganisation !== null &&
    (await isHeldHere(write, awaitedOrganisation, awaitedPositions, now.today, memberId))
  if (!held) return giveToBuilding(write, request, now)
  if (!dueAt || dueAt >= now.at) return
  await recordNotice(write, {
    to: { organisationId: awaitedOrganisation, positions: LEADERS },
    code: CORRECTION_LATE,
    onceKey: `${CORRECTION_LATE} ${request.id}`,
    at: now.at,
  })
}

async function isElsewhere(read: Read, request: CorrectionRequest, { today }: Now): Promise<boolean> {
  const membership = await membershipOf(read, request.memberId)
  if (!membership || request.awaitedOrganisation === null) return false
  return !(await liesWithin(read, membership.organisationId, request.awaitedOrganisation, today))
}
