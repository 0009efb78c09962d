-- What proves that a slip is one of ours: its code is worked out from this, and nobody who has only slips can make another. Made once, here.
create table receipt_seal (
    id $id$ not null primary key, secret $bytes$ not null,
    constraint receipt_seal_one check (id = 1));
insert into receipt_seal (id, secret) values (1, $random$);
