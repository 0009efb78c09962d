-- What a treasurer says that she has paid. It moves no money: that is known when the bank shows it, and this says where to look.
create table told_payment (
    id $id$ not null primary key, remittance_id $id$ not null, paid_on $date$ not null, channel $word$ not null, slip $word$ not null, amount $money$ not null,
    told_by $line$ not null, told_at $instant$ not null, taken_back_by $line$, taken_back_at $instant$,
    constraint told_payment_remittance foreign key (remittance_id) references remittance (id),
    constraint told_payment_amount check (amount > 0));
create unique index told_payment_live on told_payment (remittance_id, channel, slip) where taken_back_at is null;
