/** A dossier of this slice as one reader sees it: what now, whose turn, until when; every button asked of the same rules as the act. */
import { actsForMember, isThisPerson } from '../../kernel/actor.ts'
import { sql, type Read } from '../../kernel/db.ts'
import type { Awaiting, StoredDossier } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { refusalOf } from '../../kernel/refusal.ts'
import type { DossierView } from './contract.ts'
import type { Place } from './law/place.ts'

interface Shown {
  readonly status: string
  readonly memberId: string
  readonly workplace: Place
  readonly commune?: Place
  readonly cell?: Place
  readonly lastReason?: string
}

/** What both kinds of dossiers show alike. */
export async function basics(
  read: Read,
  { id, version, state }: StoredDossier<Shown>,
  turn: Awaiting,
  context: Context,
): Promise<Omit<DossierView, 'actions'>> {
  const { actor, at } = context
  const { workplace, commune, cell } = state
  const { fullName } = await read.one<{ fullName: string }>(
    sql`select full_name as "fullName" from member where id = ${state.memberId}`,
  )
  const responsible = [workplace, commune, cell].find((place) => place?.id === turn.responsible)
  return {
    id,
    version,
    status: state.status,
    member: { id: state.memberId, name: fullName, mine: actsForMember(actor, state.memberId) },
    workplace: line(workplace),
    commune: commune ? line(commune) : null,
    cell: cell ? line(cell) : null,
    awaited: {
      who: turn.who,
      organisation: responsible ? line(responsible) : null,
      act: turn.act,
      until: turn.until?.toISOString() ?? null,
      overdue: turn.until !== null && turn.until < at,
      mine:
        actor.kind === 'person' &&
        turn.who === 'organisation' &&
        actor.hat.organisationId === turn.responsible &&
        turn.positions.includes(actor.hat.position) &&
        !isThisPerson(actor, state.memberId),
    },
    lastReason: state.lastReason ?? null,
    timeline: await timelineOf(read, id),
  }
}

const line = ({ id, name }: Place) => ({ id, name })

/** Drafts are saved at every tick: the way tells the acts. */
async function timelineOf(read: Read, dossierId: string): Promise<DossierView['timeline']> {
  const rows = await read.rows<{
    number: number
    type: string
    at: Date
    who: string | null
    organisation: string | null
  }>(sql`
    select e.number, e.type, e.at, m.full_name as who,
           (select p.name from organisation_period p
             where p.organisation_id = e.organisation_id and p.valid_from <= e.at::date
             order by p.valid_from desc limit 1) as organisation
      from dossier_event e left join member m on m.id = e.actor_id
     where e.dossier_id = ${dossierId} and e.type <> 'draft-saved' order by e.number`)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** Every command the state allows that this reader could ask, with the refusal that stands in its way if one does. */
export function actionsOf(
  commands: readonly string[],
  ask: (command: string, context: Context) => unknown,
  context: Context,
): DossierView['actions'] {
  const { actor, at } = context
  // Whether the sign-in is fresh is asked by the act: what else stands in the way is said before.
  const fresh = actor.kind === 'person' ? { ...context, actor: { ...actor, signedInAt: at } } : context
  return commands.flatMap((command): DossierView['actions'] => {
    const refusal = refusalOf(() => ask(command, fresh))
    if (refusal?.code.endsWith('.not-yours')) return []
    // A sample is filled in just well enough to be judged: what it lacks, a real form would say.
    if (!refusal || refusal.kind === 'invalid' || refusal.kind === 'conflict')
      return [{ command, refusal: null }]
    const { code, citation, facts } = refusal
    return [{ command, refusal: { code, citation: citation ?? null, facts } }]
  })
}
