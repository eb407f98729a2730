/** The way to the destination and the arrival: the paper file carried, presented, received, a cell assigned, the member admitted. */
import { compare } from '../../../../kernel/plain-date.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Facts } from '../facts.ts'
import { canHoldMembers } from '../route.ts'
import { PRESENT_CITATION } from '../rules.ts'
import * as setting from '../settings.ts'
import type { Custody, Event, Transfer } from '../states.ts'
import { due, endOfDay } from './deadlines.ts'
import { actOf, refuseGone, type Asked, type Handlers } from './handler.ts'

export const ARRIVAL = {
  'hand-over-file': (transfer, { sealNumber, handedOn }, _facts, context) => {
    if (compare(handedOn, transfer.referredOn!) < 0 || compare(handedOn, context.today) > 0) {
      throw new Refusal('invalid', 'transfer.handed-on-impossible', {
        fields: [{ field: 'handedOn', code: 'date' }],
      })
    }
    const custody = { sealNumber, handedOn, handedBy: actOf(context).by }
    return [{ type: 'file-handed-over', custody, dueAt: endOfDay(context, transfer.presentBy!) }]
  },

  'note-overdue': (transfer, _command, _facts, { today }) => {
    if (transfer.presentationOverdue) throw new Refusal('conflict', 'transfer.already-noted')
    if (compare(today, transfer.presentBy!) <= 0) {
      throw new Refusal('against-rule', 'transfer.not-overdue', { citation: PRESENT_CITATION })
    }
    return [{ type: 'presentation-overdue' }]
  },

  'explain-lateness': (transfer, { explanation }) => {
    if (!transfer.presentationOverdue)
      throw new Refusal('against-rule', 'transfer.not-overdue', { citation: PRESENT_CITATION })
    return [{ type: 'lateness-explained', explanation }]
  },

  'report-lost': (_transfer, { account }, _facts, context) => [
    { type: 'papers-lost', account, dueAt: due(context, setting.COMMITTEE_DAYS) },
  ],

  receive,

  'assign-cell': (transfer, _command, facts, context) => {
    const { cell } = facts
    if (!cell || !mayAssign(transfer, cell)) {
      throw new Refusal('invalid', 'transfer.cell-unknown', {
        fields: [{ field: 'cellId', code: 'unknown' }],
      })
    }
    const standIn = facts.standIn ? { standIn: facts.standIn } : {}
    return [
      { type: 'cell-assigned', cell: cell.place, ...standIn, dueAt: due(context, setting.ADMISSION_DAYS) },
    ]
  },

  'return-from-destination': (transfer, { reason }, _facts, context) =>
    transfer.status === 'cell-admission' && transfer.route!.kind === 'official'
      ? [{ type: 'assignment-returned', reason, dueAt: due(context, setting.RECEPTION_DAYS) }]
      : [{ type: 'destination-returned', reason, dueAt: due(context, setting.COMMITTEE_DAYS) }],

  admit: (transfer, { meetingOn }, facts, context) => {
    refuseGone(facts)
    const since = transfer.custody?.receivedOn ?? transfer.referredOn!
    if (compare(meetingOn, context.today) > 0 || compare(meetingOn, since) < 0) {
      throw new Refusal('invalid', 'transfer.meeting-impossible', {
        fields: [{ field: 'meetingOn', code: 'date' }],
      })
    }
    return [{ type: 'member-admitted', meetingOn, admittedOn: context.today, paperId: facts.paperIds[0]! }]
  },
} satisfies Partial<Handlers>

function receive(transfer: Transfer, command: Asked<'receive'>, _facts: Facts, context: Context): Event[] {
  const { receivedOn, explanation } = command
  const earliest = transfer.custody?.handedOn ?? transfer.referredOn!
  if (compare(receivedOn, context.today) > 0 || compare(receivedOn, earliest) < 0) {
    throw new Refusal('invalid', 'transfer.received-on-impossible', {
      fields: [{ field: 'receivedOn', code: 'date' }],
    })
  }
  // What the destination sent back was presented when it first came; an internal letter is not carried by the member.
  const presentedOn = transfer.custody?.receivedOn ?? receivedOn
  const late = transfer.route!.kind === 'official' && compare(presentedOn, transfer.presentBy!) > 0
  if (late && !explanation && !transfer.latenessExplained) {
    throw new Refusal('invalid', 'transfer.presentation-unexplained', {
      citation: PRESENT_CITATION,
      facts: { presentBy: transfer.presentBy! },
      fields: [{ field: 'explanation', code: 'missing' }],
    })
  }
  if (command.sealIntact === false && !command.exception) {
    throw new Refusal('invalid', 'transfer.broken-seal-unexplained', {
      fields: [{ field: 'exception', code: 'missing' }],
    })
  }
  return [
    {
      type: 'received-at-destination',
      receivedOn,
      late,
      ...(transfer.custody ? { custody: handedIn(transfer.custody, command, presentedOn, context) } : {}),
      ...(explanation ? { explanation } : {}),
      dueAt: due(context, setting.RECEPTION_DAYS),
    },
  ]
}

/** The sealed paper file as the destination found it. */
function handedIn(
  custody: Custody,
  { sealIntact, exception }: Asked<'receive'>,
  receivedOn: string,
  context: Context,
): Custody {
  return {
    ...custody,
    receivedOn,
    receivedBy: actOf(context).by,
    ...(sealIntact === undefined ? {} : { sealIntact }),
    ...(exception ? { exception } : {}),
  }
}

/** A cell under the receiving committee, or that organisation itself when it is one; an internal letter names its cell. */
function mayAssign({ route }: Transfer, { place, chain }: NonNullable<Facts['cell']>): boolean {
  if (route!.kind === 'internal') return place.id === route!.legs.at(-1)!.to.id
  return canHoldMembers(place) && chain.some((each) => each.id === route!.receiver.id)
}
