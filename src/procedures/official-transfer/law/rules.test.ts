/** Who may ask for what, when: every state, every command, every kind of actor; and the numbers of the law, day by day. */
import { describe, expect, it } from 'vitest'
import { CLOCK, type Actor, type PersonActor } from '../../../kernel/actor.ts'
import { addDays } from '../../../kernel/plain-date.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import {
  ANSWERS,
  anotherMember,
  at,
  aTransfer,
  by,
  CALENDAR,
  CELL,
  CITY,
  FAR_CELL,
  FAR_WARD,
  HOLD,
  INSIDE_THE_WARD,
  MONDAY,
  NEAR_CELL,
  step,
  theAdministrator,
  theBuildingOfficer,
  theCellDeputy,
  theCellSecretary,
  theClerk,
  theCommissionClerk,
  theCommissionHead,
  theCommissionOfficer,
  theDelegate,
  theInspector,
  theLeader,
  theMember,
  whoIsTheMember,
  type Telling,
} from './builders.ts'
import {
  feesCover,
  isLate,
  isSameHand,
  missingAnswers,
  needFreshSignIn,
  presentBy,
  SIGNING,
  startBy,
} from './rules.ts'
import { NEXT, STATUSES, type CommandType } from './states.ts'

const CAST = {
  member: theMember(),
  delegate: theDelegate(),
  stranger: anotherMember(),
  secretary: theCellSecretary(),
  deputy: theCellDeputy(),
  leader: theLeader(),
  building: theBuildingOfficer(),
  clerk: theClerk(),
  head: theCommissionHead(),
  officer: theCommissionOfficer(),
  registrar: theCommissionClerk(),
  farLeader: theLeader(FAR_WARD),
  farBuilding: theBuildingOfficer(FAR_WARD),
  farClerk: theClerk(FAR_WARD),
  farSecretary: theCellSecretary(FAR_CELL),
  nearSecretary: theCellSecretary(NEAR_CELL),
  inspector: theInspector(),
  cityInspector: theInspector(CITY),
  farInspector: theInspector(FAR_WARD),
  administrator: theAdministrator(),
  clock: CLOCK,
} satisfies Record<string, Actor>
type Kind = keyof typeof CAST
const KINDS = Object.keys(CAST) as Kind[]
const OFFICERS = KINDS.filter((kind) => !['member', 'delegate', 'stranger', 'clock'].includes(kind))

/** Whole bodies, for the table: who files, and who checks in each organisation. */
const BODIES: Record<string, readonly Kind[]> = {
  FILING: ['member', 'delegate'],
  CELL: ['secretary', 'deputy'],
  WARD: ['leader', 'building'],
  COMMISSION: ['head', 'officer'],
  FAR: ['farLeader', 'farBuilding'],
  INSPECTION: ['inspector', 'cityInspector'],
}

interface Situation {
  readonly story: () => Telling
  /** who may ask for it; of everything else and everybody else the forbidden is derived */
  readonly may: Partial<Record<CommandType, string>>
  /** commands that belong to this state and these people, but not under these circumstances */
  readonly butNotYet?: Partial<Record<CommandType, string>>
}

const NEW_YEAR = at('2027-01-05 09:00')
const police = {
  type: 'attach-file',
  file: { id: 'police', role: 'police-confirmation', name: 'ca.pdf', sha256: '01', pages: 1 },
} as const
const askedAtIntake = () => aTransfer().received().and('ask-supplement', theCellSecretary())
const stopped = () =>
  aTransfer()
    .received()
    .and('block', CLOCK, { holds: [HOLD] })

const FILING = {
  'save-draft': 'FILING',
  'attach-file': 'FILING',
  'detach-file': 'FILING',
  submit: 'FILING',
  withdraw: 'FILING',
}
const BLOCKING = { block: 'INSPECTION clock' }
const SUPPLEMENT = {
  'attach-file': 'FILING',
  'detach-file': 'FILING',
  'answer-supplement': 'FILING',
  'remind-supplement': 'clock',
  withdraw: 'FILING',
  ...BLOCKING,
}
const CORRECTING = { reissue: 'WARD COMMISSION', revert: 'WARD COMMISSION' }

