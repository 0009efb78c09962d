-- Which of its code's sentences a problem is, and the values in it, so that it can be said in any language.
alter table upload_problem add particulars $text$;

-- How far the check of an upload that is not sent has come, and what it found beside the problems of rows. Of two that check the
-- same upload at once, the one that began last goes on: its number stands here.
create table upload_check (
    upload_id $id$ not null primary key, run $id$ not null, rows_done $id$ not null, rows_all $id$, told_at $instant$ not null,
    findings $text$, refusal $text$,
    constraint upload_check_upload foreign key (upload_id) references upload (id));
