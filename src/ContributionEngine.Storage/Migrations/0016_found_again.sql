-- What lists are asked for among very many rows of other agreements.
create index receipt_numbered on receipt (receipt_no) where receipt_no is not null;
create index upload_of_agreement on upload (agreement_id, id);
create index remittance_of_run on remittance (run_id);
create index audit_event_by_time on audit_event (at, id);
create index audit_event_of_chain on audit_event (chain, at, id);
create index claim_waiting on claim (id) where state = 'open';
create index claim_of_agreement on claim (agreement_id, id);
create index state_claim_waiting on state_claim (id) where state = 'open';
create index state_claim_of_agreement on state_claim (agreement_id, id);
create index work_case_about on work_case (subject);
