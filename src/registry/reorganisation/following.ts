/** Open dossiers and reorganisations: those that an organisation which ended or moved has a part in follow it, one by one. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../kernel/actor.ts'
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { performIn, type Context, type Procedure } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'

interface Follow {
  readonly type: 'follow-reorganisation'
}

const FOLLOW: Follow = { type: 'follow-reorganisation' }

/**
 * In the transaction of the reorganisation. A dossier that stays as it is is left alone.
 *
 * @param leftAlone how the code of a refusal ends that means no more than that
 * @returns ids of the dossiers that changed
 */
export async function followEach<
  State extends { readonly status: string },
  Command extends { readonly type: string },
  Event extends { readonly type: string },
  Facts,
>(
  write: Write,
  procedure: Procedure<State, Command | Follow, Event, Facts>,
  dossierIds: readonly string[],
  context: Context,
  leftAlone: readonly string[] = ['.nothing-to-follow'],
): Promise<string[]> {
  const followed: string[] = []
  for (const dossierId of dossierIds) {
    const request = { dossierId, commandId: randomUUID(), command: FOLLOW }
    try {
      await performIn(write, procedure, request, { ...context, actor: CLOCK })
      followed.push(dossierId)
    } catch (error) {
      if (!(error instanceof Refusal) || !leftAlone.some((end) => error.code.endsWith(end))) throw error
    }
  }
  return followed
}

/** Organisations that open dossiers wait for and that are no longer there: an act that came between finds its heir here. */
export async function awaitedButGone(read: Read, procedure: string, today: string): Promise<string[]> {
  const rows = await read.rows<{ organisationId: string }>(sql`
    select distinct d.awaited_organisation as "organisationId" from dossier d
     where d.procedure = ${procedure} and d.is_open and d.awaited_organisation is not null
       and not exists (select from organisation_period p
                        where p.organisation_id = d.awaited_organisation and p.valid_from <= ${today}::date
                          and (p.valid_to is null or ${today}::date < p.valid_to))`)
  return rows.map((row) => row.organisationId)
}
