import type { ChangeClass } from '../operations/change-class.ts';
import { tablesOf, type Operation } from '../operations/index.ts';
import { keysOfStep, type Estimates } from '../plan/plan-file.ts';
import { entryOf } from '../schema/entry-of.ts';

/** What may run unattended. */
export interface Policy {
  readonly decisions: Readonly<Record<ChangeClass, 'run' | 'check' | 'withhold'>>;
  /** Bytes up to which a table may be copied without leave. */
  readonly rebuildBelow: number;
  /** Leave for destructive changes, given by a person for one plan. */
  readonly allowDestructive: boolean;
  /** Keys of operations that a person leaves out this time, see `keysOfStep`. */
  readonly leftOut?: ReadonlySet<string>;
  /** Keys of operations that a person lets run this time, whatever is said of their class. */
  readonly included?: ReadonlySet<string>;
}

/** What happens to each class where the options say nothing. */
export const defaultDecisions: Policy['decisions'] = {
  additive: 'run',
  widening: 'run',
  rebuilding: 'run',
  'data-dependent': 'check',
  destructive: 'withhold',
  'not-ours': 'withhold',
};

/** Why an operation may not run now, and what gives leave where the options can; `undefined` where it may. */
export function withholdReason(
  step: { readonly operation: Operation; readonly class: ChangeClass; readonly rewrites: boolean },
  policy: Policy,
  estimates: Estimates,
): string | undefined {
  const keys = keysOfStep(step);
  if (keys.some((key) => policy.leftOut?.has(key))) return 'left out this time';
  if (keys.some((key) => policy.included?.has(key))) return undefined;
  if (step.class === 'destructive' && !policy.allowDestructive)
    return 'it is destructive: nothing unattended loses values';
  if (policy.decisions[step.class] === 'withhold' && step.class !== 'destructive')
    return `the policy withholds ${step.class} changes`;
  if (!step.rewrites) return undefined;
  const bytes = largest(tablesOf(step.operation), estimates);
  if (bytes < policy.rebuildBelow) return undefined;
  return `it copies a table of ${Math.round(bytes / 1024 ** 2)} MB: a larger rebuildBelow in the options gives leave`;
}

function largest(tables: readonly string[], estimates: Estimates): number {
  return Math.max(0, ...tables.map((name) => entryOf(estimates, name)?.bytes ?? 0));
}
