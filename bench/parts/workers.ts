/** Members of a large workplace for measurements, and copies of a dossier that was made by its own commands, one for each of them. */
import type pg from 'pg'

/** One more cell under a committee, with so many members. @returns their ids */
export async function addWorkers(owner: pg.Client, committeeId: string, count: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `with cell as (insert into organisation (code) values ('79.021.900.000.001') returning id, number),
          period as (
            insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
              select cell.id, '2025-07-01', 'Chi bộ Nhà máy', 'chi bo nha may', 'cell', $1, p.path || cell.number || '.', 'x'
                from cell, organisation_period p where p.organisation_id = $1 and p.valid_to is null),
          worker as (
            insert into member (full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number, official_on)
              select 'Nguyễn Văn ' || i, 'nguyen van ' || i, 'van ' || lpad(i::text, 5, '0') || ' nguyen', 'male', '1985-05-01',
                     '098085' || lpad(i::text, 6, '0'), '098085' || lpad(i::text, 6, '0'), '2012-01-01'
                from generate_series(1, $2::int) i returning id)
     insert into membership (member_id, organisation_id, standing, since, reason)
       select worker.id, cell.id, 'active', '2025-07-01', 'listed' from worker, cell returning member_id as id`,
    [committeeId, count],
  )
  await owner.query('vacuum analyze')
  return rows.map(({ id }) => id)
}

/** What a dossier consists of beside the rows of its own procedure. */
const TABLES = ['dossier_event', 'dossier_party']

/**
 * Copies a dossier with all its events onto other members, one each; the member it is about keeps theirs. Without the log and
 * the checks of keys: what is copied is the ground of a measurement.
 */
export async function copyDossier(
  owner: pg.Client,
  table: 'residence_referral' | 'residence_comment',
  sample: string,
  members: readonly string[],
): Promise<void> {
  const copy = (name: string, key: string, about: string) =>
    `insert into ${name} select (jsonb_populate_record(null::${name}, replace(to_jsonb(r)::text, about.member, c.member_id::text)::jsonb
              || jsonb_build_object('${key}', c.id) ${about})).*
       from ${name} r, copied c, (select subject_id::text as member from dossier where id = '${sample}') about
      where r.${key} = '${sample}'`
  await owner.query('begin')
  await owner.query(`set local session_replication_role = replica`)
  await owner.query(
    `create temporary table copied on commit drop as
       select gen_random_uuid() as id, m as member_id from unnest($1::uuid[]) m
        where m <> (select subject_id from dossier where id = $2)`,
    [members, sample],
  )
  await owner.query(copy('dossier', 'id', ''))
  await owner.query(copy(table, 'dossier_id', ''))
  for (const name of TABLES) {
    const about = name === 'dossier_event' ? `|| jsonb_build_object('command_id', gen_random_uuid())` : ''
    await owner.query(copy(name, 'dossier_id', about))
  }
  await owner.query('commit')
  await owner.query(
    'vacuum analyze dossier, dossier_event, dossier_party, residence_referral, residence_comment',
  )
}

/** Takes comments away as if nobody had asked for them. */
export async function dropComments(owner: pg.Client, members: readonly string[]): Promise<void> {
  await owner.query('begin')
  await owner.query(`set local session_replication_role = replica`)
  const dropped = `(select dossier_id from residence_comment where member_id = any($1::uuid[]))`
  for (const [name, key] of [
    ['dossier_event', 'dossier_id'],
    ['dossier_party', 'dossier_id'],
    ['dossier', 'id'],
    ['residence_comment', 'dossier_id'],
  ] as const)
    await owner.query(`delete from ${name} where ${key} in ${dropped}`, [members])
  await owner.query('commit')
}
