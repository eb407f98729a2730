/** A judged row beside what the registry already knows of that person: new, the same, changed, or not to be changed by a list. */
import { createHash } from 'node:crypto'
import { foldName } from '../../kernel/vietnamese-text.ts'
import { FACT_COLUMNS, type MemberFacts } from '../members/store.ts'
import type { JudgedRow } from './members.ts'
import type { Outcome, Problem, ProblemCode } from './problems.ts'
import { FIELD_TEXTS, problemOf } from './texts.ts'

/** What the registry knows of the person with a row's personal ID. */
export interface KnownMember {
  readonly id: string
  readonly facts: MemberFacts
  /** of the row last taken from a list */
  readonly digest: string | null
  readonly membership: { readonly organisationId: string; readonly standing: 'active' | 'in-transit' } | null
}

export type Reconciled =
  | { readonly action: 'none'; readonly outcome: Outcome; readonly problems: readonly Problem[] }
  | {
      readonly action: 'insert'
      readonly outcome: Outcome
      readonly problems: readonly Problem[]
      readonly digest: string
    }
  | {
      readonly action: 'update'
      readonly outcome: Outcome
      readonly problems: readonly Problem[]
      readonly digest: string
      readonly known: KnownMember
      /** the known facts with those of the row over them */
      readonly facts: MemberFacts
      /** the row says that the membership ended */
      readonly ends: boolean
    }

const FACT_NAMES = Object.keys(FACT_COLUMNS) as (keyof MemberFacts)[]

/** What a row came to, in 64 hexadecimal digits: the same row again is known by it. */
export function digestOf(facts: MemberFacts, organisationId: string): string {
  const values = FACT_NAMES.map((name) => facts[name])
  return createHash('sha256')
    .update(JSON.stringify([organisationId, values]))
    .digest('hex')
}

const isCounted = (facts: MemberFacts): boolean => facts.standing === 'active' || facts.standing === 'exempt'

/** What forbids a list to touch this person, if anything does. */
function forbidden(facts: MemberFacts, organisationId: string, known: KnownMember): ProblemCode | undefined {
  const samePerson =
    foldName(facts.fullName) === foldName(known.facts.fullName) || facts.birthDate === known.facts.birthDate
  if (!samePerson) return 'personal-id.of-another'
  if (known.membership === null) return isCounted(facts) ? 'standing.ended-before' : undefined
  if (known.membership.standing === 'in-transit') return 'member.in-transit'
  return known.membership.organisationId === organisationId ? undefined : 'member.elsewhere'
}

/** An empty cell erases nothing. */
function merged(
  known: MemberFacts,
  row: MemberFacts,
): { facts: MemberFacts; changed: (keyof MemberFacts)[] } {
  const changed = FACT_NAMES.filter((name) => row[name] !== null && row[name] !== known[name])
  const facts = { ...known, ...Object.fromEntries(changed.map((name) => [name, row[name]])) }
  return { facts, changed }
}

/**
 * Says what is to be done with a row. The registry's facts change only where the same person, in the same cell, is
 * listed with other facts; what changes is named.
 */
export function reconcile(judged: JudgedRow, known: KnownMember | undefined): Reconciled {
  const { member, organisation, outcome, problems } = judged
  if (!member || !organisation) return { action: 'none', outcome: 'held-back', problems }
  const digest = digestOf(member, organisation.id)
  if (!known) return { action: 'insert', outcome, problems, digest }

  const code = forbidden(member, organisation.id, known)
  if (code !== undefined) {
    const field = code === 'personal-id.of-another' ? 'personalId' : 'organisation'
    const found = field === 'personalId' ? member.personalId : organisation.name
    const problem = problemOf(judged.row, code, 'held-back', field, { found })
    return { action: 'none', outcome: 'held-back', problems: [...problems, problem] }
  }
  if (known.digest === digest) return { action: 'none', outcome: 'unchanged', problems }
  const { facts, changed } = merged(known.facts, member)
  if (changed.length === 0) return { action: 'none', outcome: 'unchanged', problems }
  const names = changed.map((name) => FIELD_TEXTS[name]?.vi).filter((name) => name !== undefined)
  const note = problemOf(judged.row, 'member.updated', 'warning', 'row', { found: names.join(', ') })
  const ends = known.membership !== null && !isCounted(facts)
  return { action: 'update', outcome, problems: [...problems, note], digest, known, facts, ends }
}
