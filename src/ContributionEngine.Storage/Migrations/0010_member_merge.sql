-- Two numbers that are one person. Nothing moves: money that comes under the old number is hers from now on, and undoing the link ends that.

create table member_merge (
    id $id$ not null primary key, member_id $id$ not null, into_id $id$ not null, reason $line$ not null, merged_by $line$ not null, merged_at $instant$ not null,
    undone_by $line$, undone_at $instant$, undone_reason $line$,
    constraint member_merge_member foreign key (member_id) references member (id),
    constraint member_merge_into foreign key (into_id) references member (id),
    constraint member_merge_two check (member_id <> into_id));
create unique index member_merge_live on member_merge (member_id) where undone_at is null;
create index member_merge_of on member_merge (into_id);
