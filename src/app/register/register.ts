/** The referral register (sổ giới thiệu sinh hoạt đảng, Mẫu 10-SHĐ) of one organisation: the letters of every procedure, in one book. */
import { createHash } from 'node:crypto'
import { sql, type Database, type Read } from '../../kernel/db.ts'
import { todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import { headingOf, seatOf } from '../../papers/bodies.ts'
import { issue, type PaperServices } from '../../papers/issue.ts'
import type { ReferralRegisterPaper, RegisterLine } from '../../papers/layout.ts'
import { loadFile } from '../../papers/store.ts'
import { ancestorsOn } from '../../registry/organisations/store.ts'
import type { RegisterEntry, RegisterPart } from '../../web/introductions.ts'

/** The members whom the lines of a year name. */
export async function registerSubjects(
  read: Read,
  parts: readonly RegisterPart[],
  organisationId: string,
  year: number,
): Promise<string[]> {
  const found = await Promise.all(parts.map((part) => part.subjects(read, organisationId, year)))
  return [...new Set(found.flat())]
}

/** The lines of a year in the order of their days, those received before those referred out, then by number. */
export async function registerLines(
  read: Read,
  parts: readonly RegisterPart[],
  organisationId: string,
  year: number,
): Promise<RegisterLine[]> {
  const found = await Promise.all(parts.map((part) => part.lines(read, organisationId, year)))
  return found
    .flat()
    .sort(inOrder)
    .map(({ number: _number, ...line }, index) => ({ ordinal: index + 1, ...line }))
}

function inOrder(one: RegisterEntry, other: RegisterEntry): number {
  const day = compare(one.on, other.on) || compare(one.direction, other.direction)
  return day || (one.number ?? 0) - (other.number ?? 0) || compare(one.fullName, other.fullName)
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** The register of a year as a paper's data. */
export async function registerPaper(
  read: Read,
  parts: readonly RegisterPart[],
  organisationId: string,
  year: number,
  today: PlainDate,
): Promise<Omit<ReferralRegisterPaper, 'title' | 'madeAt' | 'verifyUrl' | 'test'>> {
  const chain = await ancestorsOn(read, organisationId, today)
  const place = chain[0]!
  return {
    heading: headingOf(chain, place, place.tier === 'advisory'),
    from: `${year}-01-01`,
    to: today < `${year}-12-31` ? today : `${year}-12-31`,
    lines: await registerLines(read, parts, organisationId, year),
    place: seatOf(chain, place),
    on: today,
    signing: { position: 'XÁC NHẬN CỦA HỆ THỐNG', name: 'Trích từ sổ điện tử', seal: false },
  }
}

/** The register of a year as a PDF the system's seal keeps whole; the same content of a day is issued once. */
export async function issueRegister(
  database: Database,
  services: PaperServices,
  parts: readonly RegisterPart[],
  organisationId: string,
  year: number,
  at: Date,
): Promise<Uint8Array> {
  return database.transaction(async (write) => {
    const data = await registerPaper(write, parts, organisationId, year, todayIn(at))
    const contentDigest = createHash('sha256').update(JSON.stringify(data)).digest('hex')
    const issued = () =>
      write.maybe<{ sha256: string }>(sql`
        select sha256 from paper
         where organisation_id = ${organisationId} and kind = 'referral-register' and content_digest = ${contentDigest}`)
    const known = await issued()
    if (known) return (await loadFile(write, known.sha256)).bytes
    await issue(
      write,
      services,
      {
        kind: 'referral-register',
        hop: null,
        dossierId: null,
        organisationId,
        title: `Sổ giới thiệu sinh hoạt đảng ${year}`,
        contentDigest,
        content: (frame) => ({ template: 'referral-register', data: { ...frame, ...data } }),
        sign: { place: 'person', as: 'system' },
      },
      at,
    )
    return (await loadFile(write, (await issued())!.sha256)).bytes
  })
}
