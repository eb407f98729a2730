/** The port, and the way straight to an account. */
import { expect, test } from 'vitest'
import { makePaymentKey } from './payment-key.ts'
import { VIETQR_PROVIDER } from './provider.ts'
import { decodeVietQr } from './vietqr.ts'

test('an order by VietQR: its account, its amount, its key, and nothing else', async () => {
  const key = makePaymentKey(Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2))
  const payee = { bin: '970415', account: '113366668888' }
  const { qrText } = await VIETQR_PROVIDER.createOrder({ key, amountVnd: 15_930, payee }, '2026-11-26')
  expect(decodeVietQr(qrText)).toEqual({
    ...payee,
    to: 'account',
    initiation: 'dynamic',
    amountVnd: 15_930,
    note: key,
  })
})

test('what no code can hold is refused', async () => {
  const order = { key: 'DP', amountVnd: 500_000_000, payee: { bin: '970415', account: '1' } }
  await expect(VIETQR_PROVIDER.createOrder(order, '2026-11-26')).rejects.toMatchObject({
    code: 'payments.amount-over-limit',
  })
})
