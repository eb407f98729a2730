/** What becomes of hand-over papers by itself: minutes are made, seals are set, who lets them wait is reminded. */
import type { Write } from '../../../kernel/db.ts'
import type { Sweep, Tasks } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { addDays, compare } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { typesetPaper } from '../../../papers/issue.ts'
import { loadFile, replaceBytes, storeFile } from '../../../papers/store.ts'
import { signPaper } from '../../../signatures/seal.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { numberersAt, signersAt, type Step } from '../law/hand-over.ts'
import { minutesPaper } from './make.ts'
import { dateLine } from './sign.ts'
import {
  handOversDue,
  handOversOfPlan,
  lastLeaders,
  lockHandOver,
  minutesOf,
  recordFailure,
  stepsOf,
  type HandOverPaper,
} from './store.ts'
import { MINUTES_TASK, SEAL_TASK } from './tasks.ts'

export function handOverTasks(services: BackgroundServices): Tasks {
  return {
    [MINUTES_TASK]: (payload) => makeMinutes(services, String(payload.reorganisationId)),
    [SEAL_TASK]: (payload, { lastAttempt }) => sealPaper(services, String(payload.paperId), lastAttempt),
  }
}

type Now = Omit<Context, 'actor'>

/** Each in a transaction of its own; those that are there already stay. */
async function makeMinutes(services: BackgroundServices, reorganisationId: string): Promise<void> {
  const { database } = services
  const now = await services.contextNow()
  const papers = await handOversOfPlan(database.read, reorganisationId, now.today)
  for (const { id } of papers.filter((paper) => stepsOf(paper).includes('made')))
    await database.transaction(async (write) => {
      const paper = await lockHandOver(write, id, now.today)
      if (!paper || !stepsOf(paper).includes('made')) return
      const bytes = await typesetPaper(services, paper.token, await minutesPaper(write, paper), now.at)
      const sha256 = await storeFile(write, bytes, 'pdf')
      await replaceBytes(write, id, { sha256, signers: [] })
      await tellWaiting(write, { ...paper, sha256 }, 'hand-over.waiting', now)
    })
}

/** Sets every seal that is still to be set; what a person must mend is shown at once. */
async function sealPaper(services: BackgroundServices, id: string, lastAttempt: boolean): Promise<void> {
  const { database } = services
  const now = await services.contextNow()
  try {
    await database.transaction(async (write) => {
      const paper = await lockHandOver(write, id, now.today)
      if (!paper || !stepsOf(paper).includes('seal')) return
      await seal(write, services, paper, now)
      await recordFailure(write, id, null)
    })
  } catch (error) {
    if (!lastAttempt && !(error instanceof Refusal)) throw error
    const failure = error instanceof Refusal ? error.code : 'seal.unexpected'
    await database.transaction((write) => recordFailure(write, id, failure))
  }
}

async function seal(
  write: Write,
  services: BackgroundServices,
  paper: HandOverPaper,
  { at }: Now,
): Promise<void> {
  let { bytes } = await loadFile(write, paper.sha256!)
  const signers = [...paper.signers]
  const signed = new Set(signers.map(({ place }) => place))
  for (const place of paper.places.filter((each) => each.endsWith('organisation') && !signed.has(each))) {
    const body = bodyOf(paper, place)
    const key = await services.signers.forOrganisation(body.id)
    const fill =
      place === 'organisation'
        ? { number: paper.symbol!, date: await dateLine(write, paper.issuerId, paper.issuedOn!) }
        : {}
    bytes = await signPaper(bytes, { place, key, at, fill })
    signers.push({ place, office: body.name, organisation: body.name, at: at.toISOString() })
  }
  await replaceBytes(write, paper.id, { sha256: await storeFile(write, bytes, 'pdf'), signers })
}

function bodyOf(paper: HandOverPaper, place: string): { id: string; name: string } {
  if (place === 'organisation') return { id: paper.issuerId, name: paper.issuerName }
  const { giver, receiver } = minutesOf(paper)
  return place === 'giver-organisation' ? giver : receiver
}

/** Whoever the paper waits for is told, with its last day. */
async function tellWaiting(
  write: Write,
  paper: HandOverPaper,
  code: 'hand-over.waiting' | 'hand-over.remind' | 'hand-over.overdue',
  { at }: Now,
): Promise<void> {
  const facts = { title: paper.planTitle, until: paper.dueOn }
  for (const step of stepsOf(paper))
    for (const [index, to] of (await addressesOf(write, paper, step)).entries())
      await recordNotice(write, { to, code, facts, at, onceKey: `${code} ${paper.id} ${step} ${index}` })
}

type Address = Parameters<typeof recordNotice>[1]['to']

async function addressesOf(write: Write, paper: HandOverPaper, step: Step): Promise<Address[]> {
  if (step === 'person') return [{ organisationId: paper.issuerId, positions: signersAt(paper.issuerTier) }]
  if (step === 'number') return [{ organisationId: paper.issuerId, positions: numberersAt(paper.issuerTier) }]
  if (step !== 'giver' && step !== 'receiver') return []
  const side = minutesOf(paper)[step]
  if (!side.ended) return [{ organisationId: side.id, positions: signersAt(side.tier) }]
  const leaders = await lastLeaders(write, paper.reorganisationId, side.id, signersAt(side.tier))
  if (leaders.length > 0) return leaders.map(({ memberId }) => ({ memberId }))
  return [{ organisationId: paper.underId, positions: signersAt(paper.underTier) }]
}

/** Calendar days before the last one. */
const REMIND_DAYS = 7

/** Reminds before the last day; after it the committee that decided is told as well. Each once. */
export function handOverSweep(services: BackgroundServices): Sweep {
  return {
    name: 'hand-over',
    everyMinutes: 60,
    async run() {
      const now = await services.contextNow()
      const { database } = services
      for (const paper of await handOversDue(database.read, addDays(now.today, REMIND_DAYS), now.today))
        await database.transaction(async (write) => {
          const late = compare(now.today, paper.dueOn) > 0
          await tellWaiting(write, paper, late ? 'hand-over.overdue' : 'hand-over.remind', now)
          if (!late) return
          const positions = signersAt(paper.underTier)
          const facts = { title: paper.planTitle, until: paper.dueOn }
          const to = { organisationId: paper.underId, positions }
          await recordNotice(write, {
            to,
            code: 'hand-over.overdue-below',
            facts,
            at: now.at,
            onceKey: `hand-over.overdue-below ${paper.id}`,
          })
        })
    },
  }
}
