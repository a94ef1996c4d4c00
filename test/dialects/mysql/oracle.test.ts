import { mysql } from '../../../src/dialects/mysql/index.ts';
import { oracleCases } from './oracle-cases.ts';

oracleCases(mysql, [
  "create table functional (a varchar(20), b json, key f ((lower(a)) desc, (cast(b->>'$.x' as char(10)))), key hidden (a) invisible, t text default ('x'), u int default (1 + 2), constraint off check (a <> 'x') not enforced)",
]);
