/** Who signs a paper of a temporary stay, and on which act. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { bodyName, signingBlock } from '../../../papers/bodies.ts'
import type { Place } from '../law/place.ts'
import type { Act, Stay } from '../law/states.ts'

/** The dossier and when somebody acts on it. */
export interface Case {
  readonly dossierId: string
  readonly stay: Stay
  readonly context: Context
}

/** Who signs for this place, as papers say it: a committee that does a cell's part signs under its own name. */
export async function signerOf(read: Read, from: Place, above: Place, act: Act) {
  const row = await read.one<{ name: string; office: string }>(sql`
    select m.full_name as name, p.name as office from member m, position p
     where m.id = ${act.by} and p.code = ${act.position}`)
  const standsIn = from.tier === 'cell' && !act.position.startsWith('cell-')
  const acting = standsIn ? above : from
  const delegated = act.onBehalfOf !== undefined
  return {
    block: signingBlock(act.position, row.name, from.hasSeal, delegated, standsIn && bodyName(acting)),
    as: {
      memberId: act.by,
      office: delegated ? `${row.office} (theo ủy quyền)` : row.office,
      organisation: bodyName(acting),
    },
  }
}
