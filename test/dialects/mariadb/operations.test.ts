import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { operationCases } from '../mysql/operation-cases.ts';

operationCases(mariadb, []);
