/** Fields that the callbacks of all go-betweens have in common, as schemas. */
import { z } from 'zod'
import { malformed } from '../bank-line.ts'

/** A name that its sender gives: a number or a short text. */
export const reference = z
  .union([z.number().int().nonnegative(), z.string().min(1).max(100)])
  .transform((value) => String(value))

export const text = z
  .string()
  .max(4000)
  .nullish()
  .transform((value) => value ?? '')

export const account = z.string().regex(/^[A-Za-z0-9]{1,34}$/)

/** What the schema takes; otherwise a refusal that names the first field which is not as it should be. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw malformed(result.error.issues[0]?.path.join('.') || 'body')
}
