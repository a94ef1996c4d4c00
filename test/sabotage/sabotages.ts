/** A fault put into the source on purpose, and the test that must turn red for it. */
export interface Sabotage {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  readonly test: string;
  /** Part of the full name of the test that must fail. */
  readonly named: string;
  readonly databases?: string;
}

export const sabotages: readonly Sabotage[] = [
  {
    name: 'an empty SQL writer for one operation',
    file: 'src/dialects/sqlite/sql.ts',
    find: '  setDefault: change,',
    replace: '  setDefault: () => [],',
    test: 'test/dialects/sqlite/operations.test.ts',
    named: 'forward and back, with rows',
  },
  {
    name: 'an undo that loses a column',
    file: 'src/operations/alter-table.ts',
    find: 'undone.flatMap((undo) =>',
    replace: 'undone.slice(1).flatMap((undo) =>',
    test: 'test/dialects/sqlite/operations.test.ts',
    named: 'forward and back, with rows > alterTable',
  },
  {
    name: 'a rebuild that skips a column',
    file: 'src/dialects/sqlite/rebuild.ts',
    find: 'const columns = Object.values(after.columns).filter(',
    replace: 'const columns = Object.values(after.columns).slice(0, -1).filter(',
    test: 'test/upgrade/upgrade.test.ts',
    named: 'state A > keeps every row to the bit',
  },
  {
    name: 'a lock that is always granted',
    file: 'src/dialects/sqlite/lock.ts',
    find: "    connection.exec('begin exclusive');",
    replace: "    connection.exec('select 1');",
    test: 'test/faults/races.test.ts',
    named: '32 processes at once bring empty database up',
  },
  {
    name: 'a lock that is always granted, on a server',
    file: 'src/dialects/mysql/lock.ts',
    find: '!== 1) return undefined;',
    replace: '=== undefined) return undefined;',
    test: 'test/faults/races.test.ts',
    named: '32 processes at once bring empty database up',
    databases: 'mariadb',
  },
  {
    name: 'an inspector that is blind to one facet',
    file: 'src/dialects/sqlite/build-table.ts',
    find: '    ...(text?.where !== undefined && { where: stripParentheses(text.where) }),\n',
    replace: '',
    test: 'test/dialects/sqlite/inspect.test.ts',
    named: 'a table that we create is inspected as it was meant',
  },
  {
    name: 'a chain without prev_hash',
    file: 'src/history/chain.ts',
    find: "  if (row.prevHash !== previous) return 'prev_hash is not the hash of the event before';\n",
    replace: '  previous = row.prevHash;\n',
    test: 'test/history/tampering.test.ts',
    named: 'a payload changed together with its own hash is seen',
  },
  {
    name: 'a verifier that always passes',
    file: 'src/verify/queries.ts',
    find: '    if (message !== undefined) failed.push(',
    replace: '    if (message === "") failed.push(',
    test: 'test/verify/verdict.test.ts',
    named: 'the verdict follows the share of queries that passed',
  },
];