const TOLD: Record<string, Situation> = {
  draft: { story: () => aTransfer().draft(), may: FILING },
  'technically-rejected': { story: () => aTransfer().technicallyRejected(), may: FILING },
  received: {
    story: () => aTransfer().received(),
    may: {
      'accept-intake': 'CELL',
      'extend-intake': 'CELL',
      'ask-supplement': 'CELL',
      return: 'CELL',
      refuse: 'CELL',
      withdraw: 'FILING',
      ...BLOCKING,
    },
  },
  'supplement-requested': {
    story: askedAtIntake,
    may: { ...SUPPLEMENT, 'close-unanswered': 'CELL' },
    butNotYet: {
      'remind-supplement': 'transfer.not-overdue',
      'close-unanswered': 'transfer.close-too-early',
    },
  },
  'supplement-requested, a week': {
    story: () => askedAtIntake().on(at('2026-11-23 17:00')),
    may: { ...SUPPLEMENT, 'close-unanswered': 'CELL' },
    butNotYet: { 'close-unanswered': 'transfer.close-too-early' },
  },
  'supplement-requested, seven weeks, by the ward': {
    story: () =>
      aTransfer()
        .reviewing(1)
        .and('ask-supplement', theBuildingOfficer())
        .on(NEW_YEAR)
        .and('remind-supplement', CLOCK),
    may: { ...SUPPLEMENT, 'close-unanswered': 'WARD' },
    butNotYet: { 'remind-supplement': 'transfer.already-reminded' },
  },
  blocked: { story: stopped, may: { 'lift-block': 'INSPECTION clock', withdraw: 'FILING' } },
  returned: {
    story: () => aTransfer().returned(),
    may: { ...FILING, refuse: 'CELL', ...BLOCKING },
  },
  'cell-review': {
    story: () => aTransfer().cellReview(),
    may: {
      'sign-referral': 'CELL',
      'ask-supplement': 'CELL',
      return: 'CELL',
      refuse: 'CELL',
      withdraw: 'FILING',
      ...BLOCKING,
    },
  },
  'committee-review of the ward': {
    story: () => aTransfer().reviewing(1),
    may: {
      'sign-referral': 'leader',
      'ask-supplement': 'WARD',
      return: 'WARD',
      refuse: 'WARD',
      withdraw: 'FILING',
      ...BLOCKING,
    },
  },
  'committee-review of the commission': {
    story: () => aTransfer().reviewing(2),
    may: {
      'sign-referral': 'head',
      'ask-supplement': 'COMMISSION',
      return: 'COMMISSION',
      refuse: 'COMMISSION',
      withdraw: 'FILING',
      ...BLOCKING,
    },
  },
  'numbering in the ward': {
    story: () => aTransfer().numbering(1),
    may: { 'take-number': 'clerk', return: 'WARD clerk', withdraw: 'FILING', ...BLOCKING },
  },
  'numbering in the commission': {
    story: () => aTransfer().numbering(2),
    may: {
      'take-number': 'officer registrar',
      return: 'COMMISSION registrar',
      withdraw: 'FILING',
      ...BLOCKING,
    },
    butNotYet: { withdraw: 'transfer.signed-by-last' },
  },
  'sealing in the ward': {
    story: () => aTransfer().sealing(1),
    may: { 'record-seal': 'clock', 'record-seal-failure': 'clock', withdraw: 'FILING' },
  },
  'sealing in the commission': {
    story: () => aTransfer().sealing(2),
    may: { 'record-seal': 'clock', 'record-seal-failure': 'clock', withdraw: 'FILING' },
    butNotYet: { withdraw: 'transfer.signed-by-last' },
  },
  'sealing-failed in the ward': {
    story: () => aTransfer().sealingFailed(1),
    may: { 'retry-seal': 'clerk', return: 'WARD clerk', withdraw: 'FILING' },
  },
  'sealing-failed in the commission': {
    story: () => aTransfer().sealingFailed(2),
    may: { 'retry-seal': 'officer registrar', return: 'COMMISSION registrar', withdraw: 'FILING' },
    butNotYet: { withdraw: 'transfer.signed-by-last' },
  },
  referred: {
    story: () => aTransfer().referred(),
    may: { 'hand-over-file': 'WARD clerk', 'void-referral': 'WARD COMMISSION', revert: 'WARD COMMISSION' },
  },
  'in-transit': {
    story: () => aTransfer().inTransit(),
    may: {
      receive: 'FAR',
      'note-overdue': 'clock',
      'explain-lateness': 'FILING WARD COMMISSION',
      'report-lost': 'FILING WARD COMMISSION',
      'void-referral': 'WARD COMMISSION',
      revert: 'WARD COMMISSION',
    },
    butNotYet: { 'note-overdue': 'transfer.not-overdue', 'explain-lateness': 'transfer.not-overdue' },
  },
  'in-transit, overdue': {
    story: () => aTransfer().inTransit().on(NEW_YEAR).and('note-overdue', CLOCK),
    may: {
      receive: 'FAR',
      'note-overdue': 'clock',
      'explain-lateness': 'FILING WARD COMMISSION',
      'report-lost': 'FILING WARD COMMISSION',
      'void-referral': 'WARD COMMISSION',
      revert: 'WARD COMMISSION',
    },
    butNotYet: { 'note-overdue': 'transfer.already-noted' },
  },
  'in-transit, overdue and not noted': {
    story: () => aTransfer().inTransit().on(NEW_YEAR),
    may: {
      receive: 'FAR',
      'note-overdue': 'clock',
      'explain-lateness': 'FILING WARD COMMISSION',
      'report-lost': 'FILING WARD COMMISSION',
      'void-referral': 'WARD COMMISSION',
      revert: 'WARD COMMISSION',
    },
    butNotYet: { 'explain-lateness': 'transfer.not-overdue' },
  },
  'papers-lost': {
    story: () => aTransfer().papersLost(),
    may: { 'attach-file': 'FILING', 'detach-file': 'FILING', ...CORRECTING },
    butNotYet: {
      'detach-file': 'transfer.file-not-asked',
      reissue: 'transfer.police-confirmation-missing',
    },
  },
  'papers-lost, with the confirmation of the police': {
    story: () => aTransfer().papersLost().and(police, theMember()),
    may: { 'attach-file': 'FILING', 'detach-file': 'FILING', ...CORRECTING },
    butNotYet: { 'detach-file': 'transfer.file-not-asked' },
  },
  'at-destination': {
    story: () => aTransfer().atDestination(),
    may: { 'assign-cell': 'FAR', 'return-from-destination': 'FAR' },
  },
  'cell-admission': {
    story: () => aTransfer().cellAdmission(),
    may: { admit: 'farSecretary', 'return-from-destination': 'farSecretary' },
  },
  'destination-returned': {
    story: () => aTransfer().destinationReturned(),
    may: { receive: 'FAR', 'void-referral': 'WARD COMMISSION', revert: 'WARD COMMISSION' },
  },
  'cell-admission inside the ward': {
    story: () => aTransfer(INSIDE_THE_WARD).cellAdmission(),
    may: { admit: 'nearSecretary', 'return-from-destination': 'nearSecretary' },
  },
  'destination-returned inside the ward': {
    story: () => aTransfer(INSIDE_THE_WARD).destinationReturned(),
    may: { receive: 'WARD', 'void-referral': 'WARD', revert: 'WARD' },
  },
  'at-destination inside the ward': {
    story: () => aTransfer(INSIDE_THE_WARD).destinationReturned().and('receive', theLeader()),
    may: { 'assign-cell': 'WARD', 'return-from-destination': 'WARD' },
  },
  completed: { story: () => aTransfer().completed(), may: {} },
  withdrawn: { story: () => aTransfer().received().and('withdraw', theMember()), may: {} },
  refused: { story: () => aTransfer().received().and('refuse', theCellSecretary()), may: {} },
  'closed-unanswered': {
    story: () =>
      askedAtIntake().on(NEW_YEAR).and('remind-supplement', CLOCK).and('close-unanswered', theCellDeputy()),
    may: {},
  },
  reverted: { story: () => aTransfer().inTransit().and('revert', theLeader()), may: {} },
}

