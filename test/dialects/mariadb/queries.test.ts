import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { queryCases } from '../mysql/query-cases.ts';

queryCases(mariadb);
