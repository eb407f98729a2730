/** Signing on a trial (bản dùng thử): a test authority whose keys are made on first use and lie in the database. */
import { sql, type Database } from '../kernel/db.ts'
import { todayIn } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  issueTestCertificate,
  makeTestAuthority,
  signingKey,
  type CertificateSubject,
  type SigningKey,
  type StoredKey,
} from '../signatures/authority.ts'
import type { Clock } from './clock.ts'
import { probe, type SignerSource } from './signing.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const AUTHORITY_YEARS = 20
const CERTIFICATE_YEARS = 6

interface KeyRow extends StoredKey {
  readonly id: string
}

interface Wanted {
  readonly kind: 'authority' | CertificateSubject['kind']
  readonly holderId: string
  readonly name: string
  /** how long the certificate must still be valid */
  readonly until: Date
}

/** The certificates of a trial. Race-safe: of two processes that make the same key, one is kept and used by both. */
export function openTestSigners(database: Database, clock: Clock): SignerSource {
  const keys = new Map<string, SigningKey>()

  /** Reading a private key costs more than signing with it. */
  function keyOf(row: KeyRow): SigningKey {
    const known = keys.get(row.id)
    if (known) return known
    if (keys.size >= 200) keys.clear()
    const key = signingKey(row)
    keys.set(row.id, key)
    return key
  }

  async function find({ kind, holderId, name, until }: Wanted): Promise<KeyRow | undefined> {
    return database.read.maybe<KeyRow>(sql`
      select id, certificate_pem as "certificatePem", private_key_pem as "privateKeyPem", chain_pem as "chainPem"
        from test_certificate
       where kind = ${kind} and holder_id = ${holderId} and made_out_to = ${name}
         and valid_from <= ${clock.now()} and valid_to >= ${until} order by valid_from desc limit 1`)
  }

  async function findOrMake(
    wanted: Wanted,
    make: (validity: { from: Date; to: Date }) => Promise<StoredKey>,
  ): Promise<KeyRow> {
    const found = await find(wanted)
    if (found) return found
    const years = wanted.kind === 'authority' ? AUTHORITY_YEARS : CERTIFICATE_YEARS
    const validity = validityFrom(clock.now(), years)
    const key = await make(validity)
    await database.transaction((write) =>
      write.run(sql`
        insert into test_certificate (kind, holder_id, made_out_to, certificate_pem, private_key_pem, chain_pem,
                                      valid_from, valid_to)
        values (${wanted.kind}, ${wanted.holderId}, ${wanted.name}, ${key.certificatePem}, ${key.privateKeyPem},
                ${[...key.chainPem]}, ${validity.from}, ${validity.to})
        on conflict do nothing`),
    )
    const kept = await find(wanted)
    if (!kept) throw new Error('a test certificate was made but is not there')
    return kept
  }

  function authority(): Promise<KeyRow> {
    const until = validityFrom(clock.now(), CERTIFICATE_YEARS).to
    const wanted = { kind: 'authority', holderId: NOBODY, name: 'dangvu', until } as const
    return findOrMake(wanted, (validity) => makeTestAuthority('CA dangvu', validity))
  }

  async function certificate(subject: CertificateSubject, holderId: string): Promise<SigningKey> {
    const wanted = { kind: subject.kind, holderId, name: subject.name, until: clock.now() }
    return keyOf(
      await findOrMake(wanted, async (validity) =>
        issueTestCertificate(await authority(), subject, validity),
      ),
    )
  }

  const forSystem = () => certificate({ kind: 'system', name: 'Hệ thống dangvu' }, NOBODY)

  return {
    test: true,
    forSystem,
    async forPerson(memberId) {
      const member = await database.read.maybe<{ name: string }>(
        sql`select full_name as name from member where id = ${memberId}`,
      )
      if (!member) throw new Refusal('not-found', 'member.unknown')
      return certificate({ kind: 'person', name: member.name }, memberId)
    },
    // One that serves is made when it is first used, and anew when it ended.
    whyNotPerson: () => Promise.resolve(undefined),
    async forOrganisation(organisationId) {
      const organisation = await database.read.maybe<{ name: string }>(sql`
        select name from organisation_on(${todayIn(clock.now())}::date) where id = ${organisationId}`)
      if (!organisation) throw new Refusal('not-found', 'organisation.unknown')
      return certificate({ kind: 'organisation', name: organisation.name }, organisationId)
    },
    async trustRoots() {
      await authority()
      const roots = await database.read.rows<{ pem: string }>(sql`
        select certificate_pem as pem from test_certificate where kind = 'authority' order by valid_from, id`)
      return roots.map(({ pem }) => pem)
    },
    check: async () => probe(await forSystem(), clock.now()),
  }
}

/** Whole years from the first of January: certificates made in one year by several processes have the same validity. */
function validityFrom(now: Date, years: number): { from: Date; to: Date } {
  const year = now.getUTCFullYear()
  return { from: new Date(Date.UTC(year, 0, 1)), to: new Date(Date.UTC(year + years, 0, 1)) }
}
