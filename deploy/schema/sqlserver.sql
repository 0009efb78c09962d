-- Generated: run tests/ContributionEngine.House.Tests with CONTRIBUTION_ENGINE_WRITE_SNAPSHOTS=1 to write it again.

-- 0001_the_job.sql

-- Money is bigint minor units, dates are date, instants are datetime2(6) in UTC. Facts are insert-only: see 0002.

create table id_block (name nvarchar(100) collate Latin1_General_100_BIN2 not null primary key, next_id bigint not null);
insert into id_block (name, next_id) values ('all', 1000), ('administration', 0);

create table organisation (
    id bigint not null primary key, code nvarchar(100) collate Latin1_General_100_BIN2 not null, name nvarchar(400) collate Latin1_General_100_BIN2 not null, kind nvarchar(100) collate Latin1_General_100_BIN2 not null, tax_id nvarchar(100) collate Latin1_General_100_BIN2,
    constraint organisation_code unique (code));

create table scheme_pack (
    pack nvarchar(100) collate Latin1_General_100_BIN2 not null, version nvarchar(100) collate Latin1_General_100_BIN2 not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, content varbinary(max) not null, origin nvarchar(100) collate Latin1_General_100_BIN2 not null,
    added_by nvarchar(400) collate Latin1_General_100_BIN2 not null, added_at datetime2(6) not null,
    constraint scheme_pack_once unique (pack, version));

create table agreement (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, organisation_id bigint not null, fund_code nvarchar(100) collate Latin1_General_100_BIN2 not null, pack nvarchar(100) collate Latin1_General_100_BIN2 not null,
    currency nvarchar(100) collate Latin1_General_100_BIN2 not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, brought_to date, claims bigint not null, lease_owner nvarchar(400) collate Latin1_General_100_BIN2, lease_until datetime2(6),
    constraint agreement_number unique (number),
    constraint agreement_organisation foreign key (organisation_id) references organisation (id));

create table agreement_term (
    agreement_id bigint not null, starts_on date not null, ends_on date not null, document nvarchar(max) collate Latin1_General_100_BIN2 not null, pack_version nvarchar(100) collate Latin1_General_100_BIN2,
    constraint agreement_term_key primary key (agreement_id, starts_on),
    constraint agreement_term_agreement foreign key (agreement_id) references agreement (id),
    constraint agreement_term_order check (starts_on <= ends_on));

create table member (
    id bigint not null primary key, organisation_id bigint not null, member_no nvarchar(100) collate Latin1_General_100_BIN2 not null, national_id nvarchar(100) collate Latin1_General_100_BIN2 not null,
    national_id_folded nvarchar(100) collate Latin1_General_100_BIN2 not null, full_name nvarchar(400) collate Latin1_General_100_BIN2 not null, phone nvarchar(100) collate Latin1_General_100_BIN2, language nvarchar(100) collate Latin1_General_100_BIN2,
    constraint member_number unique (organisation_id, member_no),
    constraint member_organisation foreign key (organisation_id) references organisation (id));
create index member_national_id on member (organisation_id, national_id_folded);

create table enrolment (
    id bigint not null primary key, agreement_id bigint not null, member_id bigint not null, enrolled_from date not null, enrolled_to date,
    constraint enrolment_start unique (agreement_id, member_id, enrolled_from),
    constraint enrolment_agreement foreign key (agreement_id) references agreement (id),
    constraint enrolment_member foreign key (member_id) references member (id),
    constraint enrolment_order check (enrolled_to is null or enrolled_to >= enrolled_from));

create table enrolment_fact (
    enrolment_id bigint not null, valid_from date not null, document nvarchar(max) collate Latin1_General_100_BIN2 not null,
    constraint enrolment_fact_key primary key (enrolment_id, valid_from),
    constraint enrolment_fact_enrolment foreign key (enrolment_id) references enrolment (id));

create table basis (
    id bigint not null primary key, agreement_id bigint not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, document nvarchar(max) collate Latin1_General_100_BIN2 not null,
    constraint basis_agreement foreign key (agreement_id) references agreement (id),
    constraint basis_once unique (agreement_id, sha256));

create table obligation (
    id bigint not null primary key, agreement_id bigint not null, enrolment_id bigint not null, period nvarchar(100) collate Latin1_General_100_BIN2 not null, months bigint not null,
    component nvarchar(100) collate Latin1_General_100_BIN2 not null, component_order bigint not null, payer nvarchar(100) collate Latin1_General_100_BIN2 not null, collected bigint not null, class nvarchar(100) collate Latin1_General_100_BIN2 not null,
    cause nvarchar(100) collate Latin1_General_100_BIN2 not null, opens_on date not null, due_on date not null,
    amount bigint not null, reduced bigint not null, allocated bigint not null, basis_id bigint not null, principal_id bigint,
    constraint obligation_once unique (enrolment_id, period, component, payer, class, cause),
    constraint obligation_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint obligation_basis foreign key (basis_id) references basis (id),
    constraint obligation_amount check (amount > 0 and reduced >= 0 and allocated >= 0 and allocated <= amount - reduced));
create index obligation_agreement on obligation (agreement_id, period);
create index obligation_charge on obligation (principal_id) where principal_id is not null;

create table reduction (
    id bigint not null primary key, obligation_id bigint not null, amount bigint not null, reason nvarchar(400) collate Latin1_General_100_BIN2 not null, reduced_on date not null,
    constraint reduction_obligation foreign key (obligation_id) references obligation (id),
    constraint reduction_amount check (amount > 0));
create index reduction_of on reduction (obligation_id);

create table upload (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint not null, file_name nvarchar(400) collate Latin1_General_100_BIN2 not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null,
    bytes bigint not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, submitted_by nvarchar(400) collate Latin1_General_100_BIN2 not null, submitted_at datetime2(6) not null, as_of date not null,
    options nvarchar(max) collate Latin1_General_100_BIN2 not null, summary nvarchar(max) collate Latin1_General_100_BIN2, committed_at datetime2(6),
    constraint upload_number unique (number),
    constraint upload_agreement foreign key (agreement_id) references agreement (id));
create unique index upload_same_file on upload (agreement_id, sha256) where committed_at is not null and state <> 'undone';

create table upload_content (
    upload_id bigint not null, part bigint not null, body varbinary(max) not null,
    constraint upload_content_key primary key (upload_id, part),
    constraint upload_content_upload foreign key (upload_id) references upload (id));

create table upload_chunk (
    upload_id bigint not null, chunk bigint not null, as_of date not null, body varbinary(max) not null, posted bigint not null,
    constraint upload_chunk_key primary key (upload_id, chunk),
    constraint upload_chunk_upload foreign key (upload_id) references upload (id));
create index upload_chunk_pending on upload_chunk (upload_id, chunk) where posted = 0;

create table upload_problem (
    upload_id bigint not null, row_no bigint not null, code nvarchar(100) collate Latin1_General_100_BIN2 not null, field nvarchar(100) collate Latin1_General_100_BIN2 not null, severity nvarchar(100) collate Latin1_General_100_BIN2 not null,
    value nvarchar(max) collate Latin1_General_100_BIN2, detail nvarchar(max) collate Latin1_General_100_BIN2 not null,
    constraint upload_problem_upload foreign key (upload_id) references upload (id));
create index upload_problem_row on upload_problem (upload_id, row_no);

-- What a person put in the place of a cell, or why she leaves the row out: the last word on a field counts, and null takes it back.
create table row_fix (
    upload_id bigint not null, seq bigint not null, row_no bigint not null, field nvarchar(100) collate Latin1_General_100_BIN2 not null, value nvarchar(max) collate Latin1_General_100_BIN2, fixed_by nvarchar(400) collate Latin1_General_100_BIN2 not null, fixed_at datetime2(6) not null,
    constraint row_fix_key primary key (upload_id, seq),
    constraint row_fix_upload foreign key (upload_id) references upload (id));

create table left_out_row (
    upload_id bigint not null, row_no bigint not null, code nvarchar(100) collate Latin1_General_100_BIN2 not null, severity nvarchar(100) collate Latin1_General_100_BIN2 not null, field nvarchar(100) collate Latin1_General_100_BIN2 not null, value nvarchar(max) collate Latin1_General_100_BIN2, detail nvarchar(max) collate Latin1_General_100_BIN2 not null,
    amount bigint, document nvarchar(max) collate Latin1_General_100_BIN2 not null, settled nvarchar(100) collate Latin1_General_100_BIN2, settled_by bigint,
    constraint left_out_row_key primary key (upload_id, row_no),
    constraint left_out_row_upload foreign key (upload_id) references upload (id));

