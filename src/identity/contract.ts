/** What travels between browser, callers and identity: forms, JSON bodies and answers. */
import { z } from 'zod'
import { isPlainDate } from '../kernel/plain-date.ts'
import { DELEGATION_FORMS } from './delegation-rules.ts'

/** A day, 'YYYY-MM-DD'. */
const day = z.string().trim().refine(isPlainDate)

/** Checkboxes come as nothing, one value or several. */
const codes = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string().min(1).max(100)).max(50),
)

/** An empty field of a form is an absent one. */
function optional<T extends z.ZodType>(field: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), field.optional())
}

/** What every form carries besides its own fields. */
const formToken = { csrf: z.string().max(200).optional(), openedAs: z.string().max(60).optional() }

const hatKey = z.string().min(1).max(60)

export const signInQuery = z.object({ return: z.string().max(2000).optional() })

export const callbackQuery = z.looseObject({ state: z.string().min(1).max(500) })

export const hatForm = z.object({ ...formToken, hat: hatKey, return: z.string().max(2000).optional() })

export const sessionsQuery = z.object({
  done: z.enum(['passkey-added', 'passkey-removed']).optional().catch(undefined),
})

export const endSessionForm = z.object({
  ...formToken,
  session: z.union([z.literal(['others', 'all']), z.uuid()]),
})

/** base64url, as browsers send bytes */
const bytes = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]+$/)
/** what was said by a key, in the form WebAuthn gives it in JSON; what it says is checked by `passkey-checks.ts` */
const credential = {
  id: bytes.max(2000),
  rawId: bytes.max(2000),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
}

export const newPasskeyBody = z.object({
  name: z.string().trim().min(1).max(80),
  answer: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes,
      attestationObject: bytes,
      transports: z.array(z.string().max(40)).max(10).optional(),
    }),
  }),
})

export const passkeySignInBody = z.object({
  return: z.string().max(2000).optional(),
  answer: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes,
      authenticatorData: bytes,
      signature: bytes,
      userHandle: bytes.nullish(),
    }),
  }),
})

export const removePasskeyForm = z.object({
  ...formToken,
  passkey: z.union([z.literal('all'), z.uuid()]),
})

export const idParams = z.object({ id: z.uuid() })

const delegationFields = {
  ...formToken,
  id: z.uuid(),
  officeId: optional(z.uuid()),
  procedures: codes,
  validFrom: day,
  validTo: day,
  form: z.enum(DELEGATION_FORMS),
  basis: z.string().trim().min(1).max(500),
  evidenceSha256: optional(z.string().regex(/^[0-9a-f]{64}$/)),
}

/** The delegate is named by ID and name together, or chosen among the organisations above one's own. */
export const delegationBody = z.discriminatedUnion('delegateKind', [
  z.object({
    ...delegationFields,
    delegateKind: z.literal('member'),
    delegatePersonalId: z
      .string()
      .trim()
      .regex(/^\d{12}$/),
    delegateName: z.string().trim().min(1).max(200),
  }),
  z.object({
    ...delegationFields,
    delegateKind: z.literal('organisation'),
    delegateOrganisationId: z.uuid(),
  }),
])
export type DelegationBody = z.output<typeof delegationBody>

/** The same as a page sends it: each day in three fields, day, month and year. */
export const delegationForm = z.preprocess(
  (fields) => ({
    ...(fields as object),
    validFrom: joinedDay(fields, 'validFrom'),
    validTo: joinedDay(fields, 'validTo'),
  }),
  delegationBody,
)

function joinedDay(fields: unknown, name: string): unknown {
  const values = (fields ?? {}) as Record<string, unknown>
  const part = (which: string, digits: number) =>
    String(values[`${name}-${which}`] ?? '')
      .trim()
      .padStart(digits, '0')
  return values[name] ?? `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`
}

export const hatAnswer = z.object({
  key: z.string(),
  position: z.string(),
  positionName: z.string().optional(),
  positionNameEn: z.string().optional(),
  organisationId: z.string(),
  organisationName: z.string(),
  officeId: z.string().optional(),
  onBehalfOf: z
    .object({
      memberId: z.string(),
      grantId: z.string(),
      name: z.string(),
      procedures: z.array(z.string()).readonly(),
    })
    .optional(),
})

const instant = z.iso.datetime()

/** 'passkey': reads and drafts, does nothing official */
const sessionLevel = z.enum(['level-2', 'passkey'])

export const sessionAnswer = z.object({
  id: z.string(),
  memberId: z.string(),
  memberName: z.string(),
  hat: hatAnswer,
  hatEnded: z.boolean(),
  officer: z.boolean(),
  level: sessionLevel,
  signedInAt: instant,
  endsAt: instant,
  csrf: z.string(),
})

export const hatsAnswer = z.object({ hats: z.array(hatAnswer) })

export const sessionsAnswer = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      device: z.string(),
      level: sessionLevel,
      signedInAt: instant,
      lastSeenAt: instant,
      endsAt: instant,
      current: z.boolean(),
    }),
  ),
})

export const delegationAnswer = z.object({
  id: z.string(),
  delegatorName: z.string(),
  delegateName: z.string(),
  office: z.object({ id: z.string(), position: z.string(), organisation: z.string() }).nullable(),
  procedures: z.array(z.string()).readonly(),
  validFrom: z.string(),
  validTo: z.string(),
  form: z.enum(DELEGATION_FORMS),
  basis: z.string(),
  standing: z.enum(['coming', 'running', 'ended', 'revoked']),
  grantedAt: instant,
  revokedAt: instant.nullable(),
})

export const delegationsAnswer = z.object({
  given: z.array(delegationAnswer),
  received: z.array(delegationAnswer),
})
