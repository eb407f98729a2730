/** The country as it was before July 2025, made up for the replay: provinces, communes, cells, members and secretaries, set by set. */
import type pg from 'pg'
import { foldName } from '../../../kernel/vietnamese-text.ts'
import type { Country } from './country.ts'
import { cellsOf, committeeOf, secretaryOffice, type Size } from './province-plan.ts'

/** The registry knows no rules of kinds before July 2025: the replay lends June those of July. */
const OLD_SINCE = '2025-06-01'

/** @param owner a connection of the database's owner, to a database with nobody in it */
export async function fillOldCountry(owner: pg.Client, country: Country, size: Size): Promise<void> {
  const provinces = country.provinces.map(({ id, name }) => ({
    id,
    name: committeeOf(name),
    name_norm: foldName(committeeOf(name)),
  }))
  const communes = country.provinces.flatMap(({ id: province, old }) =>
    old.map((commune) => ({
      id: commune.id,
      province,
      name: committeeOf(commune.name),
      name_norm: foldName(committeeOf(commune.name)),
      cells: cellsOf(commune, size),
      office: secretaryOffice(commune.id),
    })),
  )
  await owner.query('begin')
  await owner.query(KINDS)
  await owner.query(
    `create temporary table province as select * from jsonb_to_recordset($1::jsonb) as x(id uuid, name text, name_norm text)`,
    [JSON.stringify(provinces)],
  )
  await owner.query(
    `create temporary table commune as
       select * from jsonb_to_recordset($1::jsonb) as x(id uuid, province uuid, name text, name_norm text, cells int, office uuid)`,
    [JSON.stringify(communes)],
  )
  await owner.query(ORGANISATIONS)
  await owner.query(`select set_config('replay.members', $1, true)`, [String(size.members)])
  await owner.query(MEMBERS)
  await owner.query(OFFICES)
  await owner.query('commit')
  await owner.query('vacuum analyze')
}

const KINDS = `
  insert into organisation_kind (code, valid_from, valid_to, name, tier, has_seal, holds_members, citation)
  select code, '${OLD_SINCE}', valid_from, name, tier, has_seal, holds_members, 'Diễn lại 2025: mượn quy định của tháng 7'
    from organisation_kind where valid_from = '2025-07-01'`

const ORGANISATIONS = `
  create temporary table cell as
    select md5(c.id || ' cell ' || n)::uuid as id, c.id as commune, n as place from commune c, generate_series(1, c.cells) n;
  insert into organisation (id) select id from province;
  insert into organisation (id) select id from commune;
  insert into organisation (id) select id from cell;
  analyze organisation;
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '${OLD_SINCE}', x.name, x.name_norm, 'province', null, o.number || '.', 'diễn lại 2025'
      from province x join organisation o using (id);
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '${OLD_SINCE}', x.name, x.name_norm, 'commune', x.province, p.number || '.' || o.number || '.', 'diễn lại 2025'
      from commune x join organisation o using (id) join organisation p on p.id = x.province;
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '${OLD_SINCE}', 'Chi bộ số ' || x.place, 'chi bo so ' || x.place, 'cell', x.commune, p.path || o.number || '.',
           'diễn lại 2025'
      from cell x join organisation o using (id) join organisation_period p on p.organisation_id = x.commune`

const MEMBERS = `
  create temporary table person as
    select md5(c.id || ' member ' || n)::uuid as id, c.id as commune, n as place, (n - 1) % c.cells + 1 as cell_place,
           row_number() over () as number
      from commune c, generate_series(1, current_setting('replay.members')::int) n;
  insert into member (id, full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number, official_on)
    select id, 'Đảng viên ' || number, 'dang vien ' || number, 'dang vien ' || lpad(number::text, 9, '0'), 'male', '1980-01-01',
           '099' || lpad(number::text, 9, '0'), '099' || lpad(number::text, 9, '0'), '2010-01-01' from person;
  insert into membership (member_id, organisation_id, standing, since, reason)
    select p.id, c.id, 'active', '${OLD_SINCE}', 'listed' from person p join cell c on c.commune = p.commune and c.place = p.cell_place`

/** A secretary in each commune; in each province a deputy who signs. */
const OFFICES = `
  insert into office (id, member_id, position, organisation_id, since, source)
    select c.office, p.id, 'committee-secretary', c.id, '${OLD_SINCE}', 'diễn lại 2025' from commune c join person p on p.commune = c.id and p.place = 1;
  insert into office (member_id, position, organisation_id, since, source)
    select distinct on (c.province) p.id, 'committee-standing-deputy', c.province, '${OLD_SINCE}', 'diễn lại 2025'
      from commune c join person p on p.commune = c.id order by c.province, p.id`
