/** The receipt of a remittance (biên nhận): its number is taken when the money is received; the paper is made when somebody opens it first. */
import { sql, type Write } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { amountInWords } from '../../../kernel/vietnamese-numbers.ts'
import { headingOf } from '../../../papers/bodies.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import { loadFile, numberPaper } from '../../../papers/store.ts'
import { ancestorsOn } from '../../../registry/organisations/store.ts'
import { standingOfRemittance } from '../law/remittance.ts'
import type { Remittance } from './remittances.ts'

/** @throws Refusal conflict `party-fees.remittance-not-open` where the money was not received, or was moved back */
export async function openRemittanceReceipt(
  write: Write,
  services: PaperServices,
  it: Remittance,
  at: Date,
): Promise<Uint8Array> {
  const standing = standingOfRemittance(it)
  if (standing !== 'received')
    throw new Refusal('conflict', 'party-fees.remittance-not-open', { facts: { standing } })
  const kept = () => write.maybe<{ sha256: string }>(sql`select sha256 from paper where id = ${it.id}`)
  if (!(await kept())) await issueReceipt(write, services, it, at)
  return (await loadFile(write, (await kept())!.sha256)).bytes
}

async function issueReceipt(write: Write, services: PaperServices, it: Remittance, at: Date): Promise<void> {
  const { id, superiorId, receivedOn, receiptNumber, receiptYear, sentHow, sentOn } = it
  if (!superiorId || !receivedOn || !receiptNumber || !receiptYear || !sentHow || !sentOn)
    throw new Error('what was received has a receiver, a day and a number')
  const chain = await ancestorsOn(write, superiorId, receivedOn)
  const reference = await bankReferenceOf(write, it)
  const title = `Biên nhận đảng phí nộp cấp trên số ${receiptNumber}/${receiptYear}`
  await issue(
    write,
    services,
    {
      id,
      kind: 'fee-remittance',
      hop: null,
      dossierId: null,
      organisationId: superiorId,
      title,
      content: (frame) => ({
        template: 'fee-remittance',
        data: {
          ...frame,
          heading: headingOf(chain, chain[0]!),
          receipt: { number: receiptNumber, year: receiptYear, on: receivedOn },
          payer: it.organisationName,
          collector: it.superiorName ?? '',
          month: it.month,
          method: sentHow,
          ...(sentHow === 'transfer' ? { key: it.key } : {}),
          ...(reference ? { bankReference: reference } : {}),
          sentOn,
          ...(it.receivedByName ? { receivedBy: it.receivedByName } : {}),
          baseVnd: it.baseVnd,
          keepPercent: String(it.keepPercent),
          keepVnd: it.keepVnd,
          amountVnd: it.remitVnd,
          amountInWords: amountInWords(it.remitVnd),
        },
      }),
      sign: { place: 'system', as: 'system' },
    },
    at,
  )
  await numberPaper(write, id, {
    series: 'fee-remittance',
    term: String(receiptYear),
    number: receiptNumber,
    symbol: `Số ${receiptNumber}/${receiptYear}`,
    issuedOn: receivedOn,
  })
}

/** The bank's own word where its line is known, else what the sender wrote. */
async function bankReferenceOf(
  write: Write,
  { inLineId, sentReference }: Remittance,
): Promise<string | null> {
  if (inLineId === null) return sentReference
  const { reference } = await write.one<{ reference: string }>(
    sql`select reference from bank_line where id = ${inLineId}`,
  )
  return reference
}
