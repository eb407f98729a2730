-- Nobody holds the same office twice at once: said of the three together. As columns of their own they made an index that the
-- planner took, at equal cost, for the offices of an organisation, and walked through whole: 2.4 ms for each of the
-- thousands that a plan of reorganisation asks about.
alter table office drop constraint office_member_id_position_organisation_id_daterange_excl;
alter table office add constraint office_held_once exclude using gist (
  (member_id::text || position || organisation_id::text) with =, daterange(since, until, '[]') with &&);
