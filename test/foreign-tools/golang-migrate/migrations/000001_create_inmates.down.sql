drop table inmates;
