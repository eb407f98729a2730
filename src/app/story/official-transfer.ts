/** The life of an official transfer, played through HTTP by its people: from the request to the admission and its papers. */
import { randomUUID } from 'node:crypto'
import { addDays, addMonths, todayIn, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import { asking, castOf, papersFrom, registersOf, until, type Stage, type StoryPaper } from './playing.ts'
import { StoryError, type Visitor } from './visitor.ts'

interface View {
  readonly status: string
  readonly version: number
  readonly number: string | null
  readonly papers: readonly {
    id: string
    kind: string
    hop: number | null
    symbol: string | null
    verify: string
  }[]
}

const API = '/api/v1/official-transfers'

/** Plays the story to its end and brings back every paper it made. */
export async function playOfficialTransfer(stage: Stage): Promise<StoryPaper[]> {
  const cast = await castOf(stage, CAST)
  const dossierId = randomUUID()
  const ask = asking<View>(stage, API, dossierId)
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
  await until(cast.wardClerk, `${API}/${dossierId}`, 'committee-review')
  await ask(cast.commissionSigner, 'sign-referral', {}, 'ký giấy giới thiệu ra khỏi đảng bộ')
  await ask(cast.commissionClerk, 'take-number', {}, 'lấy số, đóng dấu')
  await until(cast.commissionClerk, `${API}/${dossierId}`, 'referred')
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
  const papers = await papersOf(cast.wardDeputy, dossierId)
  const registers = [
    { who: cast.wardClerk, side: 'noi-di' },
    { who: cast.destinationClerk, side: 'noi-den' },
  ]
  return [...papers, ...(await registersOf(registers, [yearOf(today)]))]
}

const CAST = {
  member: ['member', 'Đảng viên'],
  cellSecretary: ['cell-secretary', 'Bí thư chi bộ nơi đi'],
  wardDeputy: ['ward-deputy-secretary', 'Phó Bí thư Đảng ủy nơi đi'],
  wardClerk: ['ward-clerk', 'Văn thư Đảng ủy nơi đi'],
  commissionSigner: ['commission-signer', 'Phó Trưởng Ban Tổ chức'],
  commissionClerk: ['commission-clerk', 'Văn thư Ban Tổ chức'],
  destinationDeputy: ['destination-deputy-secretary', 'Phó Bí thư Đảng ủy nơi đến'],
  destinationClerk: ['destination-clerk', 'Văn thư Đảng ủy nơi đến'],
  destinationSecretary: ['destination-cell-secretary', 'Bí thư chi bộ nơi đến'],
} as const

/** What the member asks for, complete. */
export function requestOf({ destinationCellId }: Pick<Stage, 'destinationCellId'>, today: PlainDate) {
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

async function papersOf(who: Visitor, dossierId: string): Promise<StoryPaper[]> {
  const { papers } = await who.json<View>(`${API}/${dossierId}`)
  return papersFrom(
    who,
    papers.map(({ id, kind, hop, symbol, verify }) => ({
      name: hop === null ? kind : `${kind}-${hop + 1}`,
      kind,
      number: symbol,
      address: `/transfers/${dossierId}/papers/${id}`,
      verify,
    })),
  )
}
