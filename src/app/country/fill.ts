/**
 * Puts a made-up country into the registry, set by set, as the database's owner: in one transaction, so that all of it is there
 * or nothing. The log's triggers stay on: each row has its entry. Indexes and keys to other tables are set aside and made anew
 * at the end, when all rows are there: the last statements before the commit check everything they would have checked.
 */
import type pg from 'pg'
import { PROVINCE_CODES } from '../../kernel/province-codes.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { NamePart } from './names.ts'
import { idFrom } from '../../registry/reorganisation/replay/country.ts'
import { shareOut, type Place, type Plan, type Post } from './places.ts'
import { ID_CODES_OF_PROVINCE } from './provinces.ts'

export interface People {
  readonly members: number
  /** names, births and the rest are drawn with it */
  readonly seed: string
  readonly today: PlainDate
  /** code of the only province with members; absent: all have */
  readonly peopled?: string
}

export type Tell = (what: Step, done: number, all: number) => void
export type Step = 'places' | 'people' | 'offices' | 'indexes'

/** Members written by one statement: enough to be worth it, few enough for the log's memory. */
const AT_A_TIME = 200_000

const SOURCE = 'sinh tự động'
/** Before this day the registry knows no rules of organisations. */
const FOUNDED_ON = '2025-07-01'

export async function fillCountry(
  owner: pg.Client,
  plan: Plan,
  names: readonly NamePart[],
  people: People,
  tell: Tell,
): Promise<void> {
  for (const setting of SETTINGS) await owner.query(`set local ${setting}`)
  const putBack = await setAside(owner, [
    'member',
    'membership',
    'member_search',
    'office',
    'organisation_period',
  ])
  await owner.query(DRAW)
  await insertPlaces(owner, plan.places)
  tell('places', plan.places.length, plan.places.length)
  await readyNames(owner, names)
  const cells = await readyCells(owner, plan.places, people)
  for (let from = 0; from < cells.length;) {
    const { upTo, members } = stretch(cells, from)
    await insertPeople(owner, people, from, upTo)
    from = upTo
    tell('people', members, people.members)
  }
  await insertPosts(owner, plan.posts, people)
  tell('offices', plan.posts.length, plan.posts.length)
  for (const [done, statement] of putBack.entries()) {
    await owner.query(statement)
    tell('indexes', done + 1, putBack.length)
  }
}

/** What the embedded database is started with is for acts, not for millions of rows. */
const SETTINGS = [
  `maintenance_work_mem = '400MB'`,
  `work_mem = '128MB'`,
  'max_parallel_maintenance_workers = 2',
]

/**
 * Takes indexes and keys to other tables away.
 *
 * @returns the statements that make them again
 */
