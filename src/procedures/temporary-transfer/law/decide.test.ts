/** The law of the temporary transfer: who may ask what when, named; everything else derived and forbidden. And its last days. */
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, type PlainDate } from '../../../kernel/plain-date.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { awaited, parties } from './awaited.ts'
import { ACTORS, after, context, FACTS, PLACES, stayAt, TODAY, type ActorName } from './builders.ts'
import { decide } from './decide.ts'
import type { Facts } from './facts.ts'
import { rightsIn, summoned } from './rights.ts'
import { actingFor, lastPossible, mendableUntil, refuseDuration, yearToAsk } from './rules.ts'
import { SAMPLES } from './samples.ts'
import {
  CASES,
  ENDINGS,
  isClosed,
  NEXT,
  STATUSES,
  type Case,
  type CommandType,
  type Status,
} from './states.ts'

const WRITERS: readonly ActorName[] = ['member']
const CELL: readonly ActorName[] = ['cellSecretary']
const COMMITTEE: readonly ActorName[] = ['wardSecretary', 'wardOfficer']
const HOST: readonly ActorName[] = ['hostSecretary', 'hostOfficer']
const HOST_CELL: readonly ActorName[] = ['hostCellSecretary']
const CLOCK: readonly ActorName[] = ['clock']

const ALWAYS = { end: CLOCK, 'follow-reorganisation': CLOCK } as const
const WRITING = {
  'save-draft': WRITERS,
  'attach-file': WRITERS,
  'detach-file': WRITERS,
  submit: WRITERS,
  withdraw: WRITERS,
  ...ALWAYS,
} as const
const YEARLY = { 'ask-yearly-comment': CLOCK, 'write-yearly-comment': HOST_CELL } as const
const AWAY = { 'write-return': HOST_CELL, convert: WRITERS, ...YEARLY, ...ALWAYS } as const

/** Who may ask for what at each step; whatever is not here is forbidden. */
const ALLOWED: Readonly<Record<Status, Readonly<Partial<Record<CommandType, readonly ActorName[]>>>>> = {
  draft: WRITING,
  'sent-back': WRITING,
  'cell-review': { comment: CELL, 'send-back': CELL, refuse: CELL, withdraw: WRITERS, ...ALWAYS },
  'committee-review': {
    'sign-referral': ['wardSecretary'],
    'send-back': COMMITTEE,
    refuse: ['wardSecretary'],
    withdraw: WRITERS,
    ...ALWAYS,
  },
  numbering: { 'take-number': ['wardClerk'], 'send-back': ['wardClerk'], withdraw: WRITERS, ...ALWAYS },
  sealing: { 'record-seal': CLOCK, 'record-seal-failure': CLOCK, ...ALWAYS },
  'sealing-failed': { 'retry-seal': ['wardClerk'], withdraw: WRITERS, ...ALWAYS },
  'at-host': { 'assign-cell': ['hostSecretary'], decline: HOST, withdraw: WRITERS, ...ALWAYS },
  'host-admission': {
    admit: HOST_CELL,
    'assign-cell': ['hostSecretary'],
    decline: HOST,
    withdraw: WRITERS,
    ...ALWAYS,
  },
  active: { 'ask-extension': [...WRITERS, ...HOST_CELL], 'note-expired': CLOCK, ...AWAY },
  'extension-asked': {
    'grant-extension': ['hostSecretary'],
    'refuse-extension': ['hostSecretary'],
    'note-expired': CLOCK,
    ...AWAY,
  },
  expired: { recall: CELL, ...AWAY },
  returning: { 'record-return': CELL, ...ALWAYS },
  completed: {},
  converted: {},
  ended: {},
  withdrawn: {},
  refused: {},
  declined: {},
}

const COMMANDS = Object.keys(SAMPLES) as CommandType[]
const KEPT_OUT = ['temporary.not-now', 'temporary.not-yours', 'temporary.own-dossier']

const codeFor = (status: Status, command: CommandType, actor: ActorName): string | undefined => {
  const stay = stayAt(status)
  const asked = context(ACTORS[actor])
  return refusalOf(() => decide(stay, SAMPLES[command](stay, asked), FACTS, asked))?.code
}

