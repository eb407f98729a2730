/** Whose turn it is in each state, which one organisation answers, and who sees the dossier past, now or ahead. */
import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../../kernel/actor.ts'
import { formatInstant } from '../../../kernel/plain-date.ts'
import { awaited, parties } from './awaited.ts'
import {
  aPlace,
  at,
  aTransfer,
  CITY,
  HOLD,
  INSIDE_THE_WARD,
  MONDAY,
  NEAR_CELL,
  OUT_OF_THE_COMMUNE,
  theBuildingOfficer,
  theCellSecretary,
  theCommissionHead,
  theInspector,
  theLeader,
  theMember,
  WARD,
  WARD_TO_WARD_DIRECT,
  type Telling,
} from './builders.ts'
import { STATUSES } from './states.ts'

const turn = ({ transfer }: Telling): string => {
  const { who, responsible } = awaited(transfer)
  return `${who} ${responsible ?? '-'}`
}
const way = ({ transfer }: Telling): string =>
  parties(transfer)
    .map(({ organisationId, stage }) => `${organisationId} ${stage}`)
    .join(', ')

const story = () => aTransfer()
const inside = () => aTransfer(INSIDE_THE_WARD)
const blocked = (tell: Telling, inspector = theInspector()) =>
  tell.and({ type: 'block', holdId: HOLD.id }, inspector, { holds: [HOLD] })
const ALL_AHEAD = 'ward ahead, commission ahead, far-ward ahead'
const BACK = 'cell past, ward past, commission past'

/** Situation, story, whose turn and who answers, the way. */
const TABLE: readonly (readonly [string, () => Telling, string, string])[] = [
  ['draft', () => story().draft(), 'member -', ''],
  ['technically-rejected', () => story().technicallyRejected(), 'member cell', 'cell now'],
  ['received', () => story().received(), 'organisation cell', 'cell now'],
  [
    'supplement at intake',
    () => story().received().and('ask-supplement', theCellSecretary()),
    'member cell',
    'cell now',
  ],
  ['returned', () => story().returned(), 'member cell', 'cell now'],
  ['cell-review', () => story().cellReview(), 'organisation cell', `cell now, ${ALL_AHEAD}`],
  [
    'review of the ward',
    () => story().reviewing(1),
    'organisation ward',
    'cell past, ward now, commission ahead, far-ward ahead',
  ],
  [
    'supplement for the ward',
    () => story().reviewing(1).and('ask-supplement', theLeader()),
    'member ward',
    'cell past, ward now, commission ahead, far-ward ahead',
  ],
  [
    'numbering',
    () => story().numbering(1),
    'organisation ward',
    'cell past, ward now, commission ahead, far-ward ahead',
  ],
  [
    'sealing',
    () => story().sealing(2),
    'system commission',
    'cell past, ward past, commission now, far-ward ahead',
  ],
  [
    'sealing-failed',
    () => story().sealingFailed(2),
    'organisation commission',
    'cell past, ward past, commission now, far-ward ahead',
  ],
  [
    'referred',
    () => story().referred(),
    'organisation ward',
    'cell past, ward now, commission past, far-ward ahead',
  ],
  ['in-transit', () => story().inTransit(), 'member far-ward', `${BACK}, far-ward now`],
  [
    'papers-lost',
    () => story().papersLost(),
    'organisation commission',
    'cell past, ward past, commission now, far-ward ahead',
  ],
  ['at-destination', () => story().atDestination(), 'organisation far-ward', `${BACK}, far-ward now`],
  [
    'cell-admission',
    () => story().cellAdmission(),
    'organisation far-cell',
    `${BACK}, far-ward past, far-cell now`,
  ],
  [
    'destination-returned',
    () => story().destinationReturned(),
    'organisation commission',
    'cell past, ward past, commission now, far-ward ahead',
  ],
  ['completed', () => story().completed(), 'nobody -', `${BACK}, far-ward past, far-cell past`],
  [
    'directly between wards',
    () => aTransfer(WARD_TO_WARD_DIRECT).destinationReturned(),
    'organisation ward',
    'cell past, ward now, far-ward ahead',
  ],
  [
    'under a direct superior',
    () => aTransfer(OUT_OF_THE_COMMUNE).reviewing(3),
    'organisation commune',
    'school-cell past, part past, school past, commune now, far-school ahead',
  ],
  [
    'a grassroots cell admits what it received',
    () => aTransfer(OUT_OF_THE_COMMUNE).cellAdmission(),
    'organisation far-school',
    'school-cell past, part past, school past, commune past, far-school now',
  ],
  [
    'inside the ward, admission',
    () => inside().cellAdmission(),
    'organisation near-cell',
    'cell past, ward past, near-cell now',
  ],
  [
    'inside the ward, returned',
    () => inside().destinationReturned(),
    'organisation ward',
    'cell past, ward now, near-cell ahead',
  ],

  [
    'blocked in the cell by its ward',
    () => blocked(story().cellReview()),
    'organisation ward',
    'cell ahead, ward now, commission ahead, far-ward ahead',
  ],
  [
    'blocked in the commission by the ward',
    () => blocked(story().reviewing(2)),
    'organisation ward',
    'cell past, ward now, commission ahead, far-ward ahead',
  ],
  [
    'blocked in the ward by the city',
    () => blocked(story().numbering(1), theInspector(CITY)),
    'organisation city',
    'cell past, ward ahead, commission ahead, far-ward ahead, city now',
  ],
  [
    'blocked on arrival',
    () =>
      story()
        .draft()
        .and('submit', theMember(), { holds: [HOLD] }),
    'organisation ward',
    'cell ahead, ward now',
  ],
  [
    'blocked while a supplement is awaited',
    () => blocked(story().reviewing(1).and('ask-supplement', theLeader()), theInspector(CITY)),
    'organisation city',
    'cell past, ward ahead, commission ahead, far-ward ahead, city now',
  ],

  ['withdrawn as a draft', () => story().draft().and('withdraw', theMember()), 'nobody -', ''],
  [
    'withdrawn before it was received',
    () => story().technicallyRejected().and('withdraw', theMember()),
    'nobody -',
    '',
  ],
  ['withdrawn in the cell', () => story().cellReview().and('withdraw', theMember()), 'nobody -', 'cell past'],
  [
    'withdrawn while blocked',
    () => blocked(story().reviewing(1)).and('withdraw', theMember()),
    'nobody -',
    'cell past, ward past',
  ],
  [
    'refused by the commission',
    () => story().reviewing(2).and('refuse', theCommissionHead()),
    'nobody -',
    BACK,
  ],
  ['reverted before it left', () => story().referred().and('revert', theLeader()), 'nobody -', BACK],
  [
    'reverted on the way',
    () => story().inTransit().and('revert', theLeader()),
    'nobody -',
    `${BACK}, far-ward past`,
  ],
  [
    'closed unanswered',
    () =>
      story()
        .received()
        .and('ask-supplement', theCellSecretary())
        .on(at('2027-03-01 09:00'))
        .and('remind-supplement', CLOCK)
        .and('close-unanswered', theCellSecretary()),
    'nobody -',
    'cell past',
  ],
]

