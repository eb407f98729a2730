-- Lists and reorganisations ask for referrals that wait or hold: the indices on commune and cell held those that hold alone, and
-- no question could use them. Guests of a committee are found like those of a cell.
drop index residence_referral_commune;
drop index residence_referral_cell;
create index residence_referral_commune on residence_referral (commune_id) where is_pending or is_current;
create index residence_referral_cell on residence_referral (cell_id) where is_pending or is_current;
create index temporary_transfer_host on temporary_transfer (host_id) where is_staying;