create table sheet_map (
    id bigint not null primary key, organisation_id bigint not null, columns_key nvarchar(100) collate Latin1_General_100_BIN2 not null, map nvarchar(max) collate Latin1_General_100_BIN2 not null, saved_by nvarchar(400) collate Latin1_General_100_BIN2 not null, saved_at datetime2(6) not null,
    constraint sheet_map_once unique (organisation_id, columns_key),
    constraint sheet_map_organisation foreign key (organisation_id) references organisation (id));

create table receipt (
    id bigint not null primary key, agreement_id bigint not null, upload_id bigint not null, row_no bigint not null, receipt_no nvarchar(100) collate Latin1_General_100_BIN2,
    enrolment_id bigint, received_on date not null, posted_on date not null, amount bigint not null, named_period nvarchar(100) collate Latin1_General_100_BIN2, named_component nvarchar(100) collate Latin1_General_100_BIN2,
    method nvarchar(100) collate Latin1_General_100_BIN2, reference nvarchar(400) collate Latin1_General_100_BIN2, business_key nvarchar(100) collate Latin1_General_100_BIN2 not null, occurrence bigint not null, live bigint not null,
    allocated bigint not null, suspense bigint not null, credit bigint not null, refunded bigint not null, reversed bigint not null,
    written_off bigint not null,
    constraint receipt_upload foreign key (upload_id) references upload (id),
    constraint receipt_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint receipt_amount check (amount >= 0),
    constraint receipt_adds_up check (amount = allocated + suspense + credit + refunded + reversed + written_off
        and allocated >= 0 and suspense >= 0 and credit >= 0 and refunded >= 0 and reversed >= 0 and written_off >= 0));
create unique index receipt_once on receipt (agreement_id, business_key, occurrence) where live = 1;
create index receipt_of_upload on receipt (upload_id, row_no);
create index receipt_of_enrolment on receipt (enrolment_id, amount, upload_id) where live = 1 and enrolment_id is not null;
create index receipt_credit on receipt (agreement_id, enrolment_id) where credit > 0;
create index receipt_suspense on receipt (agreement_id) where suspense > 0;

create table allocation (
    id bigint not null primary key, agreement_id bigint not null, receipt_id bigint not null, obligation_id bigint not null, amount bigint not null,
    allocated_on date not null, undoes bigint,
    constraint allocation_receipt foreign key (receipt_id) references receipt (id),
    constraint allocation_obligation foreign key (obligation_id) references obligation (id),
    constraint allocation_sign check ((undoes is null and amount > 0) or (undoes is not null and amount < 0)));
create index allocation_of_obligation on allocation (obligation_id);
create index allocation_of_receipt on allocation (receipt_id);
create unique index allocation_undone_once on allocation (undoes) where undoes is not null;

create table member_event (
    receipt_id bigint not null primary key, enrolment_id bigint not null, happened_on date not null, kind nvarchar(100) collate Latin1_General_100_BIN2 not null, amount bigint not null, quantity bigint,
    constraint member_event_receipt foreign key (receipt_id) references receipt (id),
    constraint member_event_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint member_event_amount check (amount >= 0));
create index member_event_of on member_event (enrolment_id);

-- What the file said of whoever paid money that is held because its member is not known, and the event that came with it.
create table suspense_payer (
    receipt_id bigint not null primary key, member_no nvarchar(400) collate Latin1_General_100_BIN2, national_id nvarchar(400) collate Latin1_General_100_BIN2, full_name nvarchar(400) collate Latin1_General_100_BIN2, event_kind nvarchar(100) collate Latin1_General_100_BIN2, event_value bigint, event_quantity bigint,
    constraint suspense_payer_receipt foreign key (receipt_id) references receipt (id));

-- A further name under which a file may speak of a receipt: how it was sent before a person put it right, and how it would be sent now.
create table receipt_alias (
    id bigint not null primary key, agreement_id bigint not null, business_key nvarchar(100) collate Latin1_General_100_BIN2 not null, occurrence bigint not null, enrolment_id bigint, receipt_id bigint not null,
    constraint receipt_alias_receipt foreign key (receipt_id) references receipt (id));
create index receipt_alias_key on receipt_alias (agreement_id, business_key);
create index receipt_alias_of on receipt_alias (receipt_id);

-- What was taken back of a receipt: once when it ends, and once for each line that comes back later.
create table reversal (
    receipt_id bigint not null, part_no bigint not null, agreement_id bigint not null, kind nvarchar(100) collate Latin1_General_100_BIN2 not null, amount bigint not null, reversed_on date not null,
    reason nvarchar(400) collate Latin1_General_100_BIN2 not null, replaced_by bigint,
    constraint reversal_key primary key (receipt_id, part_no),
    constraint reversal_receipt foreign key (receipt_id) references receipt (id),
    constraint reversal_amount check (amount >= 0));

create table refund (
    id bigint not null primary key, agreement_id bigint not null, receipt_id bigint not null, source nvarchar(100) collate Latin1_General_100_BIN2 not null, amount bigint not null,
    refunded_on date not null, reason nvarchar(400) collate Latin1_General_100_BIN2 not null,
    constraint refund_receipt foreign key (receipt_id) references receipt (id),
    constraint refund_amount check (amount > 0));
create index refund_of on refund (receipt_id);

-- What was given up of a receipt, because nobody claims it; the opposite row when the receipt itself is taken back.
create table write_off (
    id bigint not null primary key, agreement_id bigint not null, receipt_id bigint not null, amount bigint not null, written_off_on date not null, reason nvarchar(400) collate Latin1_General_100_BIN2 not null,
    constraint write_off_receipt foreign key (receipt_id) references receipt (id),
    constraint write_off_amount check (amount <> 0));
create index write_off_of on write_off (receipt_id);

-- What the organisation paid for a member (a receipt of its own), and what she owes it for that.
create table advance (
    receipt_id bigint not null primary key, obligation_id bigint not null, agreement_id bigint not null,
    constraint advance_once unique (obligation_id),
    constraint advance_receipt foreign key (receipt_id) references receipt (id),
    constraint advance_obligation foreign key (obligation_id) references obligation (id));
create index advance_of on advance (agreement_id);

-- What became of a period whose money was held back as a whole, or asked for: held, and then one of advance, drop, release.
create table batch_step (
    agreement_id bigint not null, period nvarchar(100) collate Latin1_General_100_BIN2 not null, step nvarchar(100) collate Latin1_General_100_BIN2 not null, taken_on date not null, taken_by nvarchar(400) collate Latin1_General_100_BIN2 not null,
    constraint batch_step_key primary key (agreement_id, period, step),
    constraint batch_step_agreement foreign key (agreement_id) references agreement (id),
    constraint batch_step_word check (step in ('held', 'advance', 'drop', 'release')));
create unique index batch_decided_once on batch_step (agreement_id, period) where step <> 'held';

create table settlement_run (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint not null, cutoff datetime2(6) not null, cutoff_on date not null,
    state nvarchar(100) collate Latin1_General_100_BIN2 not null, started_at datetime2(6) not null, completed_at datetime2(6), carried bigint not null,
    constraint settlement_run_number unique (number),
    constraint settlement_run_once unique (agreement_id, cutoff));

