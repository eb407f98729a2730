/** Members for measurements of fees at the size of a country: counted in the cells that are there, each with a schedule. */
import type pg from 'pg'

/**
 * Adds so many members; without the log and the checks of keys: they are not what is measured. Cell by cell, with ids in the
 * order of their coming, as lists are taken in.
 */
export async function addPeople(owner: pg.Client, members: number): Promise<void> {
  await owner.query(`
    set session_replication_role = replica;
    create temporary table holding as
      select organisation_id as id, row_number() over () - 1 as place from organisation_period where kind = 'cell' and valid_to is null;
    create index on holding (place);
    analyze holding;
    create temporary table newcomer as
      select uuidv7() as id, c.id as cell, n
        from generate_series(1, ${members}::bigint) n join holding c on c.place = (n - 1) * (select count(*) from holding) / ${members};
    insert into membership (member_id, organisation_id, standing, since, reason)
      select id, cell, 'active', '2026-01-01', 'listed' from newcomer order by id;
    insert into fee_schedule (member_id, from_period, class, base_vnd, amount_vnd)
      select id, '2026-02-01', case n % 3 when 0 then 'BHXH' when 1 then 'HUU_TRI' else 'TRONG_TUOI' end, 5000000 + n % 9000000,
             15000 + n % 90000 from newcomer order by id;
    drop table newcomer, holding;
    set session_replication_role = default`)
  await owner.query('vacuum analyze')
}
