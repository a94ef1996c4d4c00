import { isSameData } from '../schema/canonical.ts';
import type { Partitioning, Table, Trigger } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import { diffChecks } from './checks.ts';
import { diffColumns } from './columns.ts';
import type { DiffContext } from './context.ts';
import { joinDifferences, type Difference } from './difference.ts';
import { expressionPlace } from './expressions.ts';
import { diffForeignKeys } from './foreign-keys.ts';
import { diffIndexes } from './indexes.ts';
import { diffPrimaryKey } from './primary-key.ts';

/** Everything that stands between one table and its model. */
export function diffTable(desired: Table, actual: Table, context: DiffContext): Difference {
  if (isSameTable(desired, actual)) return noDifference;
  return joinDifferences([
    { changes: diffComment(desired, actual) },
    diffColumns(desired, actual, context),
    diffPrimaryKey(desired, actual, context),
    diffIndexes(desired, actual, context),
    diffForeignKeys(desired, actual, context),
    diffChecks(desired, actual, context),
    diffTriggers(desired, actual, context),
    diffPartitioning(desired, actual, context),
  ]);
}

/** The commonest case by far: equal to the letter. How a table is stored is not compared. */
function isSameTable(desired: Table, actual: Table): boolean {
  return isSameData(comparable(desired), comparable(actual));
}

function comparable({ storage: _, ...table }: Table): unknown {
  const { indexes, foreignKeys, checks, triggers } = table;
  return {
    ...table,
    indexes: indexes.toSorted(byName),
    foreignKeys: foreignKeys.toSorted(byName),
    checks: checks.toSorted(byName),
    triggers: triggers.toSorted(byName),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
const noDifference: Difference = { changes: [], notOurs: [], unverified: [], questions: [], possibleRenames: [] };

function diffComment({ name, comment }: Table, actual: Table): Operation[] {
  if (comment === actual.comment) return [];
  const from = actual.comment === undefined ? {} : { from: actual.comment };
  return [{ kind: 'setComment', table: name, ...from, ...(comment !== undefined && { to: comment }) }];
}

function diffTriggers(desired: Table, actual: Table, context: DiffContext): Partial<Difference> {
  const surplus = actual.triggers.filter(({ name }) => !desired.triggers.some((trigger) => trigger.name === name));
  const ours = surplus.filter(({ name }) => context.isOurs({ kind: 'trigger', table: actual.name, name }));
  const changes = desired.triggers.flatMap((trigger): Operation[] => {
    const found = actual.triggers.find(({ name }) => name === trigger.name);
    if (found && isSameTrigger(desired.name, trigger, found, context)) return [];
    const create: Operation = { kind: 'createTrigger', table: desired.name, trigger };
    return found ? [{ kind: 'dropTrigger', table: desired.name, trigger: found }, create] : [create];
  });
  return {
    changes: [...ours.map((trigger): Operation => ({ kind: 'dropTrigger', table: actual.name, trigger })), ...changes],
    notOurs: surplus
      .filter((trigger) => !ours.includes(trigger))
      .map(({ name }) => ({ kind: 'trigger', table: actual.name, name })),
  };
}

function isSameTrigger(table: string, wanted: Trigger, found: Trigger, { dialect, expressions }: DiffContext): boolean {
  const { canonicalExpression } = dialect.types;
  if (canonicalExpression(found.definition) === canonicalExpression(wanted.definition)) return true;
  if (!dialect.traits.triggersHaveFunctions) return false;
  return expressions.isAsWritten(expressionPlace(table, 'trigger', wanted.name), wanted.definition, found.definition);
}

/** Partitions that the models do not mention are respected, and named. */
function diffPartitioning(desired: Table, actual: Table, { dialect }: DiffContext): Partial<Difference> {
  const { partitioning: wanted, name: table } = desired;
  const found = actual.partitioning;
  if (!wanted)
    return found
      ? { notOurs: [{ kind: 'partitioning', table: actual.name, name: `${found.method} (${found.by})` }] }
      : {};
  const canonical = ({ method, by, partitions }: Partitioning): unknown => ({
    method,
    by: dialect.types.canonicalExpression(by),
    // Catalogs list partitions in orders of their own; bounds alone say where a row goes.
    partitions: typeof partitions === 'number' ? partitions : partitions.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  });
  if (found && isSameData(canonical(wanted), canonical(found))) return {};
  return { changes: [{ kind: 'setPartitioning', table, ...(found && { from: found }), to: wanted }] };
}
