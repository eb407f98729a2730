/** A member is referred to the residence, asked about, commented on, and the comment is corrected; played through HTTP by its people. */
import { randomUUID } from 'node:crypto'
import { addDays, todayIn, yearOf } from '../../kernel/plain-date.ts'
import { castOf, until, type Stage, type StoryPaper } from './stage.ts'
import { envelope, StoryError, type Visitor } from './visitor.ts'

interface View {
  readonly status: string
}

const COMMENTS = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'
const TICKS = {
  example: 'good',
  'civic-duty': 'fair',
  attendance: 'good',
  contact: 'fair',
  contribution: 'fair',
  proposal: 'fair',
}

export async function playResidenceComment(stage: Stage): Promise<StoryPaper[]> {
  const { member, wardDeputy, destinationDeputy, destinationSecretary } = await castOf(stage)
  const personOf = (role: string) => stage.people.find((each) => each.role === role)!
  const { memberId } = personOf('member')
  const today = todayIn(stage.now())
  const ask = async (
    who: Visitor,
    api: string,
    id: string,
    command: string,
    fields: object,
    sentence: string,
  ) => {
    const { dossier } = await who.post<{ dossier: View }>(`${api}/${id}/${command}`, {
      ...envelope(),
      ...fields,
    })
    stage.tell(`${who.name}: ${sentence}`)
    return dossier
  }
  const referral = randomUUID()
  const communeId = personOf('destination-deputy-secretary').organisationId
  const refer = { memberId, communeId, address: 'Số 12, đường số 3, khu phố mới' }
  await ask(wardDeputy, REFERRALS, referral, 'refer', refer, 'ký giấy giới thiệu về nơi cư trú')
  const cellId = stage.destinationCellId
  await ask(destinationDeputy, REFERRALS, referral, 'accept', { cellId }, 'tiếp nhận, ký trả lời')

  const need = { year: yearOf(today), purpose: 'when-needed', reason: 'Giới thiệu bổ nhiệm' }
  /** Commented on by the cell, confirmed and sealed, filed by the workplace. */
  const commented = async (id: string, remarks: string): Promise<void> => {
    const draft = { ticks: TICKS, freeText: remarks, frontBoardMetOn: addDays(today, -1) }
    await ask(destinationSecretary, COMMENTS, id, 'save-draft', draft, 'nhận xét sau cuộc họp với mặt trận')
    await ask(destinationSecretary, COMMENTS, id, 'sign', {}, 'ký phiếu nhận xét')
    await ask(destinationDeputy, COMMENTS, id, 'confirm', {}, 'xác nhận, đóng dấu')
    await until(
      () => wardDeputy.json<View>(`${COMMENTS}/${id}`),
      ({ status }) => status === 'returned-to-workplace',
    )
    await ask(wardDeputy, COMMENTS, id, 'file', {}, 'đưa vào hồ sơ')
  }
  const [first, second] = [randomUUID(), randomUUID()]
  await ask(wardDeputy, COMMENTS, first, 'request', { memberId, ...need }, 'ký phiếu xin ý kiến')
  await commented(first, 'Nhiệt tình với việc của khu phố.')
  const again = { ...need, corrects: first }
  await ask(member, COMMENTS, second, 'request', again, 'xin phiếu mới thay phiếu ghi nhầm')
  await commented(second, 'Nhiệt tình với việc của khu phố, giúp đỡ các hộ neo đơn.')

  const paper = (file: string, kind: string, path: string, signers: number) =>
    signedPaper(wardDeputy, { file, kind, path, signers })
  return [
    await paper(
      '01-residence-referral.pdf',
      'residence-referral',
      `/residence-referrals/${referral}/referral.pdf`,
      4,
    ),
    await paper(
      '02-residence-request.pdf',
      'residence-request',
      `/residence-comments/${first}/request.pdf`,
      2,
    ),
    await paper(
      '03-residence-comment.pdf',
      'residence-comment',
      `/residence-comments/${first}/comment.pdf`,
      2,
    ),
    await paper(
      '04-residence-request.pdf',
      'residence-request',
      `/residence-comments/${second}/request.pdf`,
      1,
    ),
    await paper(
      '05-residence-comment.pdf',
      'residence-comment',
      `/residence-comments/${second}/comment.pdf`,
      2,
    ),
  ]
}

/** Opened once all have signed, with what anybody's check says of it. */
async function signedPaper(
  who: Visitor,
  {
    file,
    kind,
    path,
    signers,
  }: { readonly file: string; readonly kind: string; readonly path: string; readonly signers: number },
): Promise<StoryPaper> {
  const { bytes, found } = await until(
    async () => {
      const answer = await who.get(path)
      const opened = new Uint8Array(await answer.arrayBuffer())
      if (answer.status !== 200) return { bytes: opened, found: undefined }
      const handedIn = { name: file, type: 'application/pdf', bytes: opened }
      type Checked = { result: string; paper: { signers: StoryPaper['signers'] } | null }
      return { bytes: opened, found: await who.upload<Checked>('/api/v1/verify', {}, handedIn) }
    },
    (seen) => seen.found?.paper?.signers.length === signers,
  )
  if (found?.result !== 'ours') throw new StoryError(`${file}: ${found?.result ?? 'không mở được'}`)
  const signed = found.paper!.signers.map(({ office, organisation }) => ({ office, organisation }))
  return { file, kind, number: null, signers: signed, bytes }
}
