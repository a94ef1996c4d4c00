import { displayTable } from '../schema/names.ts';
import type { View } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';

/** Gives a view another definition under the same name. */
export interface ReplaceView {
  readonly kind: 'replaceView';
  readonly from: View;
  readonly to: View;
}

/** The operation by which `to` takes the place of `from`, with what belongs to the view whatever its definition is. */
export function replacing(from: View, to: View): ReplaceView {
  const { triggers, storage } = from;
  return { kind: 'replaceView', from, to: { ...to, ...(triggers && { triggers }), ...(storage && { storage }) } };
}

export const replaceView: OperationDefinition<ReplaceView, ReplaceView> = {
  describe: ({ to }) => `replace view ${displayTable(to.name)}`,
  object: ({ to }) => displayTable(to.name),
  undo: ({ from, to }) => ({ restores: 'everything', operation: { kind: 'replaceView', from: to, to: from } }),
  apply: (schema, { to }) => ({ ...schema, views: { ...schema.views, [to.name]: to } }),
};
