/** A test authority with some certificates, and papers signed by them: for tests and `check-papers`. */

import { REFERRAL } from '../papers/examples.ts'
import type { Paper, PaperAttachment } from '../papers/layout.ts'
import { renderPaper } from '../papers/render.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  signingKey,
  type CertificateSubject,
  type SigningKey,
  type StoredKey,
} from './authority.ts'
import { preparePaper } from './prepare.ts'
import { signPaper } from './seal.ts'

export interface ExampleKeys {
  readonly root: StoredKey
  readonly person: SigningKey
  readonly organisation: SigningKey
}

const VALIDITY = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2032-01-01T00:00:00Z') }
const COMMITTEE = 'Đảng ủy phường Tân Tạo'

let made: Promise<ExampleKeys> | undefined

/** The same keys for the whole run: each takes a moment to make. */
export function exampleKeys(): Promise<ExampleKeys> {
  made ??= makeKeys()
  return made
}

async function makeKeys(): Promise<ExampleKeys> {
  const root = await makeTestAuthority('CA thử nghiệm', VALIDITY)
  const issue = async (subject: CertificateSubject) => {
    return signingKey(await issueTestCertificate(root, subject, VALIDITY))
  }
  const [person, organisation] = await Promise.all([
    issue({ name: 'Trần Quốc Toản', organisation: COMMITTEE, title: 'Phó bí thư', kind: 'person' }),
    issue({ name: COMMITTEE, organisation: COMMITTEE, kind: 'organisation' }),
  ])
  return { root, person, organisation }
}

/** The moment the `step`th signature is given. */
export function signedAt(step: number): Date {
  return new Date(Date.UTC(2026, 7, 5, 2, 12 + step, 33))
}

export const FILLED = { number: 'Số 07-GGT/ĐU', date: 'Tân Tạo, ngày 05 tháng 8 năm 2026' }

export interface SignedExample {
  /** before anybody signed, then after each signature */
  readonly steps: readonly Uint8Array[]
  readonly pdf: Uint8Array
  readonly pages: number
}

/** A paper through all its places in order; the last one brings number and date as far as the paper has them. */
export async function signExample(
  paper: Paper & { readonly attachments?: readonly PaperAttachment[] },
): Promise<SignedExample> {
  const { person, organisation } = await exampleKeys()
  const rendered = await renderPaper(paper)
  const steps = [preparePaper(rendered)]
  const fill = Object.fromEntries(
    Object.entries(FILLED).filter(([name]) => rendered.fields.some((field) => field.name === name)),
  )
  for (const [index, { name }] of rendered.places.entries()) {
    const last = index === rendered.places.length - 1
    const signed = await signPaper(steps.at(-1) ?? rendered.pdf, {
      place: name,
      key: name === 'organisation' || name === 'system' ? organisation : person,
      at: signedAt(index),
      ...(last ? { fill } : {}),
    })
    steps.push(signed)
  }
  return { steps, pdf: steps.at(-1) ?? rendered.pdf, pages: rendered.pages }
}

/** A referral with person's and organisation's signatures. */
export function signedReferral(): Promise<SignedExample> {
  return signExample({ template: 'referral', data: REFERRAL })
}
