-- Facts are insert-only and undo is the opposite row: the database itself refuses anything else (truth 9).

create function refuse_change() returns trigger language plpgsql as
'begin raise exception using errcode = ''restrict_violation'', message = tg_argv[0]; end';

create trigger allocation_is_a_fact before update on allocation
    for each row execute function refuse_change('allocation is a fact: book the opposite instead');

create trigger allocation_stays before delete on allocation
    for each row execute function refuse_change('allocation is a fact: book the opposite instead');

create trigger basis_is_a_fact before update on basis
    for each row execute function refuse_change('basis is a fact: store another instead');

create trigger basis_stays before delete on basis
    for each row execute function refuse_change('basis is a fact: store another instead');

create trigger reduction_is_a_fact before update on reduction
    for each row execute function refuse_change('reduction is a fact: book the opposite instead');

create trigger reduction_stays before delete on reduction
    for each row execute function refuse_change('reduction is a fact: book the opposite instead');

create trigger member_event_is_a_fact before update on member_event
    for each row execute function refuse_change('member_event is a fact: undo the upload that brought it instead');

create trigger member_event_stays before delete on member_event
    for each row execute function refuse_change('member_event is a fact: undo the upload that brought it instead');

create trigger suspense_payer_is_a_fact before update on suspense_payer
    for each row execute function refuse_change('suspense_payer is a fact: book the opposite instead');

create trigger suspense_payer_stays before delete on suspense_payer
    for each row execute function refuse_change('suspense_payer is a fact: book the opposite instead');

create trigger receipt_alias_is_a_fact before update on receipt_alias
    for each row execute function refuse_change('receipt_alias is a fact: book the opposite instead');

create trigger receipt_alias_stays before delete on receipt_alias
    for each row execute function refuse_change('receipt_alias is a fact: book the opposite instead');

create trigger reversal_is_a_fact before update on reversal
    for each row execute function refuse_change('reversal is a fact: book the opposite instead');

create trigger reversal_stays before delete on reversal
    for each row execute function refuse_change('reversal is a fact: book the opposite instead');

create trigger refund_is_a_fact before update on refund
    for each row execute function refuse_change('refund is a fact: book the opposite instead');

create trigger refund_stays before delete on refund
    for each row execute function refuse_change('refund is a fact: book the opposite instead');

create trigger write_off_is_a_fact before update on write_off
    for each row execute function refuse_change('write_off is a fact: book the opposite instead');

create trigger write_off_stays before delete on write_off
    for each row execute function refuse_change('write_off is a fact: book the opposite instead');

create trigger state_claim_is_a_fact before update of id, number, agreement_id, debtor, obligation_id, amount, arisen_on on state_claim
    for each row execute function refuse_change('state_claim is a fact: book the opposite instead');

create trigger state_claim_stays before delete on state_claim
    for each row execute function refuse_change('state_claim is a fact: book the opposite instead');

create trigger collection_fee_is_a_fact before update on collection_fee
    for each row execute function refuse_change('collection_fee is a fact: book the opposite instead');

create trigger collection_fee_stays before delete on collection_fee
    for each row execute function refuse_change('collection_fee is a fact: book the opposite instead');

create trigger collection_fee_payment_is_a_fact before update on collection_fee_payment
    for each row execute function refuse_change('collection_fee_payment is a fact: book the opposite instead');

create trigger collection_fee_payment_stays before delete on collection_fee_payment
    for each row execute function refuse_change('collection_fee_payment is a fact: book the opposite instead');

create trigger advance_is_a_fact before update on advance
    for each row execute function refuse_change('advance is a fact: book the opposite instead');

create trigger advance_stays before delete on advance
    for each row execute function refuse_change('advance is a fact: book the opposite instead');

create trigger notice_is_a_fact before update of id, number, agreement_id, period on notice
    for each row execute function refuse_change('notice is a fact: book the opposite instead');

create trigger notice_stays before delete on notice
    for each row execute function refuse_change('notice is a fact: book the opposite instead');

create trigger notice_step_is_a_fact before update on notice_step
    for each row execute function refuse_change('notice_step is a fact: book the opposite instead');

create trigger notice_step_stays before delete on notice_step
    for each row execute function refuse_change('notice_step is a fact: book the opposite instead');

