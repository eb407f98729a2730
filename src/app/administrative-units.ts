/** The 34 provinces and 3,321 communes of the country, as `data/administrative-units.csv` has them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Unit } from '../registry/reorganisation/replay/country.ts'
import { decodeCsv, readCsv } from '../spreadsheets/csv.ts'

const UNITS = join(import.meta.dirname, '..', '..', 'data', 'administrative-units.csv')

export async function readUnits(): Promise<Unit[]> {
  const rows = [...readCsv(decodeCsv(await readFile(UNITS)))].flat()
  return rows.slice(1).map(({ cells }) => {
    const text = (column: number) => {
      const cell = cells.get(column)
      return cell?.kind === 'text' ? cell.text : ''
    }
    return {
      level: text(0) === 'province' ? 'province' : 'commune',
      provinceCode: text(1),
      code: text(2),
      name: text(5),
      predecessors: text(6),
    }
  })
}
