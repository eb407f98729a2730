/** A member is lent out, stays longer and comes back, played through HTTP by its people: every box of the referral, the extension, the way back. */
import { randomUUID } from 'node:crypto'
import { addDays, addMonths, todayIn } from '../../kernel/plain-date.ts'
import { castOf, papersOf, until, type DossierPapers, type Stage, type StoryPaper } from './stage.ts'
import { envelope, StoryError, type Visitor } from './visitor.ts'

interface View extends DossierPapers {
  readonly status: string
  readonly awaited: { readonly act: string }
}

const API = '/api/v1/temporary-transfers'

export async function playTemporaryTransfer(stage: Stage): Promise<StoryPaper[]> {
  const cast = await castOf(stage)
  const id = randomUUID()
  const ask = async (who: Visitor, command: string, fields: object, sentence: string): Promise<View> => {
    const { dossier } = await who.post<{ dossier: View }>(`${API}/${id}/${command}`, {
      ...envelope(),
      ...fields,
    })
    stage.tell(`${who.name}: ${sentence}`)
    return dossier
  }
  const today = todayIn(stage.now())
  const { member, cellSecretary, wardDeputy, wardClerk, destinationDeputy, destinationSecretary } = cast
  await ask(member, 'save-draft', requestOf(stage, today), 'ghi thời gian, nơi đến, quyết định')
  const kept = { commandId: randomUUID(), confidentiality: 'NON_SECRET' }
  const decision = { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes: stage.decision }
  await member.upload(`${API}/${id}/files`, kept, decision)
  await ask(member, 'submit', { declared: true }, 'cam đoan và gửi đề nghị')
  const comment = {
    meetingOn: today,
    comment: 'Chi bộ nhất trí.',
    feesPaidThrough: today.slice(0, 7),
  }
  await ask(cellSecretary, 'comment', comment, 'nhận xét, ký ô 1')
  await ask(wardDeputy, 'sign-referral', { committeeComment: 'Đảng ủy nhất trí.' }, 'ký ô 2')
  await ask(wardClerk, 'take-number', {}, 'lấy số, đóng dấu')
  await until(
    () => wardClerk.json<View>(`${API}/${id}`),
    ({ status }) => status === 'at-host',
  )
  const { destinationCellId: cellId } = stage
  await ask(destinationDeputy, 'assign-cell', { cellId }, 'tiếp nhận, ký ô 3 giới thiệu về chi bộ')
  await ask(
    destinationSecretary,
    'admit',
    { meetingOn: today },
    'chi bộ họp, tiếp nhận, không có quyền biểu quyết',
  )
  const longer = { until: addDays(addMonths(today, 9), -1), reason: 'Việc kéo dài ba tháng.' }
  await ask(member, 'ask-extension', longer, 'xin gia hạn')
  const extended = await ask(destinationDeputy, 'grant-extension', {}, 'ký thông báo gia hạn')
  if (extended.awaited.act === 'yearly-comment')
    await ask(destinationSecretary, 'write-yearly-comment', YEARLY, 'nhận xét hằng năm')
  const back = { leftOn: today, comment: 'Sinh hoạt đều.', feesPaidThrough: today.slice(0, 7) }
  await ask(destinationSecretary, 'write-return', back, 'nhận xét, ký giấy giới thiệu trở về')
  const done = await ask(cellSecretary, 'record-return', {}, 'ghi nhận đảng viên trở về')
  if (done.status !== 'completed') throw new StoryError(`hồ sơ dừng ở ${done.status}`)
  return until(
    () => papersOf(wardDeputy, API, `/temporary-transfers/${id}`, id),
    (papers) => papers.filter(isSealedByHost).length === SEALED_BY_HOST.size,
  )
}

/** What the host committee issues is sealed by a job after it. */
const SEALED_BY_HOST = new Set(['05', '06'])
const isSealedByHost = ({ file, signers }: StoryPaper): boolean =>
  SEALED_BY_HOST.has(file.slice(0, 2)) && signers.length === 2

const YEARLY = {
  attendance: 'full',
  tasks: 'Hoàn thành tốt.',
  discipline: 'Chấp hành nghiêm.',
  strengths: 'Tận tụy.',
  weaknesses: 'Ít phát biểu.',
  proposal: 'Đề nghị hoàn thành tốt nhiệm vụ.',
}

function requestOf({ destinationCellId }: Stage, today: string) {
  return {
    case: 'work',
    reason: 'Biệt phái sáu tháng, hết việc sẽ trở về.',
    from: today,
    to: addDays(addMonths(today, 6), -1),
    hostId: destinationCellId,
    place: 'Trung tâm hành chính công',
    decisionNumber: '12/QĐ',
    decisionIssuer: 'Sở Nội vụ',
    decisionIssuedOn: addDays(today, -3),
    review: 'Hoàn thành nhiệm vụ; tham gia sinh hoạt đầy đủ.',
    phone: '0900000001',
  }
}
