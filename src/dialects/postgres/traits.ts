import type { Lexis } from '../../schema/expression.ts';
import type { Traits } from '../dialect.ts';

/** What PostgreSQL can do. */
export const traits: Traits = {
  transactionalDdl: true,
  inProcess: false,
  runsScripts: true,
  begin: 'begin',
  commit: 'commit',
  rollback: 'rollback',
  beginReadOnly: 'begin read only',
  endReadOnly: 'rollback',
  // NAMEDATALEN - 1; a longer name is cut with no more than a notice, and the second such name collides.
  // https://www.postgresql.org/docs/current/ddl-system-columns.html
  forbiddenNames: { column: /^(?:tableoid|xmin|cmin|xmax|cmax|ctid)$/u },
  nameLimit: { length: 63, unit: 'bytes' },
  // The limit of a btree entry (2,704 bytes) is on values, not on what a column may hold.
  keyLimit: undefined,
  rebuilds: new Set(),
  foreignKeysNeedTarget: true,
  impliedForeignKeyIndexes: false,
  defaultNamespace: 'public',
  indexNamesPer: 'namespace',
  constraintNamesPer: 'table',
  triggersHaveFunctions: true,
  numbersParameters: true,
  viewsPinColumns: true,
  foreignKeysPin: new Set(),
  generatedPinsSource: true,
  checksPinReferences: false,
  namedEnums: true,
  enumsAreChecks: true,
  namesIgnoreCase: false,
};

/** How PostgreSQL's SQL is quoted. */
export const lexis: Lexis = {
  identifierQuotes: '"',
  stringQuotes: '',
  backslashEscapes: false,
  dollarQuotes: true,
  escapeStrings: true,
  nestedComments: true,
  bodies: { of: ['function', 'procedure'], style: 'atomic' },
};
