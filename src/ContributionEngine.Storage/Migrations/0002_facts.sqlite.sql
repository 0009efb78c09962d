-- Facts are insert-only and undo is the opposite row: the database itself refuses anything else (truth 9).

create trigger allocation_is_a_fact before update on allocation
begin select raise(abort, 'allocation is a fact: book the opposite instead'); end;
create trigger allocation_stays before delete on allocation
begin select raise(abort, 'allocation is a fact: book the opposite instead'); end;

create trigger basis_is_a_fact before update on basis
begin select raise(abort, 'basis is a fact: store another instead'); end;
create trigger basis_stays before delete on basis
begin select raise(abort, 'basis is a fact: store another instead'); end;

create trigger reduction_is_a_fact before update on reduction
begin select raise(abort, 'reduction is a fact: book the opposite instead'); end;
create trigger reduction_stays before delete on reduction
begin select raise(abort, 'reduction is a fact: book the opposite instead'); end;

create trigger member_event_is_a_fact before update on member_event
begin select raise(abort, 'member_event is a fact: undo the upload that brought it instead'); end;
create trigger member_event_stays before delete on member_event
begin select raise(abort, 'member_event is a fact: undo the upload that brought it instead'); end;

create trigger suspense_payer_is_a_fact before update on suspense_payer
begin select raise(abort, 'suspense_payer is a fact: book the opposite instead'); end;
create trigger suspense_payer_stays before delete on suspense_payer
begin select raise(abort, 'suspense_payer is a fact: book the opposite instead'); end;

create trigger receipt_alias_is_a_fact before update on receipt_alias
begin select raise(abort, 'receipt_alias is a fact: book the opposite instead'); end;
create trigger receipt_alias_stays before delete on receipt_alias
begin select raise(abort, 'receipt_alias is a fact: book the opposite instead'); end;

create trigger reversal_is_a_fact before update on reversal
begin select raise(abort, 'reversal is a fact: book the opposite instead'); end;
create trigger reversal_stays before delete on reversal
begin select raise(abort, 'reversal is a fact: book the opposite instead'); end;

create trigger refund_is_a_fact before update on refund
begin select raise(abort, 'refund is a fact: book the opposite instead'); end;
create trigger refund_stays before delete on refund
begin select raise(abort, 'refund is a fact: book the opposite instead'); end;

create trigger write_off_is_a_fact before update on write_off
begin select raise(abort, 'write_off is a fact: book the opposite instead'); end;
create trigger write_off_stays before delete on write_off
begin select raise(abort, 'write_off is a fact: book the opposite instead'); end;

create trigger state_claim_is_a_fact before update of id, number, agreement_id, debtor, obligation_id, amount, arisen_on on state_claim
begin select raise(abort, 'state_claim is a fact: book the opposite instead'); end;
create trigger state_claim_stays before delete on state_claim
begin select raise(abort, 'state_claim is a fact: book the opposite instead'); end;

create trigger collection_fee_is_a_fact before update on collection_fee
begin select raise(abort, 'collection_fee is a fact: book the opposite instead'); end;
create trigger collection_fee_stays before delete on collection_fee
begin select raise(abort, 'collection_fee is a fact: book the opposite instead'); end;

create trigger collection_fee_payment_is_a_fact before update on collection_fee_payment
begin select raise(abort, 'collection_fee_payment is a fact: book the opposite instead'); end;
create trigger collection_fee_payment_stays before delete on collection_fee_payment
begin select raise(abort, 'collection_fee_payment is a fact: book the opposite instead'); end;

create trigger advance_is_a_fact before update on advance
begin select raise(abort, 'advance is a fact: book the opposite instead'); end;
create trigger advance_stays before delete on advance
begin select raise(abort, 'advance is a fact: book the opposite instead'); end;

create trigger notice_is_a_fact before update of id, number, agreement_id, period on notice
begin select raise(abort, 'notice is a fact: book the opposite instead'); end;
create trigger notice_stays before delete on notice
begin select raise(abort, 'notice is a fact: book the opposite instead'); end;

