/** Verifying: what is trusted, what is merely whole, and that hostile bytes give problems instead of exceptions. */

import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { CELL_REFERRAL, REFERRAL } from '../papers/examples.ts'
import { renderPaper } from '../papers/render.ts'
import { makeTestAuthority } from './authority.ts'
import { attachmentsOf } from './attachments.ts'
import { exampleKeys, FILLED, signedAt, signedReferral, signExample } from './examples.ts'
import { preparePaper } from './prepare.ts'
import { verifyPaper } from './verify.ts'

let pdf: Uint8Array
let steps: readonly Uint8Array[]
let trust: string[]

beforeAll(async () => {
  const example = await signedReferral()
  pdf = example.pdf
  steps = example.steps
  trust = [(await exampleKeys()).root.certificatePem]
})

test('a wrong root: whole, but not trusted', async () => {
  const stranger = await makeTestAuthority('Người lạ', {
    from: new Date('2026-01-01'),
    to: new Date('2040-01-01'),
  })
  const result = verifyPaper(pdf, { trust: [stranger.certificatePem] })
  expect(result).toMatchObject({ valid: true, trusted: false, problems: [] })
  expect(result.signatures.map((signature) => signature.standing)).toEqual(['untrusted', 'untrusted'])
  expect(verifyPaper(pdf, { trust: [] })).toMatchObject({ valid: true, trusted: false })
})

test('a certificate revoked before it signed; revoked later, the signature stands', () => {
  const revoked = (at: Date) => verifyPaper(pdf, { trust, revokedAt: () => at })
  expect(revoked(signedAt(-10)).signatures[0]?.standing).toBe('revoked')
  expect(revoked(signedAt(-10)).trusted).toBe(false)
  expect(revoked(signedAt(10)).trusted).toBe(true)
})

test('a paper from the future is noticed when the day is known', () => {
  expect(verifyPaper(pdf, { trust, at: signedAt(10) }).valid).toBe(true)
  const early = verifyPaper(pdf, { trust, at: signedAt(-10) })
  expect(early.problems.map((problem) => problem.code)).toEqual([
    'signature.in-the-future',
    'signature.in-the-future',
  ])
})

test('half signed: valid so far, and it says who is still to sign', () => {
  expect(verifyPaper(steps[1] ?? pdf, { trust })).toMatchObject({
    valid: true,
    unsigned: ['organisation'],
    fields: {},
  })
  expect(verifyPaper(steps[0] ?? pdf, { trust })).toMatchObject({
    valid: false,
    problems: [{ code: 'file.not-signed' }],
    unsigned: ['person', 'organisation'],
  })
})

test('earlier papers carried inside are reachable and verify on their own', async () => {
  const first = await signExample({ template: 'referral', data: CELL_REFERRAL })
  const attachment = { name: 'hop-1.pdf', mimeType: 'application/pdf', description: 'Ô 1', bytes: first.pdf }
  const second = await signExample({ template: 'referral', data: REFERRAL, attachments: [attachment] })
  const [found] = attachmentsOf(second.pdf)
  expect(Buffer.compare(found?.bytes ?? new Uint8Array(), first.pdf)).toBe(0)
  expect(verifyPaper(found?.bytes ?? new Uint8Array(), { trust })).toMatchObject({
    valid: true,
    fields: FILLED,
  })
  expect(verifyPaper(second.pdf, { trust }).trusted).toBe(true)
})

test('every 97th byte flipped: not one of them still verifies', () => {
  const copy = Uint8Array.from(pdf)
  for (let at = 0; at < copy.length; at += 97) {
    const kept = copy[at] ?? 0
    copy[at] = kept ^ (at % 2 ? 0x01 : 0x20)
    expect(verifyPaper(copy, { trust }).valid, `byte ${at}`).toBe(false)
    copy[at] = kept
  }
  expect(verifyPaper(copy, { trust }).valid).toBe(true)
})

test('cut anywhere, it is not valid; cut after a revision, it is that revision', () => {
  for (let length = 0; length < pdf.length; length += 997) {
    const cut = verifyPaper(pdf.subarray(0, length), { trust })
    expect(cut.valid, `${length}`).toBe(false)
  }
})

test('mangled in many places at once: problems, never an exception, never valid', () => {
  const places = fc.array(fc.tuple(fc.nat(pdf.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(places, fc.nat(3), (edits, kind) => {
      const copy = Uint8Array.from(pdf)
      for (const [at, byte] of edits) {
        if (kind === 0) copy[at] = byte
        else if (kind === 1) copy.copyWithin(at, Math.max(0, at - byte), at)
        else if (kind === 2) copy.fill(byte, at, at + 16)
        else copy.set(pdf.subarray(byte * 100, byte * 100 + 64), Math.min(at, pdf.length - 64))
      }
      const same = Buffer.compare(copy, pdf) === 0
      expect(verifyPaper(copy, { trust }).valid).toBe(same)
    }),
    { numRuns: 300 },
  )
})

test('anything at all: problems, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(verifyPaper(bytes, { trust }).valid).toBe(false)
    }),
  )
})

test('a paper of 2026 verifies for ever', async () => {
  const vector = (name: string) => readFile(new URL(`./vectors/${name}`, import.meta.url))
  const root = (await vector('root-2026.pem')).toString()
  const result = verifyPaper(await vector('referral-2026.pdf'), { trust: [root] })
  expect(result).toMatchObject({ valid: true, trusted: true, test: true, fields: FILLED, unsigned: [] })
  expect(result.signatures.map(({ place, at }) => [place, at])).toEqual([
    ['person', '2026-08-05T02:12:33.000Z'],
    ['organisation', '2026-08-05T02:13:33.000Z'],
  ])
})

test('an unsigned paper of ours, a paper without a form', async () => {
  const rendered = await renderPaper({ template: 'referral', data: CELL_REFERRAL })
  expect(verifyPaper(rendered.pdf, { trust }).problems).toEqual([{ code: 'file.not-signed', facts: {} }])
  expect(verifyPaper(preparePaper(rendered), { trust }).unsigned).toEqual(['person'])
})
