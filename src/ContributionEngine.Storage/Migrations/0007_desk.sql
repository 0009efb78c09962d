-- What stands of a run of the matching.
create index bank_match_of_run on bank_match (run_id) where live = 1;
