import { doesNotLoad } from './does-not-load.ts';
import { isRecord } from './is-record.ts';
import type { Script, When } from './script.ts';

/** What a migration that is code says of itself beside its steps. */
export type ScriptOptions = Pick<Script, 'description' | 'data' | 'when' | 'transaction'>;

/** Reads and checks these options; others are ignored. Throws MIGRATION_DOES_NOT_LOAD. */
export function readScriptOptions(said: Readonly<Record<string, unknown>>, path: string): ScriptOptions {
  const description = readAs('string', said['description'], { path, where: 'description' });
  const data = readAs('boolean', said['data'], { path, where: 'data' });
  const when = readWhen(said['when'], path);
  return {
    ...(description !== undefined && { description }),
    ...(data === true && { data }),
    ...(when && { when }),
    transaction: readAs('boolean', said['transaction'], { path, where: 'transaction' }) ?? true,
  };
}

interface Primitives {
  readonly string: string;
  readonly boolean: boolean;
}

function readAs<K extends keyof Primitives>(
  type: K,
  value: unknown,
  spot: { readonly path: string; readonly where: string },
): Primitives[K] | undefined {
  if (value === undefined) return undefined;
  if (typeof value === type) return value as Primitives[K];
  throw doesNotLoad(spot, `it must be a ${type}`);
}

function readWhen(value: unknown, path: string): When | undefined {
  if (value === undefined) return undefined;
  const entries = isRecord(value) ? Object.entries(value) : [];
  const right = entries.every(([key, name]) => (key === 'exists' || key === 'missing') && typeof name === 'string');
  if (entries.length > 0 && right) return value as When;
  throw doesNotLoad({ path, where: 'when' }, "it must be { exists: 'table' }, { missing: 'table.column' } or both");
}
