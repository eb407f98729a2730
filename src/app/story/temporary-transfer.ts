/** A member is lent out for six months, the stay is extended by three, and the member comes home: played through HTTP by its people. */
import { randomUUID } from 'node:crypto'
import { addDays, addMonths, todayIn, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import {
  asking,
  castOf,
  goOnTo,
  papersFrom,
  registersOf,
  until,
  untilShown,
  type Stage,
  type StoryPaper,
} from './playing.ts'
import { envelope, StoryError, type Visitor } from './visitor.ts'

interface View {
  readonly status: string
  readonly number: string | null
  readonly until: PlainDate | null
  readonly yearly: readonly { readonly words: object | null }[]
  readonly papers: readonly {
    readonly id: string
    readonly kind: string
    readonly symbol: string | null
    readonly signatures: number
    readonly verify: string
  }[]
}

const API = '/api/v1/temporary-transfers'
const EXTENSION = 'temporary-extension'
const MONTHS = 6
const MONTHS_MORE = 3
/** Signed by a leader and sealed. */
const SEALED = 2

const CAST = {
  member: ['member', 'Đảng viên'],
  cellSecretary: ['cell-secretary', 'Bí thư chi bộ nơi sinh hoạt chính thức'],
  wardDeputy: ['ward-deputy-secretary', 'Phó Bí thư Đảng ủy nơi đi'],
  wardClerk: ['ward-clerk', 'Văn thư Đảng ủy nơi đi'],
  hostDeputy: ['destination-deputy-secretary', 'Phó Bí thư Đảng ủy nơi đến'],
  hostClerk: ['destination-clerk', 'Văn thư Đảng ủy nơi đến'],
  hostSecretary: ['destination-cell-secretary', 'Bí thư chi bộ nơi sinh hoạt tạm thời'],
} as const

/** Plays the story to its end and brings back every paper it made. */
export async function playTemporaryTransfer(stage: Stage): Promise<StoryPaper[]> {
  const cast = await castOf(stage, CAST)
  const dossierId = randomUUID()
  const address = `${API}/${dossierId}`
  const ask = asking<View>(stage, API, dossierId)
  const { member, cellSecretary, hostSecretary } = cast
  const today = todayIn(stage.now())

  await ask(member, 'save-draft', requestOf(stage, today), 'ghi thời gian, nơi đến, lý do, bản tự kiểm điểm')
  await member.upload(
    `${address}/files`,
    { commandId: randomUUID(), confidentiality: 'NON_SECRET' },
    { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes: stage.decision },
  )
  const sent = await ask(member, 'submit', { declared: true }, 'cam đoan và gửi đề nghị')
  stage.tell(`Hệ thống tiếp nhận, hồ sơ số ${sent.number ?? ''}`)
  const comment = {
    meetingOn: today,
    comment: 'Chi bộ nhất trí để đồng chí sinh hoạt tạm thời.',
    feesPaidThrough: await paidThrough(cellSecretary, dossierId, 'comment'),
  }
  await ask(cellSecretary, 'comment', comment, 'chi bộ họp, nhận xét, ký ô 1 của giấy giới thiệu')
  const referral = { committeeComment: 'Đảng ủy nhất trí với nhận xét của chi bộ.' }
  await ask(cast.wardDeputy, 'sign-referral', referral, 'ký ô 2 của giấy giới thiệu tạm thời')
  await ask(cast.wardClerk, 'take-number', {}, 'lấy số, đóng dấu')
  await until(member, address, 'at-host')
  await ask(cast.hostDeputy, 'assign-cell', { cellId: stage.destinationCellId }, 'phân về chi bộ')
  const meeting = { meetingOn: today }
  const admitted = await ask(hostSecretary, 'admit', meeting, 'chi bộ họp, tiếp nhận; không tính đảng số')
  const last = admitted.until!

  await goOnTo(stage, member, addDays(last, -30))
  const longer = addMonths(last, MONTHS_MORE)
  await ask(member, 'ask-extension', { until: longer, reason: 'Việc chưa xong.' }, 'xin gia hạn ba tháng')
  await cast.hostDeputy.signIn()
  await ask(cast.hostDeputy, 'grant-extension', {}, 'đồng ý gia hạn, thông báo cả hai nơi')
  await untilShown<View>(member, address, ({ papers }) =>
    papers.some(({ kind, signatures }) => kind === EXTENSION && signatures === SEALED),
  )

  await goOnTo(stage, member, addDays(longer, -2))
  const left = todayIn(stage.now())
  await hostSecretary.signIn()
  await writeReturn(stage, hostSecretary, dossierId, {
    leftOn: left,
    comment: 'Đồng chí sinh hoạt đầy đủ, hoàn thành tốt nhiệm vụ.',
    feesPaidThrough: await paidThrough(hostSecretary, dossierId, 'write-return'),
  })
  await cellSecretary.signIn()
  const done = await ask(cellSecretary, 'record-return', {}, 'ghi nhận đảng viên đã trở về')
  if (done.status !== 'completed') throw new StoryError(`hồ sơ dừng ở ${done.status}`)

  const papers = await papersFrom(
    member,
    done.papers.map(({ id, kind, symbol, verify }) => ({
      name: kind,
      kind,
      number: symbol,
      address: `/temporary-transfers/${dossierId}/papers/${id}`,
      verify,
    })),
  )
  const registers = [
    { who: cast.wardClerk, side: 'noi-di' },
    { who: cast.hostClerk, side: 'noi-den' },
  ]
  const years = [...new Set([yearOf(today), yearOf(left)])]
  return [...papers, ...(await registersOf(registers, years))]
}

/** Where the stay passes the end of a year, the yearly comment goes first: it is written as soon as the system says so. */
async function writeReturn(stage: Stage, who: Visitor, dossierId: string, words: object): Promise<void> {
  const ask = asking<View>(stage, API, dossierId)
  const address = `${API}/${dossierId}/write-return`
  for (;;) {
    const answer = await who.tryPost(address, { ...envelope(), ...words })
    const text = await answer.text()
    if (answer.ok) break
    if ((JSON.parse(text) as { code?: string }).code !== 'temporary.yearly-first')
      throw new StoryError(`${who.name}: ${address} trả lời ${answer.status}: ${text.slice(0, 500)}`)
    await ask(who, 'write-yearly-comment', YEARLY, 'viết nhận xét hằng năm trước khi xếp loại')
  }
  stage.tell(`${who.name}: nhận xét, ký giấy giới thiệu trở về`)
}

const YEARLY = {
  attendance: 'full',
  tasks: 'Hoàn thành tốt việc chi bộ giao.',
  discipline: 'Chấp hành nghiêm quy định nơi sinh hoạt tạm thời.',
  strengths: 'Tận tụy, có trách nhiệm.',
  weaknesses: 'Ít phát biểu trong sinh hoạt.',
  proposal: 'Đề nghị xếp loại hoàn thành tốt nhiệm vụ.',
}

function requestOf({ destinationCellId }: Stage, today: PlainDate) {
  return {
    case: 'work',
    reason: 'Được biệt phái sáu tháng, hết việc sẽ trở về.',
    from: today,
    to: addDays(addMonths(today, MONTHS), -1),
    hostId: destinationCellId,
    place: 'Trung tâm phục vụ hành chính công',
    decisionNumber: '42/QĐ',
    decisionIssuer: 'Sở Nội vụ',
    decisionIssuedOn: addDays(today, -5),
    review: 'Hoàn thành nhiệm vụ; sinh hoạt chi bộ đầy đủ; đóng đảng phí đúng kỳ.',
    phone: '0900000001',
  }
}

/** What the page says by the books of fees to whoever writes a letter. */
async function paidThrough(writer: Visitor, dossierId: string, letter: string): Promise<string> {
  const page = await (await writer.get(`/temporary-transfers/${dossierId}?do=${letter}`)).text()
  const [, month, year] = /đã đóng hết tháng (\d{1,2})\/(\d{4})/.exec(page) ?? []
  if (month === undefined) throw new StoryError('trang không nói đảng phí đã đóng hết tháng nào')
  return `${year}-${month.padStart(2, '0')}`
}
