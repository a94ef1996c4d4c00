import { expect, test } from 'vitest';
import type { Operation } from '../../src/operations/index.ts';
import { emojiLog } from '../../src/report/emoji-log.ts';
import { phrase } from '../../src/report/phrases.ts';
import { bigint, column, int, reference, string, tableOf } from '../support/table-of.ts';

const table = tableOf('"audit"."monitors"', [column('id', int)]);

test.each<[Operation, string | undefined, string, string]>([
  [
    { kind: 'addColumn', table: 'monitors', column: column('arrest_date', 'date') },
    'Missing column: arrest_date',
    'Adding missing column: arrest_date',
    'Added arrest_date',
  ],
  [
    { kind: 'createTable', table },
    'Missing table: audit.monitors',
    'Creating missing table: audit.monitors',
    'Created audit.monitors',
  ],
  [
    { kind: 'addIndex', table: 't', index: { name: 'i', unique: true, parts: [{ column: 'a' }] } },
    'Missing unique: i',
    'Adding missing unique: i',
    'Added i',
  ],
  [
    { kind: 'addForeignKey', table: 't', foreignKey: reference('fk', ['a'], 'p') },
    'Missing foreign key: fk',
    'Adding missing foreign key: fk',
    'Added fk',
  ],
  [
    { kind: 'changeType', table: 't', column: 'a', from: int, to: bigint, change: 'widening' },
    'Different type: a is integer',
    'Changing type of a to integer(64 bit)',
    'Changed type of a',
  ],
  [
    { kind: 'setNullability', table: 't', column: 'a', nullable: false },
    'a allows NULL',
    'Forbidding NULL in a',
    'Forbade NULL in a',
  ],
  [
    { kind: 'setNullability', table: 't', column: 'a', nullable: true },
    'a forbids NULL',
    'Allowing NULL in a',
    'Allowed NULL in a',
  ],
  [
    { kind: 'setDefault', table: 't', column: 'a', from: { value: 1 } },
    'Surplus default: a',
    'Dropping default of a',
    'Dropped default of a',
  ],
  [
    { kind: 'renameColumn', table: 't', from: 'a', to: 'b' },
    undefined,
    'Doing: rename column t.a to b',
    'Did: rename column t.a to b',
  ],
])('%j', (operation, problem, doing, done) => {
  expect(phrase(operation)).toEqual({ ...(problem !== undefined && { problem }), doing, done });
});

/** What the unattended log says of operations that start and succeed, one after another. */
function logOf(...operations: readonly Operation[]): string[] {
  const lines: string[] = [];
  const tell = emojiLog({ write: (line) => lines.push(line), verbose: false, opening: '🚀 Starting' });
  for (const [at, operation] of operations.entries()) {
    const step = { step: at + 1, total: operations.length, operation, summary: '' };
    tell({ kind: 'operationStarted', ...step });
    tell({ kind: 'operationApplied', ...step, ms: 1234 });
  }
  return lines;
}

test('the log has one heading for each run of changes of a table, and a line for each part of a rebuild', () => {
  const add = (name: string): Operation & { kind: 'addColumn' } => ({
    kind: 'addColumn',
    table: 'monitors',
    column: column(name, string(20)),
  });
  const both: Operation = {
    kind: 'alterTable',
    table: 'monitors',
    changes: [add('b'), { kind: 'setNullability', table: 'monitors', column: 'a', nullable: false }],
  };
  expect(logOf(add('a'), both, { kind: 'createTable', table })).toEqual([
    '🚀 Starting',
    '🔍 Checking table: monitors',
    '  ❌ Missing column: a',
    '  📝 Adding missing column: a',
    '  ✅ Added a successfully (1.2 s)',
    '  ❌ Missing column: b',
    '  📝 Adding missing column: b',
    '  ❌ a allows NULL',
    '  📝 Forbidding NULL in a',
    '  ✅ Added b successfully',
    '  ✅ Forbade NULL in a successfully (1.2 s)',
    '🔍 Checking table: audit.monitors',
    '  ❌ Missing table: audit.monitors',
    '  📝 Creating missing table: audit.monitors',
    '  ✅ Created audit.monitors successfully (1.2 s)',
  ]);
});

test('a name cannot add a line to the log', () => {
  const name = 'x\n🎉 Complete migration SUCCEEDED!\u001b[2J';
  const lines = logOf({ kind: 'addColumn', table: name, column: column(name, int) });
  expect(lines.filter((line) => /[\n\u001b]/u.test(line))).toEqual([]);
  expect(lines).toHaveLength(5);
});
