/** The code of a Party organisation (mã tổ chức đảng): 14 digits written [2].[3].[3].[3].[3]. */

import { Refusal } from './refusal.ts'

/**
 * A code in its dotted form, '38.168.053.000.001': province, committee directly above the grassroots, grassroots
 * organisation, subordinate committee (000 if none), cell. What level or kind the organisation has is data of the
 * registry and is never read off these digits: reorganisations change the one and not the other.
 */
export type OrganisationCode = string

/** Takes a code with or without dots, '38168053000001' → '38.168.053.000.001'; refuses (`organisation-code.invalid`) others. */
export function parseOrganisationCode(text: string): OrganisationCode {
  const match = /^(\d{2})(\.?)(\d{3})\2(\d{3})\2(\d{3})\2(\d{3})$/.exec(text.trim())
  if (match === null) throw new Refusal('invalid', 'organisation-code.invalid')
  const [, province = '', , above = '', grassroots = '', subordinate = '', cell = ''] = match
  return [province, above, grassroots, subordinate, cell].join('.')
}

/** Whether `text` is a code with or without dots. */
export function isOrganisationCode(text: string): boolean {
  return /^\d{2}(\.?)\d{3}\1\d{3}\1\d{3}\1\d{3}$/.test(text.trim())
}

/** The part that names the grassroots organisation: '38.168.053.000.001' → '38.168.053'. */
export function grassrootsPrefix(code: OrganisationCode): string {
  return parseOrganisationCode(code).slice(0, 10)
}
