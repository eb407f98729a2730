/** The committee above a cell in which only the member could act: it does the cell's part, and nobody else. */
import { describe, expect, it } from 'vitest'
import type { PersonActor } from '../../../kernel/actor.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import { awaited, parties } from './awaited.ts'
import {
  aTransfer,
  CELL,
  FAR_WARD,
  INSIDE_THE_WARD,
  NEAR_CELL,
  passed,
  theBuildingOfficer,
  theCellSecretary,
  theClerk,
  theCommissionHead,
  theInspector,
  theLeader,
  theMember,
  WARD,
  whoIsTheMember,
  type Telling,
} from './builders.ts'

const turn = ({ transfer }: Telling): string => `${awaited(transfer).who} ${awaited(transfer).responsible}`
const way = ({ transfer }: Telling): string =>
  parties(transfer)
    .map(({ organisationId, stage }) => `${organisationId} ${stage}`)
    .join(', ')
const may = (
  story: Telling,
  command: 'accept-intake' | 'sign-referral' | 'admit' | 'return',
  who: PersonActor,
) => refusalOf(() => story.and(command, who))?.code ?? 'may'

const above = { standIn: WARD }
const received = () => aTransfer().draft().and('submit', theMember(), above)
const cellReview = () => received().and('accept-intake', theBuildingOfficer(), above)
const secretaryHimself = whoIsTheMember(theCellSecretary())

describe('a secretary without a deputy moves', () => {
  it('the committee above checks, signs the cell’s letter, and only then its own', () => {
    expect(turn(received())).toBe('organisation ward')
    expect(way(received())).toBe('ward now')
    expect(turn(cellReview())).toBe('organisation ward')
    expect(way(cellReview())).toBe('ward now, commission ahead, far-ward ahead')
    const signed = cellReview().and('sign-referral', theLeader())
    expect([signed.transfer.status, signed.transfer.hop, turn(signed)]).toEqual([
      'committee-review',
      1,
      'organisation ward',
    ])
    expect(signed.transfer.hops[0]?.from.id, 'still the letter of the cell').toBe(CELL.id)
    expect(turn(passed(signed))).toBe('organisation commission')
  })

  it('nobody else does: not the secretary, whose own it is, nor who does not sign, nor who comes later', () => {
    expect(may(received(), 'accept-intake', theBuildingOfficer())).toBe('may')
    expect(may(received(), 'accept-intake', theLeader())).toBe('may')
    for (const who of [secretaryHimself, theCellSecretary(), theClerk(), theInspector(), theCommissionHead()])
      expect(may(received(), 'accept-intake', who), who.hat.position).toBe('transfer.not-yours')
    expect(may(cellReview(), 'sign-referral', theLeader())).toBe('may')
    for (const who of [secretaryHimself, theBuildingOfficer(), theClerk(), theLeader(FAR_WARD)])
      expect(may(cellReview(), 'sign-referral', who), who.hat.position).toBe('transfer.not-yours')
  })

  it('what comes back is kept by the committee, and once the cell has a deputy the cell acts again', () => {
    const returned = cellReview().and('return', theBuildingOfficer())
    expect(turn(returned)).toBe('member ward')
    const again = returned.and('submit', theMember(), { standIn: undefined })
    expect([turn(again), again.transfer.standIns]).toEqual(['organisation cell', undefined])
    const meanwhile = received().and('accept-intake', theBuildingOfficer(), { standIn: undefined })
    expect(turn(meanwhile)).toBe('organisation cell')
  })
})

describe('the only officer of the new cell is the member', () => {
  it('the receiving committee admits', () => {
    const assigned = aTransfer()
      .atDestination()
      .and('assign-cell', theBuildingOfficer(FAR_WARD), { standIn: FAR_WARD })
    expect(turn(assigned)).toBe('organisation far-ward')
    expect(may(assigned, 'admit', whoIsTheMember(theCellSecretary(assigned.transfer.destinationCell)))).toBe(
      'transfer.not-yours',
    )
    expect(may(assigned, 'admit', theBuildingOfficer(FAR_WARD))).toBe('transfer.not-yours')
    const admitted = assigned.and('admit', theLeader(FAR_WARD))
    expect(admitted.transfer.status).toBe('completed')
    expect(way(admitted)).toBe('cell past, ward past, commission past, far-ward past')
  })

  it('also inside one grassroots organisation', () => {
    const sealed = aTransfer(INSIDE_THE_WARD).sealing()
    const told = sealed.and('record-seal', { kind: 'clock' }, above)
    expect([told.transfer.status, told.transfer.destinationCell?.id, turn(told)]).toEqual([
      'cell-admission',
      NEAR_CELL.id,
      'organisation ward',
    ])
    expect(told.and('admit', theLeader()).transfer.status).toBe('completed')
  })
})
