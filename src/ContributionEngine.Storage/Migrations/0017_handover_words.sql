-- Which texts say what became of an attempt, to hand over or to tell a receiver, and the values in them, so that it can be said in any language.
alter table delivery add detail_code $line$;
alter table delivery add particulars $text$;
alter table webhook_delivery add last_detail_code $line$;
alter table webhook_delivery add last_particulars $text$;
