-- Money is $money$ minor units, dates are $date$, instants are $instant$ in UTC. Facts are insert-only: see 0002.

create table id_block (name $word$ not null primary key, next_id $id$ not null);
insert into id_block (name, next_id) values ('all', 1000), ('administration', 0);

create table organisation (
    id $id$ not null primary key, code $word$ not null, name $line$ not null, kind $word$ not null, tax_id $word$,
    constraint organisation_code unique (code));

create table scheme_pack (
    pack $word$ not null, version $word$ not null, sha256 $word$ not null, content $bytes$ not null, origin $word$ not null,
    added_by $line$ not null, added_at $instant$ not null,
    constraint scheme_pack_once unique (pack, version));

create table agreement (
    id $id$ not null primary key, number $word$ not null, organisation_id $id$ not null, fund_code $word$ not null, pack $word$ not null,
    currency $word$ not null, state $word$ not null, brought_to $date$, claims $id$ not null, lease_owner $line$, lease_until $instant$,
    constraint agreement_number unique (number),
    constraint agreement_organisation foreign key (organisation_id) references organisation (id));

create table agreement_term (
    agreement_id $id$ not null, starts_on $date$ not null, ends_on $date$ not null, document $text$ not null, pack_version $word$,
    constraint agreement_term_key primary key (agreement_id, starts_on),
    constraint agreement_term_agreement foreign key (agreement_id) references agreement (id),
    constraint agreement_term_order check (starts_on <= ends_on));

create table member (
    id $id$ not null primary key, organisation_id $id$ not null, member_no $word$ not null, national_id $word$ not null,
    national_id_folded $word$ not null, full_name $line$ not null, phone $word$, language $word$,
    constraint member_number unique (organisation_id, member_no),
    constraint member_organisation foreign key (organisation_id) references organisation (id));
create index member_national_id on member (organisation_id, national_id_folded);

create table enrolment (
    id $id$ not null primary key, agreement_id $id$ not null, member_id $id$ not null, enrolled_from $date$ not null, enrolled_to $date$,
    constraint enrolment_start unique (agreement_id, member_id, enrolled_from),
    constraint enrolment_agreement foreign key (agreement_id) references agreement (id),
    constraint enrolment_member foreign key (member_id) references member (id),
    constraint enrolment_order check (enrolled_to is null or enrolled_to >= enrolled_from));

create table enrolment_fact (
    enrolment_id $id$ not null, valid_from $date$ not null, document $text$ not null,
    constraint enrolment_fact_key primary key (enrolment_id, valid_from),
    constraint enrolment_fact_enrolment foreign key (enrolment_id) references enrolment (id));

create table basis (
    id $id$ not null primary key, agreement_id $id$ not null, sha256 $word$ not null, document $text$ not null,
    constraint basis_agreement foreign key (agreement_id) references agreement (id),
    constraint basis_once unique (agreement_id, sha256));

create table obligation (
    id $id$ not null primary key, agreement_id $id$ not null, enrolment_id $id$ not null, period $word$ not null, months $id$ not null,
    component $word$ not null, component_order $id$ not null, payer $word$ not null, collected $id$ not null, class $word$ not null,
    cause $word$ not null, opens_on $date$ not null, due_on $date$ not null,
    amount $money$ not null, reduced $money$ not null, allocated $money$ not null, basis_id $id$ not null, principal_id $id$,
    constraint obligation_once unique (enrolment_id, period, component, payer, class, cause),
    constraint obligation_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint obligation_basis foreign key (basis_id) references basis (id),
    constraint obligation_amount check (amount > 0 and reduced >= 0 and allocated >= 0 and allocated <= amount - reduced));
create index obligation_agreement on obligation (agreement_id, period);
create index obligation_charge on obligation (principal_id) where principal_id is not null;

create table reduction (
    id $id$ not null primary key, obligation_id $id$ not null, amount $money$ not null, reason $line$ not null, reduced_on $date$ not null,
    constraint reduction_obligation foreign key (obligation_id) references obligation (id),
    constraint reduction_amount check (amount > 0));