const COMMANDS = [...new Set(Object.values(NEXT).flat())] as CommandType[]
const named = (text: string | undefined): readonly Kind[] =>
  (text ?? '').split(' ').flatMap((word) => BODIES[word] ?? (word === '' ? [] : [word as Kind]))

/** What the rules say of it: 'yes', or the kind and code of the refusal. */
function answer(story: Telling, command: CommandType, actor: Actor): string {
  const twist = command === 'block' ? { holds: [HOLD] } : {}
  const refusal = refusalOf(() => step(story, command, actor, twist))
  return refusal ? `${refusal.kind} ${refusal.code}` : 'yes'
}

/** A reorganisation meets every open dossier; where nothing changed there is nothing to follow. */
const SITUATIONS: Record<string, Situation> = Object.fromEntries(
  Object.entries(TOLD).map(([name, situation]) => {
    const open = NEXT[situation.story().transfer.status].length > 0
    const may = { ...situation.may, 'follow-reorganisation': 'clock' }
    const butNotYet = { ...situation.butNotYet, 'follow-reorganisation': 'transfer.nothing-to-follow' }
    return [name, open ? { ...situation, may, butNotYet } : situation]
  }),
)

describe.each(Object.entries(SITUATIONS))('%s', (_name, { story: tell, may, butNotYet = {} }) => {
  const story = tell()
  const here: readonly CommandType[] = NEXT[story.transfer.status]

  it('lets ask exactly whom the table names', () => {
    for (const command of COMMANDS) {
      for (const kind of KINDS) {
        const said = answer(story, command, CAST[kind])
        const what = `${command} by ${kind}`
        if (!here.includes(command)) expect(said, what).toBe('against-rule transfer.not-now')
        else if (!named(may[command]).includes(kind)) expect(said, what).toBe('forbidden transfer.not-yours')
        else if (butNotYet[command]) expect(said.split(' ')[1], what).toBe(butNotYet[command])
        else expect(said, what).toBe('yes')
      }
    }
  })

  it('lets no officer handle the own dossier, under any hat', () => {
    for (const command of here) {
      for (const kind of OFFICERS) {
        const own = whoIsTheMember(CAST[kind] as PersonActor)
        expect(answer(story, command, own), `${command} by ${kind}`).toMatch(
          named(may[command]).includes(kind)
            ? /^forbidden transfer.own-dossier$/
            : /^forbidden transfer.not-yours$/,
        )
      }
    }
  })

  it('lets nobody act for an officer who is the member', () => {
    for (const command of here) {
      for (const kind of named(may[command]).filter((each) => OFFICERS.includes(each))) {
        const stand = {
          ...(CAST[kind] as PersonActor),
          onBehalfOf: { memberId: theMember().memberId, grantId: 'g' },
        }
        expect(answer(story, command, stand), `${command} by ${kind}`).toBe('forbidden transfer.own-dossier')
      }
    }
  })

  it('names no command that does not belong here', () => {
    expect(here).toEqual(expect.arrayContaining(Object.keys(may)))
    expect(Object.keys(may).sort()).toEqual([...here].sort())
  })
})

