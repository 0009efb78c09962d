-- Which text says the detail of a case, and the values in it, so that it can be said in any language.
alter table work_case add detail_code $line$;
alter table work_case add particulars $text$;
alter table left_out_row add particulars $text$;
