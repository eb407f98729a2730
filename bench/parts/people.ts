/** Members for measurements of fees at the size of a country: counted in the cells that are there, each with a schedule. */
import type pg from 'pg'

/** Adds so many members; without the log and the checks of keys: they are not what is measured. */
export async function addPeople(owner: pg.Client, members: number): Promise<void> {
  await owner.query(`
    set session_replication_role = replica;
    create temporary table cell as
      select organisation_id as id, row_number() over () - 1 as place from organisation_period where kind = 'cell' and valid_to is null;
    create index on cell (place);
    analyze cell;
    create temporary table person as
      select gen_random_uuid() as id, c.id as cell, n
        from generate_series(1, ${members}) n join cell c on c.place = n % (select count(*) from cell);
    insert into membership (member_id, organisation_id, standing, since, reason)
      select id, cell, 'active', '2026-01-01', 'listed' from person order by cell;
    insert into fee_schedule (member_id, from_period, class, base_vnd, amount_vnd)
      select id, '2026-02-01', case n % 3 when 0 then 'BHXH' when 1 then 'HUU_TRI' else 'TRONG_TUOI' end, 5000000 + n % 9000000,
             15000 + n % 90000 from person order by id;
    drop table person, cell;
    set session_replication_role = default`)
  await owner.query('vacuum analyze')
}
