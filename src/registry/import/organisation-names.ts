/** Which organisation a list means by a name: exactly, written otherwise, abbreviated; never a guess between two. */
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import { foldName, tidyText } from '../../kernel/vietnamese-text.ts'

export interface NamedOrganisation {
  readonly id: string
  readonly code: string | null
  readonly name: string
  readonly path: string
  readonly holdsMembers: boolean
  readonly validFrom: string
}

export type NameMatch =
  | {
      readonly kind: 'found'
      readonly organisation: NamedOrganisation
      readonly how: 'exact' | 'form' | 'abbreviated'
    }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] }

/** Abbreviations usual in lists of Party organisations, without diacritics. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  cb: 'chi bo',
  db: 'dang bo',
  du: 'dang uy',
  kp: 'khu pho',
  ap: 'ap',
  p: 'phuong',
  tdp: 'to dan pho',
  ubnd: 'uy ban nhan dan',
  hdnd: 'hoi dong nhan dan',
  mttq: 'mat tran to quoc',
  th: 'truong tieu hoc',
  thcs: 'truong trung hoc co so',
  thpt: 'truong trung hoc pho thong',
  mn: 'truong mam non',
  tyt: 'tram y te',
  ca: 'cong an',
  qs: 'quan su',
  htx: 'hop tac xa',
  nn: 'nong nghiep',
  ct: 'cong ty',
  cty: 'cong ty',
  cp: 'co phan',
  ctcp: 'cong ty co phan',
  tnhh: 'trach nhiem huu han',
  cqd: 'cac co quan dang',
}

/** 'CB KP 2' and 'Chi bộ khu phố 2' → alike words; 'truong' is often left out or doubled, so it does not count. */
function spelledOut(name: string): string {
  const words = foldName(name)
    .replace(/([a-z])(\d)/g, '$1 $2')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => ABBREVIATIONS[word] ?? (/^\d+$/.test(word) ? String(Number(word)) : word))
    .join(' ')
    .split(' ')
    .filter((word) => word !== 'truong')
    .join(' ')
  return words.startsWith('chi bo ') || words.startsWith('dang bo ') ? words : `chi bo ${words}`
}

function groupedBy(organisations: readonly NamedOrganisation[], key: (one: NamedOrganisation) => string) {
  const groups = new Map<string, NamedOrganisation[]>()
  for (const organisation of organisations) {
    const group = groups.get(key(organisation))
    if (group) group.push(organisation)
    else groups.set(key(organisation), [organisation])
  }
  return groups
}

/** Asks among these organisations only: those of one ward, where the ward is known. Answers are remembered. */
export function organisationNames(organisations: readonly NamedOrganisation[]): (text: string) => NameMatch {
  const byCode = new Map(organisations.map((organisation) => [organisation.code, organisation]))
  const byFolded = groupedBy(organisations, (organisation) => foldName(organisation.name))
  const bySpelling = groupedBy(organisations, (organisation) => spelledOut(organisation.name))
  const answers = new Map<string, NameMatch>()

  function match(text: string): NameMatch {
    if (isOrganisationCode(text)) {
      const organisation = byCode.get(parseOrganisationCode(text))
      return organisation ? { kind: 'found', organisation, how: 'exact' } : { kind: 'unknown', nearest: [] }
    }
    for (const [group, how] of [
      [byFolded.get(foldName(text)), 'form'],
      [bySpelling.get(spelledOut(text)), 'abbreviated'],
    ] as const) {
      if (group === undefined) continue
      const [organisation, second] = group
      if (second !== undefined || organisation === undefined) return { kind: 'ambiguous' }
      return { kind: 'found', organisation, how: tidyText(text) === organisation.name ? 'exact' : how }
    }
    return { kind: 'unknown', nearest: nearestNames(text, organisations) }
  }

  return (text) => {
    const known = answers.get(text)
    if (known) return known
    const answer = match(text)
    if (answers.size < 10_000) answers.set(text, answer)
    return answer
  }
}

/** More would take longer to compare than they help. */
const MOST_COMPARED = 3_000
const NEAREST = 3

function nearestNames(text: string, organisations: readonly NamedOrganisation[]): string[] {
  const wanted = spelledOut(text.slice(0, 100))
  const names = [...new Set(organisations.filter((one) => one.holdsMembers).map((one) => one.name))]
  return names
    .slice(0, MOST_COMPARED)
    .map((name) => ({ name, distance: editDistance(wanted, spelledOut(name)) }))
    .filter(({ distance }) => distance <= wanted.length / 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .map(({ name }) => name)
}

/** Levenshtein: how many letters to change, add or leave out. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

/**
 * The organisation that the title rows name ('DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ PHƯỜNG TÂN TẠO'): of committees, the deepest;
 * undefined when none is named, or two that do not contain each other.
 */
export function organisationInTitles(
  titles: readonly string[],
  organisations: readonly NamedOrganisation[],
): NamedOrganisation | undefined {
  const words = (text: string) =>
    ` ${foldName(text)
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()} `
  const text = titles.map(words).join('|')
  const named = organisations
    .filter((one) => !one.holdsMembers && text.includes(words(one.name)))
    .filter(
      (one, _, all) => !all.some((other) => other !== one && words(other.name).startsWith(words(one.name))),
    )
    .sort((a, b) => b.path.length - a.path.length)
  const [deepest] = named
  return named.every((one) => deepest?.path.startsWith(one.path)) ? deepest : undefined
}
