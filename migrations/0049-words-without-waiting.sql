-- A word that two acts bring at once stands there twice: to be unique, the second would have to wait for the end of the first,
-- which may be a list of a whole province.
alter table name_word drop constraint name_word_pkey;
create index name_word_known on name_word (word);

create or replace function find_by_new_names() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    update member_search s set name_norm = c.name_norm from changed c where s.member_id = c.id and s.name_norm <> c.name_norm;
  end if;
  insert into name_word
  select distinct w.word from changed c, string_to_table(c.name_norm, ' ') w(word)
   where w.word <> '' and not exists (select from name_word known where known.word = w.word collate "C");
  return null;
end $$;
