-- Receivers of other programs, what they are to hear of, and how far each has heard.

create table webhook_endpoint (
    id $id$ not null primary key, number $word$ not null, organisation_id $id$, url $line$ not null, event_types $text$ not null, description $line$,
    created_by $line$ not null, created_at $instant$ not null, failing_since $instant$, disabled_at $instant$, disabled_reason $line$, removed_at $instant$,
    constraint webhook_endpoint_number unique (number),
    constraint webhook_endpoint_organisation foreign key (organisation_id) references organisation (id));

-- Apart, so that a login that only reports may be kept from it.
create table webhook_secret (
    id $id$ not null primary key, endpoint_id $id$ not null, secret $line$ not null, made_at $instant$ not null, ends_at $instant$,
    constraint webhook_secret_endpoint foreign key (endpoint_id) references webhook_endpoint (id));
create index webhook_secret_of on webhook_secret (endpoint_id);

create table webhook_event (
    id $id$ not null primary key, number $word$ not null, type $word$ not null, organisation_id $id$, data $text$ not null, created_at $instant$ not null,
    constraint webhook_event_number unique (number),
    constraint webhook_event_organisation foreign key (organisation_id) references organisation (id));
create index webhook_event_since on webhook_event (created_at, id);

create table webhook_delivery (
    id $id$ not null primary key, event_id $id$ not null, endpoint_id $id$ not null, state $word$ not null, attempts $id$ not null, version $id$ not null,
    last_status $id$, last_detail $line$, last_attempt_at $instant$, next_attempt_at $instant$, delivered_at $instant$,
    constraint webhook_delivery_once unique (event_id, endpoint_id),
    constraint webhook_delivery_event foreign key (event_id) references webhook_event (id),
    constraint webhook_delivery_endpoint foreign key (endpoint_id) references webhook_endpoint (id));
create index webhook_delivery_to on webhook_delivery (endpoint_id, id);