create table remittance (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint not null, run_id bigint, kind nvarchar(100) collate Latin1_General_100_BIN2 not null, cutoff datetime2(6) not null,
    sequence bigint not null, currency nvarchar(100) collate Latin1_General_100_BIN2 not null, reference nvarchar(100) collate Latin1_General_100_BIN2 not null, line_count bigint not null, total bigint not null,
    sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, bytes bigint not null, channel nvarchar(100) collate Latin1_General_100_BIN2 not null, format nvarchar(100) collate Latin1_General_100_BIN2 not null, file_name nvarchar(400) collate Latin1_General_100_BIN2 not null, period nvarchar(100) collate Latin1_General_100_BIN2, supplements bigint,
    delivery nvarchar(100) collate Latin1_General_100_BIN2 not null, answer nvarchar(100) collate Latin1_General_100_BIN2 not null, money nvarchar(100) collate Latin1_General_100_BIN2 not null,
    rejected bigint not null, paid bigint not null, fund_reference nvarchar(400) collate Latin1_General_100_BIN2,
    sealed_at datetime2(6) not null, delivered_at datetime2(6), acknowledged_at datetime2(6), settled_at datetime2(6),
    constraint remittance_number unique (number),
    constraint remittance_reference unique (reference),
    constraint remittance_once unique (agreement_id, cutoff, sequence),
    constraint remittance_supplements foreign key (supplements) references remittance (id),
    constraint remittance_total check (total > 0 and line_count > 0 and rejected >= 0 and rejected <= total and paid >= 0));

-- What a fund says beforehand that it takes of a period, where it takes only that: as its last step left it.
create table notice (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint not null, period nvarchar(100) collate Latin1_General_100_BIN2 not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, steps bigint not null,
    constraint notice_number unique (number),
    constraint notice_agreement foreign key (agreement_id) references agreement (id),
    constraint notice_state check (state in ('requested', 'quoted', 'confirmed', 'expired', 'withdrawn')));
create unique index notice_open_once on notice (agreement_id, period) where state in ('requested', 'quoted');

create table notice_step (
    notice_id bigint not null, step_no bigint not null, step nvarchar(100) collate Latin1_General_100_BIN2 not null, amount bigint not null, fund_reference nvarchar(400) collate Latin1_General_100_BIN2, valid_until date, remittance_id bigint,
    reason nvarchar(400) collate Latin1_General_100_BIN2 not null, taken_on date not null, taken_by nvarchar(400) collate Latin1_General_100_BIN2 not null,
    constraint notice_step_key primary key (notice_id, step_no),
    constraint notice_step_notice foreign key (notice_id) references notice (id),
    constraint notice_step_remittance foreign key (remittance_id) references remittance (id),
    constraint notice_step_amount check (amount > 0));
create index notice_step_pays on notice_step (remittance_id);

create table remittance_content (
    remittance_id bigint not null, part bigint not null, body varbinary(max) not null,
    constraint remittance_content_key primary key (remittance_id, part),
    constraint remittance_content_remittance foreign key (remittance_id) references remittance (id));

create table remittance_line (
    id bigint not null primary key, remittance_id bigint not null, line_no bigint not null, enrolment_id bigint not null, member_no nvarchar(100) collate Latin1_General_100_BIN2 not null,
    national_id nvarchar(100) collate Latin1_General_100_BIN2 not null, period nvarchar(100) collate Latin1_General_100_BIN2 not null, component nvarchar(100) collate Latin1_General_100_BIN2 not null, class nvarchar(100) collate Latin1_General_100_BIN2 not null, amount bigint not null,
    outcome nvarchar(100) collate Latin1_General_100_BIN2 not null, code nvarchar(100) collate Latin1_General_100_BIN2 not null,
    constraint remittance_line_once unique (remittance_id, line_no),
    constraint remittance_line_remittance foreign key (remittance_id) references remittance (id),
    constraint remittance_line_amount check (amount <> 0));
create index remittance_line_of on remittance_line (enrolment_id);

create table line_allocation (
    line_id bigint not null, allocation_id bigint not null, live bigint not null,
    constraint line_allocation_key primary key (line_id, allocation_id),
    constraint line_allocation_line foreign key (line_id) references remittance_line (id),
    constraint line_allocation_allocation foreign key (allocation_id) references allocation (id));
create unique index line_allocation_one_live on line_allocation (allocation_id) where live = 1;

-- Over the lines that the fund has accepted, all in one hash: a new version whenever it accepts other ones. Its event stands in the agreement's audit chain.
create table remittance_proof (
    id bigint not null primary key, remittance_id bigint not null, version bigint not null, root nvarchar(100) collate Latin1_General_100_BIN2 not null, line_count bigint not null,
    made_at datetime2(6) not null, audit_seq bigint not null,
    constraint remittance_proof_once unique (remittance_id, version),
    constraint remittance_proof_remittance foreign key (remittance_id) references remittance (id));
create index remittance_proof_root on remittance_proof (root);

-- What keeps a line in such a hash from being guessed, and the versions in which it stands, both ends inside.
create table line_salt (
    line_id bigint not null primary key, salt varbinary(max) not null, first_version bigint not null, last_version bigint,
    constraint line_salt_line foreign key (line_id) references remittance_line (id));

-- The remittance whose file told the fund of a proof.
create table proof_told (
    proof_id bigint not null, remittance_id bigint not null,
    constraint proof_told_key primary key (proof_id, remittance_id),
    constraint proof_told_proof foreign key (proof_id) references remittance_proof (id),
    constraint proof_told_remittance foreign key (remittance_id) references remittance (id));

-- That the fund has the same root, and the SHA-256 of the answer that says so.
create table proof_confirmation (
    proof_id bigint not null primary key, answer_sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, confirmed_at datetime2(6) not null,
    constraint proof_confirmation_proof foreign key (proof_id) references remittance_proof (id));

-- What another owes because money of a receipt was gone when the receipt ended: on its way to the fund (organisation), or refunded (member).
create table claim (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint not null, debtor nvarchar(100) collate Latin1_General_100_BIN2 not null, receipt_id bigint not null,
    allocation_id bigint, line_id bigint, amount bigint not null, arisen_on date not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, ended_on date,
    constraint claim_number unique (number),
    constraint claim_receipt foreign key (receipt_id) references receipt (id),
    constraint claim_allocation foreign key (allocation_id) references allocation (id),
    constraint claim_line foreign key (line_id) references remittance_line (id),
    constraint claim_amount check (amount > 0));
create index claim_of on claim (receipt_id);
create index claim_open on claim (agreement_id) where state = 'open';
create unique index claim_once on claim (allocation_id) where allocation_id is not null;

-- What the State or a sponsor owes for a member's period that the fund has accepted.
create table state_claim (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint not null, debtor nvarchar(100) collate Latin1_General_100_BIN2 not null, obligation_id bigint not null,
    amount bigint not null, arisen_on date not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, ended_on date,
    constraint state_claim_number unique (number),
    constraint state_claim_obligation foreign key (obligation_id) references obligation (id),
    constraint state_claim_amount check (amount > 0));
create index state_claim_of on state_claim (obligation_id);
create index state_claim_open on state_claim (agreement_id) where state = 'open';

-- What collecting a remittance costs, part by part in the agreement's order: each is what the fee changed by with what was payable then (basis).
create table collection_fee (
    id bigint not null primary key, agreement_id bigint not null, part_no bigint not null, remittance_id bigint not null,
    basis bigint not null, rate nvarchar(100) collate Latin1_General_100_BIN2 not null, worked bigint not null, amount bigint not null, arisen_on date not null, fee_year bigint not null,
    constraint collection_fee_once unique (agreement_id, part_no),
    constraint collection_fee_remittance foreign key (remittance_id) references remittance (id),
    constraint collection_fee_basis check (basis >= 0));
create index collection_fee_of on collection_fee (remittance_id);

-- What its payer has paid of the fee of a remittance, or was given back: all that was open of it up to this part.
create table collection_fee_payment (
    id bigint not null primary key, agreement_id bigint not null, fee_id bigint not null, amount bigint not null, paid_on date not null,
    constraint collection_fee_payment_once unique (fee_id),
    constraint collection_fee_payment_fee foreign key (fee_id) references collection_fee (id),
    constraint collection_fee_payment_amount check (amount <> 0));
create index collection_fee_payment_of on collection_fee_payment (agreement_id);

create table delivery (
    id bigint not null primary key, remittance_id bigint not null, attempt bigint not null, kind nvarchar(100) collate Latin1_General_100_BIN2 not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null,
    detail nvarchar(max) collate Latin1_General_100_BIN2, started_at datetime2(6) not null, ended_at datetime2(6),
    constraint delivery_once unique (remittance_id, attempt));

