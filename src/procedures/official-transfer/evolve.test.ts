/** Whole lives: every state is reached, none is a dead end, and what must always hold does, wherever chance leads. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOCK, type Actor } from '../../kernel/actor.ts'
import { refusalOf } from '../../kernel/refusal.ts'
import { awaited, parties } from './awaited.ts'
import {
  aTransfer,
  CELL,
  CITY,
  COMMISSION,
  COMMUNE,
  FAR_CELL,
  FAR_SCHOOL,
  FAR_WARD,
  HOLD,
  INSIDE_THE_WARD,
  MONDAY,
  NEAR_CELL,
  OUT_OF_THE_COMMUNE,
  PART,
  sampleOf,
  SCHOOL,
  SCHOOL_CELL,
  step,
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
  WARD,
  WARD_TO_WARD,
  WARD_TO_WARD_DIRECT,
  type Move,
  type Story,
} from './builders.ts'
import { evolve } from './evolve.ts'
import { mayAsk } from './rules.ts'
import {
  countedAt,
  isClosed,
  NEXT,
  STATUSES,
  type Command,
  type CommandType,
  type Transfer,
} from './states.ts'

const committee = (place: typeof WARD): Actor[] => [
  theLeader(place),
  theBuildingOfficer(place),
  theClerk(place),
]
const cell = (place: typeof CELL): Actor[] => [theCellSecretary(place), theCellDeputy(place)]
const CAST: readonly Actor[] = [
  theMember(),
  theDelegate(),
  CLOCK,
  ...[CELL, NEAR_CELL, FAR_CELL, SCHOOL_CELL, FAR_SCHOOL].flatMap(cell),
  ...[WARD, FAR_WARD, PART, SCHOOL, COMMUNE, FAR_SCHOOL].flatMap(committee),
  theCommissionHead(),
  theCommissionOfficer(),
  theCommissionClerk(),
  theInspector(WARD),
  theInspector(SCHOOL),
  theInspector(CITY),
]

const MOVES: readonly (readonly [string, Move])[] = [
  ['ward to ward through the commission', WARD_TO_WARD],
  ['ward to ward directly', WARD_TO_WARD_DIRECT],
  ['inside one ward', INSIDE_THE_WARD],
  ['out of a commune of 294', OUT_OF_THE_COMMUNE],
]

const nothing = (move: Move): Story => ({ move, now: MONDAY, transfer: undefined, told: [] })
const BEGIN: Command = { type: 'save-draft', answers: {} }

/** The variants of a command that lead to different places. */
function variants(story: Story, type: CommandType, actor: Actor): Command[] {
  const sample = sampleOf(story, type, actor)
  if (type === 'attach-file' && story.transfer?.status === 'papers-lost') {
    const { losses } = story.transfer
    return story.transfer.files.length > losses ? [] : [named(sample, `police-${losses}`)]
  }
  if (type === 'void-referral') return [sample, { ...sample, destinationId: 'another' } as Command]
  return [sample]
}
const named = (command: Command, id: string): Command =>
  command.type === 'attach-file' ? { ...command, file: { ...command.file, id } } : command

/** One step if the rules let it pass; a refusal changes nothing, and anything else thrown is a defect of ours. */
function tried(story: Story, command: Command, actor: Actor): Story | undefined {
  const twist = {
    ...(command.type === 'block' ? { holds: [HOLD] } : {}),
    ...(command.type === 'save-draft' ? {} : {}),
  }
  let next: Story | undefined
  const refusal = refusalOf(() => (next = step(story, command, actor, twist)))
  return refusal ? undefined : next
}

/** What of a state decides what may follow: two stories alike in it go on alike. */
function shape({ transfer }: Story): string {
  if (!transfer) return 'nothing'
  const hops = transfer.hops.map((hop) => `${hop.signed ? 's' : '-'}${hop.numbered ? 'n' : '-'}`).join()
  const last = transfer.supplements.at(-1)
  return [
    transfer.status,
    transfer.hop,
    hops,
    transfer.resume,
    transfer.block?.resume,
    transfer.route?.kind,
    last?.remindedAt !== undefined && last.answeredAt === undefined,
    transfer.presentationOverdue,
    transfer.files.map((file) => file.role).join(),
    Math.min(transfer.losses, 1),
  ].join(' ')
}

/** Everything that can come about, by good commands of everybody, today or half a year later. */
function everythingFrom(move: Move): { stories: Map<string, Story>; next: Map<string, Set<string>> } {
  const stories = new Map<string, Story>()
  const next = new Map<string, Set<string>>()
  const open: Story[] = [step(nothing(move), BEGIN, theMember())]
  stories.set(shape(open[0]!), open[0]!)
  for (let story = open.pop(); story; story = open.pop()) {
    const here = shape(story)
    next.set(here, new Set())
    for (const type of NEXT[story.transfer!.status]) {
      for (const after of successors(story, type)) {
        const there = shape(after)
        next.get(here)!.add(there)
        if (stories.has(there)) continue
        stories.set(there, after)
        open.push(after)
      }
    }
  }
  return { stories, next }
}

