/** The workplace's papers signed one after the other: whatever lacks a signature is found, and gets the next one it lacks. */
import { sql, type Read } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { HERE } from '../../../papers/press/press.ts'
import { getPaper, loadFile, replaceBytes, storeFile, type Paper } from '../../../papers/store.ts'
import { findOrganisation } from '../../../registry/organisations/store.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { preparers } from '../law/place.ts'
import { placeOf } from '../places.ts'
import { toSign, type Hand } from './asked.ts'

type Signing = Pick<BackgroundServices, 'database' | 'signers' | 'publicUrl' | 'press' | 'contextNow'>

/** After the last one tried; those of an act that is long done come with those of the last. */
export function waitingToBeSigned(
  read: Read,
  after: string | undefined,
  most: number,
): Promise<{ id: string }[]> {
  return read.rows(sql`
    select id from paper
     where kind in ('residence-request', 'residence-referral') and voided_at is null
       and jsonb_array_length(signers) < cardinality(places)
       and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
     order by id limit ${most}`)
}

/** Whether something lacks a signature since before that moment. */
export async function waitsLong(read: Read, before: Date): Promise<boolean> {
  const found = await read.maybe(sql`
    select 1 from paper
     where kind in ('residence-request', 'residence-referral') and voided_at is null
       and jsonb_array_length(signers) < cardinality(places) and created_at < ${before} limit 1`)
  return found !== undefined
}

/** Each signature in a transaction of its own: what is done stays done. */
export async function signWhatLacks(signing: Signing, paperId: string): Promise<void> {
  const { read } = signing.database
  let paper = await getPaper(read, paperId)
  const says = await toSign(read, paper)
  for (const place of paper.places ?? []) {
    if (paper.voidedAt !== null) return
    if (paper.signers.some((signer) => signer.place === place)) continue
    const hand = await says.hands[place]!()
    paper = await signOne(signing, paper, place, hand, () => typesetIn(signing, paper, says))
  }
}

async function signOne(
  { database, signers, press = HERE, contextNow }: Signing,
  paper: Paper,
  place: string,
  hand: Hand,
  typeset: () => Parameters<typeof press.make>[0]['of'],
): Promise<Paper> {
  const { by, office, organisation, fill } = hand
  const last = paper.signers.at(-1)?.at
  const acted = hand.at ?? (await contextNow()).at
  // A signature never says that it was given before the one under it.
  const at = last !== undefined && new Date(last) > acted ? new Date(last) : acted
  const key =
    'memberId' in by ? await signers.forPerson(by.memberId) : await signers.forOrganisation(by.organisationId)
  const of = paper.sha256 === null ? typeset() : (await loadFile(database.read, paper.sha256)).bytes
  const bytes = await press.make({ of, place, at, ...(fill ? { fill } : {}) }, key)
  return database.transaction(async (write) => {
    await write.run(sql`select from paper where id = ${paper.id} for update`)
    const now = await getPaper(write, paper.id)
    // Somebody else signed it, or it was voided, meanwhile: what they left is looked at again.
    if (now.sha256 !== paper.sha256 || now.voidedAt !== null) return now
    const sha256 = await storeFile(write, bytes, 'pdf')
    const signed = [...now.signers, { place, office, organisation, at: at.toISOString() }]
    await replaceBytes(write, paper.id, { sha256, signers: signed })
    return { ...now, sha256, signers: signed }
  })
}

function typesetIn({ publicUrl, signers }: Signing, paper: Paper, says: Awaited<ReturnType<typeof toSign>>) {
  return says.content({
    title: says.title,
    madeAt: paper.createdAt.toISOString(),
    verifyUrl: `${publicUrl}/verify/${paper.token}`,
    test: signers.test,
  })
}

/** What a person must mend is told to whoever issues the paper, once a day; the paper waits. */
export async function tellWaiting({ database, contextNow }: Signing, paperId: string): Promise<void> {
  const { at, today } = await contextNow()
  const { organisationId } = await getPaper(database.read, paperId)
  const issuer = await findOrganisation(database.read, organisationId, today)
  if (!issuer) return
  await database.transaction((write) =>
    recordNotice(write, {
      to: { organisationId, positions: [...preparers(placeOf(issuer))] },
      code: 'residence-comment.papers-wait',
      facts: { place: issuer.name },
      onceKey: `residence-comment.papers-wait ${organisationId} ${today}`,
      at,
    }),
  )
}
