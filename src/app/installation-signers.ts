/** Who signs for an installation: tokens and services that are listed, the folder, the test authority of a trial, or nobody. */
import type { Logger } from 'pino'
import type { Database } from '../kernel/db.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { openFolderSigners } from './folder-signing.ts'
import { openListedSigners } from './listed-signing.ts'
import { NO_SIGNERS, type SignerSource } from './signing.ts'
import { withTimestamps } from './stamped-signing.ts'
import { openTestSigners } from './test-signing.ts'

export function signersFor(
  trial: boolean,
  database: Database,
  config: Pick<Config, 'signing' | 'signingKeys' | 'timestamps'>,
  clock: Clock,
  log?: Pick<Logger, 'warn' | 'info'>,
): SignerSource {
  const source = keysFor(trial, database, config, clock)
  return config.timestamps ? withTimestamps(source, config.timestamps, clock, log) : source
}

function keysFor(
  trial: boolean,
  database: Database,
  config: Pick<Config, 'signing' | 'signingKeys'>,
  clock: Clock,
): SignerSource {
  if (config.signing) {
    const folder = openFolderSigners(config.signing, database, clock)
    return config.signingKeys ? openListedSigners(config.signingKeys, folder, database, clock) : folder
  }
  return trial ? openTestSigners(database, clock) : NO_SIGNERS
}
