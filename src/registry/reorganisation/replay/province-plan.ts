/** The plan (phương án) by which a province's communes of before July 2025 become those of 2026. Pure. */
import type { Plan, Step } from '../law/plan.ts'
import { idFrom, type OldCommune, type Province } from './country.ts'

/** The day before was the last of the old communes. */
export const NEW_SINCE = '2025-07-01'

export interface Size {
  readonly seed: string
  /** cells and members of an old commune; one that is split has a cell for each that gets a part */
  readonly cells: number
  readonly members: number
}

export const committeeOf = (commune: string): string => `Đảng bộ ${commune}`
export const cellsOf = ({ receivers }: OldCommune, { cells }: Size): number =>
  Math.max(cells, receivers.length)
/** As the database makes it when it fills the old country. */
export const cellId = (commune: string, number: number): string => idFrom(commune, 'cell', number)
export const secretaryOffice = (commune: string): string => idFrom(commune, 'secretary')

export function planOf(province: Province, size: Size): Plan {
  const { communes, old } = province
  const goesOn = new Map(
    communes.flatMap(({ continues, ...commune }) => (continues ? [[continues, commune] as const] : [])),
  )
  const nameOf = new Map(old.map(({ id, name }) => [id, name]))
  return {
    title: `Sắp xếp đơn vị cấp xã, ${province.name}`,
    decision: { number: 'diễn lại 2025', issuer: province.name, signedOn: '2025-06-30' },
    effectiveOn: NEW_SINCE,
    bodies: communes
      .filter(({ continues }) => continues === null)
      .map(({ id, name }) => ({
        id,
        code: null,
        name: committeeOf(name),
        kind: 'commune',
        parentId: province.id,
      })),
    steps: [
      ...[...goesOn].flatMap(([id, { name }]): Step[] =>
        nameOf.get(id) === name ? [] : [{ type: 'rename', organisation: id, name: committeeOf(name) }],
      ),
      ...old.flatMap((commune) => partsOf(commune, goesOn.has(commune.id), size)),
      ...mergersOf(old.filter(({ id, receivers }) => receivers.length === 1 && !goesOn.has(id))),
    ],
    continuing: communes.flatMap(({ id, continues }) => {
      const first = old.find(({ receivers }) => continues === null && receivers[0] === id)
      return first ? [secretaryOffice(first.id)] : []
    }),
  }
}

/** What several have parts of: it ends and is split, or goes on and gives the others their parts. */
function partsOf(commune: OldCommune, goesOn: boolean, size: Size): Step[] {
  const { id, receivers } = commune
  if (receivers.length === 1) return []
  const dealt = deal(commune, size)
  const parts = receivers
    .map((into) => ({ into, organisations: dealt.get(into) ?? [], members: [] }))
    .filter(({ into }) => into !== (goesOn ? id : receivers[0]))
  if (!goesOn) return [{ type: 'split', from: id, parts, rest: receivers[0]! }]
  return parts.map(({ into, organisations, members }) => ({
    type: 'part',
    from: id,
    to: into,
    organisations,
    members,
  }))
}

function mergersOf(old: readonly OldCommune[]): Step[] {
  const into = new Map<string, string[]>()
  for (const { id, receivers } of old) into.set(receivers[0]!, [...(into.get(receivers[0]!) ?? []), id])
  return [...into].map(([target, from]) => ({ type: 'merge', from, into: target }))
}

/** Its cells in an order the seed makes: one for each receiver, the others to whom the seed says. */
function deal(commune: OldCommune, size: Size): Map<string, string[]> {
  const { id, receivers } = commune
  const cells = Array.from({ length: cellsOf(commune, size) }, (_, index) => cellId(id, index + 1))
  const drawn = cells
    .map((cell) => ({ cell, lot: idFrom(size.seed, cell) }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
  const dealt = new Map<string, string[]>(receivers.map((receiver) => [receiver, []]))
  for (const [turn, { cell, lot }] of drawn.entries()) {
    const place = turn < receivers.length ? turn : parseInt(lot.slice(-6), 16) % receivers.length
    dealt.get(receivers[place]!)!.push(cell)
  }
  return dealt
}