create table acknowledgement (
    id bigint not null primary key, fund_code nvarchar(100) collate Latin1_General_100_BIN2 not null, reference nvarchar(100) collate Latin1_General_100_BIN2 not null, remittance_id bigint not null, level nvarchar(100) collate Latin1_General_100_BIN2 not null, line_no bigint not null,
    outcome nvarchar(100) collate Latin1_General_100_BIN2 not null, code nvarchar(100) collate Latin1_General_100_BIN2 not null, text nvarchar(max) collate Latin1_General_100_BIN2 not null, amount bigint, raw_sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, applied bigint not null, received_at datetime2(6) not null,
    constraint acknowledgement_once unique (fund_code, reference, level, line_no, outcome, raw_sha256));
create index acknowledgement_of on acknowledgement (remittance_id);

-- What funds have answered, byte for byte, and why nothing could be done with it where a problem is named.
create table answer_file (
    id bigint not null primary key, fund_code nvarchar(100) collate Latin1_General_100_BIN2 not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, name nvarchar(400) collate Latin1_General_100_BIN2 not null, came_by nvarchar(100) collate Latin1_General_100_BIN2 not null, problem nvarchar(100) collate Latin1_General_100_BIN2,
    body varbinary(max) not null, received_at datetime2(6) not null,
    constraint answer_file_once unique (fund_code, sha256));

create table bank_account (
    id bigint not null primary key, account nvarchar(100) collate Latin1_General_100_BIN2 not null, holder nvarchar(100) collate Latin1_General_100_BIN2 not null, organisation_id bigint,
    constraint bank_account_once unique (account));

-- A notification has no balances. The fingerprint is of what a statement says: sent again by another message, it is the same.
create table bank_statement (
    id bigint not null primary key, account_id bigint not null, statement nvarchar(100) collate Latin1_General_100_BIN2 not null, kind nvarchar(100) collate Latin1_General_100_BIN2 not null, format nvarchar(100) collate Latin1_General_100_BIN2 not null, currency nvarchar(100) collate Latin1_General_100_BIN2 not null,
    opening bigint, closing bigint, from_on date not null, to_on date not null, fingerprint nvarchar(100) collate Latin1_General_100_BIN2 not null, file_name nvarchar(400) collate Latin1_General_100_BIN2 not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null,
    state nvarchar(100) collate Latin1_General_100_BIN2 not null, imported_at datetime2(6) not null,
    constraint bank_statement_once unique (account_id, fingerprint),
    constraint bank_statement_account foreign key (account_id) references bank_account (id));

create table bank_entry (
    id bigint not null primary key, account_id bigint not null, statement_id bigint not null, entry_no bigint not null, servicer_reference nvarchar(400) collate Latin1_General_100_BIN2 not null,
    occurrence bigint not null, amount bigint not null, direction nvarchar(100) collate Latin1_General_100_BIN2 not null, booked_on date not null, value_on date, is_reversal bigint not null, reference nvarchar(400) collate Latin1_General_100_BIN2,
    counterparty nvarchar(400) collate Latin1_General_100_BIN2, counterparty_account nvarchar(100) collate Latin1_General_100_BIN2, remittance_info nvarchar(max) collate Latin1_General_100_BIN2, text nvarchar(max) collate Latin1_General_100_BIN2, state nvarchar(100) collate Latin1_General_100_BIN2 not null,
    matched bigint default 0 not null,
    constraint bank_entry_once unique (account_id, servicer_reference, occurrence),
    constraint bank_entry_statement foreign key (statement_id) references bank_statement (id),
    constraint bank_entry_amount check (amount > 0),
    constraint bank_entry_matched check (matched <= amount));

-- The parts of a booking that a bank lists one by one; amounts are signed, credit positive.
create table bank_transaction (
    entry_id bigint not null, tx_no bigint not null, amount bigint not null, reference nvarchar(400) collate Latin1_General_100_BIN2, counterparty nvarchar(400) collate Latin1_General_100_BIN2, remittance_info nvarchar(max) collate Latin1_General_100_BIN2,
    constraint bank_transaction_key primary key (entry_id, tx_no),
    constraint bank_transaction_entry foreign key (entry_id) references bank_entry (id));

create table bank_statement_entry (
    statement_id bigint not null, entry_id bigint not null,
    constraint bank_statement_entry_key primary key (statement_id, entry_id),
    constraint bank_statement_entry_statement foreign key (statement_id) references bank_statement (id),
    constraint bank_statement_entry_entry foreign key (entry_id) references bank_entry (id));
create index bank_statement_entry_of on bank_statement_entry (entry_id);

-- A run of the matching, with what it went by: by the same rules over the same facts it decides the same.
create table match_run (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, started_by nvarchar(400) collate Latin1_General_100_BIN2 not null, started_at datetime2(6) not null,
    rules nvarchar(max) collate Latin1_General_100_BIN2 not null, inputs nvarchar(max) collate Latin1_General_100_BIN2 not null, decisions nvarchar(max) collate Latin1_General_100_BIN2 not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null,
    constraint match_run_number unique (number));

-- What became of the money of an entry: taken is its own, amount what it adds to the paid sum of the remittance. The rows of one match share a number.
create table bank_match (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, run_id bigint, entry_id bigint not null, tx_no bigint not null, remittance_id bigint, kind nvarchar(100) collate Latin1_General_100_BIN2 not null,
    taken bigint not null, amount bigint not null, open_before bigint not null, missing bigint not null, surplus bigint not null,
    matched_by nvarchar(100) collate Latin1_General_100_BIN2 not null, score bigint not null, cues nvarchar(max) collate Latin1_General_100_BIN2 not null, live bigint not null, matched_on date not null, accepted_by nvarchar(400) collate Latin1_General_100_BIN2 not null,
    undone_on date, undone_by nvarchar(400) collate Latin1_General_100_BIN2, undone_reason nvarchar(400) collate Latin1_General_100_BIN2,
    constraint bank_match_run foreign key (run_id) references match_run (id),
    constraint bank_match_entry foreign key (entry_id) references bank_entry (id),
    constraint bank_match_remittance foreign key (remittance_id) references remittance (id),
    constraint bank_match_adds_up check (
        (kind = 'payment' and taken = amount and amount > 0 and missing >= 0 and surplus >= 0 and amount = open_before - missing + surplus)
        or (kind in ('returned', 'refunded') and taken = -amount and amount < 0 and missing = 0 and surplus = 0)
        or (kind in ('fee', 'not_ours') and amount = 0 and taken <> 0 and missing = 0 and surplus = 0)));
create unique index bank_match_exclusive on bank_match (entry_id, tx_no, remittance_id, kind) where live = 1;
create index bank_match_of on bank_match (remittance_id) where live = 1;
create index bank_match_number on bank_match (number);

-- What happened on arisen_on stands in the books on booked_on: later where the months between were closed.
create table journal_entry (
    id bigint not null primary key, agreement_id bigint not null, booked_on date not null, arisen_on date not null, currency nvarchar(100) collate Latin1_General_100_BIN2 not null,
    event nvarchar(100) collate Latin1_General_100_BIN2 not null, source nvarchar(400) collate Latin1_General_100_BIN2 not null, recorded_at datetime2(6) not null,
    constraint journal_entry_order check (booked_on >= arisen_on));
create index journal_entry_of on journal_entry (agreement_id, booked_on);

-- A month of an agreement's booking dates that somebody has closed, soft-closed or reopened. What it held when it was closed is proved ever after.
create table booking_period (
    agreement_id bigint not null, month nvarchar(100) collate Latin1_General_100_BIN2 not null, starts_on date not null, ends_on date not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null,
    entries bigint not null, debit bigint not null, changed_by nvarchar(400) collate Latin1_General_100_BIN2 not null, changed_at datetime2(6) not null, reason nvarchar(400) collate Latin1_General_100_BIN2 not null,
    constraint booking_period_key primary key (agreement_id, month),
    constraint booking_period_agreement foreign key (agreement_id) references agreement (id));

create table posting (
    entry_id bigint not null, posting_no bigint not null, account nvarchar(100) collate Latin1_General_100_BIN2 not null, debit bigint not null, credit bigint not null,
    constraint posting_key primary key (entry_id, posting_no),
    constraint posting_entry foreign key (entry_id) references journal_entry (id),
    constraint posting_side check ((debit > 0 and credit = 0) or (credit > 0 and debit = 0)));

