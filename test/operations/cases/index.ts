import type { OperationKind } from '../../../src/operations/index.ts';
import type { LifeCycleCase, LifeCycleCases } from './case.ts';
import { columnCases } from './columns.ts';
import { keyCases } from './keys.ts';
import { objectCases } from './objects.ts';
import { otherCases } from './others.ts';
import { tableCases } from './tables.ts';

/** The variants of every kind: the compiler asks for some when the union grows. */
export const lifeCycleCases: LifeCycleCases = {
  ...tableCases,
  ...columnCases,
  ...keyCases,
  ...objectCases,
  ...otherCases,
};

/** A variant with its kind and the number that names its tables. */
export interface NumberedCase extends LifeCycleCase {
  readonly kind: OperationKind;
  readonly title: string;
  readonly number: number;
}

/** All variants of all kinds. */
export const allCases: readonly NumberedCase[] = (Object.keys(lifeCycleCases) as OperationKind[])
  .flatMap((kind) =>
    (lifeCycleCases[kind] as readonly LifeCycleCase[]).map((item) => ({
      ...item,
      kind,
      title: `${kind}: ${item.name}`,
    })),
  )
  .map((item, at) => ({ ...item, number: at + 1 }));
