/** From a step's form to the plan: what was ticked, where it goes, the new bodies it needs. */
import { randomUUID } from 'node:crypto'
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import type { Read } from '../../kernel/db.ts'
import { Refusal, type FieldProblem } from '../../kernel/refusal.ts'
import { foldName } from '../../kernel/vietnamese-text.ts'
import {
  findOrganisationByCode,
  liesWithin,
  searchOrganisations,
  type Organisation,
} from '../organisations/store.ts'
import type { StepForm } from './contract.ts'
import type { NewBody, Plan, Step, StepType } from './law/plan.ts'

interface Drafting {
  readonly read: Read
  readonly underId: string
  readonly plan: Plan
  readonly form: StepForm
  /** the organisation whose inside was shown */
  readonly within: Organisation
}

/**
 * The plan with one thing more.
 *
 * @throws Refusal invalid `request.invalid` naming the fields that could not be taken
 */
export async function withStep(type: StepType, drafting: Drafting): Promise<Plan> {
  const { plan, form, within } = drafting
  const problems: FieldProblem[] = []
  const needsChoice = type !== 'split' && type !== 'part'
  if (needsChoice && form.organisations.length === 0)
    problems.push({ field: 'organisations', code: 'missing' })
  if (!needsChoice && form.organisations.length + form.members.length === 0)
    problems.push({ field: 'organisations', code: 'missing' })
  if (type === 'rename') {
    if (form.newName === '') problems.push({ field: 'newName', code: 'missing' })
    refuse(problems)
    const kind = form.newKind === '' ? {} : { kind: form.newKind }
    const [organisation = ''] = form.organisations
    return { ...plan, steps: [...plan.steps, { type, organisation, name: form.newName, ...kind }] }
  }
  const target = await targetOf(type, drafting, problems)
  const rest = type === 'split' && form.rest === 'ends' ? restOf(drafting, problems) : undefined
  refuse(problems)
  const bodies = [...plan.bodies, ...target.made, ...(rest ? [rest] : [])]
  return {
    ...plan,
    bodies,
    steps: [...plan.steps, ...stepsOf(type, form, within.id, target.id, rest?.id ?? null)],
  }
}

function stepsOf(type: StepType, form: StepForm, within: string, into: string, rest: string | null): Step[] {
  const { organisations, members } = form
  switch (type) {
    case 'merge':
      return [{ type, from: organisations, into }]
    case 'move':
      return organisations.map((organisation) => ({ type, organisation, to: into }))
    case 'dissolve':
      return organisations.map((organisation) => ({ type, organisation, to: into }))
    case 'part':
      return [{ type, from: within, to: into, organisations, members }]
    case 'split':
      return [{ type, from: within, parts: [{ into, organisations, members }], rest }]
    case 'rename':
      return []
  }
}

/** Where it goes: a new body beside what it is made of, or one that is there. */
async function targetOf(
  type: StepType,
  drafting: Drafting,
  problems: FieldProblem[],
): Promise<{ readonly id: string; readonly made: readonly NewBody[] }> {
  const { form, within } = drafting
  if (form.target === 'new' || type === 'split') {
    if (form.newName === '') problems.push({ field: 'newName', code: 'missing' })
    if (form.newKind === '') problems.push({ field: 'newKind', code: 'missing' })
    const code = form.newCode === '' ? null : codeOf(form.newCode)
    if (code === undefined) problems.push({ field: 'newCode', code: 'shape' })
    // What is split or gives a part lies within; what merges lies beside the others.
    const parentId = type === 'merge' ? within.id : (within.parentId ?? within.id)
    const made: NewBody = {
      id: randomUUID(),
      code: code ?? null,
      name: form.newName,
      kind: form.newKind,
      parentId,
    }
    return { id: made.id, made: [made] }
  }
  const found = await findTarget(drafting)
  if (found === undefined) problems.push({ field: 'targetName', code: 'unknown' })
  return { id: found ?? '', made: [] }
}

function restOf({ form, within }: Drafting, problems: FieldProblem[]): NewBody {
  if (form.restName === '') problems.push({ field: 'restName', code: 'missing' })
  const parentId = within.parentId ?? within.id
  return { id: randomUUID(), code: null, name: form.restName, kind: form.newKind || within.kind, parentId }
}

/** The one organisation meant: chosen from the list, a body of this plan, by code, or by a name that only one has. */
async function findTarget({ read, underId, plan, form }: Drafting): Promise<string | undefined> {
  const typed = foldName(form.targetName)
  if (typed === '') return undefined
  const made = plan.bodies.filter((body) => foldName(body.name) === typed)
  if (made.length === 1) return made[0]!.id
  const day = plan.effectiveOn
  if (isOrganisationCode(form.targetName)) {
    const coded = await findOrganisationByCode(read, parseOrganisationCode(form.targetName), day)
    return coded && (await liesWithin(read, coded.id, underId, day)) ? coded.id : undefined
  }
  const found = await searchOrganisations(read, form.targetName, day, { within: underId, limit: 50 })
  const chosen = found.find((each) => each.id === form.targetNameId)
  if (chosen && foldName(chosen.name) === typed) return chosen.id
  const exact = found.filter((each) => foldName(each.name) === typed)
  const candidates = exact.length > 0 ? exact : found
  return candidates.length === 1 ? candidates[0]!.id : undefined
}

function codeOf(text: string): string | undefined {
  return isOrganisationCode(text) ? parseOrganisationCode(text) : undefined
}

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new Refusal('invalid', 'request.invalid', { fields: problems })
}

/** The plan without one of its steps, and without the bodies that nothing names any more. */
export function withoutStep(plan: Plan, index: number): Plan {
  const steps = plan.steps.filter((_step, at) => at !== index)
  const named = new Set(JSON.stringify(steps).match(/[0-9a-f-]{36}/g) ?? [])
  return { ...plan, steps, bodies: plan.bodies.filter((body) => named.has(body.id)) }
}
