import { mariadb } from '../../../src/dialects/mariadb/index.ts';
import { echoCases, written } from '../mysql/echo-cases.ts';

echoCases(mariadb, [written]);