create trigger batch_step_is_a_fact before update on batch_step
    for each row execute function refuse_change('batch_step is a fact: book the opposite instead');

create trigger batch_step_stays before delete on batch_step
    for each row execute function refuse_change('batch_step is a fact: book the opposite instead');

create trigger approval_is_a_fact before update on approval
    for each row execute function refuse_change('approval is a fact: book the opposite instead');

create trigger approval_stays before delete on approval
    for each row execute function refuse_change('approval is a fact: book the opposite instead');

create trigger claim_is_a_fact before update of id, number, agreement_id, debtor, receipt_id, allocation_id, line_id, amount, arisen_on on claim
    for each row execute function refuse_change('claim is a fact: book the opposite instead');

create trigger claim_stays before delete on claim
    for each row execute function refuse_change('claim is a fact: book the opposite instead');

create trigger bank_match_is_a_fact before update of id, number, run_id, entry_id, tx_no, remittance_id, kind, taken, amount, open_before, missing, surplus, matched_by, score, cues, matched_on, accepted_by on bank_match
    for each row execute function refuse_change('bank_match is a fact: undo the match instead');

create trigger bank_match_stays before delete on bank_match
    for each row execute function refuse_change('bank_match is a fact: undo the match instead');

create trigger match_run_is_a_fact before update of id, number, started_by, started_at, rules, inputs, decisions, sha256 on match_run
    for each row execute function refuse_change('match_run is a fact: undo the run instead');

create trigger match_run_stays before delete on match_run
    for each row execute function refuse_change('match_run is a fact: undo the run instead');

create trigger posting_is_a_fact before update on posting
    for each row execute function refuse_change('posting is a fact: book the opposite instead');

create trigger posting_stays before delete on posting
    for each row execute function refuse_change('posting is a fact: book the opposite instead');

create trigger journal_entry_is_a_fact before update on journal_entry
    for each row execute function refuse_change('journal_entry is a fact: book the opposite instead');

create trigger journal_entry_stays before delete on journal_entry
    for each row execute function refuse_change('journal_entry is a fact: book the opposite instead');

create function refuse_closed_period() returns trigger language plpgsql as
'begin
    if exists (select 1 from booking_period p where p.agreement_id = new.agreement_id and p.state = ''closed'' and new.booked_on between p.starts_on and p.ends_on) then
        raise exception using errcode = ''restrict_violation'', message = ''the booking period is closed: book in the first open one'';
    end if;
    return new;
end';

create trigger journal_entry_keeps_out_of_closed_periods before insert on journal_entry
    for each row execute function refuse_closed_period();

create trigger tie_out_is_a_fact before update on tie_out
    for each row execute function refuse_change('tie_out is a fact: the next run says what has changed');

create trigger tie_out_stays before delete on tie_out
    for each row execute function refuse_change('tie_out is a fact: the next run says what has changed');

create trigger audit_event_is_a_fact before update on audit_event
    for each row execute function refuse_change('audit_event is a fact: book the opposite instead');

create trigger audit_event_stays before delete on audit_event
    for each row execute function refuse_change('audit_event is a fact: book the opposite instead');

create trigger scheme_pack_is_a_fact before update on scheme_pack
    for each row execute function refuse_change('scheme_pack is a fact: add a higher version instead');

create trigger scheme_pack_stays before delete on scheme_pack
    for each row execute function refuse_change('scheme_pack is a fact: add a higher version instead');

create trigger upload_content_is_a_fact before update on upload_content
    for each row execute function refuse_change('upload_content is a fact: book the opposite instead');

create trigger upload_content_stays before delete on upload_content
    for each row execute function refuse_change('upload_content is a fact: book the opposite instead');

create trigger row_fix_is_a_fact before update on row_fix
    for each row execute function refuse_change('row_fix is a fact: fix the row again instead');

create trigger row_fix_stays before delete on row_fix
    for each row execute function refuse_change('row_fix is a fact: fix the row again instead');

create trigger remittance_content_is_a_fact before update on remittance_content
    for each row execute function refuse_change('remittance_content is a fact: book the opposite instead');

create trigger remittance_content_stays before delete on remittance_content
    for each row execute function refuse_change('remittance_content is a fact: book the opposite instead');

