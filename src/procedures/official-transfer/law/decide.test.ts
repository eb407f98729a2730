/** What each command brings about, told case by case: deadlines, guards, returns, voided letters, and the ways out. */
import { describe, expect, it } from 'vitest'
import { CLOCK, type PersonActor } from '../../../kernel/actor.ts'
import { formatInstant } from '../../../kernel/plain-date.ts'
import { refusalOf, type Refusal } from '../../../kernel/refusal.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import {
  ANSWERS,
  aPlace,
  at,
  aTransfer,
  by,
  CELL,
  CITY,
  COMMISSION,
  factsOf,
  FAR_CELL,
  FAR_WARD,
  HOLD,
  INSIDE_THE_WARD,
  MEMBER,
  MONDAY,
  NEAR_CELL,
  OUT_OF_THE_COMMUNE,
  passed,
  PART,
  SCHOOL,
  SCHOOL_CELL,
  theBuildingOfficer,
  theCellDeputy,
  theCellSecretary,
  theClerk,
  theCommissionClerk,
  theCommissionHead,
  theDelegate,
  theInspector,
  theLeader,
  theMember,
  WARD,
  WARD_TO_WARD,
  WARD_TO_WARD_DIRECT,
  type Move,
  type Telling,
  type Twist,
} from './builders.ts'
import { decide } from './decide.ts'
import { FEES_OPEN } from './settings.ts'
import type { Command, CommandType } from './states.ts'

const refused = (
  story: Telling,
  command: Command | CommandType,
  actor: PersonActor | typeof CLOCK,
  twist?: Twist,
) => refusalOf(() => story.and(command, actor, twist))
const codeOf = (refusal: Refusal | undefined) => refusal && `${refusal.kind} ${refusal.code}`
/** '17/11/2026' or with the hour, as a person reads it. */
const due = ({ transfer }: Telling): string | null =>
  transfer.dueAt === null ? null : formatInstant(new Date(transfer.dueAt))
const held: Twist = { holds: [HOLD] }

const SIGN = (more: object = {}) =>
  ({
    type: 'sign-referral',
    cellReview: { meetingOn: '2026-11-16', comment: 'Tốt', feesPaidThrough: '2026-11' },
    committeeComment: 'Nhất trí',
    supplementUpToDate: true,
    ...more,
  }) as const
const RECEIVE = (receivedOn: string, more: object = {}) => ({ type: 'receive', receivedOn, ...more }) as const

describe('beginning', () => {
  const begin = (
    actor: PersonActor | typeof CLOCK,
    twist: Twist = {},
    command: Command = { type: 'save-draft', answers: {} },
  ) => {
    const story = { move: WARD_TO_WARD, now: MONDAY, transfer: undefined, told: [] }
    return codeOf(refusalOf(() => decide(undefined, command, factsOf(story, twist), by(actor, MONDAY))))
  }

  it('is for the member and the delegate, by saving a draft', () => {
    expect(begin(theMember())).toBeUndefined()
    expect(begin(theDelegate())).toBeUndefined()
    expect(begin(theMember(), {}, { type: 'submit', declared: true })).toBe('not-found dossier.unknown')
    expect(begin(CLOCK)).toBe('not-found dossier.unknown')
    expect(begin({ ...theMember(), memberId: 'another-member' })).toBe('forbidden transfer.not-yours')
    expect(begin({ ...theCellSecretary(), memberId: MEMBER })).toBe('forbidden transfer.not-yours')
  })

  it('is once at a time, and for members only', () => {
    expect(begin(theMember(), { otherOpen: true })).toBe('conflict transfer.already-open')
    for (const standing of ['left', 'removed', 'deceased'])
      expect(begin(theMember(), { member: { id: MEMBER, type: 'official', standing } })).toBe(
        'against-rule transfer.not-active',
      )
    expect(
      begin(theMember(), { member: { id: MEMBER, type: 'official', standing: 'exempt' } }),
    ).toBeUndefined()
    expect(begin(theMember(), { origin: [] })).toBe('against-rule transfer.not-active')
    expect(begin(theMember(), { member: undefined })).toBe('forbidden transfer.not-yours')
  })
})

describe('the draft', () => {
  const draft = () => aTransfer().draft()
  const file = (
    role: 'decision' | 'self-review' | 'supplement' | 'police-confirmation' | 'return-decision',
    id = 'new',
  ) => ({ type: 'attach-file', file: { id, role, name: 'a.pdf', sha256: '02', pages: 1 } }) as const

  it('takes the files that are asked for, twenty at the most', () => {
    expect(refused(draft(), file('self-review'), theMember())).toBeUndefined()
    for (const role of ['supplement', 'police-confirmation', 'return-decision'] as const)
      expect(refused(draft(), file(role), theMember())?.code).toBe('transfer.file-not-asked')
    let story = draft()
    for (let n = 1; n < 20; n++) story = story.and(file('decision', `file-${n}`), theMember())
    expect(refused(story, file('decision', 'file-20'), theMember())?.code).toBe('transfer.too-many-files')
  })

  it('gives a file back, and only one it has', () => {
    const without = draft().and({ type: 'detach-file', fileId: 'decision' }, theMember())
    expect(without.transfer.files).toEqual([])
    expect(refused(without, { type: 'detach-file', fileId: 'decision' }, theMember())?.code).toBe(
      'transfer.file-unknown',
    )
  })

  it('goes on where it was left', () => {
    const more = draft().and({ type: 'save-draft', answers: { phone: '0911' } }, theMember())
    expect(more.transfer.answers).toEqual({ ...ANSWERS, phone: '0911' })
  })
})

