import type { Traits } from '../dialect.ts';

/** What MySQL can do, and its limits. */
export const mysqlTraits: Traits = {
  transactionalDdl: false,
  inProcess: false,
  runsScripts: false,
  begin: 'start transaction',
  commit: 'commit',
  rollback: 'rollback',
  beginReadOnly: 'start transaction read only',
  endReadOnly: 'rollback',
  // https://dev.mysql.com/doc/refman/8.4/en/identifiers.html: three-byte characters, no space at the end.
  forbiddenNames: {
    table: / $|[\u{10000}-\u{10ffff}]/u,
    column: / $|[\u{10000}-\u{10ffff}]/u,
    index: /^primary$| $|[\u{10000}-\u{10ffff}]/iu,
    constraint: /[\u{10000}-\u{10ffff}]/u,
  },
  nameLimit: { length: 64, unit: 'characters' },
  keyLimit: 3072,
  rebuilds: new Set([
    'changeType',
    'setNullability',
    'setAutoIncrement',
    'changeGenerated',
    'addPrimaryKey',
    'dropPrimaryKey',
  ]),
  foreignKeysNeedTarget: true,
  impliedForeignKeyIndexes: true,
  defaultNamespace: undefined,
  indexNamesPer: 'table',
  constraintNamesPer: 'namespace',
  triggersHaveFunctions: false,
  numbersParameters: false,
  viewsPinColumns: false,
  foreignKeysPin: new Set(['changeType', 'setAutoIncrement']),
  generatedPinsSource: false,
  // With a check over some types (tinytext, enum, datetime(3) …) the rename is a copy, which must not rename a column of a key.
  checksPinReferences: true,
  namedEnums: false,
  enumsAreChecks: false,
  namesIgnoreCase: false,
};
