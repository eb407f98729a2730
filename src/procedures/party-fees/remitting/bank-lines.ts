/** Money that was remitted, known again by its key when a bank tells of it: the line that came in, and the line that went out. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { standingOfRemittance } from '../law/remittance.ts'
import type { When } from '../paying/booking.ts'
import { lockShares } from '../paying/locks.ts'
import { bookedLine, toSend } from './booked.ts'
import { book, receiveNow, sendNow } from './remit.ts'
import { findRemittance, remittancesByKey, type Remittance } from './remittances.ts'
import { inHandOf } from './unshared.ts'

/** A line just booked as money that nobody knows, with the key that no order has. */
export interface StrangeLine {
  readonly accountId: string
  readonly reference: string
  readonly key: string
}

interface Line {
  readonly id: string
  readonly key: string
  readonly owner: string
  readonly direction: 'in' | 'out'
  readonly amountVnd: number
  readonly bookedAt: Date
}

/** Remittances that such keys name. Nothing else happens to them meanwhile; asked before the money is booked, as everybody does. */
export async function holdRemittances(write: Write, keys: readonly string[]): Promise<readonly Remittance[]> {
  const known = await remittancesByKey(write, [...new Set(keys)])
  const makers = [...new Set(known.map(({ organisationId }) => organisationId))].toSorted()
  for (const maker of makers) await lockShares(write, maker)
  return known
}

/**
 * Says of each line whose key is a remittance's, to the đồng and on the right account, what it is. The rest stays for those
 * who look through bank lines.
 *
 * @param known as `holdRemittances` holds them
 */
export async function recogniseRemittances(
  write: Write,
  known: readonly Remittance[],
  strangers: readonly StrangeLine[],
  when: When,
): Promise<void> {
  const byKey = new Map(known.map((each) => [each.key, each.id]))
  for (const line of await linesOf(write, strangers)) {
    const id = byKey.get(line.key)
    if (id !== undefined) await recognise(write, id, line, when)
  }
}

function linesOf(read: Read, strangers: readonly StrangeLine[]): Promise<Line[]> {
  return read.rows<Line>(sql`
    select b.id, t.key, a.organisation_id as owner, b.direction, b.amount_vnd as "amountVnd", b.booked_at as "bookedAt"
      from jsonb_to_recordset(${JSON.stringify(strangers)}::jsonb) as t("accountId" uuid, reference text, key text)
      join bank_line b on b.account_id = t."accountId" and b.reference = t.reference
      join fee_account a on a.id = b.account_id
     order by b.id`)
}

async function recognise(write: Write, id: string, line: Line, when: When): Promise<void> {
  const it = (await findRemittance(write, id))!
  if (line.amountVnd !== toSend(it)) return
  const standing = standingOfRemittance(it)
  if (line.direction === 'in') {
    if (line.owner !== it.superiorId || it.inLineId !== null) return
    if (standing === 'received' && it.sentHow !== 'transfer') return
    if (standing !== 'made' && standing !== 'sent' && standing !== 'received') return
    if (standing === 'made') await sendBy(write, it, line, when)
    if (standing !== 'received') {
      const on = todayIn(line.bookedAt)
      await receiveNow(write, it, { on, by: null, how: 'transfer' }, when)
    }
    await write.run(sql`update fee_remittance set in_line_id = ${line.id} where id = ${id}`)
  } else {
    if (line.owner !== it.organisationId || it.outLineId !== null) return
    if (standing === 'made') await sendBy(write, it, line, when, 'transfer')
    else if (it.sentHow !== 'transfer' || standing === 'returned') return
    await write.run(sql`update fee_remittance set out_line_id = ${line.id} where id = ${id}`)
  }
  await book(write, bookedLine(id, line.owner, line), when)
}

/** The bank told before anybody said it: off the account if that had it, else cash was paid in. */
async function sendBy(
  write: Write,
  it: Remittance,
  line: Line,
  when: When,
  surely?: 'transfer',
): Promise<void> {
  const { bankVnd } = await inHandOf(write, it.organisationId)
  const how = surely ?? (bankVnd >= toSend(it) ? 'transfer' : 'cash')
  await sendNow(write, it, { how, on: todayIn(line.bookedAt), reference: null, by: null }, when)
}