create trigger acknowledgement_is_a_fact before update on acknowledgement
    for each row execute function refuse_change('acknowledgement is a fact: book the opposite instead');

create trigger acknowledgement_stays before delete on acknowledgement
    for each row execute function refuse_change('acknowledgement is a fact: book the opposite instead');

create trigger answer_file_is_a_fact before update on answer_file
    for each row execute function refuse_change('answer_file is a fact: book the opposite instead');

create trigger answer_file_stays before delete on answer_file
    for each row execute function refuse_change('answer_file is a fact: book the opposite instead');

create trigger remittance_proof_is_a_fact before update on remittance_proof
    for each row execute function refuse_change('remittance_proof is a fact: make the next version instead');

create trigger remittance_proof_stays before delete on remittance_proof
    for each row execute function refuse_change('remittance_proof is a fact: make the next version instead');

create trigger proof_told_is_a_fact before update on proof_told
    for each row execute function refuse_change('proof_told is a fact: book the opposite instead');

create trigger proof_told_stays before delete on proof_told
    for each row execute function refuse_change('proof_told is a fact: book the opposite instead');

create trigger proof_confirmation_is_a_fact before update on proof_confirmation
    for each row execute function refuse_change('proof_confirmation is a fact: book the opposite instead');

create trigger proof_confirmation_stays before delete on proof_confirmation
    for each row execute function refuse_change('proof_confirmation is a fact: book the opposite instead');

create trigger line_salt_is_a_fact before update of line_id, salt, first_version on line_salt
    for each row execute function refuse_change('line_salt is a fact: no salt is ever replaced');

create trigger line_salt_stays before delete on line_salt
    for each row execute function refuse_change('line_salt is a fact: no salt is ever replaced');

create trigger remittance_line_is_a_fact before update of id, remittance_id, line_no, enrolment_id, member_no, national_id, period, component, class, amount on remittance_line
    for each row execute function refuse_change('remittance_line is a fact: book the opposite instead');

create trigger remittance_line_stays before delete on remittance_line
    for each row execute function refuse_change('remittance_line is a fact: book the opposite instead');

create trigger receipt_is_a_fact before update of id, agreement_id, upload_id, row_no, receipt_no, received_on, posted_on, amount, business_key, occurrence, method, reference on receipt
    for each row execute function refuse_change('receipt is a fact: book the opposite instead');

create trigger receipt_stays before delete on receipt
    for each row execute function refuse_change('receipt is a fact: book the opposite instead');

create trigger obligation_is_a_fact before update of id, agreement_id, enrolment_id, period, months, component, payer, class, cause, amount, basis_id, principal_id on obligation
    for each row execute function refuse_change('obligation is a fact: book the opposite instead');

create trigger obligation_stays before delete on obligation
    for each row when (old.allocated > 0 or old.reduced > 0) execute function refuse_change('obligation has money on it: reduce it instead');

create trigger remittance_is_a_fact before update of id, number, agreement_id, kind, cutoff, sequence, currency, reference, line_count, total, sha256, bytes, supplements, sealed_at on remittance
    for each row execute function refuse_change('remittance is a fact: book the opposite instead');

create trigger remittance_stays before delete on remittance
    for each row execute function refuse_change('remittance is a fact: book the opposite instead');



create trigger allocation_is_not_emptied before truncate on allocation for each statement execute function refuse_change('allocation holds facts: book the opposite instead');

create trigger basis_is_not_emptied before truncate on basis for each statement execute function refuse_change('basis holds facts: book the opposite instead');

create trigger reduction_is_not_emptied before truncate on reduction for each statement execute function refuse_change('reduction holds facts: book the opposite instead');

create trigger member_event_is_not_emptied before truncate on member_event for each statement execute function refuse_change('member_event holds facts: book the opposite instead');

create trigger suspense_payer_is_not_emptied before truncate on suspense_payer for each statement execute function refuse_change('suspense_payer holds facts: book the opposite instead');

create trigger receipt_alias_is_not_emptied before truncate on receipt_alias for each statement execute function refuse_change('receipt_alias holds facts: book the opposite instead');

create trigger reversal_is_not_emptied before truncate on reversal for each statement execute function refuse_change('reversal holds facts: book the opposite instead');

create trigger refund_is_not_emptied before truncate on refund for each statement execute function refuse_change('refund holds facts: book the opposite instead');

