/** Reads files of strangers, started by `foreign-files/process.ts` with no rights and little memory. */
import { readForServer } from './foreign-files/reader.ts'

readForServer()