describe('the table', () => {
  const told = Object.values(SITUATIONS).map((situation) => ({ ...situation, told: situation.story() }))

  it('speaks of every status', () => {
    expect(new Set(told.map(({ told: { transfer } }) => transfer.status))).toEqual(new Set(STATUSES))
  })

  it('every command of every status is done by somebody in some situation of it', () => {
    for (const status of STATUSES) {
      const situations = told.filter(({ told: { transfer } }) => transfer.status === status)
      for (const command of NEXT[status]) {
        const done = situations.some(({ butNotYet }) => !butNotYet?.[command])
        const inItsOwnTest =
          command === 'follow-reorganisation' || (status === 'papers-lost' && command === 'detach-file')
        expect(done || inItsOwnTest, `${command} in ${status}`).toBe(true)
      }
    }
  })
})

describe('who sent the request for the member', () => {
  const sender: PersonActor = { ...theDelegate(), memberId: theCellSecretary().memberId }
  const sent = () => aTransfer().draft().and('submit', sender)

  it('does not handle it as an officer; a colleague does', () => {
    expect(answer(sent(), 'accept-intake', theCellSecretary())).toBe('forbidden transfer.own-dossier')
    expect(answer(sent(), 'accept-intake', theCellDeputy())).toBe('yes')
  })

  it('goes on acting for the member', () => {
    expect(answer(sent(), 'withdraw', sender)).toBe('yes')
  })

  it('who only helped with the draft is free', () => {
    const helped = aTransfer().draft().and('save-draft', sender).and('submit', theMember())
    expect(answer(helped, 'accept-intake', theCellSecretary())).toBe('yes')
  })
})