describe('sending', () => {
  const send = (twist: Twist, command: Command | CommandType = 'submit', now = MONDAY) =>
    refused(aTransfer(WARD_TO_WARD, twist).draft(now), command, theMember(), twist)

  it('needs the declaration, and says everything missing at once', () => {
    expect(codeOf(send({}, { type: 'submit', declared: false }))).toBe('against-rule transfer.not-declared')
    const none = send({ answers: { phone: '', address: '' } })
    expect(none).toMatchObject({ kind: 'invalid', code: 'transfer.incomplete' })
    expect(none?.fields.map(({ field }) => field)).toEqual(['phone', 'address'])
  })

  it.each<[string, Twist['answers'], string]>([
    [
      'a review that ends before it begins',
      { reviewFrom: '2026-10-31', reviewTo: '2026-10-01' },
      'reviewTo before-start',
    ],
    ['a review that ends tomorrow', { reviewTo: '2026-11-17' }, 'reviewTo future'],
    ['a decision issued tomorrow', { decisionIssuedOn: '2026-11-17' }, 'decisionIssuedOn future'],
    ['an effect of six years ago', { decisionEffectiveOn: '2020-12-31' }, 'decisionEffectiveOn too-old'],
    ['an effect before any calendar', { decisionEffectiveOn: '1975-04-30' }, 'decisionEffectiveOn too-old'],
    ['an effect after every calendar', { decisionEffectiveOn: '9999-12-31' }, 'decisionEffectiveOn future'],
  ])('refuses %s', (_what, answers, said) => {
    const refusal = send({ answers: answers! })
    expect(refusal).toMatchObject({ kind: 'invalid', code: 'transfer.dates-impossible' })
    expect(refusal?.fields.map(({ field, code }) => `${field} ${code}`)).toContain(said)
  })

  it('a decision that takes effect next month may be sent today', () => {
    expect(send({ answers: { decisionEffectiveOn: '2026-12-15' } })).toBeUndefined()
  })

  it('says a destination nobody may refer to before anybody waits for it', () => {
    expect(codeOf(send({ destination: [] }))).toBe('against-rule transfer.destination-unknown')
    expect(codeOf(send({ commission: undefined }))).toBe('against-rule transfer.no-commission')
    const barracks = { ...FAR_WARD, armedForces: true }
    expect(codeOf(send({ destination: [FAR_CELL, barracks, CITY] }))).toBe(
      'against-rule transfer.armed-forces',
    )
    const embassy = { ...FAR_WARD, abroad: true }
    expect(codeOf(send({ destination: [FAR_CELL, embassy, CITY] }))).toBe('against-rule transfer.abroad')
  })

  it('is for who is still a member', () => {
    const gone = { member: { id: MEMBER, type: 'official', standing: 'removed' } } as const
    expect(codeOf(refused(aTransfer().draft(), 'submit', theMember(), gone))).toBe(
      'against-rule transfer.not-active',
    )
  })

  it('needs a fresh sign-in', () => {
    const story = aTransfer().draft()
    const ask = (seconds: number) => {
      const signedInAt = new Date(MONDAY.getTime() - seconds * 1000)
      const context = { ...by(CLOCK, MONDAY), actor: { ...theMember(), signedInAt } }
      return codeOf(
        refusalOf(() => decide(story.transfer, { type: 'submit', declared: true }, factsOf(story), context)),
      )
    }
    expect(ask(300)).toBeUndefined()
    expect(ask(301)).toBe('forbidden identity.stale-sign-in')
  })

  it('keeps what the registry says of the member on that day', () => {
    const recruit = { member: { id: MEMBER, type: 'probationary', standing: 'active' } } as const
    const story = aTransfer(WARD_TO_WARD, recruit)
    expect(story.draft().transfer.memberType).toBe('probationary')
    expect(story.completed().transfer).toMatchObject({ status: 'completed', memberType: 'probationary' })
    const becameOfficial = story.draft().and('submit', theMember())
    expect(becameOfficial.transfer.memberType).toBe('official')
  })

  it('a technical defect is told at once, and corrected', () => {
    const rejected = aTransfer().technicallyRejected()
    expect(rejected.transfer).toMatchObject({
      status: 'technically-rejected',
      technicalDefects: ['broken'],
      dueAt: null,
    })
    expect(rejected.transfer.startedOn).toBeUndefined()
    const mended = rejected.and('submit', theMember())
    expect(mended.transfer).toMatchObject({
      status: 'received',
      technicalDefects: [],
      startedOn: '2026-11-16',
    })
  })
})

describe('the 60 working days to begin', () => {
  // Working days after 2 November 2026: the 60th is 27 January 2027.
  const lastDay = at('2027-01-27 23:59')
  const dayAfter = at('2027-01-28 00:00')
  const review = { reviewFrom: '2025-12-01', reviewTo: '2026-12-31' }
  const draft = (now: Date, lateExplanation?: string) =>
    aTransfer(WARD_TO_WARD, {
      answers: { ...review, ...(lateExplanation ? { lateExplanation } : {}) },
    }).draft(now)

  it('on the last day nothing is asked', () => {
    expect(draft(lastDay).and('submit', theMember()).transfer.late).toBe(false)
  })

  it('the day after it wants an explanation, and with one it goes on and says it was late', () => {
    const refusal = refused(draft(dayAfter), 'submit', theMember())
    expect(refusal).toMatchObject({
      kind: 'invalid',
      code: 'transfer.late-unexplained',
      facts: { startBy: '2027-01-27' },
    })
    expect(refusal?.citation).toContain('6.3.1a')
    const explained = draft(dayAfter, 'Đi công tác xa').and('submit', theMember())
    expect(explained.transfer).toMatchObject({ status: 'received', late: true })
  })

  it('what was received in time and is corrected after the last day started in time', () => {
    const returned = draft(lastDay).and('submit', theMember()).and('return', theCellSecretary())
    const again = returned.on(at('2027-02-15 09:00')).and('submit', theMember())
    expect(again.transfer).toMatchObject({ status: 'received', late: false, startedOn: '2027-01-27' })
  })

  it('what was refused technically on the last day was not received on it', () => {
    const rejected = draft(lastDay).and('submit', theMember(), { defects: ['broken'] })
    expect(codeOf(refused(rejected.on(dayAfter), 'submit', theMember()))).toBe(
      'invalid transfer.late-unexplained',
    )
  })
})

describe('the 8 working hours of intake', () => {
  it.each([
    ['2026-11-16 09:00', '09:00 17/11/2026', 'within a working day'],
    ['2026-11-13 16:59', '16:59 16/11/2026', 'Friday, a minute before the end'],
    ['2026-11-13 20:00', '17:00 16/11/2026', 'Friday night: Monday whole'],
    ['2026-11-14 10:00', '17:00 16/11/2026', 'Saturday: Monday whole'],
    ['2026-11-23 13:00', '11:30 25/11/2026', 'before Culture Day'],
    ['2027-02-03 14:00', '14:00 11/02/2027', 'the last working afternoon before Tết'],
  ])('received %s, due %s (%s)', (received, said) => {
    const answers = { decisionEffectiveOn: '2026-11-10' }
    expect(due(aTransfer(WARD_TO_WARD, { answers }).received(at(received)))).toBe(said)
  })

  it.each([
    ['2026-11-16 09:00', '17:00 17/11/2026'],
    ['2026-11-13 16:59', '17:00 16/11/2026'],
    ['2026-11-14 10:00', '17:00 17/11/2026'],
    ['2026-11-23 13:00', '17:00 25/11/2026'],
  ])('received %s, extended once to the end of the working day after: %s', (received, said) => {
    const story = aTransfer().received(at(received)).and('extend-intake', theCellSecretary())
    expect(due(story)).toBe(said)
    expect(refused(story, 'extend-intake', theCellDeputy())).toMatchObject({
      kind: 'against-rule',
      code: 'transfer.extended-once',
      citation: '338-QĐ/TW, Điều 14',
    })
  })

  it('stops while a supplement is awaited and runs on with what was left', () => {
    // Two hours of eight are used; the answer comes a week later, at eight in the morning.
    const asked = aTransfer().received().on(at('2026-11-16 11:00')).and('ask-supplement', theCellSecretary())
    expect(asked.transfer.supplements).toMatchObject([{ stage: 'intake', minutesLeft: 360 }])
    const answered = asked.on(at('2026-11-25 08:00')).and('answer-supplement', theMember())
    expect(answered.transfer.status).toBe('received')
    expect(due(answered)).toBe('15:30 25/11/2026')
  })

  it('is never shortened by the extension', () => {
    const answered = aTransfer()
      .received()
      .and('ask-supplement', theCellSecretary())
      .on(at('2026-12-07 07:30'))
      .and('answer-supplement', theMember())
    expect(due(answered)).toBe('17:00 07/12/2026')
    // From Monday at nine to Tuesday's end are 14.5 hours: the extension is worth 6.5 of them.
    expect(due(answered.and('extend-intake', theCellSecretary()))).toBe('15:30 08/12/2026')
  })

  it('nothing is left of what was overdue when the supplement was asked', () => {
    const asked = aTransfer().received().on(at('2026-11-18 09:00')).and('ask-supplement', theCellSecretary())
    expect(asked.transfer.supplements[0]?.minutesLeft).toBe(0)
    expect(due(asked.on(at('2026-11-20 20:00')).and('answer-supplement', theMember()))).toBe(
      '07:30 23/11/2026',
    )
  })
})

