/** Files of trusted root certificates, as people hand them to the command line. */
import { CommandError } from './command.ts'
import { readGivenFile } from './files.ts'

/** @throws CommandError when the file cannot be read or holds no certificate */
export async function readRoots(file: string): Promise<string[]> {
  const text = Buffer.from(await readGivenFile(file, 1024 * 1024)).toString('latin1')
  const roots = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (!roots) {
    throw new CommandError('trust.no-certificate', {
      vi: `Tệp ${file} không có chứng thư nào (PEM).`,
      en: `There is no certificate (PEM) in ${file}.`,
    })
  }
  return roots
}
