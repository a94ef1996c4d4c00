import type { Traits } from '../dialect.ts';

/** What MySQL can do, and its limits. */
export const mysqlTraits: Traits = {
  transactionalDdl: false,
  begin: 'start transaction',
  commit: 'commit',
  rollback: 'rollback',
  beginReadOnly: 'start transaction read only',
  endReadOnly: 'rollback',
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
  viewsPinColumns: false,
  foreignKeysPin: new Set(['changeType', 'setAutoIncrement']),
  namedEnums: false,
  enumsAreChecks: false,
  namesIgnoreCase: false,
};
