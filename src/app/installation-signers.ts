/** Who signs for an installation: the folder that was named, the test authority of a trial, or nobody. */
import type { Database } from '../kernel/db.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { openFolderSigners } from './folder-signing.ts'
import { NO_SIGNERS, type SignerSource } from './signing.ts'
import { openTestSigners } from './test-signing.ts'

export function signersFor(
  trial: boolean,
  database: Database,
  config: Pick<Config, 'signing'>,
  clock: Clock,
): SignerSource {
  if (config.signing) return openFolderSigners(config.signing, database, clock)
  return trial ? openTestSigners(database, clock) : NO_SIGNERS
}
