/** One act as one transaction, done again where another's came first: payments, a second press of the same button, two officers. */
import { again, type Database, type Write } from '../../../kernel/db.ts'

const MOST_TRIES = 5

export function atOnce<T>(database: Database, work: (write: Write) => Promise<T>): Promise<T> {
  return again(() => database.transaction(work), MOST_TRIES)
}
