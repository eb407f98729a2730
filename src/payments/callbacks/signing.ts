/** A simulated bank: the callbacks that each go-between would send of a transfer, signed as each signs. For demo and tests. */
import type { RawCallback } from './callback.ts'
import { cassoSignature, type CassoAccess } from './casso.ts'
import { payosSignature, type PayosAccess } from './payos.ts'
import { sepaySignature, type SepayAccess } from './sepay.ts'

/** A transfer that the simulated bank booked. */
export interface SimulatedTransfer {
  /** the go-between's number of it; for payOS the number of the order */
  readonly id: number
  readonly bankReference: string
  readonly accountNumber: string
  readonly amountVnd: number
  readonly direction: 'in' | 'out'
  readonly content: string
  /** 'YYYY-MM-DD hh:mm:ss' in Viet Nam */
  readonly bookedAt: string
  readonly counterAccount?: string
}

const JSON_TYPE = { 'content-type': 'application/json' }
const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body), 'utf8')

export function sepayCallback(transfer: SimulatedTransfer, access: SepayAccess, sentAt: Date): RawCallback {
  const body = bytesOf({
    id: transfer.id,
    gateway: 'Simulated',
    transactionDate: transfer.bookedAt,
    accountNumber: transfer.accountNumber,
    code: null,
    content: transfer.content,
    transferType: transfer.direction,
    transferAmount: transfer.amountVnd,
    accumulated: 0,
    subAccount: null,
    referenceCode: transfer.bankReference,
  })
  if (access.kind === 'api-key')
    return { headers: { ...JSON_TYPE, authorization: `Apikey ${access.key}` }, body }
  const stamp = String(Math.floor(sentAt.getTime() / 1000))
  const signature = `sha256=${sepaySignature(access.secret, stamp, body)}`
  return { headers: { ...JSON_TYPE, 'x-sepay-timestamp': stamp, 'x-sepay-signature': signature }, body }
}

/** The older form tells of several transfers at once, the newer of one: the first. */
export function cassoCallback(
  transfers: readonly [SimulatedTransfer, ...SimulatedTransfer[]],
  access: CassoAccess,
  sentAt: Date,
): RawCallback {
  if (access.kind === 'token')
    return {
      headers: { ...JSON_TYPE, 'secure-token': access.token },
      body: bytesOf({ error: 0, data: transfers.map(olderLine) }),
    }
  const body = { error: 0, data: newerLine(transfers[0]) }
  const stamp = String(sentAt.getTime())
  const signature = `t=${stamp},v1=${cassoSignature(access.secret, stamp, body)}`
  return { headers: { ...JSON_TYPE, 'x-casso-signature': signature }, body: bytesOf(body) }
}

const signedAmount = ({ amountVnd, direction }: SimulatedTransfer) =>
  direction === 'out' ? -amountVnd : amountVnd

const newerLine = (transfer: SimulatedTransfer) => ({
  id: transfer.id,
  reference: transfer.bankReference,
  description: transfer.content,
  amount: signedAmount(transfer),
  runningBalance: 0,
  transactionDateTime: transfer.bookedAt,
  accountNumber: transfer.accountNumber,
  bankName: 'Simulated',
  bankAbbreviation: 'SIM',
  counterAccountNumber: transfer.counterAccount ?? null,
})

const olderLine = (transfer: SimulatedTransfer) => ({
  id: transfer.id,
  tid: transfer.bankReference,
  description: transfer.content,
  amount: signedAmount(transfer),
  cusum_balance: 0,
  when: transfer.bookedAt,
  subAccId: transfer.accountNumber,
  corresponsiveAccount: transfer.counterAccount ?? null,
})

export function payosCallback(transfer: SimulatedTransfer, access: PayosAccess): RawCallback {
  const data = {
    orderCode: transfer.id,
    amount: transfer.amountVnd,
    description: transfer.content,
    accountNumber: transfer.accountNumber,
    reference: transfer.bankReference,
    transactionDateTime: transfer.bookedAt,
    currency: 'VND',
    paymentLinkId: `simulated-${transfer.id}`,
    code: '00',
    desc: 'success',
    counterAccountNumber: transfer.counterAccount ?? null,
    virtualAccountNumber: null,
  }
  const signature = payosSignature(access.checksumKey, data)
  return {
    headers: JSON_TYPE,
    body: bytesOf({ code: '00', desc: 'success', success: true, data, signature }),
  }
}
