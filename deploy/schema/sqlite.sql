-- Generated: run tests/ContributionEngine.House.Tests with CONTRIBUTION_ENGINE_WRITE_SNAPSHOTS=1 to write it again.

CREATE TABLE [SchemaVersions] (
    SchemaVersionID INTEGER CONSTRAINT [PK_SchemaVersions_Id] PRIMARY KEY AUTOINCREMENT NOT NULL,
    ScriptName TEXT NOT NULL,
    Applied DATETIME NOT NULL
);

CREATE TABLE acknowledgement (
    id integer not null primary key, fund_code text not null, reference text not null, remittance_id integer not null, level text not null, line_no integer not null,
    outcome text not null, code text not null, text text not null, amount integer, raw_sha256 text not null, applied integer not null, received_at text not null,
    constraint acknowledgement_once unique (fund_code, reference, level, line_no, outcome, raw_sha256));

CREATE INDEX acknowledgement_of on acknowledgement (remittance_id);

CREATE INDEX acknowledgement_of_line on acknowledgement (remittance_id, line_no);

CREATE TRIGGER acknowledgement_is_a_fact before update on acknowledgement
begin select raise(abort, 'acknowledgement is a fact: book the opposite instead'); end;

CREATE TRIGGER acknowledgement_stays before delete on acknowledgement
begin select raise(abort, 'acknowledgement is a fact: book the opposite instead'); end;

CREATE TABLE advance (
    receipt_id integer not null primary key, obligation_id integer not null, agreement_id integer not null,
    constraint advance_once unique (obligation_id),
    constraint advance_receipt foreign key (receipt_id) references receipt (id),
    constraint advance_obligation foreign key (obligation_id) references obligation (id));

CREATE INDEX advance_of on advance (agreement_id);

CREATE TRIGGER advance_is_a_fact before update on advance
begin select raise(abort, 'advance is a fact: book the opposite instead'); end;

CREATE TRIGGER advance_stays before delete on advance
begin select raise(abort, 'advance is a fact: book the opposite instead'); end;

CREATE TABLE agreement (
    id integer not null primary key, number text not null, organisation_id integer not null, fund_code text not null, pack text not null,
    currency text not null, state text not null, brought_to text, claims integer not null, lease_owner text, lease_until text,
    constraint agreement_number unique (number),
    constraint agreement_organisation foreign key (organisation_id) references organisation (id));

CREATE TABLE agreement_term (
    agreement_id integer not null, starts_on text not null, ends_on text not null, document text not null, pack_version text,
    constraint agreement_term_key primary key (agreement_id, starts_on),
    constraint agreement_term_agreement foreign key (agreement_id) references agreement (id),
    constraint agreement_term_order check (starts_on <= ends_on));

CREATE TABLE allocation (
    id integer not null primary key, agreement_id integer not null, receipt_id integer not null, obligation_id integer not null, amount integer not null,
    allocated_on text not null, undoes integer,
    constraint allocation_receipt foreign key (receipt_id) references receipt (id),
    constraint allocation_obligation foreign key (obligation_id) references obligation (id),
    constraint allocation_sign check ((undoes is null and amount > 0) or (undoes is not null and amount < 0)));

CREATE INDEX allocation_of_agreement on allocation (agreement_id);

CREATE INDEX allocation_of_obligation on allocation (obligation_id);

CREATE INDEX allocation_of_receipt on allocation (receipt_id);

CREATE UNIQUE INDEX allocation_undone_once on allocation (undoes) where undoes is not null;

CREATE TRIGGER allocation_is_a_fact before update on allocation
begin select raise(abort, 'allocation is a fact: book the opposite instead'); end;

CREATE TRIGGER allocation_stays before delete on allocation
begin select raise(abort, 'allocation is a fact: book the opposite instead'); end;

CREATE TABLE answer_file (
    id integer not null primary key, fund_code text not null, sha256 text not null, name text not null, came_by text not null, problem text,
    body blob not null, received_at text not null,
    constraint answer_file_once unique (fund_code, sha256));

CREATE TRIGGER answer_file_is_a_fact before update on answer_file
begin select raise(abort, 'answer_file is a fact: book the opposite instead'); end;

CREATE TRIGGER answer_file_stays before delete on answer_file
begin select raise(abort, 'answer_file is a fact: book the opposite instead'); end;

CREATE TABLE api_key (
    id integer not null primary key, user_id integer not null, sha256 text not null, created_at text not null, used_at text, revoked_at text, shown text, label text, last_used_at text,
    constraint api_key_once unique (sha256),
    constraint api_key_user foreign key (user_id) references engine_user (id));

CREATE INDEX api_key_of_user on api_key (user_id);

CREATE TABLE api_request (
    actor text not null, request_key text not null, sha256 text not null, begun_at text not null, answered_at text,
    status integer, content_type text, location text, body blob,
    constraint api_request_key primary key (actor, request_key));

CREATE INDEX api_request_old on api_request (begun_at);

CREATE TABLE approval (
    case_id integer not null primary key, asked_by text not null, asked_at text not null, request text not null,
    constraint approval_case foreign key (case_id) references work_case (id));

CREATE TRIGGER approval_is_a_fact before update on approval
begin select raise(abort, 'approval is a fact: book the opposite instead'); end;

CREATE TRIGGER approval_stays before delete on approval
begin select raise(abort, 'approval is a fact: book the opposite instead'); end;

CREATE TABLE audit_event (
    id integer not null primary key, chain text not null, seq integer not null, at text not null, actor text not null, use_case text not null,
    subject text not null, document text not null, previous_hash text not null, hash text not null,
    constraint audit_event_once unique (chain, seq));

CREATE INDEX audit_event_about on audit_event (subject, id);

CREATE INDEX audit_event_by_time on audit_event (at, id);

CREATE INDEX audit_event_of_chain on audit_event (chain, at, id);

