/** The port through which a procedure asks for money: whoever collects stands behind it, and the procedure knows none. */
import type { PlainDate } from '../kernel/plain-date.ts'
import { encodeVietQr, type Payee } from './vietqr.ts'

/** What is to be paid, and by which word its payment will be known. */
export interface PaymentOrder {
  /** see payment-key.ts: it tells nothing of who pays or what for */
  readonly key: string
  readonly amountVnd: number
  readonly payee: Payee
}

/** What whoever pays is shown. */
export interface CreatedOrder {
  /** the text of a QR code */
  readonly qrText: string
}

/** It asks no more than something here uses; asking how an order stands, refunds and closing a day come with their first user. */
export interface PaymentProvider {
  readonly name: string
  createOrder(order: PaymentOrder, on: PlainDate): Promise<CreatedOrder>
}

/** Straight to the payee's account by VietQR: nobody is asked, and the payment is seen when the bank tells of it. */
export const VIETQR_PROVIDER: PaymentProvider = {
  name: 'vietqr',
  createOrder: async ({ key, amountVnd, payee }, on) => ({
    qrText: encodeVietQr({ ...payee, amountVnd, note: key }, on),
  }),
}
