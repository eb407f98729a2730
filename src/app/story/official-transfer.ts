/** The life of an official transfer, played through HTTP by its people: from the request to the admission and its papers. */
import { randomUUID } from 'node:crypto'
import { addDays, addMonths, todayIn } from '../../kernel/plain-date.ts'
import { castOf, papersOf, type DossierPapers, type Stage, type StoryPaper } from './stage.ts'
import { envelope, StoryError, type Visitor } from './visitor.ts'

interface View extends DossierPapers {
  readonly status: string
  readonly version: number
  readonly number: string | null
}

const API = '/api/v1/official-transfers'

/** Plays the story to its end and brings back every paper it made. */
export async function playOfficialTransfer(
  stage: Stage,
): Promise<{ dossierId: string; papers: StoryPaper[] }> {
  const cast = await castOf(stage)
  const dossierId = randomUUID()
  const ask = async (who: Visitor, command: string, fields: object, sentence: string): Promise<View> => {
    const { dossier } = await who.post<{ dossier: View }>(`${API}/${dossierId}/${command}`, {
      ...envelope(),
      ...fields,
    })
    stage.tell(`${who.name}: ${sentence}`)
    return dossier
  }
  const today = todayIn(stage.now())
  const { member } = cast
  await ask(member, 'save-draft', requestOf(stage, today), 'ghi lý do, quyết định, nơi đến, bản tự kiểm điểm')
  await member.upload(
    `${API}/${dossierId}/files`,
    { commandId: randomUUID(), role: 'decision', confidentiality: 'NON_SECRET' },
    { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes: stage.decision },
  )
  const sent = await ask(member, 'submit', { declared: true }, 'cam đoan và gửi đề nghị')
  stage.tell(`Hệ thống tiếp nhận, hồ sơ số ${sent.number ?? ''}`)
  await ask(cast.cellSecretary, 'accept-intake', {}, 'kiểm tra, nhận hồ sơ')
  const review = {
    meetingOn: today,
    comment: 'Chi bộ nhất trí với bản tự kiểm điểm.',
    feesPaidThrough: today.slice(0, 7),
    // The demo's member owes, and pays the cell at the meeting: the books know it afterwards.
    feesReason: 'Đồng chí đã nộp đủ tại buổi họp, chi bộ ghi sổ sau.',
  }
  await ask(cast.cellSecretary, 'sign-referral', review, 'ghi nhận xét của chi bộ, ký giấy giới thiệu')
  const comment = { committeeComment: 'Đảng ủy nhất trí với nhận xét của chi bộ.', supplementUpToDate: true }
  await ask(cast.wardDeputy, 'sign-referral', comment, 'xác nhận bản tự kiểm điểm, ký giấy giới thiệu')
  await ask(cast.wardClerk, 'take-number', {}, 'lấy số, đóng dấu')
  await sealed(cast.wardClerk, dossierId, 'committee-review')
  await ask(cast.commissionSigner, 'sign-referral', {}, 'ký giấy giới thiệu ra khỏi đảng bộ')
  await ask(cast.commissionClerk, 'take-number', {}, 'lấy số, đóng dấu')
  await sealed(cast.commissionClerk, dossierId, 'referred')
  await ask(
    cast.wardClerk,
    'hand-over-file',
    { sealNumber: 'NP-0001', handedOn: today },
    'giao hồ sơ giấy đã niêm phong',
  )
  await ask(
    cast.destinationDeputy,
    'receive',
    { receivedOn: today, sealIntact: true },
    'tiếp nhận, niêm phong còn nguyên',
  )
  await ask(cast.destinationDeputy, 'assign-cell', { cellId: stage.destinationCellId }, 'phân về chi bộ')
  const done = await ask(
    cast.destinationSecretary,
    'admit',
    { meetingOn: today },
    'chi bộ họp, tiếp nhận đảng viên',
  )
  if (done.status !== 'completed') throw new StoryError(`hồ sơ dừng ở ${done.status}`)
  const papers = await papersOf(cast.wardDeputy, API, `/transfers/${dossierId}`, dossierId)
  return {
    dossierId,
    papers: [...papers, ...(await registersOf(cast.wardClerk, cast.destinationClerk, today))],
  }
}

function requestOf({ destinationCellId }: Stage, today: string) {
  return {
    reason: 'residence',
    reasonText: 'Gia đình chuyển về ở lâu dài tại nơi mới.',
    decisionNumber: '15/XN-CT',
    decisionIssuer: 'Công an phường nơi đến',
    decisionIssuedOn: addDays(today, -10),
    decisionEffectiveOn: addDays(today, -10),
    destinationId: destinationCellId,
    reviewFrom: addMonths(today, -12),
    reviewTo: today,
    strengths:
      'Chấp hành tốt chủ trương, đường lối; tham gia sinh hoạt đầy đủ; hoàn thành nhiệm vụ được giao.',
    weaknesses: 'Có lúc chưa mạnh dạn góp ý trong sinh hoạt chi bộ.',
    phone: '0900000001',
    address: 'Số 12, đường số 3, khu phố mới',
  }
}

/** The seal is a job: waits until the dossier has moved on. */
async function sealed(who: Visitor, dossierId: string, status: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const view = await who.json<View>(`${API}/${dossierId}`)
    if (view.status === status) return
    if (view.status === 'sealing-failed') throw new StoryError('đóng dấu không thành')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new StoryError('đóng dấu quá lâu')
}

/** The registers of both sides, as each keeps them: Mẫu 10-SHĐ. */
async function registersOf(origin: Visitor, destination: Visitor, today: string): Promise<StoryPaper[]> {
  const registers: StoryPaper[] = []
  for (const [who, side] of [
    [origin, 'noi-di'],
    [destination, 'noi-den'],
  ] as const) {
    const response = await who.get(`/registers/${today.slice(0, 4)}.pdf`)
    if (response.status !== 200)
      throw new StoryError(`sổ giới thiệu: ${response.status} ${await response.text()}`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    registers.push({
      file: `so-gioi-thieu-${side}.pdf`,
      kind: 'referral-register',
      number: null,
      signers: [{ office: 'Hệ thống', organisation: '' }],
      bytes,
    })
  }
  return registers
}