describe('supplements', () => {
  const asked = () => aTransfer().received().and('ask-supplement', theCellSecretary())
  const ask = (overrideReason?: string) =>
    ({
      type: 'ask-supplement',
      items: ['Quyết định'],
      ...(overrideReason ? { overrideReason } : {}),
    }) as const

  it('one full instruction a stage; a second needs a written reason, which is kept', () => {
    const answered = asked().and('answer-supplement', theMember())
    expect(codeOf(refused(answered, ask(), theCellSecretary()))).toBe('against-rule transfer.one-supplement')
    const again = answered.and(ask('Quyết định mờ'), theCellSecretary())
    expect(again.transfer.supplements[1]).toMatchObject({ stage: 'intake', overrideReason: 'Quyết định mờ' })
    const atTheCell = answered.and('accept-intake', theCellSecretary())
    expect(refused(atTheCell, ask(), theCellSecretary())).toBeUndefined()
  })

  it('at a hop the answer goes back to that hop with its own time', () => {
    const story = aTransfer().reviewing(2).and(ask(), theCommissionHead())
    expect(story.transfer.supplements[0]).toMatchObject({ stage: 'hop-2', minutesLeft: null })
    const answered = story.on(at('2026-11-20 09:00')).and('answer-supplement', theMember())
    expect(answered.transfer).toMatchObject({ status: 'committee-review', hop: 2 })
    expect(due(answered)).toBe('17:00 30/11/2026')
  })

  it('takes files meanwhile, and is not answered without the decision', () => {
    const file = { id: 'more', role: 'supplement', name: 'b.pdf', sha256: '03', pages: 1 } as const
    expect(asked().and({ type: 'attach-file', file }, theMember()).transfer.files).toHaveLength(2)
    const bare = asked().and({ type: 'detach-file', fileId: 'decision' }, theMember())
    expect(refused(bare, 'answer-supplement', theMember())).toMatchObject({
      code: 'transfer.incomplete',
      fields: [{ field: 'decisionFile', code: 'missing' }],
    })
  })

  it('unanswered: reminded when due, closed the day after the last', () => {
    // Five working days after 16 November: the 23rd; twenty: 15 December, Culture Day being free.
    const story = asked()
    expect(due(story)).toBe('17:00 23/11/2026')
    expect(codeOf(refused(story.on(at('2026-11-23 16:59')), 'remind-supplement', CLOCK))).toBe(
      'against-rule transfer.not-overdue',
    )
    const reminded = story.on(at('2026-11-23 17:00')).and('remind-supplement', CLOCK)
    expect(due(reminded)).toBe('17:00 15/12/2026')
    expect(
      refused(reminded.on(at('2026-12-15 23:00')), 'close-unanswered', theCellSecretary()),
    ).toMatchObject({
      code: 'transfer.close-too-early',
      facts: { closableOn: '2026-12-16' },
    })
    const closed = reminded.on(at('2026-12-16 07:30')).and('close-unanswered', theCellSecretary())
    expect(closed.transfer).toMatchObject({ status: 'closed-unanswered', dueAt: null })
  })

  it('nobody is closed out without having been reminded', () => {
    expect(codeOf(refused(asked().on(at('2027-03-01 09:00')), 'close-unanswered', theCellSecretary()))).toBe(
      'against-rule transfer.close-too-early',
    )
  })

  it('closed at a hop, the letters already signed lose their force', () => {
    const closed = aTransfer()
      .reviewing(2)
      .and(ask(), theCommissionHead())
      .on(at('2027-03-01 09:00'))
      .and('remind-supplement', CLOCK)
      .and('close-unanswered', theCommissionHead())
    expect(closed.transfer.voided.map(({ hop }) => hop)).toEqual([0, 1])
  })
})

describe('a member under inspection', () => {
  const block = { type: 'block', holdId: HOLD.id } as const
  const lift = { type: 'lift-block', holdId: HOLD.id } as const

  it('is stopped on arrival, with the intake clock still whole', () => {
    const story = aTransfer().draft().and('submit', theMember(), held)
    expect(story.transfer).toMatchObject({
      status: 'blocked',
      startedOn: '2026-11-16',
      block: { holdId: 'hold', by: WARD.id, resume: 'received', minutesLeft: 480 },
    })
    const lifted = story.on(at('2027-01-05 07:30')).and(lift, theInspector())
    expect(lifted.transfer.status).toBe('received')
    expect(due(lifted)).toBe('17:00 05/01/2027')
  })

  it.each([
    ['received', () => aTransfer().received()],
    ['supplement-requested', () => aTransfer().received().and('ask-supplement', theCellSecretary())],
    ['returned', () => aTransfer().returned()],
    ['cell-review', () => aTransfer().cellReview()],
    ['committee-review', () => aTransfer().reviewing(1)],
    ['committee-review', () => aTransfer().reviewing(2)],
    ['numbering', () => aTransfer().numbering(1)],
    ['numbering', () => aTransfer().numbering(2)],
  ] as const)('may be stopped in %s and goes on exactly there', (status, tell) => {
    const before = tell()
    const blocked = before.and(block, theInspector(CITY), held)
    expect(blocked.transfer.block).toMatchObject({ by: CITY.id, resume: status })
    const lifted = blocked.and(lift, theInspector())
    expect(lifted.transfer).toEqual(before.transfer)
  })

  it('the stopped deadline runs on with what was left', () => {
    // Cell review until Monday the 23rd, 17:00; blocked on Wednesday noon with two and a half working days and more left.
    const blocked = aTransfer().cellReview().on(at('2026-11-18 13:00')).and(block, CLOCK, held)
    const lifted = blocked.on(at('2026-12-07 07:30')).and(lift, CLOCK)
    expect(due(lifted)).toBe('11:30 10/12/2026')
  })

  it('a supplement awaited meanwhile is answered, reminded and closed as if the block had not been', () => {
    const blocked = aTransfer()
      .received()
      .and('ask-supplement', theCellSecretary())
      .on(at('2026-11-18 09:00'))
      .and(block, theInspector(), held)
    const lifted = blocked.on(at('2027-03-01 09:00')).and(lift, theInspector())
    expect(lifted.transfer.supplements[0]?.closableOn).toBe('2027-03-26')
    expect(codeOf(refused(lifted, 'remind-supplement', CLOCK))).toBe('against-rule transfer.not-overdue')
    expect(lifted.and('answer-supplement', theMember()).transfer.status).toBe('received')
  })

  it('is not lifted while another hold stands', () => {
    const blocked = aTransfer().cellReview().and(block, theInspector(), held)
    const other = { holds: [{ id: 'other', kind: 'complaint' }] }
    expect(refused(blocked, lift, theInspector(), other)).toMatchObject({
      kind: 'against-rule',
      code: 'transfer.member-held',
      facts: { kinds: ['complaint'] },
    })
  })

  it('is stopped by a hold that exists', () => {
    expect(codeOf(refused(aTransfer().received(), block, theInspector()))).toBe(
      'not-found transfer.hold-unknown',
    )
  })

  it('may withdraw meanwhile', () => {
    const story = aTransfer().reviewing(2).and(block, theInspector(), held).and('withdraw', theMember())
    expect(story.transfer).toMatchObject({ status: 'withdrawn', voided: [{ hop: 0 }, { hop: 1 }] })
    expect(story.transfer.block).toBeUndefined()
  })

  it('but not once the last hop has signed', () => {
    const story = aTransfer().numbering(2).and(block, theInspector(), held)
    expect(codeOf(refused(story, 'withdraw', theMember()))).toBe('against-rule transfer.signed-by-last')
  })

  it.each([
    ['accept-intake', () => aTransfer().received(), theCellSecretary()],
    ['sign-referral', () => aTransfer().cellReview(), theCellSecretary()],
    ['sign-referral', () => aTransfer().reviewing(1), theLeader()],
    ['sign-referral', () => aTransfer().reviewing(2), theCommissionHead()],
    ['take-number', () => aTransfer().numbering(1), theClerk()],
    ['take-number', () => aTransfer().numbering(2), theCommissionClerk()],
    ['retry-seal', () => aTransfer().sealingFailed(2), theCommissionClerk()],
  ] as const)('%s is refused even before the block arrives', (command, tell, actor) => {
    const refusal = refused(tell(), command, actor, held)
    expect(refusal).toMatchObject({ kind: 'against-rule', code: 'transfer.member-held' })
    expect(refusal?.citation).toContain('6.3.1')
  })
})