create trigger notice_step_is_a_fact before update on notice_step
begin select raise(abort, 'notice_step is a fact: book the opposite instead'); end;
create trigger notice_step_stays before delete on notice_step
begin select raise(abort, 'notice_step is a fact: book the opposite instead'); end;

create trigger batch_step_is_a_fact before update on batch_step
begin select raise(abort, 'batch_step is a fact: book the opposite instead'); end;
create trigger batch_step_stays before delete on batch_step
begin select raise(abort, 'batch_step is a fact: book the opposite instead'); end;

create trigger approval_is_a_fact before update on approval
begin select raise(abort, 'approval is a fact: book the opposite instead'); end;
create trigger approval_stays before delete on approval
begin select raise(abort, 'approval is a fact: book the opposite instead'); end;

create trigger claim_is_a_fact before update of id, number, agreement_id, debtor, receipt_id, allocation_id, line_id, amount, arisen_on on claim
begin select raise(abort, 'claim is a fact: book the opposite instead'); end;
create trigger claim_stays before delete on claim
begin select raise(abort, 'claim is a fact: book the opposite instead'); end;

create trigger bank_match_is_a_fact before update of id, number, run_id, entry_id, tx_no, remittance_id, kind, taken, amount, open_before, missing, surplus, matched_by, score, cues, matched_on, accepted_by on bank_match
begin select raise(abort, 'bank_match is a fact: undo the match instead'); end;
create trigger bank_match_stays before delete on bank_match
begin select raise(abort, 'bank_match is a fact: undo the match instead'); end;

create trigger match_run_is_a_fact before update of id, number, started_by, started_at, rules, inputs, decisions, sha256 on match_run
begin select raise(abort, 'match_run is a fact: undo the run instead'); end;
create trigger match_run_stays before delete on match_run
begin select raise(abort, 'match_run is a fact: undo the run instead'); end;

create trigger posting_is_a_fact before update on posting
begin select raise(abort, 'posting is a fact: book the opposite instead'); end;
create trigger posting_stays before delete on posting
begin select raise(abort, 'posting is a fact: book the opposite instead'); end;

create trigger journal_entry_is_a_fact before update on journal_entry
begin select raise(abort, 'journal_entry is a fact: book the opposite instead'); end;
create trigger journal_entry_stays before delete on journal_entry
begin select raise(abort, 'journal_entry is a fact: book the opposite instead'); end;

create trigger journal_entry_keeps_out_of_closed_periods before insert on journal_entry
when exists (select 1 from booking_period p where p.agreement_id = new.agreement_id and p.state = 'closed' and new.booked_on between p.starts_on and p.ends_on)
begin select raise(abort, 'the booking period is closed: book in the first open one'); end;

create trigger tie_out_is_a_fact before update on tie_out
begin select raise(abort, 'tie_out is a fact: the next run says what has changed'); end;
create trigger tie_out_stays before delete on tie_out
begin select raise(abort, 'tie_out is a fact: the next run says what has changed'); end;

create trigger audit_event_is_a_fact before update on audit_event
begin select raise(abort, 'audit_event is a fact: book the opposite instead'); end;
create trigger audit_event_stays before delete on audit_event
begin select raise(abort, 'audit_event is a fact: book the opposite instead'); end;

create trigger scheme_pack_is_a_fact before update on scheme_pack
begin select raise(abort, 'scheme_pack is a fact: add a higher version instead'); end;
create trigger scheme_pack_stays before delete on scheme_pack
begin select raise(abort, 'scheme_pack is a fact: add a higher version instead'); end;

create trigger upload_content_is_a_fact before update on upload_content
begin select raise(abort, 'upload_content is a fact: book the opposite instead'); end;
create trigger upload_content_stays before delete on upload_content
begin select raise(abort, 'upload_content is a fact: book the opposite instead'); end;

