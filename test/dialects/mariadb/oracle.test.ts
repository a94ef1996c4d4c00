import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { oracleCases } from '../mysql/oracle-cases.ts';

oracleCases(mariadb, [
  "create table own_types (u uuid not null default uuid(), i inet6, j json default '{}', t text default concat('a', 'b'), k varchar(900), unique key (k), key ign (i) ignored, d datetime(3) default current_timestamp, e datetime default current_timestamp())",
]);
