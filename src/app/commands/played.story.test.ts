/** The story that the readme tells to play: its papers are written, signed, and lead to the test authority beside them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runStory } from './story.ts'

test('the life of a transfer is played on the demo to its end', async () => {
  const out = await mkdtemp(join(tmpdir(), 'dangvu-played-'))
  try {
    const papers = await runStory('official-transfer', out, { tell: () => undefined })
    expect(papers.filter(({ kind }) => kind === 'referral')).not.toEqual([])
    expect(JSON.parse(await readFile(join(out, 'index.json'), 'utf8'))).toEqual(papers)
    for (const { file } of papers)
      expect((await readFile(join(out, file))).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await readFile(join(out, 'ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE')
  } finally {
    await rm(out, { recursive: true, force: true })
  }
})
