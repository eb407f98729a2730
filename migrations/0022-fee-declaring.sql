-- Declaring and assessing Party fees: the region of the minimum wage where a cell lies.

-- The region (vùng) of the minimum wage: of the commune of the Party cell, not of the member's home. Said of any organisation, it
-- holds for all below; the nearest above wins.
create table fee_region (
  organisation_id uuid not null references organisation,
  valid_from date not null check (extract(day from valid_from) = 1),
  region text not null check (region in ('I', 'II', 'III', 'IV')),
  source text not null check (source <> ''),
  set_by uuid references member,
  set_at timestamptz not null,
  primary key (organisation_id, valid_from)
);
select audit_table('fee_region');

-- The region of an organisation in a month: `day` says along which tree, `month` which values are in force.
create function fee_region_on(below uuid, day date, month date) returns text language sql stable as $$
  select r.region
    from organisation_period p,
         unnest(string_to_array(rtrim(p.path, '.'), '.')::bigint[]) with ordinality n(number, depth)
    join organisation o on o.number = n.number
    join lateral (select f.region from fee_region f where f.organisation_id = o.id and f.valid_from <= month
                   order by f.valid_from desc limit 1) r on true
   where p.organisation_id = below and p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
   order by n.depth desc limit 1
$$;
grant execute on function fee_region_on(uuid, date, date) to dangvu_app;

-- Declarations are read by the member who made them and by the cell's list of what was answered.
create index fee_declaration_in_force on fee_declaration (member_id, from_period desc, answered_at desc) where status = 'approved';
