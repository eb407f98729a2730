/** A registry for measurements: one city, 100 communes, 40 cells each, 25 members a cell; a tenth moved, each with a past. */
import type pg from 'pg'

/**
 * Organisations have two periods each, a third one where a commune was renamed. Of ten members one has moved, in the
 * three years up to November 2028: counted, in transit for a week, counted elsewhere; half of those moved twice.
 */
export async function fillRegistry(owner: pg.Client): Promise<void> {
  await owner.query(ORGANISATIONS)
  await owner.query(MEMBERS)
  await owner.query(move(1, "'2025-12-01'::date", 700))
  await owner.query(move(2, "'2027-12-01'::date", 340))
  await owner.query('vacuum analyze')
}

const ORGANISATIONS = `
  insert into organisation (code) values ('79.000.000.000.000');
  insert into organisation (code) select format('79.%s.000.000.000', lpad(w::text, 3, '0')) from generate_series(1, 100) w;
  insert into organisation (code)
    select format('79.%s.%s.000.001', lpad(w::text, 3, '0'), lpad(c::text, 3, '0')) from generate_series(1, 100) w, generate_series(1, 40) c;
  insert into organisation_period (organisation_id, valid_from, valid_to, name, name_norm, kind, parent_id, path, source)
    select id, d.valid_from, d.valid_to, 'Đảng bộ Thành phố', 'dang bo thanh pho', 'province', null, number || '.', 'x'
      from organisation, (values ('2025-07-01'::date, '2026-07-01'::date), ('2026-07-01', null)) d(valid_from, valid_to)
     where code = '79.000.000.000.000';
  insert into organisation_period (organisation_id, valid_from, valid_to, name, name_norm, kind, parent_id, path, source)
    select o.id, d.valid_from, d.valid_to, 'Đảng bộ Phường ' || o.number, 'dang bo phuong ' || o.number, 'commune', p.organisation_id, p.path || o.number || '.', 'x'
      from organisation o, organisation_period p,
           (values ('2025-07-01'::date, '2026-07-01'::date), ('2026-07-01', '2027-07-01'), ('2027-07-01', null)) d(valid_from, valid_to)
     where o.code like '79.___.000.000.000' and p.parent_id is null and p.valid_to is null and o.id <> p.organisation_id;
  insert into organisation_period (organisation_id, valid_from, valid_to, name, name_norm, kind, parent_id, path, source)
    select o.id, d.valid_from, d.valid_to, 'Chi bộ ' || o.number, 'chi bo ' || o.number, 'cell', w.id, p.path || o.number || '.', 'x'
      from organisation o join organisation w on w.code = left(o.code, 6) || '.000.000.000'
      join organisation_period p on p.organisation_id = w.id and p.valid_to is null,
           (values ('2025-07-01'::date, '2026-07-01'::date), ('2026-07-01', null)) d(valid_from, valid_to)
     where o.code like '%.001'`

const MEMBERS = `
  insert into member (full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number, official_on)
    select n, n, n, 'male', '1980-01-01', '099080' || lpad(i::text, 6, '0'), '099080' || lpad(i::text, 6, '0'), '2010-01-01'
      from (select i, (array['nguyen','tran','le','pham','hoang','ho'])[i % 6 + 1] || ' van ' || chr(97 + i % 26) || i % 97 as n
              from generate_series(1, 100000) i) x;
  insert into membership (member_id, organisation_id, standing, since, reason)
    select m.id, c.id, 'active', '2025-07-01', 'listed'
      from (select id, row_number() over (order by md5(personal_id)) as place from member) m
      join (select id, row_number() over (order by code) as place from organisation where code like '%.001') c
        on c.place = (m.place - 1) / 25 + 1`

/** One in ten moves for the first time, one in twenty again: on days spread over so many, into a cell of another commune. */
function move(turn: 1 | 2, first: string, spread: number): string {
  const movers =
    turn === 1 ? "right(m.personal_id, 1) = '7'" : "right(m.personal_id, 2) in ('07', '27', '47', '67', '87')"
  return `
    create temporary table moving as
      select s.member_id, s.organisation_id as from_id, ${first} + (('x' || substr(md5(m.personal_id), 1, 6))::bit(24)::int % ${spread}) as day,
             ('x' || substr(md5(m.personal_id || 'to'), 1, 6))::bit(24)::int % 4000 + 1 as place
        from membership s join member m on m.id = s.member_id where s.until is null and ${movers};
    update membership s set until = moving.day from moving where s.member_id = moving.member_id and s.until is null;
    insert into membership (member_id, organisation_id, standing, since, until, reason)
      select member_id, from_id, 'in-transit', day, day + 7, 'referred' from moving;
    insert into membership (member_id, organisation_id, standing, since, reason)
      select moving.member_id, c.id, 'active', moving.day + 7, 'admitted' from moving
        join (select id, row_number() over (order by code) as place from organisation where code like '%.001') c using (place);
    drop table moving`
}
