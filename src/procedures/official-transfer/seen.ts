/** The one way to show a transfer to somebody. */
import type { Write } from '../../kernel/db.ts'
import type { StoredDossier } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { shownDossier } from '../../registry/readings/shown.ts'
import type { Transfer } from './law/states.ts'
import { OFFICIAL_TRANSFER } from './procedure.ts'
import { maySee } from './readers.ts'

/** @throws Refusal as `shownDossier` */
export const seenTransfer = (
  write: Write,
  id: string,
  context: Pick<Context, 'actor' | 'today' | 'at'>,
  kept: 'dossier' | 'file' | 'paper' | 'nothing',
): Promise<StoredDossier<Transfer>> =>
  shownDossier(write, { name: OFFICIAL_TRANSFER, maySee }, id, context, kept)
