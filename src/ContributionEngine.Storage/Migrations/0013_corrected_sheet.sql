-- A sheet that stands in the place of another: what both say the same is left alone, and only what differs is posted or taken back.
alter table upload add corrects_id $id$;
create index upload_corrects on upload (corrects_id) where corrects_id is not null;