-- Schedule, receipts, fund and bank as they stood on a day, with what was open between them.
create table tie_out (
    id bigint not null primary key, agreement_id bigint not null, run_on date not null, recorded_at datetime2(6) not null, unexplained bigint not null, document nvarchar(max) collate Latin1_General_100_BIN2 not null,
    constraint tie_out_once unique (agreement_id, run_on),
    constraint tie_out_agreement foreign key (agreement_id) references agreement (id));

create table work_case (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, reason nvarchar(100) collate Latin1_General_100_BIN2 not null, agreement_id bigint, subject nvarchar(400) collate Latin1_General_100_BIN2 not null,
    amount bigint, detail nvarchar(max) collate Latin1_General_100_BIN2 not null, opened_on date not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, owner nvarchar(400) collate Latin1_General_100_BIN2, resolution nvarchar(max) collate Latin1_General_100_BIN2,
    resolved_by nvarchar(400) collate Latin1_General_100_BIN2,
    constraint work_case_number unique (number));
create unique index work_case_once on work_case (agreement_id, reason, subject) where agreement_id is not null and state in ('open', 'assigned', 'waiting');
-- A null is like no other to two of the databases and like any to the third.
create unique index work_case_once_of_none on work_case (reason, subject) where agreement_id is null and state in ('open', 'assigned', 'waiting');
create index work_case_decided on work_case (agreement_id, subject) where resolved_by is not null;

-- What was asked for and waits for a second person.
create table approval (
    case_id bigint not null primary key, asked_by nvarchar(400) collate Latin1_General_100_BIN2 not null, asked_at datetime2(6) not null, request nvarchar(max) collate Latin1_General_100_BIN2 not null,
    constraint approval_case foreign key (case_id) references work_case (id));

create table published_rate (
    id bigint not null primary key, series nvarchar(100) collate Latin1_General_100_BIN2 not null, month nvarchar(100) collate Latin1_General_100_BIN2 not null, rate_percent nvarchar(100) collate Latin1_General_100_BIN2 not null, source nvarchar(400) collate Latin1_General_100_BIN2 not null,
    entered_by nvarchar(400) collate Latin1_General_100_BIN2 not null, entered_at datetime2(6) not null,
    constraint published_rate_once unique (series, month));

create table audit_event (
    id bigint not null primary key, chain nvarchar(100) collate Latin1_General_100_BIN2 not null, seq bigint not null, at datetime2(6) not null, actor nvarchar(400) collate Latin1_General_100_BIN2 not null, use_case nvarchar(100) collate Latin1_General_100_BIN2 not null,
    subject nvarchar(400) collate Latin1_General_100_BIN2 not null, document nvarchar(max) collate Latin1_General_100_BIN2 not null, previous_hash nvarchar(100) collate Latin1_General_100_BIN2 not null, hash nvarchar(100) collate Latin1_General_100_BIN2 not null,
    constraint audit_event_once unique (chain, seq));

create table outbox (
    id bigint not null primary key, shard bigint not null, agreement_id bigint, destination nvarchar(100) collate Latin1_General_100_BIN2 not null, type nvarchar(100) collate Latin1_General_100_BIN2 not null, body nvarchar(max) collate Latin1_General_100_BIN2 not null, trace_parent nvarchar(100) collate Latin1_General_100_BIN2,
    not_before datetime2(6) not null, attempts bigint not null, version bigint not null, sends bigint not null, sent_at datetime2(6), parked_reason nvarchar(max) collate Latin1_General_100_BIN2, enqueued_at datetime2(6) not null);
create index outbox_due on outbox (not_before, id) where parked_reason is null;
create index outbox_of_agreement on outbox (agreement_id);

create table outbox_shard (shard bigint not null primary key, owner nvarchar(400) collate Latin1_General_100_BIN2, epoch bigint not null, until datetime2(6), wanted_by nvarchar(400) collate Latin1_General_100_BIN2, wanted_until datetime2(6));
insert into outbox_shard (shard, epoch) values (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);

create table engine_user (
    id bigint not null primary key, name nvarchar(100) collate Latin1_General_100_BIN2 not null, role nvarchar(100) collate Latin1_General_100_BIN2 not null, organisation_id bigint, disabled_at datetime2(6), added_at datetime2(6) not null,
    constraint engine_user_name unique (name),
    constraint engine_user_organisation foreign key (organisation_id) references organisation (id));

create table api_key (
    id bigint not null primary key, user_id bigint not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, created_at datetime2(6) not null, used_at datetime2(6), revoked_at datetime2(6),
    constraint api_key_once unique (sha256),
    constraint api_key_user foreign key (user_id) references engine_user (id));

-- 0002_facts.sqlserver.sql

-- Facts are insert-only and undo is the opposite row: the database itself refuses anything else (truth 9).
-- Tables that a foreign key points to cannot be truncated. The others (reduction, member_event, suspense_payer, receipt_alias, reversal, refund, write_off, claim, state_claim,
-- collection_fee_payment, bank_match, notice_step, approval, posting, tie_out, audit_event, scheme_pack, upload_content, remittance_content, acknowledgement, answer_file,
-- line_salt, proof_told, proof_confirmation) can be by whoever may alter them, which no trigger sees: the program's user needs no such right.

-- What array parameters travel in.
create type dbo.id_list as table (value bigint not null);
create type dbo.word_list as table (value nvarchar(400) collate Latin1_General_100_BIN2 not null);
create type dbo.pair_list as table (id bigint not null, amount bigint not null);
go

create trigger allocation_is_a_fact on allocation after update as
if exists (select 1 from deleted)
    throw 51000, 'allocation is a fact: book the opposite instead', 1;
go

create trigger allocation_stays on allocation after delete as
if exists (select 1 from deleted)
    throw 51000, 'allocation is a fact: book the opposite instead', 1;
go

create trigger basis_is_a_fact on basis after update as
if exists (select 1 from deleted)
    throw 51000, 'basis is a fact: store another instead', 1;
go

create trigger basis_stays on basis after delete as
if exists (select 1 from deleted)
    throw 51000, 'basis is a fact: store another instead', 1;
go

create trigger reduction_is_a_fact on reduction after update as
if exists (select 1 from deleted)
    throw 51000, 'reduction is a fact: book the opposite instead', 1;
go

create trigger reduction_stays on reduction after delete as
if exists (select 1 from deleted)
    throw 51000, 'reduction is a fact: book the opposite instead', 1;
go

create trigger member_event_is_a_fact on member_event after update as
if exists (select 1 from deleted)
    throw 51000, 'member_event is a fact: undo the upload that brought it instead', 1;
go

create trigger member_event_stays on member_event after delete as
if exists (select 1 from deleted)
    throw 51000, 'member_event is a fact: undo the upload that brought it instead', 1;
go

create trigger suspense_payer_is_a_fact on suspense_payer after update as
if exists (select 1 from deleted)
    throw 51000, 'suspense_payer is a fact: book the opposite instead', 1;
go

create trigger suspense_payer_stays on suspense_payer after delete as
if exists (select 1 from deleted)
    throw 51000, 'suspense_payer is a fact: book the opposite instead', 1;
go

create trigger receipt_alias_is_a_fact on receipt_alias after update as
if exists (select 1 from deleted)
    throw 51000, 'receipt_alias is a fact: book the opposite instead', 1;
go

create trigger receipt_alias_stays on receipt_alias after delete as
if exists (select 1 from deleted)
    throw 51000, 'receipt_alias is a fact: book the opposite instead', 1;
go

create trigger reversal_is_a_fact on reversal after update as
if exists (select 1 from deleted)
    throw 51000, 'reversal is a fact: book the opposite instead', 1;
go

create trigger reversal_stays on reversal after delete as
if exists (select 1 from deleted)
    throw 51000, 'reversal is a fact: book the opposite instead', 1;
go

create trigger refund_is_a_fact on refund after update as
if exists (select 1 from deleted)
    throw 51000, 'refund is a fact: book the opposite instead', 1;
go

create trigger refund_stays on refund after delete as
if exists (select 1 from deleted)
    throw 51000, 'refund is a fact: book the opposite instead', 1;
go

create trigger write_off_is_a_fact on write_off after update as
if exists (select 1 from deleted)
    throw 51000, 'write_off is a fact: book the opposite instead', 1;
go

create trigger write_off_stays on write_off after delete as
if exists (select 1 from deleted)
    throw 51000, 'write_off is a fact: book the opposite instead', 1;
