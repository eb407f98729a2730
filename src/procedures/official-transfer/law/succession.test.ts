/** Reorganisations and the law: at every step of a transfer, whatever ends on its way, somebody who is there answers for it. */
import { describe, expect, it } from 'vitest'
import { CLOCK } from '../../../kernel/actor.ts'
import { awaited } from './awaited.ts'
import {
  aPlace,
  aTransfer,
  CELL,
  CITY,
  COMMISSION,
  FAR_CELL,
  FAR_WARD,
  HOLD,
  INSIDE_THE_WARD,
  NEAR_CELL,
  theBuildingOfficer,
  theCellSecretary,
  WARD,
  type Telling,
  type Twist,
} from './builders.ts'
import type { Place } from './route.ts'
import type { Heirs } from './states.ts'

const NEW_WARD = aPlace('new-ward', 'grassroots')
const NEW_CELL = aPlace('new-cell', 'cell')
const NEW_COMMISSION = aPlace('new-commission', 'advisory')

const STORIES: Readonly<Record<string, () => Telling>> = {
  draft: () => aTransfer().draft(),
  'technically rejected': () => aTransfer().technicallyRejected(),
  received: () => aTransfer().received(),
  'supplement at intake': () => aTransfer().received().and('ask-supplement', theCellSecretary()),
  'cell review': () => aTransfer().cellReview(),
  returned: () => aTransfer().returned(),
  'ward review': () => aTransfer().reviewing(1),
  'supplement at the ward': () => aTransfer().reviewing(1).and('ask-supplement', theBuildingOfficer()),
  'blocked at the ward': () =>
    aTransfer()
      .reviewing(1)
      .and('block', CLOCK, { holds: [HOLD] }),
  'ward numbering': () => aTransfer().numbering(1),
  'blocked while numbering': () =>
    aTransfer()
      .numbering(1)
      .and('block', CLOCK, { holds: [HOLD] }),
  'ward sealing': () => aTransfer().sealing(1),
  'ward sealing failed': () => aTransfer().sealingFailed(1),
  'commission review': () => aTransfer().reviewing(),
  'commission sealing': () => aTransfer().sealing(),
  referred: () => aTransfer().referred(),
  'in transit': () => aTransfer().inTransit(),
  'papers lost': () => aTransfer().papersLost(),
  'at the destination': () => aTransfer().atDestination(),
  'cell admission': () => aTransfer().cellAdmission(),
  'destination returned': () => aTransfer().destinationReturned(),
  'inside the ward, review': () => aTransfer(INSIDE_THE_WARD).reviewing(),
  'inside the ward, admission': () => aTransfer(INSIDE_THE_WARD).cellAdmission(),
}

interface Reform {
  readonly gone: readonly Place[]
  readonly heirs: Heirs
  readonly origin: readonly Place[]
  readonly destination: (internal: boolean) => readonly Place[]
  readonly commission?: Place
}

const heirsOf = (...pairs: readonly (readonly [Place, Place])[]): Heirs =>
  Object.fromEntries(pairs.map(([gone, heir]) => [gone.id, heir]))

const REFORMS: Readonly<Record<string, Reform>> = {
  'the ward of origin merged into another': {
    gone: [WARD],
    heirs: heirsOf([WARD, NEW_WARD]),
    origin: [CELL, NEW_WARD, CITY],
    destination: (internal) => (internal ? [NEAR_CELL, NEW_WARD, CITY] : [FAR_CELL, FAR_WARD, CITY]),
  },
  'both wards became one': {
    gone: [WARD, FAR_WARD],
    heirs: heirsOf([WARD, NEW_WARD], [FAR_WARD, NEW_WARD]),
    origin: [CELL, NEW_WARD, CITY],
    destination: (internal) => [internal ? NEAR_CELL : FAR_CELL, NEW_WARD, CITY],
  },
  'the cell of origin merged': {
    gone: [CELL],
    heirs: heirsOf([CELL, NEW_CELL]),
    origin: [NEW_CELL, WARD, CITY],
    destination: (internal) => (internal ? [NEAR_CELL, WARD, CITY] : [FAR_CELL, FAR_WARD, CITY]),
  },
  'the destination merged': {
    gone: [FAR_WARD, FAR_CELL],
    heirs: heirsOf([FAR_WARD, NEW_WARD], [FAR_CELL, NEW_CELL]),
    origin: [CELL, WARD, CITY],
    destination: (internal) => (internal ? [NEAR_CELL, WARD, CITY] : [NEW_CELL, NEW_WARD, CITY]),
  },
  'the commission became another body': {
    gone: [COMMISSION],
    heirs: heirsOf([COMMISSION, NEW_COMMISSION]),
    origin: [CELL, WARD, CITY],
    destination: (internal) => (internal ? [NEAR_CELL, WARD, CITY] : [FAR_CELL, FAR_WARD, CITY]),
    commission: NEW_COMMISSION,
  },
}

