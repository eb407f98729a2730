/** The December round of residence comments of the demo ward, from the workplace's request to the filed comments: played through HTTP. */
import { randomUUID } from 'node:crypto'
import { todayIn, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import type { CommentView, Listed, ReferralView } from '../../procedures/residence-comment/contract.ts'
import { criteriaOf, formOf } from '../../procedures/residence-comment/law/form.ts'
import { verifyPaper } from '../../signatures/verify.ts'
import { asking, castOf, goOnTo, until, type Stage, type StoryPaper } from './playing.ts'
import { StoryError, type Visitor } from './visitor.ts'

const API = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'
/** So many are referred to the residence in the story itself; the demo has others. */
const REFERRED = 2
/** The round's months: outside them the clock goes on to the next round. */
const ROUND_BEGINS = '10-01'
const WAIT_UNTIL = '11-02'

const CAST = {
  leader: ['ward-deputy-secretary', 'Phó Bí thư Đảng ủy nơi công tác'],
  officer: ['building-officer', 'Cán bộ xây dựng Đảng nơi công tác'],
  cell: ['destination-cell-secretary', 'Bí thư chi bộ nơi cư trú'],
  commune: ['destination-deputy-secretary', 'Phó Bí thư Đảng ủy phường nơi cư trú'],
  member: ['workplace-member', 'Đảng viên'],
} as const

/** Plays the story to its end and brings back every paper it made. */
export async function playResidenceComment(stage: Stage): Promise<StoryPaper[]> {
  const cast = await castOf(stage, CAST)
  const { leader, officer, cell, commune, member } = cast
  const today = await inTheRound(stage, officer)
  const year = yearOf(today)

  const referrals = await referSome(stage, leader)
  for (const id of referrals)
    await asking<ReferralView>(stage, REFERRALS, id)(
      commune,
      'accept',
      { cellId: stage.destinationCellId },
      'tiếp nhận giấy giới thiệu, phân về chi bộ',
    )
  const request = asking<CommentView>(stage, API, randomUUID())
  await request(member, 'request', { year, purpose: 'yearly' }, 'tự xin nhận xét của nơi cư trú')
  await askForAll(stage, officer, year)

  const all = await commentsOf(cell, year, ['with-cell', 'drafted'])
  const drafted = await draftAll(stage, cell, all, today)
  await cell.signIn()
  await inOneAct(stage, cell, 'sign', drafted, 'ký trong một lần')
  await commune.signIn()
  const signed = await commentsOf(commune, year, ['cell-signed'])
  await inOneAct(stage, commune, 'confirm', signed, 'xác nhận, đóng dấu trong một lần')
  for (const id of signed) await until(officer, `${API}/${id}`, 'returned-to-workplace')
  const returned = await commentsOf(officer, year, ['returned-to-workplace'])
  await inOneAct(stage, officer, 'file', returned, 'đưa vào hồ sơ kiểm điểm trong một lần')
  return papersOf(stage, cast, returned, referrals)
}

/** The day on which the round is played: today in its months, else the next November. */
async function inTheRound(stage: Stage, who: Visitor): Promise<PlainDate> {
  const today = todayIn(stage.now())
  const year = yearOf(today)
  if (today < `${year}-${ROUND_BEGINS}`) await goOnTo(stage, who, `${year}-${WAIT_UNTIL}`)
  return todayIn(stage.now())
}

async function referSome(stage: Stage, leader: Visitor): Promise<string[]> {
  const page = await (await leader.get('/residence-referrals?list=missing')).text()
  const members = [...page.matchAll(/new\?member=([0-9a-f-]{36})/g)].map(([, id]) => id!)
  const communeId = stage.people.find(({ role }) => role === CAST.commune[0])!.organisationId
  const referred: string[] = []
  for (const [index, memberId] of members.slice(0, REFERRED).entries()) {
    const id = randomUUID()
    const fields = { memberId, communeId, address: `Số ${index + 1}, đường số 5` }
    const refer = asking<ReferralView>(stage, REFERRALS, id)
    await refer(leader, 'refer', fields, 'giới thiệu đảng viên về giữ mối liên hệ nơi cư trú')
    referred.push(id)
  }
  return referred
}

/** Everybody whom the page has ticked, in one action. */
async function askForAll(stage: Stage, officer: Visitor, year: number): Promise<void> {
  const page = await (await officer.get('/residence-comments/ask')).text()
  const boxes = page.match(/<input[^>]*name="chosen"[^>]*>/g) ?? []
  const chosen = boxes
    .filter((box) => / checked/.test(box))
    .map((box) => /value="([0-9a-f-]{36})"/.exec(box)![1]!)
  if (chosen.length === 0) throw new StoryError('không còn ai để xin nhận xét')
  const body = { commandId: randomUUID(), year, purpose: 'yearly', chosen }
  const { asked } = await officer.post<{ asked: number }>(`${API}/ask`, body)
  stage.tell(`${officer.name}: xin nhận xét cho ${asked} đảng viên bằng một lần bấm`)
  if (asked !== chosen.length) throw new StoryError(`chỉ xin được ${asked} trên ${chosen.length}`)
}

async function commentsOf(who: Visitor, year: number, statuses: readonly string[]): Promise<string[]> {
  const { comments } = await who.json<Listed>(`${API}?year=${year}`)
  return comments.filter(({ status }) => statuses.includes(status)).map(({ id }) => id)
}

/** The cell's sitting: the day of the meeting for all of them at once, then one line after the other. */
async function draftAll(
  stage: Stage,
  cell: Visitor,
  ids: readonly string[],
  today: PlainDate,
): Promise<string[]> {
  const [year, month, day] = today.split('-') as [string, string, string]
  const met = { 'metOn-day': day, 'metOn-month': month, 'metOn-year': year }
  await cell.postForm('/residence-comments/sitting/front-board', { commandId: randomUUID(), ...met })
  stage.tell(`${cell.name}: ghi ngày họp với ban công tác mặt trận cho cả bảng`)
  for (const id of ids) {
    const { form, exempt } = await cell.json<CommentView>(`${API}/${id}`)
    const criteria = criteriaOf(formOf(form), exempt)
    const ticks = Object.fromEntries(criteria.map(({ code, scale }) => [code, scale[0]!.code]))
    const words = { ticks, freeText: 'Đồng chí nhiệt tình với việc của khu phố.' }
    await cell.post(`${API}/${id}/save-draft`, { commandId: randomUUID(), ...words })
  }
  stage.tell(`${cell.name}: nhận xét ${ids.length} đảng viên, từng dòng được lưu ngay`)
  return [...ids]
}

/** One form for many dossiers, with the version of each that its reader saw. */
async function inOneAct(
  stage: Stage,
  who: Visitor,
  command: string,
  ids: readonly string[],
  sentence: string,
): Promise<void> {
  const chosen: string[] = []
  for (const id of ids) chosen.push(`${id}_${(await who.json<CommentView>(`${API}/${id}`)).version}`)
  const answer = await who.postForm('/queue/bulk', { commandId: randomUUID(), command, chosen })
  if (!answer.ok) throw new StoryError(`${who.name}: ${answer.status} ${await answer.text()}`)
  stage.tell(`${who.name}: ${ids.length} phiếu, ${sentence}`)
}

async function papersOf(
  { trust }: Stage,
  { officer, leader }: { readonly officer: Visitor; readonly leader: Visitor },
  comments: readonly string[],
  referrals: readonly string[],
): Promise<StoryPaper[]> {
  const wanted = [
    ...referrals.map((id) => ({
      who: leader,
      kind: 'residence-referral',
      signatures: 4,
      at: `/residence-referrals/${id}/referral.pdf`,
    })),
    ...comments.slice(0, 1).map((id) => ({
      who: officer,
      kind: 'residence-request',
      signatures: 1,
      at: `/residence-comments/${id}/request.pdf`,
    })),
    ...comments.map((id) => ({
      who: officer,
      kind: 'residence-comment',
      signatures: 2,
      at: `/residence-comments/${id}/comment.pdf`,
    })),
  ]
  const made: StoryPaper[] = []
  for (const [index, { who, kind, at, signatures: signed }] of wanted.entries()) {
    const { bytes, signatures } = await untilSigned(who, at, trust, signed)
    const signers = signatures.map(({ title, signer, organisation }) => ({
      office: title ?? signer,
      organisation: organisation ?? '',
    }))
    made.push({
      file: `${String(index + 1).padStart(2, '0')}-${kind}.pdf`,
      kind,
      number: null,
      signers,
      bytes,
    })
  }
  return made
}

/** A letter gets its signatures one after the other, by jobs. */
async function untilSigned(who: Visitor, at: string, trust: Stage['trust'], wanted: number) {
  for (let tries = 0; tries < 300; tries += 1) {
    const response = await who.get(at)
    if (response.ok) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { signatures } = verifyPaper(bytes, { trust })
      if (signatures.length >= wanted) return { bytes, signatures }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new StoryError(`chờ quá lâu: ${at}`)
}
