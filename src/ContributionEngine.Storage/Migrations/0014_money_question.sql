-- What the fund asks an organisation about bank money: is it yours? Asking moves no money and the answer moves none: a person on the desk decides.
create table money_question (
    id $id$ not null primary key, entry_id $id$ not null, part $id$ not null, organisation_id $id$ not null, asked_by $line$ not null, asked_at $instant$ not null,
    answer $word$, remittance_id $id$, answered_by $line$, answered_at $instant$, withdrawn_by $line$, withdrawn_at $instant$,
    constraint money_question_entry foreign key (entry_id) references bank_entry (id),
    constraint money_question_organisation foreign key (organisation_id) references organisation (id),
    constraint money_question_remittance foreign key (remittance_id) references remittance (id),
    constraint money_question_answered check ((answer is null and remittance_id is null and answered_by is null and answered_at is null)
        or (answer is not null and answered_by is not null and answered_at is not null
            and ((answer = 'ours' and remittance_id is not null) or (answer = 'not_ours' and remittance_id is null)))),
    constraint money_question_withdrawn check ((withdrawn_by is null and withdrawn_at is null) or (withdrawn_by is not null and withdrawn_at is not null)));
create unique index money_question_live on money_question (entry_id, part, organisation_id) where withdrawn_at is null;
create index money_question_of on money_question (organisation_id) where withdrawn_at is null;
