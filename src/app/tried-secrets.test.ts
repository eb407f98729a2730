/** What is remembered of PINs and codes that were sent: by all processes together, beyond a restart, and never the secret itself. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SecretSpent, type Verdict } from '../signatures/tries.ts'
import { openTries } from './tried-secrets.ts'

let folder: string
beforeEach(async () => void (folder = join(await mkdtemp(join(tmpdir(), 'dangvu-tried-')), 'tried-secrets')))
afterEach(() => rm(join(folder, '..'), { recursive: true }))

/** Each call is another process: nothing is kept between them but the folder. @returns what came of it, `spent` when nothing was sent */
async function sendOnce(
  secret: string,
  answer: 'taken' | Verdict,
  more: { once?: boolean } = {},
): Promise<string> {
  const said = new Error(answer)
  const trial = {
    holder: 'token 1',
    secret,
    ...more,
    send: async () => {
      if (answer !== 'taken') throw said
      return answer
    },
    judge: () => answer as Verdict,
  }
  return openTries(folder)
    .use(trial)
    .catch((error: unknown) => (error instanceof SecretSpent ? 'spent' : (error as Error).message))
}

test('a refused PIN goes out once, from however many processes at once; another PIN is tried, and what was taken stays good', async () => {
  const rivals = await Promise.all(Array.from({ length: 4 }, () => sendOnce('000000', 'refused')))
  expect(rivals.sort()).toEqual(['refused', 'spent', 'spent', 'spent'])
  expect(await sendOnce('111111', 'refused')).toBe('refused')
  expect(await sendOnce('000000', 'taken'), 'also after another one').toBe('spent')
  expect(await openTries(folder).isSpent('token 1', '111111')).toBe(true)
  expect(await openTries(folder).isSpent('token 2', '111111'), 'of another token nothing is known').toBe(
    false,
  )
  expect(await sendOnce('246813', 'taken')).toBe('taken')
  expect(await sendOnce('246813', 'taken')).toBe('taken')
  // Changed at the token to one that was wrong before: tried again, because since then one was right.
  expect(await sendOnce('111111', 'taken')).toBe('taken')
})

test('an answer that was lost: a PIN that was taken before goes again, a new one does not; what never left goes', async () => {
  expect(await sendOnce('246813', 'not-sent')).toBe('not-sent')
  expect(await sendOnce('246813', 'taken')).toBe('taken')
  expect(await sendOnce('246813', 'unknown')).toBe('unknown')
  expect(await sendOnce('246813', 'taken')).toBe('taken')
  expect(await sendOnce('975310', 'unknown')).toBe('unknown')
  expect(await sendOnce('975310', 'taken')).toBe('spent')
  await openTries(folder).refused('token 1', '246813')
  expect(await sendOnce('246813', 'taken')).toBe('spent')
  await rm(folder, { recursive: true })
  expect(await sendOnce('975310', 'taken'), 'the administrator knows that it is right').toBe('taken')
})

test('a code that serves once goes out once, whatever is answered, unless it never left', async () => {
  const once = { once: true }
  expect(await sendOnce('135724', 'not-sent', once)).toBe('not-sent')
  expect(await sendOnce('135724', 'taken', once)).toBe('taken')
  expect(await sendOnce('135724', 'taken', once)).toBe('spent')
})

test('the files hold no secret, are closed to others, and are the same after somebody only looked', async () => {
  await sendOnce('246813', 'taken')
  const [name] = await readdir(folder)
  const text = await readFile(join(folder, name!), 'utf8')
  expect(text).toMatch(/^\{"salt":"[0-9a-f]{32}","again":\{"[0-9a-f]{64}":true\}\}$/)
  expect(text).not.toContain('246813')
  expect((await stat(join(folder, name!))).mode & 0o077).toBe(0)
  await openTries(folder).isSpent('token 1', '000000')
  expect([await readdir(folder), await readFile(join(folder, name!), 'utf8')]).toEqual([[name], text])
})
