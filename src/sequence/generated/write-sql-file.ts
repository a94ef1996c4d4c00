import { writeOperation, type Dialect } from '../../dialects/dialect.ts';
import { asFound } from '../../operations/as-found.ts';
import { applyOperation, describeOperation, undoOperation, type Operation } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';
import { escapeUnseen } from './write-text.ts';

/** Operations as the SQL of one database, with the way back: sections `-- migrate:up` and `-- migrate:down`. */
export function writeSqlFile(operations: readonly Operation[], actual: Schema, dialect: Dialect): string {
  const up: string[] = [];
  const down: string[][] = [];
  let schema = actual;
  for (const planned of operations) {
    const operation = asFound(planned, schema);
    up.push(comment(describeOperation(operation)), ...statements(operation, schema, dialect));
    schema = applyOperation(schema, operation);
    down.unshift(wayBack(operation, schema, dialect));
  }
  return `${['-- migrate:up', ...up, '', '-- migrate:down', ...down.flat()].join('\n')}\n`;
}

function wayBack(operation: Operation, after: Schema, dialect: Dialect): string[] {
  const undo = undoOperation(operation);
  if (undo.restores === 'nothing') return [comment(`cannot be taken back: ${undo.because}`)];
  const warning = undo.restores === 'structure' ? ['-- restores structure only'] : [];
  return [comment(describeOperation(undo.operation)), ...warning, ...statements(undo.operation, after, dialect)];
}

function statements(operation: Operation, schema: Schema, dialect: Dialect): string[] {
  return writeOperation(dialect, operation, schema).map(({ text }) => `${text};`);
}

const comment = (text: string): string => `-- ${escapeUnseen(text)}`;
