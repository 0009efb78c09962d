-- Facts are insert-only and undo is the opposite row: the database itself refuses anything else (truth 9).
-- Tables that a foreign key points to cannot be truncated. The others (reduction, member_event, suspense_payer, receipt_alias, reversal, refund, write_off, claim, state_claim,
-- collection_fee_payment, bank_match, notice_step, approval, posting, tie_out, audit_event, scheme_pack, upload_content, remittance_content, acknowledgement, answer_file,
-- line_salt, proof_told, proof_confirmation) can be by whoever may alter them, which no trigger sees: the program's user needs no such right.

-- What array parameters travel in.
create type dbo.id_list as table (value $id$ not null);
create type dbo.word_list as table (value $line$ not null);
create type dbo.pair_list as table (id $id$ not null, amount $money$ not null);
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