create trigger row_fix_is_a_fact before update on row_fix
begin select raise(abort, 'row_fix is a fact: fix the row again instead'); end;
create trigger row_fix_stays before delete on row_fix
begin select raise(abort, 'row_fix is a fact: fix the row again instead'); end;

create trigger remittance_content_is_a_fact before update on remittance_content
begin select raise(abort, 'remittance_content is a fact: book the opposite instead'); end;
create trigger remittance_content_stays before delete on remittance_content
begin select raise(abort, 'remittance_content is a fact: book the opposite instead'); end;

create trigger acknowledgement_is_a_fact before update on acknowledgement
begin select raise(abort, 'acknowledgement is a fact: book the opposite instead'); end;
create trigger acknowledgement_stays before delete on acknowledgement
begin select raise(abort, 'acknowledgement is a fact: book the opposite instead'); end;

create trigger answer_file_is_a_fact before update on answer_file
begin select raise(abort, 'answer_file is a fact: book the opposite instead'); end;
create trigger answer_file_stays before delete on answer_file
begin select raise(abort, 'answer_file is a fact: book the opposite instead'); end;

create trigger remittance_proof_is_a_fact before update on remittance_proof
begin select raise(abort, 'remittance_proof is a fact: make the next version instead'); end;
create trigger remittance_proof_stays before delete on remittance_proof
begin select raise(abort, 'remittance_proof is a fact: make the next version instead'); end;

create trigger proof_told_is_a_fact before update on proof_told
begin select raise(abort, 'proof_told is a fact: book the opposite instead'); end;
create trigger proof_told_stays before delete on proof_told
begin select raise(abort, 'proof_told is a fact: book the opposite instead'); end;

create trigger proof_confirmation_is_a_fact before update on proof_confirmation
begin select raise(abort, 'proof_confirmation is a fact: book the opposite instead'); end;
create trigger proof_confirmation_stays before delete on proof_confirmation
begin select raise(abort, 'proof_confirmation is a fact: book the opposite instead'); end;

create trigger line_salt_is_a_fact before update of line_id, salt, first_version on line_salt
begin select raise(abort, 'line_salt is a fact: no salt is ever replaced'); end;
create trigger line_salt_stays before delete on line_salt
begin select raise(abort, 'line_salt is a fact: no salt is ever replaced'); end;

create trigger remittance_line_is_a_fact before update of id, remittance_id, line_no, enrolment_id, member_no, national_id, period, component, class, amount on remittance_line
begin select raise(abort, 'remittance_line is a fact: book the opposite instead'); end;
create trigger remittance_line_stays before delete on remittance_line
begin select raise(abort, 'remittance_line is a fact: book the opposite instead'); end;

create trigger receipt_is_a_fact before update of id, agreement_id, upload_id, row_no, receipt_no, received_on, posted_on, amount, business_key, occurrence, method, reference on receipt
begin select raise(abort, 'receipt is a fact: book the opposite instead'); end;
create trigger receipt_stays before delete on receipt
begin select raise(abort, 'receipt is a fact: book the opposite instead'); end;

create trigger obligation_is_a_fact before update of id, agreement_id, enrolment_id, period, months, component, payer, class, cause, amount, basis_id, principal_id on obligation
begin select raise(abort, 'obligation is a fact: book the opposite instead'); end;
create trigger obligation_stays before delete on obligation when old.allocated > 0 or old.reduced > 0
begin select raise(abort, 'obligation has money on it: reduce it instead'); end;

create trigger remittance_is_a_fact before update of id, number, agreement_id, kind, cutoff, sequence, currency, reference, line_count, total, sha256, bytes, supplements, sealed_at on remittance
begin select raise(abort, 'remittance is a fact: book the opposite instead'); end;
create trigger remittance_stays before delete on remittance
begin select raise(abort, 'remittance is a fact: book the opposite instead'); end;

-- What a receipt may still pay, by enrolment.
create index obligation_open on obligation (enrolment_id, due_on) where collected = 1 and allocated < amount - reduced;