create index reduction_of on reduction (obligation_id);

create table upload (
    id $id$ not null primary key, number $word$ not null, agreement_id $id$ not null, file_name $line$ not null, sha256 $word$ not null,
    bytes $id$ not null, state $word$ not null, submitted_by $line$ not null, submitted_at $instant$ not null, as_of $date$ not null,
    options $text$ not null, summary $text$, committed_at $instant$,
    constraint upload_number unique (number),
    constraint upload_agreement foreign key (agreement_id) references agreement (id));
create unique index upload_same_file on upload (agreement_id, sha256) where committed_at is not null and state <> 'undone';

create table upload_content (
    upload_id $id$ not null, part $id$ not null, body $bytes$ not null,
    constraint upload_content_key primary key (upload_id, part),
    constraint upload_content_upload foreign key (upload_id) references upload (id));

create table upload_chunk (
    upload_id $id$ not null, chunk $id$ not null, as_of $date$ not null, body $bytes$ not null, posted $id$ not null,
    constraint upload_chunk_key primary key (upload_id, chunk),
    constraint upload_chunk_upload foreign key (upload_id) references upload (id));
create index upload_chunk_pending on upload_chunk (upload_id, chunk) where posted = 0;

create table upload_problem (
    upload_id $id$ not null, row_no $id$ not null, code $word$ not null, field $word$ not null, severity $word$ not null,
    value $text$, detail $text$ not null,
    constraint upload_problem_upload foreign key (upload_id) references upload (id));
create index upload_problem_row on upload_problem (upload_id, row_no);

-- What a person put in the place of a cell, or why she leaves the row out: the last word on a field counts, and null takes it back.
create table row_fix (
    upload_id $id$ not null, seq $id$ not null, row_no $id$ not null, field $word$ not null, value $text$, fixed_by $line$ not null, fixed_at $instant$ not null,
    constraint row_fix_key primary key (upload_id, seq),
    constraint row_fix_upload foreign key (upload_id) references upload (id));

create table left_out_row (
    upload_id $id$ not null, row_no $id$ not null, code $word$ not null, severity $word$ not null, field $word$ not null, value $text$, detail $text$ not null,
    amount $money$, document $text$ not null, settled $word$, settled_by $id$,
    constraint left_out_row_key primary key (upload_id, row_no),
    constraint left_out_row_upload foreign key (upload_id) references upload (id));

create table sheet_map (
    id $id$ not null primary key, organisation_id $id$ not null, columns_key $word$ not null, map $text$ not null, saved_by $line$ not null, saved_at $instant$ not null,
    constraint sheet_map_once unique (organisation_id, columns_key),
    constraint sheet_map_organisation foreign key (organisation_id) references organisation (id));

create table receipt (
    id $id$ not null primary key, agreement_id $id$ not null, upload_id $id$ not null, row_no $id$ not null, receipt_no $word$,
    enrolment_id $id$, received_on $date$ not null, posted_on $date$ not null, amount $money$ not null, named_period $word$, named_component $word$,
    method $word$, reference $line$, business_key $word$ not null, occurrence $id$ not null, live $id$ not null,
    allocated $money$ not null, suspense $money$ not null, credit $money$ not null, refunded $money$ not null, reversed $money$ not null,
    written_off $money$ not null,
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
    id $id$ not null primary key, agreement_id $id$ not null, receipt_id $id$ not null, obligation_id $id$ not null, amount $money$ not null,
    allocated_on $date$ not null, undoes $id$,
    constraint allocation_receipt foreign key (receipt_id) references receipt (id),
    constraint allocation_obligation foreign key (obligation_id) references obligation (id),
    constraint allocation_sign check ((undoes is null and amount > 0) or (undoes is not null and amount < 0)));
create index allocation_of_obligation on allocation (obligation_id);
create index allocation_of_receipt on allocation (receipt_id);
create unique index allocation_undone_once on allocation (undoes) where undoes is not null;

