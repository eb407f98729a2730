-- The workplace's papers to a residence are entered with the act and signed after it, place by place: a job looks for those
-- that lack a signature. The reply of a commune adds its places to the referral's.
create index paper_to_be_signed on paper (created_at)
  where kind in ('residence-request', 'residence-referral') and voided_at is null
    and jsonb_array_length(signers) < cardinality(places);
grant update (places) on paper to dangvu_app;