CREATE TRIGGER audit_event_is_a_fact before update on audit_event
begin select raise(abort, 'audit_event is a fact: book the opposite instead'); end;

CREATE TRIGGER audit_event_stays before delete on audit_event
begin select raise(abort, 'audit_event is a fact: book the opposite instead'); end;

CREATE TABLE bank_account (
    id integer not null primary key, account text not null, holder text not null, organisation_id integer,
    constraint bank_account_once unique (account));

CREATE TABLE bank_entry (
    id integer not null primary key, account_id integer not null, statement_id integer not null, entry_no integer not null, servicer_reference text not null,
    occurrence integer not null, amount integer not null, direction text not null, booked_on text not null, value_on text, is_reversal integer not null, reference text,
    counterparty text, counterparty_account text, remittance_info text, text text, state text not null,
    matched integer default 0 not null,
    constraint bank_entry_once unique (account_id, servicer_reference, occurrence),
    constraint bank_entry_statement foreign key (statement_id) references bank_statement (id),
    constraint bank_entry_amount check (amount > 0),
    constraint bank_entry_matched check (matched <= amount));

CREATE INDEX bank_entry_by_day on bank_entry (booked_on, id);

CREATE INDEX bank_entry_waiting on bank_entry (state, booked_on, id);

CREATE TABLE bank_match (
    id integer not null primary key, number text not null, run_id integer, entry_id integer not null, tx_no integer not null, remittance_id integer, kind text not null,
    taken integer not null, amount integer not null, open_before integer not null, missing integer not null, surplus integer not null,
    matched_by text not null, score integer not null, cues text not null, live integer not null, matched_on text not null, accepted_by text not null,
    undone_on text, undone_by text, undone_reason text,
    constraint bank_match_run foreign key (run_id) references match_run (id),
    constraint bank_match_entry foreign key (entry_id) references bank_entry (id),
    constraint bank_match_remittance foreign key (remittance_id) references remittance (id),
    constraint bank_match_adds_up check (
        (kind = 'payment' and taken = amount and amount > 0 and missing >= 0 and surplus >= 0 and amount = open_before - missing + surplus)
        or (kind in ('returned', 'refunded') and taken = -amount and amount < 0 and missing = 0 and surplus = 0)
        or (kind in ('fee', 'not_ours') and amount = 0 and taken <> 0 and missing = 0 and surplus = 0)));

CREATE UNIQUE INDEX bank_match_exclusive on bank_match (entry_id, tx_no, remittance_id, kind) where live = 1;

CREATE INDEX bank_match_number on bank_match (number);

CREATE INDEX bank_match_of on bank_match (remittance_id) where live = 1;

CREATE INDEX bank_match_of_entry on bank_match (entry_id);

CREATE INDEX bank_match_of_run on bank_match (run_id) where live = 1;

CREATE TRIGGER bank_match_is_a_fact before update of id, number, run_id, entry_id, tx_no, remittance_id, kind, taken, amount, open_before, missing, surplus, matched_by, score, cues, matched_on, accepted_by on bank_match
begin select raise(abort, 'bank_match is a fact: undo the match instead'); end;

CREATE TRIGGER bank_match_stays before delete on bank_match
begin select raise(abort, 'bank_match is a fact: undo the match instead'); end;

CREATE TABLE bank_statement (
    id integer not null primary key, account_id integer not null, statement text not null, kind text not null, format text not null, currency text not null,
    opening integer, closing integer, from_on text not null, to_on text not null, fingerprint text not null, file_name text not null, sha256 text not null,
    state text not null, imported_at text not null,
    constraint bank_statement_once unique (account_id, fingerprint),
    constraint bank_statement_account foreign key (account_id) references bank_account (id));

CREATE TABLE bank_statement_entry (
    statement_id integer not null, entry_id integer not null,
    constraint bank_statement_entry_key primary key (statement_id, entry_id),
    constraint bank_statement_entry_statement foreign key (statement_id) references bank_statement (id),
    constraint bank_statement_entry_entry foreign key (entry_id) references bank_entry (id));

CREATE INDEX bank_statement_entry_of on bank_statement_entry (entry_id);

CREATE TABLE bank_transaction (
    entry_id integer not null, tx_no integer not null, amount integer not null, reference text, counterparty text, remittance_info text,
    constraint bank_transaction_key primary key (entry_id, tx_no),
    constraint bank_transaction_entry foreign key (entry_id) references bank_entry (id));

CREATE TABLE basis (
    id integer not null primary key, agreement_id integer not null, sha256 text not null, document text not null,
    constraint basis_agreement foreign key (agreement_id) references agreement (id),
    constraint basis_once unique (agreement_id, sha256));

CREATE TRIGGER basis_is_a_fact before update on basis
begin select raise(abort, 'basis is a fact: store another instead'); end;

CREATE TRIGGER basis_stays before delete on basis
begin select raise(abort, 'basis is a fact: store another instead'); end;

CREATE TABLE batch_step (
    agreement_id integer not null, period text not null, step text not null, taken_on text not null, taken_by text not null,
    constraint batch_step_key primary key (agreement_id, period, step),
    constraint batch_step_agreement foreign key (agreement_id) references agreement (id),
    constraint batch_step_word check (step in ('held', 'advance', 'drop', 'release')));

CREATE UNIQUE INDEX batch_decided_once on batch_step (agreement_id, period) where step <> 'held';

CREATE TRIGGER batch_step_is_a_fact before update on batch_step
begin select raise(abort, 'batch_step is a fact: book the opposite instead'); end;

CREATE TRIGGER batch_step_stays before delete on batch_step
begin select raise(abort, 'batch_step is a fact: book the opposite instead'); end;

CREATE TABLE booking_period (
    agreement_id integer not null, month text not null, starts_on text not null, ends_on text not null, state text not null,
    entries integer not null, debit integer not null, changed_by text not null, changed_at text not null, reason text not null,
    constraint booking_period_key primary key (agreement_id, month),
    constraint booking_period_agreement foreign key (agreement_id) references agreement (id));

