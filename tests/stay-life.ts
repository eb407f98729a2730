/** The life of a temporary stay in a story's world, through HTTP, step by step as far as the story wants it. */
import { randomUUID } from 'node:crypto'
import { feesOf } from '../src/app/features.ts'
import { eventsOf, loadDossier } from '../src/kernel/dossier.ts'
import { addDays, addMonths, monthOf, todayIn } from '../src/kernel/plain-date.ts'
import type { StayView } from '../src/procedures/temporary-transfer/contract.ts'
import { awaited } from '../src/procedures/temporary-transfer/law/awaited.ts'
import { evolve } from '../src/procedures/temporary-transfer/law/evolve.ts'
import type { Event, Status, Stay } from '../src/procedures/temporary-transfer/law/states.ts'
import { aDecision } from './transfer-life.ts'
import type { Answer, Visitor } from './transfer-visitor.ts'
import type { TransferWorld } from './transfer-world.ts'

const API = '/api/v1/temporary-transfers'

export interface StayLife {
  readonly id: string
  readonly member: Visitor
  /** Asks a command; a refusal ends the story. */
  ask(who: Visitor, command: string, fields?: object): Promise<StayView>
  /** Asks a command that must be refused: its code. */
  refused(who: Visitor, command: string, fields?: object): Promise<string>
  sees(who?: Visitor): Promise<StayView>
  /** Goes on by the ordinary steps until it stands at this status. */
  to(status: Status): Promise<StayView>
}

/** What a member answers who works elsewhere for six months from today. */
export function aStay(world: TransferWorld, more: object = {}): object {
  const today = todayIn(world.now())
  return {
    case: 'work',
    reason: 'Biệt phái sáu tháng, hết việc sẽ trở về.',
    from: today,
    to: addDays(addMonths(today, 6), -1),
    hostId: world.places.otherCell,
    place: 'Trung tâm hành chính công',
    decisionNumber: '12/QĐ',
    decisionIssuer: 'Sở Nội vụ',
    decisionIssuedOn: addDays(today, -3),
    review: 'Hoàn thành nhiệm vụ; tham gia sinh hoạt đầy đủ.',
    phone: '0900000001',
    ...more,
  }
}

const command = (who: Visitor, id: string, type: string, fields: object): Promise<Answer> =>
  who.post(`${API}/${id}/${type}`, { commandId: randomUUID(), ...fields })

/** A draft with everything answered and its decision attached. */
export async function beginStay(world: TransferWorld, member: Visitor, more: object = {}): Promise<StayLife> {
  const id = randomUUID()
  const life: StayLife = {
    id,
    member,
    async ask(who, type, fields = {}) {
      const answer = await command(who, id, type, fields)
      if (answer.status !== 200) throw new Error(`${who.name}, ${type}: ${answer.status} ${answer.text}`)
      return answer.json<{ dossier: StayView }>().dossier
    },
    async refused(who, type, fields = {}) {
      const answer = await command(who, id, type, fields)
      if (answer.code === '') throw new Error(`${who.name}, ${type}: ${answer.status} ${answer.text}`)
      return answer.code
    },
    sees: (who = member) => who.read<StayView>(`${API}/${id}`),
    async to(status) {
      for (let steps = 0; steps < 12; steps += 1) {
        const view = await life.sees()
        if (view.status === status) return view
        await takeStep(world, life, view.status as Status)
      }
      throw new Error(`never came to ${status}`)
    },
  }
  await life.ask(member, 'save-draft', aStay(world, more))
  const fields = { commandId: randomUUID(), confidentiality: 'NON_SECRET' }
  const attached = await member.upload(`${API}/${id}/files`, fields, await aDecision())
  if (attached.status !== 200) throw new Error(attached.text)
  return life
}

/** Whoever's turn it is does what is ordinarily done. */
async function takeStep(world: TransferWorld, life: StayLife, status: Status): Promise<void> {
  const { officers, places } = world
  const today = todayIn(world.now())
  const steps: Partial<Record<Status, () => Promise<unknown>>> = {
    draft: () => life.ask(life.member, 'submit', { declared: true }),
    'sent-back': () => life.ask(life.member, 'submit', { declared: true }),
    'cell-review': async () =>
      life.ask(officers.cellSecretary, 'comment', {
        meetingOn: today,
        comment: 'Chi bộ nhất trí.',
        feesPaidThrough:
          (await feesOf(world.database.read, life.member.memberId))?.paidThrough ?? monthOf(today),
      }),
    'committee-review': () =>
      life.ask(officers.wardDeputy, 'sign-referral', { committeeComment: 'Đảng ủy nhất trí.' }),
    numbering: () => life.ask(officers.wardClerk, 'take-number'),
    sealing: () => world.work(),
    'at-host': () => life.ask(officers.destinationDeputy, 'assign-cell', { cellId: places.otherCell }),
    'host-admission': () => life.ask(officers.destinationSecretary, 'admit', { meetingOn: today }),
  }
  const step = steps[status]
  if (!step) throw new Error(`no ordinary step from ${status}`)
  await step()
}

/** Whose turn it is and until when, in one line. */
export function whereIsStay({ status, awaited: turn }: StayView): string {
  const holder = turn.who === 'member' ? 'đảng viên' : (turn.organisation?.name ?? '')
  return [status, turn.who === 'nobody' ? '' : holder, turn.act === status ? '' : turn.act]
    .filter(Boolean)
    .join(' · ')
}

/** The state as stored and as its events give it: equal, or something is wrong; never waiting for nobody while open. */
export async function foldedStay(world: TransferWorld, id: string) {
  const { read } = world.database
  const stored = (await loadDossier<Stay>(read, 'temporary-transfer', id))!.state
  const folded = (await eventsOf(read, id)).reduce<Stay | undefined>(
    (before, event) => evolve(before, event.data as Event, event.at),
    undefined,
  )!
  return { stored, folded, who: awaited(folded).who }
}