describe('accepting', () => {
  it('settles the way as the organisations stand today', () => {
    const renamed: Move['origin'] = [{ ...CELL, name: 'Chi bộ 2' }, WARD, CITY]
    const story = aTransfer().received().and('accept-intake', theCellSecretary(), { origin: renamed })
    expect(story.transfer.origin).toEqual(renamed)
    expect(story.transfer.hops[0]?.from).toEqual(renamed[0])
  })

  it.each<[string, Move, string]>([
    ['208, through the commission', WARD_TO_WARD, 'cell ward commission > far-ward'],
    ['208, directly by setting', WARD_TO_WARD_DIRECT, 'cell ward > far-ward'],
    ['294, through the direct superior', OUT_OF_THE_COMMUNE, 'school-cell part school commune > far-school'],
    ['inside the ward', INSIDE_THE_WARD, 'cell ward > near-cell'],
  ])('%s', (_name, move, way) => {
    const { hops } = aTransfer(move).cellReview().transfer
    expect(`${hops.map((hop) => hop.from.id).join(' ')} > ${hops.at(-1)?.to.id}`).toBe(way)
    expect(aTransfer(move).completed().transfer).toMatchObject({
      status: 'completed',
      destinationCell: { id: move.destination[0]!.id },
    })
  })

  it('refuses who has left the Party since', () => {
    const gone = { member: { id: MEMBER, type: 'official', standing: 'deceased' } } as const
    expect(codeOf(refused(aTransfer().received(), 'accept-intake', theCellSecretary(), gone))).toBe(
      'against-rule transfer.not-active',
    )
    expect(codeOf(refused(aTransfer().reviewing(1), 'sign-referral', theLeader(), gone))).toBe(
      'against-rule transfer.not-active',
    )
    expect(codeOf(refused(aTransfer().cellAdmission(), 'admit', theCellSecretary(FAR_CELL), gone))).toBe(
      'against-rule transfer.not-active',
    )
  })
})

