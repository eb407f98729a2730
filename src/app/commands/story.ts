/** Plays a procedure's whole life on a temporary instance and writes every paper, the test root and an index. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { todayIn } from '../../kernel/plain-date.ts'
import { DEMO_DESTINATION_CELL, demoPeople } from '../../registry/demo.ts'
import { findOrganisationByCode } from '../../registry/organisations/store.ts'
import { readConfig } from '../config.ts'
import { startInstance, type Instance } from '../instance.ts'
import type { Io } from './command.ts'
import { decisionPdf } from '../story/decision.ts'
import { playOfficialTransfer } from '../story/official-transfer.ts'
import type { Stage, StoryPaper } from '../story/playing.ts'
import { playResidenceComment } from '../story/residence-comment.ts'
import { playTemporaryTransfer } from '../story/temporary-transfer.ts'
import type { StoryName } from './story-names.ts'

const PLAYS: Readonly<Record<StoryName, (stage: Stage) => Promise<StoryPaper[]>>> = {
  'official-transfer': playOfficialTransfer,
  'temporary-transfer': playTemporaryTransfer,
  'residence-comment': playResidenceComment,
}

/** One line of `index.json`. */
export interface IndexedPaper extends Omit<StoryPaper, 'bytes'> {
  /** the story's clock when it was fetched: checked as of then, none of its signatures lies in the future */
  readonly at: string
}

/**
 * @param out folder that is made if it is not there
 * @param io told each step, for people
 * @returns what `index.json` holds
 */
export async function runStory(
  name: StoryName,
  out: string,
  { tell }: Pick<Io, 'tell'>,
): Promise<IndexedPaper[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-story-'))
  const config = readConfig({
    DANGVU_DATA: folder,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    DANGVU_REQUESTS_PER_MINUTE: '1000000', // played faster than people do
  })
  let instance: Instance | undefined
  try {
    instance = await startInstance(config, { serve: true, onProgress: tell })
    return await play(name, instance, out, tell)
  } finally {
    await instance?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function play(
  name: StoryName,
  { parts }: Instance,
  out: string,
  tell: (line: string) => void,
): Promise<IndexedPaper[]> {
  const { read } = parts.database
  const today = todayIn(parts.clock.now())
  const destination = await findOrganisationByCode(read, DEMO_DESTINATION_CELL, today)
  if (!destination) throw new Error('the demo has no destination')
  const trust = await parts.signers.trustRoots()
  const papers = await PLAYS[name]({
    base: parts.publicUrl,
    people: await demoPeople(read, today),
    destinationCellId: destination.id,
    decision: await decisionPdf(),
    now: () => parts.clock.now(),
    trust,
    tell,
  })
  await mkdir(out, { recursive: true })
  for (const { file, bytes } of papers) await writeFile(join(out, file), bytes)
  await writeFile(join(out, 'ca.pem'), trust.join('\n'))
  const at = parts.clock.now().toISOString()
  const index = papers.map(({ file, kind, number, signers }) => ({ file, kind, number, signers, at }))
  await writeFile(join(out, 'index.json'), `${JSON.stringify(index, undefined, 2)}\n`)
  tell(`${papers.length} giấy tờ đã ghi vào ${out}`)
  if (todayIn(new Date(at)) > today) tell(`Đồng hồ của chuyện đã đi tới: kiểm tra giấy tờ với --at ${at}`)
  return index
}