CREATE TABLE claim (
    id integer not null primary key, number text not null, agreement_id integer not null, debtor text not null, receipt_id integer not null,
    allocation_id integer, line_id integer, amount integer not null, arisen_on text not null, state text not null, ended_on text,
    constraint claim_number unique (number),
    constraint claim_receipt foreign key (receipt_id) references receipt (id),
    constraint claim_allocation foreign key (allocation_id) references allocation (id),
    constraint claim_line foreign key (line_id) references remittance_line (id),
    constraint claim_amount check (amount > 0));

CREATE INDEX claim_of on claim (receipt_id);

CREATE INDEX claim_of_agreement on claim (agreement_id, id);

CREATE UNIQUE INDEX claim_once on claim (allocation_id) where allocation_id is not null;

CREATE INDEX claim_open on claim (agreement_id) where state = 'open';

CREATE INDEX claim_waiting on claim (id) where state = 'open';

CREATE TRIGGER claim_is_a_fact before update of id, number, agreement_id, debtor, receipt_id, allocation_id, line_id, amount, arisen_on on claim
begin select raise(abort, 'claim is a fact: book the opposite instead'); end;

CREATE TRIGGER claim_stays before delete on claim
begin select raise(abort, 'claim is a fact: book the opposite instead'); end;

CREATE TABLE collection_fee (
    id integer not null primary key, agreement_id integer not null, part_no integer not null, remittance_id integer not null,
    basis integer not null, rate text not null, worked integer not null, amount integer not null, arisen_on text not null, fee_year integer not null,
    constraint collection_fee_once unique (agreement_id, part_no),
    constraint collection_fee_remittance foreign key (remittance_id) references remittance (id),
    constraint collection_fee_basis check (basis >= 0));

CREATE INDEX collection_fee_of on collection_fee (remittance_id);

CREATE TRIGGER collection_fee_is_a_fact before update on collection_fee
begin select raise(abort, 'collection_fee is a fact: book the opposite instead'); end;

CREATE TRIGGER collection_fee_stays before delete on collection_fee
begin select raise(abort, 'collection_fee is a fact: book the opposite instead'); end;

CREATE TABLE collection_fee_payment (
    id integer not null primary key, agreement_id integer not null, fee_id integer not null, amount integer not null, paid_on text not null,
    constraint collection_fee_payment_once unique (fee_id),
    constraint collection_fee_payment_fee foreign key (fee_id) references collection_fee (id),
    constraint collection_fee_payment_amount check (amount <> 0));

CREATE INDEX collection_fee_payment_of on collection_fee_payment (agreement_id);

CREATE TRIGGER collection_fee_payment_is_a_fact before update on collection_fee_payment
begin select raise(abort, 'collection_fee_payment is a fact: book the opposite instead'); end;

CREATE TRIGGER collection_fee_payment_stays before delete on collection_fee_payment
begin select raise(abort, 'collection_fee_payment is a fact: book the opposite instead'); end;

CREATE TABLE delivery (
    id integer not null primary key, remittance_id integer not null, attempt integer not null, kind text not null, state text not null,
    detail text, started_at text not null, ended_at text, detail_code text, particulars text,
    constraint delivery_once unique (remittance_id, attempt));

CREATE TABLE engine_user (
    id integer not null primary key, name text not null, role text not null, organisation_id integer, disabled_at text, added_at text not null,
    constraint engine_user_name unique (name),
    constraint engine_user_organisation foreign key (organisation_id) references organisation (id));

CREATE TABLE enrolment (
    id integer not null primary key, agreement_id integer not null, member_id integer not null, enrolled_from text not null, enrolled_to text,
    constraint enrolment_start unique (agreement_id, member_id, enrolled_from),
    constraint enrolment_agreement foreign key (agreement_id) references agreement (id),
    constraint enrolment_member foreign key (member_id) references member (id),
    constraint enrolment_order check (enrolled_to is null or enrolled_to >= enrolled_from));

CREATE INDEX enrolment_of_member on enrolment (member_id);

CREATE TABLE enrolment_fact (
    enrolment_id integer not null, valid_from text not null, document text not null,
    constraint enrolment_fact_key primary key (enrolment_id, valid_from),
    constraint enrolment_fact_enrolment foreign key (enrolment_id) references enrolment (id));

CREATE TABLE field_note (
    id integer not null primary key, agreement_id integer not null, note_key text not null, member_no text not null, amount text not null, received_on text not null,
    noted_by text not null, noted_at text not null, upload_id integer, dropped_at text,
    constraint field_note_once unique (agreement_id, note_key),
    constraint field_note_agreement foreign key (agreement_id) references agreement (id),
    constraint field_note_upload foreign key (upload_id) references upload (id));

CREATE INDEX field_note_waiting on field_note (agreement_id) where upload_id is null and dropped_at is null;

CREATE TABLE id_block (name text not null primary key, next_id integer not null);

CREATE TABLE journal_entry (
    id integer not null primary key, agreement_id integer not null, booked_on text not null, arisen_on text not null, currency text not null,
    event text not null, source text not null, recorded_at text not null,
    constraint journal_entry_order check (booked_on >= arisen_on));

CREATE INDEX journal_entry_of on journal_entry (agreement_id, booked_on);

CREATE TRIGGER journal_entry_is_a_fact before update on journal_entry
begin select raise(abort, 'journal_entry is a fact: book the opposite instead'); end;

CREATE TRIGGER journal_entry_keeps_out_of_closed_periods before insert on journal_entry
when exists (select 1 from booking_period p where p.agreement_id = new.agreement_id and p.state = 'closed' and new.booked_on between p.starts_on and p.ends_on)
begin select raise(abort, 'the booking period is closed: book in the first open one'); end;

CREATE TRIGGER journal_entry_stays before delete on journal_entry
begin select raise(abort, 'journal_entry is a fact: book the opposite instead'); end;