describe.each(STATUSES)('at %s', (status) => {
  test('each command is for those named and for nobody else', () => {
    for (const command of COMMANDS)
      for (const actor of Object.keys(ACTORS) as ActorName[]) {
        const code = codeFor(status, command, actor) ?? ''
        const allowed = ALLOWED[status][command]?.includes(actor) ?? false
        expect(KEPT_OUT.includes(code), `${command} by ${actor}: ${code}`).toBe(!allowed)
      }
  })

  test('an open stay is somebody’s, a closed one nobody’s, and the table of steps says the same', () => {
    const stay = stayAt(status)
    expect(Object.keys(ALLOWED[status]).sort()).toEqual([...NEXT[status]].sort())
    const turn = awaited(stay)
    expect(turn.who === 'nobody').toBe(isClosed(stay))
    if (turn.who === 'organisation' || turn.who === 'system') {
      expect(turn.positions.length).toBeGreaterThan(0)
      expect(parties(stay)).toContainEqual({ organisationId: turn.responsible, stage: 'now' })
    }
    expect(new Set(parties(stay).map(({ organisationId }) => organisationId)).size).toBe(parties(stay).length)
  })
})

describe('durations (232-QĐ/TW 6.3.2a, 01-HD/TW 10.2.2)', () => {
  const codeOf = (of: Case, from: PlainDate, to: PlainDate) =>
    refusalOf(() => refuseDuration(of, from, to, DEFAULT_SETTINGS))?.code

  test.each(CASES)('%s: from three months, to the last day of its bound and no day longer', (of) => {
    for (const from of ['2026-09-01', '2026-11-30', '2028-02-29']) {
      const shortest = addDays(addMonths(from, 3), -1)
      expect(codeOf(of, from, shortest)).toBeUndefined()
      expect(codeOf(of, from, addDays(shortest, -1))).toBe('temporary.too-short')
      const last = lastPossible(of, from, DEFAULT_SETTINGS)
      expect(codeOf(of, from, last)).toBeUndefined()
      expect(codeOf(of, from, addDays(last, 1))).toBe(
        of === 'study' ? 'temporary.study-too-long' : 'temporary.too-long',
      )
    }
  })

  test('twelve months to the day are official, not temporary; two years of study are allowed', () => {
    expect(codeOf('work', '2026-09-01', '2027-08-30')).toBeUndefined()
    expect(codeOf('work', '2026-09-01', '2027-08-31')).toBe('temporary.too-long')
    expect(codeOf('study', '2026-09-01', '2028-08-31')).toBeUndefined()
  })
})

describe('the month through which fees are paid, on a letter', () => {
  const review = stayAt('cell-review')
  const active = stayAt('active')
  const letters = {
    comment: (feesPaidThrough: string, fees: Facts['fees']) =>
      decide(
        review,
        { type: 'comment', meetingOn: TODAY, comment: 'x', feesPaidThrough },
        { ...FACTS, fees },
        context(ACTORS.cellSecretary),
      ),
    'write-return': (feesPaidThrough: string, fees: Facts['fees']) =>
      decide(
        active,
        { type: 'write-return', leftOn: TODAY, comment: 'x', feesPaidThrough },
        { ...FACTS, fees },
        context(ACTORS.hostCellSecretary),
      ),
  }
  const owing = { paidThrough: '2026-07', open: 2 }
  const ahead = { paidThrough: '2028-12', open: 0 }
  const impossible = 'temporary.fees-month-impossible'
  const contradicts = 'temporary.fees-contradict'

  test.each<[said: string, fees: Facts['fees'], comment: string | undefined, back: string | undefined]>([
    ['2026-09', undefined, undefined, undefined],
    ['2025-01', undefined, undefined, undefined],
    ['2027-02', undefined, undefined, undefined],
    ['2027-03', undefined, impossible, undefined],
    ['2028-01', undefined, impossible, impossible],
    ['2026-07', owing, undefined, undefined],
    ['2026-06', owing, contradicts, contradicts],
    ['2026-09', owing, contradicts, contradicts],
    ['2028-12', ahead, undefined, undefined],
    ['2026-09', ahead, contradicts, contradicts],
  ])('%s where the books say %o', (said, fees, comment, back) => {
    expect(refusalOf(() => letters.comment(said, fees))?.code).toBe(comment)
    expect(refusalOf(() => letters['write-return'](said, fees))?.code).toBe(back)
  })
})

const EXTEND = { type: 'ask-extension', until: '2027-05-31', reason: 'x' } as const

