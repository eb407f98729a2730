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
import { playResidenceComment } from '../story/residence-comment.ts'
import type { Stage, StoryPaper } from '../story/stage.ts'
import { playTemporaryTransfer } from '../story/temporary-transfer.ts'

/** One line of `index.json`. */
export type IndexedPaper = Omit<StoryPaper, 'bytes'>

/** Each procedure's life, by its name. */
export const STORIES: Readonly<Record<string, (stage: Stage) => Promise<StoryPaper[]>>> = {
  'official-transfer': async (stage) => (await playOfficialTransfer(stage)).papers,
  'temporary-transfer': playTemporaryTransfer,
  'residence-comment': playResidenceComment,
}

/**
 * @param name one of `STORIES`
 * @param out folder that is made if it is not there
 * @param io told each step, for people
 * @returns what `index.json` holds
 */
export async function runStory(
  name: string,
  out: string,
  { tell }: Pick<Io, 'tell'>,
): Promise<IndexedPaper[]> {
  const story = STORIES[name]
  if (!story) throw new Error(`no story ${name}`)
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-story-'))
  const config = readConfig({ DANGVU_DATA: folder, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' })
  let instance: Instance | undefined
  try {
    instance = await startInstance(config, { serve: true, onProgress: tell })
    return await play(story, instance, out, tell)
  } finally {
    await instance?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function play(
  story: (stage: Stage) => Promise<StoryPaper[]>,
  { parts }: Instance,
  out: string,
  tell: (line: string) => void,
): Promise<IndexedPaper[]> {
  const { read } = parts.database
  const today = todayIn(parts.clock.now())
  const destination = await findOrganisationByCode(read, DEMO_DESTINATION_CELL, today)
  if (!destination) throw new Error('the demo has no destination')
  const papers = await story({
    base: parts.publicUrl,
    people: await demoPeople(read, today),
    destinationCellId: destination.id,
    decision: await decisionPdf(),
    now: () => parts.clock.now(),
    tell,
  })
  await mkdir(out, { recursive: true })
  for (const { file, bytes } of papers) await writeFile(join(out, file), bytes)
  await writeFile(join(out, 'ca.pem'), (await parts.signers.trustRoots()).join('\n'))
  const index = papers.map(({ file, kind, number, signers }) => ({ file, kind, number, signers }))
  await writeFile(join(out, 'index.json'), `${JSON.stringify(index, undefined, 2)}\n`)
  tell(`${papers.length} giấy tờ đã ghi vào ${out}`)
  return index
}
