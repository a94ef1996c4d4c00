import type { Dialect } from '../../dialects/dialect.ts';
import { undoOperation, type Operation } from '../../operations/index.ts';
import { isSameData } from '../../schema/canonical.ts';
import type { Schema } from '../../schema/schema.ts';
import type { DialectName } from '../../schema/sql-by-dialect.ts';
import type { Slot } from './align-operations.ts';
import type { SideOperations } from './difference-on.ts';
import { isSameSql } from './same-sql.ts';
import { schemaAfter } from './schema-before.ts';

/** The slots with as few different operations as the databases allow: one that makes the same SQL stands for another. */
export function unifySlots(slots: readonly Slot[], sides: readonly SideOperations[]): readonly Slot[] {
  const schemas = new Map(sides.map(({ dialect, before }) => [dialect.name, before]));
  const dialects = new Map(sides.map(({ dialect }) => [dialect.name, dialect]));
  return slots.map((slot) => {
    const unified = unifySlot(slot, { schemas, dialects });
    for (const [name, operation] of slot) {
      const [schema, dialect] = [schemas.get(name), dialects.get(name)];
      if (schema && dialect) schemas.set(name, schemaAfter(schema, operation, dialect));
    }
    return unified;
  });
}

interface Context {
  readonly schemas: ReadonlyMap<DialectName, Schema>;
  readonly dialects: ReadonlyMap<DialectName, Dialect>;
}

/** The operation that fits most takes their places, the first of equals; what it does not fit is looked at again. */
function unifySlot(slot: Slot, context: Context): Slot {
  const chosen = new Map<DialectName, Operation>();
  let left = [...slot];
  while (left.length > 0) {
    const fits = left.map(([, candidate]) => left.filter(([name, own]) => isAlike(name, own, candidate, context)));
    const best = fits.reduce((most, names) => (names.length > most.length ? names : most));
    const operation = left[fits.indexOf(best)]?.[1];
    for (const [name] of best) if (operation) chosen.set(name, operation);
    left = left.filter(([name]) => !chosen.has(name));
  }
  return new Map([...slot].map(([name, own]) => [name, chosen.get(name) ?? own]));
}

/** True where both make the same statements there, and back. */
function isAlike(name: DialectName, own: Operation, candidate: Operation, { schemas, dialects }: Context): boolean {
  if (isSameData(own, candidate)) return true;
  const [schema, dialect] = [schemas.get(name), dialects.get(name)];
  if (!schema || !dialect || own.kind === 'backfill' || own.kind !== candidate.kind) return false;
  const after = schemaAfter(schema, own, dialect);
  const [mine, theirs] = [undoOperation(own), undoOperation(candidate)];
  if (mine.restores === 'nothing' || theirs.restores !== mine.restores) return false;
  return isSameSql(dialect, schema, [own, candidate]) && isSameSql(dialect, after, [mine.operation, theirs.operation]);
}
