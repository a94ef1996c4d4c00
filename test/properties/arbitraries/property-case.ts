import fc from 'fast-check';
import type { PropertyCase } from '../check-case.ts';
import { drawnEdits, drawnSchema } from './draw.ts';

/** Schema A, edits, rows. */
export function propertyCase(kinds: readonly string[]): fc.Arbitrary<PropertyCase> {
  return fc.record({ schema: drawnSchema(kinds), edits: drawnEdits(kinds), rows: fc.nat(9999), split: fc.nat(9) });
}
