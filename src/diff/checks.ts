import type { Check, Table } from '../schema/schema.ts';
import type { Operation } from '../operations/index.ts';
import type { DiffContext } from './context.ts';
import type { Difference } from './difference.ts';
import { expressionPlace } from './expressions.ts';
import { matchMultisets } from './match.ts';

/** Missing and surplus checks of one table. One under the model's name that says something else is replaced. */
export function diffChecks(desired: Table, actual: Table, context: DiffContext): Partial<Difference> {
  const place = expressionPlace(desired.name, 'check');
  const isSame = (a: Check, b: Check): boolean =>
    !b.invalid && context.expressions.isSame(place, a.expression, b.expression);
  const { missing, surplus } = matchMultisets(desired.checks, actual.checks, isSame);
  const replaced = surplus.filter(
    ({ name }) =>
      missing.some((check) => check.name === name) || context.isOurs({ kind: 'check', table: actual.name, name }),
  );
  return {
    changes: [
      ...replaced.map((check): Operation => ({ kind: 'dropCheck', table: actual.name, check })),
      ...missing.map((check): Operation => ({ kind: 'addCheck', table: desired.name, check })),
    ],
    notOurs: surplus
      .filter((check) => !replaced.includes(check))
      .map(({ name }) => ({ kind: 'check', table: actual.name, name })),
  };
}
