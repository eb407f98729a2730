/** Where signing keys come from: a port, so that a test authority, files, tokens and remote signing look alike. */
import type { Refusal } from '../kernel/refusal.ts'
import type { SigningKey } from './authority.ts'

/** @throws Refusal against-rule `signing.no-certificate` for whom there is none, `signing.certificate-ended` where it ended */
export interface SignerSource {
  forPerson(memberId: string): Promise<SigningKey>
  /** why this person's signature could not be given now: it looks, makes nothing, and answers before anything is written */
  whyNotPerson(memberId: string): Promise<Refusal | undefined>
  forOrganisation(organisationId: string): Promise<SigningKey>
  forSystem(): Promise<SigningKey>
  /** certificates of the roots that are trusted, PEM */
  trustRoots(): Promise<string[]>
  /** and of those trusted behind time-stamps, where they are others */
  timestampRoots?(): Promise<string[]>
  /** true while a test authority signs: papers say TEST */
  readonly test: boolean
}