function successors(story: Story, type: CommandType): Story[] {
  if (type === 'attach-file' && story.transfer!.status !== 'papers-lost' && story.transfer!.files.length > 0)
    return []
  const moments = [story, { ...story, now: new Date(story.now.getTime() + 90 * 86_400_000) }]
  return moments.flatMap((moment) =>
    CAST.flatMap((actor) =>
      variants(moment, type, actor).flatMap((command) => tried(moment, command, actor) ?? []),
    ),
  )
}

describe.each(MOVES)('%s: everything that can come about', (_name, move) => {
  const { stories, next } = everythingFrom(move)
  const reached = [...stories.values()].map((story) => story.transfer!)

  it('reaches every status that its way has', () => {
    const isInternal = move === INSIDE_THE_WARD
    const none = isInternal ? ['referred', 'in-transit', 'papers-lost'] : []
    // Technical defects are facts of the files: told in its own test.
    const expected = STATUSES.filter((status) => ![...none, 'technically-rejected'].includes(status))
    expect(new Set(reached.map((transfer) => transfer.status))).toEqual(new Set(expected))
  })

  it('has no dead end: from every open state somebody can lead to an end', () => {
    const ends = new Set([...stories].filter(([, { transfer }]) => isClosed(transfer!)).map(([key]) => key))
    for (let grew = true; grew;) {
      grew = false
      for (const [from, to] of next) {
        if (!ends.has(from) && [...to].some((key) => ends.has(key))) {
          ends.add(from)
          grew = true
        }
      }
    }
    expect([...stories.keys()].filter((key) => !ends.has(key))).toEqual([])
  })

  it('can always still be completed, while it is open', () => {
    const good = new Set(
      [...stories].filter(([, { transfer }]) => transfer!.status === 'completed').map(([key]) => key),
    )
    for (let grew = true; grew;) {
      grew = false
      for (const [from, to] of next) {
        if (!good.has(from) && [...to].some((key) => good.has(key))) {
          good.add(from)
          grew = true
        }
      }
    }
    const lost = [...stories].filter(([key, { transfer }]) => !good.has(key) && !isClosed(transfer!))
    expect(lost.map(([key]) => key)).toEqual([])
  })

  it('the organisation that answers can act itself, but where the member or the machine must', () => {
    for (const transfer of reached.filter((each) => !isClosed(each))) {
      const { who, responsible, positions } = awaited(transfer)
      if (who !== 'organisation') continue
      const able = positions.filter((position) =>
        NEXT[transfer.status].some((command) => {
          const actor = { ...theLeader(), memberId: 'x', hat: { position, organisationId: responsible! } }
          return refusalOf(() => mayAsk(command, transfer, actor)) === undefined
        }),
      )
      expect(able, transfer.status).toEqual([...positions])
    }
  })

  it('keeps every invariant everywhere', () => {
    for (const story of stories.values()) checkAlways(story)
  })
})

describe('chance', () => {
  const steps = fc.array(
    fc.record({ pick: fc.nat(1000), who: fc.nat(1000), hours: fc.constantFrom(0, 0, 1, 9, 30, 400, 2000) }),
    {
      maxLength: 60,
    },
  )

  it('random commands by random people at random hours keep every invariant', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.constantFrom(...MOVES.map(([, move]) => move)), steps, (move, walk) => {
        let story: Story = step(nothing(move), BEGIN, theMember())
        for (const { pick, who, hours } of walk) {
          story = { ...story, now: new Date(story.now.getTime() + hours * 3_600_000) }
          const before = story
          story = wander(story, pick, who) ?? story
          seen.add(story.transfer!.status)
          checkAlways(story)
          checkStep(before, story)
        }
      }),
      { numRuns: 400, seed: 294 },
    )
    // A walk that never gets far proves little.
    expect(seen.size).toBeGreaterThan(16)
  })

  it('whatever anybody asks of a closed transfer, it stays closed', () => {
    const ends = [
      aTransfer().completed(),
      aTransfer().received().then('withdraw', theMember()),
      aTransfer().received().then('refuse', theCellSecretary()),
      aTransfer().inTransit().then('revert', theLeader()),
    ]
    const commands = [...new Set(Object.values(NEXT).flat())] as CommandType[]
    for (const end of ends) {
      for (const command of commands) {
        for (const actor of CAST) {
          const refusal = refusalOf(() => step(end, sampleOf(end, command, actor), actor))
          expect(refusal?.code).toBe('transfer.not-now')
        }
      }
    }
  })
})

/** Two of three steps by somebody who may, else by anybody: far enough, and yet not obedient. */
function wander(story: Story, pick: number, who: number): Story | undefined {
  const types = NEXT[story.transfer!.status] as readonly CommandType[]
  const type = types[pick % Math.max(1, types.length)]
  if (!type) return undefined
  const able = CAST.filter((actor) => refusalOf(() => mayAsk(type, story.transfer!, actor)) === undefined)
  const actor = (who % 3 > 0 ? able[who % able.length] : undefined) ?? CAST[who % CAST.length]!
  const commands = variants(story, type, actor)
  const command = commands[who % Math.max(1, commands.length)]
  return command && tried(story, command, actor)
}