create table member_event (
    receipt_id $id$ not null primary key, enrolment_id $id$ not null, happened_on $date$ not null, kind $word$ not null, amount $money$ not null, quantity $money$,
    constraint member_event_receipt foreign key (receipt_id) references receipt (id),
    constraint member_event_enrolment foreign key (enrolment_id) references enrolment (id),
    constraint member_event_amount check (amount >= 0));
create index member_event_of on member_event (enrolment_id);

-- What the file said of whoever paid money that is held because its member is not known, and the event that came with it.
create table suspense_payer (
    receipt_id $id$ not null primary key, member_no $line$, national_id $line$, full_name $line$, event_kind $word$, event_value $money$, event_quantity $money$,
    constraint suspense_payer_receipt foreign key (receipt_id) references receipt (id));

-- A further name under which a file may speak of a receipt: how it was sent before a person put it right, and how it would be sent now.
create table receipt_alias (
    id $id$ not null primary key, agreement_id $id$ not null, business_key $word$ not null, occurrence $id$ not null, enrolment_id $id$, receipt_id $id$ not null,
    constraint receipt_alias_receipt foreign key (receipt_id) references receipt (id));
create index receipt_alias_key on receipt_alias (agreement_id, business_key);
create index receipt_alias_of on receipt_alias (receipt_id);

-- What was taken back of a receipt: once when it ends, and once for each line that comes back later.
create table reversal (
    receipt_id $id$ not null, part_no $id$ not null, agreement_id $id$ not null, kind $word$ not null, amount $money$ not null, reversed_on $date$ not null,
    reason $line$ not null, replaced_by $id$,
    constraint reversal_key primary key (receipt_id, part_no),
    constraint reversal_receipt foreign key (receipt_id) references receipt (id),
    constraint reversal_amount check (amount >= 0));

create table refund (
    id $id$ not null primary key, agreement_id $id$ not null, receipt_id $id$ not null, source $word$ not null, amount $money$ not null,
    refunded_on $date$ not null, reason $line$ not null,
    constraint refund_receipt foreign key (receipt_id) references receipt (id),
    constraint refund_amount check (amount > 0));
create index refund_of on refund (receipt_id);

-- What was given up of a receipt, because nobody claims it; the opposite row when the receipt itself is taken back.
create table write_off (
    id $id$ not null primary key, agreement_id $id$ not null, receipt_id $id$ not null, amount $money$ not null, written_off_on $date$ not null, reason $line$ not null,
    constraint write_off_receipt foreign key (receipt_id) references receipt (id),
    constraint write_off_amount check (amount <> 0));
create index write_off_of on write_off (receipt_id);

-- What the organisation paid for a member (a receipt of its own), and what she owes it for that.
create table advance (
    receipt_id $id$ not null primary key, obligation_id $id$ not null, agreement_id $id$ not null,
    constraint advance_once unique (obligation_id),
    constraint advance_receipt foreign key (receipt_id) references receipt (id),
    constraint advance_obligation foreign key (obligation_id) references obligation (id));
create index advance_of on advance (agreement_id);

-- What became of a period whose money was held back as a whole, or asked for: held, and then one of advance, drop, release.
create table batch_step (
    agreement_id $id$ not null, period $word$ not null, step $word$ not null, taken_on $date$ not null, taken_by $line$ not null,
    constraint batch_step_key primary key (agreement_id, period, step),
    constraint batch_step_agreement foreign key (agreement_id) references agreement (id),
    constraint batch_step_word check (step in ('held', 'advance', 'drop', 'release')));
create unique index batch_decided_once on batch_step (agreement_id, period) where step <> 'held';

create table settlement_run (
    id $id$ not null primary key, number $word$ not null, agreement_id $id$ not null, cutoff $instant$ not null, cutoff_on $date$ not null,
    state $word$ not null, started_at $instant$ not null, completed_at $instant$, carried $money$ not null,
    constraint settlement_run_number unique (number),
    constraint settlement_run_once unique (agreement_id, cutoff));

