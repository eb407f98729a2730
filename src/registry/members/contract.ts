/** What travels about members: queries, the reason for a look at whole numbers, lists and records. */
import { z } from 'zod'

/** Lists are read page by page; nobody turns a thousand of them. */
export const PAGE_NUMBER = z.coerce.number().int().min(1).max(1_000).default(1)

/** A query typed into a box: words of a name or digits. */
export const TYPED = z.string().trim().max(100).default('')

/** The same for members: a blank at the end says that the last word is whole. */
const TYPED_NAME = z
  .string()
  .overwrite((text) => text.trimStart().replace(/\s+$/, ' '))
  .max(100)
  .default('')

/** The day looked at: today unless said; what is not a past day the registry knows is refused by `readerOn`. */
export const ON = z.string().max(40).optional().describe('YYYY-MM-DD: the registry as it was on that day')

const OWNER = z.uuid().optional().describe('one of the reader’s; the reader’s own unless said')

/** In an address: words alone, since a number would stand in every log on the way. */
export const LISTING = z.object({
  q: TYPED_NAME.describe('words of a name, a blank after a whole one; numbers go by POST'),
  organisation: OWNER,
  page: PAGE_NUMBER,
  on: ON,
})

/** The page's own links: `s` is what was typed, sealed for the session. */
export const LISTING_PAGE = LISTING.extend({ s: z.string().max(1_000).optional() })

/** In a body. */
export const SEARCH = z.object({
  q: TYPED_NAME.describe(
    'words of a name, a blank after a whole one, or digits: the last 4 and more of a personal ID, or the first 6 and more of it or of a card number',
  ),
  organisation: OWNER,
  page: PAGE_NUMBER,
  on: ON,
})

export const MEMBER_ADDRESS = z.object({ id: z.uuid() })
export const EXPORT_FORMAT = z.object({ format: z.enum(['xlsx', 'csv']) })
export const SHOWN_UNDER = z.object({ reading: z.uuid().optional() })
export const MEMBER_QUERY = z.object({ on: ON })

/** A look at whole numbers, under an id the caller makes up. */
export const READING = z.object({ id: z.uuid().optional(), reason: z.string().trim().min(5).max(300) })

const PRECISION = z.enum(['day', 'month', 'year'])
const STANDING = z.enum(['active', 'exempt', 'left', 'removed', 'deceased'])
const MEMBERSHIP = z.enum(['active', 'in-transit'])
const text = z.string().nullable()
const day = z.iso.date().nullable()

const LINE = z.object({
  id: z.uuid(),
  fullName: z.string(),
  sex: z.enum(['male', 'female']),
  birthDate: z.iso.date(),
  birthPrecision: PRECISION,
  personalId: z.string().describe('masked'),
  cardNumber: text.describe('masked'),
  officialOn: day,
  standing: STANDING,
  organisationId: z.uuid(),
  organisationName: z.string(),
  membership: MEMBERSHIP,
  probationary: z.boolean(),
})

export const MEMBER_LIST = z.object({
  on: z.iso.date().describe('the day looked at'),
  lines: z.array(LINE),
  total: z.int().describe('how many there are; of a search with `more`, how many are known so far'),
  more: z.boolean().describe('of a search: there are more than were counted'),
  page: z.int(),
  pages: z.int(),
  meant: z.string().optional().describe('nobody is called what was typed: these are called so'),
})

const HELD_OFFICE = z.object({
  id: z.uuid(),
  positionName: z.string(),
  positionNameEn: z.string(),
  organisationName: z.string(),
  since: z.iso.date(),
  until: day,
})

export const MEMBER = z.object({
  id: z.uuid(),
  facts: z.object({
    fullName: z.string(),
    otherName: text,
    sex: z.enum(['male', 'female']),
    birthDate: z.iso.date(),
    birthPrecision: PRECISION,
    ethnicity: text,
    religion: text,
    personalId: z.string(),
    cardNumber: text,
    cardPlace: text,
    cardIssuedOn: day,
    oldCardNumber: text,
    birthCountry: text,
    birthProvince: text,
    birthDetail: text,
    nativeCountry: text,
    nativeProvince: text,
    nativeDetail: text,
    residenceCountry: text,
    residenceProvince: text,
    residenceDetail: text,
    birthCommune: text,
    residenceCommune: text,
    joinedOn: day,
    joinedPrecision: PRECISION,
    officialOn: day.describe('null: a probationary member'),
    oldIdNumber: text,
    phone: text,
    standing: STANDING,
    endedOn: day,
    cvNumber: text,
  }),
  probationary: z.boolean(),
  remindByPhone: z.boolean().describe('the member agrees to be reminded by phone'),
  whole: z.boolean().describe('false: personal ID, card, old numbers and telephone are masked'),
  counted: z
    .array(
      z.object({
        organisationId: z.uuid(),
        organisationName: z.string(),
        standing: MEMBERSHIP,
        since: z.iso.date(),
        until: day.describe('the last day of it; null: still'),
      }),
    )
    .describe('the present one first'),
  offices: z.array(HELD_OFFICE),
  holds: z
    .array(
      z.object({
        id: z.uuid(),
        kind: z.enum(['inspection', 'complaint', 'discipline']),
        basis: z.string(),
        setOn: z.iso.date(),
        liftedOn: day,
        liftBasis: text,
      }),
    )
    .optional()
    .describe('for the inspection chair and the committee’s leaders alone'),
})

/** On a past day: what the list of that day shows, since when, and the offices of that day. */
export const MEMBER_ON_DAY = z.object({
  on: z.iso.date(),
  line: LINE.extend({ since: z.iso.date() }),
  offices: z.array(HELD_OFFICE),
})
export const MEMBER_ANSWER = z.union([MEMBER, MEMBER_ON_DAY])

export const WHOLE_MEMBER = z.object({ id: z.uuid(), wholeUntil: z.iso.datetime(), member: MEMBER })