describe('whose turn', () => {
  it.each(TABLE)('%s', (_name, tell, whose, where) => {
    const told = tell()
    expect(turn(told)).toBe(whose)
    expect(way(told)).toBe(where)
    expect(awaited(told.transfer).act).toBe(told.transfer.status)
  })

  it('is told for every status', () => {
    expect(new Set(TABLE.map(([, tell]) => tell().transfer.status))).toEqual(new Set(STATUSES))
  })
})

describe('the positions that may act', () => {
  const positions = (tell: Telling) => awaited(tell.transfer).positions

  it('sign in the cell, number in the office, check in the committee', () => {
    expect(positions(story().cellReview())).toEqual(['cell-secretary', 'cell-deputy-secretary'])
    expect(positions(story().numbering(1))).toContain('office-clerk')
    expect(positions(story().numbering(2))).toEqual(['commission-clerk', 'commission-officer'])
    expect(positions(story().reviewing(1))).toEqual(
      expect.arrayContaining(['committee-secretary', 'building-officer']),
    )
    expect(positions(blocked(story().received()))).toEqual(['inspection-chair'])
    expect(positions(story().cellAdmission())).toEqual(['cell-secretary', 'cell-deputy-secretary'])
  })

  it('are named once', () => {
    for (const [, tell] of TABLE) {
      const named = positions(tell())
      expect(new Set(named).size).toBe(named.length)
    }
  })

  it('are nobody where the member must act', () => {
    expect(positions(story().inTransit())).toEqual([])
    expect(positions(story().returned())).toEqual([])
  })
})

describe('until when', () => {
  const until = (tell: Telling): string | null => {
    const instant = awaited(tell.transfer).until
    return instant && formatInstant(instant)
  }

  it.each<[string, Telling, string | null]>([
    ['a draft has no end', story().draft(), null],
    ['intake, 8 working hours', story().received(MONDAY), '09:00 17/11/2026'],
    ['the cell, 5 working days', story().cellReview(), '17:00 23/11/2026'],
    ['the ward, 5', story().reviewing(1), '17:00 23/11/2026'],
    ['the clerk, 1', story().numbering(1), '17:00 17/11/2026'],
    ['the hand-over, 1', story().referred(), '17:00 17/11/2026'],
    ['the member, 30', story().inTransit(), '17:00 29/12/2026'],
    ['the destination, 5', story().atDestination(), '17:00 23/11/2026'],
    ['the admitting cell, 22', story().cellAdmission(), '17:00 17/12/2026'],
    ['a correction, 10', story().returned(), '17:00 01/12/2026'],
    ['a block is looked at again after 30', blocked(story().received()), '17:00 29/12/2026'],
    ['nothing is due of what is done', story().completed(), null],
  ])('%s', (_what, tell, said) => {
    expect(until(tell)).toBe(said)
  })
})

describe('who no longer sees it', () => {
  it('the destination that was given up', () => {
    const elsewhere = {
      destination: [aPlace('third-cell', 'cell'), aPlace('third-ward', 'grassroots'), CITY],
    }
    const command = { type: 'void-referral', reason: 'x', destinationId: 'third' } as const
    const told = story().inTransit().and(command, theLeader(), elsewhere)
    expect(way(told)).toBe('cell now, ward ahead, commission ahead, third-ward ahead')
  })

  it('who was ahead before the member got it back and chose another way', () => {
    const nearer = { destination: [NEAR_CELL, WARD, CITY] }
    const told = story().returned().and('submit', theMember(), nearer)
    expect(way(told)).toBe('cell now')
  })

  it('the cell that was assigned by mistake', () => {
    const told = story()
      .cellAdmission()
      .and('return-from-destination', theCellSecretary(aPlace('far-cell', 'cell')))
    expect(way(told)).toBe(`${BACK}, far-ward now`)
    expect(
      turn(told.and('return-from-destination', theBuildingOfficer(aPlace('far-ward', 'grassroots')))),
    ).toBe('organisation commission')
  })
})