CREATE TABLE left_out_row (
    upload_id integer not null, row_no integer not null, code text not null, severity text not null, field text not null, value text, detail text not null,
    amount integer, document text not null, settled text, settled_by integer, particulars text,
    constraint left_out_row_key primary key (upload_id, row_no),
    constraint left_out_row_upload foreign key (upload_id) references upload (id));

CREATE TABLE line_allocation (
    line_id integer not null, allocation_id integer not null, live integer not null,
    constraint line_allocation_key primary key (line_id, allocation_id),
    constraint line_allocation_line foreign key (line_id) references remittance_line (id),
    constraint line_allocation_allocation foreign key (allocation_id) references allocation (id));

CREATE INDEX line_allocation_of on line_allocation (allocation_id);

CREATE UNIQUE INDEX line_allocation_one_live on line_allocation (allocation_id) where live = 1;

CREATE TABLE line_salt (
    line_id integer not null primary key, salt blob not null, first_version integer not null, last_version integer,
    constraint line_salt_line foreign key (line_id) references remittance_line (id));

CREATE TRIGGER line_salt_is_a_fact before update of line_id, salt, first_version on line_salt
begin select raise(abort, 'line_salt is a fact: no salt is ever replaced'); end;

CREATE TRIGGER line_salt_stays before delete on line_salt
begin select raise(abort, 'line_salt is a fact: no salt is ever replaced'); end;

CREATE TABLE login (
    user_id integer not null primary key, password_hash text, change_by text, failures integer not null, locked_until text,
    second_factor text, second_factor_at text, last_step integer not null, stamp text not null, language text, external_name text, signed_in_at text,
    constraint login_user foreign key (user_id) references engine_user (id));

CREATE UNIQUE INDEX login_external_name on login (external_name) where external_name is not null;

CREATE TABLE match_run (
    id integer not null primary key, number text not null, state text not null, started_by text not null, started_at text not null,
    rules text not null, inputs text not null, decisions text not null, sha256 text not null,
    constraint match_run_number unique (number));

CREATE TRIGGER match_run_is_a_fact before update of id, number, started_by, started_at, rules, inputs, decisions, sha256 on match_run
begin select raise(abort, 'match_run is a fact: undo the run instead'); end;

CREATE TRIGGER match_run_stays before delete on match_run
begin select raise(abort, 'match_run is a fact: undo the run instead'); end;

CREATE TABLE member (
    id integer not null primary key, organisation_id integer not null, member_no text not null, national_id text not null,
    national_id_folded text not null, full_name text not null, phone text, language text,
    constraint member_number unique (organisation_id, member_no),
    constraint member_organisation foreign key (organisation_id) references organisation (id));

CREATE INDEX member_by_number on member (member_no);

CREATE INDEX member_national_id on member (organisation_id, national_id_folded);

CREATE TABLE member_event (
    receipt_id integer not null primary key, enrolment_id integer not null, happened_on text not null, kind text not null, amount integer not null, quantity integer,
    constraint member_event_receipt foreign key (receipt_id) references receipt (id),
    constraint member_event_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint member_event_amount check (amount >= 0));

CREATE INDEX member_event_of on member_event (enrolment_id);

CREATE TRIGGER member_event_is_a_fact before update on member_event
begin select raise(abort, 'member_event is a fact: undo the upload that brought it instead'); end;

CREATE TRIGGER member_event_stays before delete on member_event
begin select raise(abort, 'member_event is a fact: undo the upload that brought it instead'); end;

CREATE TABLE member_merge (
    id integer not null primary key, member_id integer not null, into_id integer not null, reason text not null, merged_by text not null, merged_at text not null,
    undone_by text, undone_at text, undone_reason text,
    constraint member_merge_member foreign key (member_id) references member (id),
    constraint member_merge_into foreign key (into_id) references member (id),
    constraint member_merge_two check (member_id <> into_id));

CREATE UNIQUE INDEX member_merge_live on member_merge (member_id) where undone_at is null;

CREATE INDEX member_merge_of on member_merge (into_id);

CREATE TABLE money_question (
    id integer not null primary key, entry_id integer not null, part integer not null, organisation_id integer not null, asked_by text not null, asked_at text not null,
    answer text, remittance_id integer, answered_by text, answered_at text, withdrawn_by text, withdrawn_at text,
    constraint money_question_entry foreign key (entry_id) references bank_entry (id),
    constraint money_question_organisation foreign key (organisation_id) references organisation (id),
    constraint money_question_remittance foreign key (remittance_id) references remittance (id),
    constraint money_question_answered check ((answer is null and remittance_id is null and answered_by is null and answered_at is null)
        or (answer is not null and answered_by is not null and answered_at is not null
            and ((answer = 'ours' and remittance_id is not null) or (answer = 'not_ours' and remittance_id is null)))),
    constraint money_question_withdrawn check ((withdrawn_by is null and withdrawn_at is null) or (withdrawn_by is not null and withdrawn_at is not null)));

CREATE UNIQUE INDEX money_question_live on money_question (entry_id, part, organisation_id) where withdrawn_at is null;

CREATE INDEX money_question_of on money_question (organisation_id) where withdrawn_at is null;

CREATE TABLE notice (
    id integer not null primary key, number text not null, agreement_id integer not null, period text not null, state text not null, steps integer not null,
    constraint notice_number unique (number),
    constraint notice_agreement foreign key (agreement_id) references agreement (id),
    constraint notice_state check (state in ('requested', 'quoted', 'confirmed', 'expired', 'withdrawn')));

CREATE UNIQUE INDEX notice_open_once on notice (agreement_id, period) where state in ('requested', 'quoted');

CREATE TRIGGER notice_is_a_fact before update of id, number, agreement_id, period on notice
begin select raise(abort, 'notice is a fact: book the opposite instead'); end;

CREATE TRIGGER notice_stays before delete on notice
begin select raise(abort, 'notice is a fact: book the opposite instead'); end;

