/** One transaction, done again from what is true then when another came first: two that take the same line, receipt or key at one moment. */
import { isPassing, type Database, type Write } from '../../../kernel/db.ts'

const MOST_TRIES = 5

export async function transactionAgain<T>(
  database: Database,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.byIndex(work)
    } catch (error) {
      if (tries === MOST_TRIES || !isPassing(error)) throw error
    }
  }
}
