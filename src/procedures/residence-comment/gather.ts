/** What the rules of a comment must know beside its state: loaded in the command's own transaction. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { findMember } from '../../registry/members/store.ts'
import { NOTHING, type Facts, type Residence } from './law/facts.ts'
import { provinceIn } from './law/place.ts'
import { residenceFor } from './law/rules.ts'
import type { Command, Comment } from './law/states.ts'
import { cellOf, chainOf, othersCanSign, residenceToday, workplaceOf, workplaceToday } from './places.ts'
import { residencesOf, type ResidenceRow } from './referral/store.ts'
import { lastComment, seasonOfProvince } from './store.ts'

export async function gather(
  write: Write,
  comment: Comment | undefined,
  command: Command,
  context: Context,
): Promise<Facts> {
  if (!comment) return command.type === 'request' ? requestFacts(write, command, context) : NOTHING
  const { memberId } = comment
  const { today } = context
  switch (command.type) {
    case 'ask-again': {
      const { purpose, year } = comment
      return {
        ...(await referralFacts(write, memberId, purpose, year, today)),
        member: await memberOf(write, memberId),
      }
    }
    case 'sign':
    case 'confirm':
    case 'cancel':
      return { ...NOTHING, member: await memberOf(write, memberId) }
    case 'route': {
      const cell = await cellOf(write, command.cellId, today)
      return { ...NOTHING, cell, othersCanSign: await othersCanSign(write, cell?.place, memberId, today) }
    }
    case 'return-to-cell':
      return { ...NOTHING, othersCanSign: await othersCanSign(write, comment.cell, memberId, today) }
    case 'follow-member':
      return { ...NOTHING, workplace: await workplaceOf(write, memberId, today) }
    case 'follow-reorganisation': {
      const { cell, commune } = await residenceToday(write, comment, today)
      const workplace = await workplaceToday(write, comment, today)
      const now = { workplace, commune: commune ?? comment.commune, cell }
      return { ...NOTHING, now, othersCanSign: await othersCanSign(write, cell, memberId, today) }
    }
    default:
      return NOTHING
  }
}

async function requestFacts(
  write: Write,
  { memberId: asked, purpose, year }: Extract<Command, { type: 'request' }>,
  context: Context,
): Promise<Facts> {
  const { actor, today } = context
  const memberId = asked ?? actedFor(context)
  const member = memberId === undefined ? undefined : await memberOf(write, memberId)
  if (!member) return NOTHING
  const workplace = await workplaceOf(write, member.id, today)
  const isOffice = actor.kind === 'person' && actor.hat.position !== 'member'
  const elsewhere = isOffice && workplace?.id !== actor.hat.organisationId
  return {
    ...(await referralFacts(write, member.id, purpose, year, today)),
    member,
    workplace,
    wasHere: elsewhere && (await wasBelow(write, member.id, actor.hat.organisationId)),
    last: await lastComment(write, member.id, year, purpose),
  }
}

async function referralFacts(
  read: Read,
  memberId: string,
  purpose: Comment['purpose'],
  year: number,
  today: PlainDate,
): Promise<Facts> {
  const { rows, pending, unreferred } = await residencesOf(read, memberId)
  const residences: Residence[] = []
  for (const row of rows) {
    const residence = await residenceIn(read, row, today)
    if (residence) residences.push(residence)
  }
  const asked = residenceFor(residences, purpose, year, today)
  const province = asked && provinceIn(await chainOf(read, asked.commune.id, today))
  return {
    ...NOTHING,
    residences,
    referralPending: pending,
    notReferred: unreferred,
    othersCanSign: await othersCanSign(read, asked?.cell, memberId, today),
    province: province && (await seasonOfProvince(read, province.id, today)),
  }
}

/** A residence that ended with its commune, and that nobody took over, is asked nothing. */
async function residenceIn(read: Read, row: ResidenceRow, today: PlainDate): Promise<Residence | undefined> {
  const { commune, cell } = await residenceToday(read, row, today)
  if (!commune) return undefined
  const { referralId, exempt, acceptedOn, closedOn } = row
  return { referralId, commune, ...(cell ? { cell } : {}), exempt, acceptedOn, closedOn }
}

async function memberOf(read: Read, memberId: string): Promise<Facts['member']> {
  const member = await findMember(read, memberId)
  return member && { id: member.id, standing: member.standing }
}

/** Once counted in the organisation or below it and no more there, wherever that lay then; to those above it stays unknown. */
async function wasBelow(read: Read, memberId: string, organisationId: string): Promise<boolean> {
  const found = await read.maybe(sql`
    select 1 from membership m
      join organisation_period p on p.organisation_id = m.organisation_id and m.until is not null
      join organisation_period o on o.organisation_id = ${organisationId}
     where m.member_id = ${memberId} and p.path >= o.path and p.path < left(o.path, -1) || '/'
       and not exists (select from membership n join organisation_period q on q.organisation_id = n.organisation_id
                        where n.member_id = m.member_id and n.until is null
                          and q.path >= o.path and q.path < left(o.path, -1) || '/') limit 1`)
  return found !== undefined
}

function actedFor({ actor }: Context): string | undefined {
  return actor.kind === 'person' ? (actor.onBehalfOf?.memberId ?? actor.memberId) : undefined
}