describe('signing', () => {
  const atTheCell = () => aTransfer().cellReview()

  it('the cell says its meeting, its comment and the fees', () => {
    const { cellReview: _none, ...bare } = SIGN()
    expect(codeOf(refused(atTheCell(), bare, theCellSecretary()))).toBe(
      'invalid transfer.cell-review-missing',
    )
    const met = (meetingOn: string) =>
      SIGN({ cellReview: { meetingOn, comment: 'Tốt', feesPaidThrough: '2026-11' } })
    expect(refused(atTheCell(), met('2026-11-16'), theCellSecretary())).toBeUndefined()
    expect(codeOf(refused(atTheCell(), met('2026-11-17'), theCellSecretary()))).toBe(
      'invalid transfer.meeting-impossible',
    )
  })

  it('fees are paid through the month of the letter', () => {
    const paid = (feesPaidThrough: string) =>
      SIGN({ cellReview: { meetingOn: '2026-11-16', comment: 'Tốt', feesPaidThrough } })
    expect(refused(atTheCell(), paid('2026-11'), theCellSecretary())).toBeUndefined()
    expect(codeOf(refused(atTheCell(), paid('2026-10'), theCellSecretary()))).toBe(
      'against-rule transfer.fees-unpaid',
    )
    const nextMonth = atTheCell().on(at('2026-12-01 07:30'))
    expect(codeOf(refused(nextMonth, paid('2026-11'), theCellSecretary()))).toBe(
      'against-rule transfer.fees-unpaid',
    )
  })

  describe('where the books know the fees', () => {
    const OPEN = [
      { month: '2026-10', amountVnd: 80_000 },
      { month: '2026-11', amountVnd: 70_000 },
    ]
    const owing = { fees: { paidThrough: '2026-09', open: OPEN } }
    const settled = { fees: { paidThrough: '2026-11', open: [] } }
    const blocking: Twist = {
      settings: { get: (setting) => (setting.key === FEES_OPEN.key ? ('block' as never) : setting.default) },
    }
    const says = (feesPaidThrough: string, feesReason?: string) =>
      SIGN({
        cellReview: {
          meetingOn: '2026-11-16',
          comment: 'Tốt',
          feesPaidThrough,
          ...(feesReason ? { feesReason } : {}),
        },
      })
    const refusedWith = (command: Command, twist: Twist) => {
      const refusal = refused(atTheCell(), command, theCellSecretary(), twist)
      return refusal && codeOf(refusal)
    }

    it('another month needs its reason, later or earlier', () => {
      expect(refusedWith(says('2026-11'), settled)).toBeUndefined()
      expect(refusedWith(says('2026-12'), settled)).toBe('against-rule transfer.fees-contradict')
      expect(refusedWith(says('2026-11'), owing)).toBe('against-rule transfer.fees-contradict')
      expect(refusedWith(says('2026-08'), owing)).toBe('against-rule transfer.fees-contradict')
      expect(refusedWith(says('2026-11', 'Đã thu tiền mặt, chưa kịp ghi'), owing)).toBeUndefined()
    })

    it('what is owed is printed, or stops the letter, as the setting says', () => {
      expect(refusedWith(says('2026-09'), owing)).toBeUndefined()
      expect(refusedWith(says('2026-09'), { ...owing, ...blocking })).toBe(
        'against-rule transfer.fees-unpaid',
      )
      expect(refusedWith(says('2026-11'), { ...settled, ...blocking })).toBeUndefined()
    })

    it('the letter keeps what is open beyond the month it states', () => {
      const told = (command: Command) =>
        atTheCell().and(command, theCellSecretary(), owing).transfer.cellReview?.feesOwed
      expect(told(says('2026-09'))).toEqual({ since: '2026-10', months: 2, amountVnd: 150_000 })
      expect(told(says('2026-10', 'Đã thu'))).toEqual({ since: '2026-11', months: 1, amountVnd: 70_000 })
      expect(told(says('2026-11', 'Đã thu'))).toBeUndefined()
    })
  })

  it('a body without a seal signs and numbers in one act', () => {
    const { transfer } = atTheCell().and(SIGN(), theCellSecretary())
    expect(transfer).toMatchObject({ status: 'committee-review', hop: 1 })
    expect(transfer.hops[0]).toMatchObject({
      signed: { by: theCellSecretary().memberId },
      numbered: { issuedOn: '2026-11-16' },
    })
    expect(transfer.hops[0]?.sealedAt).toBeDefined()
  })

  it('the grassroots committee comments and confirms the supplement sheet; nobody else is asked to', () => {
    const ward = aTransfer().reviewing(1)
    expect(codeOf(refused(ward, SIGN({ committeeComment: '' }), theLeader()))).toBe(
      'invalid transfer.committee-comment-missing',
    )
    expect(codeOf(refused(ward, SIGN({ supplementUpToDate: false }), theLeader()))).toBe(
      'against-rule transfer.supplement-sheet',
    )
    expect(refused(aTransfer().reviewing(2), { type: 'sign-referral' }, theCommissionHead())).toBeUndefined()
    const part = aTransfer(OUT_OF_THE_COMMUNE).reviewing(1)
    expect(part.transfer.hops[1]?.from).toBe(PART)
    expect(refused(part, { type: 'sign-referral' }, theLeader(PART))).toBeUndefined()
    const school = aTransfer(OUT_OF_THE_COMMUNE).reviewing(2)
    expect(codeOf(refused(school, { type: 'sign-referral' }, theLeader(SCHOOL)))).toBe(
      'invalid transfer.committee-comment-missing',
    )
  })

  it('a committee still called grassroots inside a ward of 208 only refers', () => {
    const inner = aPlace('inner', 'grassroots')
    const story = aTransfer({ origin: [CELL, inner, WARD, CITY], destination: WARD_TO_WARD.destination })
    expect(refused(story.reviewing(1), { type: 'sign-referral' }, theLeader(inner))).toBeUndefined()
    expect(codeOf(refused(story.reviewing(2), { type: 'sign-referral' }, theLeader()))).toBe(
      'invalid transfer.committee-comment-missing',
    )
    expect(refused(story.referred(), 'hand-over-file', theBuildingOfficer(inner))?.code).toBe(
      'transfer.not-yours',
    )
    expect(refused(story.referred(), 'hand-over-file', theBuildingOfficer())).toBeUndefined()
  })

  it('a grassroots cell says both as one body', () => {
    const grassrootsCell = aPlace('grassroots-cell', 'grassroots')
    const move = { origin: [grassrootsCell, CITY], destination: WARD_TO_WARD.destination }
    const story = aTransfer(move).cellReview()
    const { committeeComment: _none, ...asCell } = SIGN()
    expect(
      codeOf(refused(story, SIGN({ supplementUpToDate: false }), theCellSecretary(grassrootsCell))),
    ).toBe('against-rule transfer.supplement-sheet')
    const signed = story.and(asCell, theCellSecretary(grassrootsCell))
    expect(signed.transfer).toMatchObject({ status: 'numbering', hop: 0 })
    expect(codeOf(refused(signed, 'take-number', theCellSecretary(grassrootsCell)))).toBe(
      'forbidden transfer.not-yours',
    )
    expect(signed.and('take-number', theCellDeputy(grassrootsCell)).transfer.status).toBe('sealing')
    expect(signed.and('return', theCellSecretary(grassrootsCell)).transfer).toMatchObject({
      status: 'cell-review',
      hop: 0,
    })
  })

  it('a cell that has a seal is numbered by another of its committee', () => {
    const sealedCell = { ...CELL, hasSeal: true }
    const story = aTransfer({ ...WARD_TO_WARD, origin: [sealedCell, WARD, CITY] })
      .cellReview()
      .and(SIGN(), theCellSecretary())
    expect(story.transfer.status).toBe('numbering')
    expect(story.and('take-number', theCellDeputy()).transfer.status).toBe('sealing')
  })

  it('is refused when the destination no longer exists', () => {
    const gone = { destination: [] }
    expect(codeOf(refused(aTransfer().reviewing(1), 'sign-referral', theLeader(), gone))).toBe(
      'against-rule transfer.destination-gone',
    )
    const moved = { destination: [FAR_CELL, aPlace('merged-ward', 'grassroots'), CITY] }
    expect(codeOf(refused(aTransfer().reviewing(2), 'sign-referral', theCommissionHead(), moved))).toBe(
      'against-rule transfer.destination-gone',
    )
  })
})

describe('numbering and sealing', () => {
  const asClerk = (memberId: string, more: Partial<PersonActor> = {}) => ({
    ...theClerk(),
    memberId,
    ...more,
  })

  it('the signer does not take the number, under no hat and for nobody', () => {
    const signed = aTransfer().numbering(1)
    const signer = theLeader().memberId
    expect(codeOf(refused(signed, 'take-number', asClerk(signer)))).toBe(
      'forbidden transfer.signer-takes-no-number',
    )
    const forSigner = asClerk('helper', { onBehalfOf: { memberId: signer, grantId: 'g' } })
    expect(codeOf(refused(signed, 'take-number', forSigner))).toBe(
      'forbidden transfer.signer-takes-no-number',
    )
    expect(refused(signed, 'take-number', theClerk())).toBeUndefined()
  })

  it('nor does the one for whom it was signed', () => {
    const stand = {
      ...theLeader(),
      memberId: 'stand-in',
      onBehalfOf: { memberId: theClerk().memberId, grantId: 'g' },
    }
    const signed = aTransfer().reviewing(1).and(SIGN(), stand)
    expect(signed.transfer.hops[1]?.signed).toMatchObject({ by: 'stand-in', onBehalfOf: theClerk().memberId })
    expect(codeOf(refused(signed, 'take-number', theClerk()))).toBe(
      'forbidden transfer.signer-takes-no-number',
    )
  })

  it('a job that comes late for another hop changes nothing', () => {
    const sealing = aTransfer().sealing(1)
    expect(codeOf(refused(sealing, { type: 'record-seal', hop: 0 }, CLOCK))).toBe('conflict transfer.not-now')
    expect(codeOf(refused(sealing, { type: 'record-seal-failure', hop: 2, failure: 'x' }, CLOCK))).toBe(
      'conflict transfer.not-now',
    )
  })

  it('a seal that failed has an owner, a deadline and two ways on', () => {
    const failed = aTransfer().sealingFailed(2)
    expect(failed.transfer.sealFailure).toBe('x')
    expect(due(failed)).toBe('17:00 17/11/2026')
    const retried = failed.and('retry-seal', theCommissionClerk())
    expect(retried.transfer.status).toBe('sealing')
    expect(retried.transfer.sealFailure).toBeUndefined()
    expect(retried.and('record-seal', CLOCK).transfer.status).toBe('referred')
  })

  it('the referral bears the date of its number, however long the seal took', () => {
    const late = aTransfer().sealing(2).on(at('2026-11-20 10:00')).and('record-seal', CLOCK)
    expect(late.transfer).toMatchObject({ referredOn: '2026-11-16', presentBy: '2026-12-29' })
    expect(due(late)).toBe('17:00 23/11/2026')
  })
})

