alter table inmates drop constraint if exists unique_inmate_optimized;
