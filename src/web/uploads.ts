/** Uploads: one file and its fields out of a multipart form, bounded in memory and in time. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../kernel/refusal.ts'
import { tidyText } from '../kernel/vietnamese-text.ts'
import { receiving } from './limits.ts'

/** The largest file taken. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024

/** The text fields of a form. */
export type UploadFields = Readonly<Record<string, string>>

export interface Upload {
  readonly name: string
  readonly bytes: Uint8Array
  /** those that came before the file */
  readonly fields: UploadFields
}

/**
 * The file named `file` of a multipart post. Fields must stand before the file in the form. When this comes back, the file is
 * whole and its request has the turn to work on it.
 *
 * @param beforeFile called with the fields before any byte of the file is read; may throw
 * @throws Refusal invalid `request.no-file`, `request.too-large`; overloaded `request.overloaded`, `request.too-slow`
 */
export function readUpload(
  request: FastifyRequest,
  beforeFile: (fields: UploadFields) => void = () => undefined,
): Promise<Upload> {
  requireForm(request)
  return receiving(request, () => readFile(request, beforeFile))
}

/**
 * The fields of a multipart form whose files are let past unread.
 *
 * @throws Refusal invalid `request.malformed`; overloaded `request.overloaded`, `request.too-slow`
 */
export function readFields(request: FastifyRequest): Promise<UploadFields> {
  requireForm(request)
  return receiving(request, async () => {
    const fields: Record<string, string> = {}
    for await (const part of partsOf(request)) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else part.file.resume()
    }
    return fields
  })
}

function requireForm(request: FastifyRequest): void {
  if (!request.isMultipart()) throw new Refusal('invalid', 'request.malformed')
}

async function readFile(
  request: FastifyRequest,
  beforeFile: (fields: UploadFields) => void,
): Promise<Upload> {
  const fields: Record<string, string> = {}
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
      continue
    }
    if (part.fieldname !== 'file' || part.filename === '') {
      part.file.resume()
      continue
    }
    beforeFile(fields)
    const bytes = await part.toBuffer().catch(brokenOff)
    if (part.file.truncated) throw new Refusal('invalid', 'request.too-large', { facts: { megabytes: 10 } })
    if (bytes.length === 0) break
    return { name: part.filename, bytes: new Uint8Array(bytes), fields }
  }
  throw new Refusal('invalid', 'request.no-file', { fields: [{ field: 'file', code: 'missing' }] })
}

async function* partsOf(request: FastifyRequest) {
  try {
    yield* request.parts({ limits: { fileSize: MAX_UPLOAD_BYTES } })
  } catch (error) {
    brokenOff(error)
  }
}

/** The parser's own errors carry no status: a body without boundary or end is the sender's doing, not a defect. */
function brokenOff(error: unknown): never {
  if ((error as { statusCode?: number }).statusCode !== undefined) throw error
  throw Object.assign(new Refusal('invalid', 'request.malformed'), { cause: error })
}

/** The last part of what the browser called it, without anything invisible. */
export function fileNameOf(given: string): string {
  const last =
    tidyText(given.replaceAll(/[\u0000-\u001f\u007f]/g, ' '))
      .split(/[\\/]/)
      .at(-1) ?? ''
  // Whole characters: half of one is nothing a header can say.
  return [...last].slice(-200).join('') || 'tep'
}
