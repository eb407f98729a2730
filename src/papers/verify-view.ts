/** What anybody may know of a paper: kind, number, date, issuer, signing offices and standing; nothing of the member. */
import { sql, type Read } from '../kernel/db.ts'
import { todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { heirsOf } from '../registry/organisations/successors.ts'
import type { Readers } from '../foreign-files/readers.ts'
import type { SignatureReport } from '../signatures/verify.ts'
import { findPaperBySha256, findPaperByToken, sha256Of, type Paper } from './store.ts'

export interface PublicPaper {
  readonly kind: string
  readonly symbol: string | null
  readonly issuedOn: PlainDate | null
  readonly issuer: string
  readonly signers: readonly { readonly office: string; readonly organisation: string; readonly at: string }[]
  readonly standing: 'valid' | 'incomplete' | 'voided' | 'replaced'
  readonly voidedOn: PlainDate | null
  /** who took over from the issuer, where it is no longer there (tổ chức kế thừa) */
  readonly succeededBy: string | null
}

/** The paper of a token, or undefined for a token nobody was given. */
export async function publicPaper(
  read: Read,
  token: string,
  today: PlainDate,
): Promise<PublicPaper | undefined> {
  const paper = await findPaperByToken(read, token)
  return paper && toPublic(read, paper, today)
}

async function toPublic(read: Read, paper: Paper, today: PlainDate): Promise<PublicPaper> {
  const madeOn = todayIn(paper.createdAt)
  const [place, heirs] = await Promise.all([
    issuerOn(read, paper.organisationId, madeOn),
    heirsOf(read, [paper.organisationId], today),
  ])
  const standing = paper.voidedAt
    ? paper.replacedBy
      ? 'replaced'
      : 'voided'
    : isWhole(paper, place?.sealed ?? false)
      ? 'valid'
      : 'incomplete'
  return {
    kind: paper.kind,
    symbol: paper.symbol,
    issuedOn: paper.issuedOn,
    issuer: paper.signers.find((signer) => signer.organisation !== '')?.organisation ?? place?.name ?? '',
    signers: paper.signers.map(({ office, organisation, at }) => ({ office, organisation, at })),
    standing,
    voidedOn: paper.voidedAt && todayIn(paper.voidedAt),
    succeededBy: heirs.get(paper.organisationId)?.name ?? null,
  }
}

/** The issuer as it was that day; one that had ended before it issued the paper, as it was at its end. */
async function issuerOn(
  read: Read,
  id: string,
  day: PlainDate,
): Promise<{ name: string; sealed: boolean } | undefined> {
  const { last } = await read.one<{ last: PlainDate | null }>(sql`
    select max(least(${day}::date, coalesce(valid_to - 1, ${day}::date))) as last from organisation_period
     where organisation_id = ${id} and valid_from <= ${day}::date and (valid_to is null or valid_to > valid_from)`)
  if (last === null) return undefined
  return read.maybe(
    sql`select o.name, o.has_seal as sealed from organisation_on(${last}::date) o where o.id = ${id}`,
  )
}

/** Signed at every place it needs: those it names, else by a person, and by the issuer where that has a seal. */
function isWhole({ places, signers }: Paper, sealed: boolean): boolean {
  const signed = new Set(signers.map(({ place }) => place))
  if (places) return places.every((place) => signed.has(place))
  return !sealed || signed.has('organisation') || signed.has('system')
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
  { database: { read }, readers }: { readonly database: { readonly read: Read }; readonly readers: Readers },
  bytes: Uint8Array,
  roots: { readonly trust: readonly string[]; readonly timestamps?: readonly string[] | undefined },
  at: Date,
  token?: string,
): Promise<CheckedFile> {
  const { trust, timestamps = trust } = roots
  const verified = await readers.paper(bytes, { trust, trustTimestamps: timestamps, at, limits: STRANGERS })
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
    carried: verified.carried,
    problems: codes,
    paper: known ? await toPublic(read, known, todayIn(at)) : null,
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
