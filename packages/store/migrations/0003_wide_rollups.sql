-- Finely divided counts of a large organisation, added up, pass what a bigint holds.
alter table rollup alter column value type numeric;
