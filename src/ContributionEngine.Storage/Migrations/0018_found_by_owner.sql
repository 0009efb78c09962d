-- A cut and the custody of one agreement begin with its own allocations, the way of a payment with the lines that it stood on,
-- and what a fund has said of a line is found without going through what it has said of the others.
create index allocation_of_agreement on allocation (agreement_id);
create index line_allocation_of on line_allocation (allocation_id);
create index acknowledgement_of_line on acknowledgement (remittance_id, line_no);