CREATE TABLE notice_step (
    notice_id integer not null, step_no integer not null, step text not null, amount integer not null, fund_reference text, valid_until text, remittance_id integer,
    reason text not null, taken_on text not null, taken_by text not null,
    constraint notice_step_key primary key (notice_id, step_no),
    constraint notice_step_notice foreign key (notice_id) references notice (id),
    constraint notice_step_remittance foreign key (remittance_id) references remittance (id),
    constraint notice_step_amount check (amount > 0));

CREATE INDEX notice_step_pays on notice_step (remittance_id);

CREATE TRIGGER notice_step_is_a_fact before update on notice_step
begin select raise(abort, 'notice_step is a fact: book the opposite instead'); end;

CREATE TRIGGER notice_step_stays before delete on notice_step
begin select raise(abort, 'notice_step is a fact: book the opposite instead'); end;

CREATE TABLE obligation (
    id integer not null primary key, agreement_id integer not null, enrolment_id integer not null, period text not null, months integer not null,
    component text not null, component_order integer not null, payer text not null, collected integer not null, class text not null,
    cause text not null, opens_on text not null, due_on text not null,
    amount integer not null, reduced integer not null, allocated integer not null, basis_id integer not null, principal_id integer,
    constraint obligation_once unique (enrolment_id, period, component, payer, class, cause),
    constraint obligation_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint obligation_basis foreign key (basis_id) references basis (id),
    constraint obligation_amount check (amount > 0 and reduced >= 0 and allocated >= 0 and allocated <= amount - reduced));

CREATE INDEX obligation_by_period on obligation (agreement_id, period, id);

CREATE INDEX obligation_charge on obligation (principal_id) where principal_id is not null;

CREATE INDEX obligation_open on obligation (enrolment_id, due_on) where collected = 1 and allocated < amount - reduced;

CREATE TRIGGER obligation_is_a_fact before update of id, agreement_id, enrolment_id, period, months, component, payer, class, cause, amount, basis_id, principal_id on obligation
begin select raise(abort, 'obligation is a fact: book the opposite instead'); end;

CREATE TRIGGER obligation_stays before delete on obligation when old.allocated > 0 or old.reduced > 0
begin select raise(abort, 'obligation has money on it: reduce it instead'); end;

CREATE TABLE organisation (
    id integer not null primary key, code text not null, name text not null, kind text not null, tax_id text,
    constraint organisation_code unique (code));

CREATE TABLE outbox (
    id integer not null primary key, shard integer not null, agreement_id integer, destination text not null, type text not null, body text not null, trace_parent text,
    not_before text not null, attempts integer not null, version integer not null, sends integer not null, sent_at text, parked_reason text, enqueued_at text not null);

CREATE INDEX outbox_due on outbox (not_before, id) where parked_reason is null;

CREATE INDEX outbox_of_agreement on outbox (agreement_id);

CREATE INDEX outbox_parked on outbox (id) where parked_reason is not null;

CREATE TABLE outbox_shard (shard integer not null primary key, owner text, epoch integer not null, until text, wanted_by text, wanted_until text);

CREATE TABLE posting (
    entry_id integer not null, posting_no integer not null, account text not null, debit integer not null, credit integer not null,
    constraint posting_key primary key (entry_id, posting_no),
    constraint posting_entry foreign key (entry_id) references journal_entry (id),
    constraint posting_side check ((debit > 0 and credit = 0) or (credit > 0 and debit = 0)));

CREATE TRIGGER posting_is_a_fact before update on posting
begin select raise(abort, 'posting is a fact: book the opposite instead'); end;

CREATE TRIGGER posting_stays before delete on posting
begin select raise(abort, 'posting is a fact: book the opposite instead'); end;

CREATE TABLE proof_confirmation (
    proof_id integer not null primary key, answer_sha256 text not null, confirmed_at text not null,
    constraint proof_confirmation_proof foreign key (proof_id) references remittance_proof (id));

CREATE TRIGGER proof_confirmation_is_a_fact before update on proof_confirmation
begin select raise(abort, 'proof_confirmation is a fact: book the opposite instead'); end;

CREATE TRIGGER proof_confirmation_stays before delete on proof_confirmation
begin select raise(abort, 'proof_confirmation is a fact: book the opposite instead'); end;

CREATE TABLE proof_told (
    proof_id integer not null, remittance_id integer not null,
    constraint proof_told_key primary key (proof_id, remittance_id),
    constraint proof_told_proof foreign key (proof_id) references remittance_proof (id),
    constraint proof_told_remittance foreign key (remittance_id) references remittance (id));

CREATE TRIGGER proof_told_is_a_fact before update on proof_told
begin select raise(abort, 'proof_told is a fact: book the opposite instead'); end;

CREATE TRIGGER proof_told_stays before delete on proof_told
begin select raise(abort, 'proof_told is a fact: book the opposite instead'); end;

CREATE TABLE published_rate (
    id integer not null primary key, series text not null, month text not null, rate_percent text not null, source text not null,
    entered_by text not null, entered_at text not null,
    constraint published_rate_once unique (series, month));

CREATE TABLE receipt (
    id integer not null primary key, agreement_id integer not null, upload_id integer not null, row_no integer not null, receipt_no text,
    enrolment_id integer, received_on text not null, posted_on text not null, amount integer not null, named_period text, named_component text,
    method text, reference text, business_key text not null, occurrence integer not null, live integer not null,
    allocated integer not null, suspense integer not null, credit integer not null, refunded integer not null, reversed integer not null,
    written_off integer not null,
    constraint receipt_upload foreign key (upload_id) references upload (id),
    constraint receipt_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint receipt_amount check (amount >= 0),
    constraint receipt_adds_up check (amount = allocated + suspense + credit + refunded + reversed + written_off
        and allocated >= 0 and suspense >= 0 and credit >= 0 and refunded >= 0 and reversed >= 0 and written_off >= 0));

