/** What stands beside a field that cannot be taken. */
import type { FastifyRequest } from 'fastify'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Web } from '../../../web/web.ts'
import { RELIEVING_TEXTS, type RelievingTexts } from './texts.ts'

type Name = keyof RelievingTexts['errors']

/** By the field, without the kind at its end. */
const MISSING: Readonly<Record<string, Name>> = {
  kind: 'kind',
  hardship: 'hardship',
  percent: 'percent',
  grantPercent: 'percent',
  extraVnd: 'amount',
  grantExtraVnd: 'amount',
  from: 'month',
  until: 'month',
  grantFrom: 'month',
  grantUntil: 'month',
  endFrom: 'month',
  exemption: 'number',
  number: 'number',
  exemptedBy: 'organisation',
  exemptionFrom: 'date',
  exemptionUntil: 'date',
  request: 'request',
  saidBy: 'saidBy',
  opinion: 'opinion',
  opinionReason: 'reason',
  refuseReason: 'reason',
  endReason: 'reason',
  why: 'reason',
}

/**
 * @param kind whose fields of the exemption were filled in: they end with it
 * @param rename how the page calls a field that the law calls otherwise
 */
export function errorsOf(
  refusal: Refusal,
  web: Web,
  { language }: FastifyRequest,
  kind?: 'late' | 'advance',
  rename: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const { errors } = RELIEVING_TEXTS[language]
  const known = refusal.code !== 'request.invalid'
  return Object.fromEntries(
    refusal.fields.map(({ field, code }) => {
      const bare = field.replace(/-(late|advance)$/, '')
      const named = rename[field] ?? (known && kind && bare.startsWith('exempt') ? `${field}-${kind}` : field)
      if (known) return [named, web.wordsOf(refusal, language).what]
      return [named, code === 'order' ? errors.order : errors[MISSING[bare] ?? 'reason']]
    }),
  )
}