create trigger write_off_is_not_emptied before truncate on write_off for each statement execute function refuse_change('write_off holds facts: book the opposite instead');

create trigger state_claim_is_not_emptied before truncate on state_claim for each statement execute function refuse_change('state_claim holds facts: book the opposite instead');

create trigger collection_fee_is_not_emptied before truncate on collection_fee for each statement execute function refuse_change('collection_fee holds facts: book the opposite instead');

create trigger collection_fee_payment_is_not_emptied before truncate on collection_fee_payment for each statement execute function refuse_change('collection_fee_payment holds facts: book the opposite instead');

create trigger advance_is_not_emptied before truncate on advance for each statement execute function refuse_change('advance holds facts: book the opposite instead');

create trigger notice_is_not_emptied before truncate on notice for each statement execute function refuse_change('notice holds facts: book the opposite instead');

create trigger notice_step_is_not_emptied before truncate on notice_step for each statement execute function refuse_change('notice_step holds facts: book the opposite instead');

create trigger batch_step_is_not_emptied before truncate on batch_step for each statement execute function refuse_change('batch_step holds facts: book the opposite instead');

create trigger approval_is_not_emptied before truncate on approval for each statement execute function refuse_change('approval holds facts: book the opposite instead');

create trigger claim_is_not_emptied before truncate on claim for each statement execute function refuse_change('claim holds facts: book the opposite instead');

create trigger bank_match_is_not_emptied before truncate on bank_match for each statement execute function refuse_change('bank_match holds facts: undo the match instead');

create trigger match_run_is_not_emptied before truncate on match_run for each statement execute function refuse_change('match_run holds facts: undo the run instead');

create trigger posting_is_not_emptied before truncate on posting for each statement execute function refuse_change('posting holds facts: book the opposite instead');

create trigger journal_entry_is_not_emptied before truncate on journal_entry for each statement execute function refuse_change('journal_entry holds facts: book the opposite instead');

create trigger tie_out_is_not_emptied before truncate on tie_out for each statement execute function refuse_change('tie_out holds facts: the next run says what has changed');

create trigger audit_event_is_not_emptied before truncate on audit_event for each statement execute function refuse_change('audit_event holds facts: book the opposite instead');

create trigger scheme_pack_is_not_emptied before truncate on scheme_pack for each statement execute function refuse_change('scheme_pack holds facts: book the opposite instead');

create trigger upload_content_is_not_emptied before truncate on upload_content for each statement execute function refuse_change('upload_content holds facts: book the opposite instead');

create trigger remittance_content_is_not_emptied before truncate on remittance_content for each statement execute function refuse_change('remittance_content holds facts: book the opposite instead');

create trigger remittance_proof_is_not_emptied before truncate on remittance_proof for each statement execute function refuse_change('remittance_proof holds facts: make the next version instead');

create trigger line_salt_is_not_emptied before truncate on line_salt for each statement execute function refuse_change('line_salt holds facts: book the opposite instead');

create trigger proof_told_is_not_emptied before truncate on proof_told for each statement execute function refuse_change('proof_told holds facts: book the opposite instead');

create trigger proof_confirmation_is_not_emptied before truncate on proof_confirmation for each statement execute function refuse_change('proof_confirmation holds facts: book the opposite instead');

create trigger acknowledgement_is_not_emptied before truncate on acknowledgement for each statement execute function refuse_change('acknowledgement holds facts: book the opposite instead');
create trigger answer_file_is_not_emptied before truncate on answer_file for each statement execute function refuse_change('answer_file holds facts: book the opposite instead');

create trigger remittance_line_is_not_emptied before truncate on remittance_line for each statement execute function refuse_change('remittance_line holds facts: book the opposite instead');

create trigger receipt_is_not_emptied before truncate on receipt for each statement execute function refuse_change('receipt holds facts: book the opposite instead');

create trigger obligation_is_not_emptied before truncate on obligation for each statement execute function refuse_change('obligation holds facts: book the opposite instead');

create trigger remittance_is_not_emptied before truncate on remittance for each statement execute function refuse_change('remittance holds facts: book the opposite instead');


-- What a receipt may still pay, by enrolment.
create index obligation_open on obligation (enrolment_id, due_on) where collected = 1 and allocated < amount - reduced;