CREATE INDEX receipt_by_day on receipt (received_on, id);

CREATE INDEX receipt_credit on receipt (agreement_id, enrolment_id) where credit > 0;

CREATE INDEX receipt_ended on receipt (enrolment_id) where live = 0;

CREATE INDEX receipt_numbered on receipt (receipt_no) where receipt_no is not null;

CREATE INDEX receipt_of_agreement on receipt (agreement_id, received_on, id);

CREATE INDEX receipt_of_enrolment on receipt (enrolment_id, amount, upload_id) where live = 1 and enrolment_id is not null;

CREATE INDEX receipt_of_upload on receipt (upload_id, row_no);

CREATE UNIQUE INDEX receipt_once on receipt (agreement_id, business_key, occurrence) where live = 1;

CREATE INDEX receipt_suspense on receipt (agreement_id) where suspense > 0;

CREATE TRIGGER receipt_is_a_fact before update of id, agreement_id, upload_id, row_no, receipt_no, received_on, posted_on, amount, business_key, occurrence, method, reference on receipt
begin select raise(abort, 'receipt is a fact: book the opposite instead'); end;

CREATE TRIGGER receipt_stays before delete on receipt
begin select raise(abort, 'receipt is a fact: book the opposite instead'); end;

CREATE TABLE receipt_alias (
    id integer not null primary key, agreement_id integer not null, business_key text not null, occurrence integer not null, enrolment_id integer, receipt_id integer not null,
    constraint receipt_alias_receipt foreign key (receipt_id) references receipt (id));

CREATE INDEX receipt_alias_key on receipt_alias (agreement_id, business_key);

CREATE INDEX receipt_alias_of on receipt_alias (receipt_id);

CREATE TRIGGER receipt_alias_is_a_fact before update on receipt_alias
begin select raise(abort, 'receipt_alias is a fact: book the opposite instead'); end;

CREATE TRIGGER receipt_alias_stays before delete on receipt_alias
begin select raise(abort, 'receipt_alias is a fact: book the opposite instead'); end;

CREATE TABLE receipt_seal (
    id integer not null primary key, secret blob not null,
    constraint receipt_seal_one check (id = 1));

CREATE TABLE recovery_code (
    user_id integer not null, sha256 text not null, used_at text,
    constraint recovery_code_key primary key (user_id, sha256),
    constraint recovery_code_user foreign key (user_id) references engine_user (id));

CREATE TABLE reduction (
    id integer not null primary key, obligation_id integer not null, amount integer not null, reason text not null, reduced_on text not null,
    constraint reduction_obligation foreign key (obligation_id) references obligation (id),
    constraint reduction_amount check (amount > 0));

CREATE INDEX reduction_of on reduction (obligation_id);

CREATE TRIGGER reduction_is_a_fact before update on reduction
begin select raise(abort, 'reduction is a fact: book the opposite instead'); end;

CREATE TRIGGER reduction_stays before delete on reduction
begin select raise(abort, 'reduction is a fact: book the opposite instead'); end;

CREATE TABLE refund (
    id integer not null primary key, agreement_id integer not null, receipt_id integer not null, source text not null, amount integer not null,
    refunded_on text not null, reason text not null,
    constraint refund_receipt foreign key (receipt_id) references receipt (id),
    constraint refund_amount check (amount > 0));

CREATE INDEX refund_of on refund (receipt_id);

CREATE TRIGGER refund_is_a_fact before update on refund
begin select raise(abort, 'refund is a fact: book the opposite instead'); end;

CREATE TRIGGER refund_stays before delete on refund
begin select raise(abort, 'refund is a fact: book the opposite instead'); end;

CREATE TABLE remittance (
    id integer not null primary key, number text not null, agreement_id integer not null, run_id integer, kind text not null, cutoff text not null,
    sequence integer not null, currency text not null, reference text not null, line_count integer not null, total integer not null,
    sha256 text not null, bytes integer not null, channel text not null, format text not null, file_name text not null, period text, supplements integer,
    delivery text not null, answer text not null, money text not null,
    rejected integer not null, paid integer not null, fund_reference text,
    sealed_at text not null, delivered_at text, acknowledged_at text, settled_at text,
    constraint remittance_number unique (number),
    constraint remittance_reference unique (reference),
    constraint remittance_once unique (agreement_id, cutoff, sequence),
    constraint remittance_supplements foreign key (supplements) references remittance (id),
    constraint remittance_total check (total > 0 and line_count > 0 and rejected >= 0 and rejected <= total and paid >= 0));

CREATE INDEX remittance_of_run on remittance (run_id);

CREATE TRIGGER remittance_is_a_fact before update of id, number, agreement_id, kind, cutoff, sequence, currency, reference, line_count, total, sha256, bytes, supplements, sealed_at on remittance
begin select raise(abort, 'remittance is a fact: book the opposite instead'); end;

CREATE TRIGGER remittance_stays before delete on remittance
begin select raise(abort, 'remittance is a fact: book the opposite instead'); end;

CREATE TABLE remittance_content (
    remittance_id integer not null, part integer not null, body blob not null,
    constraint remittance_content_key primary key (remittance_id, part),
    constraint remittance_content_remittance foreign key (remittance_id) references remittance (id));

CREATE TRIGGER remittance_content_is_a_fact before update on remittance_content
begin select raise(abort, 'remittance_content is a fact: book the opposite instead'); end;

CREATE TRIGGER remittance_content_stays before delete on remittance_content
begin select raise(abort, 'remittance_content is a fact: book the opposite instead'); end;

CREATE TABLE remittance_line (
    id integer not null primary key, remittance_id integer not null, line_no integer not null, enrolment_id integer not null, member_no text not null,
    national_id text not null, period text not null, component text not null, class text not null, amount integer not null,
    outcome text not null, code text not null,
    constraint remittance_line_once unique (remittance_id, line_no),
    constraint remittance_line_remittance foreign key (remittance_id) references remittance (id),
    constraint remittance_line_amount check (amount <> 0));

