import { without } from '../schema/edit.ts';
import { displayTable } from '../schema/names.ts';
import type { View } from '../schema/schema.ts';
import type { CreateView } from './create-view.ts';
import type { OperationDefinition } from './definition.ts';

export interface DropView {
  readonly kind: 'dropView';
  readonly view: View;
}

export const dropView: OperationDefinition<DropView, CreateView> = {
  describe: ({ view }) => `drop view ${displayTable(view.name)}`,
  object: ({ view }) => displayTable(view.name),
  undo: ({ view }) => ({ restores: 'everything', operation: { kind: 'createView', view } }),
  apply: (schema, { view }) => ({ ...schema, views: without(schema.views, view.name) }),
};
