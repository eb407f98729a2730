/** A worker of the press, started by `papers/press/press.ts`: one for each core while many papers are made. */
import { workAtPress } from './papers/press/worker.ts'

workAtPress()
