/** Signing papers: one revision a signature, into places kept free, everything before it byte for byte the same. */

import { PDF } from '@libpdf/core'
import { expect, test } from 'vitest'
import { Refusal } from '../kernel/refusal.ts'
import { checkStructure } from '../papers/check-structure.ts'
import { stampingWith } from '../../tests/time-authority.ts'
import { CELL_REFERRAL, EXAMPLES, REFERRAL, SELF_REVIEW } from '../papers/examples.ts'
import { openPdf, pagesOf, resolve } from '../papers/pdf/revisions.ts'
import { isStream } from '../papers/pdf/values.ts'
import { renderPaper } from '../papers/render.ts'
import { issueTestCertificate, signingKey } from './authority.ts'
import { exampleKeys, FILLED, signedAt, signedReferral, signExample } from './examples.ts'
import { preparePaper } from './prepare.ts'
import { localTime, signPaper } from './seal.ts'
import { verifyPaper } from './verify.ts'

const trust = async () => [(await exampleKeys()).root.certificatePem]

test('ETSI EN 319 142-1: person, then number and date with the organisation; valid, trusted, marked TEST', async () => {
  const { pdf } = await signedReferral()
  const result = verifyPaper(pdf, { trust: await trust() })
  expect(result).toMatchObject({
    valid: true,
    trusted: true,
    test: true,
    unsigned: [],
    problems: [],
    fields: FILLED,
  })
  expect(result.signatures).toMatchObject([
    {
      place: 'person',
      signer: 'Trần Quốc Toản (TEST)',
      title: 'Phó bí thư',
      organisation: 'Đảng ủy phường Tân Tạo',
      at: signedAt(0).toISOString(),
      standing: 'valid',
      coversWholeFile: false,
    },
    { place: 'organisation', at: signedAt(1).toISOString(), standing: 'valid', coversWholeFile: true },
  ])
  expect(result.changes).toEqual([
    { revision: 1, field: 'person', what: 'signed' },
    { revision: 2, field: 'number', what: 'filled' },
    { revision: 2, field: 'date', what: 'filled' },
    { revision: 2, field: 'organisation', what: 'signed' },
  ])
})

test('each signature is an incremental revision: what stood before is the beginning of what stands after', async () => {
  const { steps } = await signedReferral()
  steps.slice(1).forEach((step, index) => {
    const before = steps[index] ?? step
    expect(step.length).toBeGreaterThan(before.length)
    expect(Buffer.compare(step.subarray(0, before.length), before)).toBe(0)
  })
})

test('page content stays byte-identical through typesetting, preparing, signing and filling', async () => {
  const contents = (pdf: Uint8Array) => {
    const opened = openPdf(pdf)
    return pagesOf(opened).map(({ page }) => {
      const content = resolve(opened, page.get('Contents'))
      return isStream(content) ? Buffer.from(content.raw).toString('hex') : ''
    })
  }
  const rendered = await renderPaper({ template: 'referral', data: REFERRAL })
  const { pdf } = await signedReferral()
  expect(contents(pdf)).toEqual(contents(rendered.pdf))
  expect(contents(pdf)[0]).not.toBe('')
})

test.each(EXAMPLES.map((paper) => [paper.template, paper] as const))(
  'ISO 19005-3: %s keeps the marks of tagged PDF/A through all its signatures, and verifies',
  async (_, paper) => {
    const { steps, pdf } = await signExample(paper)
    for (const step of steps) expect(checkStructure(step)).toEqual([])
    expect(verifyPaper(pdf, { trust: await trust() })).toMatchObject({
      valid: true,
      trusted: true,
      unsigned: [],
    })
  },
)

test('a body without a seal: the person’s signature alone, with number and date in its own revision', async () => {
  const { pdf } = await signExample({ template: 'referral', data: CELL_REFERRAL })
  const result = verifyPaper(pdf, { trust: await trust() })
  expect(result.signatures.map((signature) => signature.place)).toEqual(['person'])
  expect(result).toMatchObject({ valid: true, fields: FILLED, unsigned: [] })
})

test('three signers on one paper: cell, committee’s secretary, seal', async () => {
  const { pdf } = await signExample({ template: 'self-review', data: SELF_REVIEW })
  const result = verifyPaper(pdf, { trust: await trust() })
  expect(result.signatures.map((signature) => [signature.place, signature.coversWholeFile])).toEqual([
    ['cell', false],
    ['person', false],
    ['organisation', true],
  ])
  expect(result.valid).toBe(true)
})

test('another reader of PDF sees the same fields and values', async () => {
  const { pdf } = await signedReferral()
  const form = (await PDF.load(pdf)).getForm()
  const fields = form?.getFields().map((field) => [field.name, field.type]) ?? []
  expect(fields).toEqual([
    ['number', 'text'],
    ['date', 'text'],
    ['person', 'signature'],
    ['organisation', 'signature'],
  ])
  expect(form?.getTextField('number')?.getValue()).toBe(FILLED.number)
})