describe('withdrawing', () => {
  it.each([
    ['the cell', () => aTransfer().numbering(1)],
    ['the ward, in sealing', () => aTransfer().sealing(1)],
    ['the ward, whose seal failed', () => aTransfer().sealingFailed(1)],
    ['all but the last', () => aTransfer().reviewing(2)],
  ])('is open after %s signed: what was signed is void, its numbers stay', (_who, tell) => {
    const story = tell()
    const signed = story.transfer.hops.flatMap((hop) => (hop.signed ? [hop] : []))
    const { voided, status } = story.and({ type: 'withdraw', reason: 'Không đi nữa' }, theMember()).transfer
    expect(status).toBe('withdrawn')
    expect(voided.map(({ symbol }) => symbol)).toEqual(signed.map((hop) => hop.numbered?.symbol ?? null))
    expect(voided.map(({ paperIds }) => paperIds)).toEqual(signed.map((hop) => hop.signed?.paperIds))
  })

  it.each([
    ['numbering', () => aTransfer().numbering(2)],
    ['sealing', () => aTransfer().sealing(2)],
    ['sealing-failed', () => aTransfer().sealingFailed(2)],
  ])('ends with the signature of the last hop (%s)', (_status, tell) => {
    expect(codeOf(refused(tell(), 'withdraw', theMember()))).toBe('against-rule transfer.signed-by-last')
  })

  it('is open again when the last hop has it back', () => {
    const back = aTransfer().numbering(2).and('return', theCommissionClerk())
    expect(back.and('withdraw', theMember()).transfer.status).toBe('withdrawn')
  })

  it('is open to the member who has it back', () => {
    const { transfer } = aTransfer().returned().and('withdraw', theMember())
    expect(transfer).toMatchObject({ status: 'withdrawn', voided: [] })
  })
})

describe('returning', () => {
  const back = (story: Telling, actor: PersonActor) => story.and({ type: 'return', reason: 'Sai tên' }, actor)

  it('goes step by step; each letter it passes is void and keeps its number', () => {
    const atCommission = aTransfer().reviewing(2)
    const symbols = atCommission.transfer.hops.map((hop) => hop.numbered?.symbol)
    const atWard = back(atCommission, theCommissionHead())
    expect(atWard.transfer).toMatchObject({ status: 'committee-review', hop: 1, lastReason: 'Sai tên' })
    expect(atWard.transfer.hops[1]).toEqual({ from: WARD, to: COMMISSION })
    expect(atWard.transfer.hops[0]?.signed).toBeDefined()
    expect(atWard.transfer.voided).toMatchObject([{ hop: 1, symbol: symbols[1], reason: 'Sai tên' }])
    const atCell = back(atWard, theLeader())
    expect(atCell.transfer).toMatchObject({ status: 'cell-review', hop: 0 })
    expect(atCell.transfer.voided.map(({ symbol }) => symbol)).toEqual([symbols[1], symbols[0]])
    const atMember = back(atCell, theCellSecretary())
    expect(atMember.transfer).toMatchObject({ status: 'returned', hops: [], hop: 0 })
    expect(atMember.transfer.route).toBeUndefined()
    expect(due(atMember)).toBe('17:00 01/12/2026')
  })

  it('what comes again is signed and numbered anew', () => {
    const again = passed(back(aTransfer().reviewing(2), theCommissionHead()))
    expect(again.transfer).toMatchObject({ status: 'committee-review', hop: 2 })
    expect(again.transfer.hops[1]?.numbered?.symbol).not.toBe(again.transfer.voided[0]?.symbol)
  })

  it('before the number and after a failed seal it goes back to the signer of the same hop', () => {
    const unnumbered = back(aTransfer().numbering(1), theClerk())
    expect(unnumbered.transfer).toMatchObject({
      status: 'committee-review',
      hop: 1,
      voided: [{ hop: 1, symbol: null }],
    })
    const failed = aTransfer().sealingFailed(2)
    const numbered = back(failed, theCommissionClerk())
    const symbol = failed.transfer.hops[2]?.numbered?.symbol
    expect(numbered.transfer).toMatchObject({
      status: 'committee-review',
      hop: 2,
      voided: [{ hop: 2, symbol }],
    })
    expect(numbered.transfer.sealFailure).toBeUndefined()
  })

  it('from intake it goes to the member, who corrects and sends it again', () => {
    const returned = back(aTransfer().received(), theCellSecretary())
    const again = returned.and('submit', theMember(), { destination: [NEAR_CELL, WARD, CITY] })
    expect(again.transfer).toMatchObject({ status: 'received', answers: { destinationName: 'near-cell' } })
  })

  it('the cell may refuse what is never corrected', () => {
    expect(aTransfer().returned().and('refuse', theCellSecretary()).transfer.status).toBe('refused')
  })
})

describe('refusing', () => {
  it('ends it, and every letter signed so far is void', () => {
    const { transfer } = aTransfer()
      .reviewing(2)
      .and({ type: 'refuse', reason: 'Không đúng đối tượng' }, theCommissionHead())
    expect(transfer).toMatchObject({
      status: 'refused',
      lastReason: 'Không đúng đối tượng',
      voided: [{ hop: 0 }, { hop: 1 }],
    })
  })
})

describe('handing over the sealed file', () => {
  const hand = (handedOn: string) => ({ type: 'hand-over-file', sealNumber: 'NP-01', handedOn }) as const

  it('not before the referral and not tomorrow', () => {
    const referred = aTransfer().referred().on(at('2026-11-17 09:00'))
    expect(codeOf(refused(referred, hand('2026-11-15'), theClerk()))).toBe(
      'invalid transfer.handed-on-impossible',
    )
    expect(codeOf(refused(referred, hand('2026-11-18'), theClerk()))).toBe(
      'invalid transfer.handed-on-impossible',
    )
    const { transfer } = referred.and(hand('2026-11-16'), theClerk())
    expect(transfer).toMatchObject({
      status: 'in-transit',
      custody: { sealNumber: 'NP-01', handedOn: '2026-11-16', handedBy: theClerk().memberId },
    })
  })

  it('the member has until the last of the 30 working days', () => {
    expect(due(aTransfer().inTransit())).toBe('17:00 29/12/2026')
  })
})

