import { mysql } from '../../../src/dialects/mysql/index.ts';
import { operationCases } from './operation-cases.ts';
import { hostileName as t } from './tables.ts';

operationCases(mysql, [
  [
    'addIndex of an expression',
    {
      kind: 'addIndex',
      table: t,
      index: {
        name: 'e',
        parts: [{ expression: "concat(`name`, 'x')" }, { column: 'n', descending: true }],
        unique: false,
      },
    },
  ],
]);
