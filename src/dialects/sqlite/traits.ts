import type { Traits } from '../dialect.ts';

/** Limits: https://www.sqlite.org/limits.html (none for names and keys). */
export const traits: Traits = {
  transactionalDdl: true,
  runsScripts: false,
  // At once the writer: a transaction that becomes one later fails without waiting.
  begin: 'begin immediate',
  commit: 'commit',
  rollback: 'rollback',
  beginReadOnly: 'pragma query_only = on',
  endReadOnly: 'pragma query_only = off',
  nameLimit: undefined,
  // https://www.sqlite.org/fileformat2.html#intschema
  forbiddenNames: { table: /^sqlite_/iu, index: /^sqlite_/iu },
  keyLimit: undefined,
  rebuilds: new Set([
    'changeType',
    'setNullability',
    'setDefault',
    'setAutoIncrement',
    'changeGenerated',
    'addPrimaryKey',
    'dropPrimaryKey',
    'addForeignKey',
    'dropForeignKey',
    'addCheck',
    'dropCheck',
  ]),
  foreignKeysNeedTarget: false,
  impliedForeignKeyIndexes: false,
  defaultNamespace: undefined,
  indexNamesPer: 'namespace',
  constraintNamesPer: 'table',
  triggersHaveFunctions: false,
  numbersParameters: false,
  viewsPinColumns: false,
  foreignKeysPin: new Set(),
  generatedPinsSource: false,
  checksPinReferences: false,
  namedEnums: false,
  enumsAreChecks: true,
  namesIgnoreCase: true,
};
