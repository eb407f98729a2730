/** Files a command was given by name. */
import { readFile, stat } from 'node:fs/promises'
import { CommandError } from './command.ts'

/** @throws CommandError when it cannot be read, or is larger than the limit */
export async function readGivenFile(path: string, limitBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > limitBytes) {
      const limit = `${Math.round(limitBytes / 1024 / 1024)} MB`
      throw new CommandError('file.too-large', {
        vi: `Tệp lớn quá ${limit}: ${path}`,
        en: `The file is larger than ${limit}: ${path}`,
      })
    }
    return await readFile(path)
  } catch (error) {
    if (error instanceof CommandError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError('file.unreadable', {
      vi: `Không đọc được tệp ${path} (${code})`,
      en: `Cannot read ${path} (${code})`,
    })
  }
}
