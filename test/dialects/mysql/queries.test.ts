import { mysql } from '../../../src/dialects/mysql/index.ts';
import { queryCases } from './query-cases.ts';

queryCases(mysql);
