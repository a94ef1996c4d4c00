import { mysql } from '../../../src/dialects/mysql/index.ts';
import { inspectCases } from './inspect-cases.ts';

inspectCases(mysql, []);
