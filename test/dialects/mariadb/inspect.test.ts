import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { inspectCases } from '../mysql/inspect-cases.ts';

inspectCases(mariadb, []);
