/** A decision as a member would hand it in: a small PDF of its own, not one of our papers. */
import { PDF } from '@libpdf/core'

/** One page, made with a library that knows nothing of our papers. */
export async function decisionPdf(): Promise<Uint8Array> {
  const pdf = PDF.create()
  const page = pdf.addPage({ size: 'a4' })
  page.drawText('GIAY XAC NHAN THAY DOI NOI CU TRU', { x: 90, y: 720, size: 16 })
  page.drawText('So 15/XN-CT. Noi cu tru moi: phuong Cau Kieu.', { x: 90, y: 680, size: 12 })
  return pdf.save()
}
