/**
 * The list of keys outside the folder (danh sách khóa ký): which token or remote service holds whose key, from the JSON file
 * that SIGNING_KEYS_FILE names. It holds no secret: PINs and passwords stand in files of their own, which it names.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const path = z.string().min(1)
const name = z.string().regex(/^[\w.-]+$/)
/** `system`, `organisation:` and its code (a body without one: its id), `person:` and the member's id. */
const whose = z.string().regex(/^(?:system|organisation:[0-9a-zA-Z.-]+|person:[0-9a-f-]{36})$/)

const TOKEN = z.strictObject({
  /** the maker's PKCS#11 library */
  module: path,
  /** the token's label, or its serial number where two bear one label */
  token: z.string().min(1),
  pinFile: path,
  /** variables the maker's library needs */
  environment: z.record(z.string(), z.string()).optional(),
})

const KEY_ON_TOKEN = z
  .strictObject({
    whose,
    token: name,
    label: z.string().min(1).optional(),
    /** CKA_ID in hexadecimal */
    id: z
      .string()
      .regex(/^(?:[0-9a-fA-F]{2})+$/)
      .optional(),
    /** PEM file with certificates that the token does not hold */
    certificates: path.optional(),
  })
  .refine(({ label, id }) => label !== undefined || id !== undefined)

/** A remote signing service that speaks the API of the Cloud Signature Consortium, version 2. */
const SERVICE = z.strictObject({
  url: z.string().refine(isSafeAddress),
  clientId: z.string().min(1),
  clientSecretFile: path,
  /** how long a person may take to confirm on their phone */
  confirmSeconds: z.number().int().min(5).max(300).default(60),
})

const KEY_AT_SERVICE = z.strictObject({
  whose,
  service: name,
  credential: z.string().min(1),
  /** with the PIN of this credential alone, where its holder left it here */
  pinFile: path.optional(),
  /** with a code that serves once: it is sent once, whatever is answered */
  otpFile: path.optional(),
})

export const KEY_LIST = z
  .strictObject({
    tokens: z.record(name, TOKEN).default({}),
    services: z.record(name, SERVICE).default({}),
    keys: z.array(z.union([KEY_ON_TOKEN, KEY_AT_SERVICE])),
  })
  .refine(({ tokens, services, keys }) =>
    keys.every((key) => ('token' in key ? key.token in tokens : key.service in services)),
  )
  .refine(({ keys }) => new Set(keys.map((key) => key.whose)).size === keys.length)

export type KeyList = z.output<typeof KEY_LIST>
export type ListedKey = KeyList['keys'][number]

/** https, but on this very machine. */
function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1')
}

/** What a secret's file says, without the end of its line. */
export async function readSecret(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
}
