/** The plans of what is asked at every click, on a registry of 50,000 members: no table is read whole, whatever is asked for. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database, type Read } from '../kernel/db.ts'
import { findMemberByPersonalId } from './members/store.ts'
import { holdersOf, officesOf } from './offices/store.ts'
import { ancestorsOn, childrenOn, findOrganisationByCode, subtreeOn } from './organisations/store.ts'

const TODAY = '2026-11-21'
let testDatabase: TestDatabase
let database: Database
let client: pg.Client
const ids: Record<string, string> = {}

/** One city, 40 wards, 250 cells each, 5 members a cell, a secretary in each. */
const FILL = `
  insert into organisation (code) select '79.000.000.000.000';
  insert into organisation (code) select format('79.%s.000.000.000', lpad(w::text, 3, '0')) from generate_series(1, 40) w;
  insert into organisation (code)
    select format('79.%s.%s.000.001', lpad(w::text, 3, '0'), lpad(c::text, 3, '0')) from generate_series(1, 40) w, generate_series(1, 250) c;
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select id, '2025-07-01', 'Đảng bộ Thành phố', 'dang bo thanh pho', 'province', null, number || '.', 'x'
      from organisation where code = '79.000.000.000.000';
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '2025-07-01', 'Đảng bộ Phường ' || o.number, 'dang bo phuong ' || o.number, 'commune', p.organisation_id, p.path || o.number || '.', 'x'
      from organisation o, organisation_period p where o.code like '79.___.000.000.000' and o.code <> '79.000.000.000.000';
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '2025-07-01', 'Chi bộ ' || o.number, 'chi bo ' || o.number, 'cell', w.id, p.path || o.number || '.', 'x'
      from organisation o join organisation w on w.code = left(o.code, 6) || '.000.000.000'
      join organisation_period p on p.organisation_id = w.id where o.code like '%.001';
  insert into member (full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number)
    select n, n, n, 'male', '1980-01-01', '099080' || lpad(i::text, 6, '0'), '099080' || lpad(i::text, 6, '0')
      from (select i, (array['nguyen','tran','le','pham','hoang','ho'])[i % 6 + 1] || ' van ' || chr(97 + i % 26) || i % 97 as n
              from generate_series(1, 50000) i) x;
  insert into membership (member_id, organisation_id, standing, since, reason)
    select m.id, c.id, 'active', '2025-07-01', 'listed'
      from (select id, row_number() over (order by personal_id) as place from member) m
      join (select id, row_number() over (order by code) as place from organisation where code like '%.001') c
        on c.place = (m.place - 1) / 5 + 1;
  insert into office (member_id, position, organisation_id, since, source)
    select distinct on (s.organisation_id) s.member_id, 'cell-secretary', s.organisation_id, '2025-07-01', 'x' from membership s;
  analyze`

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  client = new pg.Client(testDatabase.url)
  await client.connect()
  await client.query(FILL)
  await client.query('set random_page_cost = 1.1') // a table of this size lies in memory
  for (const code of ['79.000.000.000.000', '79.007.000.000.000', '79.007.003.000.001'])
    ids[code] = (await findOrganisationByCode(database.read, code, TODAY))?.id ?? ''
})
afterAll(async () => {
  await client.end()
  await database.close()
  await testDatabase.drop()
})


test('x', async () => {
  const ex = async (q: string) => console.log(q.slice(0,300)+'\n'+(await client.query<{ 'QUERY PLAN': string }>('explain '+q)).rows.map((r) => r['QUERY PLAN']).join('\n'))
  await ex(`select * from organisation_on('2026-11-21') o where o.path >= '1.8.' and o.path < '1.8/'`)
  await ex(`select * from organisation_on('2026-11-21') o where o.path >= '1.8.' collate "C" and o.path < '1.8/' collate "C"`)
  await ex(`select * from organisation_period o where o.path >= '1.8.' and o.path < '1.8/'`)
  await ex(`select pg_collation_for(o.path) from organisation_on('2026-11-21') o`)
  console.log((await client.query(`select pg_collation_for(o.path) from organisation_on('2026-11-21') o limit 1`)).rows)
})