create table remittance (
    id $id$ not null primary key, number $word$ not null, agreement_id $id$ not null, run_id $id$, kind $word$ not null, cutoff $instant$ not null,
    sequence $id$ not null, currency $word$ not null, reference $word$ not null, line_count $id$ not null, total $money$ not null,
    sha256 $word$ not null, bytes $id$ not null, channel $word$ not null, format $word$ not null, file_name $line$ not null, period $word$, supplements $id$,
    delivery $word$ not null, answer $word$ not null, money $word$ not null,
    rejected $money$ not null, paid $money$ not null, fund_reference $line$,
    sealed_at $instant$ not null, delivered_at $instant$, acknowledged_at $instant$, settled_at $instant$,
    constraint remittance_number unique (number),
    constraint remittance_reference unique (reference),
    constraint remittance_once unique (agreement_id, cutoff, sequence),
    constraint remittance_supplements foreign key (supplements) references remittance (id),
    constraint remittance_total check (total > 0 and line_count > 0 and rejected >= 0 and rejected <= total and paid >= 0));

-- What a fund says beforehand that it takes of a period, where it takes only that: as its last step left it.
create table notice (
    id $id$ not null primary key, number $word$ not null, agreement_id $id$ not null, period $word$ not null, state $word$ not null, steps $id$ not null,
    constraint notice_number unique (number),
    constraint notice_agreement foreign key (agreement_id) references agreement (id),
    constraint notice_state check (state in ('requested', 'quoted', 'confirmed', 'expired', 'withdrawn')));
create unique index notice_open_once on notice (agreement_id, period) where state in ('requested', 'quoted');

create table notice_step (
    notice_id $id$ not null, step_no $id$ not null, step $word$ not null, amount $money$ not null, fund_reference $line$, valid_until $date$, remittance_id $id$,
    reason $line$ not null, taken_on $date$ not null, taken_by $line$ not null,
    constraint notice_step_key primary key (notice_id, step_no),
    constraint notice_step_notice foreign key (notice_id) references notice (id),
    constraint notice_step_remittance foreign key (remittance_id) references remittance (id),
    constraint notice_step_amount check (amount > 0));
create index notice_step_pays on notice_step (remittance_id);

create table remittance_content (
    remittance_id $id$ not null, part $id$ not null, body $bytes$ not null,
    constraint remittance_content_key primary key (remittance_id, part),
    constraint remittance_content_remittance foreign key (remittance_id) references remittance (id));

create table remittance_line (
    id $id$ not null primary key, remittance_id $id$ not null, line_no $id$ not null, enrolment_id $id$ not null, member_no $word$ not null,
    national_id $word$ not null, period $word$ not null, component $word$ not null, class $word$ not null, amount $money$ not null,
    outcome $word$ not null, code $word$ not null,
    constraint remittance_line_once unique (remittance_id, line_no),
    constraint remittance_line_remittance foreign key (remittance_id) references remittance (id),
    constraint remittance_line_amount check (amount <> 0));
create index remittance_line_of on remittance_line (enrolment_id);

create table line_allocation (
    line_id $id$ not null, allocation_id $id$ not null, live $id$ not null,
    constraint line_allocation_key primary key (line_id, allocation_id),
    constraint line_allocation_line foreign key (line_id) references remittance_line (id),
    constraint line_allocation_allocation foreign key (allocation_id) references allocation (id));
create unique index line_allocation_one_live on line_allocation (allocation_id) where live = 1;

-- Over the lines that the fund has accepted, all in one hash: a new version whenever it accepts other ones. Its event stands in the agreement's audit chain.
create table remittance_proof (
    id $id$ not null primary key, remittance_id $id$ not null, version $id$ not null, root $word$ not null, line_count $id$ not null,
    made_at $instant$ not null, audit_seq $id$ not null,
    constraint remittance_proof_once unique (remittance_id, version),
    constraint remittance_proof_remittance foreign key (remittance_id) references remittance (id));
create index remittance_proof_root on remittance_proof (root);

