drop index if exists unique_inmate_optimized;
