/** A whole list of members against the registry: rows judged, compared and written, a thousand at a time. */
import { randomUUID } from 'node:crypto'
import { sql, table, type Read, type Write } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { foldName, nameSortKey, tidyText } from '../../kernel/vietnamese-text.ts'
import { FACT_COLUMNS, FACTS, type MemberFacts } from '../members/store.ts'
import { shownText } from '../../spreadsheets/cell.ts'
import { MEMBER_COLUMNS, type MemberField } from './member-columns.ts'
import type { MemberContext } from './member-context.ts'
import { judgeRow, type JudgedRow } from './members.ts'
import { organisationNames, type NamedOrganisation } from './organisation-names.ts'
import { reconcile, type KnownMember, type Reconciled } from './reconcile.ts'
import {
  inBatches,
  namedOrganisations,
  organisationOfList,
  rangeOf,
  type ImportRequest,
  type RowResult,
  type TakenList,
} from './request.ts'
import { openTable, type TableRow } from '../../spreadsheets/table.ts'
import type { Sheet } from '../../spreadsheets/workbook.ts'

const ROWS_AT_A_TIME = 1_000

/** Opens the list and finds out whose it is; nothing is read of its rows yet. */
export async function takeMembers(
  write: Write,
  sheets: readonly Sheet[],
  request: ImportRequest,
): Promise<TakenList> {
  const list = await openTable(sheets, MEMBER_COLUMNS)
  const under = await organisationOfList(write, request, list.titles)
  const organisations = await namedOrganisations(write, request.today, rangeOf(under))
  const firstRows = new Map<string, number>()
  const context: MemberContext = {
    today: request.today,
    allowTestPrefixes: request.allowTestPrefixes ?? false,
    fields: list.fields,
    matchOrganisation: organisationNames(organisations),
    firstRowOf: (personalId) => firstRows.get(personalId),
  }
  return {
    unknownColumns: list.unknownColumns,
    under,
    async *results() {
      // While the database takes one batch, the next one is read and judged.
      let taking: Promise<RowResult[]> | undefined
      for await (const rows of inBatches(list.rows(), ROWS_AT_A_TIME)) {
        const judged = rows.map((row) => {
          const result = judgeRow(row, context)
          const { personalId } = result
          if (personalId !== undefined && !firstRows.has(personalId)) firstRows.set(personalId, result.row)
          return result
        })
        if (taking) yield await taking
        taking = takeBatch(write, rows, judged)
        taking.catch(() => undefined) // told when it is waited for
      }
      if (taking) yield await taking
    },
  }
}

interface Taken {
  readonly judged: JudgedRow
  readonly reconciled: Reconciled
}

async function takeBatch(
  write: Write,
  rows: readonly TableRow<MemberField>[],
  judgedRows: readonly JudgedRow[],
): Promise<RowResult[]> {
  const known = await knownMembers(
    write,
    judgedRows.flatMap((judged) => judged.member?.personalId ?? []),
  )
  const taken: Taken[] = judgedRows.map((judged) => ({
    judged,
    reconciled: reconcile(judged, known.get(judged.member?.personalId ?? '')),
  }))
  await insertMembers(write, taken)
  await updateMembers(write, taken)
  return taken.map(({ judged, reconciled }, place) => ({
    outcome: reconciled.outcome,
    problems: reconciled.problems,
    organisationId: judged.organisation?.id ?? null,
    subject: tidyText(shownText(rows[place]?.cells.fullName)).slice(0, 100) || null,
  }))
}

async function knownMembers(read: Read, personalIds: readonly string[]): Promise<Map<string, KnownMember>> {
  const rows = await read.rows<
    MemberFacts & {
      id: string
      digest: string | null
      at: string | null
      membershipStanding: 'active' | 'in-transit'
    }
  >(sql`
    select m.id, m.row_digest as digest, s.organisation_id as at, s.standing as "membershipStanding", ${FACTS}
      from member m left join membership s on s.member_id = m.id and s.until is null
     where m.personal_id = any(${personalIds}::text[])`)
  return new Map(
    rows.map(({ id, digest, at, membershipStanding, ...facts }) => [
      facts.personalId,
      {
        id,
        digest,
        facts,
        membership: at === null ? null : { organisationId: at, standing: membershipStanding },
      },
    ]),
  )
}

