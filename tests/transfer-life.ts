/** The happy life of a transfer in a story's world, step by step through HTTP, as far as the story wants it. */
import { randomUUID } from 'node:crypto'
import { decisionPdf } from '../src/app/story/decision.ts'
import { loadDossier, eventsOf } from '../src/kernel/dossier.ts'
import { sql } from '../src/kernel/db.ts'
import { addDays, addMonths, monthOf, todayIn } from '../src/kernel/plain-date.ts'
import { awaited, parties } from '../src/procedures/official-transfer/law/awaited.ts'
import type { TransferView } from '../src/procedures/official-transfer/contract.ts'
import { evolve } from '../src/procedures/official-transfer/law/evolve.ts'
import { OFFICIAL_TRANSFER } from '../src/procedures/official-transfer/procedure.ts'
import type { Event, Status, Transfer } from '../src/procedures/official-transfer/law/states.ts'
import type { Answer, HandedIn, Visitor } from './transfer-visitor.ts'
import type { TransferWorld } from './transfer-world.ts'

/** A transfer under way in a story. */
export interface Life {
  readonly id: string
  readonly member: Visitor
  /** Goes on by the ordinary steps until it stands at this status (at this leg of the letter, from 0). */
  to(status: Status, hop?: number): Promise<TransferView>
  /** Hands in a file under the member's (or a delegate's) name. */
  attach(role: string, file?: HandedIn, who?: Visitor): Promise<Answer>
}

let decision: Promise<Uint8Array> | undefined

/** A decision as the member has it on paper: one page, signed by nobody. */
export async function aDecision(name = 'quyet-dinh.pdf'): Promise<HandedIn> {
  decision ??= decisionPdf()
  return { name, type: 'application/pdf', bytes: await decision }
}

/** What a member answers who moves house: the decision took effect ten days ago. */
export function anAnswer(world: TransferWorld, destinationId: string, more: object = {}): object {
  const today = todayIn(world.now())
  return {
    reason: 'residence',
    reasonText: 'Gia đình chuyển về ở lâu dài tại nơi mới.',
    decisionNumber: '15/XN-CT',
    decisionIssuer: 'Công an phường nơi đến',
    decisionIssuedOn: addDays(today, -10),
    decisionEffectiveOn: addDays(today, -10),
    destinationId,
    reviewFrom: addMonths(today, -12),
    reviewTo: today,
    strengths: 'Chấp hành tốt; tham gia sinh hoạt đầy đủ.',
    weaknesses: 'Có lúc chưa mạnh dạn góp ý.',
    phone: '0900000001',
    address: 'Số 12, đường số 3, khu phố mới',
    ...more,
  }
}

/** A cell's comment of today, fees paid through this month. */
export function aReview(world: TransferWorld, more: object = {}): object {
  const today = todayIn(world.now())
  const comment = 'Chi bộ nhất trí với bản tự kiểm điểm.'
  return { meetingOn: today, comment, feesPaidThrough: monthOf(today), ...more }
}

export const A_COMMENT = {
  committeeComment: 'Đảng ủy nhất trí với nhận xét của chi bộ.',
  supplementUpToDate: true,
}

/** Begins a transfer: a draft with everything answered, its decision not yet attached. */
export async function beginTransfer(
  world: TransferWorld,
  member: Visitor,
  answers: object = {},
  destinationId: string = world.places.otherCell,
): Promise<Life> {
  const id = randomUUID()
  await member.ask(id, 'save-draft', anAnswer(world, destinationId, answers))
  const attach: Life['attach'] = async (role, file, who = member) => {
    const fields = { commandId: randomUUID(), role, confidentiality: 'NON_SECRET' }
    const answer = await who.upload(
      `/api/v1/official-transfers/${id}/files`,
      fields,
      file ?? (await aDecision()),
    )
    if (answer.status !== 200) throw new Error(`${role}: ${answer.status} ${answer.text}`)
    return answer
  }
  const life: Life = {
    id,
    member,
    attach,
    async to(status, hop) {
      for (let steps = 0; steps < 30; steps += 1) {
        const { state } = await storedTransfer(world, id)
        if (state.status === status && (hop === undefined || hop === state.hop)) return member.sees(id)
        await takeStep(world, life, state)
      }
      throw new Error(`never came to ${status}`)
    },
  }
  return life
}

