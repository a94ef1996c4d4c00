import { displayTable } from '../schema/names.ts';
import type { View } from '../schema/schema.ts';
import type { OperationDefinition } from './definition.ts';
import type { DropView } from './drop-view.ts';

export interface CreateView {
  readonly kind: 'createView';
  readonly view: View;
}

export const createView: OperationDefinition<CreateView, DropView> = {
  describe: ({ view }) => `create view ${displayTable(view.name)}`,
  object: ({ view }) => displayTable(view.name),
  undo: ({ view }) => ({ restores: 'everything', operation: { kind: 'dropView', view } }),
  apply: (schema, { view }) => ({ ...schema, views: { ...schema.views, [view.name]: view } }),
};
