-- obligation_by_period begins with the same columns.
drop index obligation_agreement;