go

create trigger state_claim_is_a_fact on state_claim after update as
if (update(id) or update(number) or update(agreement_id) or update(debtor) or update(obligation_id) or update(amount) or update(arisen_on))
    and exists (select 1 from deleted)
    throw 51000, 'state_claim is a fact: book the opposite instead', 1;
go

create trigger state_claim_stays on state_claim after delete as
if exists (select 1 from deleted)
    throw 51000, 'state_claim is a fact: book the opposite instead', 1;
go

create trigger collection_fee_is_a_fact on collection_fee after update as
if exists (select 1 from deleted)
    throw 51000, 'collection_fee is a fact: book the opposite instead', 1;
go

create trigger collection_fee_stays on collection_fee after delete as
if exists (select 1 from deleted)
    throw 51000, 'collection_fee is a fact: book the opposite instead', 1;
go

create trigger collection_fee_payment_is_a_fact on collection_fee_payment after update as
if exists (select 1 from deleted)
    throw 51000, 'collection_fee_payment is a fact: book the opposite instead', 1;
go

create trigger collection_fee_payment_stays on collection_fee_payment after delete as
if exists (select 1 from deleted)
    throw 51000, 'collection_fee_payment is a fact: book the opposite instead', 1;
go

create trigger advance_is_a_fact on advance after update as
if exists (select 1 from deleted)
    throw 51000, 'advance is a fact: book the opposite instead', 1;
go

create trigger advance_stays on advance after delete as
if exists (select 1 from deleted)
    throw 51000, 'advance is a fact: book the opposite instead', 1;
go

create trigger notice_is_a_fact on notice after update as
if (update(id) or update(number) or update(agreement_id) or update(period))
    and exists (select 1 from deleted)
    throw 51000, 'notice is a fact: book the opposite instead', 1;
go

create trigger notice_stays on notice after delete as
if exists (select 1 from deleted)
    throw 51000, 'notice is a fact: book the opposite instead', 1;
go

create trigger notice_step_is_a_fact on notice_step after update as
if exists (select 1 from deleted)
    throw 51000, 'notice_step is a fact: book the opposite instead', 1;
go

create trigger notice_step_stays on notice_step after delete as
if exists (select 1 from deleted)
    throw 51000, 'notice_step is a fact: book the opposite instead', 1;
go

create trigger batch_step_is_a_fact on batch_step after update as
if exists (select 1 from deleted)
    throw 51000, 'batch_step is a fact: book the opposite instead', 1;
go

create trigger batch_step_stays on batch_step after delete as
if exists (select 1 from deleted)
    throw 51000, 'batch_step is a fact: book the opposite instead', 1;
go

create trigger approval_is_a_fact on approval after update as
if exists (select 1 from deleted)
    throw 51000, 'approval is a fact: book the opposite instead', 1;
go

create trigger approval_stays on approval after delete as
if exists (select 1 from deleted)
    throw 51000, 'approval is a fact: book the opposite instead', 1;
go

create trigger claim_is_a_fact on claim after update as
if (update(id) or update(number) or update(agreement_id) or update(debtor) or update(receipt_id) or update(allocation_id) or
    update(line_id) or update(amount) or update(arisen_on))
    and exists (select 1 from deleted)
    throw 51000, 'claim is a fact: book the opposite instead', 1;
go

create trigger claim_stays on claim after delete as
if exists (select 1 from deleted)
    throw 51000, 'claim is a fact: book the opposite instead', 1;
go

create trigger bank_match_is_a_fact on bank_match after update as
if (update(id) or update(number) or update(run_id) or update(entry_id) or update(tx_no) or update(remittance_id) or update(kind) or update(taken) or
    update(amount) or update(open_before) or update(missing) or update(surplus) or update(matched_by) or update(score) or update(cues) or update(matched_on) or update(accepted_by))
    and exists (select 1 from deleted)
    throw 51000, 'bank_match is a fact: undo the match instead', 1;
go

create trigger bank_match_stays on bank_match after delete as
if exists (select 1 from deleted)
    throw 51000, 'bank_match is a fact: undo the match instead', 1;
go

create trigger match_run_is_a_fact on match_run after update as
if (update(id) or update(number) or update(started_by) or update(started_at) or
    update(rules) or update(inputs) or update(decisions) or update(sha256))
    and exists (select 1 from deleted)
    throw 51000, 'match_run is a fact: undo the run instead', 1;
go

create trigger match_run_stays on match_run after delete as
if exists (select 1 from deleted)
    throw 51000, 'match_run is a fact: undo the run instead', 1;
go

create trigger posting_is_a_fact on posting after update as
if exists (select 1 from deleted)
    throw 51000, 'posting is a fact: book the opposite instead', 1;
go

create trigger posting_stays on posting after delete as
if exists (select 1 from deleted)
    throw 51000, 'posting is a fact: book the opposite instead', 1;
go

create trigger journal_entry_is_a_fact on journal_entry after update as
if exists (select 1 from deleted)
    throw 51000, 'journal_entry is a fact: book the opposite instead', 1;
go

create trigger journal_entry_stays on journal_entry after delete as
if exists (select 1 from deleted)
    throw 51000, 'journal_entry is a fact: book the opposite instead', 1;
go

create trigger journal_entry_keeps_out_of_closed_periods on journal_entry after insert as
if exists (select 1 from inserted i join booking_period p on p.agreement_id = i.agreement_id and p.state = 'closed' and i.booked_on between p.starts_on and p.ends_on)
    throw 51000, 'the booking period is closed: book in the first open one', 1;
go

create trigger tie_out_is_a_fact on tie_out after update as
if exists (select 1 from deleted)
    throw 51000, 'tie_out is a fact: the next run says what has changed', 1;
go

create trigger tie_out_stays on tie_out after delete as
if exists (select 1 from deleted)
    throw 51000, 'tie_out is a fact: the next run says what has changed', 1;
go

create trigger audit_event_is_a_fact on audit_event after update as
if exists (select 1 from deleted)
    throw 51000, 'audit_event is a fact: book the opposite instead', 1;
go

create trigger audit_event_stays on audit_event after delete as
if exists (select 1 from deleted)
    throw 51000, 'audit_event is a fact: book the opposite instead', 1;
go

create trigger scheme_pack_is_a_fact on scheme_pack after update as
if exists (select 1 from deleted)
    throw 51000, 'scheme_pack is a fact: add a higher version instead', 1;
go

create trigger scheme_pack_stays on scheme_pack after delete as
if exists (select 1 from deleted)
    throw 51000, 'scheme_pack is a fact: add a higher version instead', 1;
go

create trigger upload_content_is_a_fact on upload_content after update as
if exists (select 1 from deleted)
    throw 51000, 'upload_content is a fact: book the opposite instead', 1;
go

create trigger upload_content_stays on upload_content after delete as
if exists (select 1 from deleted)
    throw 51000, 'upload_content is a fact: book the opposite instead', 1;
go

create trigger row_fix_is_a_fact on row_fix after update as
if exists (select 1 from deleted)
    throw 51000, 'row_fix is a fact: fix the row again instead', 1;
go

create trigger row_fix_stays on row_fix after delete as
if exists (select 1 from deleted)
    throw 51000, 'row_fix is a fact: fix the row again instead', 1;
go

create trigger remittance_content_is_a_fact on remittance_content after update as
if exists (select 1 from deleted)
    throw 51000, 'remittance_content is a fact: book the opposite instead', 1;
go

create trigger remittance_content_stays on remittance_content after delete as
if exists (select 1 from deleted)
    throw 51000, 'remittance_content is a fact: book the opposite instead', 1;
go

create trigger acknowledgement_is_a_fact on acknowledgement after update as
if exists (select 1 from deleted)
    throw 51000, 'acknowledgement is a fact: book the opposite instead', 1;
go

create trigger acknowledgement_stays on acknowledgement after delete as
if exists (select 1 from deleted)
    throw 51000, 'acknowledgement is a fact: book the opposite instead', 1;
go

create trigger answer_file_is_a_fact on answer_file after update as
if exists (select 1 from deleted)
    throw 51000, 'answer_file is a fact: book the opposite instead', 1;
go

create trigger answer_file_stays on answer_file after delete as
if exists (select 1 from deleted)
    throw 51000, 'answer_file is a fact: book the opposite instead', 1;
