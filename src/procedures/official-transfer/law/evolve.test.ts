/** Whole lives: every state is reached, none is a dead end, and what must always hold does, wherever chance leads. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOCK, type Actor } from '../../../kernel/actor.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import { awaited, parties } from './awaited.ts'
import {
  ANSWERS,
  aTransfer,
  CELL,
  CITY,
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
  type Twist,
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
const BEGIN: Command = { type: 'save-draft', answers: { ...ANSWERS, lateExplanation: 'Đi công tác xa' } }

/** One thing somebody may ask, and the facts it meets. */
type Attempt = readonly [Command, Twist]

/** The variants of a command that lead to different places. */
function attempts(story: Story, type: CommandType, actor: Actor): Attempt[] {
  const sample = sampleOf(story, type, actor)
  switch (sample.type) {
    case 'save-draft':
      return [[BEGIN, {}]]
    case 'attach-file':
      return [[{ ...sample, file: { ...sample.file, id: `file-${story.told.length}` } }, {}]]
    case 'submit':
      return [
        [sample, {}],
        [sample, { defects: ['broken'] }],
        [sample, { holds: [HOLD] }],
      ]
    case 'block':
      return [[sample, { holds: [HOLD] }]]
    case 'void-referral':
      return [
        [sample, {}],
        [{ ...sample, destinationId: `another-${story.told.length}` }, {}],
      ]
    default:
      return [[sample, {}]]
  }
}

/** One step if the rules let it pass; a refusal changes nothing, and anything else thrown is a defect of ours. */
function tried(story: Story, [command, twist]: Attempt, actor: Actor): Story | undefined {
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
    transfer.files.some((file) => file.role === 'decision'),
    transfer.files.filter((file) => file.role === 'police-confirmation').length >= transfer.losses,
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
  const moments = [story, { ...story, now: new Date(story.now.getTime() + 90 * 86_400_000) }]
  return moments.flatMap((moment) =>
    CAST.flatMap((actor) =>
      attempts(moment, type, actor).flatMap((attempt) => tried(moment, attempt, actor) ?? []),
    ),
  )
}

/** All from which one of these can be reached. */
function leadingTo(goals: Iterable<string>, next: Map<string, Set<string>>): Set<string> {
  const leading = new Set(goals)
  for (let grew = true; grew;) {
    grew = false
    for (const [from, to] of next) {
      if (leading.has(from) || ![...to].some((key) => leading.has(key))) continue
      leading.add(from)
      grew = true
    }
  }
  return leading
}

describe.each(MOVES)('%s: everything that can come about', (_name, move) => {
  const { stories, next } = everythingFrom(move)
  const reached = [...stories.values()].map((story) => story.transfer!)

  const keysOf = (is: (transfer: Transfer) => boolean) =>
    [...stories].filter(([, { transfer }]) => is(transfer!)).map(([key]) => key)

  it('reaches every status that its way has', () => {
    const isCarried = move !== INSIDE_THE_WARD
    const never = isCarried ? [] : ['referred', 'in-transit', 'papers-lost']
    expect(new Set(reached.map((transfer) => transfer.status))).toEqual(
      new Set(STATUSES.filter((status) => !never.includes(status))),
    )
  })

  it('has no dead end: from every open state somebody can lead to an end', () => {
    const ending = leadingTo(keysOf(isClosed), next)
    expect(keysOf((transfer) => !isClosed(transfer)).filter((key) => !ending.has(key))).toEqual([])
  })

  it('can be completed from every open state', () => {
    const completing = leadingTo(
      keysOf(({ status }) => status === 'completed'),
      next,
    )
    expect(keysOf((transfer) => !isClosed(transfer)).filter((key) => !completing.has(key))).toEqual([])
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
    for (const story of stories.values()) {
      checkNow(story)
      checkFolded(story)
    }
  })
})

describe('chance', () => {
  const somewhere = fc.constantFrom(
    ...MOVES.flatMap(([, move]) => {
      const tell = aTransfer(move)
      return [
        () => step(nothing(move), BEGIN, theMember()),
        tell.cellReview,
        tell.reviewing,
        tell.cellAdmission,
      ]
    }),
  )
  const hour = fc.constantFrom(0, 0, 0, 1, 9, 30, 400, 2000)
  const stride = fc.record({ pick: fc.noBias(fc.nat(9999)), who: fc.noBias(fc.nat(9999)), hours: hour })
  const steps = fc.array(stride, { minLength: 40, maxLength: 80 })

  it('random commands by random people at random hours keep every invariant', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(somewhere, steps, (start, walk) => {
        let story: Story = start()
        for (const { pick, who, hours } of walk) {
          story = { ...story, now: new Date(story.now.getTime() + hours * 3_600_000) }
          const before = story
          story = wander(story, pick, who) ?? story
          if (story === before) continue
          seen.add(story.transfer!.status)
          checkNow(story)
          checkStep(before, story)
        }
        checkFolded(story)
      }),
      { numRuns: 100 },
    )
    // A walk that never gets far proves little.
    expect(seen.size).toBeGreaterThan(15)
  })

  it('whatever anybody asks of a closed transfer, it stays closed', () => {
    const ends = [
      aTransfer().completed(),
      aTransfer().received().and('withdraw', theMember()),
      aTransfer().received().and('refuse', theCellSecretary()),
      aTransfer().inTransit().and('revert', theLeader()),
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

const ENDING: ReadonlySet<CommandType> = new Set(['withdraw', 'refuse', 'revert', 'close-unanswered'])

/** Two of three steps by somebody who may, else by anybody, and seldom an end: far enough, and yet not obedient. */
function wander(story: Story, pick: number, who: number): Story | undefined {
  const all = NEXT[story.transfer!.status] as readonly CommandType[]
  const types = who % 13 === 0 ? all : all.filter((type) => !ENDING.has(type))
  const type = types[pick % Math.max(1, types.length)]
  if (!type) return undefined
  const able = CAST.filter((actor) => refusalOf(() => mayAsk(type, story.transfer!, actor)) === undefined)
  const actor = (who % 3 > 0 ? able[who % able.length] : undefined) ?? CAST[who % CAST.length]!
  const choice = attempts(story, type, actor)
  return tried(story, choice[pick % choice.length]!, actor)
}

/** What holds of every state that was ever reached. */
function checkNow(story: Story): void {
  checkTurn(story.transfer!)
  checkHops(story.transfer!)
  checkLetters(story, story.transfer!)
}

/** Folding the events gives the state, and stored and read again both are the same. */
function checkFolded({ told, transfer }: Story): void {
  const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
  const folded = told.reduce<Transfer | undefined>(
    (state, { event, at }) => evolve(state, stored(event), at),
    undefined,
  )
  expect(folded).toStrictEqual(transfer)
  expect(stored(transfer)).toStrictEqual(transfer)
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
    // What was not received runs against nothing but the 60 days that the member has anyway.
    if (transfer.status !== 'technically-rejected')
      expect(until?.getTime(), transfer.status).toBeGreaterThan(0)
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
