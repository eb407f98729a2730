/** Banks (ngân hàng) by the six digits under which NAPAS 247 finds them: `data/banks.csv`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shownText } from '../spreadsheets/cell.ts'
import { decodeCsv, readCsv } from '../spreadsheets/csv.ts'

export interface Bank {
  readonly bin: string
  readonly shortName: string
  readonly fullName?: string
  readonly formerName?: string
  /** takes money by VietQR, but its own app sends none */
  readonly receiveOnly: boolean
}

const BANKS = join(import.meta.dirname, '..', '..', 'data', 'banks.csv')

let known: ReadonlyMap<string, Bank> | undefined

function readBanks(): ReadonlyMap<string, Bank> {
  const rows = [...readCsv(decodeCsv(readFileSync(BANKS)))].flat().slice(1)
  const banks = rows.map(({ cells }): Bank => {
    const [bin = '', shortName = '', fullName, formerName, receiveOnly] = [0, 1, 2, 3, 4].map((column) =>
      shownText(cells.get(column)),
    )
    return {
      bin,
      shortName,
      ...(fullName ? { fullName } : {}),
      ...(formerName ? { formerName } : {}),
      receiveOnly: receiveOnly === 'yes',
    }
  })
  return new Map(banks.map((bank) => [bank.bin, bank]))
}

/** Every bank of the list, in its order. */
export function allBanks(): readonly Bank[] {
  known ??= readBanks()
  return [...known.values()]
}

/** The list is not complete: undefined says that it does not know the number, not that no bank has it. */
export function findBank(bin: string): Bank | undefined {
  known ??= readBanks()
  return known.get(bin)
}