go

create trigger remittance_proof_is_a_fact on remittance_proof after update as
if exists (select 1 from deleted)
    throw 51000, 'remittance_proof is a fact: make the next version instead', 1;
go

create trigger remittance_proof_stays on remittance_proof after delete as
if exists (select 1 from deleted)
    throw 51000, 'remittance_proof is a fact: make the next version instead', 1;
go

create trigger proof_told_is_a_fact on proof_told after update as
if exists (select 1 from deleted)
    throw 51000, 'proof_told is a fact: book the opposite instead', 1;
go

create trigger proof_told_stays on proof_told after delete as
if exists (select 1 from deleted)
    throw 51000, 'proof_told is a fact: book the opposite instead', 1;
go

create trigger proof_confirmation_is_a_fact on proof_confirmation after update as
if exists (select 1 from deleted)
    throw 51000, 'proof_confirmation is a fact: book the opposite instead', 1;
go

create trigger proof_confirmation_stays on proof_confirmation after delete as
if exists (select 1 from deleted)
    throw 51000, 'proof_confirmation is a fact: book the opposite instead', 1;
go

create trigger line_salt_is_a_fact on line_salt after update as
if (update(line_id) or update(salt) or update(first_version))
    and exists (select 1 from deleted)
    throw 51000, 'line_salt is a fact: no salt is ever replaced', 1;
go

create trigger line_salt_stays on line_salt after delete as
if exists (select 1 from deleted)
    throw 51000, 'line_salt is a fact: no salt is ever replaced', 1;
go

create trigger remittance_line_is_a_fact on remittance_line after update as
if (update(id) or update(remittance_id) or update(line_no) or update(enrolment_id) or update(member_no) or update(national_id) or update(period) or
    update(component) or update(class) or update(amount))
    and exists (select 1 from deleted)
    throw 51000, 'remittance_line is a fact: book the opposite instead', 1;
go

create trigger remittance_line_stays on remittance_line after delete as
if exists (select 1 from deleted)
    throw 51000, 'remittance_line is a fact: book the opposite instead', 1;
go

create trigger receipt_is_a_fact on receipt after update as
if (update(id) or update(agreement_id) or update(upload_id) or update(row_no) or update(receipt_no) or update(received_on) or update(posted_on) or
    update(amount) or update(business_key) or update(occurrence) or update(method) or update(reference))
    and exists (select 1 from deleted)
    throw 51000, 'receipt is a fact: book the opposite instead', 1;
go

create trigger receipt_stays on receipt after delete as
if exists (select 1 from deleted)
    throw 51000, 'receipt is a fact: book the opposite instead', 1;
go

create trigger obligation_is_a_fact on obligation after update as
if (update(id) or update(agreement_id) or update(enrolment_id) or update(period) or update(months) or update(component) or update(payer) or
    update(class) or update(cause) or update(amount) or update(basis_id) or update(principal_id))
    and exists (select 1 from deleted)
    throw 51000, 'obligation is a fact: book the opposite instead', 1;
go

create trigger obligation_stays on obligation after delete as
if exists (select 1 from deleted where allocated > 0 or reduced > 0)
    throw 51000, 'obligation has money on it: reduce it instead', 1;
go

create trigger remittance_is_a_fact on remittance after update as
if (update(id) or update(number) or update(agreement_id) or update(kind) or update(cutoff) or update(sequence) or update(currency) or
    update(reference) or update(line_count) or update(total) or update(sha256) or update(bytes) or update(supplements) or update(sealed_at))
    and exists (select 1 from deleted)
    throw 51000, 'remittance is a fact: book the opposite instead', 1;
go

create trigger remittance_stays on remittance after delete as
if exists (select 1 from deleted)
    throw 51000, 'remittance is a fact: book the opposite instead', 1;
go

-- What a receipt may still pay, by enrolment; a filter cannot compare columns here, so the index carries them.
create index obligation_open on obligation (enrolment_id, due_on) include (opens_on, amount, reduced, allocated) where collected = 1;

-- 0003_logins.sql

-- Signing in: passwords, second factors and sessions of users, and keys that are told apart.

create table login (
    user_id bigint not null primary key, password_hash nvarchar(400) collate Latin1_General_100_BIN2, change_by datetime2(6), failures bigint not null, locked_until datetime2(6),
    second_factor nvarchar(max) collate Latin1_General_100_BIN2, second_factor_at datetime2(6), last_step bigint not null, stamp nvarchar(100) collate Latin1_General_100_BIN2 not null, language nvarchar(100) collate Latin1_General_100_BIN2, external_name nvarchar(400) collate Latin1_General_100_BIN2, signed_in_at datetime2(6),
    constraint login_user foreign key (user_id) references engine_user (id));
create unique index login_external_name on login (external_name) where external_name is not null;

create table recovery_code (
    user_id bigint not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, used_at datetime2(6),
    constraint recovery_code_key primary key (user_id, sha256),
    constraint recovery_code_user foreign key (user_id) references engine_user (id));

alter table api_key add shown nvarchar(100) collate Latin1_General_100_BIN2;
alter table api_key add label nvarchar(400) collate Latin1_General_100_BIN2;
alter table api_key add last_used_at datetime2(6);
create index api_key_of_user on api_key (user_id);

-- 0004_browser_uploads.sql

-- Which of its code's sentences a problem is, and the values in it, so that it can be said in any language.
alter table upload_problem add particulars nvarchar(max) collate Latin1_General_100_BIN2;

-- How far the check of an upload that is not sent has come, and what it found beside the problems of rows. Of two that check the
-- same upload at once, the one that began last goes on: its number stands here.
create table upload_check (
    upload_id bigint not null primary key, run bigint not null, rows_done bigint not null, rows_all bigint, told_at datetime2(6) not null,
    findings nvarchar(max) collate Latin1_General_100_BIN2, refusal nvarchar(max) collate Latin1_General_100_BIN2,
    constraint upload_check_upload foreign key (upload_id) references upload (id));

-- 0005_webhooks.sql

-- Receivers of other programs, what they are to hear of, and how far each has heard.

create table webhook_endpoint (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, organisation_id bigint, url nvarchar(400) collate Latin1_General_100_BIN2 not null, event_types nvarchar(max) collate Latin1_General_100_BIN2 not null, description nvarchar(400) collate Latin1_General_100_BIN2,
    created_by nvarchar(400) collate Latin1_General_100_BIN2 not null, created_at datetime2(6) not null, failing_since datetime2(6), disabled_at datetime2(6), disabled_reason nvarchar(400) collate Latin1_General_100_BIN2, removed_at datetime2(6),
    constraint webhook_endpoint_number unique (number),
    constraint webhook_endpoint_organisation foreign key (organisation_id) references organisation (id));

-- Apart, so that a login that only reports may be kept from it.
create table webhook_secret (
    id bigint not null primary key, endpoint_id bigint not null, secret nvarchar(400) collate Latin1_General_100_BIN2 not null, made_at datetime2(6) not null, ends_at datetime2(6),
    constraint webhook_secret_endpoint foreign key (endpoint_id) references webhook_endpoint (id));
create index webhook_secret_of on webhook_secret (endpoint_id);

create table webhook_event (
    id bigint not null primary key, number nvarchar(100) collate Latin1_General_100_BIN2 not null, type nvarchar(100) collate Latin1_General_100_BIN2 not null, organisation_id bigint, data nvarchar(max) collate Latin1_General_100_BIN2 not null, created_at datetime2(6) not null,
    constraint webhook_event_number unique (number),
    constraint webhook_event_organisation foreign key (organisation_id) references organisation (id));
create index webhook_event_since on webhook_event (created_at, id);

create table webhook_delivery (
    id bigint not null primary key, event_id bigint not null, endpoint_id bigint not null, state nvarchar(100) collate Latin1_General_100_BIN2 not null, attempts bigint not null, version bigint not null,
    last_status bigint, last_detail nvarchar(400) collate Latin1_General_100_BIN2, last_attempt_at datetime2(6), next_attempt_at datetime2(6), delivered_at datetime2(6),
    constraint webhook_delivery_once unique (event_id, endpoint_id),
    constraint webhook_delivery_event foreign key (event_id) references webhook_event (id),
    constraint webhook_delivery_endpoint foreign key (endpoint_id) references webhook_endpoint (id));
