/** Who signs for an installation: tokens and services that are listed, the folder, the test authority of a trial, or nobody. */
import type { Logger } from 'pino'
import type { Database } from '../kernel/db.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { openFolderSigners } from './folder-signing.ts'
import { openHolders, openListedSigners } from './listed-signing.ts'
import { NO_SIGNERS, type SignerSource } from './signing.ts'
import { withTimestamps } from './stamped-signing.ts'
import { openTestSigners } from './test-signing.ts'
import { openTries, triedFolder } from './tried-secrets.ts'

export function signersFor(
  trial: boolean,
  database: Database,
  config: Pick<Config, 'dataFolder' | 'signing' | 'signingKeys' | 'timestamps'>,
  clock: Clock,
  log?: Pick<Logger, 'warn' | 'info'>,
): SignerSource {
  const source = keysFor(trial, database, config, clock)
  return config.timestamps ? withTimestamps(source, config.timestamps, clock, log) : source
}

function keysFor(
  trial: boolean,
  database: Database,
  config: Pick<Config, 'dataFolder' | 'signing' | 'signingKeys'>,
  clock: Clock,
): SignerSource {
  if (config.signing) {
    const folder = openFolderSigners(config.signing, database, clock)
    if (!config.signingKeys) return folder
    const tries = openTries(triedFolder(config.dataFolder))
    return openListedSigners(openHolders(config.signingKeys, tries), folder, database, clock)
  }
  return trial ? openTestSigners(database, clock) : NO_SIGNERS
}
