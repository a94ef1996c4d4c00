import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { sessionCases } from '../mysql/session-cases.ts';

sessionCases(mariadb);