export async function storedTransfer(world: TransferWorld, id: string) {
  const dossier = await loadDossier<Transfer>(world.database.read, OFFICIAL_TRANSFER, id)
  if (!dossier) throw new Error(`no dossier ${id}`)
  return dossier
}

/** Whoever's turn it is does what is ordinarily done. */
async function takeStep(world: TransferWorld, { id, member, attach }: Life, state: Transfer): Promise<void> {
  const { officers, places } = world
  const { hop, status } = state
  const from = state.hops[hop]?.from.id
  const today = todayIn(world.now())
  const steps: Partial<Record<Status, () => Promise<unknown>>> = {
    draft: async () => {
      await attach('decision')
      await member.ask(id, 'submit', { declared: true })
    },
    returned: () => member.ask(id, 'submit', { declared: true }),
    received: () => officers.cellSecretary.ask(id, 'accept-intake'),
    'cell-review': () => officers.cellSecretary.ask(id, 'sign-referral', aReview(world)),
    'committee-review': () =>
      from === places.ward
        ? officers.wardDeputy.ask(id, 'sign-referral', A_COMMENT)
        : officers.commissionDeputy.ask(id, 'sign-referral'),
    numbering: () =>
      (from === places.ward ? officers.wardClerk : officers.commissionClerk).ask(id, 'take-number'),
    sealing: () => world.work(),
    referred: () => officers.wardClerk.ask(id, 'hand-over-file', { sealNumber: 'NP-01', handedOn: today }),
    'in-transit': () =>
      officers.destinationDeputy.ask(id, 'receive', { receivedOn: today, sealIntact: true }),
    'at-destination': () => officers.destinationDeputy.ask(id, 'assign-cell', { cellId: places.otherCell }),
    'cell-admission': () => officers.destinationSecretary.ask(id, 'admit', { meetingOn: today }),
  }
  const step = steps[status]
  if (!step) throw new Error(`no ordinary step from ${status}`)
  await step()
}

/**
 * Every dossier of the world: its state as it is stored, and as its events give it; whose turn it is and whom it passes as
 * they are stored, and as the state gives them. `stored` and `folded` are equal, or something is wrong.
 */
export async function foldedDossiers(world: TransferWorld) {
  const { read } = world.database
  const rows = await read.rows<{
    id: string
    who: string
    responsible: string | null
    act: string
    until: Date | null
    isOpen: boolean
    parties: { organisationId: string; stage: string }[]
  }>(sql`
    select id, awaited_kind as who, awaited_organisation as responsible, awaited_act as act, due_at as until,
           is_open as "isOpen",
           coalesce((select json_agg(json_build_object('organisationId', organisation_id, 'stage', stage))
                       from dossier_party where dossier_id = id), '[]') as parties
      from dossier order by id`)
  return Promise.all(
    rows.map(async ({ id, ...kept }) => {
      const { state: stored } = await storedTransfer(world, id)
      const events = await eventsOf(read, id)
      const state = events.reduce<Transfer | undefined>(
        (before, event) => evolve(before, event.data as Event, event.at),
        undefined,
      )!
      const { who, responsible, act, until } = awaited(state)
      const way = parties(state)
      const sorted = (all: readonly { organisationId: string; stage: string }[]) =>
        all.map(({ organisationId, stage }) => `${organisationId} ${stage}`).sort()
      return {
        stored: { id, state: stored, ...kept, parties: sorted(kept.parties) },
        folded: { id, state, who, responsible, act, until, isOpen: who !== 'nobody', parties: sorted(way) },
      }
    }),
  )
}

/** [counted, in transit] of an organisation with everything below it, as an officer above reads it in the registry. */
export async function countsAt(reader: Visitor, organisationId: string): Promise<readonly [number, number]> {
  const { counts } = await reader.read<{ counts: { active: number; inTransit: number } }>(
    `/api/v1/organisations/${organisationId}`,
  )
  return [counts.active, counts.inTransit]
}