const FACT_NAMES = Object.keys(FACT_COLUMNS) as (keyof MemberFacts)[]
const DATES: readonly (keyof MemberFacts)[] = [
  'birthDate',
  'cardIssuedOn',
  'joinedOn',
  'officialOn',
  'endedOn',
]

/** What is written of a member, under the names of its columns. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'uuid',
  ...Object.fromEntries(
    FACT_NAMES.map((name) => [FACT_COLUMNS[name], DATES.includes(name) ? 'date' : 'text']),
  ),
  name_norm: 'text',
  sort_key: 'text',
  row_digest: 'text',
}

/** A member as a row of the table `member`. */
function tableRow(id: string, facts: MemberFacts, digest: string): Record<string, unknown> {
  const row: Record<string, unknown> = { id }
  for (const name of FACT_NAMES) row[FACT_COLUMNS[name]] = facts[name]
  row.name_norm = foldName(facts.fullName)
  row.sort_key = nameSortKey(facts.fullName)
  row.row_digest = digest
  return row
}

/**
 * Where a listed member is counted. Lists do not say since when: it is the joining, or the day the organisation began
 * when that is later.
 */
function membershipRow(
  memberId: string,
  facts: MemberFacts,
  organisation: NamedOrganisation,
): Record<string, unknown> {
  const counted = facts.standing === 'active' || facts.standing === 'exempt'
  const until = counted ? null : facts.endedOn
  const listed = [facts.joinedOn ?? '', organisation.validFrom].sort().at(-1) ?? organisation.validFrom
  const since = until !== null && until < listed ? until : listed
  return { id: randomUUID(), member_id: memberId, organisation_id: organisation.id, since, until }
}

const NAMES = sql.join(Object.keys(COLUMNS).map((column) => sql.ref(column)))

const MEMBERSHIP_COLUMNS = {
  id: 'uuid',
  member_id: 'uuid',
  organisation_id: 'uuid',
  since: 'date',
  until: 'date',
}

async function insertMembers(write: Write, taken: readonly Taken[]): Promise<void> {
  const members: Record<string, unknown>[] = []
  const memberships: Record<string, unknown>[] = []
  for (const { judged, reconciled } of taken) {
    if (reconciled.action !== 'insert' || !judged.member || !judged.organisation) continue
    const id = randomUUID()
    members.push(tableRow(id, judged.member, reconciled.digest))
    memberships.push(membershipRow(id, judged.member, judged.organisation))
  }
  if (members.length === 0) return
  const inserted = await write.run(sql`
    insert into member (${NAMES})
    select ${NAMES} from ${table(members, COLUMNS)}
    on conflict (personal_id) do nothing`)
  // somebody else imported one of them since this batch was compared
  if (inserted !== members.length) throw new Refusal('conflict', 'import.registry-changed')
  write.later(sql`
    insert into membership (id, member_id, organisation_id, standing, since, until, reason)
    select id, member_id, organisation_id, 'active', since, until, 'listed'
      from ${table(memberships, MEMBERSHIP_COLUMNS)}`)
}

const ASSIGNMENTS = sql.join(
  Object.keys(COLUMNS)
    .filter((column) => column !== 'id')
    .map((column) => sql`${sql.ref(column)} = t.${sql.ref(column)}`),
)

async function updateMembers(write: Write, taken: readonly Taken[]): Promise<void> {
  const updates = taken.flatMap(({ reconciled }) => (reconciled.action === 'update' ? [reconciled] : []))
  if (updates.length === 0) return
  const rows = updates.map(({ known, facts, digest }) => tableRow(known.id, facts, digest))
  await write.run(sql`
    update member set ${ASSIGNMENTS}, updated_at = now()
      from ${table(rows, COLUMNS)} where member.id = t.id`)
  const ended = updates.filter((update) => update.ends).map((update) => update.known.id)
  await write.run(sql`
    update membership s set until = greatest(s.since, m.ended_on), reason = s.reason || '; ' || m.standing
      from member m where m.id = s.member_id and s.until is null and m.id = any(${ended}::uuid[])`)
}