-- What keeps a line in such a hash from being guessed, and the versions in which it stands, both ends inside.
create table line_salt (
    line_id $id$ not null primary key, salt $bytes$ not null, first_version $id$ not null, last_version $id$,
    constraint line_salt_line foreign key (line_id) references remittance_line (id));

-- The remittance whose file told the fund of a proof.
create table proof_told (
    proof_id $id$ not null, remittance_id $id$ not null,
    constraint proof_told_key primary key (proof_id, remittance_id),
    constraint proof_told_proof foreign key (proof_id) references remittance_proof (id),
    constraint proof_told_remittance foreign key (remittance_id) references remittance (id));

-- That the fund has the same root, and the SHA-256 of the answer that says so.
create table proof_confirmation (
    proof_id $id$ not null primary key, answer_sha256 $word$ not null, confirmed_at $instant$ not null,
    constraint proof_confirmation_proof foreign key (proof_id) references remittance_proof (id));

-- What another owes because money of a receipt was gone when the receipt ended: on its way to the fund (organisation), or refunded (member).
create table claim (
    id $id$ not null primary key, number $word$ not null, agreement_id $id$ not null, debtor $word$ not null, receipt_id $id$ not null,
    allocation_id $id$, line_id $id$, amount $money$ not null, arisen_on $date$ not null, state $word$ not null, ended_on $date$,
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
    id $id$ not null primary key, number $word$ not null, agreement_id $id$ not null, debtor $word$ not null, obligation_id $id$ not null,
    amount $money$ not null, arisen_on $date$ not null, state $word$ not null, ended_on $date$,
    constraint state_claim_number unique (number),
    constraint state_claim_obligation foreign key (obligation_id) references obligation (id),
    constraint state_claim_amount check (amount > 0));
create index state_claim_of on state_claim (obligation_id);
create index state_claim_open on state_claim (agreement_id) where state = 'open';

-- What collecting a remittance costs, part by part in the agreement's order: each is what the fee changed by with what was payable then (basis).
create table collection_fee (
    id $id$ not null primary key, agreement_id $id$ not null, part_no $id$ not null, remittance_id $id$ not null,
    basis $money$ not null, rate $word$ not null, worked $money$ not null, amount $money$ not null, arisen_on $date$ not null, fee_year $id$ not null,
    constraint collection_fee_once unique (agreement_id, part_no),
    constraint collection_fee_remittance foreign key (remittance_id) references remittance (id),
    constraint collection_fee_basis check (basis >= 0));
create index collection_fee_of on collection_fee (remittance_id);

-- What its payer has paid of the fee of a remittance, or was given back: all that was open of it up to this part.
create table collection_fee_payment (
    id $id$ not null primary key, agreement_id $id$ not null, fee_id $id$ not null, amount $money$ not null, paid_on $date$ not null,
    constraint collection_fee_payment_once unique (fee_id),
    constraint collection_fee_payment_fee foreign key (fee_id) references collection_fee (id),
    constraint collection_fee_payment_amount check (amount <> 0));
create index collection_fee_payment_of on collection_fee_payment (agreement_id);

create table delivery (
    id $id$ not null primary key, remittance_id $id$ not null, attempt $id$ not null, kind $word$ not null, state $word$ not null,
    detail $text$, started_at $instant$ not null, ended_at $instant$,
    constraint delivery_once unique (remittance_id, attempt));

create table acknowledgement (
    id $id$ not null primary key, fund_code $word$ not null, reference $word$ not null, remittance_id $id$ not null, level $word$ not null, line_no $id$ not null,
    outcome $word$ not null, code $word$ not null, text $text$ not null, amount $money$, raw_sha256 $word$ not null, applied $id$ not null, received_at $instant$ not null,
    constraint acknowledgement_once unique (fund_code, reference, level, line_no, outcome, raw_sha256));
create index acknowledgement_of on acknowledgement (remittance_id);

-- What funds have answered, byte for byte, and why nothing could be done with it where a problem is named.
create table answer_file (
    id $id$ not null primary key, fund_code $word$ not null, sha256 $word$ not null, name $line$ not null, came_by $word$ not null, problem $word$,
    body $bytes$ not null, received_at $instant$ not null,
    constraint answer_file_once unique (fund_code, sha256));

