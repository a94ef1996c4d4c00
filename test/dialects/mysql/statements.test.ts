import { mysql } from '../../../src/dialects/mysql/index.ts';
import { statementCases } from './statement-cases.ts';

statementCases(mysql, []);