create index webhook_delivery_to on webhook_delivery (endpoint_id, id);

-- 0006_lists.sql

-- What lists page by, so that a page costs the same however many rows there are.
create index receipt_by_day on receipt (received_on, id);
create index receipt_of_agreement on receipt (agreement_id, received_on, id);
create index receipt_ended on receipt (enrolment_id) where live = 0;
create index obligation_by_period on obligation (agreement_id, period, id);
create index bank_entry_by_day on bank_entry (booked_on, id);
create index bank_entry_waiting on bank_entry (state, booked_on, id);
create index bank_match_of_entry on bank_match (entry_id);
create index work_case_open on work_case (id) where state in ('open', 'assigned', 'waiting');
create index audit_event_about on audit_event (subject, id);
create index outbox_parked on outbox (id) where parked_reason is not null;
create index member_by_number on member (member_no);
create index enrolment_of_member on enrolment (member_id);

-- What programs asked for under a key of their own, and what they were answered: asked again by the same key, they are answered the same.
create table api_request (
    actor nvarchar(100) collate Latin1_General_100_BIN2 not null, request_key nvarchar(100) collate Latin1_General_100_BIN2 not null, sha256 nvarchar(100) collate Latin1_General_100_BIN2 not null, begun_at datetime2(6) not null, answered_at datetime2(6),
    status bigint, content_type nvarchar(100) collate Latin1_General_100_BIN2, location nvarchar(400) collate Latin1_General_100_BIN2, body varbinary(max),
    constraint api_request_key primary key (actor, request_key));
create index api_request_old on api_request (begun_at);

-- 0007_desk.sql

-- What stands of a run of the matching.
create index bank_match_of_run on bank_match (run_id) where live = 1;

-- 0009_receipt_seal.sql

-- What proves that a slip is one of ours: its code is worked out from this, and nobody who has only slips can make another. Made once, here.
create table receipt_seal (
    id bigint not null primary key, secret varbinary(max) not null,
    constraint receipt_seal_one check (id = 1));
insert into receipt_seal (id, secret) values (1, crypt_gen_random(32));

-- 0010_member_merge.sql

-- Two numbers that are one person. Nothing moves: money that comes under the old number is hers from now on, and undoing the link ends that.

create table member_merge (
    id bigint not null primary key, member_id bigint not null, into_id bigint not null, reason nvarchar(400) collate Latin1_General_100_BIN2 not null, merged_by nvarchar(400) collate Latin1_General_100_BIN2 not null, merged_at datetime2(6) not null,
    undone_by nvarchar(400) collate Latin1_General_100_BIN2, undone_at datetime2(6), undone_reason nvarchar(400) collate Latin1_General_100_BIN2,
    constraint member_merge_member foreign key (member_id) references member (id),
    constraint member_merge_into foreign key (into_id) references member (id),
    constraint member_merge_two check (member_id <> into_id));
create unique index member_merge_live on member_merge (member_id) where undone_at is null;
create index member_merge_of on member_merge (into_id);

-- 0011_field_note.sql

-- What a treasurer noted while she collected, perhaps without signal; it becomes a sheet, which is checked like any other.
create table field_note (
    id bigint not null primary key, agreement_id bigint not null, note_key nvarchar(100) collate Latin1_General_100_BIN2 not null, member_no nvarchar(400) collate Latin1_General_100_BIN2 not null, amount nvarchar(400) collate Latin1_General_100_BIN2 not null, received_on nvarchar(100) collate Latin1_General_100_BIN2 not null,
    noted_by nvarchar(400) collate Latin1_General_100_BIN2 not null, noted_at datetime2(6) not null, upload_id bigint, dropped_at datetime2(6),
    constraint field_note_once unique (agreement_id, note_key),
    constraint field_note_agreement foreign key (agreement_id) references agreement (id),
    constraint field_note_upload foreign key (upload_id) references upload (id));
create index field_note_waiting on field_note (agreement_id) where upload_id is null and dropped_at is null;

-- 0012_told_payment.sql

-- What a treasurer says that she has paid. It moves no money: that is known when the bank shows it, and this says where to look.
create table told_payment (
    id bigint not null primary key, remittance_id bigint not null, paid_on date not null, channel nvarchar(100) collate Latin1_General_100_BIN2 not null, slip nvarchar(100) collate Latin1_General_100_BIN2 not null, amount bigint not null,
    told_by nvarchar(400) collate Latin1_General_100_BIN2 not null, told_at datetime2(6) not null, taken_back_by nvarchar(400) collate Latin1_General_100_BIN2, taken_back_at datetime2(6),
    constraint told_payment_remittance foreign key (remittance_id) references remittance (id),
    constraint told_payment_amount check (amount > 0));
create unique index told_payment_live on told_payment (remittance_id, channel, slip) where taken_back_at is null;

-- 0013_corrected_sheet.sql

-- A sheet that stands in the place of another: what both say the same is left alone, and only what differs is posted or taken back.
alter table upload add corrects_id bigint;
create index upload_corrects on upload (corrects_id) where corrects_id is not null;

-- 0014_money_question.sql

-- What the fund asks an organisation about bank money: is it yours? Asking moves no money and the answer moves none: a person on the desk decides.
create table money_question (
    id bigint not null primary key, entry_id bigint not null, part bigint not null, organisation_id bigint not null, asked_by nvarchar(400) collate Latin1_General_100_BIN2 not null, asked_at datetime2(6) not null,
    answer nvarchar(100) collate Latin1_General_100_BIN2, remittance_id bigint, answered_by nvarchar(400) collate Latin1_General_100_BIN2, answered_at datetime2(6), withdrawn_by nvarchar(400) collate Latin1_General_100_BIN2, withdrawn_at datetime2(6),
    constraint money_question_entry foreign key (entry_id) references bank_entry (id),
    constraint money_question_organisation foreign key (organisation_id) references organisation (id),
    constraint money_question_remittance foreign key (remittance_id) references remittance (id),
    constraint money_question_answered check ((answer is null and remittance_id is null and answered_by is null and answered_at is null)
        or (answer is not null and answered_by is not null and answered_at is not null
            and ((answer = 'ours' and remittance_id is not null) or (answer = 'not_ours' and remittance_id is null)))),
    constraint money_question_withdrawn check ((withdrawn_by is null and withdrawn_at is null) or (withdrawn_by is not null and withdrawn_at is not null)));
create unique index money_question_live on money_question (entry_id, part, organisation_id) where withdrawn_at is null;
create index money_question_of on money_question (organisation_id) where withdrawn_at is null;

-- 0015_case_words.sql

-- Which texts say the detail of a case and why the engine resolved it, and the values in them, so that they can be said in any language.
alter table work_case add detail_code nvarchar(400) collate Latin1_General_100_BIN2;
alter table work_case add particulars nvarchar(max) collate Latin1_General_100_BIN2;
alter table work_case add resolution_code nvarchar(400) collate Latin1_General_100_BIN2;
alter table work_case add resolution_particulars nvarchar(max) collate Latin1_General_100_BIN2;
alter table left_out_row add particulars nvarchar(max) collate Latin1_General_100_BIN2;

-- 0016_found_again.sql

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

-- 0017_handover_words.sql

-- Which texts say what became of an attempt, to hand over or to tell a receiver, and the values in them, so that it can be said in any language.
alter table delivery add detail_code nvarchar(400) collate Latin1_General_100_BIN2;
alter table delivery add particulars nvarchar(max) collate Latin1_General_100_BIN2;
alter table webhook_delivery add last_detail_code nvarchar(400) collate Latin1_General_100_BIN2;
alter table webhook_delivery add last_particulars nvarchar(max) collate Latin1_General_100_BIN2;

-- 0018_found_by_owner.sql

-- A cut and the custody of one agreement begin with its own allocations, the way of a payment with the lines that it stood on,
-- and what a fund has said of a line is found without going through what it has said of the others.
create index allocation_of_agreement on allocation (agreement_id);
create index line_allocation_of on line_allocation (allocation_id);
create index acknowledgement_of_line on acknowledgement (remittance_id, line_no);

-- 0019_one_index_less.sqlserver.sql

-- obligation_by_period begins with the same columns.
drop index obligation_agreement on obligation;
