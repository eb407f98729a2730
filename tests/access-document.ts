/** docs/access.md, made from the cells of the matrix: route × role × relation, in words. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RouteEntry } from '../src/app/route-table.ts'
import { SCOPES, type Scope } from '../src/web/scope.ts'
import { nameOf, type Cell } from './access-judge.ts'
import { chainOf, type Asker, type PlaceName } from './access-places.ts'
import type { Outcome, Target } from './access-rules.ts'

const RELATIONS = ['own', 'above', 'below', 'sibling', 'other province', 'former', 'deputy'] as const
type Relation = (typeof RELATIONS)[number]

/** Places where a dossier is at home: its way. */
const homeOf = ({ place, dossier }: Target): readonly PlaceName[] =>
  dossier?.way.length ? dossier.way : [place]

/** How an asker's organisation lies to the thing. Members are apart: their relation is being the one it is about, or not. */
function relationOf(who: Asker, target: Target): Relation {
  if (who.deputy) return 'deputy'
  if (who.former) return 'former'
  const { place } = who
  const home = homeOf(target)
  if (place === null || home.includes(place)) return 'own'
  if (home.some((each) => chainOf(each).includes(place))) return 'above'
  if (home.some((each) => chainOf(place).includes(each))) return 'below'
  const provinces = home.map((each) => chainOf(each).at(-1))
  return provinces.includes(chainOf(place).at(-1)) ? 'sibling' : 'other province'
}

/** The roles of members say of whom the thing is. */
function roleOf({ who, trial: { target } }: Cell): string {
  if (who.role !== 'member') return who.role
  const subject = target.dossier?.memberId
  const mine = subject !== undefined && (who.deputy?.of ?? who.memberId) === subject
  return mine ? 'member, of whom it is' : 'member, another'
}

/** What several cells of one square say: one word, or those that differ. */
function wordOf(outcomes: readonly Outcome[]): string {
  const different = [...new Set(outcomes)].sort()
  return different.length === 0 ? '' : different.join(' / ')
}

/** Cells of one rule behind one door: each of its routes answers alike, or the matrix is red. */
function tableOf(cells: readonly Cell[]): string {
  const roles = [...new Set(cells.map(roleOf))]
  const rows = roles.map((role) => {
    const squares = RELATIONS.map((relation) =>
      wordOf(
        cells
          .filter((cell) => roleOf(cell) === role && relationOf(cell.who, cell.trial.target) === relation)
          .map(({ found }) => found),
      ),
    )
    return `| ${[role, ...squares].join(' | ')} |`
  })
  const head = ['Role', ...RELATIONS]
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows].join('\n')
}

interface Result {
  readonly file: string
  readonly without: string
  readonly found: string | null
  readonly survives: string | null
}

function mutations(): string {
  const path = join(import.meta.dirname, '..', 'docs', 'mutation.json')
  const results = JSON.parse(readFileSync(path, 'utf8')) as readonly Result[]
  const killed = results.filter(({ found }) => found !== null)
  const survivors = results.filter(({ found }) => found === null)
  const rows = results.map(
    ({ without, file, found, survives }) =>
      `| ${without} | \`${file}\` | ${found === null ? `survived: ${survives ?? 'nobody knows why'}` : 'red'} |`,
  )
  return [
    `${results.length} predicates were taken out, ${killed.length} turned the matrix red, ${survivors.length} did not.`,
    '',
    '| Without | In | The matrix |',
    '|---|---|---|',
    ...rows,
  ].join('\n')
}

export function accessDocument(table: readonly RouteEntry[], cells: readonly Cell[]): string {
  const groups = new Map<string, Cell[]>()
  for (const cell of cells) {
    const { route, target, about } = cell.trial
    const isApart = (target.dossier && about !== 'main') || about === 'on a past day'
    const state = isApart ? `, ${about}` : ''
    const key = `${target.scope}${state}|${route.access}`
    groups.set(key, [...(groups.get(key) ?? []), cell])
  }
  const parts = [...groups].map(([key, found]) => {
    const [title = '', access = ''] = key.split('|')
    const scope = found[0]!.trial.target.scope as Scope
    const routes = [...new Set(found.map(({ trial }) => nameOf(trial.route)))]
    return [
      `### ${title}, behind the door "${access}"`,
      `${SCOPES[scope]}.`,
      tableOf(found),
      `Routes (${routes.length}): ${routes.map((route) => `\`${route}\``).join(', ')}.`,
    ].join('\n\n')
  })
  const named = new Set(cells.map(({ trial }) => nameOf(trial.route)))
  const unnamed = table.filter((route) => !named.has(nameOf(route)))
  const doors = ['public', 'signed-in', 'officer', 'administrator'].map((access) => {
    const routes = unnamed.filter((route) => route.access === access).map(nameOf)
    return `**${access}** (${routes.length}): ${routes.map((route) => `\`${route}\``).join(', ')}.`
  })
  return [
    '# Who reaches what',
    'Made by [tests/access-matrix.test.ts](../tests/access-matrix.test.ts) from what the server answered, and kept current by it: ' +
      '`npx vitest run --project unit tests/access-matrix.test.ts -u` writes it anew. Why it is as it is: ' +
      '[ADR 0019](adr/0019-access-declared-and-tried.md).',
    '**may**: the route goes on to what its own rules say. **unknown**: the answer is, but for the id asked for and the ' +
      'request’s own, the answer to an id that nobody has. **refused**: kept out by role, before anything is looked up. Two words in one ' +
      'square: it depends on which of the organisations on the way, or above one of its ends, the asker’s is.',
    'Relations are those of the asker’s organisation to the thing’s; a dossier is at home along its way. *former*: the ' +
      'office ended, what is left is the member’s own hat. *deputy*: acts for the holder of that office in the ward or cell, or ' +
      'for the member.',
    '## Routes that name a thing',
    ...parts,
    '## Routes that name no thing',
    'Lists among them are tried by what they show ([tests/access-lists.ts](../tests/access-lists.ts)).',
    ...doors,
    '## What the matrix is worth',
    'Each predicate of scope was taken out of the sources in turn and the matrix asked again, by hand: `npm run -s mutate-access`.',
    mutations(),
  ].join('\n\n')
}
