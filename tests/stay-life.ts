/** The ordinary life of a temporary stay in a story's world, step by step through HTTP, as far as the story wants it. */
import { randomUUID } from 'node:crypto'
import { PDF } from '@libpdf/core'
import { addDays, addMonths, monthOf, todayIn } from '../src/kernel/plain-date.ts'
import type { Status } from '../src/procedures/temporary-transfer/law/states.ts'
import { aDecision } from './transfer-life.ts'
import type { Answer, Visitor } from './transfer-visitor.ts'
import type { TransferWorld } from './transfer-world.ts'

const API = '/api/v1/temporary-transfers'

/** A temporary stay under way in a story. */
export interface StayLife {
  readonly id: string
  readonly member: Visitor
  /** Asks a command; a refusal ends the story. */
  ask(who: Visitor, command: string, fields?: object): Promise<void>
  /** Goes on by the ordinary steps until it stands at this status. */
  to(status: Status): Promise<void>
}

/** Six months on loan from next week on: a draft with everything answered. */
export async function beginStay(
  world: TransferWorld,
  member: Visitor,
  answers: object = {},
): Promise<StayLife> {
  const id = randomUUID()
  const from = addDays(todayIn(world.now()), 7)
  const ask: StayLife['ask'] = async (who, command, fields = {}) => {
    const answer = await who.post(`${API}/${id}/${command}`, { commandId: randomUUID(), ...fields })
    if (answer.status !== 200) throw new Error(`${who.name}, ${command}: ${answer.status} ${answer.text}`)
  }
  await ask(member, 'save-draft', {
    case: 'work',
    reason: 'Biệt phái theo kế hoạch của cơ quan.',
    from,
    to: addDays(addMonths(from, 6), -1),
    hostId: world.places.otherCell,
    place: 'Công trình tại phường nơi đến',
    decisionNumber: '27-QĐ/BP',
    decisionIssuer: 'Cơ quan cử đi',
    decisionIssuedOn: addDays(todayIn(world.now()), -3),
    review: 'Chấp hành tốt; tham gia sinh hoạt đầy đủ.',
    phone: '0900000001',
    ...answers,
  })
  const life: StayLife = {
    id,
    member,
    ask,
    async to(status) {
      for (let steps = 0; steps < 20; steps += 1) {
        const now = (await member.read<{ status: Status }>(`${API}/${id}`)).status
        if (now === status) return
        await takeStep(world, life, now)
      }
      throw new Error(`never came to ${status}`)
    },
  }
  return life
}

/** Whoever's turn it is does what is ordinarily done. */
async function takeStep(world: TransferWorld, life: StayLife, status: Status): Promise<void> {
  const { ask, id, member } = life
  const { officers, places } = world
  const today = todayIn(world.now())
  const said = { meetingOn: today, comment: 'Chi bộ nhất trí.', feesPaidThrough: monthOf(today) }
  const steps: Partial<Record<Status, () => Promise<unknown>>> = {
    draft: async () => {
      const fields = { commandId: randomUUID(), role: 'decision', confidentiality: 'NON_SECRET' }
      const handedIn = await member.upload(`${API}/${id}/files`, fields, await aDecision())
      if (handedIn.status !== 200) throw new Error(`decision: ${handedIn.status} ${handedIn.text}`)
      await ask(member, 'submit', { declared: true })
    },
    'sent-back': () => ask(member, 'submit', { declared: true }),
    'cell-review': () => ask(officers.cellSecretary, 'comment', said),
    'committee-review': () =>
      ask(officers.wardDeputy, 'sign-referral', { committeeComment: 'Đảng ủy nhất trí giới thiệu.' }),
    numbering: () => ask(officers.wardClerk, 'take-number'),
    sealing: () => world.work(),
    'at-host': () => ask(officers.destinationDeputy, 'assign-cell', { cellId: places.otherCell }),
    'host-admission': () => ask(officers.destinationSecretary, 'admit', { meetingOn: today }),
  }
  const step = steps[status]
  if (!step) throw new Error(`no ordinary step from ${status}`)
  await step()
}

/** A paper of a stay as its member opens it, the oldest of its kind unless told otherwise, and what is printed on it. */
export async function stayPaper({ id, member }: StayLife, kind: string, place = 0) {
  const { papers } = await member.read<{
    papers: { id: string; kind: string; symbol: string | null; verify: string }[]
  }>(`${API}/${id}`)
  const paper = papers.filter((each) => each.kind === kind)[place]
  if (!paper) throw new Error(`no ${kind} ${place}`)
  const file = await member.get(`/temporary-transfers/${id}/papers/${paper.id}`)
  if (file.status !== 200) throw new Error(`${kind}: ${file.status}`)
  return { ...paper, file, text: await wordsIn(file) }
}

/** What is printed on a file that came back. */
export async function wordsIn({ bytes }: Answer): Promise<string> {
  const pdf = await PDF.load(bytes)
  const pages = pdf.getPages().map((page) => page.extractText().text)
  return pages.join('\n').replaceAll(/\s+/g, ' ')
}