create table bank_account (
    id $id$ not null primary key, account $word$ not null, holder $word$ not null, organisation_id $id$,
    constraint bank_account_once unique (account));

-- A notification has no balances. The fingerprint is of what a statement says: sent again by another message, it is the same.
create table bank_statement (
    id $id$ not null primary key, account_id $id$ not null, statement $word$ not null, kind $word$ not null, format $word$ not null, currency $word$ not null,
    opening $money$, closing $money$, from_on $date$ not null, to_on $date$ not null, fingerprint $word$ not null, file_name $line$ not null, sha256 $word$ not null,
    state $word$ not null, imported_at $instant$ not null,
    constraint bank_statement_once unique (account_id, fingerprint),
    constraint bank_statement_account foreign key (account_id) references bank_account (id));

create table bank_entry (
    id $id$ not null primary key, account_id $id$ not null, statement_id $id$ not null, entry_no $id$ not null, servicer_reference $line$ not null,
    occurrence $id$ not null, amount $money$ not null, direction $word$ not null, booked_on $date$ not null, value_on $date$, is_reversal $id$ not null, reference $line$,
    counterparty $line$, counterparty_account $word$, remittance_info $text$, text $text$, state $word$ not null,
    matched $money$ default 0 not null,
    constraint bank_entry_once unique (account_id, servicer_reference, occurrence),
    constraint bank_entry_statement foreign key (statement_id) references bank_statement (id),
    constraint bank_entry_amount check (amount > 0),
    constraint bank_entry_matched check (matched <= amount));

-- The parts of a booking that a bank lists one by one; amounts are signed, credit positive.
create table bank_transaction (
    entry_id $id$ not null, tx_no $id$ not null, amount $money$ not null, reference $line$, counterparty $line$, remittance_info $text$,
    constraint bank_transaction_key primary key (entry_id, tx_no),
    constraint bank_transaction_entry foreign key (entry_id) references bank_entry (id));

create table bank_statement_entry (
    statement_id $id$ not null, entry_id $id$ not null,
    constraint bank_statement_entry_key primary key (statement_id, entry_id),
    constraint bank_statement_entry_statement foreign key (statement_id) references bank_statement (id),
    constraint bank_statement_entry_entry foreign key (entry_id) references bank_entry (id));
create index bank_statement_entry_of on bank_statement_entry (entry_id);

-- A run of the matching, with what it went by: by the same rules over the same facts it decides the same.
create table match_run (
    id $id$ not null primary key, number $word$ not null, state $word$ not null, started_by $line$ not null, started_at $instant$ not null,
    rules $text$ not null, inputs $text$ not null, decisions $text$ not null, sha256 $word$ not null,
    constraint match_run_number unique (number));

-- What became of the money of an entry: taken is its own, amount what it adds to the paid sum of the remittance. The rows of one match share a number.
create table bank_match (
    id $id$ not null primary key, number $word$ not null, run_id $id$, entry_id $id$ not null, tx_no $id$ not null, remittance_id $id$, kind $word$ not null,
    taken $money$ not null, amount $money$ not null, open_before $money$ not null, missing $money$ not null, surplus $money$ not null,
    matched_by $word$ not null, score $id$ not null, cues $text$ not null, live $id$ not null, matched_on $date$ not null, accepted_by $line$ not null,
    undone_on $date$, undone_by $line$, undone_reason $line$,
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
    id $id$ not null primary key, agreement_id $id$ not null, booked_on $date$ not null, arisen_on $date$ not null, currency $word$ not null,
    event $word$ not null, source $line$ not null, recorded_at $instant$ not null,
    constraint journal_entry_order check (booked_on >= arisen_on));
create index journal_entry_of on journal_entry (agreement_id, booked_on);