test('a clock that went back: by seconds the order of signatures holds, by more the paper is not signed', async () => {
  const { organisation } = await exampleKeys()
  const { steps } = await signedReferral()
  const once = steps[1] ?? new Uint8Array()
  const signAfter = (ms: number) =>
    signPaper(once, {
      place: 'organisation',
      key: organisation,
      at: new Date(signedAt(0).getTime() + ms),
      fill: FILLED,
    })
  for (const ms of [0, -60_000]) {
    const result = verifyPaper(await signAfter(ms), { trust: await trust() })
    expect(result).toMatchObject({ valid: true, problems: [] })
    expect(result.signatures[1]?.at).toBe(signedAt(0).toISOString())
  }
  await expect(signAfter(-61_000)).rejects.toMatchObject({
    kind: 'conflict',
    code: 'signature.before-the-last',
  })
})

test('a place is signed once, a field filled once', async () => {
  const { organisation, person } = await exampleKeys()
  const { pdf, steps } = await signedReferral()
  const again = signPaper(pdf, { place: 'organisation', key: organisation, at: signedAt(5) })
  await expect(again).rejects.toThrow(
    expect.objectContaining({ kind: 'conflict', code: 'paper.place-taken' }),
  )
  const filled = await signPaper(steps[0] ?? pdf, {
    place: 'person',
    key: person,
    at: signedAt(0),
    fill: { number: 'Số 01-GGT/ĐU' },
  })
  const refilled = signPaper(filled, {
    place: 'organisation',
    key: organisation,
    at: signedAt(1),
    fill: FILLED,
  })
  await expect(refilled).rejects.toThrow(Refusal)
  await expect(signPaper(pdf, { place: 'nobody', key: person, at: signedAt(1) })).rejects.toThrow(
    /no Sig field/,
  )
})

test('nobody signs with a certificate that is not valid that day', async () => {
  const { root } = await exampleKeys()
  const validity = { from: new Date('2026-01-01'), to: new Date('2026-02-01') }
  const key = signingKey(await issueTestCertificate(root, { name: 'Cũ', kind: 'person' }, validity))
  const paper = preparePaper(await renderPaper({ template: 'referral', data: CELL_REFERRAL }))
  const late = signPaper(paper, { place: 'person', key, at: signedAt(0) })
  await expect(late).rejects.toThrow(expect.objectContaining({ code: 'signature.certificate-not-valid' }))
})

test('ETSI EN 319 142-1, B-T: a time-stamp proves the time', async () => {
  const { root, person } = await exampleKeys()
  const validity = { from: new Date('2026-01-01'), to: new Date('2030-01-01') }
  const stamping = signingKey(await issueTestCertificate(root, { name: 'TSA', kind: 'timestamp' }, validity))
  const paper = preparePaper(await renderPaper({ template: 'referral', data: CELL_REFERRAL }))
  const stampedAt = new Date('2026-08-05T02:13:00Z')
  const key = { ...person, stamp: stampingWith(stamping, () => stampedAt) }
  const pdf = await signPaper(paper, { place: 'person', key, at: signedAt(0) })
  const result = verifyPaper(pdf, { trust: await trust() })
  expect(result).toMatchObject({ valid: true, trusted: true })
  expect(result.signatures[0]).toMatchObject({ timestamped: true, at: stampedAt.toISOString() })
  const wrong = { ...person, stamp: stampingWith(person, () => stampedAt) }
  const forged = await signPaper(paper, { place: 'person', key: wrong, at: signedAt(0) })
  expect(verifyPaper(forged, { trust: await trust() }).problems).toMatchObject([
    { code: 'signature.timestamp' },
  ])
})

test('names longer than any seal, a reason with brackets and accents', async () => {
  const { root } = await exampleKeys()
  const validity = { from: new Date('2026-01-01'), to: new Date('2030-01-01') }
  const name =
    'Đảng ủy Tổng công ty Đầu tư Phát triển Hạ tầng Kỹ thuật và Khu công nghiệp miền Đông Nam Bộ '.repeat(2)
  const key = signingKey(
    await issueTestCertificate(root, { name, title: name, organisation: name, kind: 'person' }, validity),
  )
  const rendered = await renderPaper({ template: 'self-review', data: SELF_REVIEW })
  let pdf = preparePaper(rendered)
  for (const [index, { name: place }] of rendered.places.entries()) {
    pdf = await signPaper(pdf, { place, key, at: signedAt(index), reason: 'Duyệt (lần 2) \\ đã đọc' })
  }
  const result = verifyPaper(pdf, { trust: await trust() })
  expect(result).toMatchObject({ valid: true, trusted: true })
  expect(result.signatures[0]?.reason).toBe('Duyệt (lần 2) \\ đã đọc')
})

test('the time on the page is the time of Viet Nam', () => {
  expect(localTime(new Date('2026-08-05T20:12:33Z'))).toBe('06/08/2026 03:12:33 +07:00')
})
