-- Which texts say the detail of a case and why the engine resolved it, and the values in them, so that they can be said in any language.
alter table work_case add detail_code $line$;
alter table work_case add particulars $text$;
alter table work_case add resolution_code $line$;
alter table work_case add resolution_particulars $text$;
alter table left_out_row add particulars $text$;