describe('presenting within 30 working days', () => {
  // Referred on 16 November 2026: the last day is 29 December.
  const inTransit = () => aTransfer().inTransit()
  const officer = theBuildingOfficer(FAR_WARD)

  it('on the last day nothing is asked; the day after an explanation is', () => {
    expect(refused(inTransit().on(at('2026-12-29 16:00')), RECEIVE('2026-12-29'), officer)).toBeUndefined()
    const late = inTransit().on(at('2026-12-30 08:00'))
    expect(refused(late, RECEIVE('2026-12-30'), officer)).toMatchObject({
      kind: 'invalid',
      code: 'transfer.presentation-unexplained',
      citation: '294-QĐ/TW, mục 6.3.1c',
      facts: { presentBy: '2026-12-29' },
    })
    expect(late.and(RECEIVE('2026-12-30', { explanation: 'Ốm' }), officer).transfer).toMatchObject({
      status: 'at-destination',
      latenessExplained: 'Ốm',
    })
  })

  it('what was presented in time and entered later is in time', () => {
    expect(refused(inTransit().on(at('2027-01-05 08:00')), RECEIVE('2026-12-29'), officer)).toBeUndefined()
  })

  it('the clock notes it the day after, once; the flow stays alive', () => {
    expect(codeOf(refused(inTransit().on(at('2026-12-29 23:59')), 'note-overdue', CLOCK))).toBe(
      'against-rule transfer.not-overdue',
    )
    const noted = inTransit().on(at('2026-12-30 00:00')).and('note-overdue', CLOCK)
    expect(noted.transfer).toMatchObject({ status: 'in-transit', presentationOverdue: true })
    expect(codeOf(refused(noted, 'note-overdue', CLOCK))).toBe('conflict transfer.already-noted')
    const explained = noted.and({ type: 'explain-lateness', explanation: 'Ốm' }, theMember())
    expect(refused(explained, RECEIVE('2026-12-30'), officer)).toBeUndefined()
  })

  it('is not received before it was handed over, nor tomorrow', () => {
    const handed = aTransfer().referred().on(at('2026-11-18 09:00')).and('hand-over-file', theClerk())
    expect(codeOf(refused(handed, RECEIVE('2026-11-17'), officer))).toBe(
      'invalid transfer.received-on-impossible',
    )
    expect(codeOf(refused(handed, RECEIVE('2026-11-19'), officer))).toBe(
      'invalid transfer.received-on-impossible',
    )
    expect(refused(handed, RECEIVE('2026-11-18'), officer)).toBeUndefined()
  })

  it('a broken seal is received with an account of it', () => {
    const broken = { sealIntact: false }
    expect(codeOf(refused(inTransit(), RECEIVE('2026-11-16', broken), officer))).toBe(
      'invalid transfer.broken-seal-unexplained',
    )
    const { custody } = inTransit().and(
      RECEIVE('2026-11-16', { ...broken, exception: 'Rách do mưa' }),
      officer,
    ).transfer
    expect(custody).toMatchObject({
      sealIntact: false,
      exception: 'Rách do mưa',
      receivedBy: officer.memberId,
    })
  })
})

describe('lost papers', () => {
  const confirm = (id: string) =>
    ({
      type: 'attach-file',
      file: { id, role: 'police-confirmation', name: 'ca.pdf', sha256: '04', pages: 1 },
    }) as const
  const reissued = () =>
    aTransfer().papersLost().and(confirm('first'), theMember()).and('reissue', theCommissionHead())

  it('need the confirmation of the police; then the last letter is void and signed anew', () => {
    const lost = aTransfer().papersLost()
    expect(codeOf(refused(lost, 'reissue', theCommissionHead()))).toBe(
      'against-rule transfer.police-confirmation-missing',
    )
    const { transfer } = reissued()
    expect(transfer).toMatchObject({ status: 'committee-review', hop: 2, losses: 1 })
    expect(transfer.voided).toMatchObject([{ hop: 2, symbol: lost.transfer.hops[2]?.numbered?.symbol }])
    for (const gone of ['custody', 'referredOn', 'presentBy', 'destinationCell'])
      expect(transfer).not.toHaveProperty(gone)
    const again = passed(reissued())
    expect(again.transfer.status).toBe('referred')
    expect(again.transfer.hops[2]?.numbered?.symbol).not.toBe(transfer.voided[0]?.symbol)
  })

  it('each loss wants its own', () => {
    const again = passed(reissued()).and('hand-over-file', theClerk()).and('report-lost', theMember())
    expect(codeOf(refused(again, 'reissue', theCommissionHead()))).toBe(
      'against-rule transfer.police-confirmation-missing',
    )
    expect(refused(again.and(confirm('second'), theMember()), 'reissue', theCommissionHead())).toBeUndefined()
  })

  it('touch no other file of the dossier', () => {
    const lost = aTransfer().papersLost().and(confirm('first'), theMember())
    expect(codeOf(refused(lost, { type: 'detach-file', fileId: 'decision' }, theMember()))).toBe(
      'against-rule transfer.file-not-asked',
    )
    expect(lost.and({ type: 'detach-file', fileId: 'first' }, theMember()).transfer.files).toHaveLength(1)
  })

  it('an old lateness explains no new one', () => {
    const explained = aTransfer()
      .inTransit()
      .on(at('2027-01-05 09:00'))
      .and('note-overdue', CLOCK)
      .and('explain-lateness', theMember())
      .and('void-referral', theLeader())
    expect(explained.transfer.presentationOverdue).toBe(false)
    expect(explained.transfer.latenessExplained).toBeUndefined()
  })

  it('a member who is now inspected gets no new letter', () => {
    expect(codeOf(refused(reissued(), 'sign-referral', theCommissionHead(), held))).toBe(
      'against-rule transfer.member-held',
    )
  })
})

describe('voiding a referral', () => {
  it('an error is mended by the last hop alone, under a new number', () => {
    const { transfer } = aTransfer()
      .inTransit()
      .and({ type: 'void-referral', reason: 'Sai ngày sinh' }, theLeader())
    expect(transfer).toMatchObject({ status: 'committee-review', hop: 2, voided: [{ hop: 2 }] })
    expect(transfer.hops[0]?.signed).toBeDefined()
    const same = { type: 'void-referral', reason: 'x', destinationId: ANSWERS.destinationId! } as const
    expect(aTransfer().referred().and(same, theLeader()).transfer.hop).toBe(2)
  })

  it('another destination has another way: every letter is void and the cell begins', () => {
    const elsewhere = [aPlace('third-cell', 'cell'), aPlace('third-ward', 'grassroots'), CITY]
    const command = { type: 'void-referral', reason: 'Đổi nơi đến', destinationId: 'third' } as const
    const { transfer } = aTransfer().inTransit().and(command, theCommissionHead(), { destination: elsewhere })
    expect(transfer).toMatchObject({
      status: 'cell-review',
      hop: 0,
      answers: { destinationId: 'third', destinationName: 'third-cell' },
      route: { receiver: { id: 'third-ward' } },
      voided: [{ hop: 0 }, { hop: 1 }, { hop: 2 }],
    })
    expect(transfer.hops.every((hop) => hop.signed === undefined)).toBe(true)
    expect(transfer.hops.at(-1)?.to.id).toBe('third-ward')
  })

  it('another destination inside the ward makes it internal', () => {
    const command = { type: 'void-referral', reason: 'Ở lại', destinationId: 'near' } as const
    const { transfer } = aTransfer()
      .referred()
      .and(command, theLeader(), { destination: [NEAR_CELL, WARD, CITY] })
    expect(transfer).toMatchObject({
      route: { kind: 'internal' },
      hops: [{ from: CELL }, { from: WARD, to: NEAR_CELL }],
    })
  })

  it('a destination nobody may refer to is refused', () => {
    const command = { type: 'void-referral', reason: 'x', destinationId: 'gone' } as const
    expect(codeOf(refused(aTransfer().referred(), command, theLeader(), { destination: [] }))).toBe(
      'against-rule transfer.destination-unknown',
    )
  })
})

