/** The story that the readme tells to play: its papers are written, signed, and lead to the test authority beside them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runStory } from './story.ts'

test.each([
  ['official-transfer', ['referral', 'acceptance', 'referral-register']],
  ['temporary-transfer', ['temporary-referral', 'temporary-extension', 'temporary-return']],
  ['residence-comment', ['residence-referral', 'residence-request', 'residence-comment']],
])('%s is played on the demo to its end', async (name, kinds) => {
  const out = await mkdtemp(join(tmpdir(), 'dangvu-played-'))
  try {
    const papers = await runStory(name, out, { tell: () => undefined })
    expect(papers.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds))
    expect(JSON.parse(await readFile(join(out, 'index.json'), 'utf8'))).toEqual(papers)
    for (const { file } of papers)
      expect((await readFile(join(out, file))).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await readFile(join(out, 'ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE')
  } finally {
    await rm(out, { recursive: true, force: true })
  }
})
