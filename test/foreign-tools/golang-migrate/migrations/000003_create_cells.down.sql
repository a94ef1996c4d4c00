drop table cells;
