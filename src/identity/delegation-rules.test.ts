/** Delegation, exhaustively: what may be given, and for each rule the smallest thing that breaks it. */
import { describe, expect, test } from 'vitest'
import type { PersonActor } from '../kernel/actor.ts'
import { refusalOf } from '../kernel/refusal.ts'
import { mayGrant, mayRevoke, type GrantDelegation, type GrantFacts } from './delegation-rules.ts'

const NOW = new Date('2026-11-20T02:00:00Z')

const asMember: PersonActor = {
  kind: 'person',
  memberId: 'giver',
  hat: { position: 'member', organisationId: 'cell' },
  signedInAt: NOW,
}
const asSecretary: PersonActor = {
  ...asMember,
  hat: { position: 'secretary', organisationId: 'cell', officeId: 'office-1' },
}
const forAnother: PersonActor = { ...asMember, onBehalfOf: { memberId: 'third', grantId: 'grant' } }
const inAnothersOffice: PersonActor = { ...asSecretary, onBehalfOf: { memberId: 'third', grantId: 'grant' } }

const toMember = { kind: 'member', memberId: 'taker' } as const
const toOrganisation = { kind: 'organisation', organisationId: 'cell' } as const

const ownAffairs: GrantDelegation = {
  id: 'g',
  delegate: toMember,
  procedures: ['official-transfer'],
  validFrom: '2026-11-20',
  validTo: '2026-11-20',
  form: 'written',
  basis: 'Giấy ủy quyền ngày 19/11/2026',
}
const office: GrantDelegation = { ...ownAffairs, officeId: 'office-1' }

const facts: GrantFacts = {
  today: '2026-11-20',
  now: NOW,
  procedures: ['official-transfer', 'party-fees'],
  delegateStands: true,
  evidenceKept: true,
}

function refused(actor: PersonActor, grant: GrantDelegation, given: GrantFacts = facts): string | undefined {
  return refusalOf(() => mayGrant(actor, grant, given))?.code
}

describe('every actor × what is delegated × to whom', () => {
  const ACTORS = { asMember, asSecretary, forAnother, inAnothersOffice }
  const ALLOWED = new Set([
    'asMember own-affairs member',
    'asMember own-affairs organisation',
    'asSecretary office member',
  ])
  const CODES: Record<string, string> = {
    'asMember office member': 'identity.delegate-in-own-hat',
    'asMember office organisation': 'identity.delegate-in-own-hat',
    'asSecretary own-affairs member': 'identity.delegate-in-own-hat',
    'asSecretary own-affairs organisation': 'identity.delegate-in-own-hat',
    'asSecretary office organisation': 'identity.office-needs-person',
  }
  for (const [name, actor] of Object.entries(ACTORS))
    for (const [what, grant] of Object.entries({ 'own-affairs': ownAffairs, office }))
      for (const delegate of [toMember, toOrganisation]) {
        const key = `${name} ${what} ${delegate.kind}`
        test(`${key}: ${ALLOWED.has(key) ? 'allowed' : 'refused'}`, () => {
          const code = refused(actor, { ...grant, delegate })
          if (ALLOWED.has(key)) expect(code).toBeUndefined()
          else expect(code).toBe(CODES[key] ?? 'identity.no-redelegation')
        })
      }
})

test('another office than the one worn is not delegated', () => {
  expect(refused(asSecretary, { ...office, officeId: 'office-2' })).toBe('identity.delegate-in-own-hat')
})

describe('who receives', () => {
  test('not oneself', () => {
    expect(refused(asMember, { ...ownAffairs, delegate: { kind: 'member', memberId: 'giver' } })).toBe(
      'identity.delegate-is-oneself',
    )
  })
  test.each([toMember, toOrganisation])('only who exists today: $kind', (delegate) => {
    expect(refused(asMember, { ...ownAffairs, delegate }, { ...facts, delegateStands: false })).toBe(
      'identity.delegate-unknown',
    )
  })
})

describe('what it must say', () => {
  test.each([
    ['no procedure', { procedures: [] }, 'identity.procedures-missing'],
    ['a procedure nobody knows', { procedures: ['party-fees', 'x'] }, 'identity.procedure-unknown'],
    ['no basis', { basis: '  ' }, 'identity.basis-missing'],
  ])('%s', (_, change, code) => {
    expect(refused(asMember, { ...ownAffairs, ...change })).toBe(code)
  })
  test('evidence that is not kept', () => {
    expect(
      refused(asMember, { ...ownAffairs, evidenceSha256: 'f'.repeat(64) }, { ...facts, evidenceKept: false }),
    ).toBe('identity.evidence-unknown')
  })
  test.each(['written', 'account-auth', 'other'] as const)(
    'the form %s is one of the three of art. 11',
    (form) => {
      expect(refused(asMember, { ...ownAffairs, form })).toBeUndefined()
    },
  )
})

describe('how long it runs', () => {
  test.each([
    ['2026-11-19', '2026-11-25', 'identity.delegation-in-the-past'],
    ['2026-11-21', '2026-11-20', 'identity.delegation-ends-early'],
    ['2026-11-20', '2027-11-21', 'identity.delegation-too-long'],
    ['2026-11-20', '2027-11-20', undefined],
    ['2026-11-20', '2026-11-20', undefined],
    ['2027-01-01', '2027-02-01', undefined],
  ])('from %s to %s: %s', (validFrom, validTo, code) => {
    expect(refused(asMember, { ...ownAffairs, validFrom, validTo })).toBe(code)
  })
})

test('only within five minutes of signing in', () => {
  const at = (minutes: number) => ({ ...facts, now: new Date(NOW.getTime() + minutes * 60_000) })
  expect(refused(asMember, ownAffairs, at(5))).toBeUndefined()
  expect(refused(asMember, ownAffairs, at(6))).toBe('identity.stale-sign-in')
})

describe('taking back', () => {
  const delegation = { delegatorId: 'giver', delegateMemberId: 'taker' }
  const as = (memberId: string, more: Partial<PersonActor> = {}): PersonActor => ({
    ...asMember,
    memberId,
    ...more,
  })
  test.each([
    ['the giver', as('giver')],
    ['the giver in an office', as('giver', { hat: asSecretary.hat })],
    ['the taker, who lays it down', as('taker')],
  ])('%s may', (_, actor) => {
    expect(refusalOf(() => mayRevoke(actor, delegation))).toBeUndefined()
  })
  test.each([
    ['a stranger', as('third'), delegation],
    [
      'somebody who acts for the giver',
      as('third', { onBehalfOf: { memberId: 'giver', grantId: 'g' } }),
      delegation,
    ],
    [
      'an officer of the organisation that received it',
      as('third'),
      { delegatorId: 'giver', delegateMemberId: null },
    ],
  ])('%s may not, and is not told that it exists', (_, actor, which) => {
    expect(refusalOf(() => mayRevoke(actor, which))).toMatchObject({
      kind: 'not-found',
      code: 'identity.unknown-delegation',
    })
  })
})
