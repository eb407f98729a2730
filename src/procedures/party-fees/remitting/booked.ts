/** What each step of a remittance, and of a share paid down, does to the ledger; and the same moved back. */
import { sharesOf, takenFrom } from '../law/allocation.ts'
import type { Transfer, TransferKind } from '../paying/booking.ts'

/** A remittance as far as its transfers follow from it. */
export interface Booked {
  readonly id: string
  readonly organisationId: string
  readonly superiorId: string | null
  readonly collectedVnd: number
  readonly receivedVnd: number
  readonly keepPercent: number
  readonly remitVnd: number
  readonly heldVnd: number
}

interface Move {
  readonly kind: TransferKind
  readonly owner: string
  readonly debit: string
  readonly credit: string
  readonly amountVnd: number
}

/** Nothing is moved where there is nothing. */
const transfers = (documentId: string, moves: readonly Move[]): Transfer[] =>
  moves
    .filter(({ amountVnd }) => amountVnd > 0)
    .map(({ kind, owner, debit, credit, amountVnd }) => ({
      kind,
      debit,
      debit_owner: owner,
      credit,
      credit_owner: owner,
      amount_vnd: amountVnd,
      document_id: documentId,
    }))

/** The month shared out; what the account above holds of the part for the level above goes up at once. */
export function bookedSharing(it: Booked): Transfer[] {
  const { organisationId: owner } = it
  const shares = sharesOf(it.collectedVnd + it.receivedVnd, it.keepPercent)
  const { keep, remit } = takenFrom(it.collectedVnd, it.receivedVnd, shares)
  return transfers(it.id, [
    { kind: 'retained', owner, debit: 'dues', credit: 'retained', amountVnd: keep.dues },
    { kind: 'retained', owner, debit: 'receipts', credit: 'retained', amountVnd: keep.receipts },
    { kind: 'owed', owner, debit: 'dues', credit: 'owed', amountVnd: remit.dues },
    { kind: 'owed', owner, debit: 'receipts', credit: 'owed', amountVnd: remit.receipts },
    { kind: 'remitted', owner, debit: 'owed', credit: 'settlement', amountVnd: it.heldVnd },
    ...(it.superiorId === null
      ? []
      : [
          {
            kind: 'received' as const,
            owner: it.superiorId,
            debit: 'settlement',
            credit: 'receipts',
            amountVnd: it.heldVnd,
          },
        ]),
  ])
}

const HOW = { transfer: 'bank', cash: 'cash' } as const
/** How money travels between organisations. */
export type How = keyof typeof HOW

/** What must be sent, since the account above does not hold it. */
export const toSend = ({ remitVnd, heldVnd }: Pick<Booked, 'remitVnd' | 'heldVnd'>): number =>
  remitVnd - heldVnd

export function bookedSending(it: Booked, how: How): Transfer[] {
  const { id, organisationId: owner } = it
  return transfers(id, [{ kind: 'remitted', owner, debit: 'owed', credit: HOW[how], amountVnd: toSend(it) }])
}

export function bookedReceiving(it: Booked & { readonly superiorId: string }, how: How): Transfer[] {
  const { id, superiorId: owner } = it
  return transfers(id, [
    { kind: 'received', owner, debit: HOW[how], credit: 'receipts', amountVnd: toSend(it) },
  ])
}

/** A line of the bank's that told of money booked here already: it is no money that nobody knows. */
export function bookedLine(
  documentId: string,
  owner: string,
  line: { readonly id: string; readonly direction: 'in' | 'out'; readonly amountVnd: number },
): Transfer[] {
  const [debit, credit] = line.direction === 'in' ? ['unmatched', 'bank'] : ['bank', 'unmatched']
  return transfers(documentId, [
    { kind: 'matched-later', owner, debit: debit!, credit: credit!, amountVnd: line.amountVnd },
  ]).map((transfer) => ({ ...transfer, bank_line_id: line.id }))
}

export interface BookedDrawing {
  readonly id: string
  readonly organisationId: string
  readonly holderId: string
  readonly amountVnd: number
}

/** The money left the account that held it. */
export function bookedPaying({ id, holderId: owner, amountVnd }: BookedDrawing): Transfer[] {
  return transfers(id, [{ kind: 'drawn', owner, debit: 'settlement', credit: 'bank', amountVnd }])
}

/** It came to whose it is. */
export function bookedConfirming(
  { id, organisationId: owner, amountVnd }: BookedDrawing,
  how: How,
): Transfer[] {
  return transfers(id, [{ kind: 'drawn', owner, debit: HOW[how], credit: 'settlement', amountVnd }])
}

/** Money is never taken out of the ledger: it is moved back. */
export function movedBack(booked: readonly Transfer[]): Transfer[] {
  return booked.map((transfer) => ({
    ...transfer,
    debit: transfer.credit,
    debit_owner: transfer.credit_owner,
    credit: transfer.debit,
    credit_owner: transfer.debit_owner,
  }))
}
