/** The stories that the readme tells to play: their papers are written, signed, and lead to the test authority beside them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyPaper } from '../../signatures/verify.ts'
import { runStory } from './story.ts'
import type { StoryName } from './story-names.ts'

/** Kinds of papers a story ends with, and how often each at least. */
const PAPERS: Readonly<Record<StoryName, Readonly<Record<string, number>>>> = {
  'official-transfer': { referral: 1, 'referral-register': 2 },
  'temporary-transfer': {
    'temporary-referral': 2,
    'temporary-extension': 1,
    'temporary-return': 1,
    'referral-register': 2,
  },
  'residence-comment': { 'residence-referral': 2, 'residence-request': 1, 'residence-comment': 10 },
}

test.each(Object.keys(PAPERS) as StoryName[])('%s is played on the demo to its end', async (name) => {
  const out = await mkdtemp(join(tmpdir(), 'dangvu-played-'))
  const told: string[] = []
  try {
    const papers = await runStory(name, out, { tell: (line) => void told.push(line) })
    for (const [kind, least] of Object.entries(PAPERS[name]))
      expect(papers.filter((paper) => paper.kind === kind).length, kind).toBeGreaterThanOrEqual(least)
    expect(told.length).toBeGreaterThan(8)
    expect(JSON.parse(await readFile(join(out, 'index.json'), 'utf8'))).toEqual(papers)
    const trust = [await readFile(join(out, 'ca.pem'), 'utf8')]
    for (const { file, signers } of papers) {
      const result = verifyPaper(await readFile(join(out, file)), { trust })
      expect(result, file).toMatchObject({ valid: true, trusted: true })
      expect(result.signatures, file).toHaveLength(signers.length)
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
})
