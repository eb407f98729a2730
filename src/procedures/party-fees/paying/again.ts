/** One transaction, done again from what is true then when another came first: two that take the same line, receipt or key at one moment. */
import { again, type Database, type Write } from '../../../kernel/db.ts'

const MOST_TRIES = 5

export function transactionAgain<T>(database: Database, work: (write: Write) => Promise<T>): Promise<T> {
  return again(() => database.byIndex(work), MOST_TRIES)
}
