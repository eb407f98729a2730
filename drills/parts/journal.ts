/** The journal (sổ ngoài): what was sent and what was answered, in a file outside the database, on the disk before the next step. */
import { open, readFile, type FileHandle } from 'node:fs/promises'

export const KINDS = ['paying', 'declaring', 'transferring', 'signing', 'commenting'] as const
export type Kind = (typeof KINDS)[number]

/** What an answer said of events, where it said something: kept to be compared with what is there later. */
export interface Told {
  readonly firstEvent: number
  readonly lastEvent: number
}

export interface Entry {
  /** what makes the same act asked twice one act: a command's id, a bank's number of a payment */
  readonly key: string
  readonly kind: Kind
  readonly what: string
  readonly sends: number
  readonly standing: 'sent' | 'acknowledged' | 'refused'
  readonly told?: Told | undefined
}

type Line =
  | { readonly did: 'sent'; readonly key: string; readonly kind: Kind; readonly what: string }
  | { readonly did: 'acknowledged'; readonly key: string; readonly told?: Told | undefined }
  | { readonly did: 'refused'; readonly key: string; readonly code: string }

export interface Journal {
  /** On the disk when it resolves. */
  write(line: Line): Promise<void>
  /** What the file says, read from it: each act once. */
  read(): Promise<Entry[]>
  close(): Promise<void>
}

/** Opens a new journal. Lines that come while the disk works on others go together with the next. */
export async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, 'ax', 0o600)
  let waiting: string[] = []
  let next: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()

  async function flush(): Promise<void> {
    await last.catch(() => undefined)
    const lines = waiting
    waiting = []
    next = undefined
    last = writeDown(file, lines)
    return last
  }

  return {
    write(line) {
      waiting.push(`${JSON.stringify(line)}\n`)
      return (next ??= flush())
    },
    read: async () => entriesIn(await readFile(path, 'utf8')),
    async close() {
      await last
      await file.close()
    },
  }
}

async function writeDown(file: FileHandle, lines: readonly string[]): Promise<void> {
  await file.appendFile(lines.join(''))
  await file.datasync()
}

/** An act that was acknowledged once stays so, whatever is sent again. */
function entriesIn(text: string): Entry[] {
  const entries = new Map<string, Entry>()
  for (const each of text.split('\n').filter(Boolean)) {
    const line = JSON.parse(each) as Line
    const before = entries.get(line.key)
    if (line.did === 'sent') {
      const { key, kind, what } = line
      const again = { sends: (before?.sends ?? 0) + 1 }
      entries.set(key, before ? { ...before, ...again } : { key, kind, what, standing: 'sent', ...again })
    } else if (before === undefined) throw new Error(`the journal tells of an answer to nothing: ${line.key}`)
    else if (line.did === 'acknowledged')
      entries.set(line.key, { ...before, standing: 'acknowledged', told: before.told ?? line.told })
    else if (before.standing === 'sent') entries.set(line.key, { ...before, standing: 'refused' })
  }
  return [...entries.values()]
}
