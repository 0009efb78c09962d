-- What a treasurer noted while she collected, perhaps without signal; it becomes a sheet, which is checked like any other.
create table field_note (
    id $id$ not null primary key, agreement_id $id$ not null, note_key $word$ not null, member_no $line$ not null, amount $line$ not null, received_on $word$ not null,
    noted_by $line$ not null, noted_at $instant$ not null, upload_id $id$, dropped_at $instant$,
    constraint field_note_once unique (agreement_id, note_key),
    constraint field_note_agreement foreign key (agreement_id) references agreement (id),
    constraint field_note_upload foreign key (upload_id) references upload (id));
create index field_note_waiting on field_note (agreement_id) where upload_id is null and dropped_at is null;
