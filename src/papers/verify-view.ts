/** What anybody may know of a paper: kind, number, date, issuer, signing offices and standing; nothing of the member. */
import { sql, type Read } from '../kernel/db.ts'
import { todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { attachmentsOf } from '../signatures/attachments.ts'
import { verifyPaper, type SignatureReport } from '../signatures/verify.ts'
import { findPaperBySha256, findPaperByToken, sha256Of, type Paper } from './store.ts'

export interface PublicPaper {
  readonly kind: string
  readonly symbol: string | null
  readonly issuedOn: PlainDate | null
  readonly issuer: string
  readonly signers: readonly { readonly office: string; readonly organisation: string; readonly at: string }[]
  readonly standing: 'valid' | 'incomplete' | 'voided' | 'replaced'
  readonly voidedOn: PlainDate | null
}

/** The paper of a token, or undefined for a token nobody was given. */
export async function publicPaper(read: Read, token: string): Promise<PublicPaper | undefined> {
  const paper = await findPaperByToken(read, token)
  return paper && toPublic(read, paper)
}

async function toPublic(read: Read, paper: Paper): Promise<PublicPaper> {
  const place = await read.maybe<{ name: string; sealed: boolean }>(sql`
    select o.name, o.has_seal as sealed from organisation_on(${todayIn(paper.createdAt)}::date) o where o.id = ${paper.organisationId}`)
  const sealed = paper.signers.some((signer) => signer.place === 'organisation' || signer.place === 'system')
  const standing = paper.voidedAt
    ? paper.replacedBy
      ? 'replaced'
      : 'voided'
    : place?.sealed && !sealed
      ? 'incomplete'
      : 'valid'
  return {
    kind: paper.kind,
    symbol: paper.symbol,
    issuedOn: paper.issuedOn,
    issuer: paper.signers.find((signer) => signer.organisation !== '')?.organisation ?? place?.name ?? '',
    signers: paper.signers.map(({ office, organisation, at }) => ({ office, organisation, at })),
    standing,
    voidedOn: paper.voidedAt && todayIn(paper.voidedAt),
  }
}

/**
 * 'earlier': a paper of ours before its last signature; 'unknown': trusted signatures, on a file we never issued (whoever
 * has a certificate of a trusted root can sign anything); 'foreign': no trusted root stands behind a signature.
 */
export type CheckResult =
  'ours' | 'voided' | 'earlier' | 'other' | 'unknown' | 'foreign' | 'broken' | 'unsigned' | 'unreadable'

export interface CheckedFile {
  readonly result: CheckResult
  readonly signatures: readonly Pick<
    SignatureReport,
    'place' | 'organisation' | 'title' | 'at' | 'standing' | 'coversWholeFile' | 'test'
  >[]
  readonly test: boolean
  readonly carried: readonly {
    readonly name: string
    readonly description: string
    readonly sha256: string
  }[]
  readonly problems: readonly string[]
  /** the paper of ours that these bytes are */
  readonly paper: PublicPaper | null
}

/** Anybody may hand in anything: a register of thousands of lines stays below, a second of work is not passed. */
const STRANGERS = { objects: 100_000, values: 1_500_000 }

/** Checks a file whole; `token` says which paper it ought to be. Nothing of it is kept. */
export async function checkFile(
  read: Read,
  bytes: Uint8Array,
  trust: readonly string[],
  at: Date,
  token?: string,
): Promise<CheckedFile> {
  const verified = verifyPaper(bytes, { trust, at, limits: STRANGERS })
  const codes = verified.problems.map((problem) => problem.code)
  const sha256 = sha256Of(bytes)
  const known = await findPaperBySha256(read, sha256)
  return {
    result: resultOf(verified.valid, verified.trusted, codes, known, { sha256, token }),
    signatures: verified.signatures.map(
      ({ place, organisation, title, at: signedAt, standing, coversWholeFile, test }) => ({
        place,
        ...(organisation ? { organisation } : {}),
        ...(title ? { title } : {}),
        at: signedAt,
        standing,
        coversWholeFile,
        test,
      }),
    ),
    test: verified.test,
    carried: verified.valid
      ? attachmentsOf(bytes).map(({ name, description, sha256 }) => ({ name, description, sha256 }))
      : [],
    problems: codes,
    paper: known ? await toPublic(read, known) : null,
  }
}

function resultOf(
  valid: boolean,
  trusted: boolean,
  codes: readonly string[],
  known: Paper | undefined,
  { sha256, token }: { sha256: string; token: string | undefined },
): CheckResult {
  if (codes.includes('file.unreadable')) return 'unreadable'
  if (codes.includes('file.not-signed')) return 'unsigned'
  if (!valid) return 'broken'
  if (!trusted) return 'foreign'
  if (!known) return 'unknown'
  if (token !== undefined && known.token !== token) return 'other'
  if (known.voidedAt) return 'voided'
  return known.sha256 === sha256 ? 'ours' : 'earlier'
}