describe('what is missing in a request (338-QĐ/TW art. 14)', () => {
  const sent = stayAt('cell-review')
  const back = { type: 'send-back', reason: 'Thiếu quyết định' } as const
  const sentBack = (today: PlainDate) => decide(sent, back, FACTS, context(ACTORS.cellSecretary, today))[0]

  test('is said within eight working hours, and later it is known that it was late', () => {
    // Sent on 1 September at nine: that day and 2 September are holidays.
    expect(sent.askBy).toBe('2026-09-03T10:00:00.000Z')
    expect(sentBack('2026-09-01')).not.toHaveProperty('late')
    expect(sentBack('2026-09-03')).not.toHaveProperty('late')
    expect(sentBack('2026-09-04')).toMatchObject({ type: 'stay-sent-back', late: true })
  })

  test('is mended in time, or the request closes: after as long again, and not a day before', () => {
    const asked = stayAt('sent-back')
    const calendar = context(ACTORS.clock)
    expect(asked.dueAt).toContain('2026-09-16')
    expect(mendableUntil(asked, calendar)).toBe('2026-09-30')
    expect(mendableUntil(sent, calendar)).toBeUndefined()
    const end = { type: 'end', ending: 'unanswered', reason: 'x' } as const
    const ending = (today: PlainDate) =>
      refusalOf(() => decide(asked, end, FACTS, context(ACTORS.clock, today)))?.code
    expect(ending('2026-09-30')).toBe('temporary.nothing-ended')
    expect(ending('2026-10-01')).toBeUndefined()
    expect(
      after(asked, ACTORS.member, { type: 'submit', declared: true }, { today: '2026-09-30' }).status,
    ).toBe('cell-review')
  })

  test('Tết stands in no deadline', () => {
    // Ten working days; 4 to 10 February are the new year.
    expect(sentBack('2027-02-01')).toMatchObject({ dueAt: '2027-02-22T10:00:00.000Z' })
  })
})

describe('a stay under way', () => {
  const active = stayAt('active')
  const asking = (until: PlainDate, today = TODAY) =>
    refusalOf(() =>
      decide(active, { type: 'ask-extension', until, reason: 'x' }, FACTS, context(ACTORS.member, today)),
    )?.code

  test('is extended until the last day of its case, asked on its last day at the latest', () => {
    expect(asking('2027-08-30', '2027-02-28')).toBeUndefined()
    expect(asking('2027-08-31')).toBe('temporary.too-long')
    expect(asking('2027-02-28')).toBe('temporary.extension-not-later')
    expect(asking('2027-05-31', '2027-03-01')).toBe('temporary.extension-too-late')
  })

  test('expires the day after its last day; refused after that, an extension leaves it expired', () => {
    const noting = (today: PlainDate) =>
      refusalOf(() => decide(active, { type: 'note-expired' }, FACTS, context(ACTORS.clock, today)))?.code
    expect(noting('2027-02-28')).toBe('temporary.not-expired')
    expect(noting('2027-03-01')).toBeUndefined()
    const refuse = { type: 'refuse-extension', reason: 'x' } as const
    const asked = stayAt('extension-asked')
    expect(after(asked, ACTORS.hostSecretary, refuse, { today: '2027-02-28' }).status).toBe('active')
    expect(after(asked, ACTORS.hostSecretary, refuse, { today: '2027-03-01' }).status).toBe('expired')
  })

  test('asked in its last days, an extension is waited for as long as it is in time; then the stay runs out like any other', () => {
    const asked = after(active, ACTORS.member, EXTEND, { today: '2027-02-26' })
    const noting = (today: PlainDate) =>
      refusalOf(() => decide(asked, { type: 'note-expired' }, FACTS, context(ACTORS.clock, today)))?.code
    expect(asked.dueAt).toContain('2027-03-05')
    expect([noting('2027-03-01'), noting('2027-03-05')]).toEqual([
      'temporary.not-expired',
      'temporary.not-expired',
    ])
    const over = after(asked, ACTORS.clock, { type: 'note-expired' }, { today: '2027-03-08' })
    expect(awaited(over)).toMatchObject({ act: 'expired', responsible: 'cell' })
    expect(after(over, ACTORS.cellSecretary, { type: 'recall', reason: 'x' }).status).toBe('completed')
  })

  test('is commented on by nobody before it began, nor once the letter back says all', () => {
    const ahead = { ...active, from: '2026-12-01' }
    expect(yearToAsk(ahead, '2026-11-15', DEFAULT_SETTINGS)).toBeUndefined()
    expect(yearToAsk(ahead, '2026-12-01', DEFAULT_SETTINGS)).toBe(2026)
    expect(yearToAsk(stayAt('returning'), '2026-11-15', DEFAULT_SETTINGS)).toBeUndefined()
  })

  test('an extension that is due before the yearly comment is decided first, and the comment is owed after it', () => {
    const november = { today: '2026-11-03' } as const
    const owing = after(stayAt('active'), ACTORS.clock, { type: 'ask-yearly-comment', year: 2026 }, november)
    const asking = after(owing, ACTORS.member, EXTEND, november)
    expect(awaited(asking)).toMatchObject({ act: 'extension-asked', responsible: 'host' })
    const granted = after(asking, ACTORS.hostSecretary, { type: 'grant-extension' }, november)
    expect(awaited(granted)).toMatchObject({ act: 'yearly-comment', responsible: 'host-cell' })
    const late = after(owing, ACTORS.member, EXTEND, { today: '2026-12-02' })
    expect(awaited(late)).toMatchObject({ act: 'yearly-comment', responsible: 'host-cell' })
  })

  test('owes its yearly comment once a year from the month that is set, and before the letter back', () => {
    const year = (today: PlainDate) => yearToAsk(active, today, DEFAULT_SETTINGS)
    expect(year('2026-10-31')).toBeUndefined()
    expect(year('2026-11-01')).toBe(2026)
    const command = { type: 'ask-yearly-comment', year: 2026 } as const
    const asked = after(active, ACTORS.clock, command, { today: '2026-11-01' })
    expect(awaited(asked)).toMatchObject({ act: 'yearly-comment', responsible: 'host-cell' })
    expect(yearToAsk(asked, '2026-11-02', DEFAULT_SETTINGS)).toBeUndefined()
    const back = { type: 'write-return', leftOn: TODAY, comment: 'x', feesPaidThrough: '2026-09' } as const
    const hostCell = context(ACTORS.hostCellSecretary)
    expect(refusalOf(() => decide(asked, back, FACTS, hostCell))?.code).toBe('temporary.yearly-first')
  })

  test('ends only by what the registry shows', () => {
    for (const ending of ENDINGS)
      expect(
        refusalOf(() => decide(active, { type: 'end', ending, reason: 'x' }, FACTS, context(ACTORS.clock)))
          ?.code,
      ).toBe('temporary.nothing-ended')
    const moved = { type: 'end', ending: 'moved', reason: 'x' } as const
    expect(after(active, ACTORS.clock, moved, { facts: { moved: true } }).status).toBe('ended')
    const dissolved = { type: 'end', ending: 'dissolved', reason: 'x' } as const
    expect(after(active, ACTORS.clock, dissolved, { facts: { hostGone: true } })).toMatchObject({
      status: 'ended',
      ending: 'dissolved',
    })
  })

  test('follows the organisations that took over, at both ends', () => {
    const heir = { ...PLACES.hostCell, id: 'heir-cell', name: 'heir-cell' }
    const facts = { heirs: { 'host-cell': heir } }
    const followed = after(active, ACTORS.clock, { type: 'follow-reorganisation' }, { facts })
    expect(awaited(followed).responsible).toBe('heir-cell')
    const again = context(ACTORS.clock)
    expect(refusalOf(() => decide(active, { type: 'follow-reorganisation' }, FACTS, again))?.code).toBe(
      'temporary.nothing-to-follow',
    )
  })

  test('a cell with nobody left to act has its part done by the committee above', () => {
    const assign = { type: 'assign-cell', cellId: 'host-cell' } as const
    const facts = { standIn: true }
    const assigned = after(stayAt('at-host'), ACTORS.hostSecretary, assign, { facts })
    expect(actingFor(assigned, PLACES.hostCell).id).toBe('host')
    expect(after(assigned, ACTORS.hostSecretary, { type: 'admit', meetingOn: TODAY }).status).toBe('active')
  })
})

