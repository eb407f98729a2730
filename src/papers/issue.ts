/** Issues a paper: typesets it, signs it at one place and keeps it, in the transaction of whoever asks. */
import type { Write } from '../kernel/db.ts'
import { preparePaper } from '../signatures/prepare.ts'
import { signPaper } from '../signatures/seal.ts'
import type { SignerSource } from '../signatures/signer-source.ts'
import type { Paper as PaperToRender, PaperAttachment, PaperFrame } from './layout.ts'
import { renderPaper } from './render.ts'
import { insertPaper, newToken, storeFile, type PaperSigner } from './store.ts'

/** What making a paper needs beside what it says. */
export interface PaperServices {
  readonly signers: SignerSource
  /** https address under which papers are checked */
  readonly publicUrl: string
}

/** What stands on a paper, its frame apart. */
export interface Typeset {
  readonly title: string
  readonly content: (frame: PaperFrame) => PaperToRender
  readonly attachments?: readonly PaperAttachment[]
}

/** A paper under its token, ready to be signed by nobody yet. */
export async function typesetPaper(
  services: PaperServices,
  token: string,
  { title, content, attachments }: Typeset,
  at: Date,
): Promise<Uint8Array> {
  const frame: PaperFrame = {
    title,
    madeAt: at.toISOString(),
    verifyUrl: `${services.publicUrl}/verify/${token}`,
    test: services.signers.test,
  }
  return preparePaper(
    await renderPaper({ ...content(frame), ...(attachments ? { attachments: [...attachments] } : {}) }),
  )
}

/** Renders, signs at one place and stores a paper; its bytes and its row stand in the caller's transaction. */
export async function issue(
  write: Write,
  services: PaperServices,
  paper: Typeset & {
    readonly id?: string
    readonly kind: string
    readonly hop: number | null
    readonly dossierId: string | null
    readonly organisationId: string
    /** of a paper that is issued once for the same content */
    readonly contentDigest?: string
    readonly sign: {
      readonly place: string
      readonly as:
        'system' | { readonly memberId: string; readonly office: string; readonly organisation: string }
      readonly fill?: Readonly<Record<string, string>>
    }
  },
  at: Date,
): Promise<void> {
  const token = newToken()
  const prepared = await typesetPaper(services, token, paper, at)
  const { as, place, fill } = paper.sign
  const key =
    as === 'system' ? await services.signers.forSystem() : await services.signers.forPerson(as.memberId)
  const signed = await signPaper(prepared, { place, key, at, ...(fill ? { fill } : {}) })
  const signers: PaperSigner[] = [
    as === 'system'
      ? { place, office: 'Hệ thống', organisation: '', at: at.toISOString() }
      : { place, office: as.office, organisation: as.organisation, at: at.toISOString() },
  ]
  const sha256 = await storeFile(write, signed, 'pdf')
  const { id, kind, hop, dossierId, organisationId, contentDigest } = paper
  await insertPaper(write, {
    ...(id ? { id } : {}),
    kind,
    hop,
    dossierId,
    organisationId,
    token,
    signers,
    sha256,
    at,
    ...(contentDigest ? { contentDigest } : {}),
  })
}
