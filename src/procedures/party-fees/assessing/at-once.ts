/** One act as one transaction, done again where another's came first: payments, a second press of the same button, two officers. */
import { isPassing, type Database, type Write } from '../../../kernel/db.ts'

const MOST_TRIES = 5

export async function atOnce<T>(database: Database, work: (write: Write) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction(work)
    } catch (error) {
      if (tries === MOST_TRIES || !isPassing(error)) throw error
    }
  }
}