describe('the destination', () => {
  const officer = theBuildingOfficer(FAR_WARD)

  it('assigns a cell of its own', () => {
    const story = aTransfer().atDestination()
    const cell = (place = FAR_CELL, chain = [place, FAR_WARD, CITY]) => ({ cell: { place, chain } })
    expect(story.and('assign-cell', officer, cell()).transfer.destinationCell).toBe(FAR_CELL)
    expect(codeOf(refused(story, 'assign-cell', officer, { cell: undefined }))).toBe(
      'invalid transfer.cell-unknown',
    )
    expect(codeOf(refused(story, 'assign-cell', officer, cell(CELL, [CELL, WARD, CITY])))).toBe(
      'invalid transfer.cell-unknown',
    )
    expect(codeOf(refused(story, 'assign-cell', officer, cell(PART)))).toBe('invalid transfer.cell-unknown')
  })

  it('a cell sends back what is not its own; the committee assigns another', () => {
    const back = aTransfer()
      .cellAdmission()
      .and({ type: 'return-from-destination', reason: 'Nhầm' }, theCellSecretary(FAR_CELL))
    expect(back.transfer).toMatchObject({ status: 'at-destination', lastReason: 'Nhầm' })
    expect(back.transfer.destinationCell).toBeUndefined()
    expect(back.and('assign-cell', officer).transfer.status).toBe('cell-admission')
  })

  it('returned to the referrer and mended, it is received again; presented in time stays in time', () => {
    const returned = aTransfer().destinationReturned().on(at('2027-01-20 09:00'))
    const again = returned.and(RECEIVE('2027-01-20'), officer)
    expect(again.transfer).toMatchObject({ status: 'at-destination', custody: { receivedOn: '2026-11-16' } })
  })

  it('returned as the wrong place, it is voided towards another or reverted', () => {
    const elsewhere = { type: 'void-referral', reason: 'Sai nơi', destinationId: 'near' } as const
    const returned = aTransfer().destinationReturned()
    expect(
      returned.and(elsewhere, theLeader(), { destination: [NEAR_CELL, WARD, CITY] }).transfer.status,
    ).toBe('cell-review')
    expect(returned.and('revert', theCommissionHead()).transfer.status).toBe('reverted')
  })

  it('meets after it received and not in the future', () => {
    const story = aTransfer()
      .inTransit()
      .on(at('2026-11-20 09:00'))
      .and(RECEIVE('2026-11-18'), officer)
      .and('assign-cell', officer)
    const admit = (meetingOn: string) =>
      codeOf(refused(story, { type: 'admit', meetingOn }, theCellSecretary(FAR_CELL)))
    expect(admit('2026-11-17')).toBe('invalid transfer.meeting-impossible')
    expect(admit('2026-11-18')).toBeUndefined()
    expect(admit('2026-11-20')).toBeUndefined()
    expect(admit('2026-11-21')).toBe('invalid transfer.meeting-impossible')
  })

  it('admits: the dossier is complete, nobody is awaited', () => {
    expect(aTransfer().completed().transfer).toMatchObject({
      status: 'completed',
      dueAt: null,
      admission: { meetingOn: '2026-11-16', admittedOn: '2026-11-16' },
    })
  })
})

describe('inside one grassroots organisation', () => {
  const story = () => aTransfer(INSIDE_THE_WARD)

  it("the ward's letter goes straight to the cell: nothing is carried", () => {
    const { transfer } = story().cellAdmission()
    expect(transfer).toMatchObject({ status: 'cell-admission', destinationCell: NEAR_CELL })
    expect(transfer.custody).toBeUndefined()
  })

  it('returned by the cell and mended, it goes to the cell the letter names, and to no other', () => {
    const again = story()
      .destinationReturned()
      .on(at('2027-03-01 09:00'))
      .and({ type: 'receive', receivedOn: '2027-03-01' }, theLeader())
    expect(again.transfer.status).toBe('at-destination')
    const other = { cell: { place: CELL, chain: [CELL, WARD, CITY] } }
    expect(codeOf(refused(again, 'assign-cell', theLeader(), other))).toBe('invalid transfer.cell-unknown')
    const assigned = again.and('assign-cell', theLeader())
    expect(assigned.and('admit', theCellSecretary(NEAR_CELL)).transfer.status).toBe('completed')
  })

  it('to another cell it needs another letter', () => {
    const command = { type: 'void-referral', reason: 'Sai chi bộ', destinationId: 'third' } as const
    const third = aPlace('third-cell', 'cell')
    const { transfer } = story()
      .destinationReturned()
      .and(command, theLeader(), { destination: [third, WARD, CITY] })
    expect(transfer).toMatchObject({
      status: 'cell-review',
      hops: [{ from: CELL }, { to: third }],
      voided: [{ hop: 0 }, { hop: 1 }],
    })
    expect(transfer.destinationCell).toBeUndefined()
  })

  it('may be reverted once the cell has sent it back', () => {
    expect(story().destinationReturned().and('revert', theLeader()).transfer.status).toBe('reverted')
  })
})

describe('reverting', () => {
  it.each([
    ['referred', () => aTransfer().referred()],
    ['in-transit', () => aTransfer().inTransit()],
    ['papers-lost', () => aTransfer().papersLost()],
    ['destination-returned', () => aTransfer().destinationReturned()],
  ])('from %s voids every letter', (_status, tell) => {
    const command = { type: 'revert', reason: 'Không đi', decisionNumber: '9-QĐ' } as const
    const { transfer, told } = tell().and(command, theLeader())
    expect(transfer).toMatchObject({ status: 'reverted', voided: [{ hop: 0 }, { hop: 1 }, { hop: 2 }] })
    expect(told.at(-1)?.event).toMatchObject({ type: 'transfer-reverted', decisionNumber: '9-QĐ' })
  })
})

describe('settings', () => {
  it('the days of each step come from them', () => {
    const settings = {
      get: (setting: { key: string; default: unknown }) =>
        setting.key.endsWith('cell-review-working-days') ? 1 : setting.default,
    } as typeof DEFAULT_SETTINGS
    const story = aTransfer().received().and('accept-intake', theCellSecretary(), { settings })
    expect(due(story)).toBe('17:00 17/11/2026')
    expect(due(aTransfer().cellReview())).toBe('17:00 23/11/2026')
  })

  it('an intermediate committee has its own', () => {
    const story = aTransfer(OUT_OF_THE_COMMUNE)
      .cellReview()
      .and('sign-referral', theCellSecretary(SCHOOL_CELL))
    expect(due(story)).toBe('17:00 18/11/2026')
  })
})