describe('rights and counting (232-QĐ/TW 6.3.2b, 294-QĐ/TW 9.3.2)', () => {
  test('are all at the official place and none at the other', () => {
    const member = { officialId: 'cell', type: 'official' } as const
    expect(rightsIn('cell', member)).toEqual({ votes: true, elects: true, stands: true, counted: true })
    expect(rightsIn('host-cell', member)).toEqual({
      votes: false,
      elects: false,
      stands: false,
      counted: false,
    })
    expect(rightsIn('cell', { ...member, type: 'probationary' })).toMatchObject({
      votes: false,
      counted: true,
    })
  })

  test('who is away is not summoned unless they come; guests and probationary members never count', () => {
    const voter = { rights: rightsIn('cell', { officialId: 'cell', type: 'official' }) }
    const probationary = { rights: rightsIn('cell', { officialId: 'cell', type: 'probationary' }) }
    const guest = { rights: rightsIn('cell', { officialId: 'elsewhere', type: 'official' }) }
    const here = { away: false, present: true }
    const absent = { away: false, present: false }
    const away = { away: true, present: false }
    const came = { away: true, present: true }
    const all = [
      { ...voter, ...here },
      { ...voter, ...absent },
      { ...voter, ...away },
      { ...probationary, ...here },
      { ...guest, ...here },
    ]
    expect(summoned(all)).toEqual({ summoned: 2, present: 1 })
    expect(summoned([...all, { ...voter, ...came }])).toEqual({ summoned: 3, present: 2 })
  })
})