-- A month of an agreement's booking dates that somebody has closed, soft-closed or reopened. What it held when it was closed is proved ever after.
create table booking_period (
    agreement_id $id$ not null, month $word$ not null, starts_on $date$ not null, ends_on $date$ not null, state $word$ not null,
    entries $id$ not null, debit $money$ not null, changed_by $line$ not null, changed_at $instant$ not null, reason $line$ not null,
    constraint booking_period_key primary key (agreement_id, month),
    constraint booking_period_agreement foreign key (agreement_id) references agreement (id));

create table posting (
    entry_id $id$ not null, posting_no $id$ not null, account $word$ not null, debit $money$ not null, credit $money$ not null,
    constraint posting_key primary key (entry_id, posting_no),
    constraint posting_entry foreign key (entry_id) references journal_entry (id),
    constraint posting_side check ((debit > 0 and credit = 0) or (credit > 0 and debit = 0)));

-- Schedule, receipts, fund and bank as they stood on a day, with what was open between them.
create table tie_out (
    id $id$ not null primary key, agreement_id $id$ not null, run_on $date$ not null, recorded_at $instant$ not null, unexplained $money$ not null, document $text$ not null,
    constraint tie_out_once unique (agreement_id, run_on),
    constraint tie_out_agreement foreign key (agreement_id) references agreement (id));

create table work_case (
    id $id$ not null primary key, number $word$ not null, reason $word$ not null, agreement_id $id$, subject $line$ not null,
    amount $money$, detail $text$ not null, opened_on $date$ not null, state $word$ not null, owner $line$, resolution $text$,
    resolved_by $line$,
    constraint work_case_number unique (number));
create unique index work_case_once on work_case (agreement_id, reason, subject) where agreement_id is not null and state in ('open', 'assigned', 'waiting');
-- A null is like no other to two of the databases and like any to the third.
create unique index work_case_once_of_none on work_case (reason, subject) where agreement_id is null and state in ('open', 'assigned', 'waiting');
create index work_case_decided on work_case (agreement_id, subject) where resolved_by is not null;

-- What was asked for and waits for a second person.
create table approval (
    case_id $id$ not null primary key, asked_by $line$ not null, asked_at $instant$ not null, request $text$ not null,
    constraint approval_case foreign key (case_id) references work_case (id));

create table published_rate (
    id $id$ not null primary key, series $word$ not null, month $word$ not null, rate_percent $word$ not null, source $line$ not null,
    entered_by $line$ not null, entered_at $instant$ not null,
    constraint published_rate_once unique (series, month));

create table audit_event (
    id $id$ not null primary key, chain $word$ not null, seq $id$ not null, at $instant$ not null, actor $line$ not null, use_case $word$ not null,
    subject $line$ not null, document $text$ not null, previous_hash $word$ not null, hash $word$ not null,
    constraint audit_event_once unique (chain, seq));

create table outbox (
    id $id$ not null primary key, shard $id$ not null, agreement_id $id$, destination $word$ not null, type $word$ not null, body $text$ not null, trace_parent $word$,
    not_before $instant$ not null, attempts $id$ not null, version $id$ not null, sends $id$ not null, sent_at $instant$, parked_reason $text$, enqueued_at $instant$ not null);
create index outbox_due on outbox (not_before, id) where parked_reason is null;
create index outbox_of_agreement on outbox (agreement_id);

create table outbox_shard (shard $id$ not null primary key, owner $line$, epoch $id$ not null, until $instant$, wanted_by $line$, wanted_until $instant$);
insert into outbox_shard (shard, epoch) values (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);

create table engine_user (
    id $id$ not null primary key, name $word$ not null, role $word$ not null, organisation_id $id$, disabled_at $instant$, added_at $instant$ not null,
    constraint engine_user_name unique (name),
    constraint engine_user_organisation foreign key (organisation_id) references organisation (id));

create table api_key (
    id $id$ not null primary key, user_id $id$ not null, sha256 $word$ not null, created_at $instant$ not null, used_at $instant$, revoked_at $instant$,
    constraint api_key_once unique (sha256),
    constraint api_key_user foreign key (user_id) references engine_user (id));