describe('the start within 60 working days', () => {
  const late = (effectiveOn: string, today: string) =>
    isLate({ decisionEffectiveOn: effectiveOn }, today, CALENDAR)

  it.each([
    ['2026-11-02', '2027-01-27', 'over Culture Day and New Year'],
    ['2026-01-05', '2026-04-06', 'over Tết, five days of rest'],
    ['2027-01-04', '2027-04-05', 'over Tết 2027'],
  ])('from %s the last day is %s (%s)', (effectiveOn, last) => {
    expect(startBy(effectiveOn, CALENDAR)).toBe(last)
    expect(late(effectiveOn, last)).toBe(false)
    expect(late(effectiveOn, addDays(last, 1))).toBe(true)
  })

  it('is counted by hand over Tết 2026', () => {
    const rest = new Set(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'])
    let day = '2026-01-05'
    for (let count = 0; count < 60;) {
      day = addDays(day, 1)
      const weekday = new Date(`${day}T00:00Z`).getUTCDay()
      if (weekday !== 0 && weekday !== 6 && !rest.has(day)) count++
    }
    expect(startBy('2026-01-05', CALENDAR)).toBe(day)
  })

  it('a decision that has not said when is never late', () => {
    expect(isLate({}, '2026-11-16', CALENDAR)).toBe(false)
  })
})

describe('the presentation within 30 working days', () => {
  it.each([
    ['2026-06-01', '2026-07-13'],
    ['2026-02-02', '2026-03-23'],
    ['2026-11-16', '2026-12-29'],
  ])('a letter of %s is presented by %s', (referredOn, last) => {
    expect(presentBy(referredOn, CALENDAR)).toBe(last)
  })
})

describe('a fresh sign-in before signing', () => {
  const asked = (command: CommandType, seconds: number) => {
    const context = by(theMember(), MONDAY)
    const signedInAt = new Date(MONDAY.getTime() - seconds * 1000)
    return refusalOf(() => needFreshSignIn(command, { ...context, actor: { ...theMember(), signedInAt } }))
  }

  it.each([...SIGNING])('%s: five minutes are fresh, a second more is not', (command) => {
    expect(asked(command, 300)).toBeUndefined()
    expect(asked(command, 301)).toMatchObject({ kind: 'forbidden', code: 'identity.stale-sign-in' })
  })

  it('what signs nothing asks for none, nor does the clock', () => {
    expect(asked('save-draft', 3600)).toBeUndefined()
    expect(refusalOf(() => needFreshSignIn('submit', by(CLOCK, MONDAY)))).toBeUndefined()
  })
})

describe('one pair of hands', () => {
  const act = (by: string, onBehalfOf?: string) => ({
    by,
    position: 'x',
    at: '',
    ...(onBehalfOf ? { onBehalfOf } : {}),
  })

  it.each([
    [act('a'), act('b'), false],
    [act('a'), act('a'), true],
    [act('a', 'b'), act('b'), true],
    [act('a'), act('b', 'a'), true],
    [act('a', 'c'), act('b', 'c'), true],
    [act('a', 'c'), act('b', 'd'), false],
  ])('%o and %o: %s', (one, other, same) => {
    expect(isSameHand(one, other)).toBe(same)
    expect(isSameHand(other, one)).toBe(same)
  })
})

describe('what a request must say', () => {
  const complete = { ...aTransfer().draft().transfer }

  it('says all that is missing at once', () => {
    expect(missingAnswers(complete, false)).toEqual([])
    expect(missingAnswers({ ...complete, answers: {}, files: [] }, true)).toEqual([
      'reason',
      'reasonText',
      'decisionIssuer',
      'decisionEffectiveOn',
      'destinationId',
      'reviewFrom',
      'reviewTo',
      'strengths',
      'weaknesses',
      'phone',
      'address',
      'decisionFile',
      'lateExplanation',
    ])
  })

  it('an empty answer is none', () => {
    expect(missingAnswers({ ...complete, answers: { ...ANSWERS, phone: '' } }, false)).toEqual(['phone'])
  })
})

describe('fees', () => {
  it('cover the month of the letter', () => {
    expect(feesCover('2026-11', '2026-11-30')).toBe(true)
    expect(feesCover('2026-12', '2026-11-30')).toBe(true)
    expect(feesCover('2026-10', '2026-11-01')).toBe(false)
    expect(feesCover('2026-12', '2027-01-04')).toBe(false)
  })
})

describe('hats and places', () => {
  it('an office in one cell is none in another', () => {
    const received = aTransfer().received()
    expect(answer(received, 'accept-intake', theCellSecretary(NEAR_CELL))).toBe(
      'forbidden transfer.not-yours',
    )
    expect(answer(received, 'accept-intake', theCellSecretary(CELL))).toBe('yes')
  })
})
