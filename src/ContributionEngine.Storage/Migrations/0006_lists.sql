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
    actor $word$ not null, request_key $word$ not null, sha256 $word$ not null, begun_at $instant$ not null, answered_at $instant$,
    status $id$, content_type $word$, location $line$, body $bytes$,
    constraint api_request_key primary key (actor, request_key));
create index api_request_old on api_request (begun_at);