async function setAside(owner: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows: keys } = await owner.query<{ drop: string; make: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
       from pg_constraint where conrelid = any($1::regclass[]) and contype = 'f' order by conrelid, conname`,
    [tables],
  )
  const { rows: indexes } = await owner.query<{ drop: string; make: string }>(
    `select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
       from pg_index i
      where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
      order by i.indrelid, i.indexrelid`,
    [tables],
  )
  for (const { drop } of [...keys, ...indexes]) await owner.query(drop)
  return [...indexes, ...keys].map(({ make }) => make)
}

/** A number below `most` that follows from another one; `what` tells apart what is drawn of the same. */
const DRAW = `
  create function pg_temp.draw(n bigint, what bigint, most bigint) returns bigint language sql immutable
    return (hashint8extended(n, what) & 9223372036854775807) % most;
  create function pg_temp.id_of(n bigint, what bigint) returns uuid language sql immutable
    return (lpad(to_hex(1751302800000 + n), 12, '0') || '7' || lpad(to_hex(hashint8extended(n, what) & 4095), 3, '0')
            || '8' || lpad(to_hex(hashint8extended(n, what + 1) & 1152921504606846975), 15, '0'))::uuid`

async function insertPlaces(owner: pg.Client, places: readonly Place[]): Promise<void> {
  await owner.query(
    `create temporary table place on commit drop as
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::uuid[])
         with ordinality as t(id, code, name, name_norm, kind, depth, parent_id, place)`,
    [
      places.map(({ id }) => id),
      places.map(({ code }) => code),
      places.map(({ name }) => name),
      places.map(({ nameNorm }) => nameNorm),
      places.map(({ kind }) => kind),
      places.map(({ depth }) => depth),
      places.map(({ parentId }) => parentId),
    ],
  )
  await owner.query('analyze place')
  await owner.query('insert into organisation (id, code) select id, code from place order by place')
  await owner.query('analyze organisation')
  await owner.query('create temporary table laid (id uuid primary key, path text collate "C") on commit drop')
  const deepest = places.reduce((depth, place) => Math.max(depth, place.depth), 0)
  for (let depth = 1; depth <= deepest; depth += 1) {
    await owner.query(
      `insert into laid select o.id, coalesce(above.path, '') || o.number || '.'
         from place p join organisation o using (id) left join laid above on above.id = p.parent_id where p.depth = $1`,
      [depth],
    )
    await owner.query('analyze laid')
  }
  await owner.query(
    `insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
       select p.id, $1, p.name, p.name_norm, p.kind, p.parent_id, laid.path, $2 from place p join laid using (id) order by p.place`,
    [FOUNDED_ON, SOURCE],
  )
}

async function readyNames(owner: pg.Client, names: readonly NamePart[]): Promise<void> {
  await owner.query(
    `create temporary table name_part on commit drop as
       select * from unnest($1::smallint[], $2::smallint[], $3::text[], $4::text[], $5::text[]) as t(list, slot, text, norm, key)`,
    [
      names.map(({ list }) => list),
      names.map(({ slot }) => slot),
      names.map(({ text }) => text),
      names.map(({ norm }) => norm),
      names.map(({ key }) => key),
    ],
  )
  const codes = Object.entries(ID_CODES_OF_PROVINCE)
  const everywhere = Object.keys(PROVINCE_CODES)
  const births = codes.flatMap(([province, own]) =>
    Array.from({ length: HUNDRED }, (_, slot) => ({
      province,
      slot,
      code:
        slot < BORN_HERE
          ? own[slot % own.length]!
          : everywhere[(slot * 7 + Number(province)) % everywhere.length]!,
    })),
  )
  await owner.query(
    `create temporary table birth on commit drop as
       select * from unnest($1::text[], $2::smallint[], $3::text[], $4::text[]) as t(province, slot, code, name)`,
    [
      births.map(({ province }) => province),
      births.map(({ slot }) => slot),
      births.map(({ code }) => code),
      births.map(({ code }) => PROVINCE_CODES[code]),
    ],
  )
  await owner.query('analyze name_part; analyze birth')
}

const HUNDRED = 100
/** Of a hundred members so many were born in the province they live in. */
const BORN_HERE = 82

interface Cell {
  readonly members: number
}

/** Cells in the order of their places; members are numbered through them. */
async function readyCells(
  owner: pg.Client,
  places: readonly Place[],
  { members, peopled }: People,
): Promise<Cell[]> {
  const holding = places.filter(({ weight }) => weight > 0)
  const sizes = shareOut(
    members,
    holding.map(({ weight, province }) => (peopled === undefined || province === peopled ? weight : 0)),
  )
  let before = 0
  const firsts = sizes.map((size) => (before += size) - size)
  const provinceNames = new Map(
    places.filter(({ kind }) => kind === 'province').map((place) => [place.province, place.name]),
  )
  await owner.query(
    `create temporary table cell on commit drop as
       select place - 1 as place, id, first, size, province, replace(province_name, 'Đảng bộ ', '') as province_name, commune
         from unnest($1::uuid[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[])
         with ordinality as t(id, first, size, province, province_name, commune, place)`,
    [
      holding.map(({ id }) => id),
      firsts,
      sizes,
      holding.map(({ province }) => province),
      holding.map(({ province }) => provinceNames.get(province) ?? null),
      holding.map(({ commune }) => commune),
    ],
  )
  await owner.query('create index on cell (place); create index on cell (id); analyze cell')
  return sizes.map((size) => ({ members: size }))
}

/** As many cells from `from` on as have about a statement's members; `members`: how many there are up to their end. */
function stretch(cells: readonly Cell[], from: number): { upTo: number; members: number } {
  const before = cells.slice(0, from).reduce((sum, cell) => sum + cell.members, 0)
  let [upTo, here] = [from, 0]
  while (upTo < cells.length && here < AT_A_TIME) here += cells[upTo++]!.members
  return { upTo, members: before + here }
}

async function insertPeople(owner: pg.Client, people: People, from: number, upTo: number): Promise<void> {
  await owner.query(PERSON, [from, upTo, people.members, people.today, seedNumber(people.seed)])
  for (const statement of [MEMBERS, MEMBERSHIPS, CELL_OFFICES]) await owner.query(statement)
  await owner.query('drop table person')
}

/** Of the seed as a word, the number that the draws are shifted by. */
function seedNumber(seed: string): number {
  return Number.parseInt(idFrom('seed', seed).slice(0, 8), 16) * 1000
}

/**
 * Personal IDs differ: the six digits of chance are the member's number, mixed, in a country of at most a million; in a larger one
 * members with the same digits were born in years that are different by construction.
 */
const PERSON = `
  create temporary table person as
  with drawn as (
    select c.id as cell, c.size, c.province, c.province_name, c.commune, n, (n - c.first + 1)::int as nth, $5::bigint as seed, $4::date as today,
           case when pg_temp.draw(n, $5 + 1, 100) < 64 then 0 else 1 end as sex,
           n * 2654435761 % $3 as mixed, ($3 - 1) / 1000000 + 1 as classes
      from cell c, generate_series(c.first, c.first + c.size - 1) n where c.place >= $1 and c.place < $2),
  born as (
    select *, (extract(year from today)::int - 20 - (classes * ((pg_temp.draw(n, seed + 2, 72 / classes) + pg_temp.draw(n, seed + 3, 72 / classes)) / 2)
                + mixed / 1000000))::int as year
      from drawn),
  dated as (
    select *, make_date(year, 1, 1) + pg_temp.draw(n, seed + 4, 365)::int as birth_date from born),
  joined as (
    select *, (birth_date + interval '18 years')::date
              + ((least((birth_date + interval '48 years')::date, today - 7) - (birth_date + interval '18 years')::date)
                 * pg_temp.draw(n, seed + 5, 1000) / 1000)::int as joined_on
      from dated)
  select p.n, p.nth, p.size, p.cell, p.sex, p.birth_date, p.joined_on, p.today, p.province_name, p.commune, p.seed,
         pg_temp.id_of(p.n, p.seed + 6) as id,
         concat_ws(' ', f.text, m.text, g.text) as full_name, concat_ws(' ', f.norm, m.norm, g.norm) as name_norm,
         concat_ws(' ', g.key, f.key, m.key) as sort_key,
         b.code || (p.sex + case when p.year >= 2000 then 2 else 0 end) || right(p.year::text, 2) || lpad((p.mixed % 1000000)::text, 6, '0') as personal_id,
         b.name as birth_province,
         case when p.nth > 12 and pg_temp.draw(p.n, p.seed + 12, 1000) < 4
              then (array['left', 'removed', 'deceased'])[pg_temp.draw(p.n, p.seed + 13, 3) + 1]
              when p.birth_date < p.today - 27400 and pg_temp.draw(p.n, p.seed + 14, 100) < 35 then 'exempt' else 'active' end as standing,
         p.today - 1 - pg_temp.draw(p.n, p.seed + 15, least(p.today - '${FOUNDED_ON}'::date, 300))::int as ends_on
    from joined p
    join name_part f on f.list = 0 and f.slot = pg_temp.draw(p.n, p.seed + 7, 10000)
    join name_part m on m.list = 1 + p.sex and m.slot = pg_temp.draw(p.n, p.seed + 8, 10000)
    join name_part g on g.list = 3 + p.sex and g.slot = pg_temp.draw(p.n, p.seed + 9, 10000)
    join birth b on b.province = p.province and b.slot = pg_temp.draw(p.n, p.seed + 10, 100)`

const ENDED = `standing in ('left', 'removed', 'deceased')`

const MEMBERS = `
  insert into member (id, full_name, name_norm, sort_key, sex, birth_date, ethnicity, religion, personal_id, card_number, card_issued_on,
                      birth_province, native_province, residence_province, residence_commune, joined_on, official_on, standing, ended_on)
  select id, full_name, name_norm, sort_key, case sex when 0 then 'male' else 'female' end, birth_date, 'Kinh', 'Không', personal_id, personal_id,
         case when joined_on + 366 <= today then greatest(joined_on + 400, '2025-02-03'::date) end,
         birth_province, birth_province, province_name, commune, joined_on,
         case when (joined_on + interval '1 year')::date <= today then (joined_on + interval '1 year')::date end,
         standing, case when ${ENDED} then greatest(joined_on, ends_on) end
    from person order by n`

/** A member in thirty was counted in the cell before this one, until a day of this year's first half. */
const MEMBERSHIPS = `
  insert into membership (id, member_id, organisation_id, standing, since, until, reason)
  select pg_temp.id_of(p.n * 2, p.seed + 16), p.id, other.id, 'active', greatest(p.joined_on, '${FOUNDED_ON}'::date), moved.on_day, 'listed'
    from person p join cell c on c.id = p.cell join cell other on other.place = c.place - 1
    cross join lateral (select '${FOUNDED_ON}'::date + 30 + pg_temp.draw(p.n, p.seed + 18, 200)::int as on_day) moved
   where pg_temp.draw(p.n, p.seed + 17, 30) = 0 and p.joined_on < moved.on_day and moved.on_day < p.ends_on
  union all
  select pg_temp.id_of(p.n * 2 + 1, p.seed + 16), p.id, p.cell, 'active',
         case when moved.really then moved.on_day else greatest(p.joined_on, '${FOUNDED_ON}'::date) end,
         case when ${ENDED} then greatest(p.joined_on, p.ends_on) end,
         case when moved.really then 'moved' else 'listed' end || case when ${ENDED} then '; ' || p.standing else '' end
    from person p join cell c on c.id = p.cell
    cross join lateral (
      select d.on_day, c.place > 0 and pg_temp.draw(p.n, p.seed + 17, 30) = 0 and p.joined_on < d.on_day and d.on_day < p.ends_on as really
        from (select '${FOUNDED_ON}'::date + 30 + pg_temp.draw(p.n, p.seed + 18, 200)::int as on_day) d) moved`

/** A secretary in each cell; a deputy where there are nine members and more (Điều lệ Đảng, điều 24). */
const CELL_OFFICES = `
  insert into office (id, member_id, position, organisation_id, since, source)
  select pg_temp.id_of(n, seed + 19), id, case nth when 1 then 'cell-secretary' else 'cell-deputy-secretary' end, cell,
         greatest(joined_on, '${FOUNDED_ON}'::date), '${SOURCE}'
    from person where nth = 1 or nth = 2 and size >= 9`

async function insertPosts(owner: pg.Client, posts: readonly Post[], people: People): Promise<void> {
  await owner.query(
    `insert into office (id, member_id, position, organisation_id, since, source)
     select pg_temp.id_of(t.place - 1, $5::bigint + 20), m.id, t.position, t.organisation, greatest(m.joined_on, '${FOUNDED_ON}'::date), '${SOURCE}'
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) with ordinality as t(organisation, position, cell, nth, place)
       join cell c on c.id = t.cell and c.size > 0
       join member m on m.id = pg_temp.id_of(c.first + (t.nth - 1) % c.size, $5::bigint + 6)`,
    [
      posts.map(({ organisationId }) => organisationId),
      posts.map(({ position }) => position),
      posts.map(({ cellId }) => cellId),
      posts.map(({ nth }) => nth),
      seedNumber(people.seed),
    ],
  )
}