/** What holds of every state that was ever reached. */
function checkAlways(story: Story): void {
  const transfer = story.transfer!
  const folded = story.told.reduce<Transfer | undefined>(
    (state, { event, at }) => evolve(state, JSON.parse(JSON.stringify(event)), at),
    undefined,
  )
  expect(folded).toEqual(transfer)
  expect(JSON.parse(JSON.stringify(transfer))).toStrictEqual(transfer) // stored and read again it is the same
  checkTurn(transfer)
  checkHops(transfer)
  checkLetters(story, transfer)
}

function checkTurn(transfer: Transfer): void {
  const { who, responsible, until } = awaited(transfer)
  const now = parties(transfer).filter((party) => party.stage === 'now')
  const ids = parties(transfer).map((party) => party.organisationId)
  expect(new Set(ids).size).toBe(ids.length)
  if (isClosed(transfer)) {
    expect([who, responsible, until, now]).toEqual(['nobody', null, null, []])
  } else if (transfer.status === 'draft') {
    expect([who, responsible, until, ids]).toEqual(['member', null, null, []])
  } else {
    expect(now).toEqual([{ organisationId: responsible, stage: 'now' }])
    expect(responsible).toBeTruthy()
    expect(Number.isNaN(until?.getTime() ?? NaN), 'every open turn has its deadline').toBe(false)
  }
}

const AFTER_REFERRAL = [
  'referred',
  'in-transit',
  'papers-lost',
  'at-destination',
  'cell-admission',
  'destination-returned',
  'completed',
]

function checkHops(transfer: Transfer): void {
  const { hops, hop, status } = transfer
  if (hops.length > 0) expect(hop).toBeLessThan(hops.length)
  const signed = hops.map((each) => each.signed !== undefined)
  expect(signed.lastIndexOf(true), 'letters are signed in order').toBeLessThan(
    signed.includes(false) ? signed.indexOf(false) : hops.length,
  )
  for (const each of hops) {
    if (each.from.hasSeal && each.signed && each.numbered) expect(each.numbered.by).not.toBe(each.signed.by)
    if (each.numbered) expect(each.signed).toBeDefined()
    if (each.sealedAt) expect(each.numbered).toBeDefined()
  }
  const after = AFTER_REFERRAL.includes(status)
  if (!isClosed(transfer)) expect(transfer.referredOn !== undefined, status).toBe(after)
  if (after) expect(hops.every((each) => each.sealedAt)).toBe(true)
  if (after && transfer.route?.kind === 'official' && status !== 'referred')
    expect(transfer.custody).toBeDefined()
  expect(transfer.block !== undefined).toBe(status === 'blocked')
  const counted =
    status === 'completed'
      ? 'destination'
      : after && transfer.route?.kind === 'official' && !isClosed(transfer)
        ? 'transit'
        : 'origin'
  expect(countedAt(transfer)).toBe(counted)
}

/** Every number ever taken stands on a letter in force or on one that says it is void; what ended early leaves none in force. */
function checkLetters({ told }: Story, transfer: Transfer): void {
  const taken = told.flatMap(({ event }) =>
    'numbered' in event && event.numbered ? [event.numbered.symbol] : [],
  )
  const voided = transfer.voided.flatMap((letter) => letter.symbol ?? [])
  const standing = transfer.hops.flatMap((hop) => hop.numbered?.symbol ?? [])
  expect([...new Set([...voided, ...standing])].sort()).toEqual([...taken].sort())
  expect(new Set(voided).size).toBe(voided.length)
  if (isClosed(transfer) && transfer.status !== 'completed') {
    const papers = new Set(transfer.voided.flatMap((letter) => letter.paperIds))
    for (const hop of transfer.hops) for (const id of hop.signed?.paperIds ?? []) expect(papers).toContain(id)
  } else {
    expect(voided.filter((symbol) => standing.includes(symbol))).toEqual([])
  }
}

/** What holds between one state and the next. */
function checkStep(before: Story, after: Story): void {
  const was = before.transfer!
  const is = after.transfer!
  expect(is.voided.slice(0, was.voided.length)).toEqual(was.voided)
  expect(is.memberId).toBe(was.memberId)
  if (isClosed(was)) expect(after).toBe(before)
  if (was.startedOn) expect(is.startedOn).toBe(was.startedOn)
}

describe('an event that cannot follow', () => {
  it('is a defect, not a guess', () => {
    const { transfer } = aTransfer().draft()
    expect(() => evolve(undefined, { type: 'intake-extended', reason: '', dueAt: '' }, MONDAY)).toThrow(
      'no transfer',
    )
    expect(() => evolve(transfer, { type: 'supplement-answered', note: '', dueAt: '' }, MONDAY)).toThrow(
      'no state',
    )
    expect(() => evolve(transfer, { type: 'block-lifted', holdId: '', dueAt: '' }, MONDAY)).toThrow(
      'no state',
    )
  })
})