CREATE INDEX remittance_line_of on remittance_line (enrolment_id);

CREATE TRIGGER remittance_line_is_a_fact before update of id, remittance_id, line_no, enrolment_id, member_no, national_id, period, component, class, amount on remittance_line
begin select raise(abort, 'remittance_line is a fact: book the opposite instead'); end;

CREATE TRIGGER remittance_line_stays before delete on remittance_line
begin select raise(abort, 'remittance_line is a fact: book the opposite instead'); end;

CREATE TABLE remittance_proof (
    id integer not null primary key, remittance_id integer not null, version integer not null, root text not null, line_count integer not null,
    made_at text not null, audit_seq integer not null,
    constraint remittance_proof_once unique (remittance_id, version),
    constraint remittance_proof_remittance foreign key (remittance_id) references remittance (id));

CREATE INDEX remittance_proof_root on remittance_proof (root);

CREATE TRIGGER remittance_proof_is_a_fact before update on remittance_proof
begin select raise(abort, 'remittance_proof is a fact: make the next version instead'); end;

CREATE TRIGGER remittance_proof_stays before delete on remittance_proof
begin select raise(abort, 'remittance_proof is a fact: make the next version instead'); end;

CREATE TABLE reversal (
    receipt_id integer not null, part_no integer not null, agreement_id integer not null, kind text not null, amount integer not null, reversed_on text not null,
    reason text not null, replaced_by integer,
    constraint reversal_key primary key (receipt_id, part_no),
    constraint reversal_receipt foreign key (receipt_id) references receipt (id),
    constraint reversal_amount check (amount >= 0));

CREATE TRIGGER reversal_is_a_fact before update on reversal
begin select raise(abort, 'reversal is a fact: book the opposite instead'); end;

CREATE TRIGGER reversal_stays before delete on reversal
begin select raise(abort, 'reversal is a fact: book the opposite instead'); end;

CREATE TABLE row_fix (
    upload_id integer not null, seq integer not null, row_no integer not null, field text not null, value text, fixed_by text not null, fixed_at text not null,
    constraint row_fix_key primary key (upload_id, seq),
    constraint row_fix_upload foreign key (upload_id) references upload (id));

CREATE TRIGGER row_fix_is_a_fact before update on row_fix
begin select raise(abort, 'row_fix is a fact: fix the row again instead'); end;

CREATE TRIGGER row_fix_stays before delete on row_fix
begin select raise(abort, 'row_fix is a fact: fix the row again instead'); end;

CREATE TABLE scheme_pack (
    pack text not null, version text not null, sha256 text not null, content blob not null, origin text not null,
    added_by text not null, added_at text not null,
    constraint scheme_pack_once unique (pack, version));

CREATE TRIGGER scheme_pack_is_a_fact before update on scheme_pack
begin select raise(abort, 'scheme_pack is a fact: add a higher version instead'); end;

CREATE TRIGGER scheme_pack_stays before delete on scheme_pack
begin select raise(abort, 'scheme_pack is a fact: add a higher version instead'); end;

CREATE TABLE settlement_run (
    id integer not null primary key, number text not null, agreement_id integer not null, cutoff text not null, cutoff_on text not null,
    state text not null, started_at text not null, completed_at text, carried integer not null,
    constraint settlement_run_number unique (number),
    constraint settlement_run_once unique (agreement_id, cutoff));

CREATE TABLE sheet_map (
    id integer not null primary key, organisation_id integer not null, columns_key text not null, map text not null, saved_by text not null, saved_at text not null,
    constraint sheet_map_once unique (organisation_id, columns_key),
    constraint sheet_map_organisation foreign key (organisation_id) references organisation (id));

CREATE TABLE state_claim (
    id integer not null primary key, number text not null, agreement_id integer not null, debtor text not null, obligation_id integer not null,
    amount integer not null, arisen_on text not null, state text not null, ended_on text,
    constraint state_claim_number unique (number),
    constraint state_claim_obligation foreign key (obligation_id) references obligation (id),
    constraint state_claim_amount check (amount > 0));

CREATE INDEX state_claim_of on state_claim (obligation_id);

CREATE INDEX state_claim_of_agreement on state_claim (agreement_id, id);

CREATE INDEX state_claim_open on state_claim (agreement_id) where state = 'open';

CREATE INDEX state_claim_waiting on state_claim (id) where state = 'open';

CREATE TRIGGER state_claim_is_a_fact before update of id, number, agreement_id, debtor, obligation_id, amount, arisen_on on state_claim
begin select raise(abort, 'state_claim is a fact: book the opposite instead'); end;

CREATE TRIGGER state_claim_stays before delete on state_claim
begin select raise(abort, 'state_claim is a fact: book the opposite instead'); end;

CREATE TABLE suspense_payer (
    receipt_id integer not null primary key, member_no text, national_id text, full_name text, event_kind text, event_value integer, event_quantity integer,
    constraint suspense_payer_receipt foreign key (receipt_id) references receipt (id));

CREATE TRIGGER suspense_payer_is_a_fact before update on suspense_payer
begin select raise(abort, 'suspense_payer is a fact: book the opposite instead'); end;

CREATE TRIGGER suspense_payer_stays before delete on suspense_payer
begin select raise(abort, 'suspense_payer is a fact: book the opposite instead'); end;

CREATE TABLE tie_out (
    id integer not null primary key, agreement_id integer not null, run_on text not null, recorded_at text not null, unexplained integer not null, document text not null,
    constraint tie_out_once unique (agreement_id, run_on),
    constraint tie_out_agreement foreign key (agreement_id) references agreement (id));

CREATE TRIGGER tie_out_is_a_fact before update on tie_out
begin select raise(abort, 'tie_out is a fact: the next run says what has changed'); end;

CREATE TRIGGER tie_out_stays before delete on tie_out
begin select raise(abort, 'tie_out is a fact: the next run says what has changed'); end;

