import { mysql } from '../../../src/dialects/mysql/index.ts';
import { echoCases, written } from './echo-cases.ts';

const indexed = {
  ...written,
  name: 'indexed',
  indexes: [
    {
      name: 'f1',
      parts: [{ expression: "concat(name, 'it''s \\\\ ü')", descending: true as const }, { column: 'a' }],
      unique: false,
    },
    { name: 'f2', parts: [{ expression: '( (lower(race)) )' }], unique: true },
  ],
};

echoCases(mysql, [written, indexed]);
