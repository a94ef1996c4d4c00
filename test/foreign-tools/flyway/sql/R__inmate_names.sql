drop view if exists inmate_names;
create view inmate_names as select name from inmates;
