/**
 * What became of PINs and one-time codes, in files of the data folder: one for each token or credential, with the salted
 * scrypt of each secret that was sent, never the secret. Whoever may read them may read the files with the PINs, too.
 */
import { createHash, randomBytes, scrypt } from 'node:crypto'
import { chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { SecretSpent, type Tries } from '../signatures/tries.ts'
import { inTurn } from './database/turn.ts'

/** Removing this folder has everything tried again: for the administrator who knows that a PIN is right. */
export const triedFolder = (dataFolder: string): string => join(dataFolder, 'tried-secrets')

interface Tried {
  readonly salt: string
  /** by the secret's scrypt, hexadecimal: whether it may be sent again */
  readonly again: Readonly<Record<string, boolean>>
}

const derive = promisify(scrypt) as (secret: string, salt: string, bytes: number) => Promise<Buffer>

export function openTries(folder: string): Tries {
  /** The last one of each holder, kept in memory: a key that wants its PIN before each signature asks often. */
  const prints = new Map<string, { readonly of: string; readonly print: string }>()
  const fileOf = (holder: string) =>
    join(folder, `${createHash('sha256').update(holder).digest('hex').slice(0, 32)}.json`)

  async function read(holder: string): Promise<Tried> {
    const text = await readFile(fileOf(holder), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (text !== undefined) return JSON.parse(text) as Tried
    return { salt: randomBytes(16).toString('hex'), again: {} }
  }

  async function write(holder: string, tried: Tried): Promise<void> {
    const file = fileOf(holder)
    await writeFile(`${file}.new`, JSON.stringify(tried), { mode: 0o600, flush: true })
    await giveToService(`${file}.new`)
    await rename(`${file}.new`, file)
  }

  /** A command that root runs leaves nothing that the service could not read. */
  async function giveToService(path: string): Promise<void> {
    if (process.getuid?.() !== 0) return
    const { uid, gid } = await stat(dirname(folder))
    await chown(path, uid, gid)
  }

  async function printOf(holder: string, secret: string, { salt }: Tried): Promise<string> {
    const known = prints.get(holder)
    if (known?.of === salt + secret) return known.print
    const print = (await derive(secret, salt, 32)).toString('hex')
    prints.set(holder, { of: salt + secret, print })
    return print
  }

  async function alone<T>(holder: string, act: () => Promise<T>): Promise<T> {
    if (await mkdir(folder, { recursive: true, mode: 0o700 })) await giveToService(folder)
    return inTurn(`${fileOf(holder)}.turn`, act)
  }

  return {
    use: ({ holder, secret, once = false, send, judge }) =>
      alone(holder, async () => {
        const before = await read(holder)
        const print = await printOf(holder, secret, before)
        const known = before.again[print]
        if (known === false) throw new SecretSpent()
        const noted = (again: boolean) =>
          write(holder, { ...before, again: { ...before.again, [print]: again } })
        // Noted before it goes out: whoever is killed meanwhile leaves it as sent.
        if (known === undefined) await noted(false)
        try {
          const answer = await send()
          // What is taken now is the PIN: what was refused before may be it one day.
          if (known === undefined && !once) await write(holder, { ...before, again: { [print]: true } })
          return answer
        } catch (error) {
          const verdict = judge(error)
          if (verdict === 'refused') await noted(false)
          else if (verdict === 'not-sent' && known === undefined) await write(holder, before)
          throw error
        }
      }),
    refused: (holder, secret) =>
      alone(holder, async () => {
        const before = await read(holder)
        const print = await printOf(holder, secret, before)
        await write(holder, { ...before, again: { ...before.again, [print]: false } })
      }),
    async isSpent(holder, secret) {
      const tried = await read(holder)
      if (Object.keys(tried.again).length === 0) return false
      return tried.again[await printOf(holder, secret, tried)] === false
    },
  }
}