CREATE TABLE told_payment (
    id integer not null primary key, remittance_id integer not null, paid_on text not null, channel text not null, slip text not null, amount integer not null,
    told_by text not null, told_at text not null, taken_back_by text, taken_back_at text,
    constraint told_payment_remittance foreign key (remittance_id) references remittance (id),
    constraint told_payment_amount check (amount > 0));

CREATE UNIQUE INDEX told_payment_live on told_payment (remittance_id, channel, slip) where taken_back_at is null;

CREATE TABLE upload (
    id integer not null primary key, number text not null, agreement_id integer not null, file_name text not null, sha256 text not null,
    bytes integer not null, state text not null, submitted_by text not null, submitted_at text not null, as_of text not null,
    options text not null, summary text, committed_at text, corrects_id integer,
    constraint upload_number unique (number),
    constraint upload_agreement foreign key (agreement_id) references agreement (id));

CREATE INDEX upload_corrects on upload (corrects_id) where corrects_id is not null;

CREATE INDEX upload_of_agreement on upload (agreement_id, id);

CREATE UNIQUE INDEX upload_same_file on upload (agreement_id, sha256) where committed_at is not null and state <> 'undone';

CREATE TABLE upload_check (
    upload_id integer not null primary key, run integer not null, rows_done integer not null, rows_all integer, told_at text not null,
    findings text, refusal text,
    constraint upload_check_upload foreign key (upload_id) references upload (id));

CREATE TABLE upload_chunk (
    upload_id integer not null, chunk integer not null, as_of text not null, body blob not null, posted integer not null,
    constraint upload_chunk_key primary key (upload_id, chunk),
    constraint upload_chunk_upload foreign key (upload_id) references upload (id));

CREATE INDEX upload_chunk_pending on upload_chunk (upload_id, chunk) where posted = 0;

CREATE TABLE upload_content (
    upload_id integer not null, part integer not null, body blob not null,
    constraint upload_content_key primary key (upload_id, part),
    constraint upload_content_upload foreign key (upload_id) references upload (id));

CREATE TRIGGER upload_content_is_a_fact before update on upload_content
begin select raise(abort, 'upload_content is a fact: book the opposite instead'); end;

CREATE TRIGGER upload_content_stays before delete on upload_content
begin select raise(abort, 'upload_content is a fact: book the opposite instead'); end;

CREATE TABLE upload_problem (
    upload_id integer not null, row_no integer not null, code text not null, field text not null, severity text not null,
    value text, detail text not null, particulars text,
    constraint upload_problem_upload foreign key (upload_id) references upload (id));

CREATE INDEX upload_problem_row on upload_problem (upload_id, row_no);

CREATE TABLE webhook_delivery (
    id integer not null primary key, event_id integer not null, endpoint_id integer not null, state text not null, attempts integer not null, version integer not null,
    last_status integer, last_detail text, last_attempt_at text, next_attempt_at text, delivered_at text, last_detail_code text, last_particulars text,
    constraint webhook_delivery_once unique (event_id, endpoint_id),
    constraint webhook_delivery_event foreign key (event_id) references webhook_event (id),
    constraint webhook_delivery_endpoint foreign key (endpoint_id) references webhook_endpoint (id));

CREATE INDEX webhook_delivery_to on webhook_delivery (endpoint_id, id);

CREATE TABLE webhook_endpoint (
    id integer not null primary key, number text not null, organisation_id integer, url text not null, event_types text not null, description text,
    created_by text not null, created_at text not null, failing_since text, disabled_at text, disabled_reason text, removed_at text,
    constraint webhook_endpoint_number unique (number),
    constraint webhook_endpoint_organisation foreign key (organisation_id) references organisation (id));

CREATE TABLE webhook_event (
    id integer not null primary key, number text not null, type text not null, organisation_id integer, data text not null, created_at text not null,
    constraint webhook_event_number unique (number),
    constraint webhook_event_organisation foreign key (organisation_id) references organisation (id));

CREATE INDEX webhook_event_since on webhook_event (created_at, id);

CREATE TABLE webhook_secret (
    id integer not null primary key, endpoint_id integer not null, secret text not null, made_at text not null, ends_at text,
    constraint webhook_secret_endpoint foreign key (endpoint_id) references webhook_endpoint (id));

CREATE INDEX webhook_secret_of on webhook_secret (endpoint_id);

CREATE TABLE work_case (
    id integer not null primary key, number text not null, reason text not null, agreement_id integer, subject text not null,
    amount integer, detail text not null, opened_on text not null, state text not null, owner text, resolution text,
    resolved_by text, detail_code text, particulars text, resolution_code text, resolution_particulars text,
    constraint work_case_number unique (number));

CREATE INDEX work_case_about on work_case (subject);

CREATE INDEX work_case_decided on work_case (agreement_id, subject) where resolved_by is not null;

CREATE UNIQUE INDEX work_case_once on work_case (agreement_id, reason, subject) where agreement_id is not null and state in ('open', 'assigned', 'waiting');

CREATE UNIQUE INDEX work_case_once_of_none on work_case (reason, subject) where agreement_id is null and state in ('open', 'assigned', 'waiting');

CREATE INDEX work_case_open on work_case (id) where state in ('open', 'assigned', 'waiting');

CREATE TABLE write_off (
    id integer not null primary key, agreement_id integer not null, receipt_id integer not null, amount integer not null, written_off_on text not null, reason text not null,
    constraint write_off_receipt foreign key (receipt_id) references receipt (id),
    constraint write_off_amount check (amount <> 0));

CREATE INDEX write_off_of on write_off (receipt_id);

CREATE TRIGGER write_off_is_a_fact before update on write_off
begin select raise(abort, 'write_off is a fact: book the opposite instead'); end;

CREATE TRIGGER write_off_stays before delete on write_off
begin select raise(abort, 'write_off is a fact: book the opposite instead'); end;
