import type { DatabaseKind } from '../../support/databases.ts';
import type { FeatureCase } from './case.ts';
import { checkCases } from './checks.ts';
import { defaultCases } from './defaults.ts';
import { generatedCases } from './generated.ts';
import { indexCases } from './indexes.ts';
import { keyCases } from './keys.ts';
import { otherCases } from './others.ts';
import { typeCases } from './types.ts';

/** A case with the table that stands for it. */
export interface NumberedCase extends FeatureCase {
  readonly table: string;
}

/** Every single feature that a database has. */
export function casesOf(kind: DatabaseKind): readonly NumberedCase[] {
  return all.filter(({ on }) => on === undefined || on.includes(kind));
}

const all: readonly NumberedCase[] = [
  ...defaultCases,
  ...checkCases,
  ...generatedCases,
  ...indexCases,
  ...typeCases,
  ...keyCases,
  ...otherCases,
].map((item, at) => ({ ...item, table: `c${at + 1}` }));
