-- Signing in: passwords, second factors and sessions of users, and keys that are told apart.

create table login (
    user_id $id$ not null primary key, password_hash $line$, change_by $instant$, failures $id$ not null, locked_until $instant$,
    second_factor $text$, second_factor_at $instant$, last_step $id$ not null, stamp $word$ not null, language $word$, external_name $line$, signed_in_at $instant$,
    constraint login_user foreign key (user_id) references engine_user (id));
create unique index login_external_name on login (external_name) where external_name is not null;

create table recovery_code (
    user_id $id$ not null, sha256 $word$ not null, used_at $instant$,
    constraint recovery_code_key primary key (user_id, sha256),
    constraint recovery_code_user foreign key (user_id) references engine_user (id));

alter table api_key add shown $word$;
alter table api_key add label $line$;
alter table api_key add last_used_at $instant$;
create index api_key_of_user on api_key (user_id);