const follow = (story: Telling, reform: Reform, internal: boolean): Telling => {
  const twist: Twist = {
    origin: reform.origin,
    destination: reform.destination(internal),
    heirs: { origin: reform.heirs, destination: reform.heirs },
    ...(reform.commission ? { commission: reform.commission } : {}),
  }
  return story.and('follow-reorganisation', CLOCK, twist)
}

const untouched = (error: unknown): boolean => String(error).includes('transfer.nothing-to-follow')

describe.each(Object.entries(REFORMS))('%s', (_name, reform) => {
  it.each(Object.entries(STORIES))(
    'a dossier at "%s" has somebody there who answers for it',
    (name, tell) => {
      const story = tell()
      const internal = name.startsWith('inside')
      let after = story
      try {
        after = follow(story, reform, internal)
      } catch (error) {
        if (!untouched(error)) throw error
      }
      const gone = reform.gone.map((place) => place.id)
      const { responsible, who } = awaited(after.transfer)
      expect(gone).not.toContain(responsible)
      if (name !== 'draft') expect([responsible, who]).not.toEqual([null, 'organisation'])
      // What is still to be signed is signed by bodies that are there; what is sealed keeps its names.
      const { hops, hop, status } = after.transfer
      const waiting = ['cell-review', 'committee-review', 'numbering', 'sealing', 'sealing-failed']
      if (waiting.includes(status))
        for (const each of hops.slice(hop)) expect(gone).not.toContain(each.from.id)
      expect(hops.filter((each) => each.sealedAt)).toEqual(
        story.transfer.hops
          .filter((each) => each.sealedAt)
          .slice(0, hops.filter((each) => each.sealedAt).length),
      )
      // Asked again, there is nothing left to follow.
      expect(() => follow(after, reform, internal)).toThrow(/nothing-to-follow/)
    },
  )
})

it('a signed letter of a body that ended is void and written anew by its heir; a blocked one too once it goes on', () => {
  const merged = REFORMS['the ward of origin merged into another']!
  const sealing = follow(STORIES['ward sealing']!(), merged, false).transfer
  expect(sealing).toMatchObject({ status: 'committee-review', hop: 1, voided: [{ hop: 1 }] })
  expect(sealing.hops[1]).toEqual({ from: NEW_WARD, to: COMMISSION })
  const blocked = follow(STORIES['blocked while numbering']!(), merged, false)
  expect(blocked.transfer.block).toMatchObject({ by: NEW_WARD.id, resume: 'committee-review' })
})

it('a letter of a body that is still there goes on, whoever it was addressed to', () => {
  const merged = REFORMS['the destination merged']!
  const numbering = follow(STORIES['commission sealing']!(), merged, false).transfer
  expect(numbering).toMatchObject({ status: 'sealing', voided: [] })
  expect(numbering.route?.receiver).toEqual(NEW_WARD)
})

it('where origin and destination became one, the member is asked anew', () => {
  const one: Reform = {
    gone: [FAR_CELL, FAR_WARD],
    heirs: heirsOf([FAR_CELL, CELL], [FAR_WARD, WARD]),
    origin: [CELL, WARD, CITY],
    destination: () => [CELL, WARD, CITY],
  }
  const after = follow(STORIES['ward review']!(), one, false).transfer
  expect(after).toMatchObject({ status: 'returned', hops: [] })
  expect(awaited(after)).toMatchObject({ who: 'member', responsible: CELL.id })
})
