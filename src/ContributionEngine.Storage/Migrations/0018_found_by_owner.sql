-- A cut and the custody of one agreement begin with its own allocations, and the way of a payment with the lines that it stood on.
create index allocation_of_agreement on allocation (agreement_id);
create index line_allocation_of on line_allocation (allocation_id);
